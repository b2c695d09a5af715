//! The tracked spines: local potential, calcium from the currents, effective
//! calcium and synaptic state, eight spines at a time.
//!
//! Head potential (quasi-static, the head charges in microseconds):
//!   V = g_n V_d / (g_n + g_A + g_N B(V)).
//! Calcium (µM, ms), with k = 10⁶ η/(2 F v) µM/ms per pA:
//!   Ca' = −(Ca − Ca₀)/τ_Ca + k [P_f g_N B (E_N − V) + Σ_j (I_j(V) − I_j(rest))],
//!   I_T = g_T m h (E_Ca − V), I_R = g_R m h (E_Ca − V), I_L = g_L m (E_Ca − V),
//!   and in immature spines the same with low-threshold channels, whose resting
//!   current is that without drugs.
//! The gates are those of `receptors::channels`.
//! NMDA inactivation: In' = (k_In (Ca−Ca₀) − In)/τ_In, g_N ∝ 1/(1+In).
//! Effective calcium (µM ms), sensor saturating at K_S:
//!   e' = −e/τ_eff + c/(1 + c/K_S), c = Ca − Ca₀.
//! Fast part of the rule (Chindemi et al. 2022 Nat Commun 13:3038, Eq. of ρ):
//!   τ ρ' = γ_p (1−ρ) H(e−θ_p) − γ_d (1−c κ) ρ H(e−θ_d); its bistable part acts between
//!   windows (`rules::spine::drift`), κ is the consolidation of the spine.
//! Short-term potentiation: s' = k_s (1−s) H(e−a_s θ_p); it decays between windows.

use crate::kernel::lanes::{Lanes, WIDTH, exp, larger};
use crate::kinetics::magnesium::JAHR_STEVENS_PER_MV;
use crate::receptors::channels::{
    L_ACTIVATION, L_LOW_ACTIVATION, R_ACTIVATION, R_INACTIVATION, T_ACTIVATION, T_INACTIVATION,
};
use crate::rules::spine::drift::{Thresholds, learn, share_above};
use crate::rules::spine::reading::Reading;
use crate::slice::spines::spines::{Spine, SpineConstants, SpineFactors};

/// Eight spines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpineBlock {
    ampa_rise: Lanes,
    ampa_decay: Lanes,
    glun2a_rise: Lanes,
    glun2a_decay: Lanes,
    glun2b_rise: Lanes,
    glun2b_decay: Lanes,
    t_m: Lanes,
    t_h: Lanes,
    r_m: Lanes,
    r_h: Lanes,
    l_m: Lanes,
    l_low_m: Lanes,
    head_mv: Lanes,
    unblocked: Lanes,
    influx: Lanes,
    sensed: Lanes,
    calcium: Lanes,
    inactivation: Lanes,
    /// Effective calcium, µM ms.
    pub(crate) effective: Lanes,
    peak_effective: Lanes,
    rho: Lanes,
    stp: Lanes,
    theta_d: Lanes,
    inverse_theta_d: Lanes,
    theta_p: Lanes,
    gamma_d: Lanes,
    gamma_p: Lanes,
    by_nmda: Lanes,
    by_t: Lanes,
    by_r: Lanes,
    by_l: Lanes,
}

