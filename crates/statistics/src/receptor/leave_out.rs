//! Limits of estimates when an animal gives several values: the fit is repeated without
//! each animal in turn.
//!
//!   SE² = (G − 1)/G Σ(θ₍₋g₎ − θ̄)²,  θ ± t SE with G − 1 degrees of freedom
//!
//! (Tukey's jackknife over clusters; Cameron & Miller 2015, J Hum Resour 50:317). It holds
//! whatever correlates the values of an animal.

use crate::dist::student_t;
use crate::error::{StatisticsError, require_count, require_open_unit};
use serde::{Deserialize, Serialize};

/// Fewest animals that limits can rest on.
const FEWEST: usize = 3;

/// Standard error and limits by leaving out one animal at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Standard error.
    pub se: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Limits of `estimates`; `refit` gives them for the rows that are kept. `animal` holds the
/// animal of each row.
///
/// # Errors
/// Fewer than three animals, level outside (0, 1), and whatever `refit` finds: without one
/// animal the rest may determine less.
pub fn leave_out(
    animal: &[usize],
    estimates: &[f64],
    level: f64,
    refit: impl Fn(&[usize]) -> Result<Vec<f64>, StatisticsError>,
) -> Result<Vec<LeftOut>, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let mut names = animal.to_vec();
    names.sort_unstable();
    names.dedup();
    require_count("animals", names.len(), FEWEST)?;
    let mut without = Vec::with_capacity(names.len());
    for left in &names {
        let kept: Vec<usize> = (0..animal.len()).filter(|row| animal[*row] != *left).collect();
        without.push(refit(&kept)?);
    }
    let animals = names.len() as f64;
    let critical = student_t::quantile_upper(0.5 * (1.0 - level), animals - 1.0);
    let limits = |(k, estimate): (usize, &f64)| {
        let mean = without.iter().map(|one| one[k]).sum::<f64>() / animals;
        let spread: f64 = without.iter().map(|one| (one[k] - mean) * (one[k] - mean)).sum();
        let se = ((animals - 1.0) / animals * spread).sqrt();
        LeftOut { se, low: estimate - critical * se, high: estimate + critical * se }
    };
    Ok(estimates.iter().enumerate().map(limits).collect())
}
