//! What a run lays open at the start, before the first slice.

use crate::evidence::manifest::manifest;
use crate::evidence::parameter_table::parameter_table;
use crate::evidence::patch::{patch_manifest, rig};
use crate::plan::plan::Plan;
use results::folder::Begun;
use results::manifest::Stamps;
use results::{Entry, FolderError, Manifest, Mode, ResultsFolder, WholeCellRig};
use std::path::Path;

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

    /// Begins the results folder of the plan: the input, the manifest and what goes
    /// with them stand there before the first slice.
    ///
    /// # Errors
    /// [`FolderError`] if the folder may not be used in this mode, or cannot be written.
    pub fn begin(&self, plan: &Plan, dir: &Path, mode: Mode, jobs: usize) -> Result<Begun, FolderError> {
        let manifest = self.manifest.to_text(&Entry::Manifest.within(dir))?;
        let rig = self.rig.as_ref().map(|rig| rig.to_text(&Entry::Rig.within(dir))).transpose()?;
        let mut files: Vec<(Entry, &[u8])> =
            vec![(Entry::Experiment, plan.source.as_bytes()), (Entry::Manifest, manifest.as_bytes())];
        files.extend(rig.as_ref().map(|rig| (Entry::Rig, rig.as_bytes())));
        // Only a folder of patched cells has settings of the rig, and only such a one is replaced by another.
        let mark = if rig.is_some() { Entry::Rig } else { Entry::Manifest };
        let stamps = Stamps::of(&self.manifest, &Entry::Manifest.within(dir))?;
        let first = results::Opening { mark, files: &files, resumable: true, stamps, jobs };
        let begun = ResultsFolder::begin(dir, mode, &first)?;
        if let Some(parameters) = &self.parameters {
            begun.folder.write(Entry::Parameters, parameters.as_bytes())?;
        }
        Ok(begun)
    }
}
