//! Where a sweep lies in its recording.

use serde::Serialize;

/// One sweep: when it began and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SweepPlace {
    /// Start since the start of the recording, s.
    pub start_s: f64,
    /// Samples of each channel.
    pub points: u64,
}
