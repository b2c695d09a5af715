//! What stands beside the recordings in a results folder: what the model knows of
//! them, a prediction, a fit, a sensitivity analysis, the settings of a
//! whole-cell rig.

pub mod fit;
pub mod mechanism;
pub mod prediction;
pub mod sensitivity;
pub mod whole_cell;
