//! Every file and folder that a results folder may hold, by name.

use std::path::{Path, PathBuf};

/// A file or folder of a results folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// The experiment file, byte for byte.
    Experiment,
    /// The study file, byte for byte.
    Study,
    /// What was planned, with which program, resting on which evidence.
    Manifest,
    /// Settings of a whole-cell rig; only whole-cell results have them.
    Rig,
    /// Host, clock and duration: what differs between two runs. Its lock is that of the folder.
    RunLog,
    /// The folder of all slices.
    Recordings,
    /// What the model knows about a slice, in the folder of the slice.
    Mechanism,
    /// What a person decided about a slice, in the folder of the slice.
    Overrides,
    /// A time course that was measured elsewhere, in the folder of the slice.
    Course,
    /// Input–output curves that a study brings along.
    Curves,
    /// The table of all parameters of the model.
    Parameters,
    /// What the model knows about the groups.
    MechanismTable,
    /// Faults of the recordings that the reader must know, one a line; absent for simulated slices.
    Faults,
    /// The measures of every sweep.
    Measures,
    /// The same as text.
    MeasuresCsv,
    /// The measures of every slice.
    Slices,
    /// The measures of every patched cell.
    Cells,
    /// Which slices and sweeps take no part, and why.
    Exclusions,
    /// The numbers of the answer.
    Findings,
    /// A sensitivity analysis of the experiment.
    Sensitivity,
    /// The experiment over draws from what is not known.
    Prediction,
    /// The fit to a recorded study.
    Fit,
    /// The analysed study within the folder of a fit.
    Recorded,
    /// The results of the fitted experiment within the folder of a fit.
    Simulated,
    /// The fitted experiment as a file.
    Fitted,
    /// The folder of figures and their source data.
    Figures,
    /// The report.
    Report,
    /// The report as Markdown.
    ReportMarkdown,
    /// The checksums of everything else.
    Seal,
}

impl Entry {
    /// All of them.
    pub const ALL: [Self; 29] = [
        Self::Experiment,
        Self::Study,
        Self::Manifest,
        Self::Rig,
        Self::RunLog,
        Self::Recordings,
        Self::Mechanism,
        Self::Overrides,
        Self::Course,
        Self::Curves,
        Self::Parameters,
        Self::MechanismTable,
        Self::Faults,
        Self::Measures,
        Self::MeasuresCsv,
        Self::Slices,
        Self::Cells,
        Self::Exclusions,
        Self::Findings,
        Self::Sensitivity,
        Self::Prediction,
        Self::Fit,
        Self::Recorded,
        Self::Simulated,
        Self::Fitted,
        Self::Figures,
        Self::Report,
        Self::ReportMarkdown,
        Self::Seal,
    ];

    /// The name on disk.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Experiment => "experiment.toml",
            Self::Study => "study.toml",
            Self::Manifest => "manifest.toml",
            Self::Rig => "patch.toml",
            Self::RunLog => "run.log",
            Self::Recordings => "recordings",
            Self::Mechanism => "mechanism.toml",
            Self::Overrides => "overrides.toml",
            Self::Course => "course.toml",
            Self::Curves => "curves.toml",
            Self::Parameters => "parameters.csv",
            Self::MechanismTable => "mechanism.csv",
            Self::Faults => "faults.txt",
            Self::Measures => "measures.parquet",
            Self::MeasuresCsv => "measures.csv",
            Self::Slices => "slices.csv",
            Self::Cells => "cells.csv",
            Self::Exclusions => "exclusions.csv",
            Self::Findings => "findings.json",
            Self::Sensitivity => "sensitivity.json",
            Self::Prediction => "prediction.json",
            Self::Fit => "fit.json",
            Self::Recorded => "recorded",
            Self::Simulated => "simulated",
            Self::Fitted => "fitted.toml",
            Self::Figures => "figures",
            Self::Report => "report.html",
            Self::ReportMarkdown => "report.md",
            Self::Seal => "seal.sha256",
        }
    }

    /// Its path in `folder`.
    pub fn within(self, folder: &Path) -> PathBuf {
        folder.join(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_plain_and_distinct() {
        let names: BTreeSet<&str> = Entry::ALL.into_iter().map(Entry::name).collect();
        assert_eq!(names.len(), Entry::ALL.len());
        assert!(
            names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.')),
            "{names:?}"
        );
    }
}
