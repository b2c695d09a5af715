//! What a result rests on, row by row.

use crate::evidence::Evidence;
use serde::{Deserialize, Serialize};

/// One thing that a result rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// What it is, e.g. `isopregnanolone: antagonism of potentiation, IC50`.
    pub subject: String,
    /// Value with unit, and range where known, e.g. `0.7 µM (0.05–10)`.
    pub value: String,
    /// Where it stands (author, year, place in the paper), or how it was derived.
    pub source: String,
    /// How sure it is.
    pub tag: Evidence,
    /// What follows from it or is doubtful about it; empty if there is nothing to state.
    #[serde(default)]
    pub note: String,
}
