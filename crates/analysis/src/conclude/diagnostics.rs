//! Every slice with its quality, for the grid that shows each of them.

use crate::conclude::course::SLACK;
use crate::findings::groups::Group;
use crate::findings::quality::{OfBaseline, SliceDiagnostic};
use crate::measure::measures::Measured;
use crate::measure::spread::mean;
use crate::words::number;

/// Rows for the grid, in the order given, in bins of `bin_min`.
pub(crate) fn of(measured: &[Measured], bin_min: f64) -> Vec<SliceDiagnostic> {
    measured.iter().map(|m| one(m, bin_min)).collect()
}

fn one(m: &Measured, bin_min: f64) -> SliceDiagnostic {
    let bin_of = |t: f64| (t / bin_min + SLACK).floor() as i64;
    let mut bins: Vec<i64> = m.rows.iter().map(|row| bin_of(row.time_min)).collect();
    bins.sort_unstable();
    bins.dedup();
    let binned = |pathway: &str| -> Vec<f64> {
        let mut sums: Vec<Vec<f64>> = vec![Vec::new(); bins.len()];
        for row in m.rows.iter().filter(|row| row.kept && row.pathway == pathway) {
            if let (Ok(at), Some(percent)) = (bins.binary_search(&bin_of(row.time_min)), row.slope_percent) {
                sums[at].push(percent);
            }
        }
        sums.iter().map(|values| mean(values)).collect()
    };
    let slice = &m.slice;
    SliceDiagnostic {
        condition: slice.key.condition.clone(),
        animal: slice.key.animal.clone(),
        slice: slice.key.slice,
        included: slice.included,
        reason: slice.reason.clone(),
        drift_percent: slice.baseline_drift_percent,
        cv_percent: 100.0 * slice.baseline_cv,
        volley_percent: slice.volley_change_percent,
        potentiation_percent: slice.potentiation_percent,
        time_min: bins.iter().map(|k| (*k as f64 + 0.5) * bin_min).collect(),
        percent: binned(&slice.pathway),
        control_percent: m.other_pathways.first().map_or_else(Vec::new, |other| binned(&other.pathway)),
    }
}

/// The groups in % of baseline, with the slices left out by name.
pub(crate) fn of_baseline(groups: &[Group], measured: &[Measured]) -> Vec<OfBaseline> {
    groups
        .iter()
        .map(|group| {
            let own = || measured.iter().filter(|m| m.slice.key.condition == group.condition);
            let left_out: Vec<String> = own()
                .filter(|m| !m.slice.included)
                .map(|m| format!("{} slice {}: {}", m.slice.key.animal, m.slice.key.slice, m.slice.reason))
                .collect();
            let (mean_percent, recorded) = (100.0 + group.mean, own().count());
            let names =
                if left_out.is_empty() { String::new() } else { format!("; left out: {}", left_out.join("; ")) };
            let sentence = format!(
                "{}: {} ± {} % of baseline (mean ± SEM over {} animals, n = {} of {recorded} slices{names}).",
                group.condition,
                number(mean_percent, 1),
                number(group.sem, 1),
                group.n_animals,
                group.n_slices
            );
            OfBaseline {
                condition: group.condition.clone(),
                mean_percent,
                sem_percent: group.sem,
                n: group.n_slices,
                recorded,
                left_out,
                sentence,
            }
        })
        .collect()
}
