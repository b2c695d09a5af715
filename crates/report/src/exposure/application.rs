//! Compounds as they flow, gathered over the conditions that share compound and times.

use crate::numbers::short;
use quantity::{Concentration, plural};
use results::Manifest;
use results::manifest::Origin;
use results::plan::{InductionPlan, Regimen, Timeline};

/// Concentrations that are listed one by one; of more the first and the last are named.
const LISTED: usize = 4;

/// One compound that flows at the same times in some conditions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Application<'a> {
    /// Name of the compound.
    pub(crate) compound: &'a str,
    /// Short name.
    pub(crate) label: &'a str,
    /// Concentrations in the order of the plan, µM, each once.
    pub(crate) concentrations_um: Vec<f64>,
    /// When it flows.
    pub(crate) times: Times,
    /// Names of the conditions.
    pub(crate) conditions: Vec<&'a str>,
}

/// When a compound flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Times {
    /// By the course of the experiment, from the end of the baseline on.
    Usual,
    /// By its own plan.
    Stated(Regimen),
    /// Recordings whose study file does not say when.
    Unknown,
}

/// The compounds in the baths of the conditions that `wanted` names, in the order
/// of the plan.
pub(crate) fn applications<'a>(manifest: &'a Manifest, wanted: impl Fn(&str) -> bool) -> Vec<Application<'a>> {
    let mut found: Vec<Application> = Vec::new();
    for condition in manifest.conditions.iter().filter(|condition| wanted(&condition.name)) {
        for entry in &condition.bath {
            let times = match (entry.regimen, manifest.origin) {
                (Some(regimen), _) => Times::Stated(regimen),
                (None, Origin::Simulated) => Times::Usual,
                (None, Origin::Recorded) => Times::Unknown,
            };
            let known = found.iter().position(|one| one.compound == entry.compound && one.times == times);
            let place = known.unwrap_or_else(|| {
                found.push(Application {
                    compound: &entry.compound,
                    label: &entry.label,
                    concentrations_um: Vec::new(),
                    times,
                    conditions: Vec::new(),
                });
                found.len() - 1
            });
            let one = &mut found[place];
            if !one.concentrations_um.contains(&entry.concentration_um) {
                one.concentrations_um.push(entry.concentration_um);
            }
            one.conditions.push(&condition.name);
        }
    }
    found
}

impl Application<'_> {
    /// `ALLO 300 nM`; of a long series its ends.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.label, self.amounts())
    }

    /// The concentrations: all of a few, the ends of a long series; in µM if the name of a
    /// condition has it so, since a page must not call "PS 0.1 µM" 100 nM.
    pub(crate) fn amounts(&self) -> String {
        let named = |text: &str| self.conditions.iter().any(|name| name.contains(text));
        let text = |um: &f64| {
            let micromolar = format!("{} µM", short(*um, 3));
            if named(&micromolar) { micromolar } else { Concentration::from_um(*um).to_string() }
        };
        match self.concentrations_um.as_slice() {
            [first, .., last] if self.concentrations_um.len() > LISTED => {
                let n = self.concentrations_um.len();
                format!("{} to {} ({n} {})", text(first), text(last), plural(n, "concentration"))
            }
            all => all.iter().map(text).collect::<Vec<String>>().join(", "),
        }
    }

    /// Whether nobody knows when it flows.
    pub(crate) fn stretches_unknown(&self) -> bool {
        self.times == Times::Unknown
    }

    /// Start and end of each flow on the axis of time after induction, min: before
    /// induction from its start, after it from its end. Empty where nobody knows.
    pub(crate) fn stretches(&self, timeline: &Timeline, induction: Option<&InductionPlan>) -> Vec<[f64; 2]> {
        let lasting = induction.map_or(0.0, |plan| plan.duration_s / 60.0);
        match self.times {
            Times::Unknown => Vec::new(),
            Times::Usual => {
                vec![[-timeline.wash_in_min, if timeline.wash_out { 0.0 } else { timeline.follow_up_min }]]
            }
            Times::Stated(regimen) => {
                let on_axis = |t: f64| if t < 0.0 { t } else { (t - lasting).max(0.0) };
                regimen.flows(lasting + timeline.follow_up_min).into_iter().map(|flow| flow.map(on_axis)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concentrations_are_spelt_as_in_the_names_of_the_conditions() {
        let one = |condition: &'static str| Application {
            compound: "pregnenolone sulfate",
            label: "PS",
            concentrations_um: vec![0.1],
            times: Times::Usual,
            conditions: vec![condition],
        };
        assert_eq!(one("PS 0.1 µM").name(), "PS 0.1 µM");
        assert_eq!(one("PS 100 nM").name(), "PS 100 nM");
        assert_eq!(one("drug").name(), "PS 100 nM");
    }
}
