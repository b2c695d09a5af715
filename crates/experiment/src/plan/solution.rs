//! The solution that a slice lies in: temperature and ions. The model is
//! calibrated for one preparation; another is reached by the laws of
//! `synapse::preparation`, whose numbers join the evidence of the experiment.

use crate::plan::plan::{Condition, Plan};
use evidence::{Evidence, EvidenceRow};
use pharmacology::StateChange;
use quantity::{Age, Concentration, Temperature};
use synapse::preparation::{
    ION_LAWS, REFERENCE_AGE_D, REFERENCE_CALCIUM_MM, REFERENCE_CELSIUS, REFERENCE_MAGNESIUM_MM, temperature_laws,
};

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
    pub(crate) fn changes_stated(&self) -> impl Iterator<Item = &'static str> {
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

/// Evidence of the laws that take the conditions to their preparation.
pub(crate) fn evidence(plan: &Plan) -> Vec<EvidenceRow> {
    let of = |condition: &Condition, path: &str| {
        condition.animals.parameters(&plan.synapse.parameters).get(path).unwrap_or_default()
    };
    let differs = |path: &str, reference: f64| plan.conditions.iter().any(|one| of(one, path) != reference);
    let mut rows = Vec::new();
    if differs("preparation.temperature", REFERENCE_CELSIUS) {
        rows.extend(temperature_laws().map(|law| EvidenceRow {
            subject: format!("temperature: {}", law.what),
            value: format!("Q10 {} ({} to {})", law.q10, law.range[0], law.range[1]),
            source: law.source.to_owned(),
            tag: law.evidence,
            note: law.paths.join(", "),
        }));
    }
    if differs("preparation.calcium", REFERENCE_CALCIUM_MM) {
        rows.extend(ION_LAWS.iter().map(|law| EvidenceRow {
            subject: format!("calcium outside: {}", law.path),
            value: crate::evidence::rows::with_unit(crate::evidence::rows::round(law.default), law.unit)
                + &format!(" ({} to {})", law.low, law.high),
            source: law.source.to_owned(),
            tag: law.evidence,
            note: law.meaning.to_owned(),
        }));
    }
    if differs("nmda.magnesium", REFERENCE_MAGNESIUM_MM) {
        rows.push(EvidenceRow {
            subject: "magnesium outside: block of NMDA receptors".to_owned(),
            value: "1/(1 + [Mg]/3.57 mM exp(-0.062 V))".to_owned(),
            source: "Jahr and Stevens 1990 J Neurosci 10:3178".to_owned(),
            tag: Evidence::Measured,
            note: String::new(),
        });
    }
    if plan.conditions.iter().any(|condition| condition.animals.physiology.age.is_some()) {
        rows.push(EvidenceRow {
            subject: "age: GluN2B to GluN2A".to_owned(),
            value: "0.5075 + 0.9642/(1 + exp(0.09994 (age - 25.10)))".to_owned(),
            source: "Rodrigues et al. 2023 eLife 80152, code".to_owned(),
            tag: Evidence::Measured,
            note: "from P10 to P60; beyond, the curve goes on".to_owned(),
        });
    }
    rows
}

/// What the reader has to know about a preparation that is not the reference.
pub(crate) fn remark(plan: &Plan) -> Option<String> {
    let changed = |condition: &Condition| {
        let age = condition.animals.physiology.age.is_some();
        age || condition.animals.prepared.changes.iter().any(|change| PATHS.contains(&change.parameter.as_str()))
    };
    plan.conditions.iter().any(changed).then(|| {
        format!(
            "The model is calibrated for P{REFERENCE_AGE_D}, {REFERENCE_CELSIUS} °C, {REFERENCE_CALCIUM_MM} mM calcium and \
             {REFERENCE_MAGNESIUM_MM} mM magnesium. The preparation stated here is reached by temperature coefficients, by \
             the calcium dependence of release and of calcium entry, by the magnesium block, and by the GluN2B share and \
             chloride of the age; thresholds of the induction rule stay where they are in the reference bath, and the \
             stimulus is not readjusted."
        )
    })
}

/// Parameters that a solution sets.
const PATHS: [&str; 3] = ["preparation.temperature", "preparation.calcium", "nmda.magnesium"];
