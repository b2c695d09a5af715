//! The cell: soma and stratum-radiatum dendrite, driven by the expected synaptic
//! conductance of the whole population and by feed-forward, feedback and tonic
//! inhibition.
//!
//! C_d V_d' = g_Ld(E_L−V_d) + g_c(V_s−V_d) − G_A V_d − G_N B(V_h) V_d
//!          + [g_fd s_f + g_sl s_s r_α5(V_d) + g_ton r_ton(V_d)](E_GABA−V_d) + g_sl s_s r_α5(V_d) ΔE_sl
//!          + g_B G⁴/(G⁴+100) (E_K−V_d) + g_bAP s_b (E_bAP−V_d)
//! C_s V_s' = g_Ls(E_L−V_s) + g_c(V_d−V_s) + g_fs s_f (E_GABA−V_s)
//!          + g_AHP s_h (E_K−V_s) + g_Ls Δ_T e^{(V_s−V_T)/Δ_T}
//!
//! with AMPA and NMDA reversal 0 mV, ΔE_sl the depolarising shift of the slow
//! IPSC under a drug and V_h the head of a spine that has just
//! released. Both equations are advanced by the exponential midpoint rule
//! (second order). GABA-B follows Destexhe et al. 1998 ("Kinetic models of
//! synaptic transmission", minimal scheme) on spilt GABA T:
//! R' = K1 T (1−R) − K2 R, G' = K3 R − K4 G.

use crate::kernel::lanes::exp;
use crate::kinetics::destexhe_1998::GABA_B;
use crate::modulation::Modulation;
use crate::parameters::table::Parameters;
use crate::preparation::laws::GABA_B_RATES;
use crate::receptors::voltage::peak_factor;
use crate::receptors::voltage_table::VoltageTable;
use crate::slice::cell::gates::{GATES, Gate, Gates, decay_factors, time_constants};

/// Destexhe et al. 1998, minimal GABA-B scheme: K1 /(mM ms), K2, K3, K4 /ms.
const GABA_B_K1: f64 = GABA_B.k1;
const GABA_B_K2: f64 = GABA_B.k2;
const GABA_B_K3: f64 = GABA_B.k3;
const GABA_B_K4: f64 = GABA_B.k4;
/// Half-activation of the potassium conductance, in units of G⁴; same source.
const GABA_B_HALF: f64 = 100.0;
/// Potential at which a spike is registered: the upstroke is over within a step.
const SPIKE_PEAK_MV: f64 = -35.0;

/// Step sizes, ms, with their trace factors; chosen by the time since an event.
#[derive(Clone, Debug)]
pub(crate) struct StepFactors {
    pub(crate) dt_ms: f64,
    half: [f64; GATES],
    gaba_b: f64,
}

/// Membrane state and traces of the cell.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) soma_mv: f64,
    pub(crate) dendrite_mv: f64,
    pub(crate) gates: Gates,
    gaba_b_bound: f64,
    gaba_b_g: f64,
    refractory_ms: f64,
    bap_reserve: f64,
    bap_clock_ms: f64,
    ipsc_recovered: f64,
    ipsc_clock_ms: f64,
    /// Share of open NMDA receptors that sit on spines which released last.
    fresh_share: f64,
    /// AMPA conductance of one released spine at its mean weight, nS.
    local_ampa_ns: f64,
    tau: [f64; GATES],
    drug: Modulation,
    norm: Norms,
    table: VoltageTable,
    /// Factor on the rates of GABA-B at the temperature of the bath.
    gaba_b_speed: f64,
    p: Parameters,
}

/// Peak factors of the receptor gates.
#[derive(Clone, Copy, Debug, Default)]
struct Norms {
    ampa: f64,
    glun2a: f64,
    glun2b: f64,
    fast: f64,
    slow: f64,
}

/// What happened in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StepOutcome {
    /// Axial current from dendrite to soma at the end of the step, pA.
    pub(crate) axial_pa: f64,
    /// Whether the soma fired.
    pub(crate) spiked: bool,
}

