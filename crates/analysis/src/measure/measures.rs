//! The two tables that measuring yields: one row per sweep, one row per slice.

use crate::measure::broken::{Broken, Rule};
use crate::outcomes::reading::Reading;
use crate::outcomes::value::{OutcomeValue, PulseMeans};
use crate::sweep::average::AveragedSweep;
use recording::{Phase, SliceKey};

/// Where on a sweep the slope was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlopeSource {
    /// Between the planned fractions of the sweep's own amplitude.
    OwnLevels,
    /// The response was too small, or its rise too disturbed, for levels of its
    /// own: slope over the rising phase of the averaged reference sweep. Such a
    /// slope may be 0 or negative; leaving these sweeps out would bias the mean
    /// upwards.
    ReferenceWindow,
    /// By the method that the plan or a person states.
    Stated,
    /// Measured elsewhere and read from a table.
    Table,
    /// No slope.
    None,
}

impl SlopeSource {
    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::OwnLevels => "own levels",
            Self::ReferenceWindow => "reference window",
            Self::Stated => "stated method",
            Self::Table => "table",
            Self::None => "",
        }
    }
}

/// One test-pulse sweep, measured.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureRow {
    /// Position of the sweep in the recording.
    pub sweep: u32,
    /// Stimulated pathway.
    pub pathway: String,
    /// Part of the protocol.
    pub phase: Phase,
    /// Time of the stimulus, min: before the start of induction negative, then
    /// counted from the end of induction, so that 0 is the induction itself
    /// whether it lasts one second or fifteen minutes.
    pub time_min: f64,
    /// fEPSP slope over the planned part of the rising phase, mV/ms, as a
    /// positive number for the negative-going fEPSP of stratum radiatum.
    pub slope_mv_per_ms: Option<f64>,
    /// Where on the sweep the slope was taken.
    pub slope_source: SlopeSource,
    /// Slope as % of the mean slope in the reference window (100 = no change).
    pub slope_percent: Option<f64>,
    /// fEPSP amplitude from pre-stimulus baseline to peak, mV, positive.
    pub amplitude_mv: Option<f64>,
    /// Fibre volley amplitude, mV; noise may make a missing volley slightly
    /// negative. `None` if the slice has no volley that stands out.
    pub volley_mv: Option<f64>,
    /// Population spike amplitude (tangent method), mV; 0 if none.
    pub pop_spike_mv: Option<f64>,
    /// Whether the sweep takes part in the analysis.
    pub kept: bool,
    /// Why not, if not kept.
    pub reason: String,
    /// What the sweep says of the primary outcome and of the further ones, in the order of
    /// the plan; empty where the slope is the only outcome.
    pub readings: Vec<Option<Reading>>,
}

impl MeasureRow {
    /// What the sweep says of the primary outcome.
    pub fn primary(&self) -> Option<Reading> {
        match self.readings.first() {
            Some(reading) => *reading,
            None => self.slope_mv_per_ms.map(Reading::single),
        }
    }
}

/// One slice (and pathway), summarised.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceRow {
    /// Which slice.
    pub key: SliceKey,
    /// Stimulated pathway.
    pub pathway: String,
    /// Mean slope in the reference window, mV/ms.
    pub baseline_slope_mv_per_ms: f64,
    /// Coefficient of variation of the slopes in the drug-free baseline (fraction).
    pub baseline_cv: f64,
    /// Linear drift over the drug-free baseline, % of its mean.
    pub baseline_drift_percent: f64,
    /// Mean slope in the reference window against the drug-free baseline, % change.
    pub drug_effect_percent: f64,
    /// Fibre volley in the outcome window against the reference window, % change.
    pub volley_change_percent: f64,
    /// Mean slope in the outcome window, % change against the reference window
    /// (0 = no potentiation). NaN when the window holds no sweep.
    pub potentiation_percent: f64,
    /// Mean slope in the short-term window, % change.
    pub stp_percent: f64,
    /// Sweeps that took part: reference window, outcome window.
    pub n_sweeps: [usize; 2],
    /// Whether the slice takes part in the statistics.
    pub included: bool,
    /// Why not, if excluded.
    pub reason: String,
    /// The rules that it breaks, each once for every time it is broken.
    pub rules: Vec<Rule>,
    /// Whether the response was found to go up rather than down.
    pub positive_going: bool,
    /// What else is worth knowing about the slice; does not exclude it.
    pub note: String,
    /// Mean of the primary outcome in the reference, in its unit; that of the slope
    /// where this is the outcome.
    pub baseline: f64,
    /// When further inductions began that no stage of the plan states, min after the first.
    pub unstated_inductions_min: Vec<f64>,
    /// The further outcomes, in the order of the plan.
    pub outcomes: Vec<OutcomeValue>,
    /// Every pulse of sweeps with several, by interval; only where an outcome needs them.
    pub pulses: Vec<PulseMeans>,
}

impl SliceRow {
    /// Excludes the slice for one more reason.
    pub fn exclude(&mut self, broken: Broken) {
        self.included = false;
        if !self.reason.is_empty() {
            self.reason.push_str("; ");
        }
        self.reason.push_str(&broken.told);
        self.rules.push(broken.rule);
    }

    /// Adds a note.
    pub fn note(&mut self, note: impl AsRef<str>) {
        if !self.note.is_empty() {
            self.note.push_str("; ");
        }
        self.note.push_str(note.as_ref());
    }
}

/// Slopes of one bin of the time course, summed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinSum {
    /// Number of the bin, counted from induction.
    pub at: i64,
    /// Sum of the slopes, % of baseline.
    pub sum: f64,
    /// Sweeps.
    pub n: u32,
}

/// All that measuring one recording yields.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// One row per test-pulse sweep, in the order of the recording, all pathways.
    pub rows: Vec<MeasureRow>,
    /// The slice by its tetanised pathway.
    pub slice: SliceRow,
    /// The same for further (control) pathways.
    pub other_pathways: Vec<SliceRow>,
    /// Mean of the kept sweeps of the reference window, tetanised pathway.
    pub before: AveragedSweep,
    /// Mean of the kept sweeps of the outcome window, tetanised pathway.
    pub after: AveragedSweep,
    /// The time course in bins, once the rows have been put away; empty before.
    pub course: Vec<BinSum>,
}
