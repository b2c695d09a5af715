//! Tables written part by part, so that no table need fit into memory. The files
//! appear whole when they are finished, with the bytes that the whole table would
//! have given.

use crate::atomic::Growing;
use crate::error::store::StoreError;
use crate::error::table::TableError;
use crate::table::table::Table;
use crate::table::{csv, frame, parquet, seal};
use polars::prelude::DataFrame;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rows after which a Parquet file begins a new row group.
const ROW_GROUP: usize = 131_072;

/// A CSV file under way.
#[derive(Debug)]
pub struct CsvStream {
    path: PathBuf,
    file: Growing,
    begun: bool,
}

impl CsvStream {
    /// Begins the file.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { path: path.to_owned(), file: Growing::create(path)?, begun: false })
    }

    /// Adds the rows of a part; all parts have the same columns.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] or [`StoreError::Table`].
    pub fn add(&mut self, part: &Table) -> Result<(), StoreError> {
        let bytes = csv::write(part).map_err(|fault| StoreError::table(&self.path, fault))?;
        let header = if self.begun { bytes.iter().position(|&byte| byte == b'\n').map_or(0, |end| end + 1) } else { 0 };
        self.begun = true;
        self.file.write_all(&bytes[header..]).map_err(StoreError::writing(&self.path))
    }

    /// The file is complete.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn finish(self) -> Result<(), StoreError> {
        self.file.finish()
    }
}

/// A Parquet file under way. Up to 131 072 rows are held back for a row group.
pub struct ParquetStream {
    path: PathBuf,
    file: Growing,
    writer: Option<frame::Groups<File>>,
    held: Option<DataFrame>,
}

impl ParquetStream {
    /// Begins the file.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { path: path.to_owned(), file: Growing::create(path)?, writer: None, held: None })
    }

    /// Adds the rows of a part; all parts have the same columns.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] or [`StoreError::Table`].
    pub fn add(&mut self, part: &Table) -> Result<(), StoreError> {
        let part = parquet::data_frame(part).map_err(|fault| StoreError::table(&self.path, fault))?;
        let held = match self.held.take() {
            None => part,
            Some(mut held) => {
                held.vstack_mut(&part).map_err(|fault| self.fault(&fault))?;
                held
            }
        };
        if held.height() >= ROW_GROUP {
            return self.write(held);
        }
        self.held = Some(held);
        Ok(())
    }

    /// The file is complete: seals it.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] or [`StoreError::Table`].
    pub fn finish(mut self) -> Result<(), StoreError> {
        if let Some(held) = self.held.take() {
            self.write(held)?;
        }
        if let Some(writer) = self.writer.take() {
            writer.finish().map_err(|fault| self.fault(&fault))?;
        }
        let sealed = self.file.file().and_then(seal::seal_file).map_err(StoreError::writing(&self.path))?;
        if !sealed {
            return Err(StoreError::table(&self.path, TableError::Parquet(String::from("no footer was written"))));
        }
        self.file.finish()
    }

    fn write(&mut self, mut group: DataFrame) -> Result<(), StoreError> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let file = self.file.file().and_then(|file| file.try_clone());
                let file = file.map_err(StoreError::writing(&self.path))?;
                let groups = frame::Groups::begin(file, &group)
                    .map_err(|fault| StoreError::table(&self.path, TableError::Parquet(fault.to_string())))?;
                none.insert(groups)
            }
        };
        let written = writer.add(&mut group);
        written.map_err(|fault| StoreError::table(&self.path, TableError::Parquet(fault.to_string())))
    }

    fn fault(&self, fault: &dyn std::fmt::Display) -> StoreError {
        StoreError::table(&self.path, TableError::Parquet(fault.to_string()))
    }
}
