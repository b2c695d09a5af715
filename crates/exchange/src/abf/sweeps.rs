//! Which samples belong to which sweep, and when each sweep began.

use crate::abf::header::{Header, Mode};
use crate::binary::source::{beyond, cut_off};
use crate::error::abf::Fault;
use crate::sweeps::place::SweepPlace;

/// The sweeps of a file.
#[derive(Debug)]
pub(super) enum Sweeps {
    /// Equal lengths, equal intervals, one behind the other.
    Even { count: u64, points: u64, interval_s: f64 },
    /// As the synch array says: each sweep with the scan at which it begins.
    Listed(Vec<(SweepPlace, u64)>),
}

impl Sweeps {
    /// Number of sweeps.
    pub fn count(&self) -> u64 {
        match self {
            Self::Even { count, .. } => *count,
            Self::Listed(sweeps) => sweeps.len() as u64,
        }
    }

    /// A sweep and the scan (sample of each channel) at which it begins.
    pub fn get(&self, sweep: usize) -> Option<(SweepPlace, u64)> {
        match self {
            Self::Even { count, points, interval_s } => {
                let number = u64::try_from(sweep).ok().filter(|number| number < count)?;
                Some((SweepPlace { start_s: number as f64 * interval_s, points: *points }, number * points))
            }
            Self::Listed(sweeps) => sweeps.get(sweep).copied(),
        }
    }

    /// Lays out the samples, all of which must lie within `length` bytes. Adds
    /// what the reader should know to the remarks of the header.
    pub fn of(header: &mut Header, length: u64) -> Result<Self, Fault> {
        let samples = header.samples;
        let channels = header.channels.len() as u64;
        let scans = samples.count / channels.max(1);
        if scans == 0 {
            let expected = format!("{channels} or more, one for each channel");
            return Err(Fault::new(samples.stated_at, "the number of samples", samples.count, expected));
        }
        let end = samples.count.checked_mul(samples.kind.bytes()).and_then(|size| samples.offset.checked_add(size));
        if end.is_none_or(|end| end > length) {
            let what = format!("the data section of {} samples", samples.count);
            let bytes = samples.count.saturating_mul(samples.kind.bytes());
            return Err(cut_off(beyond(samples.offset, &what, bytes, length)));
        }
        let rest = samples.count % channels;
        if rest != 0 {
            header.remarks.push(format!("the last scan has samples of {rest} of {channels} channels; it is left out"));
        }
        if header.mode == Mode::GapFree {
            if header.synch.0.len() > 1 {
                let pieces = header.synch.0.len();
                header.remarks.push(format!("the gap-free recording was paused: {pieces} pieces are joined"));
            }
            return Ok(Self::Even { count: 1, points: scans, interval_s: 0.0 });
        }
        if header.synch.0.is_empty() { Self::even(header, scans) } else { Self::listed(header, channels) }
    }

    fn even(header: &mut Header, scans: u64) -> Result<Self, Fault> {
        let (stated, place) = header.episodes;
        let count = stated.max(1);
        let points = scans / count;
        if points == 0 {
            return Err(Fault::new(
                place,
                "lActualEpisodes",
                stated,
                format!("at most {scans}, a sample for each sweep"),
            ));
        }
        let rest = scans % count;
        if rest != 0 {
            header.remarks.push(format!("{rest} samples beyond the last whole sweep are left out"));
        }
        let duration_s = points as f64 / header.rate_hz;
        let interval_s = if header.interval_s > 0.0 { header.interval_s } else { duration_s };
        Ok(Self::Even { count, points, interval_s })
    }

    fn listed(header: &Header, channels: u64) -> Result<Self, Fault> {
        let ((entries, synch), (stated, place)) = (&header.synch, header.episodes);
        let count = stated.max(1);
        let taken = usize::try_from(count).ok().and_then(|count| entries.get(..count)).ok_or_else(|| {
            let expected = format!("at most {}, the entries of the synch array", entries.len());
            Fault::new(place, "lActualEpisodes", stated, expected)
        })?;
        let mut sweeps = Vec::with_capacity(taken.len());
        let mut first = 0;
        for (sweep, entry) in taken.iter().enumerate() {
            let fault = |expected: String| {
                Fault::new(*synch, format!("the length of sweep {sweep} in the synch array"), entry.samples, expected)
            };
            if entry.samples % channels != 0 {
                return Err(fault(format!("a multiple of {channels}, the number of channels")));
            }
            let left = header.samples.count.saturating_sub(first * channels);
            if entry.samples > left {
                return Err(fault(format!("at most {left}, the samples left")));
            }
            let points = entry.samples / channels;
            sweeps.push((SweepPlace { start_s: entry.start_s, points }, first));
            first += points;
        }
        Ok(Self::Listed(sweeps))
    }

    /// From the start of a sweep to that of the next, s: as stated, or else from
    /// the first two sweeps; the length of the sweep if there is one only.
    pub fn interval_s(&self, header: &Header) -> f64 {
        if header.interval_s > 0.0 {
            return header.interval_s;
        }
        match (self.get(0), self.get(1)) {
            (Some((one, _)), Some((two, _))) => two.start_s - one.start_s,
            (Some((one, _)), None) => one.points as f64 / header.rate_hz,
            _ => 0.0,
        }
    }
}
