//! The one line that says what is being done, how far it is and how long it takes: drawn
//! over again on a terminal, a new line now and then where there is none.

use crate::output::clean::clean;
use crate::output::lay::columns_of;
use crate::output::look::Look;
use crate::output::pace::{Pace, left_in_words};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// From one look at the work to the next.
const TICK: Duration = Duration::from_millis(200);
/// Work that is done sooner is not spoken of.
const SILENT: Duration = Duration::from_secs(2);
/// Without a terminal: the longest silence, and the shortest between two lines.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
/// Without a terminal: parts of the work after which a line is due.
const PARTS: usize = 20;
/// Widest bar, columns.
const WIDEST_BAR: usize = 24;
/// Columns of a line where the terminal does not say how wide it is.
const USUAL_WIDTH: usize = 80;

static STATUS: Mutex<Status> = Mutex::new(Status { work: None, bar: None, quiet: false, watched: false });

/// What is known of the work in hand.
struct Status {
    work: Option<Work>,
    /// The line that is on the screen.
    bar: Option<ProgressBar>,
    quiet: bool,
    watched: bool,
}

/// Work in hand.
struct Work {
    what: String,
    unit: &'static str,
    pace: Option<Pace>,
    begun: Instant,
    /// Remark of the moment, e.g. the lowest misfit; empty if there is none.
    note: String,
    /// Without a terminal: when the last line was written, and after how many parts.
    told: Option<(Instant, usize)>,
}

fn status() -> MutexGuard<'static, Status> {
    STATUS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says nothing from now on.
pub fn be_quiet() {
    status().quiet = true;
}

/// Work begins whose length is not known.
pub fn begin(what: &str) {
    start(what, "", None);
}

/// Work of so many steps begins, of which some were done by an earlier run.
pub fn begin_steps(what: &str, unit: &'static str, steps: usize, kept: usize) {
    start(what, unit, Some(Pace::new(steps, kept)));
}

fn start(what: &str, unit: &'static str, pace: Option<Pace>) {
    let mut status = status();
    let work = Work { what: clean(what), unit, pace, begun: Instant::now(), note: String::new(), told: None };
    status.work = Some(work);
    watch(&mut status);
}

/// Another remark.
pub fn note(text: String) {
    if let Some(work) = &mut status().work {
        work.note = clean(&text);
    }
}

/// What comes after the work in hand takes so many times what it takes, and so many
/// seconds more.
pub fn expect_later(share: f64, seconds: f64) {
    if let Some(pace) = status().work.as_mut().and_then(|work| work.pace.as_mut()) {
        (pace.later, pace.later_s) = (share, seconds);
    }
}

/// One step is done.
pub fn step() {
    let mut status = status();
    if let Some(pace) = status.work.as_mut().and_then(|work| work.pace.as_mut()) {
        pace.done += 1;
    }
    if !Look::Error.is_redrawn() {
        status.tell();
    }
}

/// The work in hand is done.
pub fn end() {
    let mut status = status();
    status.erase();
    status.work = None;
}

/// Takes the line off the screen for as long as something else is printed.
pub fn aside<T>(print: impl FnOnce() -> T) -> T {
    let mut status = status();
    status.erase();
    print()
}

/// Looks at the work now and then, from a thread of its own that ends with the program.
fn watch(status: &mut Status) {
    if std::mem::replace(&mut status.watched, true) {
        return;
    }
    let look = || {
        loop {
            std::thread::sleep(TICK);
            let mut status = self::status();
            if Look::Error.is_redrawn() { status.draw() } else { status.tell() }
        }
    };
    // Without the thread there is no line; the work goes on.
    let _ = std::thread::Builder::new().name("status".to_owned()).spawn(look);
}

/// A line of our own words, which the package draws over again.
fn one_line() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    // The template is fixed; the usual one stands for it if it should ever not be read.
    ProgressStyle::with_template("{msg}").map_or(bar.clone(), |style| bar.with_style(style))
}

