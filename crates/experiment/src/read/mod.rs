//! From the text of an experiment file to a plan: a file for each section, and for
//! what sections share.

pub(crate) mod analysis;
pub(crate) mod animals;
pub(crate) mod bath;
pub(crate) mod compound;
pub(crate) mod conditions;
pub(crate) mod file;
pub(crate) mod library;
pub(crate) mod patch;
pub(crate) mod physiology;
mod preparation;
pub(crate) mod presets;
pub(crate) mod protocol;
pub(crate) mod solution;
pub(crate) mod synapse;
pub(crate) mod train;
