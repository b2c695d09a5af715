//! How many threads a command may take.

use clap::builder::RangedI64ValueParser;

/// A number of threads.
pub fn threads() -> RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=1024)
}
