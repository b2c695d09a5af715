//! The CA1 Schaffer-collateral synapse: equations, parameters with sources,
//! and one slice through a protocol. No files, no clock, no threads.

mod attached;
mod cell;
mod circuit;
pub mod comparison;
mod engine;
mod evidence;
mod field;
mod gates;
#[cfg(test)]
mod golden;
pub mod illustration;
pub mod kinetics;
mod lanes;
pub mod late_phase;
mod mechanism;
mod modulation;
mod parameter_table;
pub mod parameters;
#[doc(hidden)]
pub mod parts;
pub mod patch;
pub mod plasticity;
mod population;
pub mod preparation;
mod random;
pub mod receptors;
pub mod reference;
mod release;
pub mod rule;
pub mod rules;
mod slice;
mod spine_block;
mod spines;
mod stepping;
mod variation;
mod voltage_table;
pub mod volume_conductor;

pub use evidence::Evidence;
pub use modulation::Modulation;
pub use parameters::{ParameterError, ParameterSpec, Parameters};
pub use plasticity::Plasticity;
pub use random::SliceIdentity;
pub use slice::{
    MechanismValue, Pulse, PulseKind, RawSweep, SimulationFailure, SliceOutcome, SweepWindow, simulate_slice,
    simulate_slice_under,
};
