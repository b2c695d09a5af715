//! Files without a word for animal or slice that follow one another by their clocks.

use exchange::TraceFile;
use std::path::{Path, PathBuf};

/// Longest pause between two files of one slice, s.
const PAUSE_S: f64 = 600.0;
/// A file as long as this holds a whole experiment, s.
const WHOLE_S: f64 = 2_400.0;

/// What is known of a file beside its name.
pub(super) struct Clocked {
    /// The file.
    pub path: PathBuf,
    start_s: Option<f64>,
    end_s: f64,
    channels: Vec<String>,
    rate_hz: f64,
}

impl Clocked {
    /// Looks at the head of a file.
    pub fn of(file: &TraceFile) -> Self {
        let last = file.sweep_count().saturating_sub(1);
        let length_s = file.sweep_start_s(last) + file.sweep_len(last) as f64 / file.rate_hz();
        let start_s = file.started_s();
        Self {
            path: file.path().to_owned(),
            start_s,
            end_s: start_s.unwrap_or(0.0) + length_s,
            channels: file.channels().iter().map(|channel| format!("{} {}", channel.name, channel.unit)).collect(),
            rate_hz: file.rate_hz(),
        }
    }

    /// A file of which only the name is known.
    #[cfg(test)]
    pub fn unclocked(path: PathBuf) -> Self {
        Self { path, start_s: None, end_s: 0.0, channels: Vec::new(), rate_hz: 0.0 }
    }

    /// Whether a file goes on where this one ended: the same folder, channels and rate,
    /// begun within ten minutes of its end, and neither a whole experiment.
    pub fn goes_on_with(&self, next: &Self) -> bool {
        let (Some(start_s), Some(next_s)) = (self.start_s, next.start_s) else { return false };
        let short = self.end_s - start_s < WHOLE_S && next.end_s - next_s < WHOLE_S;
        self.path.parent().map(Path::to_owned) == next.path.parent().map(Path::to_owned)
            && self.channels == next.channels
            && self.rate_hz == next.rate_hz
            && short
            && (-1.0..=PAUSE_S).contains(&(next_s - self.end_s))
    }
}
