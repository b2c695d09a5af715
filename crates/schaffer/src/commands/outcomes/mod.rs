//! Published outcomes beside simulated ones, and the parameters set on them.

pub mod calibrate;
pub(crate) mod judge;
pub mod validate;
