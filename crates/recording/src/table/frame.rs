//! The only door to the data-frame package: whole Parquet files in memory.

use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{DataFrame, PolarsResult};
use polars_io::SerReader;
use polars_io::parquet::write::BatchedWriter;
use polars_io::prelude::{ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter, StatisticsOptions};
use std::io::{Cursor, Write};
use std::thread;

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

/// Name of the thread that reads Parquet. The package panics on some damaged files,
/// which ends this thread and becomes an error: a program may keep the message that
/// a panic prints from its user.
pub const PARQUET_THREAD: &str = "parquet reader";

/// Reads a Parquet file. The reader panics, or asks for exabytes, on some
/// damaged bytes: verify a checksum or the headers first.
pub(crate) fn from_parquet(bytes: &[u8]) -> Result<DataFrame, String> {
    let read = || {
        let reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
        reader.set_rechunk(true).finish()
    };
    let joined = thread::scope(|scope| {
        let reader = thread::Builder::new().name(PARQUET_THREAD.to_owned());
        reader.spawn_scoped(scope, read).map(thread::ScopedJoinHandle::join)
    });
    match joined {
        Ok(Ok(Ok(frame))) => Ok(frame),
        Ok(Ok(Err(error))) => Err(error.to_string()),
        Ok(Err(_)) => Err(String::from("content that cannot be decoded")),
        Err(error) => Err(error.to_string()),
    }
}
