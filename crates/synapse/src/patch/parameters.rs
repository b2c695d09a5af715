//! The patched cell: conductances with evidence, and how cells differ.

use crate::kernel::draws::{lognormal, lognormal_sigma};
use crate::kernel::random::{Purpose, SliceIdentity, Stream};
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::patch::channels::ih;
use crate::preparation::bath::in_bath;
use crate::slice::inhibition::tonic::tonic_conductance_ns;
use evidence::Evidence::{self, Derived, FromMemory, ModelChoice};
use evidence::EvidenceRow;

/// One number of the patched cell.
struct PatchParameter {
    /// What it is.
    meaning: &'static str,
    value: f64,
    unit: &'static str,
    evidence: Evidence,
    source: &'static str,
}

macro_rules! numbers {
    ($($name:ident = $value:literal $unit:literal, $evidence:expr, $meaning:literal, $source:literal;)*) => {
        $(#[doc = concat!($meaning, ", ", $unit, ". ", $source, ".")] pub(crate) const $name: f64 = $value;)*
        /// All numbers of the patched cell that the table of the synapse does not hold.
        const PATCH_PARAMETERS: &[PatchParameter] = &[
            $(PatchParameter { meaning: $meaning, value: $value, unit: $unit, evidence: $evidence, source: $source },)*
        ];
    };
}

numbers! {
    SODIUM_NS = 4500.0 "nS", FromMemory, "Sodium conductance", "50 mS/cm2 (Pospischil et al. 2008) on 90 pF at 1 uF/cm2";
    POTASSIUM_NS = 450.0 "nS", FromMemory, "Delayed rectifier", "5 mS/cm2, same source";
    SLOW_POTASSIUM_NS = 6.0 "nS", ModelChoice, "Slow potassium (M) conductance", "Slows firing near threshold without raising the rheobase above 250 pA";
    IH_NS = 20.0 "nS", Derived, "I_h, fully open", "ZD7288 10 µM (83 % block) hyperpolarises CA1 cells by 5.9 ± 0.5 mV (Harris & Constanti 1995); about 3 nS are open at rest";
    IH_REVERSAL_MV = -30.0 "mV", FromMemory, "Reversal of I_h", "Magee 1998 J Neurosci 18:7613";
    SODIUM_REVERSAL_MV = 50.0 "mV", FromMemory, "Sodium reversal", "Nernst";
    THRESHOLD_MV = -56.0 "mV", ModelChoice, "V_T of the spike currents", "Spikes begin near -50 mV";
    L_TYPE_NS = 0.5 "nS", ModelChoice, "Low-threshold L-type conductance", "Part of the calcium conductance that opens below spike threshold";
    CALCIUM_REVERSAL_MV = 100.0 "mV", ModelChoice, "Reversal of calcium currents", "Constant-field rectification linearised";
    MINI_GABA_NS = 0.9 "nS", FromMemory, "Conductance of one spontaneous IPSC", "34 receptors of 36 pS (Rodrigues et al. 2023), most of them open at the peak";
    MINI_GABA_CV = 0.6 "1", FromMemory, "Variation of spontaneous IPSCs", "Broad, skewed distributions";
    MINI_GABA_HZ = 6.0 "Hz", FromMemory, "Rate of spontaneous IPSCs", "A few to ten per second in CA1 pyramids";
    MINI_AMPA_NS = 0.5 "nS", FromMemory, "Conductance of one spontaneous EPSC", "0.5 nS (PMC6636706)";
    MINI_AMPA_CV = 0.4 "1", FromMemory, "Variation of spontaneous EPSCs", "Quantal and between synapses";
    MINI_AMPA_HZ = 1.5 "Hz", FromMemory, "Rate of spontaneous EPSCs", "About one per second in CA1 pyramids";
    NOISE_PA = 2.0 "pA", FromMemory, "Noise of the amplifier", "Whole cell at 2 kHz";
    CELL_CV = 0.15 "1", ModelChoice, "Variation of passive and synaptic conductances between cells", "Input resistance varies by 15-30 %";
    ANIMAL_CV = 0.10 "1", ModelChoice, "Variation of synaptic conductances between animals", "As inhibition in slices";
}

/// What the patched cell rests on beyond the table of the synapse.
pub fn evidence_rows() -> Vec<EvidenceRow> {
    let row = |number: &PatchParameter| EvidenceRow {
        subject: format!("patched cell: {}", number.meaning),
        value: format!("{} {}", number.value, number.unit),
        source: number.source.to_owned(),
        tag: number.evidence,
        note: String::new(),
    };
    PATCH_PARAMETERS.iter().map(row).collect()
}

/// One cell on the pipette.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchCell {
    pub(crate) p: Parameters,
    /// × spontaneous and tonic GABA-A conductance.
    pub(crate) inhibition: f64,
    /// × spontaneous AMPA conductance.
    pub(crate) excitation: f64,
    /// × rate of spontaneous events.
    pub(crate) rate: f64,
    pub(crate) stream: Stream,
}

