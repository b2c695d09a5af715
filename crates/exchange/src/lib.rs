//! Foreign files to recordings, and results to foreign tables.
//!
//! - [`TraceFile`]: sweeps of any supported recording file;
//! - [`TimeCourseTable`]: spreadsheets of measured values;
//! - [`inspect`] and [`abf`]: files of pCLAMP (ABF 1 and 2);
//! - [`csv`]: sweeps from text tables with stated columns and units;
//! - [`nwb`]: NWB files read and written;
//! - [`tables`]: results as XLSX, CSV, Parquet;
//! - [`prism`]: results as tables in the shapes that GraphPad Prism takes.

pub mod abf;
pub mod csv;
mod error;
mod heading;
mod inspection;
pub mod nwb;
pub mod prism;
pub mod tables;
mod text;
mod time_course;
mod trace;

pub use error::ExchangeError;
pub use time_course::{LongColumns, Scale, TimeCourse, TimeCourseTable};
pub use trace::{Stated, SweepNote, Tag, TraceChannel, TraceFile};

pub use inspection::{AxonDetails, InspectedChannel, InspectedTag, Inspection, TableColumn, inspect, inspect_stated};
