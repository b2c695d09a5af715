//! One slice: who it is, its sweeps as an analogue-to-digital converter stores
//! them, and what was done to it when.

use crate::clamp::Clamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The place of a slice in the experiment. Slices are nested in animals; with
/// between-animal assignment an animal belongs to one condition only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SliceKey {
    /// Induction protocol, e.g. `hfs-2x100`.
    pub induction: String,
    /// Condition, e.g. `ISO 3 µM`.
    pub condition: String,
    /// Animal identifier, unique in the experiment, e.g. `A07`.
    pub animal: String,
    /// Slice number within the animal and condition, from 1.
    pub slice: u32,
}

impl fmt::Display for SliceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { induction, condition, animal, slice } = self;
        write!(f, "slice {slice} of animal {animal} ({induction}, {condition})")
    }
}

/// The part of the protocol that a sweep belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Test pulses before any drug.
    Baseline,
    /// Test pulses while the drug is washed in; still before induction.
    WashIn,
    /// The induction itself (a train, a theta burst, low-frequency pulses).
    Induction,
    /// Test pulses after induction.
    FollowUp,
}

impl Phase {
    /// All phases in the order of the protocol.
    pub const ALL: [Self; 4] = [Self::Baseline, Self::WashIn, Self::Induction, Self::FollowUp];

    /// Name in files, e.g. `wash_in`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::WashIn => "wash_in",
            Self::Induction => "induction",
            Self::FollowUp => "follow_up",
        }
    }

    /// The phase of that name in files.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.name() == name)
    }
}

/// One sweep, digitised. The value of sample `k` is `samples[k] * scale + offset`;
/// its time within the sweep is `k / rate_hz`. Values are potentials in mV, or
/// currents in pA where the clamp or the signal of the study says so: files keep no
/// unit of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Position in the recording, from 0.
    pub index: u32,
    /// Stimulated pathway, e.g. `S1`; for the sweeps of a patched cell its clamp.
    pub pathway: String,
    /// Part of the protocol.
    pub phase: Phase,
    /// Time of the first sample since the start of the recording, s.
    pub start_s: f64,
    /// Stimulus times within the sweep, ms after its first sample.
    pub stimulus_ms: Vec<f64>,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
    /// Value of one code of the converter.
    pub scale: f64,
    /// Value of code 0.
    pub offset: f64,
    /// Converter codes.
    pub samples: Vec<i16>,
}

impl Sweep {
    /// How the tissue or cell was held.
    pub fn clamp(&self) -> Clamp {
        Clamp::named(&self.pathway)
    }

    /// The samples in mV, or in pA.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.samples.iter().map(|&code| f64::from(code) * self.scale + self.offset)
    }

    /// Number of samples at either end of the converter's range, where the
    /// value may have been clipped.
    pub fn saturated(&self) -> usize {
        self.samples.iter().filter(|&&code| code == i16::MIN || code == i16::MAX).count()
    }
}

/// Something that was done to the slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Time since the start of the recording, s.
    pub time_s: f64,
    /// What was done, e.g. `drug on: isopregnanolone 3 µM`, `induction: hfs-2x100`.
    pub what: String,
}

/// Nominal bath and effective tissue concentration of one compound over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exposure {
    /// Compound name as in the library.
    pub compound: String,
    /// Times since the start of the recording, s.
    pub time_s: Vec<f64>,
    /// Concentration at the receptors at those times, µM.
    pub tissue_um: Vec<f64>,
}

/// All that one slice yields.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceRecording {
    /// Which slice this is.
    pub key: SliceKey,
    /// Time at which induction began, s since the start of the recording;
    /// `None` for recordings without induction.
    pub induction_s: Option<f64>,
    /// Time at which the drug was switched on, s; `None` without a drug.
    pub drug_on_s: Option<f64>,
    /// Sweeps in the order of their start.
    pub sweeps: Vec<Sweep>,
    /// Protocol events in the order of their time.
    pub events: Vec<Event>,
    /// Drug exposure; empty without a drug.
    pub exposure: Vec<Exposure>,
}
