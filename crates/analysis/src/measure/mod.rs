//! A row per sweep and a row per slice: baseline, drift, volley, potentiation,
//! quality and exclusion.

pub(crate) mod broken;
pub(crate) mod control;
pub mod input_output;
pub(crate) mod measure;
pub(crate) mod measures;
pub mod overrides;
pub(crate) mod quality;
pub(crate) mod regression;
pub(crate) mod several;
pub(crate) mod spread;
pub(crate) mod summary;
pub mod table_course;

pub use measure::measure;
