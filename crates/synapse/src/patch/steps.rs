//! Current clamp: the response to a current step.
//!
//! C_s V_s' = −I_Na − I_K − I_M − g_Ls(V_s−E_L) + g_c(V_d−V_s) + I
//! C_d V_d' = −g_Ld(V_d−E_L) − I_h − I_L − g_ton r_ton(V_d)(V_d−E_GABA) + g_c(V_s−V_d)
//!
//! Gates relax exactly over half steps around an exponential step of the
//! potentials (second order, step 0.025 ms).

use crate::modulation::Modulation;
use crate::patch::channels::{Gating, ih, l_type, potassium_n, slow_potassium, sodium_h, sodium_m};
use crate::patch::parameters::{
    CALCIUM_REVERSAL_MV, IH_NS, IH_REVERSAL_MV, L_TYPE_NS, POTASSIUM_NS, PatchCell, SLOW_POTASSIUM_NS, SODIUM_NS,
    SODIUM_REVERSAL_MV, THRESHOLD_MV,
};

/// Integration step, ms.
const STEP_MS: f64 = 0.025;

/// Time to settle before anything is recorded, ms.
const SETTLE_MS: f64 = 400.0;

/// A current step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepProtocol {
    /// Recorded before the step, ms.
    pub before_ms: f64,
    /// Length of the step, ms.
    pub step_ms: f64,
    /// Recorded after it, ms.
    pub after_ms: f64,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
}

/// The somatic potential around one step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepTrace {
    /// Injected current, pA.
    pub current_pa: f64,
    /// Potential, mV.
    pub soma_mv: Vec<f64>,
}

/// Potentials and gates.
#[derive(Clone, Copy, Debug)]
struct State {
    soma_mv: f64,
    dendrite_mv: f64,
    m: f64,
    h: f64,
    n: f64,
    slow: f64,
    ih: f64,
}

impl State {
    fn at(soma_mv: f64) -> Self {
        let v = soma_mv - THRESHOLD_MV;
        Self {
            soma_mv,
            dendrite_mv: soma_mv,
            m: sodium_m(v).steady,
            h: sodium_h(v).steady,
            n: potassium_n(v).steady,
            slow: slow_potassium(soma_mv).steady,
            ih: ih(soma_mv).steady,
        }
    }

    fn advance_gates(&mut self, dt_ms: f64) {
        let v = self.soma_mv - THRESHOLD_MV;
        let relaxed = |gate: f64, to: Gating| to.steady + (gate - to.steady) * libm::exp(-dt_ms / to.tau_ms);
        self.m = relaxed(self.m, sodium_m(v));
        self.h = relaxed(self.h, sodium_h(v));
        self.n = relaxed(self.n, potassium_n(v));
        self.slow = relaxed(self.slow, slow_potassium(self.soma_mv));
        self.ih = relaxed(self.ih, ih(self.dendrite_mv));
    }

    fn step(&mut self, cell: &PatchCell, drug: &Modulation, injected_pa: f64, phasic_ns: f64) {
        let p = &cell.p;
        self.advance_gates(0.5 * STEP_MS);
        let sodium = SODIUM_NS * self.m * self.m * self.m * self.h;
        let square = self.n * self.n;
        let potassium = POTASSIUM_NS * square * square + SLOW_POTASSIUM_NS * self.slow;
        let gs = sodium + potassium + p.soma_leak_ns + p.axial_ns;
        let is = sodium * SODIUM_REVERSAL_MV
            + potassium * p.potassium_reversal_mv
            + p.soma_leak_ns * p.leak_reversal_mv
            + p.axial_ns * self.dendrite_mv
            + injected_pa;
        let h_ns = IH_NS * drug.ih_gain * self.ih;
        let l_ns = L_TYPE_NS * drug.l_type_low_gain * l_type(self.dendrite_mv);
        let gaba = cell.tonic_ns(drug, self.dendrite_mv) + phasic_ns;
        let gd = p.dendrite_leak_ns + p.axial_ns + h_ns + l_ns + gaba;
        let id = p.dendrite_leak_ns * p.leak_reversal_mv
            + p.axial_ns * self.soma_mv
            + h_ns * IH_REVERSAL_MV
            + l_ns * CALCIUM_REVERSAL_MV
            + gaba * p.gaba_reversal_mv;
        let relaxed = |v: f64, g: f64, i: f64, c: f64| i / g + (v - i / g) * libm::exp(-g * STEP_MS / c);
        self.soma_mv = relaxed(self.soma_mv, gs, is, p.soma_capacitance_pf);
        self.dendrite_mv = relaxed(self.dendrite_mv, gd, id, p.dendrite_capacitance_pf);
        self.advance_gates(0.5 * STEP_MS);
    }
}

