//! From an input file to a finished results folder.
//!
//! Each job is a function that takes a request, a [`Setting`] and a listener to
//! [`Event`]s, and gives what it left on disk with the numbers of the answer:
//!
//! - [`run()`]: an experiment file → recordings, findings, report;
//! - [`patch()`]: an experiment file → virtual whole-cell recordings, likewise;
//! - [`power()`]: an experiment file → what it can find, and what it needs;
//! - [`sensitivity()`]: an experiment file → what each of its parameters does;
//! - [`analyse_study`]: a study file → recordings of a rig, findings, report;
//! - [`analyse_folder`]: a results folder → its findings again;
//! - [`fit()`]: a study file → the model fitted to it, beside the recordings;
//! - [`report()`]: a results folder → its figures and report again.
//!
//! [`read_plan`] and [`library()`] read what the jobs begin with. Whether a results
//! folder that exists is refused, gone on with or replaced is the
//! [`Mode`](results::Mode) of the request. Nothing here prints, and no result depends on
//! the number of threads.

mod error;
mod event;
mod experiments;
mod folder;
mod read;
mod recordings;
mod report;
mod setting;

pub use crate::error::LaboratoryError;
pub use crate::event::{Event, Listener, Stage};
pub use crate::experiments::patch::{PatchFinished, PatchRequest, patch};
pub use crate::experiments::posterior::{PosteriorRequest, search_posterior};
pub use crate::experiments::power::{PowerFinished, PowerRequest, PowerSource, power};
pub use crate::experiments::prediction::Draws;
pub use crate::experiments::run::{RunFinished, RunRequest, run};
pub use crate::experiments::sensitivity::{SensitivityFinished, SensitivityRequest, sensitivity};
pub use crate::experiments::times::Times;
pub use crate::read::{library, read_plan};
pub use crate::recordings::analyse::{Reanalysed, StudyFinished, StudyRequest, analyse_folder, analyse_study};
pub use crate::recordings::fit::{FitFinished, FitRequest, fit};
pub use crate::recordings::held::HeldRecording;
pub use crate::report::report;
pub use crate::setting::{Setting, cores, with_threads};
