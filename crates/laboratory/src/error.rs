//! Why a job is not finished.

use analysis::AnalysisError;
use experiment::RunError;
use form::{Faults, SourceError};
use posterior::PosteriorError;
use recording::StoreError;
use report::ReportError;
use results::FolderError;
use std::path::PathBuf;
use study::StudyError;
use thiserror::Error;
use validation::ValidationError;

/// Why a job is not finished.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LaboratoryError {
    /// The experiment file is no text that could be one.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The experiment file is faulty.
    #[error(transparent)]
    Faulty(#[from] Faults),
    /// The folder with records of one's own cannot be used.
    #[error(transparent)]
    Records(#[from] experiment::FolderError),
    /// The results folder cannot be begun or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Slices or cells are not recorded: some failed, or the caller stopped the job.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The recordings cannot be analysed.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// Simulations that store nothing failed, or cannot be made as asked.
    #[error(transparent)]
    Validation(#[from] ValidationError),
    /// The experiment cannot be predicted.
    #[error(transparent)]
    Posterior(#[from] PosteriorError),
    /// The report cannot be drawn or written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The study cannot be carried out.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A file that the job adds to a results folder cannot be written.
    #[error("{0}")]
    Unwritable(StoreError),
    /// A results folder cannot be read.
    #[error("{0}")]
    Unreadable(StoreError),
    /// There is no such folder.
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    /// The folder is not one of results.
    #[error("{} is not a results folder: it has no manifest.toml", .0.display())]
    NotResults(PathBuf),
    /// The folder holds no results up to their findings.
    #[error(
        "{} holds no finished results; run the experiment first: schaffer run {} --out {}",
        folder.display(), experiment.display(), folder.display()
    )]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// The experiment file whose results should be there.
        experiment: PathBuf,
    },
    /// Whole-cell recordings, which are drawn alone.
    #[error("{} holds whole-cell recordings; nothing is drawn beside them", .0.display())]
    NothingBeside(PathBuf),
    /// A blinded study, which cannot be fitted.
    #[error(
        "{}: the study is blinded, and a fit compares its groups with predictions. Unblind it first: write the true \
         names in place of the codes and take [blinding] out",
        .0.display()
    )]
    Blinded(PathBuf),
    /// A study that does not say what of the model stands for it.
    #[error(
        "{}: there is no [fit]: it says which protocol of the model stands for the recorded one, e.g.\n\n  \
         [fit.protocol]\n  induction = \"hfs-1x100\"\n\n`schaffer protocols` lists them",
        .0.display()
    )]
    NoFit(PathBuf),
    /// A parameter that the study wants to be fitted, but that cannot be.
    #[error("{}: [fit] parameters: {fault}", study.display())]
    FitParameter {
        /// The study file.
        study: PathBuf,
        /// What is wrong.
        fault: ValidationError,
    },
    /// A temporary folder cannot be made.
    #[error("{} cannot be made: {reason}", path.display())]
    Scratch {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// Something that the shipped records should hold is not among them.
    #[error("{0}")]
    Missing(String),
    /// Sets of a search of another extent lie where this one would keep its own.
    #[error("{} holds the sets of another search; go on with that one by its own options, or remove the file", .0.display())]
    OtherSearch(PathBuf),
    /// No threads could be started.
    #[error("threads cannot be started: {0}; --jobs says how many are wanted")]
    Threads(String),
}
