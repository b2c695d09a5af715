//! The spine of the rule in time, by the explicit steps of the public code or
//! converged.
//!
//! Order of a published step from t to t+Δ: releases up to t+Δ/2 act; currents at
//! the potential and the states of t; the potential becomes the waveform at t (it
//! lags by one step); all states take one explicit Euler step, the gates towards
//! their steady state at the new potential; ρ uses the thresholds as crossed one
//! step before. The gates m and h begin at 0, which the public code does not set.

use crate::kernel::lanes::exp;
use crate::kinetics::constants::{CALCIUM_OF_NMDA_HALF_MM, FARADAY, GAS, KELVIN};
use crate::kinetics::magnesium::{VARGAS_CABALLERO_MM, VARGAS_CABALLERO_PER_MV};
use crate::receptors::voltage::peak_factor;
use crate::rules::chindemi_2022::parameters::{Chindemi2022, Thresholds};
use crate::rules::spine::relaxation::{relaxed, share_above};

/// How time is stepped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scheme {
    /// Explicit Euler in the order of the public code.
    Published {
        /// Step, ms.
        step_ms: f64,
    },
    /// Second order, traces exact, potential without lag; steps of at most
    /// `step_ms` near spikes, growing to 1 ms in the tail.
    Converged {
        /// Largest step within 30 ms of a spike, ms.
        step_ms: f64,
    },
}

/// What a run leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Largest effective calcium, mM ms.
    pub effective_max: f64,
    /// Largest calcium, mM.
    pub calcium_max: f64,
    /// Synaptic state at the end.
    pub rho: f64,
    /// (t ms, V mV, Ca mM, e mM ms, g_N uS, m, h) after every step.
    pub samples: Vec<[f64; 7]>,
}

/// The published potential, mV: rest and back-propagating spikes.
fn waveform_mv(t_ms: f64, post_ms: &[f64]) -> f64 {
    let spike = |x: f64| 90.0 * (0.85 * exp(-x / 2.0) + 0.15 * exp(-x / 20.0)) * (1.0 - exp(-x / 0.3));
    // 800 ms after a spike, e^{-40} of it is left.
    let near = post_ms.iter().map(|at| t_ms - at).filter(|x| (0.0..800.0).contains(x));
    -70.0 + near.map(spike).sum::<f64>()
}

/// Constants that do not change in a run.
struct Constants {
    norm: f64,
    share: f64,
    channel_us: f64,
    influx: f64,
    nernst_mv: f64,
    magnesium: f64,
}

impl Constants {
    fn new(p: &Chindemi2022) -> Self {
        let radius = libm::cbrt(3.0 * p.volume_um3 / (4.0 * std::f64::consts::PI));
        let area = 4.0 * std::f64::consts::PI * radius * radius;
        let outside = 4.0 * p.calcium_out_mm;
        Self {
            norm: peak_factor(p.nmda_rise_ms, p.nmda_decay_ms),
            // 0.6 at saturation.
            share: 0.6 * outside / (outside + CALCIUM_OF_NMDA_HALF_MM),
            channel_us: 1e-3 * p.channel_density * area,
            influx: 1e-9 * p.free_share / (1e-15 * p.volume_um3 * 2.0 * FARADAY),
            nernst_mv: 1000.0 * GAS * (p.temperature + KELVIN) / (2.0 * FARADAY),
            magnesium: p.magnesium_mm / VARGAS_CABALLERO_MM,
        }
    }

    fn unblocked(&self, v: f64) -> f64 {
        1.0 / (1.0 + self.magnesium * exp(-VARGAS_CABALLERO_PER_MV * v))
    }

    /// Calcium entering, mM/ms.
    fn entry(&self, p: &Chindemi2022, g_us: f64, m: f64, h: f64, v: f64, calcium: f64) -> f64 {
        let reversal = self.nernst_mv * libm::log(p.calcium_out_mm / calcium.max(1e-12));
        let nmda = self.share * g_us * (v - p.nmda_calcium_reversal_mv);
        let channel = self.channel_us * m * m * h * (v - reversal);
        -self.influx * (nmda + channel)
    }
}

