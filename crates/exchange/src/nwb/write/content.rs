//! What one file is made of.

use crate::nwb::write::measured::Measures;
use crate::nwb::write::signal::Signal;
use recording::SliceRecording;
use results::Manifest;
use results::manifest::Origin;

/// All that one file is made of.
pub(crate) struct Content<'r> {
    pub manifest: &'r Manifest,
    /// The experiment or study file, if it is there.
    pub input: String,
    pub slice: SliceRecording,
    pub signal: Signal,
    pub measures: Option<Measures>,
    /// What is subtracted from all times, so that none is below 0, s.
    pub zero_s: f64,
}

/// Whether the slices were never in a dish.
pub(crate) fn is_simulated(manifest: &Manifest) -> bool {
    manifest.origin == Origin::Simulated
}

/// SHA-256 of the experiment or study file, shortened for reading.
pub(crate) fn short_hash(manifest: &Manifest) -> &str {
    manifest.input_sha256.get(..12).unwrap_or(&manifest.input_sha256)
}
