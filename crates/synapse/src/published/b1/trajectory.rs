//! What makes a B1 synapse, and what it did.

/// Peak conductances of one synapse, nS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conductances {
    /// AMPA at weight 1.
    pub ampa_ns: f64,
    /// NMDA without magnesium.
    pub nmda_ns: f64,
    /// GABA-A.
    pub gaba_ns: f64,
}

/// What one synapse did.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// ρ at the end.
    pub rho_end: f64,
    /// Largest calcium before the first train, µM.
    pub peak_baseline_um: f64,
    /// Largest calcium from the first pulse of the first train to the test pulse
    /// after the second, µM.
    pub peak_trains_um: f64,
    /// Time above the potentiation threshold in the same span, ms.
    pub above_potentiation_ms: f64,
    /// Time above the depression threshold in the same span, ms.
    pub above_depression_ms: f64,
    /// Time above the depression threshold outside that span, ms.
    pub above_depression_test_ms: f64,
    /// ρ at every full minute, before a pulse of the same instant.
    pub rho_minutes: Vec<f64>,
    /// EPSP of every test pulse: largest V within 100 ms less V at the pulse, mV.
    pub epsp_mv: Vec<f64>,
}