impl Cell {
    /// A cell at rest without drugs.
    pub(crate) fn new(parameters: &Parameters) -> Self {
        let mut cell = Self {
            soma_mv: parameters.leak_reversal_mv,
            dendrite_mv: parameters.leak_reversal_mv,
            gates: Gates::default(),
            gaba_b_bound: 0.0,
            gaba_b_g: 0.0,
            refractory_ms: 0.0,
            bap_reserve: 1.0,
            bap_clock_ms: 0.0,
            ipsc_recovered: 1.0,
            ipsc_clock_ms: 0.0,
            fresh_share: 0.0,
            local_ampa_ns: 0.0,
            tau: [1.0; GATES],
            drug: Modulation::default(),
            norm: Norms::default(),
            table: VoltageTable::new(parameters.magnesium_mm),
            gaba_b_speed: GABA_B_RATES.factor(parameters.bath_celsius),
            p: parameters.clone(),
        };
        cell.apply(&Modulation::default());
        cell.relax_membrane();
        cell
    }

    /// Puts the receptors under a drug.
    pub(crate) fn apply(&mut self, drug: &Modulation) {
        let p = &self.p;
        self.drug = *drug;
        self.tau = time_constants(p, drug.gaba_a_fast_decay, drug.gaba_a_slow_decay);
        self.norm = Norms {
            ampa: peak_factor(p.ampa_rise_ms, p.ampa_decay_ms),
            glun2a: peak_factor(p.glun2a_rise_ms, p.glun2a_decay_ms),
            glun2b: peak_factor(p.glun2b_rise_ms, p.glun2b_decay_ms),
            fast: peak_factor(p.gaba_fast_rise_ms, p.gaba_fast_decay_ms * drug.gaba_a_fast_decay),
            slow: peak_factor(p.gaba_slow_rise_ms, p.gaba_slow_decay_ms * drug.gaba_a_slow_decay),
        };
    }

    /// Factors of one step size under the present drug.
    pub(crate) fn factors(&self, dt_ms: f64) -> StepFactors {
        StepFactors {
            dt_ms,
            half: decay_factors(&self.tau, 0.5 * dt_ms),
            gaba_b: exp(-GABA_B_K4 * self.gaba_b_speed * dt_ms),
        }
    }

    /// Glutamate reaches the population: AMPA conductance behind the necks,
    /// GluN2A and GluN2B conductance, all in nS; `local_ampa_ns` is the AMPA
    /// conductance of one released spine.
    pub(crate) fn release_glutamate(&mut self, ampa_ns: f64, glun2a_ns: f64, glun2b_ns: f64, local_ampa_ns: f64) {
        let before = self.nmda_ns(&self.gates).max(0.0);
        let added = glun2a_ns + glun2b_ns;
        self.fresh_share = if added > 0.0 { added / (added + before) } else { 0.0 };
        self.local_ampa_ns = local_ampa_ns;
        self.gates.open(Gate::AmpaRise, Gate::AmpaDecay, ampa_ns);
        self.gates.open(Gate::Glun2aRise, Gate::Glun2aDecay, glun2a_ns);
        self.gates.open(Gate::Glun2bRise, Gate::Glun2bDecay, glun2b_ns);
        self.gates.0[Gate::LastRise as usize] = 1.0;
        self.gates.0[Gate::LastDecay as usize] = 1.0;
    }

    /// One IPSC of relative strength `strength` at `now_ms`: depression and the
    /// autoreceptor scale it, and it drives both in turn.
    ///
    /// a_R += k_a size (1−a_R), a_R' = −a_R/τ₁; a_G' = (a_R−a_G)/τ₂, kept as
    /// z = a_G − κ a_R with κ = τ₁/(τ₁−τ₂), which decays with τ₂ alone.
    pub(crate) fn inhibit(&mut self, strength: f64, now_ms: f64) {
        let p = &self.p;
        let recovery = exp(-(now_ms - self.ipsc_clock_ms) / p.gaba_recovery_ms);
        self.ipsc_recovered = 1.0 - (1.0 - self.ipsc_recovered) * recovery;
        self.ipsc_clock_ms = now_ms;
        let size = strength * self.ipsc_recovered * (1.0 - self.suppression());
        self.ipsc_recovered *= 1.0 - p.gaba_use * strength.min(1.0);
        self.gates.open(Gate::FastRise, Gate::FastDecay, size);
        self.gates.open(Gate::SlowRise, Gate::SlowDecay, size);
        self.gates.add(Gate::SpiltGaba, p.spillover_mm * size);
        let bound = self.gates.get(Gate::Autoreceptor);
        let rise = p.autoreceptor_gain * size * (1.0 - bound);
        self.gates.add(Gate::Autoreceptor, rise);
        self.gates.add(Gate::AutoreceptorSlow, -self.kappa() * rise);
    }

