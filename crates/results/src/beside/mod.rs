//! What stands beside the recordings in a results folder: a fit, a sensitivity
//! analysis, a run over parameter sets, the settings of a whole-cell rig.

pub mod ensemble;
pub mod fit;
pub mod sensitivity;
pub mod whole_cell;
