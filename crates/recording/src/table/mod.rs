//! Tables of named columns as CSV and Parquet; the only door to the data-frame
//! package.

pub(crate) mod csv;
pub(crate) mod doors;
pub(crate) mod foreign;
pub(crate) mod frame;
pub mod inert;
pub mod line;
pub(crate) mod parquet;
pub(crate) mod records;
pub(crate) mod seal;
pub(crate) mod stream;
pub(crate) mod table;
pub(crate) mod thrift;

pub use crate::error::table::TableError;
pub use records::records;
pub use stream::{CsvStream, ParquetStream};
pub use table::{Column, Table};
