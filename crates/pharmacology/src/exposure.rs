//! A bath of compounds over time, and what it does to the synapse at each moment.

use crate::compound::Compound;
use crate::effects::Effects;
use crate::kinetics::Course;
use crate::laws;
use crate::scenario::Scenario;
use crate::statement::EvidenceStatement;
use crate::target::Mode;
use quantity::Concentration;
use std::collections::BTreeSet;
use synapse::{Evidence, Modulation};

/// Concentrations kept on the stack; larger baths use the heap.
const COMMON_BATH: usize = 8;

/// Lipophilic compounds above this nominal concentration get a remark. A choice
/// of the model: steroids dissolve to some µM or tens of µM in water.
const DOUBTFUL_SOLUTION_UM: f64 = 30.0;

/// One compound in the bath.
#[derive(Clone, Debug, PartialEq)]
pub struct BathCompound {
    /// The compound.
    pub compound: Compound,
    /// Its nominal concentration in the reservoir.
    pub concentration: Concentration,
}

/// Compounds that flow from one time to another, compiled for quick evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    bath: Vec<BathCompound>,
    scenario: Scenario,
    on_ms: f64,
    courses: Vec<Course>,
    effects: Effects,
}

impl Exposure {
    /// All compounds flow from `drug_on_ms` to `drug_off_ms` (to the end if
    /// `None`; −∞ as the start means in equilibrium from the beginning). An off
    /// time before the on time means that the drug never flows. A compound named
    /// twice is taken at the sum of its concentrations.
    pub fn new(bath: Vec<BathCompound>, drug_on_ms: f64, drug_off_ms: Option<f64>, scenario: &Scenario) -> Self {
        let bath = merged(bath);
        let courses = bath
            .iter()
            .map(|entry| {
                let compound = &entry.compound;
                let free = compound.free_fraction.as_ref().map_or(1.0, |f| f.value.value());
                let reservoir_um = entry.concentration.um() * free;
                Course::new(reservoir_um, &compound.kinetics, drug_on_ms, drug_off_ms)
            })
            .collect();
        let compounds: Vec<&Compound> = bath.iter().map(|entry| &entry.compound).collect();
        let effects = Effects::new(&compounds, scenario);
        Self { scenario: scenario.clone(), on_ms: drug_on_ms, courses, effects, bath }
    }

    /// The compounds and their nominal concentrations.
    pub fn bath(&self) -> &[BathCompound] {
        &self.bath
    }

    /// Concentration of bath compound `i` at the receptors, µM, at `t_ms`: the free
    /// bath concentration with which tissue (and membrane pool) are in equilibrium.
    /// 0 if there is no such compound.
    pub fn tissue_um(&self, i: usize, t_ms: f64) -> f64 {
        self.courses.get(i).map_or(0.0, |course| course.at(t_ms))
    }

    /// What the compounds do to the synapse at `t_ms`. Neutral before the drug.
    pub fn modulation(&self, t_ms: f64) -> Modulation {
        if t_ms <= self.on_ms || self.courses.is_empty() {
            return Modulation::default();
        }
        let mut few = [0.0; COMMON_BATH];
        let mut many;
        let concentrations = match few.get_mut(..self.courses.len()) {
            Some(stack) => stack,
            None => {
                many = vec![0.0; self.courses.len()];
                many.as_mut_slice()
            }
        };
        for (concentration, course) in concentrations.iter_mut().zip(&self.courses) {
            *concentration = course.at(t_ms);
        }
        self.effects.at(concentrations)
    }

    /// The laws by which the compounds act and combine, in words.
    pub fn laws(&self) -> Vec<String> {
        laws::in_words(&self.compounds(), &self.scenario, &self.effects)
    }

    /// Every number that takes part under the scenario, with its source.
    pub fn evidence(&self) -> Vec<EvidenceStatement> {
        let mut rows = Vec::new();
        for record in &self.scenario.records {
            rows.push(EvidenceStatement {
                subject: format!("scenario {}", record.name),
                value: "on".to_owned(),
                source: record.source.clone(),
                tag: Evidence::ModelChoice,
                note: record.meaning.clone(),
            });
        }
        for compound in self.compounds() {
            for action in &compound.targets {
                if !action.is_applied() || !self.scenario.admits(action) {
                    continue;
                }
                let mut statements = EvidenceStatement::of_action(&compound.label, action);
                if let (Some(set), Some(first)) =
                    (self.scenario.potency(&compound.name, action.target), statements.first_mut())
                {
                    first.value = set.to_string();
                    first.source = "set by hand in the experiment".to_owned();
                    first.tag = Evidence::ModelChoice;
                    first.note = format!("the record says {}", action.potency.in_words());
                }
                rows.extend(statements);
            }
            rows.extend(EvidenceStatement::of_uptake(compound));
        }
        rows
    }

    /// What a reader must know about this bath: predictions, scenarios, actions
    /// that are known but not modelled, identities.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for record in &self.scenario.records {
            remarks.push(format!("Scenario `{}`: {}", record.name, record.meaning));
        }
        for entry in &self.bath {
            remarks.extend(self.remarks_on(entry));
        }
        remarks
    }

    fn remarks_on(&self, entry: &BathCompound) -> Vec<String> {
        let compound = &entry.compound;
        let label = &compound.label;
        let mut remarks = Vec::new();
        match compound.published_ltp_data {
            Some(false) => remarks.push(format!("{label}: prediction; no published CA1 LTP data were found.")),
            None => remarks.push(format!(
                "{label}: prediction from receptor facts; published CA1 LTP data were not searched for."
            )),
            Some(true) => {}
        }
        if compound.kinetics.membrane.is_some() && entry.concentration.um() > DOUBTFUL_SOLUTION_UM {
            remarks.push(format!(
                "{label}: {} of a lipophilic compound is more than is likely to dissolve; taken at face value.",
                entry.concentration
            ));
        }
        let in_force = || compound.targets.iter().filter(|a| self.scenario.admits(a));
        if !in_force().any(|action| action.is_applied()) {
            remarks
                .push(format!("{label} has no action on a target that the synapse has: it will change nothing here."));
        }
        let absent: BTreeSet<&str> = in_force()
            .filter(|action| !action.is_applied() && action.mode != Mode::OpenChannelBlock)
            .map(|action| action.target.meaning())
            .collect();
        if !absent.is_empty() {
            let absent: Vec<&str> = absent.into_iter().collect();
            remarks.push(format!("{label}: known but not modelled: {}.", absent.join("; ")));
        }
        if in_force().any(|action| action.mode == Mode::OpenChannelBlock) {
            remarks.push(format!(
                "{label}: open-channel block depends on the history of each channel and is not \
                 written as a constant factor; it is left out."
            ));
        }
        remarks.extend(compound.remarks.iter().map(|text| format!("{label}: {text}")));
        remarks
    }

    fn compounds(&self) -> Vec<&Compound> {
        self.bath.iter().map(|entry| &entry.compound).collect()
    }
}

/// One entry per compound, in the order of first mention.
fn merged(bath: Vec<BathCompound>) -> Vec<BathCompound> {
    let mut once: Vec<BathCompound> = Vec::new();
    for entry in bath {
        match once.iter_mut().find(|o| o.compound.name == entry.compound.name) {
            Some(first) => {
                let sum = first.concentration.um() + entry.concentration.um();
                first.concentration = Concentration::from_um(sum);
            }
            None => once.push(entry),
        }
    }
    once
}
