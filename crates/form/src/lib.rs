//! A file that a person wrote, read key by key: where a fault lies, what was
//! found, what is accepted, how to put it right, and what was probably meant.
//!
//! - [`read_text`]: a file → text, or why it is none;
//! - [`read`]: text → whatever a reader makes of its [`Section`]s, or all [`Faults`];
//! - [`describe`]: a reader → the keys it asks for, as a JSON Schema too;
//! - [`unfit_name`], [`unfit_line`]: why a text cannot be printed as a name or a line;
//! - [`nearest`], [`alike`]: the known names that a word was probably meant for.
//!
//! Nothing here knows what a key means or what holds where a file is silent.

mod document;
mod fault;
mod faults;
mod page;
mod place;
mod schema;
mod section;
mod shape;
mod source;
mod values;
mod words;

pub use document::{describe, read};
pub use fault::Fault;
pub use faults::Faults;
pub use page::{At, Page};
pub use place::line_and_column;
pub use section::{Section, unknown};
pub use shape::Shape;
pub use source::{FileKind, STANDARD_INPUT, SourceError, read_text, shown, standard_input};
pub use words::name::{LONGEST_LINE, LONGEST_NAME, fit_name, is_of_a_line, unfit_line, unfit_name};
pub use words::nearest::{alike, nearest};
