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

mod compound;
mod curve;
mod effects;
mod embedded;
mod error;
mod exposure;
mod kinetics;
mod laws;
mod library;
mod naming;
mod number;
mod record;
mod record_check;
mod scenario;
mod statement;
mod target;
mod vocabulary;

pub use compound::{Action, Compound, Confusion, Identifiers, Kinetics, Misnomer};
pub use curve::{inhibition, potentiation};
pub use error::{LibraryError, RecordFault, ScenarioError, UnknownCompound};
pub use exposure::{BathCompound, Exposure};
pub use library::{Found, Library};
pub use number::{Maximum, Number};
pub use scenario::{Scenario, ScenarioRecord};
pub use statement::EvidenceStatement;
pub use target::{Mode, PotencyKind, Ring, Site, Target};