    fn kappa(&self) -> f64 {
        let first = self.p.autoreceptor_first_ms;
        // Equal time constants make the two-exponential form singular.
        let difference = first - self.p.autoreceptor_second_ms;
        if difference.abs() < 1e-6 { first / 1e-6 } else { first / difference }
    }

    /// Fraction by which the autoreceptor lowers GABA release now:
    /// s a_G²/(a_G²+K²).
    pub(crate) fn suppression(&self) -> f64 {
        let p = &self.p;
        let active = self.gates.get(Gate::AutoreceptorSlow) + self.kappa() * self.gates.get(Gate::Autoreceptor);
        let square = (active.max(0.0) * self.drug.gaba_b_pre_gain).powi(2);
        p.autoreceptor_max * square / (square + p.autoreceptor_half * p.autoreceptor_half)
    }

    #[inline(always)]
    fn nmda_ns(&self, gates: &Gates) -> f64 {
        self.norm.glun2a * gates.difference(Gate::Glun2aRise, Gate::Glun2aDecay)
            + self.norm.glun2b * gates.difference(Gate::Glun2bRise, Gate::Glun2bDecay)
    }

    /// Total conductance (nS) and its product with the reversal potentials (pA)
    /// of both compartments, at the given potentials and traces.
    #[inline(always)]
    fn membrane(&self, dendrite_mv: f64, soma_mv: f64, gates: &Gates) -> [f64; 4] {
        let p = &self.p;
        let open = 1.0 - gates.get(Gate::Blocked);
        let fast =
            open * self.drug.gaba_a_fast_gain * self.norm.fast * gates.difference(Gate::FastRise, Gate::FastDecay);
        let slow =
            open * self.drug.gaba_a_slow_gain * self.norm.slow * gates.difference(Gate::SlowRise, Gate::SlowDecay);
        let here = self.table.at(dendrite_mv);
        let local = self.local_ampa_ns * self.norm.ampa * gates.difference(Gate::LastRise, Gate::LastDecay);
        let head_mv = dendrite_mv * (1.0 - self.fresh_share * local / (p.neck_ns + local));
        let nmda = self.nmda_ns(gates) * self.table.at(head_mv).unblocked;
        let ampa = self.norm.ampa * gates.difference(Gate::AmpaRise, Gate::AmpaDecay);
        let tonic = open * here.tonic * (p.tonic_ns * self.drug.gaba_a_tonic_gain + self.drug.gaba_a_direct_ns);
        let slow_ns = p.gaba_slow_ns * slow * here.alpha5;
        let gaba = p.gaba_fast_dendrite_ns * fast + slow_ns + tonic;
        let square = self.gaba_b_g * self.gaba_b_g;
        let quartic = square * square;
        let gaba_b = p.gaba_b_ns * self.drug.gaba_b_post_gain * quartic / (quartic + GABA_B_HALF);
        let bap = gates.get(Gate::BackPropagation);
        let ahp = gates.get(Gate::AfterHyperpolarisation);
        let soma_gaba = p.gaba_fast_soma_ns * fast;
        let steepness = (soma_mv - p.spike_threshold_mv) / p.spike_slope_mv;
        let upstroke =
            if steepness > -12.0 { p.soma_leak_ns * p.spike_slope_mv * exp(steepness.min(12.0)) } else { 0.0 };
        [
            p.dendrite_leak_ns + p.axial_ns + ampa + nmda + gaba + gaba_b + bap,
            p.dendrite_leak_ns * p.leak_reversal_mv
                + p.axial_ns * soma_mv
                + gaba * p.gaba_reversal_mv
                + gaba_b * p.potassium_reversal_mv
                + bap * p.bap_reversal_mv
                + slow_ns * self.drug.gaba_a_slow_shift_mv,
            p.soma_leak_ns + p.axial_ns + soma_gaba + ahp,
            p.soma_leak_ns * p.leak_reversal_mv
                + p.axial_ns * dendrite_mv
                + soma_gaba * p.gaba_reversal_mv
                + ahp * p.potassium_reversal_mv
                + upstroke,
        ]
    }

