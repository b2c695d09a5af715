//! How a job is stopped from outside: Ctrl-C, the end of a terminal, a batch system.
//!
//! While slices are recorded the first signal lets those in hand end; a second one, and any
//! in another stage, ends the program at once: whatever is on the disk is whole, and
//! `--resume` goes on. A signal that whoever started the program has had ignored, as
//! `nohup` does, stays ignored.

use crate::arguments::exit_codes::INTERRUPTED;
use crate::output::complain;
use experiment::RunEvent;
use laboratory::{Event, Stage};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The wish to stop, for a job that can be gone on with.
#[derive(Clone, Default)]
pub struct Stop {
    wished: Arc<AtomicBool>,
    recording: Arc<AtomicBool>,
}

impl Stop {
    /// Listens from now on.
    pub fn listen() -> Self {
        let stop = Self::default();
        let heard: Vec<i32> = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal)).collect();
        // Without a listener a signal simply ends the program; that is safe too.
        if let Ok(mut signals) = Signals::new(heard) {
            let own = stop.clone();
            let listener = std::thread::Builder::new().name("signals".to_owned());
            let _ = listener.spawn(move || signals.forever().for_each(|_| own.hear()));
        }
        stop
    }

    /// Set when the job shall end after the slices in hand.
    pub fn wished(&self) -> &AtomicBool {
        &self.wished
    }

    /// Follows the stages of the job.
    pub fn follow(&self, event: &Event<'_>) {
        match event {
            Event::Recording(RunEvent::Started { .. }) => self.recording.store(true, Ordering::Relaxed),
            Event::Done(Stage::Record) => self.recording.store(false, Ordering::Relaxed),
            _ => {}
        }
    }

    /// One signal.
    fn hear(&self) {
        if !self.recording.load(Ordering::Relaxed) || self.wished.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        complain("stopping after the slices in hand; once more to stop at once");
    }
}

/// Whether the program was started with the signal ignored. Elsewhere than on Linux this
/// is not known, and no signal counts as ignored.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignored_by(&status, signal)
}

/// The same from the text of `/proc/self/status`: bit n − 1 of `SigIgn` is signal n.
fn ignored_by(status: &str, signal: i32) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (signal - 1) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nohup_ignores_the_end_of_the_terminal() {
        // nohup cat /proc/self/status
        let status = "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000001\nSigCgt:\t0000000000000000\n";
        assert!(ignored_by(status, SIGHUP) && !ignored_by(status, SIGINT) && !ignored_by(status, SIGTERM));
        assert!(!ignored_by("", SIGHUP));
    }
}
