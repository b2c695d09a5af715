//! Conditions against each other: models, contrasts, doses, pathways, stretches of
//! time, the method of the slope, and the animals that would be needed.

pub(crate) mod contrasts;
pub(crate) mod dose;
pub(crate) mod estimation;
pub(crate) mod interactions;
pub(crate) mod model;
pub(crate) mod pathways;
pub mod required;
pub(crate) mod sensitivity;
pub(crate) mod stretches;