impl PatchCell {
    /// The cell with this identity, in the bath that its parameters name.
    pub fn new(parameters: &Parameters, identity: SliceIdentity) -> Self {
        let (animal, cell) = (Stream::of_animal(identity), Stream::of_slice(identity));
        let factor = |stream: &Stream, number: u32, cv: f64| {
            lognormal(lognormal_sigma(cv), stream.normal(Purpose::PatchTraits, number, 0))
        };
        let mut p = with_h_current_apart(in_bath(parameters));
        let passive = factor(&cell, 0, CELL_CV);
        p.soma_leak_ns *= passive;
        p.dendrite_leak_ns *= passive;
        Self {
            p,
            inhibition: factor(&animal, 1, ANIMAL_CV) * factor(&cell, 1, CELL_CV),
            excitation: factor(&animal, 2, ANIMAL_CV) * factor(&cell, 2, CELL_CV),
            rate: factor(&cell, 3, 2.0 * CELL_CV),
            stream: cell,
        }
    }

    /// A cell without traits of its own.
    pub fn typical(parameters: &Parameters) -> Self {
        let identity = SliceIdentity { seed: 0, animal: 0, slice: 0 };
        let stream = Stream::of_slice(identity);
        Self { p: with_h_current_apart(in_bath(parameters)), inhibition: 1.0, excitation: 1.0, rate: 1.0, stream }
    }

    /// Tonic and directly gated GABA-A conductance at a potential under a drug, nS.
    pub(crate) fn tonic_ns(&self, drug: &Modulation, potential_mv: f64) -> f64 {
        let gated = drug.gaba_a_direct_ns + drug.gaba_a_gamma2_ns;
        self.inhibition * (tonic_conductance_ns(&self.p, drug, potential_mv) - gated) + gated
    }
}

/// The leak of the slice's cell holds its I_h. In the patched cell I_h stands
/// apart: what is open of it at rest leaves the dendritic leak, and the reversal of
/// the leak moves to where the soma rests as before,
/// g_Ld(E−V_d) + g_h m(V_d)(E_h−V_d) + g_c(V_s−V_d) = 0, V_d = V_s − g_Ls(E−V_s)/g_c.
fn with_h_current_apart(mut p: Parameters) -> Parameters {
    let rest_mv = p.leak_reversal_mv;
    let least_ns = 0.1 * p.dendrite_leak_ns;
    p.dendrite_leak_ns = (p.dendrite_leak_ns - IH_NS * ih(rest_mv).steady).max(least_ns);
    let excess_pa = |reversal_mv: f64| {
        let dendrite_mv = rest_mv - p.soma_leak_ns * (reversal_mv - rest_mv) / p.axial_ns;
        p.dendrite_leak_ns * (reversal_mv - dendrite_mv)
            + IH_NS * ih(dendrite_mv).steady * (IH_REVERSAL_MV - dendrite_mv)
            + p.axial_ns * (rest_mv - dendrite_mv)
    };
    let (mut low, mut high) = (rest_mv - 60.0, rest_mv);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if excess_pa(middle) > 0.0 { high = middle } else { low = middle }
    }
    p.leak_reversal_mv = 0.5 * (low + high);
    p
}
