//! Published outcomes beside simulated ones, and the parameters set on them.

pub mod calibrate;
mod judge;
pub mod validate;
