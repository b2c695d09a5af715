//! When the time course of a condition differs from the reference's: cluster
//! masses of the bins after induction, animals exchanged (between animals) or
//! the signs of their differences flipped (within animals).
//!
//! A small p says that the courses differ somewhere; it speaks for a stretch as
//! a whole and not for its first and last minute (Sassenhagen & Draschkow 2019,
//! Psychophysiology 56:e13335).

use crate::conclude::cells::Arm;
use crate::conclude::comparing::Setting;
use crate::findings::course::TimeCourse;
use crate::findings::{CourseCluster, CourseComparison};
use crate::measure::spread::mean_if_any;
use crate::words::number;
use recording::digest::keyed_seed;
use results::plan::Variances;
use statistics::StatisticsError;
use statistics::permutation::{Arrangements, cluster_mass, cluster_mass_paired, cluster_mass_welch};
use statistics::spelling::p_value;

/// p at which a bin enters a cluster.
const ENTRY_P: f64 = 0.05;

/// Compares all conditions of an arm with the reference. `courses` are those of
/// the arm; `bin_min` is the width of their bins.
pub(crate) fn comparisons(
    arm: &Arm,
    courses: &[TimeCourse],
    bin_min: f64,
    setting: &Setting,
) -> (Vec<CourseComparison>, Vec<String>) {
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    let of = |condition: &str| courses.iter().find(|c| c.condition == condition);
    let Some(reference) = of(setting.reference) else { return (found, warnings) };
    let others: Vec<&TimeCourse> = courses.iter().filter(|c| c.condition != setting.reference).collect();
    for course in &others {
        if let Some(few) = too_few(course, reference, setting) {
            // A single animal has a warning of its own.
            if [course, reference].into_iter().any(|course| animals(course).len() == 1) {
                continue;
            }
            warnings.push(format!(
                "{}: the time courses of {} and {} are not compared: {few}.",
                arm.induction, course.condition, reference.condition
            ));
            continue;
        }
        match compare(course, reference, bin_min, others.len(), setting) {
            Ok(comparison) => {
                warnings.extend(unlike(&comparison, setting));
                found.push(comparison);
            }
            Err(why) => warnings.push(format!(
                "{}: the time courses of {} and {} cannot be compared: {why}.",
                arm.induction, course.condition, reference.condition
            )),
        }
    }
    (found, warnings)
}

/// Why so few animals are not compared, by the rule of all comparisons: two in each
/// condition, or two in both.
fn too_few(course: &TimeCourse, reference: &TimeCourse, setting: &Setting) -> Option<String> {
    let (own, other) = (animals(course), animals(reference));
    let needs = "and a comparison needs at least 2";
    if setting.within {
        let both = own.iter().filter(|(name, _)| other.iter().any(|(known, _)| known == name)).count();
        return (both < 2).then(|| {
            format!("animals with slices in {} and {}: {both}, {needs}", course.condition, reference.condition)
        });
    }
    let small = [(course, own.len()), (reference, other.len())].into_iter().find(|(_, count)| *count < 2);
    small.map(|(course, count)| format!("animals of {}: {count}, {needs}", course.condition))
}

/// What the reader must know of groups of unlike size: exchanged animals keep the level only
/// if the groups vary alike. The share is that of the test of `cluster_mass_welch`.
fn unlike(found: &CourseComparison, setting: &Setting) -> Option<String> {
    let [own, other] = found.n_animals;
    let unlike = !setting.within && 2 * own.max(other) >= 3 * own.min(other);
    unlike.then(|| {
        format!(
            "{}: {} and {} have {own} and {other} animals; if the smaller group varies more, the comparison of their \
             time courses finds too much (9 % instead of 5 % for 8 and 4 animals with SDs of 1 to 3).",
            found.induction, found.condition, found.reference
        )
    })
}

/// One row per animal: mean over its slices in each bin; `None` where it has none.
fn animals(course: &TimeCourse) -> Vec<(&str, Vec<Option<f64>>)> {
    let mut names: Vec<&str> = Vec::new();
    for slice in &course.slices {
        if !names.contains(&slice.animal.as_str()) {
            names.push(&slice.animal);
        }
    }
    let row = |name: &str| -> Vec<Option<f64>> {
        let own: Vec<_> = course.slices.iter().filter(|s| s.animal == name).collect();
        (0..course.time_min.len())
            .map(|at| {
                let values: Vec<f64> = own.iter().filter_map(|s| s.percent.get(at).copied().flatten()).collect();
                mean_if_any(&values)
            })
            .collect()
    };
    names.into_iter().map(|name| (name, row(name))).collect()
}

