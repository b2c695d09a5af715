//! What the parameters of the synapse may be, given what is published of drug-free slices,
//! and what that leaves open of an experiment.
//!
//! - [`Posterior::search`]: observations → weighted draws of all uncertain parameters, every
//!   one simulated;
//! - [`Posterior`]: the draws, those of the program or of a file, with what they say of
//!   observations and parameters;
//! - [`predict`]: an experiment over draws of parameters and of the compounds' constants, on
//!   twins;
//! - [`ranks()`]: whether the search finds what it should.
//!
//! Nothing here reads or writes a file, or prints.

mod draws;
mod emulator;
mod error;
mod judge;
mod observation;
mod search;
mod space;
mod twins;

pub use draws::{Marginal, Posterior, PredictedRow, PredictiveCheck};
pub use error::PosteriorError;
pub use judge::{RankedQuantity, Truths, ranks};
pub use search::{AGAIN, Extent, Found, Notebook};
pub use twins::{Asked, predict};
