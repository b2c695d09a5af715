//! What became of a group: potentiated, depressed, or neither.

use crate::figures::scene::Scene;
use crate::numbers::{capitalised, difference, plain, range};
use analysis::findings::Group;
use quantity::counted;

/// Which way a group went, by its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// The interval lies above zero.
    Potentiated,
    /// It lies below zero.
    Depressed,
    /// It holds zero, or there is none.
    Open,
}

/// Which way a group went.
pub(crate) fn course(group: &Group) -> Course {
    match (group.ci.low > 0.0, group.ci.high < 0.0) {
        (true, _) => Course::Potentiated,
        (_, true) => Course::Depressed,
        _ => Course::Open,
    }
}

/// `potentiated by 47.7 % of baseline`, `was depressed by …`, `changed by …`.
pub(crate) fn change(group: &Group) -> String {
    match course(group) {
        Course::Potentiated => format!("potentiated by {} % of baseline", plain(group.mean, 1)),
        Course::Depressed => format!("was depressed by {} % of baseline", plain(group.mean.abs(), 1)),
        Course::Open => format!("changed by {} % of baseline", difference(group.mean, 1)),
    }
}

/// Whether no group has a slice left.
pub(crate) fn none_left(scene: &Scene) -> bool {
    scene.sources.findings.groups.iter().all(|group| group.n_slices == 0)
}

/// What is said when nothing can be.
pub(crate) fn nothing(scene: &Scene) -> String {
    let groups = &scene.sources.findings.groups;
    let excluded: usize = groups.iter().map(|group| group.n_excluded).sum();
    if excluded == 0 {
        return format!("No answer can be given: there are no {}.", scene.slices());
    }
    format!("No answer can be given: every one of the {excluded} {} was excluded.", scene.slices())
}

/// Which intervals the paragraph gives.
pub(crate) fn which_interval(scene: &Scene) -> String {
    let findings = &scene.sources.findings;
    let level = scene.level();
    let of_groups = format!("Intervals are {level} confidence intervals: of a group over {}", scene.animals());
    let Some(first) = findings.contrasts.first() else { return format!("{of_groups}.") };
    let adjusted = match first.adjust.as_str() {
        "none" => "of a difference from the model under Methods, like its p not adjusted".to_owned(),
        method => {
            format!("of a difference from the model under Methods, like its p adjusted by {}", capitalised(method))
        }
    };
    format!("{of_groups}, {adjusted}.")
}

/// The reference of one induction.
pub(crate) fn reference(scene: &Scene, induction: &str) -> Option<String> {
    let group = scene.group(induction, scene.reference())?;
    let many = scene.inductions().len() > 1;
    let place = if many { format!("Under {induction}, ") } else { String::new() };
    let name = if many { group.condition.clone() } else { capitalised(&group.condition) };
    if group.n_slices == 0 {
        return Some(format!("{place}{name}, the reference, has no {} left.", scene.slice()));
    }
    let interval = match (group.ci.low.is_finite(), course(group)) {
        (false, _) => "no interval; ".to_owned(),
        (true, Course::Open) => format!("{} CI {}, which holds zero; ", scene.level(), range(group.ci, 1)),
        (true, _) => format!("{} CI {}; ", scene.level(), range(group.ci, 1)),
    };
    Some(format!(
        "{place}{name} {} ({interval}n = {}, N = {}).",
        change(group),
        counted(group.n_slices, scene.slice()),
        counted(group.n_animals, scene.animal())
    ))
}
