//! What can be typed: commands, options, help.

use crate::arguments::bench::Bench;
use crate::arguments::calibrate::Calibrate;
use crate::arguments::check_level::StatsOrCheck;
use crate::arguments::exit_codes::EXIT_CODES;
use crate::arguments::files::{Export, Inspect};
use crate::arguments::power::Power;
use crate::arguments::recordings::{Analyse, FitStudy, Init, Lint, Measure, Recover};
use crate::arguments::records::{Named, Receptors, Records, Rules, States};
use crate::arguments::rule::Rule;
use crate::arguments::run::{Check, Patch, Results, Run};
use crate::arguments::sensitivity::Vary;
use crate::arguments::validate::Validate;
use clap::{Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

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
    Stats(Box<StatsOrCheck>),
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
