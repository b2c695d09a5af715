//! The experiment file, its plan and the run that turns it into recordings.
//!
//! - [`read_text`]: a file → text;
//! - [`read()`]: text → [`Plan`], or every [`Fault`] with line and remedy;
//! - [`Plan::describe`]: the plan in words;
//! - [`run()`]: plan → recordings on disk, slice by slice, in events;
//! - [`in_memory()`]: plan → recordings handed over one by one, nothing stored.
//!
//! Nothing here measures, tests or draws; nothing prints.

mod csv;
mod describe;
mod evidence;
mod fault;
mod folder;
mod identity;
mod in_memory;
mod library;
mod log;
mod manifest;
mod pairing;
mod patch_results;
mod read;
mod schedule;
mod section;
mod slice;
mod solution;
mod source;
mod summary;

pub mod mechanism;
pub mod patch;
pub mod physiology;
pub mod plan;
pub mod protocol;
pub mod run;

pub use fault::{Fault, Faults};
pub use folder::Mode;
pub use identity::slices;
pub use in_memory::{InMemoryFailure, in_memory};
pub use library::{FolderError, UserFolder, folder_named_in};
pub use log::note_in;
pub use manifest::manifest;
pub use pairing::PostSpikes;
pub use patch_results::{patch_manifest, rig};
pub use plan::Plan;
pub use read::{read, read_with};
pub use run::{RunError, RunEvent, RunOptions, RunSummary, run};
pub use schedule::Schedule;
pub use slice::SliceFailure;
pub use solution::Solution;
pub use source::{LARGEST_BYTES, SourceError, read_text};
