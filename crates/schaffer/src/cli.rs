//! What can be typed: commands, options, help.

use crate::arguments::bench::Bench;
use crate::arguments::check_level::StatsOrCheck;
use crate::arguments::exit_codes::{EXIT_CODES, USAGE};
use crate::arguments::files::{Export, Inspect, Man, New, Schema};
use crate::arguments::outcomes::{Calibrate, Validate};
use crate::arguments::power::Power;
use crate::arguments::recordings::{Analyse, FitStudy, Init, Lint, Measure, Recover};
use crate::arguments::records::{Named, Receptors, Records, Rules, States};
use crate::arguments::rule::Rule;
use crate::arguments::run::{Check, Patch, Results, Run, Verify};
use crate::arguments::sensitivity::Vary;
use crate::output::{self, Colour};
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use std::ffi::OsString;
use std::path::PathBuf;

/// Long-term potentiation at hippocampal CA1 synapses: experiments in silico,
/// from a TOML file to a report with figures and statistics.
#[derive(Debug, Parser)]
#[command(name = "schaffer", version, after_help = EXIT_CODES, propagate_version = true)]
pub struct Cli {
    /// When to colour: on a terminal unless NO_COLOR is set, always, or never.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Colour::Auto, hide_possible_values = true)]
    pub color: Colour,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Reads the command line, or ends the program with help or with what is wrong; in
    /// colours only if they are wanted.
    pub fn read() -> Self {
        let arguments: Vec<OsString> = std::env::args_os().collect();
        let colour = match asked_colour(&arguments) {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        let read = Self::command().color(colour).try_get_matches_from(&arguments);
        match read.and_then(|matches| Self::from_arg_matches(&matches)) {
            Ok(read) => read,
            Err(error) if error.use_stderr() => {
                output::choose(match colour {
                    ColorChoice::Always => Colour::Always,
                    ColorChoice::Never => Colour::Never,
                    ColorChoice::Auto => Colour::Auto,
                });
                let told = error.render();
                if output::Look::Error.is_coloured() {
                    output::complain_in_colours(&told.ansi().to_string());
                } else {
                    output::complain(&told.to_string());
                }
                std::process::exit(i32::from(USAGE))
            }
            // Help, and the version.
            Err(wanted) => wanted.exit(),
        }
    }
}

/// What follows `--color`, before the command line as a whole is known to be sound.
fn asked_colour(arguments: &[OsString]) -> Option<&str> {
    let mut words = arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
    words.find_map(|word| word.strip_prefix("--color=").map(Some).or((word == "--color").then_some(None)))?.or_else(
        || {
            let place = arguments.iter().position(|argument| argument == "--color")?;
            arguments.get(place + 1)?.to_str()
        },
    )
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin an experiment, or a study of your recordings, from a commented file.
    New(New),
    /// Run an experiment: record, measure, compare, report.
    #[command(after_help = EXIT_CODES)]
    Run(Run),
    /// Check an experiment or study file and say what it would do.
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
    /// Say whether everything in a results folder is as it was written.
    #[command(after_help = EXIT_CODES)]
    Verify(Verify),
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
    /// Print the manual page (roff), or write a page for each command into a folder.
    Man(Man),
    /// Print the JSON Schema of a kind of file, for editors and other programs.
    Schema(Schema),
}

impl Command {
    /// Whether the answer is wanted as JSON, and so are faults.
    pub fn is_json(&self) -> bool {
        match self {
            Self::Run(arguments) => arguments.json,
            Self::Check(arguments) => arguments.json,
            Self::Measure(arguments) => arguments.json,
            Self::Recover(arguments) => arguments.json,
            Self::Lint(arguments) => arguments.json,
            Self::Fit(arguments) => arguments.json,
            Self::Inspect(arguments) => arguments.json,
            Self::Verify(arguments) => arguments.json,
            Self::Power(arguments) => arguments.json,
            Self::Stats(arguments) => arguments.is_json(),
            Self::Validate(arguments) => arguments.json,
            Self::Sensitivity(arguments) => arguments.json,
            Self::Compounds(arguments) => arguments.json,
            Self::Receptors(arguments) => arguments.json,
            Self::States(arguments) => arguments.json,
            Self::Patch(arguments) => arguments.json,
            Self::Protocols(arguments) => arguments.json,
            Self::Rule(arguments) => arguments.json,
            Self::Rules(arguments) => arguments.json,
            Self::Bench(Bench::B1(arguments)) => arguments.json,
            Self::New(_)
            | Self::Analyse(_)
            | Self::Init(_)
            | Self::Report(_)
            | Self::Export(_)
            | Self::Calibrate(_)
            | Self::Docs { .. }
            | Self::Bench(Bench::Growth(_))
            | Self::Completions { .. }
            | Self::Man(_)
            | Self::Schema(_) => false,
        }
    }

    /// What it is doing, for the line that says so while it takes long.
    pub fn doing(&self) -> &'static str {
        match self {
            Self::Check(_) => "checking",
            Self::Measure(_) => "measuring",
            Self::Init(_) | Self::Lint(_) => "looking through the recordings",
            Self::Inspect(_) | Self::Verify(_) => "reading",
            Self::Report(_) | Self::Docs { .. } => "drawing",
            Self::Export(_) => "exporting",
            Self::Stats(_) | Self::Power(_) => "computing",
            Self::Rule(_) | Self::Receptors(_) | Self::Bench(_) | Self::Recover(_) => "simulating",
            _ => "working",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn resume_and_overwrite_exclude_each_other() {
        assert!(Cli::try_parse_from(["schaffer", "run", "a.toml", "--resume", "--overwrite"]).is_err());
        assert!(Cli::try_parse_from(["schaffer", "run", "a.toml", "--jobs", "0"]).is_err());
    }

    #[test]
    fn the_colour_is_known_before_the_line_is_sound() {
        let asked =
            |line: &str| asked_colour(&line.split(' ').map(OsString::from).collect::<Vec<_>>()).map(str::to_owned);
        assert_eq!(asked("schaffer run --color never a.toml").as_deref(), Some("never"));
        assert_eq!(asked("schaffer --color=always runn").as_deref(), Some("always"));
        assert_eq!(asked("schaffer run --color"), None);
        assert_eq!(asked("schaffer run a.toml"), None);
    }
}
