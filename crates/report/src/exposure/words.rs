//! What reached the slices, in the sentences of the methods.

use crate::exposure::application::{Application, Times, applications};
use crate::numbers::{capitalised, short};
use results::Manifest;
use results::manifest::Origin;
use results::plan::{ConditionPlan, Regimen, Timeline};

/// Names of conditions that are listed one by one.
const LISTED: usize = 8;

/// Compounds in the bath, doses before, animals, solutions and assumptions: a
/// sentence each, of what there is.
pub(crate) fn sentences(manifest: &Manifest) -> Vec<String> {
    let mut told: Vec<String> =
        applications(manifest, |_| true).iter().map(|one| flowed(one, &manifest.timeline)).collect();
    told.extend(treatments(manifest));
    if told.is_empty() {
        let none = match manifest.origin {
            Origin::Simulated => "No drug was applied.",
            Origin::Recorded => "The study file names no compound in the bath.",
        };
        told.push(none.to_owned());
    }
    told.extend(shared("Animals", manifest, |condition| condition.animals.clone()));
    told.extend(differing("Bath", manifest, |condition| condition.solution.clone()));
    told.extend(shared("Assumed", manifest, |condition| evidence::listed(&condition.assumptions)));
    told
}

/// `Allopregnanolone (ALLO), 300 nM, flowed in 3 pulses of 5 min, … ("ALLO, pulses").`
fn flowed(one: &Application, timeline: &Timeline) -> String {
    let label = if one.label.eq_ignore_ascii_case(one.compound) { String::new() } else { format!(" ({})", one.label) };
    format!(
        "{}{label}, {}, {} ({}).",
        capitalised(one.compound),
        one.amounts(),
        when(one.times, timeline),
        names(&one.conditions)
    )
}

/// When a compound flowed, with its verb.
pub(crate) fn when(times: Times, timeline: &Timeline) -> String {
    let (before, out) = (timeline.wash_in_min, timeline.wash_out);
    match times {
        Times::Unknown => "was in the bath; the study file does not say from when to when".to_owned(),
        Times::Usual if out => {
            format!("flowed from {} until the end of induction and was then washed out", at(-before))
        }
        Times::Usual => format!("flowed from {} to the end of the recording", at(-before)),
        Times::Stated(regimen) => stated(regimen, timeline),
    }
}

fn stated(regimen: Regimen, timeline: &Timeline) -> String {
    let flows = regimen.flows(timeline.follow_up_min);
    let first = flows.first().copied().unwrap_or([regimen.from_min; 2]);
    let last = flows.last().copied().unwrap_or(first);
    match (regimen.lasting_min, flows.len()) {
        (None, _) => format!("flowed from {} to the end of the recording", at(first[0])),
        (Some(lasting), 0 | 1) => {
            format!("flowed once for {} min from {}, until {}", short(lasting, 2), at(first[0]), at(last[1]))
        }
        (Some(lasting), n) => format!(
            "flowed in {n} pulses of {} min, one every {} min, from {} on; the last ended {}",
            short(lasting, 2),
            short(regimen.every_min.unwrap_or(0.0), 2),
            at(first[0]),
            at(last[1])
        ),
    }
}

/// A time in words.
fn at(min: f64) -> String {
    match min {
        t if t < 0.0 => format!("{} min before induction", short(-t, 2)),
        t if t > 0.0 => format!("{} min after the start of induction", short(t, 2)),
        _ => "the start of induction".to_owned(),
    }
}

/// What the animals were given before the slices were made.
pub(crate) fn treatments(manifest: &Manifest) -> Vec<String> {
    let mut given: Vec<(String, Vec<&str>)> = Vec::new();
    for condition in &manifest.conditions {
        for treatment in &condition.treatments {
            gather(&mut given, format!("{} ({})", treatment.compound, treatment.course), &condition.name);
        }
    }
    let sentence = |(what, conditions): (String, Vec<&str>)| {
        format!("Before slicing the animals of {} were given {what}.", names(&conditions))
    };
    given.into_iter().map(sentence).collect()
}

/// Adds a condition to what it shares with others.
fn gather<'a>(groups: &mut Vec<(String, Vec<&'a str>)>, what: String, condition: &'a str) {
    match groups.iter_mut().find(|(known, _)| *known == what) {
        Some((_, conditions)) => conditions.push(condition),
        None => groups.push((what, vec![condition])),
    }
}

/// `Animals: state luteal (all conditions).`, or each with its conditions; conditions
/// of which nothing is said are left out.
fn shared(title: &str, manifest: &Manifest, of: impl Fn(&ConditionPlan) -> String) -> Option<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for condition in &manifest.conditions {
        gather(&mut groups, of(condition), &condition.name);
    }
    let all = manifest.conditions.len();
    let part = |(what, conditions): &(String, Vec<&str>)| {
        let who = if conditions.len() == all { "all conditions".to_owned() } else { names(conditions) };
        format!("{what} ({who})")
    };
    let parts: Vec<String> = groups.iter().filter(|(what, _)| !what.is_empty()).map(part).collect();
    (!parts.is_empty()).then(|| format!("{title}: {}.", parts.join("; ")))
}

/// The same, where not all conditions are alike: what they share stands under the
/// preparation.
fn differing(title: &str, manifest: &Manifest, of: impl Fn(&ConditionPlan) -> String) -> Option<String> {
    let first = manifest.conditions.first().map(&of)?;
    if manifest.conditions.iter().all(|condition| of(condition) == first) {
        return None;
    }
    shared(title, manifest, of)
}

/// Names of conditions in quotes; of many the first few and how many more.
pub(crate) fn names(conditions: &[&str]) -> String {
    let quoted = |name: &&str| format!("“{name}”");
    let listed: Vec<String> = conditions.iter().take(LISTED).map(quoted).collect();
    match conditions.len().saturating_sub(LISTED) {
        0 => listed.join(", "),
        more => format!("{} and {more} more", listed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(wash_out: bool) -> Timeline {
        Timeline { baseline_min: 20.0, wash_in_min: 60.0, follow_up_min: 60.0, test_interval_s: 20.0, wash_out }
    }

    #[test]
    fn times_are_told_as_they_are_planned() {
        let regimen = Regimen { from_min: -60.0, lasting_min: Some(5.0), times: 3, every_min: Some(20.0) };
        let told = |times, out| when(times, &timeline(out));
        assert_eq!(
            told(Times::Stated(regimen), false),
            "flowed in 3 pulses of 5 min, one every 20 min, from 60 min before induction on; the last ended 15 min \
             before induction"
        );
        let one = Regimen { times: 1, every_min: None, ..regimen };
        assert_eq!(
            told(Times::Stated(one), false),
            "flowed once for 5 min from 60 min before induction, until 55 min before induction"
        );
        assert_eq!(told(Times::Usual, false), "flowed from 60 min before induction to the end of the recording");
        let out = "flowed from 60 min before induction until the end of induction and was then washed out";
        assert_eq!(told(Times::Usual, true), out);
        let later = Regimen { from_min: 10.0, lasting_min: None, ..one };
        let after = "flowed from 10 min after the start of induction to the end of the recording";
        assert_eq!(told(Times::Stated(later), false), after);
    }
}
