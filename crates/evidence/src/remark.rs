//! What a reader must know, and of which sort it is.

use serde::{Serialize, Serializer};
use std::fmt;

/// The sort of a remark. Whoever has to choose among remarks chooses by it, never
/// by the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RemarkKind {
    /// A law by which compounds act or combine.
    Law,
    /// A named assumption that is in force, or one end of a range that is assumed.
    Scenario,
    /// An outcome without published data to compare with.
    Prediction,
    /// More of a compound than is likely to dissolve.
    Solubility,
    /// A compound that acts on what this preparation does not hold.
    NothingToActOn,
    /// A compound without an action on anything that the synapse has.
    NoEffect,
    /// Actions that are known but not modelled.
    NotModelled,
    /// How an action or an uptake is approximated.
    Approximation,
    /// What the record of a compound says of it.
    Compound,
    /// A wrong or loose name that was understood all the same.
    Name,
    /// The rule of induction or the late phase, where they are not the default.
    Plasticity,
    /// Animals or a solution that are not those of the reference.
    Preparation,
    /// A parameter that the state of the animals changes.
    Parameter,
    /// Virtual slices and cells: what their number means.
    Simulated,
    /// What drives the currents of a patched cell.
    DrivingForce,
    /// Pathways that go by another name than in the files.
    Pathway,
    /// Recordings that were measured elsewhere.
    Elsewhere,
    /// What counts as one animal or one recording.
    Unit,
    /// What a person decided.
    Decision,
    /// Whether the conditions were codes when exclusions were decided.
    Blinding,
}

/// One thing that a reader must know. Files hold its words only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its sort.
    pub kind: RemarkKind,
    /// One or more whole sentences.
    pub text: String,
}

impl Remark {
    /// A remark of a sort.
    pub fn new(kind: RemarkKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Remark> for String {
    fn from(remark: Remark) -> Self {
        remark.text
    }
}

impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
