//! How sure a number is.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The evidence behind a number. Results carry the mix of everything that took
/// part in them. Files spell it in snake case; `from memory` and `model choice`
/// are read as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Seen in the publication named.
    Measured,
    /// From memory of the literature; to be checked before it is quoted.
    #[serde(alias = "from memory")]
    FromMemory,
    /// Computed from other numbers by the formula given.
    Derived,
    /// Set by fitting the calibration targets C1–C9 (`docs/calibration.md`).
    Calibrated,
    /// A choice of the model without data behind it.
    #[serde(alias = "model choice")]
    ModelChoice,
}

impl Evidence {
    /// Every tag, the surest first.
    pub const ALL: [Self; 5] = [Self::Measured, Self::FromMemory, Self::Derived, Self::Calibrated, Self::ModelChoice];

    /// The tag in plain words, e.g. `from memory`.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::FromMemory => "from memory",
            Self::Derived => "derived",
            Self::Calibrated => "calibrated",
            Self::ModelChoice => "model choice",
        }
    }

    /// The tag as files spell it, e.g. `from_memory`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::FromMemory => "from_memory",
            Self::Derived => "derived",
            Self::Calibrated => "calibrated",
            Self::ModelChoice => "model_choice",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())
    }
}
