//! Time courses and averaged sweeps of the groups.

use crate::conclude::cells::{Arm, Cell};
use crate::findings::course::{CourseSpread, ExcludedCourse, SliceCourse, TimeCourse};
use crate::findings::groups::AveragedSweeps;
use crate::measure::measures::{BinSum, Measured};
use crate::measure::spread::{mean, sem, standard_deviation};
use crate::sweep::average::AveragedSweep;
use statistics::Sample;
use std::borrow::Cow;

/// Slack in units of the bin width, so that a sweep at a bin's start falls
/// into that bin in spite of rounding.
pub(super) const SLACK: f64 = 1e-6;

/// Time courses of all groups of an arm in bins of `bin_min`. Bin `k` holds the
/// sweeps at `k·bin ≤ t < (k + 1)·bin` from induction; bins in which no slice
/// of the arm has a sweep are left out. Intervals have confidence level `level`.
pub(crate) fn time_courses(arm: &Arm, bin_min: f64, level: f64) -> Vec<TimeCourse> {
    if bin_min.is_nan() || bin_min <= 0.0 {
        return Vec::new();
    }
    let mut bins: Vec<i64> = arm
        .filled()
        .flat_map(Cell::included)
        .flat_map(|m| binned(m, bin_min).iter().map(|bin| bin.at).collect::<Vec<_>>())
        .collect();
    bins.sort_unstable();
    bins.dedup();
    arm.filled().map(|cell| cell_course(cell, &bins, bin_min, level)).collect()
}

/// Adds the spread of a bin: over the means of animals and over single slices.
fn add_spread(spread: &mut CourseSpread, animals: &[f64], slices: &[f64], level: f64) {
    spread.sd.push(standard_deviation(animals));
    let interval = Sample::new(animals).and_then(|sample| sample.mean_interval(level));
    spread.ci_low.push(interval.as_ref().map_or(f64::NAN, |interval| interval.low));
    spread.ci_high.push(interval.as_ref().map_or(f64::NAN, |interval| interval.high));
    let sample = Sample::new(slices);
    let quantile = |p: f64| sample.as_ref().ok().and_then(|sample| sample.quantile(p).ok()).unwrap_or(f64::NAN);
    spread.slices_low.push(quantile(0.05));
    spread.slices_high.push(quantile(0.95));
}

/// Time courses of the excluded slices of an arm, each in the bins that it has.
pub(crate) fn of_excluded(arm: &Arm, bin_min: f64) -> Vec<ExcludedCourse> {
    if bin_min.is_nan() || bin_min <= 0.0 {
        return Vec::new();
    }
    let excluded = arm.cells.iter().flat_map(|cell| &cell.measured).filter(|m| !m.slice.included);
    excluded
        .map(|m| {
            let key = &m.slice.key;
            let bins = binned(m, bin_min);
            ExcludedCourse {
                induction: key.induction.clone(),
                condition: key.condition.clone(),
                animal: key.animal.clone(),
                slice: key.slice,
                time_min: bins.iter().map(|bin| (bin.at as f64 + 0.5) * bin_min).collect(),
                percent: bins.iter().map(|bin| bin.sum / f64::from(bin.n)).collect(),
            }
        })
        .collect()
}

/// Puts the rows of a slice away and keeps its time course in bins of `bin_min`,
/// which is all that conclusions need of them.
pub(crate) fn put_rows_away(m: &mut Measured, bin_min: f64) {
    if bin_min > 0.0 {
        m.course = binned(m, bin_min).into_owned();
    }
    m.course.shrink_to_fit();
    m.rows = Vec::new();
}

/// The time course of a slice in bins, in the order of time.
fn binned(m: &Measured, bin_min: f64) -> Cow<'_, [BinSum]> {
    if !m.course.is_empty() {
        return Cow::Borrowed(&m.course);
    }
    let mut bins: Vec<BinSum> = Vec::new();
    for (t, percent) in tetanised(m) {
        let at = (t / bin_min + SLACK).floor() as i64;
        // Sweeps come in the order of time, so that the search is short.
        let place = bins.iter().rposition(|bin| bin.at <= at);
        match place {
            Some(place) if bins[place].at == at => {
                bins[place].sum += percent;
                bins[place].n += 1;
            }
            place => bins.insert(place.map_or(0, |place| place + 1), BinSum { at, sum: percent, n: 1 }),
        }
    }
    Cow::Owned(bins)
}

/// Time and slope (% of baseline) of the kept sweeps of the tetanised pathway.
fn tetanised(m: &Measured) -> impl Iterator<Item = (f64, f64)> + '_ {
    m.rows
        .iter()
        .filter(|r| r.kept && r.pathway == m.slice.pathway)
        .filter_map(|r| Some((r.time_min, r.slope_percent?)))
}

fn cell_course(cell: &Cell, bins: &[i64], bin_min: f64, level: f64) -> TimeCourse {
    let mut slices = Vec::new();
    let mut latest = 0;
    let mut by_animal: Vec<Vec<Vec<Option<f64>>>> = vec![Vec::new(); cell.n_animals()];
    for m in cell.included() {
        let mut percent: Vec<Option<f64>> = vec![None; bins.len()];
        for bin in binned(m, bin_min).iter() {
            if let Ok(at) = bins.binary_search(&bin.at) {
                percent[at] = Some(bin.sum / f64::from(bin.n));
            }
        }
        let key = &m.slice.key;
        // Slices of an animal are neighbours, so that the search is short.
        let known = |at: &usize| cell.animals.get(*at).is_some_and(|animal| animal.name == key.animal);
        let place = Some(latest).filter(known).or_else(|| cell.animals.iter().position(|a| a.name == key.animal));
        if let Some(at) = place {
            latest = at;
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
        spread: None,
        slices,
    };
    let mut spread = CourseSpread::default();
    for at in 0..bins.len() {
        let animals: Vec<f64> = by_animal
            .iter()
            .map(|slices| mean(&slices.iter().filter_map(|s| s[at]).collect::<Vec<f64>>()))
            .filter(|v| v.is_finite())
            .collect();
        course.mean.push(mean(&animals));
        course.sem.push(sem(&animals));
        course.n_animals.push(animals.len());
        let slices: Vec<f64> = course.slices.iter().filter_map(|slice| slice.percent[at]).collect();
        add_spread(&mut spread, &animals, &slices, level);
    }
    course.spread = Some(spread);
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
