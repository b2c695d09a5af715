//! What the page says, a file for each section, written from the scene without
//! knowing a format.

pub(crate) mod answer;
pub(crate) mod arrive;
pub(crate) mod beside;
pub(crate) mod columns;
pub(crate) mod evidence;
pub(crate) mod exclusions;
pub(crate) mod figures;
pub(crate) mod fit;
pub(crate) mod groups;
pub(crate) mod input_output;
pub(crate) mod methods;
pub(crate) mod need;
pub(crate) mod outcomes;
pub(crate) mod page;
pub(crate) mod prediction;
pub(crate) mod provenance;
pub(crate) mod statistics;
