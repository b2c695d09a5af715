//! Jobs that begin with an experiment file: run it, record its cells, plan it, move
//! its parameters.

pub(crate) mod patch;
pub(crate) mod posterior;
pub(crate) mod power;
pub(crate) mod prediction;
pub(crate) mod run;
pub(crate) mod sensitivity;
pub(crate) mod times;
