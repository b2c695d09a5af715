//! What can be typed after `schaffer sensitivity`.

use crate::arguments::threads::threads;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How points are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Points {
    /// Each parameter at either end of its range, all others as they are.
    OneAtATime,
    /// Elementary effects on random trajectories through all ranges (Morris 1991).
    ElementaryEffects,
}

/// Arguments of `sensitivity`.
#[derive(Debug, Args)]
pub struct Vary {
    /// The experiment file.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// How points are chosen.
    #[arg(long, value_enum, default_value_t = Points::OneAtATime)]
    pub method: Points,
    /// Trajectories of the elementary effects.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub trajectories: u32,
    /// Parameters to vary, e.g. nmda.conductance,gaba_a.tonic [default: all of the synapse].
    #[arg(long, value_name = "PATH,…", value_delimiter = ',')]
    pub parameters: Vec<String>,
    /// Virtual animals per group instead of those of the experiment.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub animals: Option<u32>,
    /// Slices per animal instead of those of the experiment.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub slices: Option<u32>,
    /// Seed instead of the one in the file.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// Results folder of the experiment; its report gains the tornado plot [default: results/NAME, if it is there].
    #[arg(long, value_name = "DIR")]
    pub results: Option<PathBuf>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}
