//! State of one synapse under an attached rule.

/// State of one synapse under a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SynapticState {
    /// ρ (0–1), or the weight of a rule without ρ.
    pub value: f64,
    /// Calcium transient of a rule that carries its own.
    pub own_calcium: f64,
    /// Factor on the thresholds of this spine.
    pub threshold_scale: f64,
    /// Thresholds of this spine where the rule makes them its own, µM ms.
    pub thresholds: Option<(f64, f64)>,
    /// Traces of the voltage rules.
    pub traces: VoltageTraces,
}

impl SynapticState {
    /// A synapse at `value` whose thresholds are those of the rule.
    pub fn new(value: f64) -> Self {
        let traces = VoltageTraces::default();
        Self { value, own_calcium: 0.0, threshold_scale: 1.0, thresholds: None, traces }
    }
}

/// Traces of one synapse under a voltage rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VoltageTraces {
    /// Trace of presynaptic spikes: x̄ of Clopath (1/ms), y of Dainauskas.
    pub presynaptic: f64,
    /// x_1 and x_2 of Dainauskas, mV.
    pub potential: (f64, f64),
    /// n_1 and n_2, mS/cm².
    pub conductance: (f64, f64),
    /// ϑ_1 and ϑ_2.
    pub theta: (f64, f64),
}
