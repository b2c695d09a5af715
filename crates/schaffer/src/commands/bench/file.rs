//! Files that a bench writes.

use crate::failure::Failure;
use std::path::Path;

/// A file that cannot be written, with what the system said.
pub fn unwritable(path: &Path, fault: &dyn std::error::Error) -> Failure {
    let cause = fault.source().map_or_else(|| fault.to_string(), ToString::to_string);
    Failure::output(format!("{} cannot be written: {cause}", path.display()))
}
