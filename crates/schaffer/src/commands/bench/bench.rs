//! `schaffer bench`: models of known effort, timed on this machine.

use crate::commands::bench::b1;
use crate::commands::bench::growth;

use crate::cli::Bench;
use crate::failure::Failure;
use std::path::Path;

/// Runs a bench.
pub fn bench(arguments: &Bench) -> Result<(), Failure> {
    match arguments {
        Bench::B1(arguments) => b1::b1(arguments),
        Bench::Growth(arguments) => growth::growth(arguments),
    }
}

/// A file that cannot be written, with what the system said.
pub(crate) fn unwritable(path: &Path, fault: &dyn std::error::Error) -> Failure {
    let cause = fault.source().map_or_else(|| fault.to_string(), ToString::to_string);
    Failure::output(format!("{} cannot be written: {cause}", path.display()))
}
