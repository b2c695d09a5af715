//! Luboeinski & Tetzlaff 2021 Commun Biol 4:275, one synapse: calcium, early-phase
//! weight h, protein p, late-phase weight z.
//!
//!   c jumps by C_pre (18.8 ms after a presynaptic spike) and C_post, decays with τ_Ca
//!   τ_h h' = 0.1 (h_0−h) + γ_p (h_max−h) H(c−θ_p) − γ_d h H(c−θ_d) + σ √(τ_h (H_p+H_d)) ξ
//!   τ_p p' = α H(|h−h_0|−θ_pro) − p
//!   τ_z z' = p (1−z) if h−h_0 > θ_tag,  −p (z+½) if h_0−h > θ_tag,  else 0
//!   weight = h + z h_0
//!
//! Between events the crossings of calcium are exact, h relaxes exactly, and p and
//! z are exact under frozen switches. The switches of protein synthesis and tag
//! are decided at the middle of stretches of at most `switch_step_s` (5 s in the
//! reference data); with 0 their times are solved for.

use crate::kernel::random::{Purpose, SliceIdentity, Stream};
use crate::rules::error::RuleError;
use crate::rules::outcome::{Outcome, Prepared};
use crate::rules::parameter::{NamedSet, rule_parameters};
use crate::rules::protocol::Protocol;
use evidence::Evidence;

rule_parameters! {
    /// Parameters of the model; names as in the paper.
    Stc {
        h0_mv "mV" in 0.01..100.0, "Early-phase weight at rest";
        h_max_mv "mV" in 0.01..1000.0, "Largest early-phase weight";
        tau_h_s "s" in 0.1..100000.0, "Time constant of the early phase";
        gamma_p "1" in 0.0..100000.0, "Rate of potentiation";
        gamma_d "1" in 0.0..100000.0, "Rate of depression";
        sigma_mv "mV" in 0.0..1000.0, "Amplitude of the noise";
        tau_ca_ms "ms" in 0.1..1000.0, "Decay of calcium";
        delay_ms "ms" in 0.0..1000.0, "Delay of the calcium of a presynaptic spike";
        c_pre "1" in 0.0..100.0, "Calcium of a presynaptic spike";
        c_post "1" in 0.0..100.0, "Calcium of a postsynaptic spike";
        theta_p "1" in 0.01..100.0, "Potentiation threshold of calcium";
        theta_d "1" in 0.01..100.0, "Depression threshold of calcium";
        theta_pro_mv "mV" in 0.0..100.0, "Change of h that starts protein synthesis";
        theta_tag_mv "mV" in 0.0..100.0, "Change of h that sets a tag";
        tau_p_s "s" in 1.0..1000000.0, "Time constant of the protein";
        tau_z_s "s" in 1.0..1000000.0, "Time constant of the late phase";
        alpha "1" in 0.0..100.0, "Rate of protein synthesis; 0 under anisomycin";
        switch_step_s "s" in 0.0..60.0, "Resolution of the switches; 0 for exact times";
    }
}

/// The published set.
pub const SET: Stc = Stc {
    h0_mv: 4.20075,
    h_max_mv: 10.0,
    tau_h_s: 688.4,
    gamma_p: 1645.6,
    gamma_d: 313.1,
    sigma_mv: 2.90436,
    tau_ca_ms: 48.8,
    delay_ms: 18.8,
    c_pre: 1.0,
    c_post: 0.2758,
    theta_p: 3.0,
    theta_d: 1.2,
    theta_pro_mv: 2.10037,
    theta_tag_mv: 0.840149,
    tau_p_s: 3600.0,
    tau_z_s: 3600.0,
    alpha: 1.0,
    switch_step_s: 5.0,
};

const SOURCE: &str = "Luboeinski & Tetzlaff 2021 Commun Biol 4:275, public parameter file";

/// The published sets.
pub const SETS: &[NamedSet] = &[
    NamedSet {
        name: "synapse",
        title: "single synapse; switches resolved to 5 s as in the reference data",
        source: SOURCE,
        evidence: Evidence::Measured,
        values: || SET.values(),
    },
    NamedSet {
        name: "synapse_exact",
        title: "single synapse; switches at their exact times",
        source: SOURCE,
        evidence: Evidence::Measured,
        values: || Stc { switch_step_s: 0.0, ..SET }.values(),
    },
    NamedSet {
        name: "network",
        title: "calcium amplitudes of the network simulations",
        source: SOURCE,
        evidence: Evidence::Measured,
        values: || Stc { c_pre: 0.6, c_post: 0.16548, ..SET }.values(),
    },
    NamedSet {
        name: "anisomycin",
        title: "single synapse without protein synthesis",
        source: SOURCE,
        evidence: Evidence::Derived,
        values: || Stc { alpha: 0.0, ..SET }.values(),
    },
];

