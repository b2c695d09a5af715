//! Conditions against each other: models, contrasts, doses, pathways, stretches of
//! time, the method of the slope, and the animals that would be needed.

pub(crate) mod cell_data;
pub(crate) mod contrasts;
pub(crate) mod described;
pub(crate) mod dose;
pub(crate) mod dose_curve;
pub(crate) mod equal;
pub(crate) mod estimation;
pub(crate) mod hedges;
pub(crate) mod interactions;
pub(crate) mod model;
pub(crate) mod pairs;
pub(crate) mod pathways;
pub mod required;
pub(crate) mod sensitivity;
pub(crate) mod stretches;
