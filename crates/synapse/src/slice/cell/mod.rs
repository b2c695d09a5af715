//! The mean cell: soma and dendrite, and the traces of its receptors.

pub(crate) mod autoreceptor;
pub(crate) mod cell;
pub(crate) mod gates;
