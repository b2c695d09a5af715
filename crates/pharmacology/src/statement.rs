//! Rows of the evidence box: which number took part, and what it rests on.

use crate::compound::compound::{Action, Compound};
use crate::compound::number::{Number, evidence_tag};
use serde::Serialize;
use std::fmt::Display;
use synapse::Evidence;

/// One number that took part in a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceStatement {
    /// What the number is, e.g. `ISO, gaba_a_potentiation, IC50`.
    pub subject: String,
    /// Value with unit, and range where known.
    pub value: String,
    /// Where it stands, or how it was derived.
    pub source: String,
    /// How sure it is.
    #[serde(serialize_with = "evidence_tag")]
    pub tag: Evidence,
    /// Doubts and limits; empty if there are none to state.
    pub note: String,
}

impl EvidenceStatement {
    pub(crate) fn of_number<T: Display>(subject: String, number: &Number<T>, note: String) -> Self {
        Self { subject, value: number.in_words(), source: number.source.clone(), tag: number.evidence, note }
    }

    /// The numbers of one action: potency, Hill coefficient, maximum.
    pub(crate) fn of_action(label: &str, action: &Action) -> Vec<Self> {
        let subject = |what: &str| format!("{label}, {}, {what}", action.target);
        let mut rows = vec![
            Self::of_number(subject(action.potency_kind.meaning()), &action.potency, context(action)),
            Self::of_number(subject("Hill coefficient"), &action.hill, String::new()),
        ];
        if let Some(maximum) = &action.maximum {
            rows.push(Self::of_number(subject("maximum"), maximum, String::new()));
        }
        if let Some(rate) = &action.on_rate {
            rows.push(Self::of_number(subject("blocking rate, per µM and s of open time"), rate, String::new()));
        }
        if let Some(activity) = &action.resting_activity {
            rows.push(Self::of_number(subject("open share at rest"), activity, String::new()));
        }
        if let Some(onset) = &action.onset {
            rows.push(Self::of_number(subject("onset"), onset, String::new()));
        }
        if let Some(offset) = &action.offset {
            rows.push(Self::of_number(subject("offset"), offset, String::new()));
        }
        rows
    }

    /// The numbers of uptake and removal.
    pub(crate) fn of_uptake(compound: &Compound) -> Vec<Self> {
        let label = &compound.label;
        let kinetics = &compound.kinetics;
        let mut rows = vec![
            Self::of_number(format!("{label}, wash-in time constant"), &kinetics.wash_in, String::new()),
            Self::of_number(format!("{label}, wash-out time constant"), &kinetics.wash_out, String::new()),
        ];
        if let Some(membrane) = &kinetics.membrane {
            let subject = format!("{label}, membrane pool time constant");
            rows.push(Self::of_number(subject, membrane, String::new()));
        }
        if let Some(diffusion) = &kinetics.diffusion {
            let subject = format!("{label}, diffusion in tissue, cm2/s");
            rows.push(Self::of_number(subject, diffusion, String::new()));
        }
        if let Some(free) = &compound.free_fraction {
            let subject = format!("{label}, free fraction");
            rows.push(Self::of_number(subject, free, String::new()));
        }
        rows
    }
}

impl EvidenceStatement {
    /// The numbers of systemic dosing.
    pub(crate) fn of_body(compound: &Compound) -> Vec<Self> {
        let Some(body) = &compound.systemic else { return Vec::new() };
        let label = &compound.label;
        let note = body.note.clone().unwrap_or_default();
        let mut rows = vec![
            Self::of_number(format!("{label}, half-life in plasma"), &body.half_life, note),
            Self::of_number(format!("{label}, unbound in plasma"), &body.unbound, String::new()),
        ];
        if let Some(peak) = &body.peak {
            rows.push(Self::of_number(format!("{label}, time to peak after an oral dose"), peak, String::new()));
        }
        rows
    }

    /// The numbers of the co-agonist law.
    pub(crate) fn of_allostery(compound: &Compound) -> Vec<Self> {
        let Some(law) = &compound.allostery else { return Vec::new() };
        let subject = |what: &str| format!("{}, co-agonist law, {what}", compound.label);
        vec![
            Self::of_number(subject("K at the closed receptor"), &law.k, String::new()),
            Self::of_number(subject("c"), &law.c, String::new()),
            Self::of_number(subject("sites"), &law.sites, String::new()),
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