fn compare(
    course: &TimeCourse,
    reference: &TimeCourse,
    bin_min: f64,
    family: usize,
    setting: &Setting,
) -> Result<CourseComparison, StatisticsError> {
    let (mut a, mut b) = (animals(course), animals(reference));
    if setting.within {
        // Pairs: animals that gave slices to both.
        a.retain(|(name, _)| b.iter().any(|(other, _)| other == name));
        b.retain(|(name, _)| a.iter().any(|(other, _)| other == name));
        a.sort_by_key(|(name, _)| *name);
        b.sort_by_key(|(name, _)| *name);
    }
    // Bins after induction in which every animal has a value, without a gap.
    let whole = |at: usize| a.iter().chain(&b).all(|(_, row)| row.get(at).copied().flatten().is_some());
    let after: Vec<usize> = (0..course.time_min.len()).filter(|&at| course.time_min[at] > 0.0 && whole(at)).collect();
    let rows = |group: &[(&str, Vec<Option<f64>>)]| -> Vec<Vec<f64>> {
        group.iter().map(|(_, row)| after.iter().filter_map(|&at| row[at]).collect()).collect()
    };
    let (first, second) = (rows(&a), rows(&b));
    let seed = keyed_seed(setting.seed, &["time course", &course.induction, &course.condition, setting.reference]);
    let arrangements = Arrangements { seed, ..Arrangements::default() };
    let mass = if setting.within {
        let differences: Vec<Vec<f64>> =
            first.iter().zip(&second).map(|(x, y)| x.iter().zip(y).map(|(x, y)| x - y).collect()).collect();
        cluster_mass_paired(&differences, ENTRY_P, arrangements)?
    } else if setting.variances == Variances::ByGroup {
        cluster_mass_welch(&first, &second, ENTRY_P, arrangements)?
    } else {
        cluster_mass(&first, &second, ENTRY_P, arrangements)?
    };
    let edge = |at: usize, side: f64| after.get(at).map_or(f64::NAN, |&k| course.time_min[k] + side * 0.5 * bin_min);
    let clusters: Vec<CourseCluster> = mass
        .clusters
        .iter()
        .map(|c| CourseCluster { from_min: edge(c.first, -1.0), to_min: edge(c.last, 1.0), mass: c.mass, p: c.p })
        .collect();
    let tested_min = [edge(0, -1.0), edge(after.len().saturating_sub(1), 1.0)];
    let n_animals = [first.len(), second.len()];
    let mut comparison = CourseComparison {
        induction: course.induction.clone(),
        condition: course.condition.clone(),
        reference: reference.condition.clone(),
        tested_min,
        entry_p: ENTRY_P,
        n_animals,
        arrangements: mass.arrangements,
        exact: mass.exact,
        clusters,
        sentence: String::new(),
    };
    comparison.sentence = sentence(&comparison, family, setting);
    Ok(comparison)
}

fn sentence(found: &CourseComparison, family: usize, setting: &Setting) -> String {
    let clusters = &found.clusters;
    let minute = |value: f64| number(value, 1).trim_end_matches(".0").to_owned();
    let alpha = 1.0 - setting.level;
    let list: Vec<String> = clusters
        .iter()
        .filter(|c| c.p < alpha)
        .map(|c| {
            let side = if c.mass > 0.0 { "above" } else { "below" };
            format!("{side} it from {} to {} min ({})", minute(c.from_min), minute(c.to_min), p_value(c.p))
        })
        .collect();
    let verdict = match (list.is_empty(), clusters.iter().map(|c| c.p).reduce(f64::min)) {
        (false, _) => format!("lay {}", list.join(" and ")),
        (true, Some(least)) => format!("was not shown to differ (smallest {})", p_value(least)),
        (true, None) => String::from("was not shown to differ (no bin beyond the entry threshold)"),
    };
    let kind = match (setting.within, setting.variances) {
        (true, _) => "sign flips of animals",
        (false, Variances::ByGroup) => "exchanges of animals, normal scores of Welch's t in each bin",
        (false, Variances::Equal) => "exchanges of animals, Student's t in each bin",
    };
    let how = if found.exact { "all" } else { "random" };
    let several = if family > 1 { ", not adjusted for the number of conditions" } else { "" };
    format!(
        "Time course of {} against {} ({}), {} to {} min after induction: it {verdict}; cluster-mass permutation test, \
         {how} {} {kind}, smallest possible p {}{several}.",
        found.condition,
        found.reference,
        found.induction,
        minute(found.tested_min[0]),
        minute(found.tested_min[1]),
        found.arrangements,
        number(smallest(found, setting.within || found.n_animals[0] == found.n_animals[1]), 5)
            .trim_end_matches('0')
            .trim_end_matches('.')
    )
}

/// The smallest p that the number of animals allows. `mirrored`: each
/// arrangement has one of equal mass and the other sign.
fn smallest(found: &CourseComparison, mirrored: bool) -> f64 {
    let least = if found.exact && mirrored { 2.0 } else { 1.0 };
    least / found.arrangements as f64
}
