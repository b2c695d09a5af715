//! The same rule followed event by event: calcium from zero, thresholds crossed
//! at exact times, ρ exact on every segment (an Ornstein–Uhlenbeck process while
//! calcium is above a threshold).

use crate::kernel::random::{Purpose, SliceIdentity, Stream};
use crate::rules::error::RuleError;
use crate::rules::graupner_brunel_2012::parameters::{GraupnerBrunel2012, calcium_events};
use crate::rules::protocol::Protocol;

/// A stretch of time between events and crossings.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Segment {
    /// Length, s.
    length_s: f64,
    /// Above the depression threshold.
    depressing: bool,
    /// Above the potentiation threshold.
    potentiating: bool,
}

/// Effect of one segment: ρ ← target + (ρ − target) keep + spread z.
#[derive(Clone, Copy, Debug)]
struct Step {
    target: f64,
    keep: f64,
    spread: f64,
}

/// Outcome of many runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonteCarlo {
    /// Runs from each state.
    pub runs: u32,
    /// Share of runs from 0 that ended above ρ*.
    pub up: f64,
    /// Share of runs from 1 that ended below ρ*.
    pub down: f64,
    /// Synaptic strength after / before.
    pub ratio: f64,
}

/// All stretches above a threshold, from calcium zero until it has fallen below
/// both thresholds after the last event. Stretches below both change nothing.
fn segments(p: &GraupnerBrunel2012, protocol: &Protocol) -> Result<Vec<Segment>, RuleError> {
    let (events, period_ms) = calcium_events(p, protocol)?;
    let mut all: Vec<(f64, f64)> = (0..protocol.n())
        .flat_map(|k| events.iter().map(move |&(t, amplitude)| (t + f64::from(k) * period_ms, amplitude)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    let mut calcium = 0.0;
    for (k, &(t, amplitude)) in all.iter().enumerate() {
        calcium += amplitude;
        let length = all.get(k + 1).map_or(f64::INFINITY, |next| next.0 - t);
        let above = |theta: f64| {
            if calcium > theta { (p.tau_ca_ms * libm::log(calcium / theta)).min(length) } else { 0.0 }
        };
        let (low, high) = (above(p.theta_d), above(p.theta_p));
        let (first, second) = (low.min(high), low.max(high));
        for (from, to) in [(0.0, first), (first, second)] {
            if to > from {
                found.push(Segment {
                    length_s: (to - from) / 1000.0,
                    depressing: low > from,
                    potentiating: high > from,
                });
            }
        }
        calcium *= libm::exp(-length / p.tau_ca_ms);
    }
    Ok(found)
}

fn steps(p: &GraupnerBrunel2012, protocol: &Protocol) -> Result<Vec<Step>, RuleError> {
    let step = |segment: Segment| {
        let up = if segment.potentiating { p.gamma_p } else { 0.0 };
        let down = if segment.depressing { p.gamma_d } else { 0.0 };
        let active = f64::from(u8::from(segment.potentiating)) + f64::from(u8::from(segment.depressing));
        let rate = (up + down) / p.tau_s;
        let input = p.sigma * p.sigma * active / p.tau_s;
        // Variance of the process over the segment; without drift it only diffuses.
        let variance = if rate > 0.0 {
            input * -libm::expm1(-2.0 * rate * segment.length_s) / (2.0 * rate)
        } else {
            input * segment.length_s
        };
        Step {
            target: if rate > 0.0 { up / (up + down) } else { 0.0 },
            keep: libm::exp(-rate * segment.length_s),
            spread: libm::sqrt(variance),
        }
    };
    Ok(segments(p, protocol)?.into_iter().map(step).collect())
}

/// ρ after the protocol without noise, from `start`: exact.
///
/// # Errors
/// A protocol that does not fit its period.
pub fn segment_exact(p: &GraupnerBrunel2012, protocol: &Protocol, start: f64) -> Result<f64, RuleError> {
    Ok(steps(p, protocol)?.iter().fold(start, |rho, step| step.target + (rho - step.target) * step.keep))
}

/// Many noisy runs from both states. Draws depend on the seed, the run and the
/// segment only.
///
/// # Errors
/// A protocol that does not fit its period, or no run.
pub fn monte_carlo(p: &GraupnerBrunel2012, protocol: &Protocol, runs: u32, seed: u64) -> Result<MonteCarlo, RuleError> {
    if runs == 0 {
        return Err(RuleError::ProtocolValue { what: "the number of runs", found: 0.0, accepted: "at least 1" });
    }
    let steps = steps(p, protocol)?;
    let end = |start: f64, run: u32, from: u64| {
        let stream = Stream::of_slice(SliceIdentity { seed, animal: from, slice: 0 });
        let noisy = |(rho, k): (f64, u32), step: &Step| {
            let draw = stream.normal(Purpose::RuleNoise, run, k);
            (step.target + (rho - step.target) * step.keep + step.spread * draw, k + 1)
        };
        steps.iter().fold((start, 0), noisy).0
    };
    let total = f64::from(runs);
    let up = (0..runs).filter(|&run| end(0.0, run, 0) > p.rho_star).count() as f64 / total;
    let down = (0..runs).filter(|&run| end(1.0, run, 1) <= p.rho_star).count() as f64 / total;
    let (beta, b) = (p.beta, p.strength_ratio);
    let low = (1.0 - up) * beta + down * (1.0 - beta);
    let high = up * beta + (1.0 - down) * (1.0 - beta);
    Ok(MonteCarlo { runs, up, down, ratio: (low + b * high) / (beta + (1.0 - beta) * b) })
}
