//! Compounds with evidence, exposure over time, and their effect on synapse parameters.
//!
//! A compound is a record of receptor facts ([`Compound`], from TOML): per
//! target a concentration–response curve whose every number carries its source
//! and [`synapse::Evidence`]. A bath of compounds over time ([`Exposure`])
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

pub mod biosynthesis;
pub mod chloride;
pub mod claims;
pub mod coagonist;
pub mod dosing;
pub mod expression;
pub mod scavenger;
pub mod scoreboard;

mod block;
mod chamber;
mod compound;
mod curve;
mod delayed;
mod effects;
mod embedded;
mod endogenous;
mod error;
mod exposure;
mod exposure_plan;
mod identity;
pub mod illustration;
mod kinetics;
mod laws;
mod library;
mod linear;
mod naming;
mod number;
mod reading;
mod record;
mod record_action;
mod record_check;
mod report;
mod scenario;
mod state;
mod state_record;
mod statement;
mod target;
mod vocabulary;

pub use block::Stimulus;
pub use chamber::{Chamber, Depth, Faces};
pub use compound::{Action, Allostery, Compound, Confusion, Identifiers, Kinetics, Misnomer, Systemic};
pub use curve::{inhibition, potentiation};
pub use effects::ReceptorMix;
pub use endogenous::Endogenous;
pub use error::{LibraryError, RecordFault, ScenarioError, UnknownCompound, UnknownState};
pub use exposure::Exposure;
pub use exposure_plan::{Application, BathCompound, ExposurePlan};
pub use library::{Found, Library};
pub use number::{Maximum, Number};
pub use scenario::{Scenario, ScenarioRecord};
pub use state::{Bound, Level, Past, PhysiologicalState, Prepared, ReceptorChange, StateChange};
pub use statement::EvidenceStatement;
pub use target::{Mode, PotencyKind, Ring, Site, Target};
