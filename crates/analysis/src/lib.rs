//! fEPSP measurement, baseline, potentiation, exclusion and findings. Sees
//! recordings only, simulated or real; never the model.
//!
//! - [`measure()`]: one recording → a row per sweep and a row per slice;
//! - [`conclude()`]: the slices of an experiment → findings;
//! - [`power::power()`]: what an experiment can find, and what it needs;
//! - [`analyse_folder()`]: a results folder → tables and `findings.json`.

mod cells;
mod clock;
mod comparing;
mod contrasts;
mod control;
mod course;
mod diagnostics;
mod dose;
mod error;
mod estimation;
mod groups;
mod interactions;
mod ledger;
mod model;
mod number;
mod pathways;
mod slope;
mod smoothing;
mod stretches;
mod summary;
mod template;
mod warnings;
mod words;

pub mod average;
pub mod conclude;
pub mod detect;
pub mod evoked;
pub mod findings;
pub mod folder;
pub mod input_output;
pub mod measure;
pub mod measures;
pub mod overrides;
pub mod patch;
pub mod power;
pub mod quality;
pub mod required;
pub mod resistance;
pub mod response;
pub mod sensitivity;
pub mod table_course;
pub mod tables;
pub mod volley;
pub mod waveform;

pub use conclude::conclude;
pub use error::AnalysisError;
pub use findings::Findings;
pub use folder::analyse_folder;
pub use measure::measure;
pub use measures::{MeasureRow, Measured, SliceRow, SlopeSource};
