//! `run.log`: host, clock, duration, threads. Everything that differs between
//! two runs of one experiment stands here and nowhere else.

use crate::folder::RUN_LOG;
use crate::run::run::{RunError, RunSummary};
use chrono::DateTime;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The log of one results folder, locked while the run lasts; runs that resume
/// add to it.
pub(crate) struct RunLog {
    path: PathBuf,
    /// Closing the file, or the end of the process in any way, releases the lock.
    _locked: File,
}

impl RunLog {
    /// Opens and locks the log and notes the start of a run.
    pub(crate) fn open(dir: &Path, jobs: usize, resumed: bool) -> Result<Self, RunError> {
        let path = dir.join(RUN_LOG);
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.map_err(|reason| RunError::unwritable(&path, reason))?;
        lock(&file, dir)?;
        let log = Self { path, _locked: file };
        let how = if resumed { "resumed" } else { "started" };
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let host = if host.trim().is_empty() { "unknown" } else { host.trim() };
        log.note(&format!(
            "{how}: schaffer {}, host {host}, {} {}, {jobs} threads",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
        ))?;
        Ok(log)
    }

    /// Notes the end of a run.
    pub(crate) fn close(&self, summary: &RunSummary) -> Result<(), RunError> {
        self.note(&format!(
            "recorded: {} slices ({} kept) in {:.2} s; model {:.2} s, storing {:.2} s, summed over threads",
            summary.slices,
            summary.kept,
            summary.elapsed.as_secs_f64(),
            summary.simulate.as_secs_f64(),
            summary.store.as_secs_f64(),
        ))
    }

    /// Adds one line.
    fn note(&self, what: &str) -> Result<(), RunError> {
        note(&self.path, what).map_err(|reason| RunError::unwritable(&self.path, reason))
    }
}

/// Fails if another run is writing into the folder, which must not be touched then.
pub(crate) fn refuse_if_busy(dir: &Path) -> Result<(), RunError> {
    match OpenOptions::new().append(true).open(dir.join(RUN_LOG)) {
        Ok(file) => lock(&file, dir),
        // No log, no run; other reasons show when the folder is written.
        Err(_) => Ok(()),
    }
}

/// Locks the log of a folder for this process.
fn lock(file: &File, dir: &Path) -> Result<(), RunError> {
    match file.try_lock() {
        // Some network file systems have no locks; the run goes on without.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(RunError::Busy(dir.to_owned())),
    }
}

/// Adds a line with the time of day to the log of a results folder.
pub fn note_in(dir: &Path, what: &str) -> std::io::Result<()> {
    note(&dir.join(RUN_LOG), what)
}

/// Adds a line to a log.
fn note(path: &Path, what: &str) -> std::io::Result<()> {
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
