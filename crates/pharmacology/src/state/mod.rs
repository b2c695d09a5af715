//! Physiological states: what an animal brings along, as recorded, and made ready
//! for its slices.

pub(crate) mod prepared;
pub(crate) mod state;
