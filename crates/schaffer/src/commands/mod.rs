//! What each command does: reads what was typed, lets the crates work, prints.
//! One file for each command, or for a few that belong together.

pub mod bench;
pub mod experiments;
pub mod library;
pub mod mode;
pub mod outcomes;
pub mod reading;
pub mod recordings;
pub mod rule;
pub mod shell;
pub mod stats;
pub mod threads;
