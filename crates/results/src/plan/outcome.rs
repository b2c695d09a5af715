//! What is measured on every sweep of a rig, and what is concluded from it: several
//! measures, each with windows of its own.

use crate::plan::moment::Moment;
use quantity::Time;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A measure of the evoked response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Slope of the rising phase.
    #[default]
    #[serde(rename = "slope")]
    Slope,
    /// From the baseline to the peak.
    #[serde(rename = "amplitude")]
    Amplitude,
    /// Amplitude of a postsynaptic current; refused for potentials.
    #[serde(rename = "EPSC amplitude")]
    EpscAmplitude,
    /// Integral of the response.
    #[serde(rename = "area")]
    Area,
    /// Population spike, tangent method; 0 without one.
    #[serde(rename = "population-spike amplitude")]
    SpikeAmplitude,
    /// Time of its trough after the stimulus.
    #[serde(rename = "population-spike latency")]
    SpikeLatency,
    /// Presynaptic fibre volley.
    #[serde(rename = "volley")]
    Volley,
    /// Slope for each unit of the volley.
    #[serde(rename = "volley-matched slope")]
    VolleyMatchedSlope,
    /// Slope of the second response over that of the first.
    #[serde(rename = "paired-pulse ratio")]
    PairedPulseRatio,
    /// The same of amplitudes.
    #[serde(rename = "paired-pulse ratio of amplitudes")]
    PairedPulseRatioOfAmplitudes,
    /// Last third of the responses of a train over the first response, slopes.
    #[serde(rename = "steady state of the train")]
    SteadyState,
    /// Length of the sweep over the response window.
    #[serde(rename = "coastline")]
    Coastline,
}

impl Measure {
    /// All of them by their words in files.
    pub const ALL: [(&str, Self); 12] = [
        ("slope", Self::Slope),
        ("amplitude", Self::Amplitude),
        ("EPSC amplitude", Self::EpscAmplitude),
        ("area", Self::Area),
        ("population-spike amplitude", Self::SpikeAmplitude),
        ("population-spike latency", Self::SpikeLatency),
        ("volley", Self::Volley),
        ("volley-matched slope", Self::VolleyMatchedSlope),
        ("paired-pulse ratio", Self::PairedPulseRatio),
        ("paired-pulse ratio of amplitudes", Self::PairedPulseRatioOfAmplitudes),
        ("steady state of the train", Self::SteadyState),
        ("coastline", Self::Coastline),
    ];

    /// Whether it is the usual one.
    pub fn is_slope(&self) -> bool {
        *self == Self::Slope
    }

    /// Whether it is read from two or more pulses of a sweep.
    pub fn of_several_pulses(self) -> bool {
        matches!(self, Self::PairedPulseRatio | Self::PairedPulseRatioOfAmplitudes | Self::SteadyState)
    }

    /// Its unit, where samples are in `sample` (mV or pA); empty for a ratio.
    pub fn unit(self, sample: &str) -> String {
        match self {
            Self::Slope => format!("{sample}/ms"),
            Self::Amplitude | Self::EpscAmplitude | Self::SpikeAmplitude | Self::Volley | Self::Coastline => {
                sample.to_owned()
            }
            Self::Area => format!("{sample}·ms"),
            Self::SpikeLatency => "ms".to_owned(),
            Self::VolleyMatchedSlope => "1/ms".to_owned(),
            Self::PairedPulseRatio | Self::PairedPulseRatioOfAmplitudes | Self::SteadyState => String::new(),
        }
    }

    /// How its change is told where a file is silent: times and ratios by their
    /// difference, everything else in per cent of the reference.
    pub fn usual_change(self) -> Change {
        if self == Self::SpikeLatency || self.of_several_pulses() { Change::Difference } else { Change::Percent }
    }

    /// The measure of `response` in words, e.g. `fEPSP amplitude`.
    pub fn of(self, response: &str) -> String {
        match self {
            Self::Slope | Self::Amplitude | Self::Area => format!("{response} {self}"),
            Self::Volley => "fibre volley".to_owned(),
            Self::VolleyMatchedSlope => format!("{response} slope per fibre volley"),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(_, measure)| measure == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// How a change against the reference is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// % of the reference.
    #[default]
    Percent,
    /// Value less that of the reference, in the unit of the measure.
    Difference,
}

/// A further outcome beside the primary one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomePlan {
    /// Name, unique in the study.
    pub name: String,
    /// What is measured.
    #[serde(default, skip_serializing_if = "Measure::is_slope")]
    pub measure: Measure,
    /// Interval of the pulses: only sweeps with this one count; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Time>,
    /// Reference, from and to, relative to induction (before it negative); `None`:
    /// the reference window of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<[Moment; 2]>,
    /// Window after induction; `None`: that of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<[Time; 2]>,
    /// How the change is told.
    #[serde(default)]
    pub change: Change,
    /// Start of the induction of this stage, since the first one; `None` for an
    /// outcome that is no stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Moment>,
}

/// How p values of several outcomes are adjusted; see `statistics::gatekeeping`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeOrder {
    /// The further outcomes are tested if every comparison of the primary one is
    /// rejected; Holm among them.
    #[default]
    Serial,
    /// Each rejection of the primary outcome hands on its share of α.
    Parallel,
    /// One outcome after the other, in the order stated.
    FixedSequence,
    /// No adjustment.
    None,
}

impl OutcomeOrder {
    /// All of them by their words in files.
    pub const ALL: [(&str, Self); 4] = [
        ("serial", Self::Serial),
        ("parallel", Self::Parallel),
        ("fixed-sequence", Self::FixedSequence),
        ("none", Self::None),
    ];
}

/// What is done with the control pathway of a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ControlBy {
    /// The tetanised pathway is divided by it.
    #[default]
    Ratio,
    /// It is subtracted from the tetanised pathway.
    Difference,
}
