//! `schaffer completions` and `schaffer man`: the command line described for
//! shells and for `man`.

use crate::arguments::files::Man;
use crate::cli::Cli;
use crate::failure::Failure;
use crate::output::{page, print};
use clap::{Command, CommandFactory};
use clap_complete::Shell;

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "schaffer", &mut script);
    page(&String::from_utf8_lossy(&script))
}

/// Prints the main page, or writes all pages into a folder.
pub fn man(arguments: &Man) -> Result<(), Failure> {
    let mut whole = Cli::command();
    // Gives the commands their full names.
    whole.build();
    let Some(folder) = &arguments.folder else { return page(&roff(&whole)?) };
    recording::atomic::folder(folder).map_err(|fault| Failure::output(fault.to_string()))?;
    let all = all(&whole);
    for command in &all {
        let path = folder.join(format!("{}.1", full_name(command)));
        recording::atomic::write(&path, roff(command)?.as_bytes())
            .map_err(|fault| Failure::output(fault.to_string()))?;
    }
    print(&format!("{} manual pages in {}; man -M takes the folder above one called man1", all.len(), folder.display()))
}

/// A command and all below it, but those that are hidden.
fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(all)).collect()
}

fn full_name(command: &Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

/// The page of a command.
fn roff(command: &Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(command.clone());
    man.render(&mut page).map_err(|fault| Failure::unexpected(fault.to_string()))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
