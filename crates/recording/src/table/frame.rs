//! The only door to the data-frame package: whole Parquet files in memory.

use crate::caught::caught;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{DataFrame, IdxCa, IntoColumn, NamedFrom, PlSmallStr, PolarsError, PolarsResult, Series};
use polars_io::SerReader;
use polars_io::parquet::write::BatchedWriter;
use polars_io::prelude::{ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter, StatisticsOptions};
use std::io::{Cursor, Write};

/// Level of Zstandard. Of 285 sweeps of 500 noisy samples, level 1 makes 237 kB
/// in 5.1 ms and level 3 makes 224 kB in 6.7 ms; LZ4 makes 328 kB in 3.7 ms, and
/// without compression it is 587 kB in 2.8 ms (one busy core).
const LEVEL: i32 = 1;

/// Writes a Parquet file: one row group, Zstandard. The bytes depend on the
/// content only.
pub(crate) fn to_parquet(frame: &mut DataFrame) -> PolarsResult<Vec<u8>> {
    let rows = frame.height().max(1);
    let mut bytes = Vec::new();
    writer(&mut bytes)?.with_row_group_size(Some(rows)).finish(frame)?;
    Ok(bytes)
}

fn writer<W: Write>(target: W) -> PolarsResult<ParquetWriter<W>> {
    let level = ZstdLevel::try_new(LEVEL)?;
    Ok(ParquetWriter::new(target)
        .with_compression(ParquetCompression::Zstd(Some(level)))
        .with_statistics(StatisticsOptions::empty())
        // Slices are stored by many threads at once; each stays on its own.
        .set_parallel(false))
}

/// A Parquet file that grows by row groups.
pub(crate) struct Groups<W: Write> {
    writer: BatchedWriter<W>,
}

impl<W: Write> Groups<W> {
    /// Begins a file of frames with the columns of `first`.
    pub(crate) fn begin(target: W, first: &DataFrame) -> PolarsResult<Self> {
        Ok(Self { writer: writer(target)?.batched(first.schema())? })
    }

    /// Adds a row group.
    pub(crate) fn add(&mut self, group: &mut DataFrame) -> PolarsResult<()> {
        group.rechunk_mut();
        self.writer.write_batch(group)
    }

    /// Writes the footer.
    pub(crate) fn finish(self) -> PolarsResult<()> {
        self.writer.finish().map(|_| ())
    }
}

/// Most bytes that a Parquet file may unfold to: a few bytes can stand for a gigabyte.
const LARGEST_DECODED: u64 = 1 << 30;

/// What the footer says of the values: eight bytes each, or more if they are long.
fn decoded_bytes(reader: &mut ParquetReader<Cursor<&[u8]>>) -> PolarsResult<u64> {
    let groups = &reader.get_metadata()?.row_groups;
    let of_group = |rows: usize, columns: usize, stored: usize| {
        (rows as u64).saturating_mul(columns as u64).saturating_mul(8).max(stored as u64)
    };
    let sizes = groups.iter().map(|group| of_group(group.num_rows(), group.n_columns(), group.total_byte_size()));
    Ok(sizes.fold(0, u64::saturating_add))
}

/// Reads a Parquet file. The reader panics, or asks for exabytes, on some
/// damaged bytes: verify a checksum or the headers first.
pub(crate) fn from_parquet(bytes: &[u8]) -> Result<DataFrame, String> {
    let read = || {
        let mut reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
        let decoded = decoded_bytes(&mut reader)?;
        if decoded > LARGEST_DECODED {
            let sizes = format!("{} MB of values; at most {} MB are read", decoded >> 20, LARGEST_DECODED >> 20);
            return Err(PolarsError::ComputeError(sizes.into()));
        }
        reader.set_rechunk(true).finish()
    };
    match caught(read) {
        Ok(Ok(frame)) => Ok(frame),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(String::from("content that cannot be decoded")),
    }
}

/// Starts the threads of the data-frame package, which panics where they are refused;
/// whether they were granted. It takes as many as there are cores, or as the environment
/// variable `POLARS_MAX_THREADS` says, and it needs one.
pub fn has_threads() -> bool {
    let ask = || -> PolarsResult<DataFrame> {
        let one = Series::new(PlSmallStr::from_static("one"), [1.0]).into_column();
        // Of the short operations one that asks for the threads.
        DataFrame::new(1, vec![one])?.take(&IdxCa::from_vec(PlSmallStr::EMPTY, vec![0]))
    };
    caught(ask).is_ok()
}
