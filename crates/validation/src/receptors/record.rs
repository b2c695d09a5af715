//! A published outcome as it stands in TOML, and its check.

use crate::receptors::assay::{Assay, Readout};
use pharmacology::record::Reading;
use pharmacology::{Library, LibraryError, Target};
use quantity::{Age, Concentration, Voltage};
use serde::{Deserialize, Serialize};
use synapse::patch::Receptor;
use toml::Spanned;

/// The built-in outcomes: file name and text.
const BUILT_IN: [(&str, &str); 1] = [("receptors.toml", include_str!("../../data/receptors/receptors.toml"))];

/// What an outcome is to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A number of the record was set from it: agreement shows consistency.
    Parameter,
    /// Nothing was set from it: agreement is a test.
    Check,
}

impl Role {
    /// The name in the records and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Check => "check",
        }
    }
}

/// Names of the roles in the records.
const ROLES: [(&str, Role); 2] = [("parameter", Role::Parameter), ("check", Role::Check)];

/// The published number, in the unit of the outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Published {
    /// A mean with its standard error.
    Mean {
        /// Mean.
        mean: f64,
        /// Standard error.
        #[serde(skip_serializing_if = "Option::is_none")]
        sem: Option<f64>,
        /// Cells, slices or oocytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        n: Option<u32>,
    },
    /// A range.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Only that it is larger.
    Above {
        /// Than this.
        above: f64,
    },
    /// Only that it is smaller.
    Below {
        /// Than this.
        below: f64,
    },
}

