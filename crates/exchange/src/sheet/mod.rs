//! Spreadsheets as people keep them: text in several codings and separators, XLSX and
//! ODS, with captions, merged titles, rows of units, decimal commas and marks for
//! missing values; in the end one table of named columns.

pub(crate) mod encoding;
pub(crate) mod grid;
pub(crate) mod numbers;
pub(crate) mod sheet;
pub(crate) mod titles;
pub(crate) mod typed;
pub(crate) mod workbook;
