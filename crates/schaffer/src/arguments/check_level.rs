//! What can be typed after `schaffer stats check-level`.

use crate::arguments::stats::Stats;
use clap::{Args, Subcommand};

/// A method on a table, or the check of the methods themselves.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct StatsOrCheck {
    /// The check.
    #[command(subcommand)]
    pub check: Option<Check>,
    /// The method.
    #[command(flatten)]
    pub stats: Option<Stats>,
}

impl StatsOrCheck {
    /// Whether the answer is wanted as JSON.
    pub fn is_json(&self) -> bool {
        match (&self.check, &self.stats) {
            (Some(Check::CheckLevel(check)), _) => check.json,
            (None, Some(stats)) => stats.json,
            (None, None) => false,
        }
    }
}

/// Checks of the methods.
#[derive(Debug, Subcommand)]
pub enum Check {
    /// Simulate experiments without an effect: how often tests reject, and intervals
    /// hold the truth.
    CheckLevel(CheckLevel),
}

/// Arguments of `stats check-level`.
#[derive(Debug, Args)]
pub struct CheckLevel {
    /// Experiments of each design.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..=1_000_000))]
    pub replicates: u32,
    /// Seed.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Only designs and methods whose name holds this text, e.g. "within".
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// Print as JSON, every number with all digits.
    #[arg(long)]
    pub json: bool,
}
