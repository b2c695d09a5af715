//! The tables of a results folder as a workbook (XLSX), CSV or Parquet.

pub(crate) mod error;
pub(crate) mod export;
pub(crate) mod workbook;

pub use crate::tables::error::TablesError;
pub use crate::tables::export::{Shape, export};
