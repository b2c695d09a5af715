//! TODO: what the room `course` holds.

pub(crate) mod block;
pub(crate) mod chamber;
pub(crate) mod delayed;
pub(crate) mod kinetics;
pub mod scavenger;
