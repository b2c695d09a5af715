//! Rows of the evidence box: which number took part, and what it rests on.

use crate::compound::compound::{Action, Compound};
use crate::compound::number::Number;
use evidence::EvidenceRow;
use std::fmt::Display;

/// The row of one number of a record.
pub(crate) fn number<T: Display>(subject: String, number: &Number<T>, note: String) -> EvidenceRow {
    EvidenceRow { subject, value: number.in_words(), source: number.source.clone(), tag: number.evidence, note }
}

/// The numbers of one action: potency, Hill coefficient, maximum.
pub(crate) fn of_action(label: &str, action: &Action) -> Vec<EvidenceRow> {
    let subject = |what: &str| format!("{label}, {}, {what}", action.target);
    let mut rows = vec![
        number(subject(action.potency_kind.meaning()), &action.potency, context(action)),
        number(subject("Hill coefficient"), &action.hill, String::new()),
    ];
    if let Some(maximum) = &action.maximum {
        rows.push(number(subject("maximum"), maximum, String::new()));
    }
    if let Some(rate) = &action.on_rate {
        rows.push(number(subject("blocking rate, per µM and s of open time"), rate, String::new()));
    }
    if let Some(activity) = &action.resting_activity {
        rows.push(number(subject("open share at rest"), activity, String::new()));
    }
    if let Some(onset) = &action.onset {
        rows.push(number(subject("onset"), onset, String::new()));
    }
    if let Some(offset) = &action.offset {
        rows.push(number(subject("offset"), offset, String::new()));
    }
    rows
}

/// The numbers of uptake and removal.
pub(crate) fn of_uptake(compound: &Compound) -> Vec<EvidenceRow> {
    let label = &compound.label;
    let kinetics = &compound.kinetics;
    let mut rows = vec![
        number(format!("{label}, wash-in time constant"), &kinetics.wash_in, String::new()),
        number(format!("{label}, wash-out time constant"), &kinetics.wash_out, String::new()),
    ];
    if let Some(membrane) = &kinetics.membrane {
        let subject = format!("{label}, membrane pool time constant");
        rows.push(number(subject, membrane, String::new()));
    }
    if let Some(diffusion) = &kinetics.diffusion {
        let subject = format!("{label}, diffusion in tissue, cm2/s");
        rows.push(number(subject, diffusion, String::new()));
    }
    if let Some(free) = &compound.free_fraction {
        let subject = format!("{label}, free fraction");
        rows.push(number(subject, free, String::new()));
    }
    rows
}

/// The numbers of systemic dosing.
fn of_body(compound: &Compound) -> Vec<EvidenceRow> {
    let mut rows = compound.evidence_in_plasma();
    if let Some(peak) = compound.systemic.as_ref().and_then(|body| body.peak.as_ref()) {
        rows.push(number(format!("{}, time to peak after an oral dose", compound.label), peak, String::new()));
    }
    rows
}

/// The numbers of the co-agonist law.
pub(crate) fn of_allostery(compound: &Compound) -> Vec<EvidenceRow> {
    let Some(law) = &compound.allostery else { return Vec::new() };
    let subject = |what: &str| format!("{}, co-agonist law, {what}", compound.label);
    vec![
        number(subject("K at the closed receptor"), &law.k, String::new()),
        number(subject("c"), &law.c, String::new()),
        number(subject("sites"), &law.sites, String::new()),
    ]
}

impl Compound {
    /// Every number of the record with its source, in the order of the record,
    /// for all scenarios.
    pub fn evidence(&self) -> Vec<EvidenceRow> {
        let mut rows = Vec::new();
        for action in &self.targets {
            rows.extend(of_action(&self.label, action));
        }
        rows.extend(of_uptake(self));
        rows.extend(of_body(self));
        rows.extend(of_allostery(self));
        rows
    }

    /// What a dose becomes in plasma: half-life and unbound share, with source.
    pub fn evidence_in_plasma(&self) -> Vec<EvidenceRow> {
        let Some(body) = &self.systemic else { return Vec::new() };
        let label = &self.label;
        let note = body.note.clone().unwrap_or_default();
        vec![
            number(format!("{label}, half-life in plasma"), &body.half_life, note),
            number(format!("{label}, unbound in plasma"), &body.unbound, String::new()),
        ]
    }
}

/// Mode, preparation, species, temperature and note of an action in one line.
fn context(action: &Action) -> String {
    let mut parts = vec![action.mode.meaning().to_owned()];
    parts.extend(action.preparation.clone());
    parts.extend(action.species.clone());
    parts.extend(action.temperature.map(|t| t.to_string()));
    if let Some(scenario) = &action.scenario {
        parts.push(format!("scenario {scenario}"));
    }
    parts.extend(action.note.clone());
    parts.join("; ")
}
