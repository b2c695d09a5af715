//! What a compound is: names and identity, targets, numbers with evidence, scenarios.

pub(crate) mod compound;
pub(crate) mod curve;
pub(crate) mod drawn;
pub(crate) mod identity;
pub(crate) mod list;
pub(crate) mod naming;
pub(crate) mod number;
pub(crate) mod rows;
pub(crate) mod scenario;
pub(crate) mod target;
pub(crate) mod vocabulary;
