//! Printing. A reader that closes the pipe early (`schaffer compounds | head`)
//! ends the program quietly.

use crate::failure::Failure;
use crate::output::clean::{clean, clean_coloured, clean_json};
use crate::output::lay::{typeset, wrapped};
use crate::output::look::Look;
use crate::output::status::aside;
use serde::Serialize;
use std::io::{ErrorKind, Write};

/// Prints sentences and tables for people to the standard output: numbers with a true
/// minus sign, lines that end between words where the terminal ends.
pub fn print(text: &str) -> Result<(), Failure> {
    page(&laid(&typeset(text), Look::Output))
}

/// As [`print()`], with lines coloured on a terminal: `colour` gives the line again, or
/// `None` if it stays as it is.
pub fn paint(text: &str, colour: impl Fn(&str) -> Option<String>) -> Result<(), Failure> {
    let laid = laid(&typeset(text), Look::Output);
    if !Look::Output.is_coloured() {
        return page(&laid);
    }
    page(&laid.lines().map(|line| colour(line).unwrap_or_else(|| line.to_owned())).collect::<Vec<_>>().join("\n"))
}

/// Prints a file or a page as it stands, and a line break.
pub fn page(text: &str) -> Result<(), Failure> {
    let written = aside(|| {
        let mut out = std::io::stdout().lock();
        let written = out.write_all(text.trim_end().as_bytes()).and_then(|()| out.write_all(b"\n"));
        written.and_then(|()| out.flush())
    });
    match written {
        Ok(()) => Ok(()),
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Err(Failure::reader_left()),
        Err(fault) => Err(Failure::output(format!("the standard output cannot be written: {fault}"))),
    }
}

/// Prints a page of Markdown: as it stands, in lines that fit on a terminal.
pub fn document(text: &str) -> Result<(), Failure> {
    page(&laid(text, Look::Output))
}

/// Prints a value as indented JSON.
pub fn print_json<T: Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    page(&clean_json(&text.map_err(|fault| Failure::unexpected(fault.to_string()))?))
}

/// Prints a message to the standard error output; if that is closed there is
/// nobody to tell.
pub fn complain(text: &str) {
    complain_as_it_is(&laid(text, Look::Error));
}

/// Prints why a command did not succeed.
pub fn tell(failure: &Failure) {
    match failure.faults() {
        Some(faults) => complain_as_it_is(&faults.render(Look::Error.is_coloured(), Look::Error.width())),
        None if failure.message().is_empty() => {}
        None => complain(failure.message()),
    }
}

/// As [`complain`], for a message with colours that hold no text of a person.
pub fn complain_in_colours(text: &str) {
    complain_as_it_is(&Look::Error.width().map_or_else(|| text.to_owned(), |width| wrapped(text, width)));
}

/// As [`complain`], for a message that is laid out already.
fn complain_as_it_is(text: &str) {
    let text = clean_coloured(text);
    let _ = aside(|| writeln!(std::io::stderr().lock(), "{}", text.trim_end()));
}

/// The text without what would command the terminal, in lines that fit.
fn laid(text: &str, look: Look) -> String {
    let text = clean(text);
    match look.width() {
        Some(width) => wrapped(&text, width),
        None => text,
    }
}
