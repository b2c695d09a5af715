//! What stands beside the recordings in a results folder: what the model knows of
//! them, a fit, a sensitivity analysis, a run over parameter sets, the settings of a
//! whole-cell rig.

pub mod ensemble;
pub mod fit;
pub mod mechanism;
pub mod sensitivity;
pub mod whole_cell;
