//! Compounds with evidence, exposure over time, and their effect on synapse parameters.
//!
//! A compound is a record of receptor facts ([`Compound`], from TOML): per
//! target a concentration–response curve whose every number carries its source
//! and [`evidence::Evidence`]. A bath of compounds over time ([`Exposure`])
//! becomes, at each moment, factors on the receptors and channels of the
//! synapse ([`synapse::Modulation`]). No number here stems from the effect of a
//! drug on LTP: that is what the model is asked to predict.
//!
//! ```
//! use pharmacology::{BathCompound, Exposure, Library, Scenario};
//! use quantity::Concentration;
//!
//! let library = Library::embedded();
//! let allo = BathCompound {
//!     compound: library.find("ALLO").expect("in the library").clone(),
//!     concentration: Concentration::from_um(0.1),
//! };
//! let minute = 60_000.0;
//! let exposure = Exposure::new(vec![allo], 20.0 * minute, None, &Scenario::default());
//! let neutral = exposure.modulation(0.0);
//! let washed_in = exposure.modulation(60.0 * minute);
//! assert_eq!(neutral.gaba_a_fast_decay, 1.0);
//! assert!(washed_in.gaba_a_fast_decay > 1.5);
//! ```

pub mod claims;
mod compound;
pub mod exposure;
pub mod record;
mod state;
pub mod tissue;

mod error;
pub mod illustration;
mod library;

pub use crate::compound::compound::{
    Action, Allostery, Compound, Confusion, Identifiers, Kinetics, Misnomer, Systemic,
};
pub use crate::compound::curve::{inhibition, potentiation};
pub use crate::compound::drawn::{ConstantKey, Scores};
pub use crate::compound::list::{CompoundList, Found};
pub use crate::compound::number::{Maximum, Number};
pub use crate::compound::scenario::{Scenario, ScenarioRecord};
pub use crate::compound::target::{Mode, PotencyKind, Ring, Site, Target};
pub use crate::exposure::course::block::Stimulus;
pub use crate::exposure::course::chamber::{Chamber, Depth, Faces};
pub use crate::exposure::effect::effects::ReceptorMix;
pub use crate::exposure::exposure::Exposure;
pub use crate::exposure::plan::{Application, BathCompound, ExposurePlan, HIGHEST_UM};
pub use crate::state::prepared::{Bound, Prepared, StateChange};
pub use crate::state::state::{Level, Past, PhysiologicalState, ReceptorChange};
pub use crate::tissue::endogenous::Endogenous;
pub use error::{LibraryError, RecordFault, ScenarioError, UnknownCompound, UnknownState};
pub use library::Library;

pub use exposure::course::scavenger;
pub use exposure::effect::coagonist;
pub use tissue::biosynthesis;
pub use tissue::chloride;
pub use tissue::dosing;
pub use tissue::expression;
