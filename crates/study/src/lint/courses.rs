//! Faults within one table of time courses.

use crate::lint::fault::{LintFault, Rule};
use crate::lint::tables::Course;

/// Values before time 0, or test sweeps before induction, that a baseline needs.
pub(super) const BASELINE: usize = 10;
/// Share of the follow-up by which a recording may end before the table.
const EARLY: f64 = 0.1;
/// Ratio of baseline levels that is no biology: another unit.
const UNIT: f64 = 30.0;
/// A step of this many usual steps is a gap.
pub(super) const GAP: f64 = 1.5;
/// Around induction the clock may pause, min.
const PAUSE_MIN: f64 = 5.0;
/// Values in a row that are compared when rows are looked for twice.
const STRETCH: usize = 8;
/// Different values that such a stretch must have at least.
const VARIED: usize = 6;

/// All faults of the courses of one file.
pub(super) fn table(courses: &[Course]) -> Vec<LintFault> {
    let mut faults = Vec::new();
    if courses.iter().all(|course| course.timed) {
        faults.extend(gaps(courses));
        faults.extend(courses.iter().filter_map(short_baseline));
        faults.extend(courses.iter().filter_map(|course| ends_early(course, courses)));
        faults.extend(level(courses));
    }
    faults.extend(courses.iter().flat_map(copied_stretch));
    faults.extend(copied_rows(courses));
    faults
}

fn place(course: &Course) -> String {
    format!("column {}", course.name)
}

fn points(course: &Course) -> impl Iterator<Item = (f64, f64)> + '_ {
    course.time.iter().copied().zip(course.value.iter().copied()).filter(|(_, value)| value.is_finite())
}

fn minutes(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The clock of a table is that of all its columns.
fn gaps(courses: &[Course]) -> Vec<LintFault> {
    let Some(first) = courses.first() else { return Vec::new() };
    let times = &first.time;
    let mut steps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    let Some(usual) = steps.get(steps.len() / 2).copied() else { return Vec::new() };
    let fault = |pair: &[f64]| {
        let (from, to) = (minutes(pair[0]), minutes(pair[1]));
        let found = format!("no value between {from} and {to} min; the usual step is {} min", minutes(usual));
        LintFault::new(Rule::ClockGap, &first.file, "time", found)
    };
    let near_induction = |pair: &&[f64]| pair[0] <= PAUSE_MIN && pair[1] >= -PAUSE_MIN;
    times.windows(2).filter(|p| p[1] - p[0] > GAP * usual).filter(|p| !near_induction(p)).map(fault).collect()
}

fn short_baseline(course: &Course) -> Option<LintFault> {
    let timed = course.time.iter().any(|time| *time < 0.0) && course.time.iter().any(|time| *time > 0.0);
    let before = points(course).filter(|(time, _)| *time < 0.0).count();
    let planned = course.time.iter().filter(|time| **time < 0.0).count();
    // A table with fewer rows before induction has a coarse clock, not a fault of one column.
    (timed && before < BASELINE.min(planned)).then(|| {
        let found = format!("{before} values before induction: expected at least {}", BASELINE.min(planned));
        LintFault::new(Rule::ShortBaseline, &course.file, place(course), found)
    })
}

fn ends_early(course: &Course, all: &[Course]) -> Option<LintFault> {
    let last = |course: &Course| points(course).last().map(|(time, _)| time);
    let end = all.iter().filter_map(last).fold(f64::NEG_INFINITY, f64::max);
    let own = last(course)?;
    (end > 0.0 && own < end - EARLY * end).then(|| {
        let found = format!("ends at {} min, other recordings at {} min", minutes(own), minutes(end));
        LintFault::new(Rule::EndsEarly, &course.file, place(course), found)
    })
}

/// Unit and polarity by the level of the baseline.
fn level(courses: &[Course]) -> Vec<LintFault> {
    let baseline = |course: &Course| {
        let values: Vec<f64> = points(course).filter(|(time, _)| *time < 0.0).map(|(_, value)| value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let levels: Vec<(usize, f64)> =
        courses.iter().enumerate().filter_map(|(k, course)| Some((k, baseline(course)?))).collect();
    let mut sizes: Vec<f64> = levels.iter().map(|(_, level)| level.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let negative = levels.iter().filter(|(_, level)| *level < 0.0).count();
    let Some(usual) = sizes.get(sizes.len() / 2).copied().filter(|_| levels.len() > 2) else { return Vec::new() };
    let mut faults = Vec::new();
    for (k, own) in levels.iter().copied() {
        let course = &courses[k];
        let ratio = own.abs() / usual;
        if !(1.0 / UNIT..=UNIT).contains(&ratio) {
            let found = format!("baseline level {own:.4}, that of the others {usual:.4}: another unit or gain?");
            faults.push(LintFault::new(Rule::Unit, &course.file, place(course), found));
        }
        if (own < 0.0) != (2 * negative > levels.len()) {
            let found = "the values have the opposite sign of the other recordings";
            faults.push(LintFault::new(Rule::Polarity, &course.file, place(course), found));
        }
    }
    faults
}

/// A stretch of values that occurs twice in one course.
fn copied_stretch(course: &Course) -> Option<LintFault> {
    let values: Vec<(usize, f64)> = course.value.iter().copied().enumerate().filter(|(_, v)| v.is_finite()).collect();
    let mut windows: Vec<(Vec<u64>, usize)> = values
        .windows(STRETCH)
        .filter(|window| varied(window.iter().map(|(_, v)| v.to_bits())))
        .map(|window| (window.iter().map(|(_, v)| v.to_bits()).collect(), window[0].0))
        .collect();
    windows.sort();
    let twice = windows.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[0].1, pair[1].1)).min()?;
    let (first, second) = (twice.0.min(twice.1), twice.0.max(twice.1));
    let length = (0..).take_while(|k| same(course.value.get(first + k), course.value.get(second + k))).count();
    // Line 1 is the title.
    let found = format!("the {length} values from line {} on are repeated from line {} on", first + 2, second + 2);
    Some(LintFault::new(Rule::CopiedRows, &course.file, place(course), found))
}

fn varied(bits: impl Iterator<Item = u64>) -> bool {
    let mut bits: Vec<u64> = bits.collect();
    bits.sort_unstable();
    bits.dedup();
    bits.len() >= VARIED
}

fn same(one: Option<&f64>, other: Option<&f64>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one == other)
}

/// Whole rows of a wide table that occur twice.
fn copied_rows(courses: &[Course]) -> Vec<LintFault> {
    let Some(first) = courses.first().filter(|first| first.timed) else { return Vec::new() };
    let row = |k: usize| -> Vec<u64> { courses.iter().map(|c| c.value[k].to_bits()).collect() };
    let mut rows: Vec<(Vec<u64>, usize)> = (0..first.value.len())
        .filter(|k| courses.iter().filter(|c| c.value[*k].is_finite()).count() >= 3)
        // Values of two digits agree by chance.
        .filter(|k| courses.iter().any(|c| (c.value[*k] * 1000.0).fract() != 0.0))
        .map(|k| (row(k), k))
        .collect();
    rows.sort();
    let mut pairs: Vec<(usize, usize)> =
        rows.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[0].1, pair[1].1)).collect();
    pairs.sort_unstable();
    let Some(&(one, other)) = pairs.first() else { return Vec::new() };
    let (n, columns) = (pairs.len(), courses.len());
    let found = format!("{n} rows are there twice in all {columns} columns, first lines {} and {}", one + 2, other + 2);
    vec![LintFault::new(Rule::CopiedRows, &first.file, "rows", found)]
}
