//! What can be typed after `schaffer validate` and `schaffer calibrate`.

use crate::arguments::threads::threads;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// Identifiers of the outcomes to simulate [default: all].
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Folder with outcomes of your own (TOML); they replace built-in ones of the same identifier.
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Receptor-level outcomes on a virtual voltage clamp instead of slices.
    #[arg(long, conflicts_with_all = ["ids", "animals", "set", "page", "list"])]
    pub receptors: bool,
    /// Published plasticity rules against their reference values only.
    #[arg(long, conflicts_with_all = ["ids", "animals", "set", "folder"])]
    pub rules: bool,
    /// Physiology of the synapse (tonic current, IPSPs, spikes, spine calcium) only, seconds.
    #[arg(long, conflicts_with_all = ["ids", "animals", "folder", "rules", "list"])]
    pub physiology: bool,
    /// Hold the outcomes of slices against N draws of the shipped posterior, two animals each, instead of the set in
    /// use.
    #[arg(
        long,
        value_name = "N",
        conflicts_with_all = ["receptors", "rules", "physiology", "animals", "set", "page", "list", "json"],
        value_parser = clap::value_parser!(u32).range(8..=10_000)
    )]
    pub posterior: Option<u32>,
    /// Virtual animals per group, one slice each.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub animals: u32,
    /// Seed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// Change a parameter of the synapse, e.g. --set rule.theta_potentiation=3.8; may be repeated.
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, f64)>,
    /// Write the scoreboard as a page (HTML).
    #[arg(long, value_name = "FILE.html")]
    pub page: Option<PathBuf>,
    /// List the outcomes with their sources; simulate nothing.
    #[arg(long)]
    pub list: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Reads `PATH=VALUE`.
fn setting(text: &str) -> Result<(String, f64), String> {
    let (path, value) = text.split_once('=').ok_or("expected PATH=VALUE, e.g. rule.weight_ratio=4.2")?;
    let value: f64 = value.trim().parse().map_err(|_| format!("\"{value}\" is not a number"))?;
    Ok((path.trim().to_owned(), value))
}

/// Arguments of `calibrate`.
#[derive(Debug, Args)]
pub struct Calibrate {
    /// Most parameter sets to try.
    #[arg(long, value_name = "N", default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub evaluations: u32,
    /// Virtual animals per group.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub animals: u32,
    /// Find N draws of the posterior of all parameters and write them into --out; a search that was stopped goes on.
    #[arg(
        long,
        value_name = "N",
        requires = "out",
        conflicts_with_all = ["left_open", "evaluations"],
        value_parser = clap::value_parser!(u32).range(20..=100_000)
    )]
    pub posterior: Option<u32>,
    /// Say which parameters the outcomes determine, and which they leave open.
    #[arg(long)]
    pub left_open: bool,
    /// Judge the shipped posterior by N made-up truths: ranks of the true values among draws.
    #[arg(
        long,
        value_name = "N",
        conflicts_with_all = ["left_open", "evaluations", "posterior", "out"],
        value_parser = clap::value_parser!(u32).range(8..=100_000)
    )]
    pub ranks: Option<u32>,
    /// Judge the shipped posterior by N of its draws on drug-free outcomes that were held back.
    #[arg(
        long,
        value_name = "N",
        conflicts_with_all = ["left_open", "evaluations", "posterior", "ranks", "out"],
        value_parser = clap::value_parser!(u32).range(8..=100_000)
    )]
    pub held: Option<u32>,
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
