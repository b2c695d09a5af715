//! What a compound can act on, how, and at which site; and which numbers of
//! [`Modulation`] a target stands for.

use crate::compound::vocabulary::vocabulary;
use synapse::Modulation;

vocabulary! {
    /// A target named in a record. Some are facts that the synapse has no place
    /// for ([`Target::is_modelled`]); the report says so.
    Target {
        Ampa = "ampa", "AMPA receptors";
        Nmda = "nmda", "all NMDA receptors (GluN2A–2D alike)";
        Glun2a = "glun2a", "NMDA receptors with GluN2A";
        Glun2b = "glun2b", "NMDA receptors with GluN2B alone (diheteromers)";
        Glun2a2b = "glun2a_2b", "NMDA receptors with GluN2A and GluN2B (triheteromers)";
        Glun2c = "glun2c", "NMDA receptors with GluN2C";
        Glun2d = "glun2d", "NMDA receptors with GluN2D";
        GabaA = "gaba_a", "all GABA-A conductances: fast, slow, tonic, directly gated";
        GabaAPhasic = "gaba_a_phasic", "conductance of the fast and the slow IPSC";
        GabaAFast = "gaba_a_fast", "conductance of the fast IPSCs, perisomatic and dendritic";
        GabaAFastDecay = "gaba_a_fast_decay", "decay time constant of the fast IPSCs, perisomatic and dendritic";
        GabaAPerisomatic = "gaba_a_perisomatic", "conductance of the perisomatic fast IPSC (basket cells)";
        GabaAPerisomaticDecay = "gaba_a_perisomatic_decay", "decay time constant of the perisomatic fast IPSC";
        GabaADendritic = "gaba_a_dendritic", "conductance of the dendritic fast IPSC (O-LM, bistratified cells)";
        GabaADendriticDecay = "gaba_a_dendritic_decay", "decay time constant of the dendritic fast IPSC";
        GabaASlow = "gaba_a_slow", "conductance of the slow (α5) IPSC";
        GabaASlowDecay = "gaba_a_slow_decay", "decay time constant of the slow (α5) IPSC";
        GabaATonic = "gaba_a_tonic", "tonic GABA-A conductance";
        GabaATonicAlpha5 = "gaba_a_tonic_alpha5", "α5 pool of the tonic GABA-A conductance";
        GabaATonicDelta = "gaba_a_tonic_delta", "δ pool of the tonic GABA-A conductance";
        GabaUptake = "gaba_uptake", "uptake of GABA";
        Kcc2 = "kcc2", "extrusion of chloride by KCC2";
        Nkcc1 = "nkcc1", "uptake of chloride by NKCC1";
        Alpha4DeltaOutward = "gaba_a_alpha4_delta_outward", "α4βδ part of the tonic conductance where its current is outward (hyperpolarising)";
        Alpha4DeltaInward = "gaba_a_alpha4_delta_inward", "α4βδ part of the tonic conductance where its current is inward (depolarising)";
        GabaASlowReversal = "gaba_a_slow_reversal", "reversal potential of the slow IPSC, as depolarising shift";
        GabaADirect = "gaba_a_direct", "GABA-A conductance opened by the compound itself, nS";
        GabaAGamma2Direct = "gaba_a_gamma2_direct", "GABA-A conductance of synaptic (γ2) receptors opened by an agonist, nS";
        GabaAUseDependent = "gaba_a_use_dependent", "GABA-A block that grows with activation";
        GabaAPotentiation = "gaba_a_potentiation", "the potentiated part of GABA-A responses";
        GabaBPostsynaptic = "gaba_b_postsynaptic", "postsynaptic GABA-B conductance";
        GabaBAutoreceptor = "gaba_b_autoreceptor", "presynaptic GABA-B autoreceptor";
        GabaBHeteroreceptor = "gaba_b_heteroreceptor", "GABA-B receptors on Schaffer collateral terminals, driven by spilt GABA";
        Release = "release", "release probability of the Schaffer collaterals";
        Facilitation = "facilitation", "facilitation of release at the Schaffer collaterals";
        CavT = "cav_t", "T-type calcium channels";
        CavL = "cav_l", "L-type calcium channels, CaV1.2 and CaV1.3 alike";
        Cav12 = "cav_1_2", "high-threshold L-type calcium channels (CaV1.2)";
        Cav13 = "cav_1_3", "low-threshold L-type calcium channels (CaV1.3), which immature spines have";
        CavR = "cav_r", "R-type calcium channels";
        CavHva = "cav_hva", "high-voltage-activated calcium channels (L and R alike)";
        Hcn = "hcn", "hyperpolarisation-activated channels (I_h)";
        Girk = "girk", "potassium conductance opened by GABA-B agonists";
        Sk = "sk", "small-conductance calcium-activated potassium channels";
        Kv4 = "kv4", "A-type potassium channels";
        Nav = "nav", "voltage-gated sodium channels";
        GlycineReceptor = "glycine_receptor", "glycine receptors";
        Nicotinic = "nicotinic", "nicotinic acetylcholine receptors";
        Sigma1 = "sigma1", "sigma-1 receptors";
        Reductase5a1 = "5a_reductase_1", "5α-reductase type 1";
        Reductase5a2 = "5a_reductase_2", "5α-reductase type 2";
        SteroidPool = "steroid_pool", "free neurosteroids in water and membrane";
        ProteinSynthesis = "protein_synthesis", "protein synthesis";
        Pka = "pka", "protein kinase A";
    }
}

