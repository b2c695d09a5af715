//! How sure a number is.

use std::fmt;

/// The evidence behind a number. Results carry the mix of everything that took
/// part in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Seen in the publication named.
    Measured,
    /// From memory of the literature; to be checked before it is quoted.
    FromMemory,
    /// Computed from other numbers by the formula given.
    Derived,
    /// Set by fitting the calibration targets C1–C9 (`docs/calibration.md`).
    Calibrated,
    /// A choice of the model without data behind it.
    ModelChoice,
}

impl Evidence {
    /// The tag in plain words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::FromMemory => "from memory",
            Self::Derived => "derived",
            Self::Calibrated => "calibrated",
            Self::ModelChoice => "model choice",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())
    }
}
