//! Arguments of the commands on an experiment and on its results.

use crate::arguments::look::Look;
use crate::arguments::threads::threads;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct Run {
    /// The experiment file; - for the standard input.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// Folder for the results [default: results/NAME].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Seed instead of the one in the file.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// Go on with a run that was stopped.
    #[arg(long, conflicts_with = "overwrite")]
    pub resume: bool,
    /// Remove an existing results folder and begin anew.
    #[arg(long)]
    pub overwrite: bool,
    /// No progress and no summary; faults are still printed.
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
    /// Print where the time went.
    #[arg(long)]
    pub profile: bool,
    /// Folder with compounds, scenarios and states of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Draws of the posterior to predict with, as `schaffer calibrate --posterior` writes them [default: those of the
    /// program].
    #[arg(long, value_name = "FILE.toml")]
    pub posterior: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The experiment file, or a study file; - for the standard input.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// Print the plan, or the faults, as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with compounds, scenarios and states of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// Arguments of the commands on a results folder.
#[derive(Debug, Args)]
pub struct Results {
    /// The results folder.
    #[arg(value_name = "RESULTS_DIR")]
    pub folder: PathBuf,
    /// Another results folder to draw beside it, labelled: simulated beside recorded, or the reverse.
    #[arg(long, value_name = "RESULTS_DIR")]
    pub beside: Option<PathBuf>,
    #[command(flatten)]
    pub look: Look,
    /// No summary.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The results folder.
    #[arg(value_name = "RESULTS_DIR")]
    pub folder: PathBuf,
    /// The exit code alone.
    #[arg(long, short)]
    pub quiet: bool,
    /// What is intact, as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `patch`.
#[derive(Debug, Args)]
pub struct Patch {
    /// The experiment file; `[patch]` holds the settings of the rig.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// Folder for the results [default: results/NAME-patch].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with a run that was stopped: complete cells are kept.
    #[arg(long, conflicts_with = "overwrite")]
    pub resume: bool,
    /// Remove an existing results folder and begin anew.
    #[arg(long)]
    pub overwrite: bool,
    /// Print the findings as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with compounds, scenarios and states of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}
