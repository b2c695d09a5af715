//! Bootstrap distributions of the differences, for estimation plots.
//!
//! Between animals: animals are drawn, then slices of each drawn animal
//! (Saravanan et al. 2020, Neurons Behav Data Anal Theory 3:5). Within animals:
//! the paired differences of the animals are drawn, which carry the slices'
//! variation with them.

use crate::conclude::cells::{Arm, Cell};
use crate::conclude::compare::contrasts::paired_means;
use crate::conclude::comparing::Setting;
use crate::findings::comparisons::Estimation;
use crate::findings::interval::Interval;
use recording::digest::keyed_seed;
use statistics::bootstrap::{density, hierarchical};

/// Resamples.
const RESAMPLES: usize = 5_000;
/// Points of the density.
const POINTS: usize = 128;

/// Distributions for all conditions that can be compared with the reference.
pub(crate) fn distributions(arm: &Arm, setting: &Setting) -> Vec<Estimation> {
    let Some(reference) = arm.cell(setting.reference).filter(|c| !c.is_empty()) else {
        return Vec::new();
    };
    arm.filled()
        .filter(|cell| cell.condition.name != setting.reference)
        .filter_map(|cell| distribution(cell, reference, setting))
        .collect()
}

fn distribution(cell: &Cell, reference: &Cell, setting: &Setting) -> Option<Estimation> {
    let seed = keyed_seed(setting.seed, &[cell.induction, &cell.condition.name, setting.reference]);
    let (a, b) = if setting.within {
        let (first, second) = paired_means(reference, cell);
        // Differences against zero: both members of a pair are drawn together.
        let differences = first.iter().zip(&second).map(|(f, s)| vec![s - f]).collect::<Vec<_>>();
        let zeros = vec![vec![0.0]; differences.len()];
        (differences, zeros)
    } else {
        (cell.clusters(), reference.clusters())
    };
    let boot = hierarchical(&a, &b, RESAMPLES, setting.level, seed).ok()?;
    let curve = density(&boot.differences, POINTS).ok()?;
    Some(Estimation {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        reference: reference.condition.name.clone(),
        difference: boot.difference,
        ci: Interval { low: boot.ci_low, high: boot.ci_high },
        at: curve.at,
        density: curve.density,
    })
}
