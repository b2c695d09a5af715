//! A table as CSV and as Parquet, in memory and as a file.
//!
//! The bytes written depend on the content only. Floats are written with the
//! fewest digits that read back exactly. A missing value, a NaN and an empty
//! text are an empty cell in CSV, and come back as `None`.

use crate::atomic;
use crate::error::store::StoreError;
use crate::error::table::TableError;
use crate::input;
use crate::table::table::Table;
use crate::table::{csv, parquet};
use std::path::Path;

impl Table {
    /// The table as CSV: comma, quotation marks where needed, line feed.
    ///
    /// # Errors
    /// [`TableError::Csv`] if a value cannot be written.
    pub fn to_csv(&self) -> Result<Vec<u8>, TableError> {
        csv::write(self)
    }

    /// Reads CSV with a header line. The separator is the comma, or the
    /// semicolon or tab if the header has no comma; with a semicolon, decimals
    /// may have a comma. A column whose cells are all whole numbers, numbers or
    /// `true`/`false` gets that kind; empty cells, `NA` and `NaN` are missing.
    ///
    /// # Errors
    /// [`TableError::Csv`] with the line; [`TableError::Twice`].
    pub fn from_csv(bytes: &[u8]) -> Result<Self, TableError> {
        csv::read(bytes)
    }

    /// The table as a Parquet file that any reader opens, with a checksum inside.
    ///
    /// # Errors
    /// [`TableError::Parquet`] if a value cannot be written.
    pub fn to_parquet(&self) -> Result<Vec<u8>, TableError> {
        parquet::write(self)
    }

    /// Reads a Parquet file that [`Table::to_parquet`] gave; files of other writers
    /// have no checksum and are refused.
    ///
    /// # Errors
    /// [`TableError::Parquet`].
    pub fn from_parquet(bytes: &[u8]) -> Result<Self, TableError> {
        parquet::read(bytes)
    }

    /// Reads a Parquet file of any program: flat columns of numbers, texts and truth
    /// values. What its headers promise must fit into the file.
    ///
    /// # Errors
    /// [`TableError::Parquet`] with the place; [`TableError::Kind`] for a column of
    /// another kind.
    pub fn from_foreign_parquet(bytes: &[u8]) -> Result<Self, TableError> {
        parquet::read_foreign(bytes)
    }

    /// Writes [`Table::to_csv`] to a file that is whole or absent.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] or [`StoreError::Table`].
    pub fn write_csv(&self, path: &Path) -> Result<(), StoreError> {
        atomic::write(path, &self.to_csv().map_err(|fault| StoreError::table(path, fault))?)
    }

    /// Writes [`Table::to_parquet`] to a file that is whole or absent.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] or [`StoreError::Table`].
    pub fn write_parquet(&self, path: &Path) -> Result<(), StoreError> {
        atomic::write(path, &self.to_parquet().map_err(|fault| StoreError::table(path, fault))?)
    }

    /// Reads a CSV file; see [`Table::from_csv`].
    ///
    /// # Errors
    /// [`StoreError`] with the path.
    pub fn read_csv(path: &Path) -> Result<Self, StoreError> {
        Self::from_csv(&bytes(path)?).map_err(|fault| StoreError::table(path, fault))
    }

    /// Reads a Parquet file; see [`Table::from_parquet`].
    ///
    /// # Errors
    /// [`StoreError`] with the path.
    pub fn read_parquet(path: &Path) -> Result<Self, StoreError> {
        Self::from_parquet(&bytes(path)?).map_err(|fault| StoreError::table(path, fault))
    }

    /// Reads a Parquet file of any program; see [`Table::from_foreign_parquet`].
    ///
    /// # Errors
    /// [`StoreError`] with the path.
    pub fn read_foreign_parquet(path: &Path) -> Result<Self, StoreError> {
        Self::from_foreign_parquet(&bytes(path)?).map_err(|fault| StoreError::table(path, fault))
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    input::read(path, input::LARGEST).map_err(|source| StoreError::reading(path, "a table", source))
}
