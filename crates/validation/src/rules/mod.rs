//! Published plasticity rules against their reference values.

pub(crate) mod references;