impl SpineBlock {
    /// Eight spines at rest that have received nothing and do not learn.
    pub(crate) fn resting(constants: &SpineConstants) -> Self {
        let v = Lanes::all(constants.rest_mv);
        let zero = Lanes::all(0.0);
        let never = Lanes::all(f64::MAX);
        let resting = larger(constants.resting_um, LOWEST_CALCIUM_UM);
        let sensed = resting / (1.0 + larger(resting, 0.0) * constants.inverse_saturation);
        Self {
            ampa_rise: zero,
            ampa_decay: zero,
            glun2a_rise: zero,
            glun2a_decay: zero,
            glun2b_rise: zero,
            glun2b_decay: zero,
            t_m: v.boltzmann(T_ACTIVATION.0, T_ACTIVATION.1),
            t_h: v.boltzmann(T_INACTIVATION.0, T_INACTIVATION.1),
            r_m: v.boltzmann(R_ACTIVATION.0, R_ACTIVATION.1),
            r_h: v.boltzmann(R_INACTIVATION.0, R_INACTIVATION.1),
            l_m: v.boltzmann(L_ACTIVATION.0, L_ACTIVATION.1),
            l_low_m: v.boltzmann(L_LOW_ACTIVATION.0, L_LOW_ACTIVATION.1),
            head_mv: v,
            unblocked: zero,
            influx: Lanes::all(resting / constants.calcium_decay_ms),
            sensed: Lanes::all(sensed),
            calcium: Lanes::all(resting),
            inactivation: zero,
            effective: Lanes::all(sensed * constants.effective_decay_ms),
            peak_effective: zero,
            rho: zero,
            stp: zero,
            theta_d: never,
            inverse_theta_d: zero,
            theta_p: never,
            gamma_d: Lanes::all(constants.gamma_d),
            gamma_p: zero,
            by_nmda: zero,
            by_t: zero,
            by_r: zero,
            by_l: zero,
        }
    }

    /// Puts a spine into a lane whose voltage-dependent state is that of a spine
    /// without input, `silent`.
    pub(crate) fn place(&mut self, lane: usize, spine: &Spine, silent: &SpineBlock) {
        let copies: [(&mut Lanes, &Lanes); 12] = [
            (&mut self.head_mv, &silent.head_mv),
            (&mut self.t_m, &silent.t_m),
            (&mut self.t_h, &silent.t_h),
            (&mut self.r_m, &silent.r_m),
            (&mut self.r_h, &silent.r_h),
            (&mut self.l_m, &silent.l_m),
            (&mut self.l_low_m, &silent.l_low_m),
            (&mut self.unblocked, &silent.unblocked),
            (&mut self.influx, &silent.influx),
            (&mut self.sensed, &silent.sensed),
            (&mut self.calcium, &silent.calcium),
            (&mut self.effective, &silent.effective),
        ];
        for (mine, theirs) in copies {
            mine.0[lane] = theirs.0[0];
        }
        let traces = [
            &mut self.ampa_rise,
            &mut self.ampa_decay,
            &mut self.glun2a_rise,
            &mut self.glun2a_decay,
            &mut self.glun2b_rise,
            &mut self.glun2b_decay,
        ];
        for (mine, value) in traces.into_iter().zip(spine.traces) {
            mine.0[lane] = value;
        }
        self.inactivation.0[lane] = spine.inactivation + silent.inactivation.0[0];
        self.peak_effective.0[lane] = spine.peak_effective;
        self.rho.0[lane] = spine.rho;
        self.stp.0[lane] = spine.stp;
        self.gamma_d.0[lane] = silent.gamma_d.0[0] * spine.labile;
        self.theta_d.0[lane] = spine.theta_d;
        self.inverse_theta_d.0[lane] = 1.0 / spine.theta_d;
        self.theta_p.0[lane] = spine.theta_p;
        self.gamma_p.0[lane] = spine.gamma_p;
        for (mine, value) in
            [&mut self.by_nmda, &mut self.by_t, &mut self.by_r, &mut self.by_l].into_iter().zip(spine.by_source)
        {
            mine.0[lane] = value;
        }
    }

    /// Takes the state of a lane back into its spine.
    pub(crate) fn take(&self, lane: usize, spine: &mut Spine) {
        spine.traces = [
            self.ampa_rise.0[lane],
            self.ampa_decay.0[lane],
            self.glun2a_rise.0[lane],
            self.glun2a_decay.0[lane],
            self.glun2b_rise.0[lane],
            self.glun2b_decay.0[lane],
        ];
        spine.inactivation = self.inactivation.0[lane];
        spine.rho = self.rho.0[lane];
        spine.stp = self.stp.0[lane];
        spine.peak_effective = self.peak_effective.0[lane];
        spine.by_source = [self.by_nmda.0[lane], self.by_t.0[lane], self.by_r.0[lane], self.by_l.0[lane]];
    }

