//! From observations to draws of the posterior.

pub(crate) mod campaign;
pub(crate) mod chains;
pub(crate) mod weights;

pub use campaign::{AGAIN, Extent, Found, Notebook};
pub(crate) use campaign::{Campaign, campaign, effective};
