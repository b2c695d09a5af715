//! Late phase: synaptic tag, proteins, capture. `luboeinski_2021` is the published
//! model of a single synapse, early phase included; `capture` attaches its late
//! phase to the strength that any induction rule leaves, and `population` to the
//! spines of a slice.

pub(crate) mod capture;
pub(crate) mod luboeinski_2021;
pub(crate) mod population;
pub(crate) mod protocols;

pub use capture::{Conditions, Drive, Follow, ProteinSource, follow_up};
pub use luboeinski_2021::{Row, SET, SETS, Stc, noisy_mean, simulate, simulate_noisy};
pub use population::LatePhaseModel;
pub use protocols::{StcProtocol, protocol};
