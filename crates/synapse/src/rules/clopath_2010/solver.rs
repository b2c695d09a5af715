//! The embedded Runge–Kutta pair of Fehlberg, 4(5), propagating the fifth order,
//! with the step kept from slice to slice.

/// Error accepted per step, absolute and relative.
const TOLERANCE: f64 = 1e-9;
/// A step this short is taken whatever its error: the potential of a spike runs
/// away faster than time can resolve, and is cut off after the step.
const SHORTEST_MS: f64 = 1e-13;

/// A solver for `N` states.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fehlberg<const N: usize> {
    pub(super) y: [f64; N],
    step_ms: f64,
}

impl<const N: usize> Fehlberg<N> {
    pub(super) fn new(y: [f64; N]) -> Self {
        Self { y, step_ms: 0.01 }
    }

    /// One accepted step of at most `limit_ms`; its length.
    pub(super) fn advance(&mut self, limit_ms: f64, slope: &impl Fn(&[f64; N]) -> [f64; N]) -> f64 {
        let mut h = self.step_ms.min(limit_ms);
        let k1 = slope(&self.y);
        loop {
            let at = |terms: &[(&[f64; N], f64)]| {
                let mut y = self.y;
                for (k, weight) in terms {
                    for (value, slope) in y.iter_mut().zip(k.iter()) {
                        *value += h * weight * slope;
                    }
                }
                y
            };
            let k2 = slope(&at(&[(&k1, 0.25)]));
            let k3 = slope(&at(&[(&k1, 3.0 / 32.0), (&k2, 9.0 / 32.0)]));
            let k4 = slope(&at(&[(&k1, 1932.0 / 2197.0), (&k2, -7200.0 / 2197.0), (&k3, 7296.0 / 2197.0)]));
            let k5 = slope(&at(&[(&k1, 439.0 / 216.0), (&k2, -8.0), (&k3, 3680.0 / 513.0), (&k4, -845.0 / 4104.0)]));
            let k6 = slope(&at(&[
                (&k1, -8.0 / 27.0),
                (&k2, 2.0),
                (&k3, -3544.0 / 2565.0),
                (&k4, 1859.0 / 4104.0),
                (&k5, -11.0 / 40.0),
            ]));
            let end = at(&[
                (&k1, 16.0 / 135.0),
                (&k3, 6656.0 / 12_825.0),
                (&k4, 28_561.0 / 56_430.0),
                (&k5, -9.0 / 50.0),
                (&k6, 2.0 / 55.0),
            ]);
            let mut ratio: f64 = 0.0;
            for i in 0..N {
                let error = h
                    * (k1[i] / 360.0 - 128.0 * k3[i] / 4275.0 - 2197.0 * k4[i] / 75_240.0
                        + k5[i] / 50.0
                        + 2.0 * k6[i] / 55.0);
                let scale = TOLERANCE * (1.0 + self.y[i].abs().max(end[i].abs()));
                ratio = ratio.max(error.abs() / scale);
            }
            if ratio <= 1.0 || h <= SHORTEST_MS || ratio.is_nan() && h <= 1e-9 {
                self.y = end;
                let growth = if ratio > 0.0 { 0.9 * libm::pow(ratio, -0.2) } else { 5.0 };
                // A step cut by the end of the slice says nothing about the next.
                let next = h * growth.clamp(0.2, 5.0);
                self.step_ms = if h < self.step_ms { self.step_ms.max(next) } else { next }.max(SHORTEST_MS);
                return h;
            }
            h *= if ratio.is_finite() { (0.9 * libm::pow(ratio, -0.2)).max(0.2) } else { 0.2 };
            h = h.max(SHORTEST_MS);
            self.step_ms = h;
        }
    }
}
