//! The model in time. Strang splitting of second order: gates half a step at the
//! old potential, the potential a whole step by the exponential Rosenbrock rule
//! with the receptors of the middle, gates half a step at the new potential;
//! calcium by the trapezoid of its entry, the weight by exact relaxation. Steps
//! depend on the time since the pulse only, so that halving them all is a test and
//! Richardson's extrapolation of the weight from two runs removes the leading error.

use crate::kernel::lanes::exp;
use crate::published::narayanan_johnston_2010::channels::{REST_MV, gates, linear_part, resting_leak_mv, steady_state};
use crate::published::narayanan_johnston_2010::parameters::NarayananJohnston2010;
use crate::published::narayanan_johnston_2010::synapse::{
    AMPA_MS, CALCIUM_MS, NMDA_MS, REST_MM, START_WEIGHT, current, entry, learning,
};
use crate::receptors::voltage::peak_factor;
use crate::rules::error::RuleError;

/// Membrane capacitance, µF/cm².
const C_UF: f64 = 1.5;
/// Time of the first pulse, ms.
const FIRST_MS: f64 = 20.0;

/// What a run leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Weight at the end, extrapolated to step zero; 0.25 at the start.
    pub weight: f64,
    /// Weights at the end with the step and with half of it.
    pub weight_by_step: [f64; 2],
    /// Largest calcium, mM.
    pub calcium_max_mm: f64,
    /// Leak reversal that makes −65 mV the rest, mV.
    pub leak_mv: f64,
}

/// The state at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    /// Time, ms.
    pub t_ms: f64,
    /// Potential, mV.
    pub v_mv: f64,
    /// Calcium, mM.
    pub calcium_mm: f64,
    /// Weight.
    pub weight: f64,
}

struct Dendrite<'a> {
    p: &'a NarayananJohnston2010,
    leak_mv: f64,
    norms: (f64, f64),
    v: f64,
    gates: [f64; 7],
    /// Rising and decaying exponential of AMPA, then of NMDA.
    traces: [f64; 4],
    calcium: f64,
    weight: f64,
    peak: f64,
}

const TAUS: [f64; 4] = [AMPA_MS.0, AMPA_MS.1, NMDA_MS.0, NMDA_MS.1];

impl<'a> Dendrite<'a> {
    fn at_rest(p: &'a NarayananJohnston2010) -> Self {
        Self {
            p,
            leak_mv: resting_leak_mv(p),
            norms: (p.ampa_cm_s * peak_factor(AMPA_MS.0, AMPA_MS.1), p.nmda_cm_s * peak_factor(NMDA_MS.0, NMDA_MS.1)),
            v: REST_MV,
            gates: steady_state(REST_MV),
            traces: [0.0; 4],
            calcium: REST_MM,
            weight: START_WEIGHT,
            peak: REST_MM,
        }
    }

    fn permeabilities(&self, traces: &[f64; 4]) -> (f64, f64) {
        (self.norms.0 * self.weight * (traces[1] - traces[0]), self.norms.1 * (traces[3] - traces[2]))
    }

    fn pass_gates(&mut self, h: f64) {
        for (gate, (target, tau)) in self.gates.iter_mut().zip(gates(self.v)) {
            *gate = target + (*gate - target) * exp(-h / tau);
        }
    }

    /// Potential, receptors, calcium and weight over one step.
    fn step(&mut self, h: f64, fade: &Fade) {
        let (_, nmda) = self.permeabilities(&self.traces);
        let (_, _, before) = current(self.p, self.v, 0.0, nmda, self.calcium);
        let mut middle = self.traces;
        for ((half_way, trace), half) in middle.iter_mut().zip(&mut self.traces).zip(fade.half) {
            *half_way *= half;
            *trace *= half * half;
        }
        let (ampa, nmda) = self.permeabilities(&middle);
        let (synaptic, slope, _) = current(self.p, self.v, ampa, nmda, self.calcium);
        let (conductance, source) = linear_part(self.p, &self.gates, self.leak_mv);
        let drift = -1000.0 / C_UF * (conductance * self.v - source + synaptic);
        let z = -1000.0 / C_UF * (conductance + slope) * h;
        let growth = if z.abs() < 1e-3 { 1.0 + z * (0.5 + z / 6.0) } else { (exp(z) - 1.0) / z };
        self.v += h * growth * drift;
        let (_, nmda) = self.permeabilities(&self.traces);
        let (_, _, after) = current(self.p, self.v, 0.0, nmda, self.calcium);
        let old = self.calcium;
        let gain = 0.5 * CALCIUM_MS * (1.0 - fade.calcium);
        self.calcium = REST_MM + (old - REST_MM) * fade.calcium + gain * (entry(before) + entry(after));
        let (target, rate) = learning(0.5 * (old + self.calcium));
        self.weight = target + (self.weight - target) * exp(-rate * h);
        self.peak = self.peak.max(self.calcium);
    }

    fn pulse(&mut self) {
        self.traces.iter_mut().for_each(|trace| *trace += 1.0);
    }
}

/// Decay factors of one step size.
#[derive(Clone, Copy)]
struct Fade {
    h: f64,
    half: [f64; 4],
    calcium: f64,
}