/// Postsynaptic spike after its presynaptic one, s.
const POST_LATENCY_S: f64 = 0.005;
/// Times of the rows after the last calcium jump, s.
const ROWS_S: [f64; 9] = [0.001, 60.0, 600.0, 1800.0, 3600.0, 7200.0, 10_800.0, 14_400.0, 28_800.0];

/// The state at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Time, s.
    pub t_s: f64,
    /// Early-phase weight, mV.
    pub h_mv: f64,
    /// Late-phase weight.
    pub z: f64,
    /// Protein.
    pub p: f64,
    /// (h + z h_0)/h_0.
    pub weight: f64,
}

/// A synapse on its way through a protocol.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Synapse {
    /// Early-phase weight, mV.
    pub h_mv: f64,
    /// Protein.
    pub p: f64,
    /// Late-phase weight.
    pub z: f64,
}

impl Synapse {
    /// At rest.
    pub fn at_rest(p: &Stc) -> Self {
        Self { h_mv: p.h0_mv, p: 0.0, z: 0.0 }
    }

    /// Passes `length_s` in which calcium stays on its side of both thresholds.
    fn pass(&mut self, s: &Stc, length_s: f64, depressing: bool, potentiating: bool) {
        let (up, down) = (if potentiating { s.gamma_p } else { 0.0 }, if depressing { s.gamma_d } else { 0.0 });
        let rate = 0.1 + up + down;
        let target = (0.1 * s.h0_mv + s.h_max_mv * up) / rate;
        let (start, per_s) = (self.h_mv, rate / s.tau_h_s);
        let h_at = |t: f64| target + (start - target) * libm::exp(-per_s * t);
        if s.switch_step_s > 0.0 {
            let parts = libm::ceil(length_s / s.switch_step_s).max(1.0);
            let step = length_s / parts;
            for k in 0..parts as u64 {
                let change = h_at((k as f64 + 0.5) * step) - s.h0_mv;
                self.consolidate(s, change, step, false);
            }
        } else {
            // h − h_0 is monotone: it meets each of four levels at most once.
            let meets = |level: f64| {
                let share = (s.h0_mv + level - target) / (start - target);
                if share > 0.0 && share < 1.0 { Some(-libm::log(share) / per_s) } else { None }
            };
            let levels = [s.theta_pro_mv, -s.theta_pro_mv, s.theta_tag_mv, -s.theta_tag_mv];
            let mut cuts: Vec<f64> = levels.into_iter().filter_map(meets).filter(|t| *t < length_s).collect();
            cuts.sort_by(f64::total_cmp);
            cuts.push(length_s);
            let mut from = 0.0;
            for to in cuts {
                self.consolidate(s, h_at(0.5 * (from + to)) - s.h0_mv, to - from, true);
                from = to;
            }
        }
        self.h_mv = h_at(length_s);
    }

    /// Protein and late phase over a stretch with fixed switches. `exact`: with the
    /// integral of the protein, else with its value in the middle.
    fn consolidate(&mut self, s: &Stc, change_mv: f64, length_s: f64, exact: bool) {
        let goal = if change_mv.abs() > s.theta_pro_mv { s.alpha } else { 0.0 };
        let fade = |t: f64| libm::exp(-t / s.tau_p_s);
        let dose = if exact {
            goal * length_s - (goal - self.p) * s.tau_p_s * -libm::expm1(-length_s / s.tau_p_s)
        } else {
            (goal + (self.p - goal) * fade(0.5 * length_s)) * length_s
        };
        let captured = libm::exp(-dose / s.tau_z_s);
        if change_mv > s.theta_tag_mv {
            self.z = 1.0 + (self.z - 1.0) * captured;
        } else if -change_mv > s.theta_tag_mv {
            self.z = -0.5 + (self.z + 0.5) * captured;
        }
        self.p = goal + (self.p - goal) * fade(length_s);
    }

    fn row(&self, s: &Stc, t_s: f64) -> Row {
        Row { t_s, h_mv: self.h_mv, z: self.z, p: self.p, weight: self.h_mv / s.h0_mv + self.z }
    }
}

/// The noise-free course: rows at 0 and at nine times after the stimulus, to 8 h.
/// With `post` every presynaptic spike makes the cell fire.
pub fn simulate(s: &Stc, spikes_s: &[f64], post: bool) -> Vec<Row> {
    course(s, spikes_s, post, &mut |_, _| 0.0)
}

