//! Draws of the posterior on disk.

pub(crate) mod account;
pub(crate) mod board;
pub(crate) mod file;
mod identity;

pub use account::{Marginal, PredictiveCheck};
pub use board::PredictedRow;
pub use file::Posterior;
