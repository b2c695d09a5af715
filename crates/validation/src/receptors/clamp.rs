//! Virtual experiments: what the published ones did, on the virtual clamp.

use crate::receptors::assay::{Assay, Readout};
use crate::receptors::record::Outcome;
use pharmacology::biosynthesis::{ISO_OVER_ALLO, Rates, Region};
use pharmacology::chloride::{Chloride, chloride_reversal_mv};
use pharmacology::coagonist::{LawLigand, direct_ec50_um, direct_efficacy, gaba_ec50_um};
use pharmacology::{Application, BathCompound, Exposure, ExposurePlan, Library, ReceptorMix, Target, inhibition};
use quantity::{Age, Concentration};
use synapse::patch::{PatchCell, Receptor, evoked_current, input_conductance_ns, resting_potential, steady_current};
use synapse::receptors::magnesium_block;
use synapse::{Modulation, Parameters};

/// Concentration taken for saturation, µM: far above every potency and below
/// what would overflow a steep curve.
const SATURATING_UM: f64 = 1e9;

/// The result of the outcome's experiment, in its unit.
pub(crate) fn performed(library: &Library, outcome: &Outcome) -> f64 {
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
        Assay::PotencyRatio { receptor, readout } => clamp.potency_ratio(receptor, readout),
        Assay::DecayTime { receptor } => {
            evoked_current(receptor, &Parameters::default(), &Modulation::default(), 0.0, -70.0).decay_ms()
        }
        Assay::MagnesiumBlock { mv, mm } => magnesium_block(mv, mm),
        Assay::PairedPulse => {
            steady_current(Receptor::Facilitation, &Parameters::default(), &Modulation::default(), 0.0, 0.0)
        }
        Assay::TonicSlope => {
            let p = Parameters::default();
            let ns = |mv: f64| steady_current(Receptor::GabaTonic, &p, &Modulation::default(), mv, mv - 1.0);
            1000.0 * (ns(0.0) - ns(-70.0)) / 70.0 / (p.soma_capacitance_pf + p.dendrite_capacitance_pf)
        }
        Assay::RestingShift => clamp.on_the_cell(resting_potential, |one, other| one - other),
        Assay::InputConductance => clamp.on_the_cell(input_conductance_ns, |one, other| 100.0 * (one / other - 1.0)),
        Assay::DirectEc50 => direct_ec50_um(&clamp.ligands()),
        Assay::DirectEfficacy => direct_efficacy(&clamp.ligands()),
        Assay::Inhibition { target } => {
            let um = clamp.inhibition_um(target);
            if outcome.unit == "nM" { um * 1000.0 } else { um }
        }
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

/// True for receptors that a brief pulse of transmitter opens.
pub(crate) fn is_evoked(receptor: Receptor) -> bool {
    use Receptor as R;
    matches!(receptor, R::Ampa | R::Glun2a | R::Glun2b | R::Glun2c | R::Glun2d | R::GabaFast | R::GabaSlow | R::Release)
}

/// A reading under a drug, at 0 mV; what a pulse does not open is read under a
/// lasting application, tonic current at −70 mV with equal chloride on both sides, as
/// it is recorded: its pools differ in rectification.
pub(crate) fn read(receptor: Receptor, readout: Readout, drug: &Modulation) -> f64 {
    let p = Parameters::default();
    let (hold_mv, reversal_mv) = match receptor {
        Receptor::GabaTonic => (-70.0, 0.0),
        _ => (0.0, p.gaba_reversal_mv),
    };
    let evoked = || evoked_current(receptor, &p, drug, hold_mv, reversal_mv);
    match readout {
        Readout::Peak if is_evoked(receptor) => evoked().peak_pa(),
        Readout::Decay if is_evoked(receptor) => evoked().decay_ms(),
        _ => steady_current(receptor, &p, drug, hold_mv, reversal_mv),
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

    /// Under the bath over without it.
    fn relative(&self, receptor: Receptor, readout: Readout, first_um: Option<f64>, mix: ReceptorMix) -> f64 {
        let without = {
            // What is in the bath besides the first compound is there before it.
            let others = self.drug(Some(0.0), mix);
            read(receptor, readout, &others)
        };
        read(receptor, readout, &self.drug(first_um, mix)) / without
    }

    /// Where half of the largest change is reached, by bisection on a
    /// logarithmic scale; NaN without any change.
    fn half_maximal_um(&self, receptor: Receptor, readout: Readout) -> f64 {
        let at = |um: f64| read(receptor, readout, &self.drug(Some(um), ReceptorMix::default()));
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

    /// Potency of the first compound over that of the second, each alone.
    fn potency_ratio(&self, receptor: Receptor, readout: Readout) -> f64 {
        let alone = |place: usize| {
            let bath = self.outcome.bath.get(place).cloned().into_iter().collect();
            let outcome = Outcome { bath, ..self.outcome.clone() };
            Clamp { library: self.library, outcome: &outcome }.half_maximal_um(receptor, readout)
        };
        alone(0) / alone(1)
    }

    /// A reading of the patched cell under the bath, against that without it.
    fn on_the_cell(&self, read: impl Fn(&PatchCell, &Modulation) -> f64, against: impl Fn(f64, f64) -> f64) -> f64 {
        let cell = PatchCell::typical(&Parameters::default());
        against(read(&cell, &self.drug(None, ReceptorMix::default())), read(&cell, &Modulation::default()))
    }

    /// The potency of the first compound at a target that has no current of its
    /// own: an enzyme, or open channels.
    fn inhibition_um(&self, target: Target) -> f64 {
        let scenario = self.library.scenario(&self.outcome.scenarios).unwrap_or_default();
        let compound = self.outcome.bath.first().and_then(|(name, _)| self.library.find(name).ok());
        let action = compound.and_then(|compound| {
            compound.targets.iter().find(|action| action.target == target && scenario.admits(action))
        });
        let Some(action) = action else { return f64::NAN };
        let (k_um, hill) = (action.potency.value.um(), action.hill.value);
        let (mut low, mut high) = (1e-7_f64, 1e6_f64);
        for _ in 0..60 {
            let middle = (low * high).sqrt();
            if inhibition(middle, k_um, hill) > 0.5 { low = middle } else { high = middle }
        }
        (low * high).sqrt()
    }

    /// The bath as ligands of the co-agonist law.
    fn ligands(&self) -> Vec<LawLigand> {
        let ligands = self.outcome.bath.iter().filter_map(|(name, um)| {
            let law = self.library.find(name).ok()?.allostery.as_ref()?;
            Some(LawLigand { um: *um, k_um: law.k.value.um(), c: law.c.value, sites: law.sites.value })
        });
        ligands.collect()
    }

    fn gaba_ec50(&self) -> f64 {
        gaba_ec50_um(&self.ligands())
    }
}
