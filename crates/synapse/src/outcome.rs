//! What comes out of a slice: sweeps, what no recording shows, and why a
//! simulation could not go on.

use crate::pulse::PulseKind;
use thiserror::Error;

/// One sweep before digitising.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSweep {
    /// Time of the first sample since the start of the recording, ms.
    pub start_ms: f64,
    /// Stimulus times after the first sample, ms.
    pub stimulus_ms: Vec<f64>,
    /// Test pulse or induction.
    pub kind: PulseKind,
    /// Field potential in stratum radiatum, mV.
    pub field_mv: Vec<f64>,
}

/// A quantity inside the model that no recording shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MechanismValue {
    /// What it is.
    pub name: &'static str,
    /// Its unit; `1` for numbers without one.
    pub unit: &'static str,
    /// Value.
    pub value: f64,
}

/// What a simulated slice leaves besides its sweeps.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceOutcome {
    /// Model internals during induction, and the state of the spines.
    pub mechanism: Vec<MechanismValue>,
    /// Hash of the final state of all spines: equal for equal trajectories.
    pub state_hash: u64,
}

/// A simulation that could not go on.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SimulationFailure {
    /// Pulse times must increase from 0 on and be finite.
    #[error("pulse {index} at {t_ms} ms does not follow the start of the recording and the pulse before it")]
    PulseOrder {
        /// Position in the list.
        index: usize,
        /// Its time, ms.
        t_ms: f64,
    },
    /// A state variable left the real numbers.
    #[error("{variable} is {value} at {t_ms} ms; check the parameters changed in the experiment")]
    NotFinite {
        /// Name of the variable.
        variable: &'static str,
        /// Its value.
        value: f64,
        /// Time, ms.
        t_ms: f64,
    },
}
