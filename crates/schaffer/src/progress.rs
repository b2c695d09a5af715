//! The events of a job as the line that says how far it is.

use crate::output::{complain, status};
use experiment::RunEvent;
use laboratory::{Event, Stage};

/// A listener that shows what a job is doing.
pub struct Progress;

impl Progress {
    /// Shows nothing if `quiet`.
    pub fn new(quiet: bool) -> Self {
        if quiet {
            status::be_quiet();
        }
        Self
    }

    /// Shows an event.
    pub fn show(&self, event: &Event<'_>) {
        match *event {
            Event::Recording(RunEvent::Started { slices, kept }) => {
                status::begin_steps("recording", "slices", slices, kept);
            }
            Event::Recording(RunEvent::SliceFailed(key, error)) => complain(&format!("{key} failed: {error}")),
            Event::Ahead { share, seconds } => status::expect_later(share, seconds),
            Event::Search { sets } => status::begin_steps("searching", "sets", sets, 0),
            Event::Predict { draws } => status::begin_steps("predicting", "draws", draws, 0),
            Event::Vary { simulations, .. } => {
                status::begin_steps("varying parameters", "simulations", simulations, 0);
            }
            Event::Fit { simulations } => status::begin_steps("fitting", "simulations", simulations, 0),
            Event::Recording(RunEvent::SliceDone(_)) | Event::Simulated | Event::Step => status::step(),
            Event::Begun(stage) => status::begin(doing(stage)),
            Event::Steps { stage, steps, unit } => status::begin_steps(doing(stage), unit, steps, 0),
            Event::Done(_) => status::end(),
            _ => {}
        }
    }

    /// Removes the line.
    pub fn finish(&self) {
        status::end();
    }
}

/// What is done in a stage.
fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Record => "recording",
        Stage::Measure => "measuring",
        Stage::Compare => "comparing groups",
        Stage::Predict => "predicting",
        Stage::Vary => "varying parameters",
        Stage::Fit => "fitting",
        Stage::Draw => "drawing figures and writing the report",
    }
}

/// Steps of one kind, from any thread.
pub struct Steps;

impl Steps {
    /// `count` steps called `name`, of doing `what`; work of unknown length without any.
    pub fn new(what: &str, count: usize, name: &'static str) -> Self {
        if count > 0 {
            status::begin_steps(what, name, count, 0)
        } else {
            status::begin(what)
        }
        Self
    }

    /// One step is done.
    pub fn done(&self) {
        status::step();
    }

    /// Removes the line.
    pub fn finish(&self) {
        status::end();
    }
}
