//! What can be typed: commands, options, help.

use crate::arguments::power::Power;
use crate::arguments::rule::Rule;
use crate::commands::experiments::sensitivity::Vary;
use crate::commands::outcomes::calibrate::Calibrate;

pub use crate::arguments::recordings::{Analyse, Direction, FitStudy, Init, Lint, Measure, Recover};

use crate::commands::outcomes::validate::Validate;
use crate::commands::stats::arguments::Stats;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// What `--ensemble` without a file stands for.
pub const SHIPPED_SETS: &str = "shipped";

/// The exit codes, as printed below every help text.
const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  unexpected failure
   2  wrong usage
  65  the input is faulty (every fault is listed)
  66  the input is missing
  70  a slice failed; the others are on disk
  73  the output exists or cannot be written
  75  interrupted; --resume goes on";

/// Long-term potentiation at hippocampal CA1 synapses: experiments in silico,
/// from a TOML file to a report with figures and statistics.
#[derive(Debug, Parser)]
#[command(name = "schaffer", version, after_help = EXIT_CODES, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run an experiment: record, measure, compare, report.
    #[command(after_help = EXIT_CODES)]
    Run(Run),
    /// Check an experiment file and say what running it would do.
    #[command(after_help = EXIT_CODES)]
    Check(Check),
    /// Analyse a study of recordings up to its report, or a results folder again.
    #[command(after_help = EXIT_CODES)]
    Analyse(Analyse),
    /// Measure the evoked responses of recording files.
    #[command(after_help = EXIT_CODES, allow_negative_numbers = true)]
    Measure(Measure),
    /// Propose a study file for a folder of recordings.
    Init(Init),
    /// Blind recovery test: slices of known potentiation, measured by the normal path.
    Recover(Recover),
    /// Look for faults in the content of recordings, tables or a study.
    #[command(after_help = EXIT_CODES)]
    Lint(Lint),
    /// Fit the model to the control group of a study and predict its other groups.
    #[command(after_help = EXIT_CODES)]
    Fit(FitStudy),
    /// Draw the figures and write the report of a results folder again.
    Report(Results),
    /// Say what is in a recording file (ABF, NWB, WinLTP, ATF, Parquet, CSV).
    Inspect(Inspect),
    /// Write results in the shapes that other programs take.
    #[command(subcommand)]
    Export(Export),
    /// Power of an experiment, and the animals and slices that it needs.
    #[command(after_help = EXIT_CODES)]
    Power(Power),
    /// Test and estimate on a table of your own (CSV).
    #[command(after_help = EXIT_CODES)]
    Stats(Box<Stats>),
    /// Simulate published outcomes and compare: the scoreboard.
    #[command(after_help = EXIT_CODES)]
    Validate(Validate),
    /// Set the free parameters on the calibration outcomes, or draw accepted sets.
    #[command(after_help = EXIT_CODES)]
    Calibrate(Calibrate),
    /// Find the parameters that an experiment's outcome rests on.
    #[command(after_help = EXIT_CODES)]
    Sensitivity(Vary),
    /// List the compounds, or describe one with its evidence.
    Compounds(Records),
    /// Receptors under compounds of your choice, or receptor-level outcomes as a scoreboard.
    #[command(after_help = EXIT_CODES)]
    Receptors(Receptors),
    /// List the physiological states, describe one, or print the table of claims.
    States(States),
    /// Record a virtual cell: F-I curve, spontaneous and tonic currents.
    #[command(after_help = EXIT_CODES)]
    Patch(Patch),
    /// List the induction protocols, or describe one.
    Protocols(Named),
    /// Run a plasticity rule alone: STDP curve, frequency curve, bursts, clamp, late phase.
    #[command(after_help = EXIT_CODES)]
    Rule(Box<Rule>),
    /// List the plasticity rules, or describe one with its parameter sets.
    Rules(Rules),
    /// Refresh the tables and figures of the documentation below a folder.
    #[command(hide = true)]
    Docs {
        /// The folder, docs/ of the source.
        folder: PathBuf,
    },
    /// Measure the speed of this machine with models of known effort.
    #[command(subcommand)]
    Bench(Bench),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page (roff).
    Man,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct Run {
    /// The experiment file.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// Folder for the results [default: results/NAME].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Seed instead of the one in the file.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// Threads [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
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
    /// Run over all accepted parameter sets, too, and show the spread in the report: the shipped sets, or those of a
    /// file that `schaffer calibrate --ensemble` wrote.
    #[arg(long, value_name = "FILE.toml", num_args = 0..=1, default_missing_value = SHIPPED_SETS)]
    pub ensemble: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The experiment file.
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
    /// No summary.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// The recording.
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
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The shapes of `export`.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Tables in the shapes of GraphPad Prism: column, nested and time course.
    Prism(ExportTo),
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

/// Arguments of the commands that list what is built in.
#[derive(Debug, Args)]
pub struct Named {
    /// Name of one of them; without it all are listed.
    pub name: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `compounds`.
#[derive(Debug, Args)]
pub struct Records {
    /// Name of one of them; without it all are listed.
    pub name: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with records of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// Arguments of `receptors`.
#[derive(Debug, Args)]
pub struct Receptors {
    /// Compound and concentration, e.g. "PS 100 uM"; several make a mixture. Without any: the scoreboard.
    #[arg(value_name = "COMPOUND CONCENTRATION")]
    pub bath: Vec<String>,
    /// A scenario that is assumed; may be given several times.
    #[arg(long, value_name = "NAME", requires = "bath")]
    pub scenario: Vec<String>,
    /// Share of α4βδ receptors in the tonic conductance, 0 to 1.
    #[arg(long, value_name = "SHARE", requires = "bath")]
    pub alpha4_delta: Option<f64>,
    /// GABA depolarises: its tonic current is inward.
    #[arg(long, requires = "bath")]
    pub depolarising: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with records and outcomes of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// Arguments of `states`.
#[derive(Debug, Args)]
pub struct States {
    /// Name of one of them; without it all are listed.
    #[arg(conflicts_with = "claims")]
    pub name: Option<String>,
    /// Print what stands for each claim and system of the literature.
    #[arg(long)]
    pub claims: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with records of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
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

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Name of one of them; without it all are listed.
    #[arg(conflicts_with = "parameters")]
    pub name: Option<String>,
    /// List every parameter of the synapse with unit, range, evidence and source.
    #[arg(long)]
    pub parameters: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn resume_and_overwrite_exclude_each_other() {
        assert!(Cli::try_parse_from(["schaffer", "run", "a.toml", "--resume", "--overwrite"]).is_err());
        assert!(Cli::try_parse_from(["schaffer", "run", "a.toml", "--jobs", "0"]).is_err());
    }
}
