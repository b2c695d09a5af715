//! Time courses and averaged sweeps of the groups.

use crate::average::AveragedSweep;
use crate::cells::{Arm, Cell};
use crate::findings::{AveragedSweeps, SliceCourse, TimeCourse};
use crate::groups::sem;
use crate::measures::Measured;
use crate::summary::mean;

/// Slack in units of the bin width, so that a sweep at a bin's start falls
/// into that bin in spite of rounding.
const SLACK: f64 = 1e-6;

/// Time courses of all groups of an arm in bins of `bin_min`. Bin `k` holds the
/// sweeps at `k·bin ≤ t < (k + 1)·bin` from induction; bins in which no slice
/// of the arm has a sweep are left out.
pub(crate) fn time_courses(arm: &Arm, bin_min: f64) -> Vec<TimeCourse> {
    if bin_min.is_nan() || bin_min <= 0.0 {
        return Vec::new();
    }
    let bin_of = |t: f64| (t / bin_min + SLACK).floor() as i64;
    let mut bins: Vec<i64> =
        arm.filled().flat_map(Cell::included).flat_map(|m| tetanised(m).map(|(t, _)| bin_of(t))).collect();
    bins.sort_unstable();
    bins.dedup();
    arm.filled().map(|cell| cell_course(cell, &bins, bin_min, &bin_of)).collect()
}

/// Time and slope (% of baseline) of the kept sweeps of the tetanised pathway.
fn tetanised(m: &Measured) -> impl Iterator<Item = (f64, f64)> + '_ {
    m.rows
        .iter()
        .filter(|r| r.kept && r.pathway == m.slice.pathway)
        .filter_map(|r| Some((r.time_min, r.slope_percent?)))
}

fn cell_course(cell: &Cell, bins: &[i64], bin_min: f64, bin_of: &dyn Fn(f64) -> i64) -> TimeCourse {
    let mut slices = Vec::new();
    let mut by_animal: Vec<Vec<Vec<Option<f64>>>> = vec![Vec::new(); cell.n_animals()];
    for m in cell.included() {
        let mut sums = vec![(0.0, 0usize); bins.len()];
        for (t, percent) in tetanised(m) {
            if let Ok(at) = bins.binary_search(&bin_of(t)) {
                sums[at].0 += percent;
                sums[at].1 += 1;
            }
        }
        let percent: Vec<Option<f64>> = sums.iter().map(|(sum, n)| (*n > 0).then(|| sum / *n as f64)).collect();
        let key = &m.slice.key;
        if let Some(at) = cell.animals.iter().position(|a| a.name == key.animal) {
            by_animal[at].push(percent.clone());
        }
        slices.push(SliceCourse { animal: key.animal.clone(), slice: key.slice, percent });
    }
    let mut course = TimeCourse {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        time_min: bins.iter().map(|k| (*k as f64 + 0.5) * bin_min).collect(),
        mean: Vec::new(),
        sem: Vec::new(),
        n_animals: Vec::new(),
        slices,
    };
    for at in 0..bins.len() {
        let animals: Vec<f64> = by_animal
            .iter()
            .map(|slices| mean(&slices.iter().filter_map(|s| s[at]).collect::<Vec<f64>>()))
            .filter(|v| v.is_finite())
            .collect();
        course.mean.push(mean(&animals));
        course.sem.push(sem(&animals));
        course.n_animals.push(animals.len());
    }
    course
}

/// Averaged sweeps of a group: the mean over its included slices, each slice
/// counting once. `None` if no slice has both averages. The second value counts
/// slices left out because their sweeps have another layout than the first's.
pub(crate) fn averaged_sweeps(cell: &Cell) -> (Option<AveragedSweeps>, usize) {
    let mut sum: Option<AveragedSweeps> = None;
    let mut layout: Option<&AveragedSweep> = None;
    let (mut n, mut other) = (0.0, 0);
    for m in cell.included().filter(|m| m.before.n_sweeps > 0 && m.after.n_sweeps > 0) {
        let first = *layout.get_or_insert(&m.before);
        let fits = |a: &AveragedSweep| {
            a.mv.len() == first.mv.len() && a.rate_hz == first.rate_hz && (a.stimulus - first.stimulus).abs() <= 0.5
        };
        if !fits(&m.before) || !fits(&m.after) {
            other += 1;
            continue;
        }
        let total = sum.get_or_insert_with(|| AveragedSweeps {
            induction: cell.induction.to_owned(),
            condition: cell.condition.name.clone(),
            time_ms: first.time_ms(),
            before_mv: vec![0.0; first.mv.len()],
            after_mv: vec![0.0; first.mv.len()],
            n_sweeps: [0, 0],
        });
        add(&mut total.before_mv, &m.before.mv);
        add(&mut total.after_mv, &m.after.mv);
        total.n_sweeps[0] += m.before.n_sweeps;
        total.n_sweeps[1] += m.after.n_sweeps;
        n += 1.0;
    }
    if let Some(total) = &mut sum {
        total.before_mv.iter_mut().chain(&mut total.after_mv).for_each(|y| *y /= n);
    }
    (sum, other)
}

fn add(sum: &mut [f64], values: &[f64]) {
    for (s, v) in sum.iter_mut().zip(values) {
        *s += v;
    }
}
