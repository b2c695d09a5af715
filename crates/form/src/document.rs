//! From the text of a file to what a reader makes of it, and from a reader to what it
//! asks for.

use crate::fault::Fault;
use crate::faults::Faults;
use crate::page::Page;
use crate::section::Section;
use crate::shape::Shape;
use toml::de::{DeTable, Error as Syntax};

/// Reads a TOML text with `reader`, which is given all of the file as one
/// section and closes it. `file_name` appears in the messages.
///
/// # Errors
/// All faults: those of the TOML itself, else those that the reader noted.
pub fn read<T>(text: &str, file_name: &str, reader: impl FnOnce(Section<'_>) -> Option<T>) -> Result<T, Faults> {
    let (document, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        // What is left after a syntax error is a guess; faults found in it would mislead.
        let list = syntax.iter().map(|error| syntax_fault(text, error)).collect();
        return Err(Faults::new(file_name, text, list));
    }
    let page = Page::new(text);
    let found = reader(Section::new(&page, "the file", 0..0, document.get_ref()));
    let faults = page.into_faults();
    match found {
        Some(found) if faults.is_empty() => Ok(found),
        _ => Err(Faults::new(file_name, text, faults)),
    }
}

/// The tables that a reader of [`read`] asks for. The reader is run without a
/// file: every key is there and none has a value, so it must ask for all of its keys
/// before it gives up for want of one.
pub fn describe<T>(reader: impl FnOnce(Section<'_>) -> Option<T>) -> Shape {
    let (page, entries, shape) = (Page::new(""), DeTable::new(), Shape::default());
    reader(Section::described(&page, "the file", &entries, shape.clone()));
    shape
}

/// A fault of the TOML itself.
fn syntax_fault(text: &str, error: &Syntax) -> Fault {
    let span = error.span().unwrap_or(0..0);
    let begins_with_letter = |rest: &str| rest.starts_with(|first: char| first.is_alphabetic() || first == '%');
    let naked = error.message().contains("quoted") || text.get(span.start..).is_some_and(begins_with_letter);
    let fault = Fault::at(span, format!("this is not TOML: {}", error.message())).found("here");
    if naked { fault.remedy("texts and quantities stand in quotes, e.g. baseline = \"20 min\"") } else { fault }
}
