//! `schaffer bench`: models of known effort, timed on this machine.

mod b1;
mod clock;

use crate::cli::Bench;
use crate::failure::Failure;

/// Runs a bench.
pub fn bench(arguments: &Bench) -> Result<(), Failure> {
    match arguments {
        Bench::B1(arguments) => b1::b1(arguments),
    }
}
