//! What the results of a plan rest on, and what a reader must know: everything that
//! is laid open before the first slice.

pub(crate) mod basis;
pub(crate) mod conditions;
pub(crate) mod describe;
pub(crate) mod manifest;
pub(crate) mod opening;
pub(crate) mod parameter_table;
pub(crate) mod patch;
pub(crate) mod remarks;
pub(crate) mod rows;
pub(crate) mod solution;
pub(crate) mod spelling;
