//! Where a slice comes from, as it says itself.

use crate::seed;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display, Formatter};

/// Where the recordings come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// In-silico slices; never to be called animals' data.
    Simulated,
    /// Recordings from a rig.
    Recorded,
}

/// What a slice bears of its run, so that neither its results folder nor anything
/// beside it can make another thing of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Simulated or recorded.
    pub origin: Origin,
    /// SHA-256 of the plan of the slice, hexadecimal: of what is done to a simulated
    /// slice, of the study file for a recorded one.
    pub plan_sha256: String,
    /// Seed of the run; 0 for recorded slices.
    #[serde(with = "seed")]
    pub seed: u64,
}

impl Display for Stamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let plan = self.plan_sha256.get(..12).unwrap_or(&self.plan_sha256);
        match self.origin {
            Origin::Simulated => write!(f, "simulated with seed {}, its plan has SHA-256 {plan}", self.seed),
            Origin::Recorded => write!(f, "recorded, its study file has SHA-256 {plan}"),
        }
    }
}
