//! Every pulse of sweeps with several, by interval: means over animals.

use crate::conclude::cells::{Arm, Cell};
use crate::findings::outcomes::PulseGroup;
use crate::measure::spread::{mean, sem};
use crate::outcomes::value::PulseMeans;

/// Intervals within this are one, ms.
const ONE_INTERVAL_MS: f64 = 0.5;

/// The groups of an arm, in the order of conditions and intervals.
pub(crate) fn groups(arm: &Arm) -> Vec<PulseGroup> {
    arm.filled().flat_map(of_cell).collect()
}

fn of_cell(cell: &Cell) -> Vec<PulseGroup> {
    let mut layouts: Vec<(f64, usize)> = Vec::new();
    for train in cell.included().flat_map(|m| &m.slice.pulses) {
        let n = train.before.len().max(train.after.len());
        let known = |(ms, pulses): &(f64, usize)| (ms - train.interval_ms).abs() <= ONE_INTERVAL_MS && *pulses == n;
        if n > 0 && !layouts.iter().any(known) {
            layouts.push((train.interval_ms, n));
        }
    }
    layouts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    layouts.into_iter().map(|layout| of_layout(cell, layout)).collect()
}

fn of_layout(cell: &Cell, (interval_ms, n): (f64, usize)) -> PulseGroup {
    let own = |train: &&PulseMeans| {
        (train.interval_ms - interval_ms).abs() <= ONE_INTERVAL_MS && train.before.len().max(train.after.len()) == n
    };
    let n_slices = cell.included().filter(|m| m.slice.pulses.iter().any(|train| own(&train))).count();
    let with = |animal: &&crate::conclude::cells::Animal| {
        animal.slices.iter().any(|slice| slice.pulses.iter().any(|train| own(&train)))
    };
    let over = |side: fn(&PulseMeans) -> &Vec<f64>| -> (Vec<f64>, Vec<f64>) {
        let of_animal = |animal: &crate::conclude::cells::Animal, k: usize| {
            let trains = animal.slices.iter().flat_map(|slice| slice.pulses.iter().filter(own));
            mean(&trains.filter_map(|train| side(train).get(k).copied()).collect::<Vec<f64>>())
        };
        let at = |k: usize| -> Vec<f64> {
            cell.animals.iter().map(|animal| of_animal(animal, k)).filter(|v| v.is_finite()).collect()
        };
        let columns: Vec<Vec<f64>> = (0..n).map(at).filter(|values| !values.is_empty()).collect();
        (columns.iter().map(|v| mean(v)).collect(), columns.iter().map(|v| sem(v)).collect())
    };
    let ((before, before_sem), (after, after_sem)) = (over(|t| &t.before), over(|t| &t.after));
    PulseGroup {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        interval_ms,
        n_slices,
        n_animals: cell.animals.iter().filter(with).count(),
        before,
        before_sem,
        after,
        after_sem,
    }
}
