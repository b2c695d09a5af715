//! The rule alone: its thresholds from runs of its own, and a protocol as published.

use crate::rules::chindemi_2022::parameters::{Chindemi2022, Thresholds};
use crate::rules::chindemi_2022::spine::{Scheme, run};
use crate::rules::error::RuleError;
use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::protocol::Protocol;

/// Step of the published runs, ms.
const PUBLISHED_STEP_MS: f64 = 0.05;
/// Step at which the thresholds were determined, ms.
const THRESHOLD_STEP_MS: f64 = 0.025;

impl Chindemi2022 {
    /// Thresholds of this spine, from two runs of its own.
    pub fn thresholds(&self) -> Thresholds {
        let never = Thresholds { depression: f64::INFINITY, potentiation: f64::INFINITY };
        let scheme = Scheme::Published { step_ms: THRESHOLD_STEP_MS };
        let peak = |pre: &[f64], post: &[f64]| run(self, pre, post, 600.0, never, 0.0, None, scheme).effective_max;
        self.thresholds_from(peak(&[50.0], &[]), peak(&[], &[50.0]))
    }
}

/// The rule prepared for protocols: thresholds found, step checked. Release at
/// every presynaptic spike; the run ends 500 ms after the last.
///
/// # Errors
/// A step that the explicit scheme cannot take.
pub(crate) fn prepare(values: &[f64], step_ms: Option<f64>) -> Result<Prepared, RuleError> {
    let p = Chindemi2022::from_values(values);
    let step_ms = step_ms.unwrap_or(PUBLISHED_STEP_MS);
    let (which, fastest_ms) =
        [("the NMDA rise", p.nmda_rise_ms), ("R-type activation", p.activation_ms), ("decay of calcium", p.calcium_ms)]
            .into_iter()
            .fold(("", f64::INFINITY), |least, found| if found.1 < least.1 { found } else { least });
    // Explicit Euler follows a decay while the step is below its time constant;
    // half of it keeps the error of the rise moderate.
    let limit_ms = 0.5 * fastest_ms;
    if !(step_ms > 0.0 && step_ms <= limit_ms) {
        return Err(RuleError::StepTooLarge { rule: "chindemi_2022", step_ms, which, fastest_ms, limit_ms });
    }
    let thresholds = p.thresholds();
    Ok(Box::new(move |protocol| outcome(&p, protocol, thresholds, Scheme::Published { step_ms })))
}

fn outcome(
    p: &Chindemi2022,
    protocol: &Protocol,
    thresholds: Thresholds,
    scheme: Scheme,
) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let first = pattern.post_ms.iter().copied().fold(0.0, f64::min);
    let start = if first < -100.0 { -first } else { 100.0 };
    let (pre, post) = (pattern.pre_spikes(start), pattern.post_spikes(start));
    let end_ms = pre.last().copied().unwrap_or(0.0) + 500.0;
    let trace = run(p, &pre, &post, end_ms, thresholds, p.start_rho, pattern.held_mv, scheme);
    if !(trace.rho.is_finite() && trace.effective_max.is_finite()) {
        return Err(RuleError::NotFinite {
            rule: "chindemi_2022",
            variable: "the synaptic state",
            value: trace.rho,
            t_ms: end_ms,
        });
    }
    Ok(Outcome::new(p.strength(trace.rho) / p.strength(p.start_rho))
        .with("rho_end", "1", trace.rho)
        .with("effective_max", "mM ms", trace.effective_max)
        .with("calcium_max", "mM", trace.calcium_max)
        .with("theta_d", "mM ms", thresholds.depression)
        .with("theta_p", "mM ms", thresholds.potentiation))
}
