//! Tables written part by part, so that no table need fit into memory. The files
//! appear whole when they are finished, with the bytes that the whole table would
//! have given.

use crate::atomic::Growing;
use crate::error::store::StoreError;
use crate::error::table::TableError;
use crate::table::table::Table;
use crate::table::{csv, frame, parquet, seal};
use polars::prelude::DataFrame;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

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
    writer: Option<frame::Groups<Watched>>,
    refused: Refusal,
    held: Option<DataFrame>,
}

impl ParquetStream {
    /// Begins the file.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            path: path.to_owned(),
            file: Growing::create(path)?,
            writer: None,
            refused: Refusal::default(),
            held: None,
        })
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
                let file = Watched { file, refused: Arc::clone(&self.refused) };
                let groups = frame::Groups::begin(file, &group);
                none.insert(groups.map_err(|fault| fault_of(&self.path, &self.refused, &fault))?)
            }
        };
        let written = writer.add(&mut group);
        written.map_err(|fault| fault_of(&self.path, &self.refused, &fault))
    }

    fn fault(&self, fault: &dyn Display) -> StoreError {
        fault_of(&self.path, &self.refused, fault)
    }
}

/// What the system refused to write, if it did.
type Refusal = Arc<Mutex<Option<io::Error>>>;

/// A file that remembers what the system refused: the data-frame package makes a fault of
/// Parquet of it.
struct Watched {
    file: File,
    refused: Refusal,
}

impl Watched {
    /// Keeps the first refusal.
    fn watch<T>(&self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let kind = error.kind();
            if kind == io::ErrorKind::Interrupted {
                return error;
            }
            let told = io::Error::new(kind, error.to_string());
            self.refused.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            told
        })
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.watch(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.watch(flushed)
    }
}

/// The fault of a file: what the system refused, else what the package says.
fn fault_of(path: &Path, refused: &Refusal, fault: &dyn Display) -> StoreError {
    match refused.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(source) => StoreError::Unwritable { path: path.to_owned(), source },
        None => StoreError::table(path, TableError::Parquet(fault.to_string())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    /// `/dev/full` has no space for a single byte.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_called_full() {
        let refused = Refusal::default();
        let file = Watched { file: File::options().write(true).open("/dev/full").unwrap(), refused: refused.clone() };
        let part = Table::new().with("a", vec![1.0, 2.0]).unwrap();
        let mut part = parquet::data_frame(&part).unwrap();
        let told = frame::Groups::begin(file, &part).and_then(|mut groups| {
            groups.add(&mut part)?;
            groups.finish()
        });
        let fault = fault_of(Path::new("rows.parquet"), &refused, &told.unwrap_err());
        assert!(matches!(&fault, StoreError::Unwritable { source, .. } if source.kind() == io::ErrorKind::StorageFull));
        assert!(fault.to_string().contains("No space left"), "{fault}");
    }
}
