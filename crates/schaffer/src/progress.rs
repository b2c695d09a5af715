//! A bar on the standard error output: a listener to the events of a job. Without a
//! terminal it stays silent.

use crate::output::complain;
use experiment::RunEvent;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use laboratory::Event;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

/// Slices done, rate and time left.
const TEMPLATE: &str = "{bar:32} {pos}/{len} slices  {per_sec}  {eta} left";

/// A bar for whatever a job is doing.
pub struct Progress {
    quiet: bool,
    bar: Mutex<ProgressBar>,
}

impl Progress {
    /// Bars that show themselves only on a terminal, and over slices not if `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { quiet, bar: Mutex::new(ProgressBar::hidden()) }
    }

    /// Shows an event.
    pub fn show(&self, event: &Event<'_>) {
        match *event {
            Event::Recording(RunEvent::Started { slices, kept }) => {
                let bar = bar(slices, TEMPLATE, !self.quiet);
                bar.set_position(kept as u64);
                // Slices of an earlier run do not count into the rate.
                bar.reset_eta();
                self.replace(bar);
            }
            Event::Recording(RunEvent::SliceFailed(key, error)) => {
                self.bar().suspend(|| complain(&format!("{key} failed: {error}")));
            }
            Event::Ensemble { sets, .. } => self.replace(steps(sets, "sets")),
            Event::Vary { simulations, .. } | Event::Fit { simulations } => {
                self.replace(steps(simulations, "simulations"));
            }
            Event::Recording(RunEvent::SliceDone(_)) | Event::Simulated => self.bar().inc(1),
            Event::Done(_) => self.finish(),
            _ => {}
        }
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar().finish_and_clear();
    }

    /// The bar of the moment; a clone shows the same.
    fn bar(&self) -> ProgressBar {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, bar: ProgressBar) {
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = bar;
    }
}

/// A bar over steps of one kind, from any thread; silent without a terminal.
pub struct Steps {
    bar: ProgressBar,
}

impl Steps {
    /// A bar over `count` steps called `name`.
    pub fn new(count: usize, name: &str) -> Self {
        Self { bar: steps(count, name) }
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

/// A bar over `count` steps called `name`.
fn steps(count: usize, name: &str) -> ProgressBar {
    bar(count, &format!("{{bar:32}} {{pos}}/{{len}} {name}  {{eta}} left"), true)
}

/// A bar of that look, if it is wanted and there is a terminal.
fn bar(length: usize, template: &str, wanted: bool) -> ProgressBar {
    let visible = wanted && std::io::stderr().is_terminal();
    let target = if visible { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(length as u64), target);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
