//! fEPSP measurement, baseline, potentiation, exclusion and findings. Sees
//! recordings only, simulated or real; never the model.
//!
//! - [`measure()`]: one recording → a row per sweep and a row per slice;
//! - [`conclude()`]: the slices of an experiment → findings;
//! - [`power::power()`]: what an experiment can find, and what it needs;
//! - [`analyse_folder()`]: a results folder → tables and `findings.json`.

pub mod conclude;
mod error;
pub mod findings;
pub mod folder;
pub mod measure;
pub mod outcomes;
pub mod patch;
pub mod power;
pub mod sweep;
mod words;

pub use crate::conclude::conclude::conclude;
pub use crate::findings::findings::Findings;
pub use crate::folder::folder::analyse_folder;
pub use crate::measure::broken::Rule;
pub use crate::measure::measure::measure;
pub use crate::measure::measures::{MeasureRow, Measured, SliceRow, SlopeSource};
pub use error::AnalysisError;

pub use conclude::compare::required;
pub use measure::input_output;
pub use measure::overrides;
pub use measure::table_course;
pub use outcomes::curves;
pub use outcomes::pulses;
pub use sweep::average;
pub use sweep::detect;
pub use sweep::evoked;
pub use sweep::gap_free;
pub use sweep::resistance;
pub use sweep::waveform;
