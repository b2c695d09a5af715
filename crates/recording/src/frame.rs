//! The only door to the data-frame package: whole Parquet files in memory.

use polars::prelude::{DataFrame, PolarsResult};
use polars_io::SerReader;
use polars_io::prelude::{ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter, StatisticsOptions};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Writes a Parquet file: one row group, Zstandard. The bytes depend on the
/// content only.
pub(crate) fn to_parquet(frame: &mut DataFrame) -> PolarsResult<Vec<u8>> {
    let rows = frame.height().max(1);
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_statistics(StatisticsOptions::empty())
        .with_row_group_size(Some(rows))
        // Slices are stored by many threads at once; each stays on its own.
        .set_parallel(false)
        .finish(frame)?;
    Ok(bytes)
}

/// Reads a Parquet file. The reader panics, or asks for exabytes, on some
/// damaged bytes: verify a checksum first.
pub(crate) fn from_parquet(bytes: &[u8]) -> Result<DataFrame, String> {
    let read = || {
        let reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
        reader.set_rechunk(true).finish()
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(frame)) => Ok(frame),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(String::from("content that cannot be decoded")),
    }
}
