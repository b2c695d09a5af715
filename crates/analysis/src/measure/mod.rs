//! TODO: what the room `measure` holds.

pub(crate) mod control;
pub mod input_output;
pub(crate) mod measure;
pub mod measures;
pub mod overrides;
pub mod quality;
pub(crate) mod summary;
pub mod table_course;

pub use measure::{measure, measure_with};
