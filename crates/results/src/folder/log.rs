//! `run.log`: host, clock, duration, threads. Everything that differs between
//! two runs of one experiment stands here and nowhere else.

use crate::folder::entry::Entry;
use crate::folder::error::FolderError;
use chrono::DateTime;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The log of one results folder; runs that resume add to it.
#[derive(Debug)]
pub(crate) struct RunLog {
    path: PathBuf,
}

impl RunLog {
    /// The log of a folder.
    pub(crate) fn of(dir: &Path) -> Self {
        Self { path: Entry::RunLog.within(dir) }
    }

    /// Notes the start of a run with `jobs` threads.
    pub(crate) fn begin(&self, jobs: usize, resumed: bool) -> Result<(), FolderError> {
        let how = if resumed { "resumed" } else { "started" };
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let host = if host.trim().is_empty() { "unknown" } else { host.trim() };
        self.note(&format!(
            "{how}: schaffer {}, host {host}, {} {}, {jobs} threads",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
        ))
    }

    /// Adds one line.
    pub(crate) fn note(&self, what: &str) -> Result<(), FolderError> {
        append(&self.path, what).map_err(FolderError::writing(&self.path))
    }
}

/// Adds a line to a log.
fn append(path: &Path, what: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    writeln!(file, "{} {what}", utc(since.as_secs()))
}

/// Seconds since 1970 as date and time, UTC.
fn utc(seconds: u64) -> String {
    let moment = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    moment.unwrap_or_default().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_agree_with_the_date_command() {
        // `date -u -d @N +%FT%TZ`
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_257_015, "2026-11-21T10:30:15Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
        ] {
            assert_eq!(utc(seconds), text);
        }
    }
}
