//! The experiment file, its plan and the run that turns it into recordings.
//!
//! - [`read_text`]: a file → text;
//! - [`read()`]: text → [`Plan`], or every [`form::Fault`] with line and remedy;
//! - [`Plan::describe`]: the plan in words;
//! - [`run()`]: plan → recordings on disk, slice by slice, in events;
//! - [`in_memory()`]: plan → recordings handed over one by one, nothing stored.
//!
//! Nothing here measures, tests or draws; nothing prints.

mod evidence;
pub mod plan;
mod read;
pub mod run;

pub use crate::evidence::manifest::manifest;
pub use crate::evidence::patch::{patch_manifest, rig};
pub use crate::plan::identity::slices;
pub use crate::plan::pairing::PostSpikes;
pub use crate::plan::plan::Plan;
pub use crate::plan::schedule::Schedule;
pub use crate::plan::solution::Solution;
pub use crate::read::file::{read, read_text, read_with};
pub use crate::read::library::{FolderError, UserFolder, folder_named_in};
pub use crate::run::in_memory::{InMemoryFailure, in_memory};
pub use crate::run::run::{RunError, RunEvent, RunOptions, RunSummary, run};
pub use crate::run::slice::SliceFailure;

pub use plan::protocol;
pub use run::patch;
