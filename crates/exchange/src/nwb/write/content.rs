//! What one file is made of.

use crate::nwb::write::measured::Measures;
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

/// What the sweeps hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Field potentials, mV.
    Field,
    /// Currents of a clamped cell, pA.
    VoltageClamp,
    /// Potentials of a cell, mV.
    CurrentClamp,
}

/// Resting level of a cell rather than of a field electrode, mV.
const INSIDE_MV: f64 = -30.0;

impl Signal {
    /// By the unit of the study and the resting level of the first sweep.
    pub fn of(manifest: &Manifest, slice: &SliceRecording) -> Self {
        let rest_mv = slice.sweeps.iter().find_map(|sweep| sweep.values().next());
        match rest_mv {
            _ if manifest.analysis.rig.is_current() => Self::VoltageClamp,
            Some(rest_mv) if rest_mv < INSIDE_MV => Self::CurrentClamp,
            _ => Self::Field,
        }
    }

    /// The response: `fEPSP`.
    pub fn response(self) -> &'static str {
        match self {
            Self::Field => "fEPSP",
            Self::VoltageClamp => "EPSC",
            Self::CurrentClamp => "EPSP",
        }
    }

    /// Volts or amperes in the unit of the results, mV or pA.
    pub fn factor(self) -> f64 {
        if self == Self::VoltageClamp { 1e-12 } else { 1e-3 }
    }
}

/// Whether the slices were never in a dish.
pub(crate) fn is_simulated(manifest: &Manifest) -> bool {
    manifest.origin == Origin::Simulated
}

/// SHA-256 of the experiment or study file, shortened for reading.
pub(crate) fn short_hash(manifest: &Manifest) -> &str {
    manifest.input_sha256.get(..12).unwrap_or(&manifest.input_sha256)
}
