//! Late phase: synaptic tag, proteins, capture. `luboeinski_2021` is the published
//! model of a single synapse, early phase included; `capture` attaches its late
//! phase to the strength that any induction rule leaves, and `population` to the
//! spines of a slice.

mod capture;
mod luboeinski_2021;
mod population;
mod protocols;

pub use capture::{Conditions, Drive, Follow, LatePhase, ProteinSource, follow_up};
pub(crate) use luboeinski_2021::prepare;
pub use luboeinski_2021::{Row, SET, SETS, Stc, Synapse, noisy_mean, simulate, simulate_noisy};
pub(crate) use population::Consolidation;
pub use population::LatePhaseModel;
pub use protocols::{PROTOCOLS, StcProtocol, protocol};
