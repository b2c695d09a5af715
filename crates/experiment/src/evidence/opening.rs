//! What a run lays open at the start, before the first slice.

use crate::evidence::manifest::manifest;
use crate::evidence::parameter_table::parameter_table;
use crate::evidence::patch::{patch_manifest, rig};
use crate::plan::plan::Plan;
use recording::{Manifest, WholeCellRig};

/// All that is fixed and told before anything is recorded.
pub struct Opening {
    /// Plan, evidence and remarks, as the results folder keeps them.
    pub manifest: Manifest,
    /// Every parameter of the synapse as CSV, where slices are recorded.
    pub parameters: Option<String>,
    /// Settings of the rig, where cells are patched.
    pub rig: Option<WholeCellRig>,
}

impl Opening {
    /// Of the slices of a plan, by the program of a commit.
    pub fn of_slices(plan: &Plan, seed: u64, commit: &str) -> Self {
        Self { manifest: manifest(plan, seed, commit), parameters: Some(parameter_table(plan)), rig: None }
    }

    /// Of the patched cells of a plan, by the program of a commit.
    pub fn of_cells(plan: &Plan, seed: u64, commit: &str) -> Self {
        Self { manifest: patch_manifest(plan, seed, commit), parameters: None, rig: Some(rig(plan)) }
    }
}
