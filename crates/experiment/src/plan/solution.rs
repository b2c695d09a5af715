//! The solution that a slice lies in: temperature and ions. The model is
//! calibrated for one preparation; another is reached by the laws of
//! `synapse::preparation`, whose numbers join the evidence of the experiment.

use pharmacology::StateChange;
use quantity::{Age, Concentration, Temperature};
use synapse::preparation::{REFERENCE_AGE_D, REFERENCE_CALCIUM_MM, REFERENCE_CELSIUS, REFERENCE_MAGNESIUM_MM};

/// Temperature and ions of the bath; what is not stated is as in the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Solution {
    /// Temperature.
    pub temperature: Option<Temperature>,
    /// Extracellular calcium.
    pub calcium: Option<Concentration>,
    /// Extracellular magnesium.
    pub magnesium: Option<Concentration>,
}

impl Solution {
    /// Paths of the parameters that are stated, whatever their values.
    pub fn changes_stated(&self) -> impl Iterator<Item = &'static str> {
        let stated = [
            self.temperature.map(|_| "preparation.temperature"),
            self.calcium.map(|_| "preparation.calcium"),
            self.magnesium.map(|_| "nmda.magnesium"),
        ];
        stated.into_iter().flatten()
    }

    /// The parameters that it sets: those that differ from the reference.
    pub(crate) fn changes(&self) -> Vec<StateChange> {
        let stated = [
            ("preparation.temperature", self.temperature.map(Temperature::celsius), REFERENCE_CELSIUS, "temperature"),
            ("preparation.calcium", self.calcium.map(Concentration::mm), REFERENCE_CALCIUM_MM, "calcium"),
            ("nmda.magnesium", self.magnesium.map(Concentration::mm), REFERENCE_MAGNESIUM_MM, "magnesium"),
        ];
        let differing = stated.into_iter().filter_map(|(path, value, reference, what)| {
            let value = value.filter(|value| *value != reference)?;
            Some(StateChange { parameter: path.to_owned(), value, reason: format!("{what} of the bath") })
        });
        differing.collect()
    }

    /// What differs from `common`.
    pub fn besides(&self, common: &Self) -> Self {
        Self {
            temperature: self.temperature.filter(|_| self.temperature != common.temperature),
            calcium: self.calcium.filter(|_| self.calcium != common.calcium),
            magnesium: self.magnesium.filter(|_| self.magnesium != common.magnesium),
        }
    }

    /// In words; empty if nothing is stated.
    pub fn in_words(&self) -> String {
        let parts = [
            self.temperature.map(|temperature| temperature.to_string()),
            self.calcium.map(|calcium| format!("{calcium} calcium")),
            self.magnesium.map(|magnesium| format!("{magnesium} magnesium")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// What takes the synapse to another age: share of GluN2B, reversal of GABA-A.
/// Shifts from the reference age, so that P60 changes nothing.
pub(crate) fn of_age(age: Age, glun2b_share: f64, gaba_reversal_mv: f64) -> [(&'static str, f64); 2] {
    use pharmacology::chloride::Chloride;
    use synapse::preparation::glun2b_share as share;
    let days = age.postnatal_days();
    let adult = Age::from_postnatal_days(REFERENCE_AGE_D);
    let reversal = |age: Age| Chloride::of_age(age).reversal_mv();
    [
        ("nmda.glun2b_share", glun2b_share + (share(days) - share(REFERENCE_AGE_D))),
        ("gaba_a.reversal", gaba_reversal_mv + (reversal(age) - reversal(adult))),
    ]
}