impl Status {
    fn erase(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// On a terminal: draws the line over again.
    fn draw(&mut self) {
        let Some(work) = self.work.as_ref().filter(|work| !self.quiet && work.begun.elapsed() >= SILENT / 4) else {
            return;
        };
        let width = Look::Error.width().unwrap_or(USUAL_WIDTH);
        let line = work.line(width - 1, true);
        let bar = self.bar.get_or_insert_with(one_line);
        if line != bar.message() {
            bar.set_message(line);
            bar.tick();
        }
    }

    /// Without a terminal: writes a line if one is due.
    fn tell(&mut self) {
        if self.quiet {
            return;
        }
        let Some(work) = &mut self.work else { return };
        let parts = work.pace.as_ref().map_or(0, |pace| pace.parts(PARTS));
        let due = match work.told {
            None => work.begun.elapsed() >= SILENT,
            Some((at, told)) => {
                let since = at.elapsed();
                since >= LONGEST_SILENCE || parts > told && since >= SILENT
            }
        };
        if due {
            work.told = Some((Instant::now(), parts));
            let line = work.line(Look::Error.width().unwrap_or(usize::MAX), false);
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }
}

impl Work {
    /// The line: as much of it as fits.
    fn line(&self, width: usize, bar: bool) -> String {
        let note = if self.note.is_empty() { String::new() } else { format!("; {}", self.note) };
        let Some(pace) = &self.pace else {
            let seconds = self.begun.elapsed().as_secs();
            let long = format!("{}: {seconds} s{note}", self.what);
            return first_that_fits(&[long, self.what.clone()], width);
        };
        let counted = format!("{} of {} {}", pace.done, pace.steps, self.unit);
        let share = format!("{} %", pace.parts(100));
        let elapsed = self.begun.elapsed();
        let left = pace.left(elapsed).map_or_else(String::new, |left| format!(", {}", left_in_words(left)));
        let rate = pace.rate(elapsed).map_or_else(String::new, |rate| format!(", {rate}"));
        let what = &self.what;
        let mut lines = vec![
            format!("{what}: {counted} ({share}){rate}{left}{note}"),
            format!("{what}: {counted} ({share}){rate}{left}"),
            format!("{what}: {counted}{left}"),
            format!("{counted}{left}"),
            counted,
            share,
        ];
        if bar {
            let free = width.saturating_sub(columns_of(&lines[1]) + 2).min(WIDEST_BAR);
            if free >= 8 {
                lines.insert(0, format!("{}  {}", drawn_bar(pace, free), lines[1]));
            }
        }
        first_that_fits(&lines, width)
    }
}

fn drawn_bar(pace: &Pace, columns: usize) -> String {
    let full = pace.parts(columns);
    "█".repeat(full) + &"░".repeat(columns - full)
}

/// The first line that fits, or the beginning of the last one.
fn first_that_fits(lines: &[String], width: usize) -> String {
    let fitting = lines.iter().find(|line| columns_of(line) <= width);
    fitting.cloned().unwrap_or_else(|| lines.last().map_or_else(String::new, |line| line.chars().take(width).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_fits_into_every_terminal() {
        let mut pace = Pace::new(4000, 0);
        pace.done = 1200;
        let begun = Instant::now().checked_sub(Duration::from_secs(60)).expect("a minute ago");
        let what = "recording".to_owned();
        let work = Work { what, unit: "slices", pace: Some(pace), begun, note: "misfit 1.2".to_owned(), told: None };
        for width in [10, 20, 40, 60, 79, 200] {
            let line = work.line(width, true);
            assert!(columns_of(&line) <= width, "{width}: {line}");
            assert_eq!(line.contains("about 140 s left"), width >= 40, "{width}: {line}");
        }
        let line = work.line(usize::MAX, false);
        assert_eq!(line, "recording: 1200 of 4000 slices (30 %), 20 per s, about 140 s left; misfit 1.2");
    }
}
