//! From concentrations to the state of the receptors: single compounds, laws of
//! mixture, co-agonism.

pub mod coagonist;
pub(crate) mod effects;
pub(crate) mod laws;