    /// Advances the cell by one step of the given size.
    #[inline(always)]
    pub(crate) fn step(&mut self, factors: &StepFactors, now_ms: f64) -> StepOutcome {
        let dt = factors.dt_ms;
        let middle = self.gates.decayed(&factors.half);
        let (c_d, c_s) = (self.p.dendrite_capacitance_pf, self.p.soma_capacitance_pf);
        let [gd, id, gs, is] = self.membrane(self.dendrite_mv, self.soma_mv, &middle);
        let dendrite_half = relax(self.dendrite_mv, id / gd, 0.5 * dt * gd / c_d);
        let soma_half = relax(self.soma_mv, is / gs, 0.5 * dt * gs / c_s);
        let [gd, id, gs, is] = self.membrane(dendrite_half, soma_half, &middle);
        self.dendrite_mv = relax(self.dendrite_mv, id / gd, dt * gd / c_d);
        if self.refractory_ms > 0.0 {
            self.refractory_ms -= dt;
            self.soma_mv = self.p.spike_reset_mv;
        } else {
            self.soma_mv = relax(self.soma_mv, is / gs, dt * gs / c_s);
        }
        self.advance_gaba_b(&middle, factors);
        self.gates = middle.decayed(&factors.half);
        if self.drug.gaba_a_use_block > 0.0 {
            self.block_by_use(&middle, dt);
        }
        let spiked = self.soma_mv >= SPIKE_PEAK_MV;
        if spiked {
            self.spike(now_ms + dt);
        }
        StepOutcome { axial_pa: self.axial_pa(), spiked }
    }

    /// g_c (V_d − V_s), pA.
    #[inline(always)]
    pub(crate) fn axial_pa(&self) -> f64 {
        self.p.axial_ns * (self.dendrite_mv - self.soma_mv)
    }

    #[inline(always)]
    fn advance_gaba_b(&mut self, middle: &Gates, factors: &StepFactors) {
        let binding = GABA_B_K1 * middle.get(Gate::SpiltGaba) * self.gaba_b_speed;
        let rate = binding + GABA_B_K2 * self.gaba_b_speed;
        let bound = relax(self.gaba_b_bound, binding / rate, rate * factors.dt_ms);
        let drive = GABA_B_K3 / GABA_B_K4 * 0.5 * (self.gaba_b_bound + bound);
        self.gaba_b_g = drive + (self.gaba_b_g - drive) * factors.gaba_b;
        self.gaba_b_bound = bound;
    }

    /// Use-dependent block D of GABA-A: D' = k a (m − D) − D/τ, a the open
    /// fraction and m the block at full activation (the decay is in the traces).
    #[inline(always)]
    fn block_by_use(&mut self, middle: &Gates, dt_ms: f64) {
        let active = (self.norm.fast * middle.difference(Gate::FastRise, Gate::FastDecay)).clamp(0.0, 1.0);
        let blocked = self.gates.get(Gate::Blocked);
        let blocked = relax(blocked, self.drug.gaba_a_use_block, self.p.use_block_per_ms * active * dt_ms);
        self.gates.0[Gate::Blocked as usize] = blocked.min(1.0);
    }

    /// The soma fires: reset, after-hyperpolarisation, back-propagating spike.
    pub(crate) fn spike(&mut self, at_ms: f64) {
        let p = &self.p;
        self.soma_mv = p.spike_reset_mv;
        self.refractory_ms = p.spike_refractory_ms;
        let recovery = exp(-(at_ms - self.bap_clock_ms) / p.bap_recovery_ms);
        let reserve = 1.0 - (1.0 - self.bap_reserve) * recovery;
        self.gates.add(Gate::BackPropagation, p.bap_ns * reserve);
        self.gates.add(Gate::AfterHyperpolarisation, p.ahp_ns);
        self.bap_reserve = reserve * (1.0 - p.bap_use);
        self.bap_clock_ms = at_ms;
    }