vocabulary! {
    /// How a compound acts on a target.
    Mode {
        Pam = "pam", "positive allosteric modulator";
        Nam = "nam", "negative allosteric modulator";
        Agonist = "agonist", "agonist";
        CompetitiveAntagonist = "competitive_antagonist", "competitive antagonist";
        NonCompetitiveAntagonist = "non_competitive_antagonist", "non-competitive antagonist";
        Gamsa = "gamsa", "GABA-A modulating steroid antagonist";
        OpenChannelBlock = "open_channel_block", "open-channel block";
        UseDependentBlock = "use_dependent_block", "use-dependent block";
        ChannelBlock = "channel_block", "channel block";
        EnzymeInhibitor = "enzyme_inhibitor", "enzyme inhibitor";
        Scavenger = "scavenger", "scavenger";
    }
}

vocabulary! {
    /// A binding site. Compounds at one site compete; compounds at different
    /// sites act independently.
    Site {
        Steroid = "steroid", "the neurosteroid site of GABA-A receptors";
        Benzodiazepine = "benzodiazepine", "the benzodiazepine site of GABA-A receptors";
        Barbiturate = "barbiturate", "the barbiturate site of GABA-A receptors";
        Etomidate = "etomidate", "the β2/β3 transmembrane site of etomidate at GABA-A receptors";
        Gaba = "gaba", "the GABA binding site of GABA-A receptors";
        Pore = "pore", "the picrotoxin site in the GABA-A pore";
        SulfatedSteroid = "sulfated_steroid", "the shared site of sulfated steroids at GABA-A receptors";
        Glutamate = "glutamate", "the glutamate site of NMDA receptors";
        Ntd = "ntd", "the ifenprodil site of GluN2B";
        NmdaPore = "nmda_pore", "the NMDA receptor pore";
        GabaB = "gaba_b", "the GABA site of GABA-B receptors";
    }
}

vocabulary! {
    /// Which constant a potency is.
    PotencyKind {
        Ec50 = "ec50", "EC50";
        Ic50 = "ic50", "IC50";
        Ki = "ki", "Ki";
    }
}

vocabulary! {
    /// Junction of the A and B rings of a pregnane steroid.
    Ring {
        Alpha = "5a", "5α-reduced";
        Beta = "5b", "5β-reduced";
    }
}

impl Ring {
    /// Read from a stereochemical key such as `3b5a`.
    pub(crate) fn of_key(stereo_key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ring| stereo_key.contains(ring.name()))
    }
}

/// What compounds do, before the parts of the tonic conductance are put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Factors {
    pub modulation: Modulation,
    /// On the α4βδ part: where its current is outward, and inward.
    pub alpha4_delta: [f64; 2],
    /// On uptake of chloride by NKCC1 and on its extrusion by KCC2.
    pub chloride: [f64; 2],
}

