//! What drugs do to the receptors and channels at one moment. A drug reaches
//! plasticity through these numbers only: there is none that acts on it directly.

/// Factors on receptor and channel parameters; `Default` is drug-free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modulation {
    /// × AMPA conductance.
    pub ampa_gain: f64,
    /// × GluN2A conductance.
    pub nmda_2a_gain: f64,
    /// × conductance of GluN2B diheteromers.
    pub nmda_2b_gain: f64,
    /// × conductance of GluN2A/2B triheteromers.
    pub nmda_2ab_gain: f64,
    /// × GluN2C conductance.
    pub nmda_2c_gain: f64,
    /// × GluN2D conductance.
    pub nmda_2d_gain: f64,
    /// × conductance of the perisomatic fast GABA-A IPSC.
    pub gaba_a_fast_gain: f64,
    /// × decay time constant of the perisomatic fast GABA-A IPSC.
    pub gaba_a_fast_decay: f64,
    /// × conductance of the dendritic fast GABA-A IPSC.
    pub gaba_a_dendritic_gain: f64,
    /// × decay time constant of the dendritic fast GABA-A IPSC.
    pub gaba_a_dendritic_decay: f64,
    /// × conductance of the slow (α5) GABA-A IPSC.
    pub gaba_a_slow_gain: f64,
    /// × decay time constant of the slow (α5) GABA-A IPSC.
    pub gaba_a_slow_decay: f64,
    /// × tonic GABA-A conductance, both pools.
    pub gaba_a_tonic_gain: f64,
    /// × α5 pool of the tonic GABA-A conductance.
    pub gaba_a_alpha5_gain: f64,
    /// × δ pool of the tonic GABA-A conductance.
    pub gaba_a_delta_gain: f64,
    /// × uptake of GABA: ambient GABA is its inverse.
    pub gaba_uptake: f64,
    /// × extrusion of chloride by KCC2.
    pub chloride_extrusion: f64,
    /// Shift of the resting reversal potential of GABA-A currents, mV.
    pub gaba_reversal_shift_mv: f64,
    /// GABA-A conductance opened by direct gating, nS; it does not rectify.
    pub gaba_a_direct_ns: f64,
    /// GABA-A conductance of synaptic (γ2) receptors opened by an agonist, nS.
    pub gaba_a_gamma2_ns: f64,
    /// Use-dependent block of GABA-A: fraction blocked at full activation, 0–1.
    pub gaba_a_use_block: f64,
    /// Depolarising shift of the reversal potential of the slow GABA-A IPSC, mV:
    /// bicarbonate outflow while chloride runs down in a strong, prolonged IPSC.
    pub gaba_a_slow_shift_mv: f64,
    /// × post-synaptic GABA-B conductance.
    pub gaba_b_post_gain: f64,
    /// × effect of the presynaptic GABA-B autoreceptor.
    pub gaba_b_pre_gain: f64,
    /// × effect of the GABA-B heteroreceptor on release of glutamate.
    pub gaba_b_hetero_gain: f64,
    /// × release probability of the Schaffer collaterals.
    pub release_gain: f64,
    /// × facilitation increment of the Schaffer collaterals.
    pub facilitation_gain: f64,
    /// × T-type calcium conductance.
    pub t_type_gain: f64,
    /// × L-type calcium conductance.
    pub l_type_gain: f64,
    /// × low-threshold (CaV1.3-like) L-type calcium conductance.
    pub l_type_low_gain: f64,
    /// × R-type calcium conductance.
    pub r_type_gain: f64,
    /// × hyperpolarisation-activated conductance.
    pub ih_gain: f64,
    /// Share of protein synthesis that works, 0–1 (late phase only).
    pub protein_synthesis: f64,
    /// Share of protein kinase A that works, 0–1 (late phase only).
    pub pka: f64,
}

impl Default for Modulation {
    fn default() -> Self {
        Self {
            ampa_gain: 1.0,
            nmda_2a_gain: 1.0,
            nmda_2b_gain: 1.0,
            nmda_2ab_gain: 1.0,
            nmda_2c_gain: 1.0,
            nmda_2d_gain: 1.0,
            gaba_a_fast_gain: 1.0,
            gaba_a_fast_decay: 1.0,
            gaba_a_dendritic_gain: 1.0,
            gaba_a_dendritic_decay: 1.0,
            gaba_a_slow_gain: 1.0,
            gaba_a_slow_decay: 1.0,
            gaba_a_tonic_gain: 1.0,
            gaba_a_alpha5_gain: 1.0,
            gaba_a_delta_gain: 1.0,
            gaba_uptake: 1.0,
            chloride_extrusion: 1.0,
            gaba_reversal_shift_mv: 0.0,
            gaba_a_direct_ns: 0.0,
            gaba_a_gamma2_ns: 0.0,
            gaba_a_use_block: 0.0,
            gaba_a_slow_shift_mv: 0.0,
            gaba_b_post_gain: 1.0,
            gaba_b_pre_gain: 1.0,
            gaba_b_hetero_gain: 1.0,
            release_gain: 1.0,
            facilitation_gain: 1.0,
            t_type_gain: 1.0,
            l_type_gain: 1.0,
            l_type_low_gain: 1.0,
            r_type_gain: 1.0,
            ih_gain: 1.0,
            protein_synthesis: 1.0,
            pka: 1.0,
        }
    }
}

impl Modulation {
    /// Factor on the GluN2B part of the NMDA conductance, of which `triheteromers` (0–1)
    /// have a GluN2A subunit beside it.
    pub fn glun2b_factor(&self, triheteromers: f64) -> f64 {
        (1.0 - triheteromers) * self.nmda_2b_gain + triheteromers * self.nmda_2ab_gain
    }
}
