//! What the animals of a condition bring along, and how its drugs are given.

use crate::plan::genotype::Genotype;
use pharmacology::dosing::Dosing;
use pharmacology::expression::History;
use pharmacology::{Bound, Prepared, ReceptorMix};
use quantity::Time;
use synapse::Parameters;

/// Chloride of the cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChlorideSetting {
    /// As the transporters of this age make it, d.
    Age(quantity::Age),
    /// This concentration inside.
    Inside(quantity::Concentration),
    /// This reversal potential of GABA-A.
    Reversal(quantity::Voltage),
}

/// What the file says about the animals of a condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Physiology {
    /// Name of the physiological state.
    pub state: Option<String>,
    /// Which ends of its ranges take part.
    pub bound: Bound,
    /// Age, in place of that of the state.
    pub age: Option<quantity::Age>,
    /// Genotype, wild type unless said.
    pub genotype: Option<&'static Genotype>,
    /// Chloride, in place of that of the state and of the age.
    pub chloride: Option<ChlorideSetting>,
    /// Steroid exposure over the days before.
    pub history: Option<History>,
    /// Systemic doses before the slices were made.
    pub dosing: Vec<Dosing>,
}

impl Physiology {
    /// True if nothing but an age is said.
    pub fn is_unstated(&self) -> bool {
        Self { age: None, ..self.clone() } == Self::default()
    }

    /// In words, for the report.
    pub fn in_words(&self) -> String {
        let nature = Some(self.nature_in_words()).filter(|words| !words.is_empty());
        let given = self.dosing.iter().map(|dosing| format!("{}: {}", dosing.asked, dosing.course_in_words()));
        nature.into_iter().chain(given).collect::<Vec<String>>().join("; ")
    }

    /// State, chloride and history in words, without what the animals were given.
    pub(crate) fn nature_in_words(&self) -> String {
        let mut words = Vec::new();
        if let Some(state) = &self.state {
            let end = match self.bound {
                Bound::Low => ", lower ends of its ranges",
                Bound::Centre => "",
                Bound::High => ", upper ends of its ranges",
            };
            words.push(format!("state {state}{end}"));
        }
        if let Some(genotype) = self.genotype {
            words.push(format!("genotype {}", genotype.name));
        }
        match self.chloride {
            Some(ChlorideSetting::Age(age)) => words.push(format!("chloride of {age}")),
            Some(ChlorideSetting::Inside(mm)) => words.push(format!("{mm} chloride inside")),
            Some(ChlorideSetting::Reversal(mv)) => words.push(format!("GABA reversal {mv}")),
            None => {}
        }
        if let Some(history) = &self.history {
            let withdrawn = history.withdrawn_d.map(|days| format!(", ended {days} d ago"));
            words.push(format!("steroid exposure of {} d{}", history.exposed_d, withdrawn.unwrap_or_default()));
        }
        words.join("; ")
    }
}

/// When a compound flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regimen {
    /// From the start of the recording to the first flow.
    pub start: Time,
    /// How long it flows; to the end if `None`.
    pub duration: Option<Time>,
    /// From one start to the next.
    pub every: Time,
    /// How often.
    pub times: u32,
}

impl Regimen {
    /// On and off times, ms.
    pub fn flows(&self) -> Vec<[f64; 2]> {
        let flow = |k: u32| {
            let on_ms = self.start.ms() + f64::from(k) * self.every.ms();
            [on_ms, self.duration.map_or(f64::INFINITY, |duration| on_ms + duration.ms())]
        };
        (0..self.times).map(flow).collect()
    }
}

/// The animals of a condition, ready for the model.
#[derive(Clone, Debug)]
pub struct Animals {
    /// What the file says.
    pub physiology: Physiology,
    /// Steroids, changed parameters and evidence.
    pub prepared: Prepared,
}

impl Animals {
    /// The synapse of these animals, on the parameters of the experiment. Values
    /// that do not fit were refused when the file was read.
    pub fn parameters(&self, of_experiment: &Parameters) -> Parameters {
        let mut parameters = of_experiment.clone();
        for change in &self.prepared.changes {
            let _ = parameters.set(&change.parameter, change.value);
        }
        parameters
    }

    /// The receptors that compounds meet: the tonic current is inward where GABA
    /// reverses above rest.
    pub fn receptors(&self, parameters: &Parameters) -> ReceptorMix {
        ReceptorMix {
            alpha4_delta: self.prepared.alpha4_delta,
            depolarising: parameters.gaba_reversal_mv > parameters.leak_reversal_mv,
        }
    }
}
