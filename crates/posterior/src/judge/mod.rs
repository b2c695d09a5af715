//! Whether the posterior is what it says.

pub(crate) mod ranks;

pub use ranks::{RankedQuantity, Truths, ranks};
