//! What can be typed after `schaffer calibrate`.

use crate::arguments::threads::threads;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `calibrate`.
#[derive(Debug, Args)]
pub struct Calibrate {
    /// Most parameter sets to try.
    #[arg(long, value_name = "N", default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub evaluations: u32,
    /// Virtual animals per group.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub animals: u32,
    /// Draw sets around the shipped one and keep N with which no calibration outcome fails.
    #[arg(long, value_name = "N", conflicts_with = "left_open", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub ensemble: Option<u32>,
    /// Say which parameters the outcomes determine, and which they leave open.
    #[arg(long)]
    pub left_open: bool,
    /// Seed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// File for the parameter set or sets (TOML).
    #[arg(long, value_name = "FILE.toml")]
    pub out: Option<PathBuf>,
}
