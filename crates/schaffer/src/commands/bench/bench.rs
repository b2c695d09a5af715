//! `schaffer bench`: models of known effort, timed on this machine.

use crate::arguments::bench::Bench;
use crate::commands::bench::{b1, growth};
use crate::failure::Failure;

/// Runs a bench.
pub fn bench(arguments: &Bench) -> Result<(), Failure> {
    match arguments {
        Bench::B1(arguments) => b1::b1(arguments),
        Bench::Growth(arguments) => growth::growth(arguments),
    }
}