fn boltzmann(v: f64, half: f64, slope: f64) -> f64 {
    1.0 / (1.0 + exp((half - v) / slope))
}

fn activation(v: f64) -> f64 {
    boltzmann(v, -5.9, 9.5)
}

fn inactivation(v: f64) -> f64 {
    boltzmann(v, -39.0, -9.2)
}

#[derive(Clone, Copy, Debug)]
struct State {
    a: f64,
    b: f64,
    m: f64,
    h: f64,
    calcium: f64,
    effective: f64,
    rho: f64,
}

/// Takes the spine through spikes (ms, in order), with release at every one of
/// them, from rest at 0 to `end_ms`. With `held_mv` the potential is constant.
#[allow(clippy::too_many_arguments, reason = "one argument for each part of the protocol")]
pub fn run(
    p: &Chindemi2022,
    pre_ms: &[f64],
    post_ms: &[f64],
    end_ms: f64,
    thresholds: Thresholds,
    start_rho: f64,
    held_mv: Option<f64>,
    scheme: Scheme,
) -> Trace {
    let state = State { a: 0.0, b: 0.0, m: 0.0, h: 0.0, calcium: p.calcium_rest_mm, effective: 0.0, rho: start_rho };
    match scheme {
        Scheme::Published { step_ms } => published(p, pre_ms, post_ms, end_ms, thresholds, state, held_mv, step_ms),
        Scheme::Converged { step_ms } => converged(p, pre_ms, post_ms, end_ms, thresholds, state, held_mv, step_ms),
    }
}

#[allow(clippy::too_many_arguments, reason = "as `run`")]
fn published(
    p: &Chindemi2022,
    pre_ms: &[f64],
    post_ms: &[f64],
    end_ms: f64,
    thresholds: Thresholds,
    mut s: State,
    held_mv: Option<f64>,
    dt: f64,
) -> Trace {
    let c = Constants::new(p);
    let mut trace = Trace::default();
    let (mut next_pre, mut first_post) = (0, 0);
    let mut v = held_mv.unwrap_or(-70.0);
    let (mut up, mut down) = (false, false);
    // A step that ends within a rounding error of the end is the last one.
    let steps = libm::ceil(end_ms / dt - 1e-6) as u64;
    for k in 0..steps {
        let now = k as f64 * dt;
        while next_pre < pre_ms.len() && pre_ms[next_pre] <= now + 0.5 * dt {
            s.a += c.norm;
            s.b += c.norm;
            next_pre += 1;
        }
        let g = 1e-3 * p.nmda_ns * c.unblocked(v) * (s.b - s.a);
        let entry = c.entry(p, g, s.m, s.h, v, s.calcium);
        while first_post < post_ms.len() && now - post_ms[first_post] > 800.0 {
            first_post += 1;
        }
        v = held_mv.unwrap_or_else(|| waveform_mv(now, &post_ms[first_post..]));
        let above = s.calcium - p.calcium_rest_mm;
        let rho = s.rho;
        let mut drift = -rho * (1.0 - rho) * (p.rho_star - rho);
        drift += if up { p.gamma_p * (1.0 - rho) } else { 0.0 };
        drift -= if down { p.gamma_d * rho } else { 0.0 };
        s = State {
            a: s.a - dt * s.a / p.nmda_rise_ms,
            b: s.b - dt * s.b / p.nmda_decay_ms,
            m: s.m + dt * (activation(v) - s.m) / p.activation_ms,
            h: s.h + dt * (inactivation(v) - s.h) / p.inactivation_ms,
            calcium: s.calcium + dt * (entry - above / p.calcium_ms),
            effective: s.effective + dt * (above - s.effective / p.effective_ms),
            rho: rho + dt * drift / p.tau_ms,
        };
        up = s.effective > thresholds.potentiation;
        down = s.effective > thresholds.depression;
        trace.note((k + 1) as f64 * dt, v, g, &s);
    }
    trace.rho = s.rho;
    trace
}

