//! Samples that lie at even distances in a file: interleaved channels, columns,
//! waves. They are read when they are asked for.

use crate::binary::source::{Source, beyond};
use crate::error::abf::{Fault, Problem};
use crate::error::exchange::ExchangeError;
use crate::sweeps::head::{Samples, SweepNote};
use crate::sweeps::place::SweepPlace;
use std::path::{Path, PathBuf};

/// Bytes that are read at a time, about.
const PIECE: u64 = 1 << 20;
/// Largest distance between two samples of a channel, bytes.
const FARTHEST: u64 = 1 << 16;

/// How a number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    F32,
    F64,
}

impl Stored {
    /// Bytes of a number.
    pub fn bytes(self) -> u64 {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::I32 | Self::U32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// A number; the least significant byte first.
    fn value(self, bytes: &[u8]) -> f64 {
        match (self, bytes) {
            (Self::I8, &[a]) => f64::from(a.cast_signed()),
            (Self::U8, &[a]) => f64::from(a),
            (Self::I16, &[a, b]) => f64::from(i16::from_le_bytes([a, b])),
            (Self::U16, &[a, b]) => f64::from(u16::from_le_bytes([a, b])),
            (Self::I32, &[a, b, c, d]) => f64::from(i32::from_le_bytes([a, b, c, d])),
            (Self::U32, &[a, b, c, d]) => f64::from(u32::from_le_bytes([a, b, c, d])),
            (Self::F32, &[a, b, c, d]) => f64::from(f32::from_le_bytes([a, b, c, d])),
            (Self::F64, &[a, b, c, d, e, f, g, h]) => f64::from_le_bytes([a, b, c, d, e, f, g, h]),
            _ => f64::NAN,
        }
    }
}

/// Where the samples of one channel of one sweep lie. A value is
/// `stored · scale + zero`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// Place of the first, bytes from the start of the file.
    pub offset: u64,
    /// From one to the next, bytes.
    pub stride: u64,
    pub stored: Stored,
    pub big_endian: bool,
    pub scale: f64,
    pub zero: f64,
}

/// One sweep: where its channels lie, all of one length.
#[derive(Clone, Debug, Default)]
pub(crate) struct StridedSweep {
    /// First sample, s after the start of the recording.
    pub start_s: f64,
    /// Samples of each channel.
    pub points: u64,
    /// What the file says of it.
    pub note: SweepNote,
    /// The channels; `None` if one was not recorded.
    pub traces: Vec<Option<Stretch>>,
}

/// All sweeps of a file.
#[derive(Debug)]
pub(crate) struct Strided {
    path: PathBuf,
    source: Source,
    sweeps: Vec<StridedSweep>,
}

impl Strided {
    /// Sweeps, all samples of which must lie within the file.
    pub fn new(path: &Path, source: Source, sweeps: Vec<StridedSweep>) -> Result<Self, Problem> {
        for sweep in &sweeps {
            for stretch in sweep.traces.iter().flatten() {
                check(stretch, sweep.points, source.len())?;
            }
        }
        Ok(Self { path: path.to_owned(), source, sweeps })
    }

    fn read(&self, stretch: &Stretch, points: u64, each: &mut dyn FnMut(&[f64])) -> Result<(), Problem> {
        let Stretch { mut offset, stride, stored, big_endian, scale, zero } = *stretch;
        let width = usize::try_from(stored.bytes()).unwrap_or(1);
        let step = usize::try_from(stride).unwrap_or(usize::MAX);
        let (mut left, at_once) = (points, (PIECE / stride).max(1));
        let (mut buffer, mut values) = (Vec::new(), Vec::new());
        while left > 0 {
            let count = left.min(at_once);
            // Behind the last number there may be no whole stride.
            let bytes = (count - 1) * stride + stored.bytes();
            buffer.resize(usize::try_from(bytes).unwrap_or(usize::MAX), 0);
            self.source.fill(offset, &mut buffer)?;
            values.clear();
            values.extend(buffer.chunks(step).map(|piece| {
                let mut number = [0; 8];
                number[..width].copy_from_slice(&piece[..width]);
                if big_endian {
                    number[..width].reverse();
                }
                stored.value(&number[..width]) * scale + zero
            }));
            each(&values);
            offset += count * stride;
            left -= count;
        }
        Ok(())
    }
}

/// That all samples lie within the file.
fn check(stretch: &Stretch, points: u64, length: u64) -> Result<(), Fault> {
    let width = stretch.stored.bytes();
    if !(width..=FARTHEST).contains(&stretch.stride) {
        let expected = format!("{width} to {FARTHEST} bytes");
        return Err(Fault::new(stretch.offset, "the distance of two samples", stretch.stride, expected));
    }
    let bytes = match points {
        0 => Some(0),
        _ => (points - 1).checked_mul(stretch.stride).and_then(|bytes| bytes.checked_add(width)),
    };
    match bytes.and_then(|bytes| stretch.offset.checked_add(bytes)) {
        Some(end) if end <= length => Ok(()),
        _ => Err(beyond(stretch.offset, "the samples of a channel", bytes.unwrap_or(u64::MAX), length)),
    }
}

impl Samples for Strided {
    fn count(&self) -> usize {
        self.sweeps.len()
    }

    fn place(&self, sweep: usize) -> Option<SweepPlace> {
        self.sweeps.get(sweep).map(|sweep| SweepPlace { start_s: sweep.start_s, points: sweep.points })
    }

    fn note(&self, sweep: usize) -> Option<&SweepNote> {
        self.sweeps.get(sweep).map(|sweep| &sweep.note)
    }

    fn has(&self, sweep: usize, channel: usize) -> bool {
        self.sweeps.get(sweep).is_some_and(|sweep| matches!(sweep.traces.get(channel), Some(Some(_))))
    }

    fn pieces(&self, sweep: usize, channel: usize, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError> {
        let Some(sweep) = self.sweeps.get(sweep) else {
            return Ok(());
        };
        match sweep.traces.get(channel) {
            Some(Some(stretch)) => {
                self.read(stretch, sweep.points, each).map_err(|problem| ExchangeError::problem(&self.path, problem))
            }
            _ => Ok(()),
        }
    }
}