/// As [`simulate`] with noise; the draws depend on `seed` and `run` only.
pub fn simulate_noisy(s: &Stc, spikes_s: &[f64], post: bool, seed: u64, run: u32) -> Vec<Row> {
    let stream = Stream::of_slice(SliceIdentity { seed, animal: 0, slice: 1 });
    course(s, spikes_s, post, &mut |segment, spread| spread * stream.normal(Purpose::RuleNoise, run, segment))
}

/// Mean and standard deviation of the weight over noisy runs, for every row.
pub fn noisy_mean(s: &Stc, spikes_s: &[f64], post: bool, seed: u64, runs: u32) -> Vec<(f64, f64)> {
    let n = f64::from(runs.max(1));
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for run in 0..runs.max(1) {
        let rows = simulate_noisy(s, spikes_s, post, seed, run);
        sums.resize(rows.len(), (0.0, 0.0));
        for (sum, row) in sums.iter_mut().zip(&rows) {
            // About 1, so that squares of small deviations survive.
            let deviation = row.weight - 1.0;
            *sum = (sum.0 + deviation, sum.1 + deviation * deviation);
        }
    }
    let spread = |(sum, squares): (f64, f64)| {
        let mean = sum / n;
        let variance = if n > 1.0 { (squares - n * mean * mean) / (n - 1.0) } else { 0.0 };
        (1.0 + mean, libm::sqrt(variance.max(0.0)))
    };
    sums.into_iter().map(spread).collect()
}

fn course(s: &Stc, spikes_s: &[f64], post: bool, noise: &mut dyn FnMut(u32, f64) -> f64) -> Vec<Row> {
    let mut events: Vec<(f64, Option<f64>)> = spikes_s.iter().map(|t| (t + 1e-3 * s.delay_ms, Some(s.c_pre))).collect();
    let stimulus_end = events.last().map_or(0.0, |event| event.0);
    if post {
        events.extend(spikes_s.iter().map(|t| (t + POST_LATENCY_S, Some(s.c_post))));
    }
    // Rows are stops without calcium.
    events.extend(ROWS_S.map(|after| (stimulus_end + after, None)));
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut synapse = Synapse::at_rest(s);
    let mut rows = vec![synapse.row(s, 0.0)];
    let (mut now, mut calcium, mut segment) = (0.0, 0.0_f64, 0_u32);
    for (at, jump) in events {
        let length = at - now;
        let above = |theta: f64| {
            if calcium > theta { (1e-3 * s.tau_ca_ms * libm::log(calcium / theta)).min(length) } else { 0.0 }
        };
        let (low, high) = (above(s.theta_d), above(s.theta_p));
        let (first, second) = (low.min(high), low.max(high));
        for (from, to) in [(0.0, first), (first, second), (second, length)] {
            if to <= from {
                continue;
            }
            let (depressing, potentiating) = (low > from, high > from);
            synapse.pass(s, to - from, depressing, potentiating);
            let active = f64::from(u8::from(depressing)) + f64::from(u8::from(potentiating));
            if active > 0.0 {
                let up = if potentiating { s.gamma_p } else { 0.0 };
                let down = if depressing { s.gamma_d } else { 0.0 };
                let rate = (0.1 + up + down) / s.tau_h_s;
                let variance = s.sigma_mv * s.sigma_mv / s.tau_h_s * active * -libm::expm1(-2.0 * rate * (to - from))
                    / (2.0 * rate);
                synapse.h_mv += noise(segment, libm::sqrt(variance));
                segment += 1;
            }
        }
        calcium = calcium * libm::exp(-length / (1e-3 * s.tau_ca_ms)) + jump.unwrap_or(0.0);
        now = at;
        if jump.is_none() {
            rows.push(synapse.row(s, at));
        }
    }
    rows
}

/// The model prepared for protocols of rules; the ratio is the weight at 8 h.
pub(crate) fn prepare(values: &[f64]) -> Result<Prepared, RuleError> {
    let s = Stc::from_values(values);
    Ok(Box::new(move |protocol| outcome(&s, protocol)))
}

fn outcome(s: &Stc, protocol: &Protocol) -> Result<Outcome, RuleError> {
    let pattern = protocol.pattern()?;
    let spikes: Vec<f64> = pattern.pre_spikes(10_000.0).iter().map(|t| 1e-3 * t).collect();
    let rows = simulate(s, &spikes, false);
    let early = rows.get(2).map_or(f64::NAN, |row| row.weight);
    let last = rows.last().copied().unwrap_or(Row { t_s: 0.0, h_mv: s.h0_mv, z: 0.0, p: 0.0, weight: 1.0 });
    Ok(Outcome::new(last.weight)
        .with("weight_1min", "1", early)
        .with("weight_1h", "1", rows.get(5).map_or(f64::NAN, |row| row.weight))
        .with("z_8h", "1", last.z))
}