    /// Lets `gap_ms` pass in which nothing happens: traces and GABA-B (without
    /// transmitter) decay in closed form, the membrane rests.
    pub(crate) fn rest(&mut self, gap_ms: f64) {
        self.gates = self.gates.decayed(&decay_factors(&self.tau, gap_ms));
        // R decays with K2; G follows in closed form (difference of exponentials).
        let bound_end = exp(-GABA_B_K2 * self.gaba_b_speed * gap_ms);
        let g_end = exp(-GABA_B_K4 * self.gaba_b_speed * gap_ms);
        let coupling = GABA_B_K3 / (GABA_B_K4 - GABA_B_K2);
        self.gaba_b_g = self.gaba_b_g * g_end + self.gaba_b_bound * coupling * (bound_end - g_end);
        self.gaba_b_bound *= bound_end;
        self.refractory_ms = 0.0;
        self.relax_membrane();
    }

    /// Sets the membrane to its steady state under the present slow conductances.
    pub(crate) fn relax_membrane(&mut self) {
        let gates = self.gates;
        for _ in 0..200 {
            let [gd, id, gs, is] = self.membrane(self.dendrite_mv, self.soma_mv, &gates);
            self.dendrite_mv = id / gd;
            self.soma_mv = is / gs;
        }
    }

    /// Distance of the membrane from its steady state, mV: what skipping would lose.
    pub(crate) fn unrest_mv(&self) -> f64 {
        let [gd, id, gs, is] = self.membrane(self.dendrite_mv, self.soma_mv, &self.gates);
        (self.dendrite_mv - id / gd).abs().max((self.soma_mv - is / gs).abs())
    }
}

/// Exponential relaxation of `value` towards `target` over `x` time constants.
#[inline(always)]
fn relax(value: f64, target: f64, x: f64) -> f64 {
    target + (value - target) * exp(-x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Davies et al. 1991; Larson et al. 1986.
    #[test]
    fn a_lone_ipsc_suppresses_the_next_most_after_150_to_250_ms_and_not_after_1_s() {
        let mut cell = Cell::new(&Parameters::default());
        cell.inhibit(1.0, 0.0);
        let mut course = Vec::new();
        for k in 1..=200 {
            cell.rest(5.0);
            course.push((5.0 * f64::from(k), cell.suppression()));
        }
        let peak = course.iter().copied().fold((0.0, 0.0), |best, at| if at.1 > best.1 { at } else { best });
        assert!((150.0..=250.0).contains(&peak.0) && (0.5..=0.8).contains(&peak.1), "{peak:?}");
        assert!(course[199].1 < 0.05, "{:?}", course[199]);
    }

    /// A subthreshold response of 20 ms in steps of `dt_ms`: the dendrite at its end
    /// (mV), and what the charge that crossed its membrane leaves unexplained of the
    /// charge of its capacitance (fC), ∫ I dt − C ΔV, by the trapezoidal rule.
    fn response(dt_ms: f64) -> (f64, f64) {
        let mut cell = Cell::new(&Parameters::default());
        cell.release_glutamate(6.0, 1.0, 1.0, 0.5);
        cell.inhibit(0.5, 0.0);
        let factors = cell.factors(dt_ms);
        let current = |cell: &Cell| {
            let [g, i, _, _] = cell.membrane(cell.dendrite_mv, cell.soma_mv, &cell.gates);
            i - g * cell.dendrite_mv
        };
        let (start_mv, mut charge) = (cell.dendrite_mv, 0.0);
        for k in 0..(20.0 / dt_ms).round() as u32 {
            let before = current(&cell);
            assert!(!cell.step(&factors, dt_ms * f64::from(k)).spiked);
            charge += 0.5 * dt_ms * (before + current(&cell));
        }
        (cell.dendrite_mv, charge - cell.p.dendrite_capacitance_pf * (cell.dendrite_mv - start_mv))
    }

    /// The exponential midpoint rule is of second order, and charge is kept to the
    /// same order.
    #[test]
    fn the_membrane_converges_with_the_square_of_the_step_and_keeps_its_charge() {
        let finest = response(0.003_125).0;
        let [coarse, fine] = [0.1, 0.05].map(response);
        let order = ((coarse.0 - finest).abs() / (fine.0 - finest).abs()).log2();
        assert!((1.6..2.6).contains(&order), "{order}: {coarse:?} {fine:?} {finest}");
        let order = (coarse.1.abs() / fine.1.abs()).log2();
        assert!((1.6..2.6).contains(&order), "{order}: {coarse:?} {fine:?}");
        assert!(response(0.003_125).1.abs() < 0.1);
    }
}
