//! Receptor models of concentration–response curves: allosteric modulators and the
//! operational model of agonism.
//!
//! A curve holds less than its model: affinity and efficacy of a full agonist cannot
//! be told apart, a shift that does not level off has no cooperativity. What the data
//! do not bound is `None`, never a number.

mod allosteric;
mod fitted;
mod leave_out;
mod modulator;
mod operational;
mod transduction;

pub use allosteric::{Allosteric, ModulatorFit, allosteric};
pub use fitted::{Quantity, ReceptorEstimate, ReceptorFit};
pub use leave_out::{LeftOut, leave_out};
pub use modulator::ModulatorModel;
pub use operational::{AgonistData, AgonistFit, Operational, operational};
