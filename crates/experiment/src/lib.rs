//! The experiment file, its plan and the run that turns it into recordings.
//!
//! - [`read_text`]: a file → text;
//! - [`read()`]: text → [`Plan`], or every [`form::Fault`] with line and remedy;
//! - [`shape`]: the keys that the reader asks for, as an editor needs them;
//! - [`Plan::describe`]: the plan in words;
//! - [`run()`]: plan → its results folder, slice by slice, in events;
//! - [`Run`]: the loop alone, for slices as for patched [`Cells`];
//! - [`in_memory()`]: plan → recordings handed over one by one, nothing stored.
//!
//! Nothing here measures, tests or draws; nothing prints.

mod error;
mod evidence;
mod exposure;
pub mod plan;
mod read;
mod run;

pub use crate::error::RunError;
pub use crate::evidence::manifest::manifest;
pub use crate::evidence::opening::Opening;
pub use crate::plan::identity::slices;
pub use crate::plan::pairing::PostSpikes;
pub use crate::plan::plan::Plan;
pub use crate::plan::prediction::PredictionPlan;
pub use crate::plan::protocol;
pub use crate::plan::schedule::Schedule;
pub use crate::plan::size::{MEASURING_SHARE, SECONDS_OF_REPORT};
pub use crate::plan::solution::Solution;
pub use crate::read::file::{read, read_text, read_with, shape};
pub use crate::read::library::{FolderError, UserFolder, folder_named_in};
pub use crate::read::presets::presets;
pub use crate::run::event::{RunEvent, RunOptions, RunSummary};
pub use crate::run::in_memory::{in_memory, in_memory_twins};
pub use crate::run::patch::Cells;
pub use crate::run::run::Run;
pub use crate::run::seen::Seen;
pub use crate::run::whole::run;
