//! The command line of Schaffer.

mod arguments;
mod cli;
mod commands;
mod failure;
mod limits;
mod output;
mod progress;
mod words;

use cli::{Cli, Command};
use failure::Failure;
use output::status;
use std::process::ExitCode;

fn main() -> ExitCode {
    silence_caught();
    let Cli { color, command } = Cli::read();
    output::choose(color);
    // Before any other thread is started.
    let granted = limits::granted();
    // Commands that know more than this say it themselves.
    status::begin(command.doing());
    let (json, only_json) = (command.is_json(), matches!(command, Command::Check(_)));
    let Err(failure) = granted.and_then(|()| execute(command)) else { return ExitCode::SUCCESS };
    status::end();
    if json && let Some(told) = failure.told() {
        // If the reader has left there is nobody to tell.
        let _ = output::print_json(&told);
    }
    if !only_json || !json {
        output::tell(&failure);
    }
    ExitCode::from(failure.code())
}

/// A panic that becomes an error gets the message of that, and not its own as well.
fn silence_caught() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        if !recording::is_caught() {
            usual(about);
        }
    }));
}

/// One line per command; each is a function of its own file.
fn execute(command: Command) -> Result<(), Failure> {
    match command {
        Command::New(arguments) => commands::files::new::new(&arguments),
        Command::Run(arguments) => commands::experiments::run::run(&arguments),
        Command::Check(arguments) => commands::experiments::check::check(&arguments),
        Command::Analyse(arguments) => commands::recordings::analyse::analyse(&arguments),
        Command::Measure(arguments) => commands::recordings::measure::measure(&arguments),
        Command::Init(arguments) => commands::recordings::study::init(&arguments),
        Command::Recover(arguments) => commands::recordings::study::recover(&arguments),
        Command::Lint(arguments) => commands::recordings::study::lint(&arguments),
        Command::Fit(arguments) => commands::recordings::fit::fit(&arguments),
        Command::Report(arguments) => commands::recordings::analyse::report(&arguments),
        Command::Verify(arguments) => commands::recordings::verify::verify(&arguments),
        Command::Inspect(arguments) => commands::recordings::inspect::inspect(&arguments),
        Command::Export(arguments) => commands::recordings::export::export(&arguments),
        Command::Power(arguments) => commands::experiments::power::power(&arguments),
        Command::Stats(arguments) => commands::stats::stats(&arguments),
        Command::Validate(arguments) => commands::outcomes::validate::validate(&arguments),
        Command::Calibrate(arguments) => commands::outcomes::calibrate::run(&arguments),
        Command::Sensitivity(arguments) => commands::experiments::sensitivity::vary(&arguments),
        Command::Compounds(arguments) => commands::library::built_in::compounds(&arguments),
        Command::Receptors(arguments) => commands::library::receptors::clamp(&arguments),
        Command::States(arguments) => commands::library::states::states(&arguments),
        Command::Patch(arguments) => commands::experiments::patch::patch(&arguments),
        Command::Protocols(arguments) => commands::library::built_in::protocols(&arguments),
        Command::Rule(arguments) => commands::rule::rule::rule(&arguments),
        Command::Rules(arguments) => commands::library::rules::rules(&arguments),
        Command::Docs { folder } => commands::library::docs::docs(&folder),
        Command::Bench(arguments) => commands::bench::bench::bench(&arguments),
        Command::Completions { shell } => commands::files::shell::completions(shell),
        Command::Man(arguments) => commands::files::shell::man(&arguments),
        Command::Schema(arguments) => commands::files::schema::schema(&arguments),
    }
}
