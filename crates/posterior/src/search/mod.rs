//! From observations to draws of the posterior.

pub(crate) mod campaign;
pub(crate) mod chains;
pub(crate) mod ranks;

pub use campaign::{AGAIN, Campaign, Draw, Extent, Found, Notebook, campaign, effective};
pub use ranks::{RankedQuantity, Truths, ranks};