    /// Whether the receptors in a lane have closed to below `trace` of a release
    /// and its effective calcium is below the depression threshold.
    pub(crate) fn idle(&self, lane: usize, trace: f64) -> bool {
        self.glun2b_decay.0[lane] < trace && self.effective.0[lane] * self.inverse_theta_d.0[lane] < 0.5
    }

    /// Copies the whole state of a lane of another block.
    pub(crate) fn copy_lane(&mut self, lane: usize, other: &Self, from: usize) {
        macro_rules! copy {
            ($($field:ident)*) => { $( self.$field.0[lane] = other.$field.0[from]; )* };
        }
        copy!(ampa_rise ampa_decay glun2a_rise glun2a_decay glun2b_rise glun2b_decay t_m t_h r_m r_h l_m l_low_m
            head_mv unblocked influx sensed calcium inactivation effective peak_effective rho stp theta_d inverse_theta_d
            theta_p gamma_d gamma_p by_nmda by_t by_r by_l);
    }

    /// A vesicle of effect `quantum` reaches the spine in a lane.
    pub(crate) fn release(&mut self, lane: usize, quantum: f64, weight: f64) {
        self.ampa_rise.0[lane] += quantum * weight;
        self.ampa_decay.0[lane] += quantum * weight;
        for trace in [&mut self.glun2a_rise, &mut self.glun2a_decay, &mut self.glun2b_rise, &mut self.glun2b_decay] {
            trace.0[lane] += quantum;
        }
    }

    /// Synaptic state in a lane.
    pub(crate) fn rho(&self, lane: usize) -> f64 {
        self.rho.0[lane]
    }

    /// Sets the synaptic state in a lane.
    pub(crate) fn set_rho(&mut self, lane: usize, rho: f64) {
        self.rho.0[lane] = rho;
    }

    /// Short-term potentiation in a lane.
    pub(crate) fn stp(&self, lane: usize) -> f64 {
        self.stp.0[lane]
    }

    /// Sets the short-term potentiation in a lane.
    pub(crate) fn set_stp(&mut self, lane: usize, stp: f64) {
        self.stp.0[lane] = stp;
    }

    /// Forgets the peaks and sums of calcium in a lane.
    pub(crate) fn reset_tally(&mut self, lane: usize) {
        for tally in [&mut self.peak_effective, &mut self.by_nmda, &mut self.by_t, &mut self.by_r, &mut self.by_l] {
            tally.0[lane] = 0.0;
        }
    }

    /// Inactivation of the NMDA receptors in a lane.
    pub(crate) fn inactivation(&self, lane: usize) -> f64 {
        self.inactivation.0[lane]
    }

    /// What an attached rule reads in a lane, with the dendrite at `dendrite_mv`.
    pub(crate) fn reading(&self, lane: usize, c: &SpineConstants, dendrite_mv: f64) -> Reading {
        let open = self.unblocked.0[lane] / (1.0 + self.inactivation.0[lane]);
        Reading {
            calcium_um: self.calcium.0[lane],
            effective_um_ms: self.effective.0[lane],
            dendrite_mv,
            glun2a_ns: (self.glun2a_decay.0[lane] - self.glun2a_rise.0[lane]) * c.glun2a_norm_ns * open,
            glun2b_ns: (self.glun2b_decay.0[lane] - self.glun2b_rise.0[lane]) * c.glun2b_norm_ns * open,
            filtered_mv: (dendrite_mv, dendrite_mv),
        }
    }

    /// Calcium above rest in a lane, µM.
    pub(crate) fn calcium(&self, lane: usize) -> f64 {
        self.calcium.0[lane]
    }

    /// Largest effective calcium so far in a lane, µM ms.
    pub(crate) fn peak_effective(&self, lane: usize) -> f64 {
        self.peak_effective.0[lane]
    }

