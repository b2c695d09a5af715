//! Where the numbers of a recording were taken from its sweeps.

use serde::{Deserialize, Serialize};

/// Where slopes were measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measured {
    /// From the sweeps, by this program.
    #[default]
    Here,
    /// From the sweeps of some slices; others come as time courses.
    Partly,
    /// All recordings come as time courses that were measured elsewhere.
    Elsewhere,
}

impl Measured {
    pub(crate) fn is_here(&self) -> bool {
        *self == Self::Here
    }
}
