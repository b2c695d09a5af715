//! Measures beside the slope: what one sweep says of each, and what a slice says in the
//! windows of each outcome.

pub mod curves;
pub mod pulses;
pub(crate) mod reader;
pub mod reading;
pub mod value;