impl Factors {
    /// No compound but what `modulation` says.
    pub(crate) fn of(modulation: Modulation) -> Self {
        Self { modulation, alpha4_delta: [1.0; 2], chloride: [1.0; 2] }
    }
}

/// One number of [`Modulation`] that compounds can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effector {
    Ampa,
    Glun2a,
    Glun2b,
    Glun2a2b,
    Glun2c,
    Glun2d,
    GabaAFast,
    GabaAFastDecay,
    GabaADendritic,
    GabaADendriticDecay,
    GabaASlow,
    GabaASlowDecay,
    GabaATonic,
    GabaATonicAlpha5,
    GabaATonicDelta,
    GabaUptake,
    Kcc2,
    Nkcc1,
    Alpha4DeltaOutward,
    Alpha4DeltaInward,
    GabaASlowReversal,
    GabaADirect,
    GabaAGamma2Direct,
    GabaAUseBlock,
    GabaBPostsynaptic,
    GabaBAutoreceptor,
    GabaBHeteroreceptor,
    Release,
    Facilitation,
    CavT,
    CavL,
    CavLLow,
    CavR,
    Hcn,
    ProteinSynthesis,
    Pka,
}

impl Effector {
    /// The number behind the effector.
    pub(crate) fn slot(self, factors: &mut Factors) -> &mut f64 {
        let modulation = &mut factors.modulation;
        match self {
            Self::Alpha4DeltaOutward => &mut factors.alpha4_delta[0],
            Self::Alpha4DeltaInward => &mut factors.alpha4_delta[1],
            Self::Nkcc1 => &mut factors.chloride[0],
            Self::Kcc2 => &mut factors.chloride[1],
            Self::GabaASlowReversal => &mut modulation.gaba_a_slow_shift_mv,
            Self::Ampa => &mut modulation.ampa_gain,
            Self::Glun2a => &mut modulation.nmda_2a_gain,
            Self::Glun2b => &mut modulation.nmda_2b_gain,
            Self::Glun2a2b => &mut modulation.nmda_2ab_gain,
            Self::Glun2c => &mut modulation.nmda_2c_gain,
            Self::Glun2d => &mut modulation.nmda_2d_gain,
            Self::GabaAFast => &mut modulation.gaba_a_fast_gain,
            Self::GabaAFastDecay => &mut modulation.gaba_a_fast_decay,
            Self::GabaADendritic => &mut modulation.gaba_a_dendritic_gain,
            Self::GabaADendriticDecay => &mut modulation.gaba_a_dendritic_decay,
            Self::GabaASlow => &mut modulation.gaba_a_slow_gain,
            Self::GabaASlowDecay => &mut modulation.gaba_a_slow_decay,
            Self::GabaATonic => &mut modulation.gaba_a_tonic_gain,
            Self::GabaATonicAlpha5 => &mut modulation.gaba_a_alpha5_gain,
            Self::GabaATonicDelta => &mut modulation.gaba_a_delta_gain,
            Self::GabaUptake => &mut modulation.gaba_uptake,
            Self::GabaADirect => &mut modulation.gaba_a_direct_ns,
            Self::GabaAGamma2Direct => &mut modulation.gaba_a_gamma2_ns,
            Self::GabaAUseBlock => &mut modulation.gaba_a_use_block,
            Self::GabaBPostsynaptic => &mut modulation.gaba_b_post_gain,
            Self::GabaBAutoreceptor => &mut modulation.gaba_b_pre_gain,
            Self::GabaBHeteroreceptor => &mut modulation.gaba_b_hetero_gain,
            Self::Release => &mut modulation.release_gain,
            Self::Facilitation => &mut modulation.facilitation_gain,
            Self::CavT => &mut modulation.t_type_gain,
            Self::CavL => &mut modulation.l_type_gain,
            Self::CavLLow => &mut modulation.l_type_low_gain,
            Self::CavR => &mut modulation.r_type_gain,
            Self::Hcn => &mut modulation.ih_gain,
            Self::ProteinSynthesis => &mut modulation.protein_synthesis,
            Self::Pka => &mut modulation.pka,
        }
    }
}

