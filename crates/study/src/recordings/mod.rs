//! Recording files to slices: sweeps in mV on one clock, tables of time courses, and
//! all measures of one file.

pub(crate) mod curves;
pub(crate) mod digitise;
pub(crate) mod gap_free;
pub(crate) mod slices;
pub(crate) mod sweeps;
pub(crate) mod table;
pub mod traces;
