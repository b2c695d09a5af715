//! Whether those who excluded slices knew the conditions.

use serde::{Deserialize, Serialize};

/// How a study was blinded. A manifest says nothing of it where the study states
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Blinding {
    /// The conditions are codes.
    Blinded {
        /// Who knows what they stand for.
        key_holder: String,
    },
    /// The conditions were codes until every exclusion was decided.
    Unblinded {
        /// SHA-256 of the key, hexadecimal.
        key_sha256: String,
    },
}

impl Blinding {
    /// The statement in whole sentences.
    pub fn in_words(&self) -> String {
        match self {
            Self::Blinded { key_holder } => {
                format!("Blinded: the conditions are codes; the key is held by {key_holder}.")
            }
            Self::Unblinded { key_sha256 } => format!(
                "Unblinded after all exclusions were decided; they are the same as in the blinded analysis. SHA-256 of \
                 the key: {key_sha256}."
            ),
        }
    }
}