impl Target {
    /// The numbers of the synapse behind a target; empty if the synapse has none.
    /// `gaba_a_potentiation` acts on what other compounds do and has none either.
    pub(crate) fn effectors(self) -> &'static [Effector] {
        use Effector as E;
        match self {
            Self::Ampa => &[E::Ampa],
            Self::Nmda => &[E::Glun2a, E::Glun2b, E::Glun2a2b, E::Glun2c, E::Glun2d],
            Self::Glun2a => &[E::Glun2a],
            Self::Glun2b => &[E::Glun2b],
            Self::Glun2a2b => &[E::Glun2a2b],
            Self::Glun2c => &[E::Glun2c],
            Self::Glun2d => &[E::Glun2d],
            Self::GabaA => {
                &[E::GabaAFast, E::GabaADendritic, E::GabaASlow, E::GabaATonic, E::GabaADirect, E::GabaAGamma2Direct]
            }
            Self::GabaAPhasic => &[E::GabaAFast, E::GabaADendritic, E::GabaASlow],
            Self::GabaAFast => &[E::GabaAFast, E::GabaADendritic],
            Self::GabaAFastDecay => &[E::GabaAFastDecay, E::GabaADendriticDecay],
            Self::GabaAPerisomatic => &[E::GabaAFast],
            Self::GabaAPerisomaticDecay => &[E::GabaAFastDecay],
            Self::GabaADendritic => &[E::GabaADendritic],
            Self::GabaADendriticDecay => &[E::GabaADendriticDecay],
            Self::GabaASlow => &[E::GabaASlow],
            Self::GabaASlowDecay => &[E::GabaASlowDecay],
            Self::GabaATonic => &[E::GabaATonic],
            Self::GabaATonicAlpha5 => &[E::GabaATonicAlpha5],
            Self::GabaATonicDelta => &[E::GabaATonicDelta],
            Self::GabaUptake => &[E::GabaUptake],
            Self::Kcc2 => &[E::Kcc2],
            Self::Nkcc1 => &[E::Nkcc1],
            Self::Alpha4DeltaOutward => &[E::Alpha4DeltaOutward],
            Self::Alpha4DeltaInward => &[E::Alpha4DeltaInward],
            Self::GabaASlowReversal => &[E::GabaASlowReversal],
            Self::GabaADirect => &[E::GabaADirect],
            Self::GabaAGamma2Direct => &[E::GabaAGamma2Direct],
            Self::GabaAUseDependent => &[E::GabaAUseBlock],
            Self::GabaBPostsynaptic => &[E::GabaBPostsynaptic],
            Self::GabaBAutoreceptor => &[E::GabaBAutoreceptor],
            Self::GabaBHeteroreceptor => &[E::GabaBHeteroreceptor],
            Self::Release => &[E::Release],
            Self::Facilitation => &[E::Facilitation],
            Self::CavT => &[E::CavT],
            Self::CavL => &[E::CavL, E::CavLLow],
            Self::Cav12 => &[E::CavL],
            Self::Cav13 => &[E::CavLLow],
            Self::CavR => &[E::CavR],
            Self::CavHva => &[E::CavL, E::CavR],
            Self::Hcn => &[E::Hcn],
            Self::ProteinSynthesis => &[E::ProteinSynthesis],
            Self::Pka => &[E::Pka],
            _ => &[],
        }
    }

    /// True for conductances that agonists open: their maximum is in nS.
    pub(crate) fn is_gated(self) -> bool {
        matches!(self, Self::GabaADirect | Self::GabaAGamma2Direct)
    }

    /// True for the enzymes and pools that set the concentration of steroids.
    pub fn acts_on_steroids(self) -> bool {
        matches!(self, Self::Reductase5a1 | Self::Reductase5a2 | Self::SteroidPool)
    }

    /// True for targets that only a late phase answers to.
    pub fn is_late_phase(self) -> bool {
        matches!(self, Self::ProteinSynthesis | Self::Pka)
    }

    /// True if the synapse has this target, so that a compound acting on it
    /// can change a recording.
    pub fn is_modelled(self) -> bool {
        self == Self::GabaAPotentiation || !self.effectors().is_empty()
    }
}
