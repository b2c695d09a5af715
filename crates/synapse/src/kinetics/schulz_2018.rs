//! Schulz et al. 2018 Nat Commun 9:3576 (ModelDB 258867): slow GABA-B inhibition
//! with uptake of transmitter, and the rectification of α5-GABA-A receptors.
//!
//!   C' = −C/10 − 30 C (1−B) + 0.1 B,  B' = 30 C (1−B) − 0.12 B (transporter, 1 mM)
//!   R' = 0.066 C (1−R) − 0.008 R,  G' = 0.1 (0.27 R (1−G) − 0.044 G),
//!   g = G²/(G²+½); 0.1 mM per spike.

/// Transmitter that a spike adds, mM.
const TRANSMITTER_MM: f64 = 0.1;

fn slope(s: &[f64; 4]) -> [f64; 4] {
    let [c, b, r, g] = *s;
    let uptake = 30.0 * c * (1.0 - b);
    [
        -c / 10.0 - uptake + 0.1 * b,
        uptake - 0.12 * b,
        0.066 * c * (1.0 - r) - 0.008 * r,
        0.1 * (0.27 * r * (1.0 - g) - 0.044 * g),
    ]
}

/// Longest step of Runge–Kutta's fourth order: uptake runs at up to 30 /ms.
const STEP_MS: f64 = 0.01;

fn pass(state: &mut [f64; 4], length_ms: f64) {
    let parts = libm::ceil(length_ms / STEP_MS - 1e-9);
    let h = length_ms / parts.max(1.0);
    for _ in 0..parts as u64 {
        let shifted = |k: &[f64; 4], share: f64| {
            let mut y = *state;
            y.iter_mut().zip(k).for_each(|(value, slope)| *value += share * h * slope);
            y
        };
        let a = slope(state);
        let b = slope(&shifted(&a, 0.5));
        let c = slope(&shifted(&b, 0.5));
        let d = slope(&shifted(&c, 1.0));
        for k in 0..4 {
            state[k] += h / 6.0 * (a[k] + 2.0 * b[k] + 2.0 * c[k] + d[k]);
        }
    }
}

/// Conductance (share of the maximum) at `times_ms` after spikes at `spikes_ms`, both in order.
pub fn gaba_b_course(spikes_ms: &[f64], times_ms: &[f64]) -> Vec<f64> {
    let (mut state, mut now, mut next) = ([0.0; 4], 0.0, 0);
    times_ms
        .iter()
        .map(|&t| {
            while next < spikes_ms.len() && spikes_ms[next] < t {
                pass(&mut state, spikes_ms[next] - now);
                now = spikes_ms[next];
                state[0] += TRANSMITTER_MM;
                next += 1;
            }
            pass(&mut state, t - now);
            now = t;
            let square = state[3] * state[3];
            square / (square + 0.5)
        })
        .collect()
}
