//! TODO: what the room `table` holds.

pub(crate) mod csv;
pub(crate) mod foreign;
pub(crate) mod frame;
pub mod line;
pub(crate) mod parquet;
pub(crate) mod seal;
pub(crate) mod stream;
pub(crate) mod table;
pub(crate) mod thrift;

pub use crate::table::stream::{CsvStream, ParquetStream};
pub use table::{Column, Table, TableError};
