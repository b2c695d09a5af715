//! What a virtual experiment does and reads.

use pharmacology::Target;
use serde::{Serialize, Serializer};
use synapse::patch::Receptor;

/// What is read from a current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readout {
    /// Largest current after a brief pulse.
    Peak,
    /// Charge over peak after a brief pulse.
    Decay,
    /// Current under a lasting application.
    Steady,
}

/// A virtual experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Assay {
    /// Concentration of half the largest change, nM or µM as the unit says.
    Potency {
        /// What carries the current.
        receptor: Receptor,
        /// What is read.
        readout: Readout,
    },
    /// Largest change, per cent.
    LargestChange {
        /// What carries the current.
        receptor: Receptor,
        /// What is read.
        readout: Readout,
    },
    /// Change at the stated concentration, per cent.
    Change {
        /// What carries the current.
        receptor: Receptor,
        /// What is read.
        readout: Readout,
        /// Share of α4βδ receptors in the tonic conductance.
        alpha4_delta: f64,
        /// Whether GABA depolarises.
        depolarising: bool,
    },
    /// Factor at the stated concentration.
    Factor {
        /// What carries the current.
        receptor: Receptor,
        /// What is read.
        readout: Readout,
    },
    /// Potency of the first compound over that of the second.
    PotencyRatio {
        /// What carries the current.
        receptor: Receptor,
        /// What is read.
        readout: Readout,
    },
    /// Decay of an evoked current without drugs, ms.
    DecayTime {
        /// What carries the current.
        receptor: Receptor,
    },
    /// Share of NMDA receptors free of magnesium.
    MagnesiumBlock {
        /// Potential, mV.
        mv: f64,
        /// Magnesium outside, mM.
        mm: f64,
    },
    /// Second over first release 50 ms apart.
    PairedPulse,
    /// Change of tonic conductance with potential from −70 to 0 mV per capacitance, pS/mV/pF.
    TonicSlope,
    /// Change of the resting potential of the patched cell, mV.
    RestingShift,
    /// Change of its input conductance, per cent.
    InputConductance,
    /// EC50 of direct gating in the co-agonist law, µM.
    DirectEc50,
    /// Largest direct gating over that of GABA, co-agonist law.
    DirectEfficacy,
    /// Concentration that halves an enzyme or blocks half of its open channels, nM or µM.
    Inhibition {
        /// What is inhibited.
        target: Target,
    },
    /// Reversal potential of the slow IPSC, mV.
    Reversal,
    /// EC50 of GABA in the co-agonist law, µM.
    GabaEc50,
    /// Steady ISO over ALLO of the synthesis.
    IsoOverAllo,
    /// Reversal of GABA at an age, mV.
    GabaReversalAtAge {
        /// Postnatal age, d.
        days: f64,
    },
    /// Nernst potential of chloride with a pipette solution, mV.
    PipetteChloride {
        /// Chloride in the pipette, mM.
        inside_mm: f64,
    },
}

impl Assay {
    /// In words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Potency { receptor, readout } => format!("potency on {receptor:?}, {readout:?}"),
            Self::LargestChange { receptor, readout } => format!("largest change of {receptor:?}, {readout:?}"),
            Self::Change { receptor, readout, .. } => format!("change of {receptor:?}, {readout:?}"),
            Self::Factor { receptor, readout } => format!("factor on {receptor:?}, {readout:?}"),
            Self::PotencyRatio { receptor, readout } => format!("ratio of potencies on {receptor:?}, {readout:?}"),
            Self::DecayTime { receptor } => format!("decay of {receptor:?}"),
            Self::MagnesiumBlock { mv, mm } => format!("magnesium block at {mv} mV in {mm} mM"),
            Self::PairedPulse => "paired pulses at 50 ms".to_owned(),
            Self::TonicSlope => "tonic conductance against potential".to_owned(),
            Self::RestingShift => "resting potential of the patched cell".to_owned(),
            Self::InputConductance => "input conductance of the patched cell".to_owned(),
            Self::DirectEc50 => "direct gating, co-agonist law".to_owned(),
            Self::DirectEfficacy => "largest direct gating, co-agonist law".to_owned(),
            Self::Inhibition { target } => format!("inhibition of {}", target.meaning()),
            Self::Reversal => "reversal of the slow IPSC".to_owned(),
            Self::GabaEc50 => "EC50 of GABA, co-agonist law".to_owned(),
            Self::IsoOverAllo => "steady synthesis".to_owned(),
            Self::GabaReversalAtAge { days } => format!("chloride balance at P{days}"),
            Self::PipetteChloride { inside_mm } => format!("pipette with {inside_mm} mM chloride"),
        }
    }
}

impl Serialize for Assay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.in_words())
    }
}
