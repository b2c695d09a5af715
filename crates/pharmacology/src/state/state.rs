//! Physiological states: what an animal brings along in steroids, receptors and
//! chloride. A state is a record; a number of which only the range is known
//! takes part as the middle of its range, and either end can be run instead.

use crate::compound::number::Number;
use quantity::{Age, Concentration};
use serde::Serialize;

/// A steroid of a state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Level {
    /// Name of the compound.
    pub compound: String,
    /// Concentration in the tissue.
    pub total: Number<Concentration>,
    /// Share of it that counts at the receptors, in the terms of bath concentrations.
    pub effective: Number<f64>,
}

/// A parameter of the synapse that differs in a state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReceptorChange {
    /// Path of the parameter, e.g. `gaba_a.tonic`.
    pub parameter: String,
    /// Its value, or the factor on the value of the preparation.
    pub number: Number<f64>,
    /// True for a factor.
    pub is_factor: bool,
}

/// Steroid exposure before the slices are made, as a state has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Past {
    /// How long the raised level lasted, d.
    pub exposed_d: f64,
    /// How long ago it ended, d.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_d: Option<f64>,
}

/// One state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhysiologicalState {
    /// Name, e.g. `luteal`.
    pub name: String,
    /// Title.
    pub title: String,
    /// What it is, in words.
    pub summary: String,
    /// Steroids.
    pub levels: Vec<Level>,
    /// Receptors and other parameters.
    pub receptors: Vec<ReceptorChange>,
    /// Share of α4βδ receptors in the tonic conductance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha4_delta: Option<Number<f64>>,
    /// Age that chloride transport corresponds to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chloride_age: Option<Age>,
    /// Steroid exposure before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past: Option<Past>,
    /// What the state is known for and the record cannot say in numbers.
    pub limits: Vec<String>,
}