    /// Advances the block by one step with the dendrite at `dendrite_mv` at its
    /// end. `calcium` is held above rest. Returns the largest effective calcium
    /// relative to the depression threshold of its spine.
    #[inline(always)]
    pub(crate) fn step(&mut self, c: &SpineConstants, f: &SpineFactors, dendrite_mv: f64) -> f64 {
        let passive = c.neck_ns * dendrite_mv;
        let influx_gain = 0.5 * c.calcium_decay_ms * (1.0 - f.calcium);
        let sensed_gain = 0.5 * c.effective_decay_ms * (1.0 - f.effective);
        let dose = c.per_pa * f.dt_ms;
        let before = self.effective;
        let low_threshold = if c.l_low_ns > 0.0 { self.low_threshold(c, f) } else { Lanes::all(0.0) };
        let mut relative = Lanes::all(0.0);
        // One loop over the lanes with all of the arithmetic in it: compilers
        // turn this form into full-width vector instructions.
        for k in 0..WIDTH {
            let ampa_rise = self.ampa_rise.0[k] * f.traces[0];
            let ampa_decay = self.ampa_decay.0[k] * f.traces[1];
            let glun2a_rise = self.glun2a_rise.0[k] * f.traces[2];
            let glun2a_decay = self.glun2a_decay.0[k] * f.traces[3];
            let glun2b_rise = self.glun2b_rise.0[k] * f.traces[4];
            let glun2b_decay = self.glun2b_decay.0[k] * f.traces[5];
            let ampa = (ampa_decay - ampa_rise) * c.ampa_norm_ns;
            let nmda = ((glun2a_decay - glun2a_rise) * c.glun2a_norm_ns
                + (glun2b_decay - glun2b_rise) * c.glun2b_norm_ns)
                / (1.0 + self.inactivation.0[k]);
            // Block at the potential that the block of the previous step predicts.
            let neck = ampa + c.neck_ns;
            let predicted = passive / (neck + nmda * self.unblocked.0[k]);
            let unblocked = 1.0 / (1.0 + c.magnesium * exp(predicted * -JAHR_STEVENS_PER_MV));
            let nmda_open = nmda * unblocked;
            let v = passive / (neck + nmda_open);
            // Three Boltzmann functions with one division.
            let t_closed = closed(v, T_ACTIVATION);
            let r_closed = closed(v, R_ACTIVATION);
            let l_closed = closed(v, L_ACTIVATION);
            let tr = t_closed * r_closed;
            let inverse = 1.0 / (tr * l_closed);
            let l_target = tr * inverse;
            let both = l_closed * inverse;
            let t_target = r_closed * both;
            let r_target = t_closed * both;
            let t_m = t_target + (self.t_m.0[k] - t_target) * f.t_m;
            let r_m = r_target + (self.r_m.0[k] - r_target) * f.r_m;
            let l_m = l_target + (self.l_m.0[k] - l_target) * f.l_m;
            let (t_h, r_h) = (self.t_h.0[k], self.r_h.0[k]);
            let drive = c.reversal_mv - v;
            let by_nmda = nmda_open * (c.nmda_reversal_mv - v) * c.nmda_share;
            let by_t = t_m * t_h * drive * c.t_ns - c.rest_influx[0];
            let by_r = r_m * r_h * drive * c.r_ns - c.rest_influx[1];
            let by_l = l_m * drive * c.l_ns - c.rest_influx[2] + low_threshold.0[k];
            let influx = (by_nmda + by_t + by_r + by_l) * c.per_pa;
            let calcium =
                larger(self.calcium.0[k] * f.calcium + (self.influx.0[k] + influx) * influx_gain, LOWEST_CALCIUM_UM);
            let load = larger(calcium, 0.0);
            let towards = load * c.inactivation_per_um;
            let sensed = calcium / (1.0 + load * c.inverse_saturation);
            let effective = before.0[k] * f.effective + (self.sensed.0[k] + sensed) * sensed_gain;
            self.ampa_rise.0[k] = ampa_rise;
            self.ampa_decay.0[k] = ampa_decay;
            self.glun2a_rise.0[k] = glun2a_rise;
            self.glun2a_decay.0[k] = glun2a_decay;
            self.glun2b_rise.0[k] = glun2b_rise;
            self.glun2b_decay.0[k] = glun2b_decay;
            self.unblocked.0[k] = unblocked;
            self.head_mv.0[k] = v;
            self.t_m.0[k] = t_m;
            self.r_m.0[k] = r_m;
            self.l_m.0[k] = l_m;
            self.influx.0[k] = influx;
            self.calcium.0[k] = calcium;
            self.inactivation.0[k] = towards + (self.inactivation.0[k] - towards) * f.inactivation;
            self.sensed.0[k] = sensed;
            self.effective.0[k] = effective;
            self.peak_effective.0[k] = larger(self.peak_effective.0[k], effective);
            self.by_nmda.0[k] += by_nmda * dose;
            self.by_t.0[k] += by_t * dose;
            self.by_r.0[k] += by_r * dose;
            self.by_l.0[k] += by_l * dose;
            relative.0[k] = larger(effective, before.0[k]) * self.inverse_theta_d.0[k];
        }
        let closest = relative.largest();
        if closest > 1.0 {
            self.learn(before, f.dt_ms / c.rho_time_ms);
            self.facilitate_for_a_while(before, c, f.dt_ms);
        }
        closest
    }

