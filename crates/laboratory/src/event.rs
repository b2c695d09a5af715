//! What happens during a job.

use analysis::folder::Step;
use experiment::RunEvent;
use report::Drawing;
use std::path::Path;

/// Hears what happens, on any thread.
pub type Listener<'a> = dyn Fn(Event<'_>) + Sync + 'a;

/// A part of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// All slices or cells are on disk.
    Record,
    /// They are measured and the tables written.
    Measure,
    /// Groups are compared and the findings written.
    Compare,
    /// The experiment is predicted over draws from what is not known.
    Predict,
    /// The parameters of the experiment are moved through their ranges.
    Vary,
    /// The model is fitted, and the other groups are predicted.
    Fit,
    /// Figures and report are written.
    Draw,
}

/// What happens during a job, in order; slices and simulations of different threads
/// interleave.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Slices or cells are recorded.
    Recording(RunEvent<'a>),
    /// The experiment is about to be predicted.
    Predict {
        /// Draws, each a [`Event::Simulated`].
        draws: usize,
    },
    /// The posterior of the parameters is about to be searched for.
    Search {
        /// Parameter sets, each a [`Event::Simulated`].
        sets: usize,
    },
    /// The parameters of an experiment are about to be moved.
    Vary {
        /// Parameters.
        parameters: usize,
        /// Simulations of the whole experiment, each a [`Event::Simulated`].
        simulations: usize,
        /// Slices of each simulation.
        slices: usize,
    },
    /// The model is about to be fitted.
    Fit {
        /// Most simulations that it takes, each a [`Event::Simulated`].
        simulations: usize,
    },
    /// A simulation that stores nothing is done.
    Simulated,
    /// An experiment without results is about to be simulated in a temporary folder.
    NoResults {
        /// Name of the experiment.
        experiment: &'a str,
        /// Its slices.
        slices: usize,
    },
    /// Results are used that were made from another version of the experiment file.
    OtherVersion {
        /// The results folder.
        folder: &'a Path,
    },
    /// The part that has just begun has steps, each a [`Event::Step`].
    Steps {
        /// The part.
        stage: Stage,
        /// How many.
        steps: usize,
        /// What one of them deals with, in the plural.
        unit: &'static str,
    },
    /// A step of a part is done.
    Step,
    /// What comes after the part that has just begun.
    Ahead {
        /// Its simulations and measuring, as a share of the time that the part takes.
        share: f64,
        /// Its figures and report, which take about as long for every job, s.
        seconds: f64,
    },
    /// A part of the job begins that says nothing until it is done.
    Begun(Stage),
    /// A part of the job is done.
    Done(Stage),
}

/// Tells of slices that are measured.
pub(crate) fn measuring(events: &Listener<'_>, step: Step) {
    match step {
        Step::Slices(steps) => events(Event::Steps { stage: Stage::Measure, steps, unit: "slices" }),
        Step::Slice => events(Event::Step),
        Step::Measured | Step::Compared => {}
    }
}

/// The same of figures that are drawn.
pub(crate) fn drawing(events: &Listener<'_>, step: Drawing) {
    match step {
        Drawing::Figures(steps) => events(Event::Steps { stage: Stage::Draw, steps, unit: "drawings" }),
        Drawing::Figure => events(Event::Step),
    }
}