#[allow(clippy::too_many_arguments, reason = "as `run`")]
fn converged(
    p: &Chindemi2022,
    pre_ms: &[f64],
    post_ms: &[f64],
    end_ms: f64,
    thresholds: Thresholds,
    mut s: State,
    held_mv: Option<f64>,
    step_ms: f64,
) -> Trace {
    let c = Constants::new(p);
    let mut trace = Trace::default();
    let mut events: Vec<(f64, bool)> = pre_ms.iter().map(|t| (*t, true)).collect();
    events.extend(post_ms.iter().map(|t| (*t, false)));
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    events.push((end_ms, false));
    let (mut now, mut since, mut first_post) = (0.0, 0.0, 0);
    let volts = |t: f64, first: usize| held_mv.unwrap_or_else(|| waveform_mv(t, &post_ms[first..]));
    for (at, release) in events {
        let at = at.min(end_ms);
        while at - now > 1e-9 {
            let growth = if since < 30.0 { 1.0 } else { (since - 20.0) / 10.0 };
            let h = (step_ms * growth).min(1.0_f64.max(step_ms)).min(at - now);
            while first_post < post_ms.len() && now - post_ms[first_post] > 800.0 {
                first_post += 1;
            }
            let (v0, v1, v2) = (volts(now, first_post), volts(now + 0.5 * h, first_post), volts(now + h, first_post));
            let fade = |tau: f64| exp(-h / tau);
            let m_target = activation(v1);
            let h_target = inactivation(v1);
            let (a, b) = (s.a * fade(p.nmda_rise_ms), s.b * fade(p.nmda_decay_ms));
            let m = m_target + (s.m - m_target) * fade(p.activation_ms);
            let gate = h_target + (s.h - h_target) * fade(p.inactivation_ms);
            let g = |v: f64, a: f64, b: f64| 1e-3 * p.nmda_ns * c.unblocked(v) * (b - a);
            let before = c.entry(p, g(v0, s.a, s.b), s.m, s.h, v0, s.calcium);
            // Trapezoid of the entry under exact decay; the entry hardly depends on calcium.
            let weight = 0.5 * p.calcium_ms * (1.0 - fade(p.calcium_ms));
            let above = s.calcium - p.calcium_rest_mm;
            let guess = p.calcium_rest_mm + above * fade(p.calcium_ms) + 2.0 * weight * before;
            let after = c.entry(p, g(v2, a, b), m, gate, v2, guess);
            let calcium = p.calcium_rest_mm + above * fade(p.calcium_ms) + weight * (before + after);
            let gain = 0.5 * p.effective_ms * (1.0 - fade(p.effective_ms));
            let effective = s.effective * fade(p.effective_ms) + gain * (above + calcium - p.calcium_rest_mm);
            let rates = Rates { p, thresholds };
            let rho = rates.passed(s.rho, s.effective, effective, h);
            s = State { a, b, m, h: gate, calcium, effective, rho };
            now += h;
            since += h;
            trace.note(now, v2, g(v2, a, b), &s);
        }
        since = 0.0;
        if release && at < end_ms {
            s.a += c.norm;
            s.b += c.norm;
        }
    }
    trace.rho = s.rho;
    trace
}

/// ρ over a step in which e moves linearly: exact relaxation over the parts above
/// the thresholds, exact drift before and after (half each).
struct Rates<'a> {
    p: &'a Chindemi2022,
    thresholds: Thresholds,
}

impl Rates<'_> {
    fn passed(&self, rho: f64, before: f64, after: f64, h: f64) -> f64 {
        let share = |theta: f64| share_above(before, after, theta);
        let up = self.p.gamma_p * share(self.thresholds.potentiation);
        let down = self.p.gamma_d * share(self.thresholds.depression);
        relaxed(rho, up, down, self.p.rho_star, h / self.p.tau_ms)
    }
}

impl Trace {
    fn note(&mut self, t_ms: f64, v: f64, g: f64, s: &State) {
        self.effective_max = self.effective_max.max(s.effective);
        self.calcium_max = self.calcium_max.max(s.calcium);
        if t_ms <= 1_000.0 {
            self.samples.push([t_ms, v, s.calcium, s.effective, g, s.m, s.h]);
        }
    }
}
