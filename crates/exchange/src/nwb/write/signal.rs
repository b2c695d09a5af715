//! What the sweeps of a slice hold, which decides on the type of their series.

use recording::SliceRecording;
use results::Manifest;

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
