//! A row of the catalogue: what a rule is, its parameter sets, the protocols it
//! takes, and how it is run. [`Rule::prepare`] checks parameters and yields a
//! function from a protocol to an outcome.

use crate::rules::error::RuleError;
use crate::rules::graupner_brunel_2012::simulation::MonteCarlo;
use crate::rules::outcome::Prepared;
use crate::rules::parameter::{NamedSet, RuleParameter, completed};
use crate::rules::protocol::Protocol;
use crate::slice::spines::chosen::ChosenRule;

/// What a rule needs from a synapse that it is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// Calcium of the spine.
    Calcium,
    /// Effective calcium of the spine.
    EffectiveCalcium,
    /// Times of release and of postsynaptic spikes.
    Spikes,
    /// The potential of the dendrite; NMDA conductances as well.
    Voltage,
    /// The strength that another rule leaves.
    Strength,
    /// Nothing: it is a complete model.
    Complete,
}

impl Attachment {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Calcium => "spine calcium",
            Self::EffectiveCalcium => "effective calcium",
            Self::Spikes => "times of spikes",
            Self::Voltage => "potential of the dendrite (and NMDA conductances)",
            Self::Strength => "strength left by another rule",
            Self::Complete => "complete model: runs alone only",
        }
    }
}

/// Runs a rule with noise: values, protocol, number of runs, seed.
pub type WithNoise = fn(&[f64], &Protocol, u32, u64) -> Result<MonteCarlo, RuleError>;

/// Protocols that are usual for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// Repetitions, for a rule whose percentage stands for more of them; `None` for
    /// the number that is usual for the protocol.
    pub repetitions: Option<u32>,
    /// Rate of pairs.
    pub pairs: &'static str,
    /// Frequencies of a curve over presynaptic pulses: fewer for a rule that takes a
    /// second for each.
    pub frequencies: &'static str,
}

/// An entry of the catalogue.
pub struct Rule {
    /// Name on the command line and in experiment files.
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
    /// Author, year, place.
    pub source: &'static str,
    /// What it reads when it is attached to a synapse.
    pub attachment: Attachment,
    /// Whether experiments can choose it.
    pub in_experiments: bool,
    /// Protocols that it takes, by name.
    pub protocols: &'static [&'static str],
    /// Why it does not take the others.
    pub limits: &'static str,
    /// Its parameters.
    pub parameters: &'static [RuleParameter],
    /// Published sets; the first is the default.
    pub sets: &'static [NamedSet],
    /// The rule with values in the order of its parameters, for the spines of a
    /// slice. `None`: the slice runs it already, or it is no rule of induction that
    /// a spine can carry.
    pub attach: Option<fn(&[f64]) -> ChosenRule>,
    /// The rule with noise: many runs from both states, draws by a seed.
    pub with_noise: Option<WithNoise>,
    /// What is run unless somebody says otherwise.
    pub usual: Usual,
    /// Largest step is checked against a time constant (rules on a grid).
    pub takes_step: bool,
    pub(crate) build: fn(&[f64], Option<f64>) -> Result<Prepared, RuleError>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Rule {
    /// The values of a published set; the first set without a name.
    ///
    /// # Errors
    /// An unknown name, or a set asked of a rule that has none.
    pub fn set(&self, name: Option<&str>) -> Result<(&'static str, Vec<f64>), RuleError> {
        let found = match name {
            None => self.sets.first(),
            Some(name) => {
                let set = self.sets.iter().find(|set| set.name == name);
                Some(set.ok_or_else(|| RuleError::UnknownSet {
                    rule: self.name,
                    asked: name.to_owned(),
                    known: self.sets.iter().map(|set| set.name.to_owned()).collect(),
                })?)
            }
        };
        Ok(found.map_or(("calibrated", Vec::new()), |set| (set.name, (set.values)())))
    }

    /// Values that a user names, on top of a published set or alone.
    ///
    /// # Errors
    /// Unknown parameters or sets, values out of range, parameters left open.
    pub fn custom(&self, based_on: Option<&str>, named: &[(String, f64)]) -> Result<Vec<f64>, RuleError> {
        let base = match based_on {
            Some(name) => Some(self.set(Some(name))?.1),
            None => None,
        };
        completed(self.name, self.parameters, base, named)
    }

    /// The rule with `values` in the order of its parameters, ready for protocols.
    /// `step_ms` replaces the step of a rule on a grid.
    ///
    /// # Errors
    /// A step that the rule cannot take.
    pub fn prepare(&self, values: &[f64], step_ms: Option<f64>) -> Result<Prepared, RuleError> {
        if let Some(step_ms) = step_ms
            && !self.takes_step
        {
            return Err(RuleError::ProtocolValue {
                what: "a step, ms,",
                found: step_ms,
                accepted: "this rule is solved in closed form or on its published grid",
            });
        }
        let run = (self.build)(values, step_ms)?;
        let (rule, accepted, why) = (self.name, self.protocols, self.limits);
        Ok(Box::new(move |protocol: &Protocol| {
            if !accepted.contains(&protocol.name()) {
                let protocol = protocol.name();
                return Err(RuleError::ProtocolNotForRule { rule, protocol, why, accepted: accepted.to_vec() });
            }
            let outcome = run(protocol)?;
            if outcome.ratio.is_finite() {
                return Ok(outcome);
            }
            let t_ms = f64::from(protocol.n()) * 1000.0 / protocol.frequency_hz();
            Err(RuleError::NotFinite { rule, variable: "the ratio", value: outcome.ratio, t_ms })
        }))
    }
}
