//! `schaffer stats`: tests and estimates on a table of the user's own.

use crate::arguments::stats::Stats;
use crate::failure::Failure;
use crate::output::{print, print_json};
use recording::table::Table;
use std::io::ErrorKind;
use tabular::{Fault, answer};

/// Reads the table, asks the question, prints the answer.
pub fn stats(arguments: &Stats) -> Result<(), Failure> {
    let path = arguments.data.display();
    let read = || match arguments.data.as_os_str() == form::STANDARD_INPUT {
        true => form::standard_input(u64::MAX),
        false => std::fs::read(&arguments.data),
    };
    let bytes = read().map_err(|fault| match fault.kind() {
        ErrorKind::NotFound => Failure::no_input(format!("there is no file {path}")),
        _ => Failure::no_input(format!("{path} cannot be read: {fault}")),
    })?;
    let in_file = |fault: Fault| match fault {
        Fault::Question(message) => Failure::usage(message),
        fault => Failure::faulty_input(format!("{path}: {fault}")),
    };
    let table = Table::from_csv(&bytes).map_err(|fault| in_file(fault.into()))?;
    let answer = answer(&table, &arguments.question()).map_err(in_file)?;
    if arguments.json { print_json(&answer.json()) } else { print(&answer.text()) }
}