/// Steps of the integrator in a time.
fn steps_in(ms: f64) -> usize {
    (ms / STEP_MS).round() as usize
}

fn settled(cell: &PatchCell, drug: &Modulation) -> State {
    let mut state = State::at(cell.p.leak_reversal_mv);
    for _ in 0..steps_in(SETTLE_MS) {
        state.step(cell, drug, 0.0, 0.0);
    }
    state
}

/// Potential without injected current, mV.
pub fn resting_potential(cell: &PatchCell, drug: &Modulation) -> f64 {
    settled(cell, drug).soma_mv
}

/// Steady current over potential for a small hyperpolarising current, nS.
pub fn input_conductance_ns(cell: &PatchCell, drug: &Modulation) -> f64 {
    const PROBE_PA: f64 = -20.0;
    let mut state = settled(cell, drug);
    let before_mv = state.soma_mv;
    for _ in 0..steps_in(SETTLE_MS) {
        state.step(cell, drug, PROBE_PA, 0.0);
    }
    PROBE_PA / (state.soma_mv - before_mv)
}

/// The response to one step of current.
pub fn current_step(cell: &PatchCell, drug: &Modulation, protocol: &StepProtocol, current_pa: f64) -> StepTrace {
    let mut state = settled(cell, drug);
    let every = (1000.0 / protocol.rate_hz / STEP_MS).round().max(1.0) as usize;
    let (on, off) = (steps_in(protocol.before_ms), steps_in(protocol.before_ms + protocol.step_ms));
    let end = off + steps_in(protocol.after_ms);
    let mut soma_mv = Vec::with_capacity(end / every + 1);
    for k in 0..end {
        if k % every == 0 {
            soma_mv.push(state.soma_mv);
        }
        let injected = if (on..off).contains(&k) { current_pa } else { 0.0 };
        state.step(cell, drug, injected, 0.0);
    }
    StepTrace { current_pa, soma_mv }
}

/// Charge that L-type channels carry in `window_ms` of rest with `phasic_ns` of
/// GABA-A conductance opened on average besides the tonic one, pC. Spikes are
/// part of it if GABA makes the cell fire.
pub fn calcium_at_rest(cell: &PatchCell, drug: &Modulation, phasic_ns: f64, window_ms: f64) -> f64 {
    let mut state = settled(cell, drug);
    for _ in 0..steps_in(SETTLE_MS) {
        state.step(cell, drug, 0.0, phasic_ns);
    }
    let mut charge_fc = 0.0;
    for _ in 0..steps_in(window_ms) {
        state.step(cell, drug, 0.0, phasic_ns);
        let open = L_TYPE_NS * drug.l_type_low_gain * l_type(state.dendrite_mv);
        charge_fc += open * (CALCIUM_REVERSAL_MV - state.dendrite_mv) * STEP_MS;
    }
    charge_fc / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::table::Parameters;

    const PROTOCOL: StepProtocol =
        StepProtocol { before_ms: 100.0, step_ms: 500.0, after_ms: 100.0, rate_hz: 20_000.0 };

    fn spikes(trace: &StepTrace) -> usize {
        trace.soma_mv.windows(2).filter(|pair| pair[0] < -10.0 && pair[1] >= -10.0).count()
    }

    #[test]
    fn the_cell_rests_answers_linearly_and_fires_more_with_more_current() {
        let cell = PatchCell::typical(&Parameters::default());
        let drug = Modulation::default();
        let rest = resting_potential(&cell, &drug);
        assert!((-75.0..-60.0).contains(&rest), "{rest}");
        let down = current_step(&cell, &drug, &PROTOCOL, -50.0);
        let end = down.soma_mv[(550.0 * 20.0) as usize];
        let resistance = (end - rest) / -50.0 * 1000.0;
        assert!((50.0..150.0).contains(&resistance), "{resistance} MOhm");
        let counts: Vec<usize> =
            [0.0, 100.0, 200.0, 300.0, 400.0].map(|pa| spikes(&current_step(&cell, &drug, &PROTOCOL, pa))).to_vec();
        assert_eq!(counts[0], 0);
        assert!(counts.windows(2).all(|pair| pair[1] >= pair[0]) && counts[4] > 5, "{counts:?}");
    }

    #[test]
    fn a_step_half_as_long_changes_the_potential_little() {
        // Below threshold the exact steady state does not depend on the step.
        let cell = PatchCell::typical(&Parameters::default());
        let state = settled(&cell, &Modulation::default());
        let mut later = state;
        later.step(&cell, &Modulation::default(), 0.0, 0.0);
        assert!((later.soma_mv - state.soma_mv).abs() < 1e-5);
    }
}
