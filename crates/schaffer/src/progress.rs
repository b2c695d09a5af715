//! A bar on the standard error output while slices are run: a listener to the
//! events of the run. Without a terminal it stays silent.

use crate::output::complain;
use experiment::RunEvent;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Slices done, rate and time left.
const TEMPLATE: &str = "{bar:32} {pos}/{len} slices  {per_sec}  {eta} left";

/// The bar.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that shows itself only on a terminal, and not if `quiet`.
    pub fn new(quiet: bool) -> Self {
        let visible = !quiet && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Shows an event.
    pub fn show(&self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started { slices, kept } => {
                self.bar.set_length(*slices as u64);
                self.bar.set_position(*kept as u64);
                // Slices of an earlier run do not count into the rate.
                self.bar.reset_eta();
            }
            RunEvent::SliceDone(_) => self.bar.inc(1),
            RunEvent::SliceFailed(key, error) => self.bar.suspend(|| {
                complain(&format!("{key} failed: {error}"));
            }),
        }
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A bar over steps of one kind, from any thread; silent without a terminal.
pub struct Steps {
    bar: ProgressBar,
}

impl Steps {
    /// A bar over `steps` steps called `name`.
    pub fn new(steps: usize, name: &str) -> Self {
        let visible = std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:32}} {{pos}}/{{len}} {name}  {{eta}} left")) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// One step is done.
    pub fn done(&self) {
        self.bar.inc(1);
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
