//! Printing. A reader that closes the pipe early (`schaffer compounds | head`)
//! ends the program quietly.

use crate::failure::Failure;
use serde::Serialize;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Prints a text and a line break to the standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.trim_end().as_bytes()).and_then(|()| out.write_all(b"\n"));
    match written.and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Err(Failure::reader_left()),
        Err(fault) => Err(Failure::output(format!("the standard output cannot be written: {fault}"))),
    }
}

/// Prints a value as indented JSON.
pub fn print_json<T: Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    print(&text.map_err(|fault| Failure::unexpected(fault.to_string()))?)
}

/// Prints a message to the standard error output; if that is closed there is
/// nobody to tell.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
}

/// Prints why a command did not succeed and gives the exit code.
pub fn report(failure: &Failure) -> ExitCode {
    if !failure.message().is_empty() {
        complain(failure.message());
    }
    ExitCode::from(failure.code())
}

/// Rows of a table with columns as wide as their widest entry.
pub fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut page = String::new();
    for row in rows {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        page.push_str(padded.collect::<Vec<_>>().join("  ").trim_end());
        page.push('\n');
    }
    page
}
