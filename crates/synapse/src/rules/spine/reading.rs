//! What a rule can read in a spine, and what its thresholds can refer to.

/// What a rule can read in a spine at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    /// Calcium above rest, µM.
    pub calcium_um: f64,
    /// Effective calcium (integral of calcium above rest), µM ms.
    pub effective_um_ms: f64,
    /// Potential of the dendrite, mV.
    pub dendrite_mv: f64,
    /// Open GluN2A conductance, nS.
    pub glun2a_ns: f64,
    /// Open GluN2B conductance, nS.
    pub glun2b_ns: f64,
    /// Dendritic potential filtered with τ_− and τ_+ and delayed, mV
    /// (`clopath_2010` only).
    pub filtered_mv: (f64, f64),
}

/// Peaks in a spine of mean weight that thresholds refer to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Peaks {
    /// Calcium after a test pulse, µM above rest.
    pub calcium_um: f64,
    /// Effective calcium after a test pulse, µM ms.
    pub effective_um_ms: f64,
    /// Effective calcium after a back-propagating spike, µM ms.
    pub spike_effective_um_ms: f64,
}
