//! A condition as the manifest states it: what is in the bath when, what the
//! animals are and were given, and the solution around the slices.

use crate::plan::animals::Regimen;
use crate::plan::plan::Condition;
use results::plan::{self, BathEntry, ConditionPlan};

/// A condition in the terms of a results folder, of recordings in which the
/// induction begins (or what would be its place) after `before_min`.
pub(crate) fn stated(condition: &Condition, before_min: f64) -> ConditionPlan {
    let animals = &condition.animals.physiology;
    let entry = |place: usize| {
        let entry = &condition.bath[place];
        BathEntry {
            compound: entry.compound.name.clone(),
            label: entry.compound.label.clone(),
            concentration_um: entry.concentration.um(),
            regimen: condition.regimens.get(place).copied().flatten().map(|it| from_induction(it, before_min)),
        }
    };
    ConditionPlan {
        name: condition.name.clone(),
        animals: animals.nature_in_words(),
        solution: condition.solution.in_words(),
        assumptions: condition.scenario.names().iter().map(ToString::to_string).collect(),
        bath: (0..condition.bath.len()).map(entry).collect(),
        treatments: animals
            .dosing
            .iter()
            .map(|dosing| plan::Treatment { compound: dosing.asked.clone(), course: dosing.course_in_words() })
            .collect(),
    }
}

/// A regimen, which counts from the start of the recording, from the start of induction.
fn from_induction(regimen: Regimen, before_min: f64) -> plan::Regimen {
    plan::Regimen {
        from_min: tidy(regimen.start.min() - before_min),
        lasting_min: regimen.duration.map(|duration| tidy(duration.min())),
        times: regimen.times,
        every_min: (regimen.times > 1).then(|| tidy(regimen.every.min())),
    }
}

/// Minutes without the rounding noise of their difference.
fn tidy(minutes: f64) -> f64 {
    (minutes * 1e6).round() / 1e6
}
