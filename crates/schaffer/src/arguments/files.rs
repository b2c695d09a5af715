//! Arguments of the commands on files of other programs, and of those that write files
//! for people and editors.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// The recording; `-` for the standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Read the samples too: n, ends, mean, SD and extremes of each sweep and channel.
    #[arg(long)]
    pub stats: bool,
    /// Sampling rate, for a table that has no column of times.
    #[arg(long, value_name = "HZ")]
    pub rate_hz: Option<f64>,
    /// Unit of the samples, for a table that does not state it.
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// From the start of a sweep to that of the next, for a table.
    #[arg(long, value_name = "S")]
    pub interval_s: Option<f64>,
    /// Read the whole sweeps of an ABF file that was cut off.
    #[arg(long)]
    pub salvage: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The shapes of `export`.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Tables in the shapes of GraphPad Prism: column, nested and time course.
    Prism(ExportTo),
    /// The same tables as one project that GraphPad Prism opens.
    Pzfx(ExportTo),
    /// An NWB file for each slice: sweeps, trials, measures.
    Nwb(ExportTo),
    /// All tables and figure data as one Excel workbook.
    Xlsx(ExportTo),
    /// All tables and figure data as CSV.
    Csv(ExportTo),
    /// All tables and figure data as Parquet.
    Parquet(ExportTo),
}

/// Arguments of the shapes of `export`.
#[derive(Debug, Args)]
pub struct ExportTo {
    /// The results folder.
    #[arg(value_name = "RESULTS_DIR")]
    pub folder: PathBuf,
    /// Folder for the files [default: a folder of RESULTS_DIR named as the shape].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// No list of files.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct New {
    /// Name of the experiment or study: NAME.toml is written, or with --study the folder NAME.
    #[arg(value_name = "NAME")]
    pub name: PathBuf,
    /// A study of your own recordings instead of an experiment in silico.
    #[arg(long)]
    pub study: bool,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Folder for the pages, which replace older ones; without it the main page is printed.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Kinds of files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Experiment files: `schaffer run`, `check`, `patch`, `power`, `sensitivity`.
    Experiment,
    /// Study files: `schaffer analyse`, `lint`, `fit`.
    Study,
    /// Answers of `schaffer stats --json`.
    Stats,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// The kind of file.
    #[arg(value_enum)]
    pub kind: SchemaOf,
}
