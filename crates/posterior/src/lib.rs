//! What the parameters of the synapse may be, given what is published of drug-free slices.

mod draws;
mod emulator;
mod error;
mod observation;
mod search;
mod space;
mod twins;

pub use draws::{FEWEST, Marginal, Posterior, PredictedRow, PredictiveCheck};
pub use error::PosteriorError;
pub use observation::{Likelihood, Outputs};
pub use search::{AGAIN, Campaign, Draw, Extent, Found, Notebook, RankedQuantity, Truths, campaign, effective, ranks};
pub use space::Space;
pub use twins::{Asked, predict};
