//! Foreign files to recordings, and results to foreign tables.
//!
//! - [`TraceFile`]: sweeps of any supported recording file;
//! - [`TimeCourseTable`]: spreadsheets of measured values;
//! - [`inspect`] and [`abf`]: files of pCLAMP (ABF 1 and 2);
//! - [`csv`]: why a text table is no table of sweeps, and units of its times;
//! - [`nwb`]: NWB files read and written;
//! - [`tables`]: results as XLSX, CSV, Parquet;
//! - [`prism`]: results as tables in the shapes that GraphPad Prism takes.

pub mod abf;
mod axograph;
mod binary;
mod cfs;
pub mod csv;
mod date;
mod error;
mod heading;
mod heka;
mod igor;
mod inspection;
mod mcs;
pub mod nwb;
mod open;
pub mod prism;
mod sheet;
mod sweeps;
pub mod tables;
mod text;
mod time_course;
mod wcp;

pub use crate::error::exchange::ExchangeError;
pub use crate::inspection::inspect::{inspect, inspect_stated};
pub use crate::inspection::kinds::{AxonDetails, InspectedChannel, InspectedTag, Inspection, TableColumn};
pub use crate::open::bridge::is_named_as_recording;
pub use crate::open::file::TraceFile;
pub use crate::open::kind::read_table;
pub use crate::open::table::Stated;
pub use crate::sheet::sheet::Sheet;
pub use crate::sweeps::head::{SweepNote, Tag, TraceChannel};
pub use crate::time_course::kinds::{Scale, TimeCourse};
pub use crate::time_course::long::LongColumns;
pub use crate::time_course::wide::TimeCourseTable;
