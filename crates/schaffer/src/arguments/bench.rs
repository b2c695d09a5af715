//! Arguments of `bench`.

use crate::arguments::exit_codes::EXIT_CODES;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be timed.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// The comparison model B1, which other simulators can run too.
    #[command(after_help = EXIT_CODES)]
    B1(BenchB1),
    /// Computing time against the number of synapses and slices, as a figure.
    #[command(after_help = EXIT_CODES)]
    Growth(BenchGrowth),
}

/// Arguments of `bench growth`.
#[derive(Debug, Args)]
pub struct BenchGrowth {
    /// Folder for growth.svg and growth.csv; older ones are replaced.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Largest number of synapses and of slices.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..=20_000))]
    pub largest: u32,
}

/// Arguments of `bench b1`.
#[derive(Debug, Args)]
pub struct BenchB1 {
    /// The 15 conditions: five NMDA times three GABA-A conductances.
    #[arg(long, conflicts_with_all = ["synapses", "slices"], required_unless_present = "synapses")]
    pub conditions15: bool,
    /// Synapses in each slice of the population in which no two are alike.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub synapses: Option<u64>,
    /// Slices.
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub slices: u64,
    /// Write one row per synapse (CSV).
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
}
