//! What the loop runs: anything that records slices, each by its place.

use recording::{SliceKey, SliceRecording};
use results::beside::mechanism::SliceMechanism;

/// Why a slice could not be recorded, in the words of who records it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What one slice yields.
pub struct Recorded {
    /// Its recording.
    pub recording: SliceRecording,
    /// What the model knows beyond it, if the model says so.
    pub mechanism: Option<SliceMechanism>,
}

/// Slices of one experiment that can be recorded in any order, on any thread: what
/// a place yields follows from its key alone.
pub trait Recorder: Sync {
    /// Who is recorded, in the order of the experiment.
    fn keys(&self) -> &[SliceKey];

    /// Records the slice at a place of [`Self::keys`].
    ///
    /// # Errors
    /// The slice cannot be recorded; the others go on.
    fn record(&self, place: usize) -> Result<Recorded, Failure>;
}
