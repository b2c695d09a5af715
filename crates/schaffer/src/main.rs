//! The command line of Schaffer.

mod cli;
mod commands;
mod failure;
mod output;
mod profile;
mod progress;

use clap::Parser;
use cli::{Cli, Command};
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    silence_parquet();
    match execute(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// A damaged Parquet file gets an error message, and not that of a panic as well.
fn silence_parquet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        if std::thread::current().name() != Some(recording::PARQUET_THREAD) {
            usual(about);
        }
    }));
}

/// One line per command; each is a function of its own file.
fn execute(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => commands::run::run(&arguments),
        Command::Check(arguments) => commands::check::check(&arguments),
        Command::Analyse(arguments) => commands::analyse::analyse(&arguments),
        Command::Measure(arguments) => commands::measure::measure(&arguments),
        Command::Init(arguments) => commands::study::init(&arguments),
        Command::Recover(arguments) => commands::study::recover(&arguments),
        Command::Lint(arguments) => commands::study::lint(&arguments),
        Command::Fit(arguments) => commands::fit::fit(&arguments),
        Command::Report(arguments) => commands::analyse::report(&arguments),
        Command::Inspect(arguments) => commands::inspect::inspect(&arguments),
        Command::Export(arguments) => commands::export::export(&arguments),
        Command::Power(arguments) => commands::power::power(&arguments),
        Command::Stats(arguments) => commands::stats::stats(&arguments),
        Command::Validate(arguments) => commands::validate::validate(&arguments),
        Command::Calibrate(arguments) => commands::calibrate::run(&arguments),
        Command::Sensitivity(arguments) => commands::sensitivity::vary(&arguments),
        Command::Compounds(arguments) => commands::built_in::compounds(&arguments),
        Command::Receptors(arguments) => commands::receptors::clamp(&arguments),
        Command::States(arguments) => commands::states::states(&arguments),
        Command::Patch(arguments) => commands::patch::patch(&arguments),
        Command::Protocols(arguments) => commands::built_in::protocols(&arguments),
        Command::Rule(arguments) => commands::rule::rule(&arguments),
        Command::Rules(arguments) => commands::rules::rules(&arguments),
        Command::Docs { folder } => commands::docs::docs(&folder),
        Command::Bench(arguments) => commands::bench::bench(&arguments),
        Command::Completions { shell } => commands::shell::completions(shell),
        Command::Man => commands::shell::man(),
    }
}
