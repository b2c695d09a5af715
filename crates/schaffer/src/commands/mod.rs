//! What each command does: reads what was typed, lets the crates work, prints.
//! One file for each command, or for a few that belong together.

pub mod bench;
pub mod experiments;
pub mod files;
pub mod library;
pub mod outcomes;
pub mod recordings;
pub mod rule;
pub mod setting;
pub mod stats;
