//! From observations to draws of the posterior.

pub(crate) mod campaign;
pub(crate) mod chains;
pub(crate) mod ranks;

pub use ranks::{RankedQuantity, Truths, ranks};
pub use campaign::{Campaign, Draw, Extent, Found, Notebook, campaign, effective};
