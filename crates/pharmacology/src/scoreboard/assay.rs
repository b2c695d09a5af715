//! Virtual experiments: what the published ones did, on the virtual clamp.

use super::record::Outcome;
use crate::biosynthesis::{ISO_OVER_ALLO, Rates, Region};
use crate::chloride::{Chloride, chloride_reversal_mv};
use crate::coagonist::{LawLigand, gaba_ec50_um};
use crate::effects::ReceptorMix;
use crate::exposure::Exposure;
use crate::exposure_plan::{Application, BathCompound, ExposurePlan};
use crate::library::Library;
use quantity::{Age, Concentration};
use serde::{Serialize, Serializer};
use synapse::patch::{Receptor, evoked_current, steady_current};
use synapse::{Modulation, Parameters};

/// Concentration taken for saturation, µM: far above every potency and below
/// what would overflow a steep curve.
const SATURATING_UM: f64 = 1e9;

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

/// The result of the outcome's experiment, in its unit.
pub(super) fn performed(library: &Library, outcome: &Outcome) -> f64 {
    let clamp = Clamp { library, outcome };
    match outcome.assay {
        Assay::Potency { receptor, readout } => {
            let um = clamp.half_maximal_um(receptor, readout);
            if outcome.unit == "nM" { um * 1000.0 } else { um }
        }
        Assay::LargestChange { receptor, readout } => {
            100.0 * (clamp.relative(receptor, readout, Some(SATURATING_UM), ReceptorMix::default()) - 1.0)
        }
        Assay::Change { receptor, readout, alpha4_delta, depolarising } => {
            100.0 * (clamp.relative(receptor, readout, None, ReceptorMix { alpha4_delta, depolarising }) - 1.0)
        }
        Assay::Factor { receptor, readout } => clamp.relative(receptor, readout, None, ReceptorMix::default()),
        Assay::Reversal => clamp.reversal_mv(),
        Assay::GabaEc50 => clamp.gaba_ec50(),
        Assay::IsoOverAllo => {
            let r = Rates::of(Region::Ca1);
            let ratio = (r.to_iso / (r.from_iso + r.iso_removal)) / (r.to_allo / (r.from_allo + r.allo_removal));
            debug_assert!((ratio - ISO_OVER_ALLO).abs() < 1.0);
            ratio
        }
        Assay::GabaReversalAtAge { days } => Chloride::of_age(Age::from_postnatal_days(days)).reversal_mv(),
        Assay::PipetteChloride { inside_mm } => chloride_reversal_mv(inside_mm),
    }
}

/// One preparation on the clamp.
struct Clamp<'a> {
    library: &'a Library,
    outcome: &'a Outcome,
}

impl Clamp<'_> {
    /// The receptors with the bath in equilibrium; `first_um` in place of the
    /// concentration of the first compound.
    fn drug(&self, first_um: Option<f64>, receptors: ReceptorMix) -> Modulation {
        let scenario = self.library.scenario(&self.outcome.scenarios).unwrap_or_default();
        let bath = self.outcome.bath.iter().enumerate().filter_map(|(place, (name, um))| {
            let um = if place == 0 { first_um.unwrap_or(*um) } else { *um };
            let compound = self.library.find(name).ok()?.clone();
            let entry = BathCompound { compound, concentration: Concentration::from_um(um) };
            Some(Application { entry, flows: vec![[f64::NEG_INFINITY, f64::INFINITY]] })
        });
        let plan = ExposurePlan { bath: bath.collect(), scenario, receptors, ..ExposurePlan::default() };
        Exposure::of(plan).modulation(0.0)
    }

    fn read(&self, receptor: Receptor, readout: Readout, drug: &Modulation) -> f64 {
        let p = Parameters::default();
        let (hold_mv, reversal_mv) = (0.0, p.gaba_reversal_mv);
        match readout {
            Readout::Peak => evoked_current(receptor, &p, drug, hold_mv, reversal_mv).peak_pa(),
            Readout::Decay => evoked_current(receptor, &p, drug, hold_mv, reversal_mv).decay_ms(),
            Readout::Steady => steady_current(receptor, &p, drug, hold_mv, reversal_mv),
        }
    }

    /// Under the bath over without it.
    fn relative(&self, receptor: Receptor, readout: Readout, first_um: Option<f64>, mix: ReceptorMix) -> f64 {
        let without = {
            // What is in the bath besides the first compound is there before it.
            let others = self.drug(Some(0.0), mix);
            self.read(receptor, readout, &others)
        };
        self.read(receptor, readout, &self.drug(first_um, mix)) / without
    }

    /// Where half of the largest change is reached, by bisection on a
    /// logarithmic scale; NaN without any change.
    fn half_maximal_um(&self, receptor: Receptor, readout: Readout) -> f64 {
        let at = |um: f64| self.read(receptor, readout, &self.drug(Some(um), ReceptorMix::default()));
        let (none, all) = (at(0.0), at(SATURATING_UM));
        if (all - none).abs() < 1e-9 * none.abs() {
            return f64::NAN;
        }
        let (mut low, mut high) = (1e-7_f64, 1e6_f64);
        for _ in 0..60 {
            let middle = (low * high).sqrt();
            if (at(middle) - none) / (all - none) < 0.5 { low = middle } else { high = middle }
        }
        (low * high).sqrt()
    }

    /// The potential at which the slow IPSC changes sign.
    fn reversal_mv(&self) -> f64 {
        let p = Parameters::default();
        let drug = self.drug(None, ReceptorMix::default());
        let peak = |hold_mv: f64| evoked_current(Receptor::GabaSlow, &p, &drug, hold_mv, p.gaba_reversal_mv).peak_pa();
        let (mut low, mut high) = (-120.0, 60.0);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if peak(middle) < 0.0 { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    fn gaba_ec50(&self) -> f64 {
        let ligands = self.outcome.bath.iter().filter_map(|(name, um)| {
            let law = self.library.find(name).ok()?.allostery.as_ref()?;
            Some(LawLigand { um: *um, k_um: law.k.value.um(), c: law.c.value, sites: law.sites.value })
        });
        gaba_ec50_um(&ligands.collect::<Vec<_>>())
    }
}