    /// Current of the low-threshold L-type channels above that at rest without
    /// drugs, pA, at the heads as the previous step left them.
    #[inline(always)]
    fn low_threshold(&mut self, c: &SpineConstants, f: &SpineFactors) -> Lanes {
        let mut current = Lanes::all(0.0);
        for k in 0..WIDTH {
            let v = self.head_mv.0[k];
            let target = 1.0 / closed(v, L_LOW_ACTIVATION);
            let open = target + (self.l_low_m.0[k] - target) * f.l_m;
            self.l_low_m.0[k] = open;
            current.0[k] = open * (c.reversal_mv - v) * c.l_low_ns - c.l_low_rest;
        }
        current
    }

    /// Advances the slow inactivation of T and R channels (50 and 100 ms) over
    /// the last few steps at once, at the potential of the latest.
    #[inline(always)]
    pub(crate) fn inactivate(&mut self, t_factor: f64, r_factor: f64) {
        for k in 0..WIDTH {
            let v = self.head_mv.0[k];
            let t_closed = closed(v, T_INACTIVATION);
            let r_closed = closed(v, R_INACTIVATION);
            let inverse = 1.0 / (t_closed * r_closed);
            let (t_target, r_target) = (r_closed * inverse, t_closed * inverse);
            self.t_h.0[k] = t_target + (self.t_h.0[k] - t_target) * t_factor;
            self.r_h.0[k] = r_target + (self.r_h.0[k] - r_target) * r_factor;
        }
    }

    /// The fast part of the rule over the step that is just over.
    #[inline(always)]
    fn learn(&mut self, before: Lanes, dt_per_tau: f64) {
        for k in 0..WIDTH {
            let theta = Thresholds {
                depression: self.theta_d.0[k],
                potentiation: self.theta_p.0[k],
                gamma_d: self.gamma_d.0[k],
                gamma_p: self.gamma_p.0[k],
            };
            self.rho.0[k] = learn(self.rho.0[k], before.0[k], self.effective.0[k], theta, dt_per_tau);
        }
    }

    /// Short-term potentiation over the step that is just over.
    #[inline(always)]
    fn facilitate_for_a_while(&mut self, before: Lanes, c: &SpineConstants, dt_ms: f64) {
        for k in 0..WIDTH {
            let (start, end) = (before.0[k], self.effective.0[k]);
            let span = (end - start).abs() + 1e-300;
            let share = share_above(larger(end, start), span, c.stp_threshold * self.theta_p.0[k]);
            self.stp.0[k] = 1.0 + (self.stp.0[k] - 1.0) * exp(-c.stp_rate_per_ms * share * dt_ms);
        }
    }
}

/// Floor of calcium relative to rest, µM: calcium itself stays positive.
const LOWEST_CALCIUM_UM: f64 = -0.05;

/// 1 + exp((half − V)/slope): the inverse of a gate's steady state.
#[inline(always)]
fn closed(v: f64, gate: (f64, f64, f64)) -> f64 {
    1.0 + exp((gate.0 - v) * gate.1)
}
