//! GABA-B receptors behind a G protein: g = G⁴/(G⁴ + 100). The fourth power makes
//! bursts count far more than their pulses; a difference of exponentials cannot.
//!
//! R, D and G are linear between the edges of the transmitter pulses and are
//! passed by the matrix exponential. Pulses are rectangular and do not add.

use crate::kinetics::chain::{exponential, times};

/// Rates of a scheme (/ms, `k1` /mM/ms) and its transmitter pulse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GabaB {
    /// Binding, /mM/ms.
    pub k1: f64,
    /// Unbinding, /ms.
    pub k2: f64,
    /// Activation of the G protein, /ms.
    pub k3: f64,
    /// Its inactivation, /ms.
    pub k4: f64,
    /// Desensitisation, /ms.
    pub d1: f64,
    /// Recovery from it, /ms.
    pub d2: f64,
    /// Transmitter of a spike, mM.
    pub transmitter_mm: f64,
    /// Its duration, ms.
    pub pulse_ms: f64,
}

/// Receptor, desensitised receptor, G protein.
type State = [f64; 3];

impl GabaB {
    fn pass(&self, state: &State, bound: bool, length_ms: f64) -> State {
        let c = if bound { self.k1 * self.transmitter_mm } else { 0.0 };
        #[rustfmt::skip]
        let rates = [
            -c - self.k2, -c + self.d2, 0.0, c,
            self.d1, -self.d2, 0.0, 0.0,
            self.k3, 0.0, -self.k4, 0.0,
            0.0, 0.0, 0.0, 0.0,
        ];
        let matrix = exponential(rates.iter().map(|rate| rate * length_ms).collect(), 4);
        let end = times(&matrix, &[state[0], state[1], state[2], 1.0]);
        [end[0], end[1], end[2]]
    }

    /// Conductance as a share of its maximum.
    fn conductance(state: &State) -> f64 {
        let fourth = state[2] * state[2] * state[2] * state[2];
        fourth / (fourth + 100.0)
    }

    /// Conductance (share of the maximum) at `times_ms`, in order, after spikes at
    /// `spikes_ms`, in order.
    pub fn course(&self, spikes_ms: &[f64], times_ms: &[f64]) -> Vec<f64> {
        // Edges: a pulse ends where its transmitter does, later spikes prolong it.
        let mut pulses: Vec<(f64, f64)> = Vec::new();
        for &spike in spikes_ms {
            match pulses.last_mut() {
                Some(last) if spike <= last.1 => last.1 = spike + self.pulse_ms,
                _ => pulses.push((spike, spike + self.pulse_ms)),
            }
        }
        let mut edges: Vec<(f64, bool)> = pulses.iter().flat_map(|&(on, off)| [(on, true), (off, false)]).collect();
        edges.push((f64::INFINITY, false));
        let (mut state, mut now, mut bound, mut next) = ([0.0; 3], 0.0, false, 0);
        times_ms
            .iter()
            .map(|&t| {
                while edges[next].0 <= t {
                    state = self.pass(&state, bound, edges[next].0 - now);
                    (now, bound) = edges[next];
                    next += 1;
                }
                state = self.pass(&state, bound, t - now);
                now = t;
                Self::conductance(&state)
            })
            .collect()
    }
}

/// Summary of a course.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// Largest conductance, share of the maximum.
    pub peak: f64,
    /// Its time after the first spike, ms.
    pub peak_ms: f64,
    /// Integral by the trapezoid, ms.
    pub integral_ms: f64,
}

/// Summary of samples (`times_ms`, `conductance`); spikes begin at `first_ms`.
pub fn response(times_ms: &[f64], conductance: &[f64], first_ms: f64) -> Response {
    let samples = times_ms.iter().zip(conductance);
    let (peak_at, peak) = samples.fold((first_ms, 0.0), |best, (t, g)| if *g > best.1 { (*t, *g) } else { best });
    let integral_ms =
        times_ms.windows(2).zip(conductance.windows(2)).map(|(t, g)| 0.5 * (t[1] - t[0]) * (g[0] + g[1])).sum();
    Response { peak, peak_ms: peak_at - first_ms, integral_ms }
}
