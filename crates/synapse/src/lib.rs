//! The CA1 Schaffer-collateral synapse: equations, parameters with sources,
//! and one slice through a protocol. No files, no clock, no threads.

mod catalogue;
#[cfg(test)]
mod golden;
pub mod illustration;
mod kernel;
pub mod kinetics;
pub mod late_phase;
mod modulation;
pub mod parameters;
pub mod patch;
pub mod preparation;
pub mod published;
pub mod receptors;
pub mod rules;
pub mod slice;

pub use crate::kernel::random::SliceIdentity;
pub use crate::parameters::access::{ParameterError, ParameterSpec, Parameters};
pub use crate::slice::plasticity::Plasticity;
pub use crate::slice::simulate::{
    MechanismValue, Pulse, PulseKind, RawSweep, SimulationFailure, SliceOutcome, SweepWindow, simulate_slice,
    simulate_slice_under,
};
pub use modulation::Modulation;

pub use published::volume_conductor;
pub use slice::parts;
pub use slice::plasticity;