impl Fade {
    fn new(h: f64) -> Self {
        Self { h, half: TAUS.map(|tau| libm::exp(-0.5 * h / tau)), calcium: libm::exp(-h / CALCIUM_MS) }
    }
}

/// Steps of a stretch of `length` ms that begins with a pulse: equal steps within
/// each phase. `splits` divides every step of the coarsest plan.
fn plan(length: f64, step: f64, splits: u32, rested: bool) -> Vec<(f64, u32)> {
    let phases: &[(f64, f64)] = if rested {
        &[(f64::INFINITY, 20.0)]
    } else {
        &[(40.0, 1.0), (100.0, 2.0), (250.0, 5.0), (f64::INFINITY, 20.0)]
    };
    let (mut from, mut steps) = (0.0, Vec::new());
    for &(until, factor) in phases {
        let to = until.min(length);
        if to > from {
            let coarse = libm::ceil((to - from) / (step * factor) - 1e-9).max(1.0) as u32;
            let count = coarse * splits;
            steps.push(((to - from) / f64::from(count), count));
        }
        from = to;
    }
    steps
}

/// One run; `watch` sees the state after every step.
fn follow(
    p: &NarayananJohnston2010,
    n: u32,
    period_ms: f64,
    end_ms: f64,
    splits: u32,
    watch: &mut dyn FnMut(Snapshot),
) -> Result<(f64, f64, f64), RuleError> {
    let mut cell = Dendrite::at_rest(p);
    let mut stops: Vec<(f64, bool)> = (0..n).map(|k| (FIRST_MS + f64::from(k) * period_ms, true)).collect();
    stops.retain(|stop| stop.0 < end_ms);
    stops.push((end_ms, false));
    let (mut now, mut pending, mut rested) = (0.0, 0.0, true);
    let mut fades: Vec<Fade> = Vec::new();
    for (at, pulse) in stops {
        for (h, count) in plan(at - now, 2.0 * p.step_ms, splits, rested) {
            let known = fades.iter().position(|fade| fade.h == h).unwrap_or_else(|| {
                // Few different steps occur: the phases of a period.
                if fades.len() > 64 {
                    fades.clear();
                }
                fades.push(Fade::new(h));
                fades.len() - 1
            });
            let fade = fades[known];
            for _ in 0..count {
                // Two half steps of the gates at one potential are one.
                cell.pass_gates(pending + 0.5 * h);
                cell.step(h, &fade);
                pending = 0.5 * h;
                now += h;
                watch(Snapshot { t_ms: now, v_mv: cell.v, calcium_mm: cell.calcium, weight: cell.weight });
            }
        }
        now = at;
        let watched = [("the potential", cell.v), ("calcium", cell.calcium), ("the weight", cell.weight)];
        if let Some((variable, value)) = watched.into_iter().find(|(_, value)| !value.is_finite()) {
            return Err(RuleError::NotFinite { rule: "narayanan_johnston_2010", variable, value, t_ms: now });
        }
        if pulse {
            cell.pulse();
            rested = false;
        }
    }
    Ok((cell.weight, cell.peak, cell.leak_mv))
}

/// `n` pulses at `frequency_hz`, the first at 20 ms, to the time n/f.
///
/// # Errors
/// A state that is not finite.
pub fn simulate(p: &NarayananJohnston2010, n: u32, frequency_hz: f64) -> Result<Run, RuleError> {
    let period_ms = 1000.0 / frequency_hz;
    let end_ms = f64::from(n) * period_ms;
    let (coarse, _, _) = follow(p, n, period_ms, end_ms, 1, &mut |_| ())?;
    let (fine, peak, leak_mv) = follow(p, n, period_ms, end_ms, 2, &mut |_| ())?;
    Ok(Run { weight: (4.0 * fine - coarse) / 3.0, weight_by_step: [coarse, fine], calcium_max_mm: peak, leak_mv })
}

/// The course with the step of `p`, for looking at and for tests.
///
/// # Errors
/// A state that is not finite.
pub fn snapshots(
    p: &NarayananJohnston2010,
    n: u32,
    frequency_hz: f64,
    end_ms: f64,
) -> Result<Vec<Snapshot>, RuleError> {
    let mut seen = Vec::new();
    follow(p, n, 1000.0 / frequency_hz, end_ms, 2, &mut |snapshot| seen.push(snapshot))?;
    Ok(seen)
}

/// The frequency above which `n` pulses potentiate (θ_m), by bisection between
/// `low_hz` (depression) and `high_hz` (potentiation) to `tolerance_hz`; `None` if
/// the ends do not differ in that way.
///
/// # Errors
/// A state that is not finite.
pub fn modification_threshold_hz(
    p: &NarayananJohnston2010,
    n: u32,
    low_hz: f64,
    high_hz: f64,
    tolerance_hz: f64,
) -> Result<Option<f64>, RuleError> {
    let change = |hz: f64| simulate(p, n, hz).map(|run| run.weight - START_WEIGHT);
    let (mut low, mut high) = (low_hz, high_hz);
    if change(low)? >= 0.0 || change(high)? <= 0.0 {
        return Ok(None);
    }
    while high - low > tolerance_hz {
        let middle = 0.5 * (low + high);
        if change(middle)? < 0.0 { low = middle } else { high = middle }
    }
    Ok(Some(0.5 * (low + high)))
}
