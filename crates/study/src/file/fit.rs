//! `[fit]` of a study file: the experiment of the model that stands for the study.

use quantity::Time;

/// A parameter of the model that a fit may move: its path, or a table with bounds.
#[derive(Clone, Debug, PartialEq)]
pub enum FreePart {
    /// Within its usual bounds.
    Path(String),
    /// Within bounds of its own.
    Bounded(BoundedPart),
}

/// A parameter with bounds, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundedPart {
    /// Path of the parameter.
    pub parameter: String,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// A paired-pulse ratio of the reference group, measured in these recordings.
#[derive(Clone, Copy, Debug)]
pub struct PairedPulsePart {
    /// Second over first response, mean over animals.
    pub ratio: f64,
    /// Its standard error.
    pub sem: f64,
    /// Interval of the two pulses.
    pub interval: Time,
}

/// `[fit]`: the experiment of the model that stands for this study.
#[derive(Clone, Debug, Default)]
pub struct FitPart {
    /// Parameters that may move; without them release, the NMDA conductance and
    /// the spread of thresholds and of expression.
    pub parameters: Vec<FreePart>,
    /// `[protocol]` of the experiment; what it leaves out is taken from the recordings.
    pub protocol: toml::Table,
    /// `[preparation]` of the experiment.
    pub preparation: toml::Table,
    /// Paired-pulse ratio of the reference group.
    pub paired_pulse: Option<PairedPulsePart>,
    /// Virtual animals per group.
    pub animals: Option<u32>,
}
