//! From an experiment file: check it, run it, record its cells, plan it, vary its
//! parameters.

pub mod check;
pub mod patch;
pub mod power;
pub mod run;
pub mod sensitivity;
