//! The reading and the check of published outcomes.

use crate::receptors::assay::{Assay, Readout};
use crate::receptors::record::{Outcome, Published, RawOutcome, RawOutcomes, Role};
use pharmacology::record::Reading;
use pharmacology::{Library, LibraryError, Target};
use quantity::{Age, Concentration, Voltage};
use synapse::patch::Receptor;

/// The built-in outcomes: file name and text.
const BUILT_IN: [(&str, &str); 1] = [("receptors.toml", include_str!("../../data/receptors/receptors.toml"))];

/// Names of the roles in the records.
const ROLES: [(&str, Role); 2] = [("parameter", Role::Parameter), ("check", Role::Check)];

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
        let bath = self.bath(raw, library)?;
        let scenarios: Vec<String> = raw.scenarios.iter().map(|name| name.get_ref().clone()).collect();
        if let Err(error) = library.scenario(&scenarios) {
            self.0.fault(raw.id.span(), error.to_string());
            return None;
        }
        let assay = self.assay(raw, receptor, readout)?;
        let least = compounds_needed(&assay);
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

    /// Names of compounds with their concentrations, µM; 0 where none is given.
    fn bath(&mut self, raw: &RawOutcome, library: &Library) -> Option<Vec<(String, f64)>> {
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
        Some(bath)
    }

    fn assay(&mut self, raw: &RawOutcome, receptor: Option<Receptor>, readout: Readout) -> Option<Assay> {
        let receptor = |reading: &mut Self| reading.needed(raw, receptor, "a `receptor`");
        Some(match raw.assay.get_ref().as_str() {
            "potency" => Assay::Potency { receptor: receptor(self)?, readout },
            "largest_change" => Assay::LargestChange { receptor: receptor(self)?, readout },
            "change" => {
                let (alpha4_delta, depolarising) = (raw.alpha4_delta.unwrap_or(0.0), raw.depolarising.unwrap_or(false));
                Assay::Change { receptor: receptor(self)?, readout, alpha4_delta, depolarising }
            }
            "factor" => Assay::Factor { receptor: receptor(self)?, readout },
            "potency_ratio" => Assay::PotencyRatio { receptor: receptor(self)?, readout },
            "decay_time" => Assay::DecayTime { receptor: receptor(self)? },
            "magnesium_block" => self.magnesium(raw)?,
            "paired_pulse" => Assay::PairedPulse,
            "tonic_slope" => Assay::TonicSlope,
            "resting_shift" => Assay::RestingShift,
            "input_conductance" => Assay::InputConductance,
            "direct_ec50" => Assay::DirectEc50,
            "direct_efficacy" => Assay::DirectEfficacy,
            "inhibition" => {
                let target = self.needed(raw, raw.target.as_ref(), "a `target`")?;
                Assay::Inhibition { target: self.0.entry(target, "target", Target::parse, &Target::names())? }
            }
            "reversal" => Assay::Reversal,
            "gaba_ec50" => Assay::GabaEc50,
            "iso_over_allo" => Assay::IsoOverAllo,
            "gaba_reversal_at_age" => {
                let age = self.needed(raw, raw.age.as_ref(), "an `age`")?;
                Assay::GabaReversalAtAge { days: self.0.quantity::<Age>(age.get_ref(), age.span())?.postnatal_days() }
            }
            "pipette_chloride" => {
                let inside = self.needed(raw, raw.inside.as_ref(), "`inside`")?;
                let inside_mm = self.0.quantity::<Concentration>(inside.get_ref(), inside.span())?.um() / 1000.0;
                Assay::PipetteChloride { inside_mm }
            }
            other => {
                let known = KNOWN.join(", ");
                self.0.fault(raw.assay.span(), format!("unknown assay `{other}`; known: {known}"));
                return None;
            }
        })
    }

    /// What an assay cannot do without; a fault if it is not there.
    fn needed<T>(&mut self, raw: &RawOutcome, part: Option<T>, what: &str) -> Option<T> {
        if part.is_none() {
            self.0.fault(raw.assay.span(), format!("this assay needs {what}"));
        }
        part
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

/// Compounds that the bath of an assay must name at least.
fn compounds_needed(assay: &Assay) -> usize {
    match assay {
        Assay::PotencyRatio { .. } => 2,
        Assay::Potency { .. } | Assay::Change { .. } | Assay::Factor { .. } | Assay::Inhibition { .. } => 1,
        Assay::RestingShift | Assay::InputConductance | Assay::DirectEc50 | Assay::DirectEfficacy => 1,
        _ => 0,
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
