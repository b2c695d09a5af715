//! Sweeps of text files, held in memory.

use crate::error::exchange::ExchangeError;
use crate::sweeps::head::{Samples, SweepNote};
use crate::sweeps::place::SweepPlace;

/// One sweep: its traces by channel, all of one length.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeldSweep {
    /// First sample, s after the start of the recording.
    pub start_s: f64,
    /// What the file says of it.
    pub note: SweepNote,
    /// Samples of each channel; `None` if it was not recorded.
    pub traces: Vec<Option<Vec<f64>>>,
}

impl HeldSweep {
    fn points(&self) -> u64 {
        self.traces.iter().flatten().map(Vec::len).max().unwrap_or(0) as u64
    }
}

/// All sweeps of a file.
#[derive(Debug, Default)]
pub(crate) struct Held(pub Vec<HeldSweep>);

impl Samples for Held {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn place(&self, sweep: usize) -> Option<SweepPlace> {
        self.0.get(sweep).map(|sweep| SweepPlace { start_s: sweep.start_s, points: sweep.points() })
    }

    fn note(&self, sweep: usize) -> Option<&SweepNote> {
        self.0.get(sweep).map(|sweep| &sweep.note)
    }

    fn has(&self, sweep: usize, channel: usize) -> bool {
        self.0.get(sweep).is_some_and(|sweep| matches!(sweep.traces.get(channel), Some(Some(_))))
    }

    fn pieces(&self, sweep: usize, channel: usize, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError> {
        if let Some(Some(trace)) = self.0.get(sweep).and_then(|sweep| sweep.traces.get(channel)) {
            each(trace);
        }
        Ok(())
    }
}
