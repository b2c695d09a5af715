//! What stands for the simulation while the posterior is explored.

pub(crate) mod surface;
