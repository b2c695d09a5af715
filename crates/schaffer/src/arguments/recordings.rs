//! Arguments of the commands on recordings and studies.

use crate::arguments::threads::threads;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `analyse`.
#[derive(Debug, Args)]
pub struct Analyse {
    /// The study file, or a results folder.
    #[arg(value_name = "STUDY.toml|RESULTS_DIR")]
    pub input: PathBuf,
    /// Folder for the results of a study [default: results/NAME].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an existing results folder.
    #[arg(long)]
    pub overwrite: bool,
    /// Unblind: what the codes of the conditions stand for, `-` for the standard input [results: results/NAME-unblinded].
    #[arg(long, value_name = "KEY.toml")]
    pub key: Option<PathBuf>,
    /// Results of the blinded analysis, whose exclusions stay [default: results/NAME].
    #[arg(long, value_name = "DIR", requires = "key")]
    pub blinded: Option<PathBuf>,
    /// No summary.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder with the recordings.
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Print the proposal and write nothing.
    #[arg(long)]
    pub print: bool,
}

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// Recordings, tables of time courses, or study files.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Sampling rate of tables of samples that have no times, e.g. "20 kHz".
    #[arg(long, value_name = "RATE")]
    pub rate: Option<String>,
    /// Unit of values where the file does not say, e.g. mV.
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `fit`.
#[derive(Debug, Args)]
pub struct FitStudy {
    /// The study file; its `[fit]` says which experiment of the model stands for it.
    #[arg(value_name = "STUDY.toml")]
    pub study: PathBuf,
    /// Folder for the results [default: results/NAME-fit].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with a fit that was stopped: complete slices of the fitted experiment are kept.
    #[arg(long, conflicts_with = "overwrite")]
    pub resume: bool,
    /// Replace the results of an earlier fit.
    #[arg(long)]
    pub overwrite: bool,
    /// Most parameter sets to try.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(5..=10_000))]
    pub evaluations: u32,
    /// Parameter sets drawn for the intervals of the predictions.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub draws: u32,
    /// Virtual animals per group instead of those of the study file.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub animals: Option<u32>,
    /// Seed.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: u64,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// Folder with compounds of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `recover`.
#[derive(Debug, Args)]
pub struct Recover {
    /// Data sets of each group.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub data_sets: u32,
    /// Seed.
    #[arg(long, value_name = "N", default_value_t = 20_261_121)]
    pub seed: u64,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Direction of a response.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Direction {
    /// Negative-going.
    Negative,
    /// Positive-going.
    Positive,
}

/// Arguments of `measure`. Windows are ms after the stimulus, as FROM..TO.
#[derive(Debug, Args)]
pub struct Measure {
    /// The recordings; `-` for the standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Way to take the slope, repeatable: "20-80 %", "20-80 % two-point", "window 4-7 ms",
    /// "max 1 ms", "max 1 ms in 2.5-12 ms", or "all".
    #[arg(long, value_name = "METHOD", default_value = "20-80 %")]
    pub slope: Vec<String>,
    /// Channel by place, from 0, or name [default: the first].
    #[arg(long)]
    pub channel: Option<String>,
    /// Unit to print where the file does not say.
    #[arg(long)]
    pub unit: Option<String>,
    /// Sampling rate of tables of samples that have no times, e.g. "20 kHz".
    #[arg(long)]
    pub rate: Option<String>,
    /// Stimuli, ms after the first sample [default: seen by the artefact].
    #[arg(long, value_name = "MS,…", value_delimiter = ',')]
    pub stimulus: Vec<f64>,
    /// Baseline window [default: -10..-0.2].
    #[arg(long, value_name = "WINDOW", allow_hyphen_values = true)]
    pub baseline: Option<String>,
    /// Peak window [default: after the artefact to 20, or the next stimulus].
    #[arg(long, value_name = "WINDOW", allow_hyphen_values = true)]
    pub peak: Option<String>,
    /// Where slopes are looked for [default: after the artefact to the end of the peak window].
    #[arg(long, value_name = "WINDOW", allow_hyphen_values = true)]
    pub search: Option<String>,
    /// How far back from the peak levels are looked for [default: begin of --search].
    #[arg(long, value_name = "MS", allow_hyphen_values = true)]
    pub levels_from: Option<f64>,
    /// Area window [default: as the search].
    #[arg(long, value_name = "WINDOW", allow_hyphen_values = true)]
    pub area: Option<String>,
    /// Direction of the response [default: seen on the averaged sweep].
    #[arg(long, value_enum)]
    pub polarity: Option<Direction>,
    /// Population spike: where the trough is, and where the peaks around it are, e.g. 2.5..5.5@1.5..9.
    #[arg(long, value_name = "TROUGH@AROUND")]
    pub spike: Option<String>,
    /// Stimulus intensity of each sweep, for an input-output curve.
    #[arg(long, value_name = "X,…", value_delimiter = ',')]
    pub intensities: Vec<f64>,
    /// Voltage step for series and input resistance: ms after the first sample, mV, e.g. 10..60@-5.
    #[arg(long, value_name = "FROM..TO@MV")]
    pub step: Option<String>,
    /// Print as JSON.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print a line for each measure with method, window and unit.
    #[arg(long)]
    pub csv: bool,
}
