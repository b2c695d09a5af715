//! What takes the synapse to the preparation of an experiment, where that is not
//! the reference: laws with their sources, and a remark for the reader.

use crate::evidence::spelling::{round, with_unit};
use crate::plan::plan::{Condition, Plan};
use evidence::{Evidence, EvidenceRow, Remark, RemarkKind};
use synapse::preparation::{
    ION_LAWS, REFERENCE_AGE_D, REFERENCE_CALCIUM_MM, REFERENCE_CELSIUS, REFERENCE_MAGNESIUM_MM, temperature_laws,
};

/// Parameters that a solution sets.
const PATHS: [&str; 3] = ["preparation.temperature", "preparation.calcium", "nmda.magnesium"];

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
            value: with_unit(round(law.default), law.unit) + &format!(" ({} to {})", law.low, law.high),
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
pub(crate) fn remark(plan: &Plan) -> Option<Remark> {
    let changed = |condition: &Condition| {
        let age = condition.animals.physiology.age.is_some();
        age || condition.animals.prepared.changes.iter().any(|change| PATHS.contains(&change.parameter.as_str()))
    };
    plan.conditions.iter().any(changed).then(|| {
        let text = format!(
            "The model is calibrated for P{REFERENCE_AGE_D}, {REFERENCE_CELSIUS} °C, {REFERENCE_CALCIUM_MM} mM calcium and \
             {REFERENCE_MAGNESIUM_MM} mM magnesium. The preparation stated here is reached by temperature coefficients, by \
             the calcium dependence of release and of calcium entry, by the magnesium block, and by the GluN2B share and \
             chloride of the age; thresholds of the induction rule follow temperature only, as the rate of the kinase, and \
             the stimulus is not readjusted."
        );
        Remark::new(RemarkKind::Preparation, text)
    })
}

/// Where outcomes of plasticity have been held against the model: paths, what they are, ends
/// and unit. Beyond, laws carry it on, and nothing says how well.
const COVERED: [(&str, &str, [f64; 2], &str); 3] = [
    ("preparation.temperature", "the temperature", [30.0, 36.0], "°C"),
    ("preparation.calcium", "calcium outside", [1.5, 3.0], "mM"),
    ("nmda.magnesium", "magnesium outside", [1.0, 2.0], "mM"),
];

/// Ages at which outcomes of plasticity have been held against the model, days.
const COVERED_DAYS: [f64; 2] = [12.0, 90.0];

/// What of a condition's preparation lies beyond the outcomes that the model was held against.
pub(crate) fn beyond(plan: &Plan, condition: &Condition) -> Vec<Remark> {
    let parameters = condition.animals.parameters(&plan.synapse.parameters);
    let outside = |value: f64, [low, high]: [f64; 2]| !(low..=high).contains(&value);
    let text = |what: &str, value: String, [low, high]: [f64; 2], unit: &str| {
        let text = format!(
            "{what}, {value}, lies beyond {low} to {high} {unit}, where outcomes of plasticity have been held against \
             the model: laws carry it there (docs/model/preparation.md), how well is not known."
        );
        Remark::new(RemarkKind::Preparation, text)
    };
    let mut found: Vec<Remark> = COVERED
        .iter()
        .filter_map(|(path, what, ends, unit)| {
            let value = parameters.get(path).filter(|value| outside(*value, *ends))?;
            let mut what = (*what).to_owned();
            what[..1].make_ascii_uppercase();
            Some(text(&what, format!("{value} {unit}"), *ends, unit))
        })
        .collect();
    if let Some(age) = condition.animals.physiology.age
        && outside(age.postnatal_days(), COVERED_DAYS)
    {
        found.push(text("The age", age.to_string(), COVERED_DAYS, "days after birth"));
    }
    found
}
