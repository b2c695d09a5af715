//! What every recording file says of itself and of its sweeps, and how its samples
//! are reached, whatever its format.

use crate::error::exchange::ExchangeError;
use crate::sweeps::place::SweepPlace;
use serde::Serialize;

/// One recorded channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TraceChannel {
    /// Name; `?` if it has none.
    pub name: String,
    /// Unit of the values that are read; `?` if the file does not say.
    pub unit: String,
    /// Whether it is what was sent to the cell or the stimulator, and no recording.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stimulus: bool,
}

/// A remark made during the recording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tag {
    /// Time since the start of the recording, s.
    pub time_s: f64,
    /// Its text.
    pub text: String,
}

/// What a file says about one sweep beyond its samples.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SweepNote {
    /// Name of the sweep, such as the title of its column.
    pub name: Option<String>,
    /// Stimulated pathway.
    pub pathway: Option<String>,
    /// Phase of the experiment.
    pub phase: Option<String>,
    /// Condition.
    pub condition: Option<String>,
    /// Times of the stimuli after the first sample, ms; empty if not stated.
    pub stimulus_ms: Vec<f64>,
}

/// What a file says about the whole recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Head {
    pub format: &'static str,
    pub version: String,
    pub creator: String,
    pub started: Option<String>,
    pub protocol: Option<String>,
    pub comment: String,
    pub channels: Vec<TraceChannel>,
    pub holding: Vec<Option<f64>>,
    pub rate_hz: f64,
    pub tags: Vec<Tag>,
    pub remarks: Vec<String>,
    /// What the file holds and is not read, and what its own program rejected: a
    /// sentence each.
    pub left_out: Vec<String>,
}

/// Samples of a file, by sweep and channel.
pub(crate) trait Samples: Send + Sync {
    /// Number of sweeps.
    fn count(&self) -> usize;

    /// Start and length of a sweep.
    fn place(&self, sweep: usize) -> Option<SweepPlace>;

    /// What is known of a sweep.
    fn note(&self, sweep: usize) -> Option<&SweepNote>;

    /// Whether a channel was recorded in a sweep; both exist.
    fn has(&self, sweep: usize, channel: usize) -> bool;

    /// Hands over the samples of a channel in pieces; the sweep has it.
    fn pieces(&self, sweep: usize, channel: usize, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError>;
}
