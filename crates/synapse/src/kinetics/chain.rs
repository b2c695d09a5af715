//! Markov chains of channel states under constant ligand: p(t+h) = e^{Qh} p(t).

/// One transition of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transition {
    /// State left.
    pub from: usize,
    /// State entered.
    pub to: usize,
    /// Rate, /ms; per µM of ligand if `binds`.
    pub rate: f64,
    /// Whether the step takes up ligand.
    pub binds: bool,
}

/// A chain of states.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    states: usize,
    transitions: Vec<Transition>,
}

impl Chain {
    /// A chain; transitions between states that do not exist are left out.
    pub fn new(states: usize, transitions: Vec<Transition>) -> Self {
        let transitions = transitions.into_iter().filter(|t| t.from < states && t.to < states).collect();
        Self { states, transitions }
    }

    /// All in the first state.
    pub fn start(&self) -> Vec<f64> {
        let mut p = vec![0.0; self.states];
        p[0] = 1.0;
        p
    }

    /// Occupancies `length_ms` later under a constant ligand concentration (µM).
    pub fn propagate(&self, occupancy: &[f64], ligand_um: f64, length_ms: f64) -> Vec<f64> {
        let n = self.states;
        let mut q = vec![0.0; n * n];
        for t in &self.transitions {
            let rate = t.rate * if t.binds { ligand_um } else { 1.0 } * length_ms;
            q[t.to * n + t.from] += rate;
            q[t.from * n + t.from] -= rate;
        }
        times(&exponential(q, n), occupancy)
    }

    /// Occupancies at `times_ms` (in order) after a pulse of ligand from 0 to `pulse_ms`.
    pub fn after_pulse(&self, ligand_um: f64, pulse_ms: f64, times_ms: &[f64]) -> Vec<Vec<f64>> {
        let end = self.propagate(&self.start(), ligand_um, pulse_ms);
        times_ms
            .iter()
            .map(|&t| {
                if t <= pulse_ms {
                    self.propagate(&self.start(), ligand_um, t)
                } else {
                    self.propagate(&end, 0.0, t - pulse_ms)
                }
            })
            .collect()
    }
}

/// A n × n matrix times a vector.
pub(super) fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    matrix.chunks(vector.len()).map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

/// e^A of a n × n matrix in rows: A/2^k with norm below 1/2, Taylor series of
/// degree 16 (remainder below 1e-19), squared k times.
pub(super) fn exponential(mut a: Vec<f64>, n: usize) -> Vec<f64> {
    let norm = (0..n).map(|row| (0..n).map(|k| a[row * n + k].abs()).sum::<f64>()).fold(0.0, f64::max);
    let halvings = if norm > 0.5 { libm::ceil(libm::log2(2.0 * norm)).min(1000.0) as i32 } else { 0 };
    let scale = libm::ldexp(1.0, -halvings);
    a.iter_mut().for_each(|value| *value *= scale);
    let product = |x: &[f64], y: &[f64]| {
        let mut result = vec![0.0; n * n];
        for i in 0..n {
            for k in 0..n {
                let factor = x[i * n + k];
                if factor != 0.0 {
                    for j in 0..n {
                        result[i * n + j] += factor * y[k * n + j];
                    }
                }
            }
        }
        result
    };
    let identity: Vec<f64> = (0..n * n).map(|k| if k / n == k % n { 1.0 } else { 0.0 }).collect();
    let mut sum = identity.clone();
    // Horner's form of the series.
    for k in (1..=16).rev() {
        sum = product(&a, &sum);
        for (value, one) in sum.iter_mut().zip(&identity) {
            *value = *value / f64::from(k) + one;
        }
    }
    for _ in 0..halvings {
        sum = product(&sum, &sum);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_of_a_rotation_and_of_a_large_decay() {
        let angle = 20.0;
        let r = exponential(vec![0.0, -angle, angle, 0.0], 2);
        assert!((r[0] - libm::cos(angle)).abs() < 1e-12 && (r[2] - libm::sin(angle)).abs() < 1e-12);
        let d = exponential(vec![-600.0], 1);
        assert!((d[0] / libm::exp(-600.0) - 1.0).abs() < 1e-10);
    }

    #[test]
    fn occupancies_add_up_to_one_and_settle_by_detailed_balance() {
        let t = |from, to, rate, binds| Transition { from, to, rate, binds };
        let chain = Chain::new(2, vec![t(0, 1, 0.02, true), t(1, 0, 4.6, false)]);
        let p = chain.propagate(&chain.start(), 100.0, 1e3);
        assert!((p[0] + p[1] - 1.0).abs() < 1e-12);
        assert!((p[1] - 2.0 / 6.6).abs() < 1e-12);
    }
}
