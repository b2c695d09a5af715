//! Looks at data that are still being collected: how much of α each look may spend, and
//! the bounds that follow.

mod bounds;
mod spending;

pub use bounds::{Look, bounds};
pub use spending::Spending;
