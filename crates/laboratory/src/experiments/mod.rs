//! Jobs that begin with an experiment file: run it, record its cells, plan it, move
//! its parameters.

pub(crate) mod ensemble;
pub(crate) mod patch;
pub(crate) mod power;
pub(crate) mod run;
pub(crate) mod sensitivity;
pub(crate) mod times;