/// One published outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Short identifier, unique.
    pub id: String,
    /// What was measured.
    pub title: String,
    /// What it is to the model.
    pub role: Role,
    /// How it is measured here.
    pub assay: Assay,
    /// Compounds and concentrations, µM; the first is varied by a potency.
    pub bath: Vec<(String, f64)>,
    /// Scenarios assumed.
    pub scenarios: Vec<String>,
    /// The published number.
    pub published: Published,
    /// Its unit.
    pub unit: String,
    /// Source.
    pub source: String,
    /// Why the model stands where it stands, if it is not self-evident.
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutcomes {
    #[serde(default)]
    outcome: Vec<RawOutcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutcome {
    id: Spanned<String>,
    title: Spanned<String>,
    role: Spanned<String>,
    assay: Spanned<String>,
    receptor: Option<Spanned<String>>,
    readout: Option<Spanned<String>>,
    #[serde(default)]
    bath: Vec<RawEntry>,
    #[serde(default)]
    scenarios: Vec<Spanned<String>>,
    alpha4_delta: Option<f64>,
    depolarising: Option<bool>,
    age: Option<Spanned<String>>,
    inside: Option<Spanned<String>>,
    target: Option<Spanned<String>>,
    potential: Option<Spanned<String>>,
    magnesium: Option<Spanned<String>>,
    mean: Option<f64>,
    sem: Option<Spanned<f64>>,
    n: Option<u32>,
    range: Option<Spanned<Vec<f64>>>,
    above: Option<f64>,
    below: Option<f64>,
    unit: Spanned<String>,
    source: Spanned<String>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    compound: Spanned<String>,
    concentration: Option<Spanned<String>>,
}

/// Names of the receptors in the records.
pub(crate) const RECEPTORS: [(&str, Receptor); 15] = [
    ("ampa", Receptor::Ampa),
    ("glun2a", Receptor::Glun2a),
    ("glun2b", Receptor::Glun2b),
    ("glun2c", Receptor::Glun2c),
    ("glun2d", Receptor::Glun2d),
    ("gaba_a_fast", Receptor::GabaFast),
    ("gaba_a_slow", Receptor::GabaSlow),
    ("gaba_a_tonic", Receptor::GabaTonic),
    ("gaba_b", Receptor::GabaB),
    ("cav_t", Receptor::TType),
    ("cav_l", Receptor::LType),
    ("cav_r", Receptor::RType),
    ("hcn", Receptor::Ih),
    ("release", Receptor::Release),
    ("facilitation", Receptor::Facilitation),
];

/// Names of the assays.
const KNOWN: [&str; 19] = [
    "potency",
    "largest_change",
    "change",
    "factor",
    "potency_ratio",
    "decay_time",
    "magnesium_block",
    "paired_pulse",
    "tonic_slope",
    "resting_shift",
    "input_conductance",
    "direct_ec50",
    "direct_efficacy",
    "inhibition",
    "reversal",
    "gaba_ec50",
    "iso_over_allo",
    "gaba_reversal_at_age",
    "pipette_chloride",
];

const READOUTS: [(&str, Readout); 3] =
    [("peak", Readout::Peak), ("decay", Readout::Decay), ("steady", Readout::Steady)];

/// Reads the built-in outcomes and those of a user's folder.
pub(crate) fn read(library: &Library, own: &[(&str, &str)]) -> Result<Vec<Outcome>, LibraryError> {
    let mut faults = Vec::new();
    let mut outcomes: Vec<Outcome> = Vec::new();
    let files = BUILT_IN.iter().chain(own.iter().filter(|(name, _)| name.starts_with("outcomes/")));
    for (file, text) in files {
        let mut reading = Reading::new(file, text);
        let raw: Option<RawOutcomes> = reading.shape();
        for record in raw.into_iter().flat_map(|raw| raw.outcome) {
            if outcomes.iter().any(|other| other.id == *record.id.get_ref()) {
                reading.fault(record.id.span(), format!("an outcome `{}` exists already", record.id.get_ref()));
            }
            outcomes.extend(OutcomeReading(&mut reading).outcome(&record, library));
        }
        faults.append(&mut reading.faults);
    }
    if faults.is_empty() { Ok(outcomes) } else { Err(LibraryError { faults }) }
}

/// The reading of one file of outcomes.
struct OutcomeReading<'r, 't>(&'r mut Reading<'t>);

impl OutcomeReading<'_, '_> {
    fn outcome(&mut self, raw: &RawOutcome, library: &Library) -> Option<Outcome> {
        for text in [&raw.id, &raw.title, &raw.unit, &raw.source] {
            self.0.not_blank(text, "this");
        }
        let role = self.0.entry(&raw.role, "role", |name| named(&ROLES, name), &names(&ROLES))?;
        let receptor = match &raw.receptor {
            Some(text) => Some(self.0.entry(text, "receptor", |name| named(&RECEPTORS, name), &names(&RECEPTORS))?),
            None => None,
        };
        let readout = match &raw.readout {
            Some(text) => self.0.entry(text, "readout", |name| named(&READOUTS, name), &names(&READOUTS))?,
            None => Readout::Steady,
        };
        let mut bath = Vec::new();
        for entry in &raw.bath {
            let name = match library.find(entry.compound.get_ref()) {
                Ok(compound) => compound.name.clone(),
                Err(unknown) => {
                    self.0.fault(entry.compound.span(), unknown.to_string());
                    return None;
                }
            };
            let um = match &entry.concentration {
                Some(text) => self.0.quantity::<Concentration>(text.get_ref(), text.span())?.um(),
                None => 0.0,
            };
            bath.push((name, um));
        }
        let scenarios: Vec<String> = raw.scenarios.iter().map(|name| name.get_ref().clone()).collect();
        if let Err(error) = library.scenario(&scenarios) {
            self.0.fault(raw.id.span(), error.to_string());
            return None;
        }
        let needed = |reading: &mut Self| {
            if receptor.is_none() {
                reading.0.fault(raw.assay.span(), "this assay needs a `receptor`".to_owned());
            }
            receptor
        };
        let mix = (raw.alpha4_delta.unwrap_or(0.0), raw.depolarising.unwrap_or(false));
        let assay = match raw.assay.get_ref().as_str() {
            "potency" => Assay::Potency { receptor: needed(self)?, readout },
            "largest_change" => Assay::LargestChange { receptor: needed(self)?, readout },
            "change" => Assay::Change { receptor: needed(self)?, readout, alpha4_delta: mix.0, depolarising: mix.1 },
            "factor" => Assay::Factor { receptor: needed(self)?, readout },
            "potency_ratio" => Assay::PotencyRatio { receptor: needed(self)?, readout },
            "decay_time" => Assay::DecayTime { receptor: needed(self)? },
            "magnesium_block" => self.magnesium(raw)?,
            "paired_pulse" => Assay::PairedPulse,
            "tonic_slope" => Assay::TonicSlope,
            "resting_shift" => Assay::RestingShift,
            "input_conductance" => Assay::InputConductance,
            "direct_ec50" => Assay::DirectEc50,
            "direct_efficacy" => Assay::DirectEfficacy,
            "inhibition" => {
                let Some(target) = &raw.target else {
                    self.0.fault(raw.assay.span(), "this assay needs a `target`".to_owned());
                    return None;
                };
                Assay::Inhibition { target: self.0.entry(target, "target", Target::parse, &Target::names())? }
            }
            "reversal" => Assay::Reversal,
            "gaba_ec50" => Assay::GabaEc50,
            "iso_over_allo" => Assay::IsoOverAllo,
            "gaba_reversal_at_age" => {
                let Some(age) = &raw.age else {
                    self.0.fault(raw.assay.span(), "this assay needs an `age`".to_owned());
                    return None;
                };
                Assay::GabaReversalAtAge { days: self.0.quantity::<Age>(age.get_ref(), age.span())?.postnatal_days() }
            }
            "pipette_chloride" => {
                let Some(inside) = &raw.inside else {
                    self.0.fault(raw.assay.span(), "this assay needs `inside`".to_owned());
                    return None;
                };
                let inside_mm = self.0.quantity::<Concentration>(inside.get_ref(), inside.span())?.um() / 1000.0;
                Assay::PipetteChloride { inside_mm }
            }
            other => {
                let known = KNOWN.join(", ");
                self.0.fault(raw.assay.span(), format!("unknown assay `{other}`; known: {known}"));
                return None;
            }
        };
        let least = match assay {
            Assay::PotencyRatio { .. } => 2,
            Assay::Potency { .. } | Assay::Change { .. } | Assay::Factor { .. } | Assay::Inhibition { .. } => 1,
            Assay::RestingShift | Assay::InputConductance | Assay::DirectEc50 | Assay::DirectEfficacy => 1,
            _ => 0,
        };
        if bath.len() < least {
            let what = if least == 1 { "a compound" } else { "two compounds" };
            self.0.fault(raw.assay.span(), format!("this assay needs {what} in its `bath`"));
        }
        let published = self.published(raw)?;
        Some(Outcome {
            id: raw.id.get_ref().clone(),
            title: raw.title.get_ref().clone(),
            role,
            assay,
            bath,
            scenarios,
            published,
            unit: raw.unit.get_ref().clone(),
            source: raw.source.get_ref().clone(),
            note: raw.note.clone(),
        })
    }

    /// The potential and the concentration of `magnesium_block`.
    fn magnesium(&mut self, raw: &RawOutcome) -> Option<Assay> {
        let (Some(potential), Some(magnesium)) = (&raw.potential, &raw.magnesium) else {
            self.0.fault(raw.assay.span(), "this assay needs `potential` and `magnesium`".to_owned());
            return None;
        };
        let mv = self.0.quantity::<Voltage>(potential.get_ref(), potential.span())?.mv();
        let mm = self.0.quantity::<Concentration>(magnesium.get_ref(), magnesium.span())?.um() / 1000.0;
        Some(Assay::MagnesiumBlock { mv, mm })
    }

    fn published(&mut self, raw: &RawOutcome) -> Option<Published> {
        if let Some(sem) = raw.sem.as_ref().filter(|sem| sem.get_ref().is_nan() || *sem.get_ref() <= 0.0) {
            self.0.fault(sem.span(), "a standard error is above zero".to_owned());
        }
        let mean = raw.mean.map(|mean| Published::Mean { mean, sem: raw.sem.as_ref().map(|s| *s.get_ref()), n: raw.n });
        let range = raw.range.as_ref().map(|range| match range.get_ref().as_slice() {
            [low, high] if low < high => Some(Published::Range { low: *low, high: *high }),
            _ => {
                self.0.fault(range.span(), "a range is two values: [low, high]".to_owned());
                None
            }
        });
        let above = raw.above.map(|above| Published::Above { above });
        let below = raw.below.map(|below| Published::Below { below });
        let given: Vec<Published> = [mean, range.flatten(), above, below].into_iter().flatten().collect();
        match given.as_slice() {
            [one] => Some(one.clone()),
            _ => {
                let problem = "exactly one of `mean`, `range`, `above` and `below` is needed".to_owned();
                self.0.fault(raw.id.span(), problem);
                None
            }
        }
    }
}

/// The entry of a list of names.
fn named<T: Copy>(list: &[(&str, T)], name: &str) -> Option<T> {
    list.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
}

/// The names of a list.
fn names<T>(list: &[(&'static str, T)]) -> Vec<&'static str> {
    list.iter().map(|(name, _)| *name).collect()
}
