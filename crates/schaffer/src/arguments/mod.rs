//! What can be typed after each command, and what stands in its help.

pub mod bench;
pub mod check_level;
pub mod exit_codes;
pub mod files;
pub mod look;
pub mod outcomes;
pub mod power;
pub mod recordings;
pub mod records;
pub mod rule;
pub mod run;
pub mod sensitivity;
pub mod stats;
pub mod threads;
mod words_of_stats;
