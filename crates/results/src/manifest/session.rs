//! When a slice was recorded.

use recording::SliceKey;
use serde::{Deserialize, Serialize};

/// When the recording of a slice began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The slice.
    pub key: SliceKey,
    /// Time 0 of the slice, ISO 8601: local time of the rig unless it has an offset.
    pub started: String,
}
