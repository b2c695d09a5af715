//! One slice: cell, terminals, spines and electrode, and how they are taken through
//! a protocol.

pub(crate) mod cell;
pub(crate) mod circuit;
pub(crate) mod engine;
pub(crate) mod field;
pub(crate) mod inhibition;
pub(crate) mod mechanism;
#[doc(hidden)]
pub mod parts;
pub mod physiology;
pub(crate) mod plasticity;
pub(crate) mod release;
pub(crate) mod simulate;
pub(crate) mod spines;
pub(crate) mod variation;
