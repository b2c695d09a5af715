//! The parameters of the synapse: one table with value, unit, range, evidence and
//! source of each, and access to them by path.

pub(crate) mod access;
pub(crate) mod prior;
pub(crate) mod spec;
pub(crate) mod table;

pub use prior::{CORRELATED, Prior};
pub use spec::{ParameterError, ParameterSpec};
pub use table::Parameters;
