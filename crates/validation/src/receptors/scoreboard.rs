//! Published receptor-level outcomes against virtual voltage-clamp experiments.
//!
//! A record says what was measured and with which spread; the experiment is made
//! with the compound in equilibrium and judged by one rule:
//!
//! - pass: within 2 SEM of the mean; within the range, where one is published
//!   instead; within 10 % of the mean, where neither is;
//! - near: within twice that distance;
//! - fail: beyond. A one-sided statement (above, below) passes or fails.

use crate::receptors::clamp::performed;
use crate::receptors::read;
use crate::receptors::record::{Outcome, Published};
use crate::verdict::Verdict;
use pharmacology::{Library, LibraryError};
use serde::Serialize;

/// Share of the mean that counts as agreement where no spread is published.
const WITHOUT_SPREAD: f64 = 0.1;

/// One row of the scoreboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The outcome.
    pub outcome: Outcome,
    /// What the model gives, in the unit of the outcome.
    pub model: f64,
    /// How it stands.
    pub verdict: Verdict,
}

/// The built-in outcomes, then those of a user's folder (`outcomes/…`).
///
/// # Errors
/// Every fault of every record; two outcomes of one id.
pub fn outcomes(library: &Library, own: &[(&str, &str)]) -> Result<Vec<Outcome>, LibraryError> {
    read::read(library, own)
}

/// The scores of `outcomes`, in their order.
pub fn scores(library: &Library, outcomes: &[Outcome]) -> Vec<Score> {
    let score = |outcome: &Outcome| {
        let model = performed(library, outcome);
        Score { outcome: outcome.clone(), model, verdict: judged(&outcome.published, model) }
    };
    outcomes.iter().map(score).collect()
}

/// The rule at the head of this file.
pub fn judged(published: &Published, model: f64) -> Verdict {
    let two_sided = |centre: f64, tolerance: f64| match (model - centre).abs() {
        // A model that sits on the very end of a range is inside it.
        off if off <= tolerance * (1.0 + 1e-6) => Verdict::Pass,
        off if off <= 2.0 * tolerance => Verdict::Near,
        _ => Verdict::Fail,
    };
    match published {
        _ if !model.is_finite() => Verdict::Fail,
        Published::Mean { mean, sem: Some(sem), .. } => two_sided(*mean, 2.0 * sem),
        Published::Mean { mean, sem: None, .. } => two_sided(*mean, WITHOUT_SPREAD * mean.abs()),
        Published::Range { low, high } => two_sided(0.5 * (low + high), 0.5 * (high - low)),
        Published::Above { above } if model > *above => Verdict::Pass,
        Published::Below { below } if model < *below => Verdict::Pass,
        Published::Above { .. } | Published::Below { .. } => Verdict::Fail,
    }
}
