//! What a rule can read in a spine, and what its thresholds can refer to.

/// What a rule can read in a spine at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// Calcium above rest, µM.
    pub(crate) calcium_um: f64,
    /// Effective calcium (integral of calcium above rest), µM ms.
    pub(crate) effective_um_ms: f64,
    /// Potential of the dendrite, mV.
    pub(crate) dendrite_mv: f64,
    /// Open GluN2A conductance, nS.
    pub(crate) glun2a_ns: f64,
    /// Open GluN2B conductance, nS.
    pub(crate) glun2b_ns: f64,
    /// Dendritic potential behind the two [`Filters`] of the rule, mV; without
    /// filters the potential itself.
    pub(crate) filtered_mv: (f64, f64),
}

/// Peaks in a spine of mean weight that thresholds refer to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Peaks {
    /// Calcium after a test pulse, µM above rest.
    pub(crate) calcium_um: f64,
    /// Effective calcium after a test pulse, µM ms.
    pub(crate) effective_um_ms: f64,
    /// Effective calcium after a back-propagating spike, µM ms.
    pub(crate) spike_effective_um_ms: f64,
}

/// Two low-pass filters of the dendritic potential, and how late they are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Filters {
    /// Time constants, ms.
    pub(crate) tau_ms: (f64, f64),
    /// Delay, ms.
    pub(crate) delay_ms: f64,
}
