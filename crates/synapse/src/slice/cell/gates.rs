//! The exponentially decaying traces of the cell: all decay exactly, in one
//! vector multiplication per step.

use crate::modulation::Modulation;
use crate::parameters::table::Parameters;

/// One trace. Receptor gates come as rising and decaying exponential;
/// `N (decaying − rising)` is the open fraction or conductance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    AmpaRise,
    AmpaDecay,
    LastRise,
    LastDecay,
    Glun2aRise,
    Glun2aDecay,
    Glun2bRise,
    Glun2bDecay,
    FastRise,
    FastDecay,
    DendriteRise,
    DendriteDecay,
    SlowRise,
    SlowDecay,
    AfterHyperpolarisation,
    BackPropagation,
    SpiltGaba,
    AmbientGaba,
    Autoreceptor,
    AutoreceptorSlow,
    Blocked,
}

/// Number of traces.
pub(crate) const GATES: usize = 21;

/// The values of all traces.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Gates(pub(crate) [f64; GATES]);

impl Gates {
    #[inline(always)]
    pub(crate) fn get(&self, gate: Gate) -> f64 {
        self.0[gate as usize]
    }

    #[inline(always)]
    pub(crate) fn add(&mut self, gate: Gate, amount: f64) {
        self.0[gate as usize] += amount;
    }

    /// Adds one event to a pair of exponentials.
    #[inline(always)]
    pub(crate) fn open(&mut self, rise: Gate, decay: Gate, amount: f64) {
        self.add(rise, amount);
        self.add(decay, amount);
    }

    /// Decaying minus rising exponential.
    #[inline(always)]
    pub(crate) fn difference(&self, rise: Gate, decay: Gate) -> f64 {
        self.get(decay) - self.get(rise)
    }

    #[inline(always)]
    pub(crate) fn decayed(&self, factors: &[f64; GATES]) -> Self {
        let mut result = *self;
        for (value, factor) in result.0.iter_mut().zip(factors) {
            *value *= factor;
        }
        result
    }
}

/// Decay time constants of all traces, ms, under a drug that prolongs IPSCs or slows uptake.
pub(crate) fn time_constants(p: &Parameters, drug: &Modulation) -> [f64; GATES] {
    let mut tau = [1.0; GATES];
    let mut set = |gate: Gate, value: f64| tau[gate as usize] = value;
    set(Gate::AmpaRise, p.ampa_rise_ms);
    set(Gate::AmpaDecay, p.ampa_decay_ms);
    set(Gate::LastRise, p.ampa_rise_ms);
    set(Gate::LastDecay, p.ampa_decay_ms);
    set(Gate::Glun2aRise, p.glun2a_rise_ms);
    set(Gate::Glun2aDecay, p.glun2a_decay_ms);
    set(Gate::Glun2bRise, p.glun2b_rise_ms);
    set(Gate::Glun2bDecay, p.glun2b_decay_ms);
    set(Gate::FastRise, p.gaba_fast_rise_ms);
    set(Gate::FastDecay, p.gaba_fast_decay_ms * drug.gaba_a_fast_decay);
    set(Gate::DendriteRise, p.gaba_fast_rise_ms);
    set(Gate::DendriteDecay, p.gaba_fast_decay_ms * drug.gaba_a_dendritic_decay);
    set(Gate::SlowRise, p.gaba_slow_rise_ms);
    set(Gate::SlowDecay, p.gaba_slow_decay_ms * drug.gaba_a_slow_decay);
    set(Gate::AfterHyperpolarisation, p.ahp_decay_ms);
    set(Gate::BackPropagation, p.bap_decay_ms);
    set(Gate::SpiltGaba, p.spillover_ms / drug.gaba_uptake);
    set(Gate::AmbientGaba, p.ambient_uptake_ms / drug.gaba_uptake);
    set(Gate::Autoreceptor, p.autoreceptor_first_ms);
    set(Gate::AutoreceptorSlow, p.autoreceptor_second_ms);
    set(Gate::Blocked, p.use_block_recovery_ms);
    tau
}

/// exp(−dt/τ) for all traces.
pub(crate) fn decay_factors(tau_ms: &[f64; GATES], dt_ms: f64) -> [f64; GATES] {
    tau_ms.map(|tau| crate::kernel::lanes::exp(-dt_ms / tau))
}
