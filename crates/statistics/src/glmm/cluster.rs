//! The likelihood of one cluster with its random effects integrated out.
//!
//!   L = ∫ exp{h(u)} du / (2π)^{q/2},  h(u) = Σ ln p(yᵢ | ηᵢ + σ₀ u₀ + σ₁ u_k(i)) − ½ |u|²
//!
//! With û the maximum of h and H = −h″(û), Laplace: ln L ≈ h(û) − ½ ln det H. One random
//! effect by quadrature about û, s = H^{−½}: L ≈ s/√π Σ wₖ e^{xₖ²} exp{h(û + √2 s xₖ)}.
//! H is an arrow: given u₀ the sub-clusters do not touch each other.

use crate::glmm::data::Members;
use crate::glmm::family::{Family, Term, term};

/// Steps of Newton's method; h is concave, so few are needed.
const STEPS: usize = 200;

/// Counts and predictors of one cluster.
pub(crate) struct Cluster<'a> {
    pub(crate) family: Family,
    pub(crate) members: &'a Members,
    /// Counts of its rows.
    pub(crate) counts: &'a [f64],
    /// Trials or θ of its rows.
    pub(crate) sizes: &'a [f64],
    /// Fixed part of the linear predictor of its rows.
    pub(crate) fixed: &'a [f64],
    /// SDs of the cluster and of its sub-clusters.
    pub(crate) sd: [f64; 2],
}

/// h, its gradient and the parts of its curvature at one place.
struct Place {
    value: f64,
    /// By u₀, then by each sub-cluster.
    gradient: Vec<f64>,
    /// Sum of weights of all rows, and of each sub-cluster.
    weight: f64,
    weights: Vec<f64>,
}

impl Cluster<'_> {
    /// ln L without constants of the counts; `rule` empty for Laplace. `mode` holds the
    /// start and receives û.
    pub(crate) fn log_likelihood(&self, mode: &mut Vec<f64>, rule: &[(f64, f64)]) -> f64 {
        let place = self.maximum(mode);
        let determinant = self.log_determinant(&place);
        if rule.is_empty() {
            return place.value - 0.5 * determinant;
        }
        let scale = libm::exp(-0.5 * determinant);
        let mut logs = Vec::with_capacity(rule.len());
        for (x, weight) in rule {
            logs.push(weight + self.value(&[mode[0] + std::f64::consts::SQRT_2 * scale * x]));
        }
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = logs.iter().map(|log| libm::exp(log - largest)).sum();
        largest + libm::log(sum) - 0.5 * determinant - 0.5 * libm::log(std::f64::consts::PI)
    }

    fn terms<'a>(&'a self, u: &'a [f64]) -> impl Iterator<Item = (usize, Term)> + 'a {
        (0..self.counts.len()).map(|i| {
            let part = self.members.nested.get(i).copied();
            let own = part.map_or(0.0, |part| self.sd[1] * u[1 + part]);
            let eta = self.fixed[i] + self.sd[0] * u[0] + own;
            (part.unwrap_or(0), term(self.family, self.counts[i], self.sizes[i], eta))
        })
    }

    fn value(&self, u: &[f64]) -> f64 {
        self.terms(u).map(|(_, term)| term.log).sum::<f64>() - 0.5 * u.iter().map(|u| u * u).sum::<f64>()
    }

    fn place(&self, u: &[f64]) -> Place {
        let parts = self.members.parts;
        let (mut value, mut gradient, mut weight) = (0.0, vec![0.0; 1 + parts], 0.0);
        let mut weights = vec![0.0; parts];
        for (part, term) in self.terms(u) {
            value += term.log;
            weight += term.weight;
            gradient[0] += self.sd[0] * term.slope;
            if parts > 0 {
                gradient[1 + part] += self.sd[1] * term.slope;
                weights[part] += term.weight;
            }
        }
        for (gradient, u) in gradient.iter_mut().zip(u) {
            value -= 0.5 * u * u;
            *gradient -= u;
        }
        Place { value, gradient, weight, weights }
    }

    /// The corner of H that is left for u₀ once the sub-clusters are eliminated.
    fn corner(&self, place: &Place) -> f64 {
        let [a, b] = [self.sd[0] * self.sd[0], self.sd[1] * self.sd[1]];
        let eliminated: f64 = place.weights.iter().map(|w| a * b * w * w / (1.0 + b * w)).sum();
        1.0 + a * place.weight - eliminated
    }

    fn log_determinant(&self, place: &Place) -> f64 {
        let square = self.sd[1] * self.sd[1];
        let parts: f64 = place.weights.iter().map(|w| libm::log1p(square * w)).sum();
        parts + libm::log(self.corner(place))
    }

    /// Newton's step H⁻¹ gradient.
    fn step(&self, place: &Place) -> Vec<f64> {
        let [first, second] = self.sd;
        let cross = |w: f64| first * second * w;
        let own = |w: f64| 1.0 + second * second * w;
        let rest: f64 = place.weights.iter().zip(&place.gradient[1..]).map(|(w, g)| cross(*w) * g / own(*w)).sum();
        let first_step = (place.gradient[0] - rest) / self.corner(place);
        let mut step = vec![first_step];
        for (w, g) in place.weights.iter().zip(&place.gradient[1..]) {
            step.push((g - cross(*w) * first_step) / own(*w));
        }
        step
    }

    /// The maximum of h, by Newton's method with halved steps.
    fn maximum(&self, mode: &mut Vec<f64>) -> Place {
        mode.resize(1 + self.members.parts, 0.0);
        let mut place = self.place(mode);
        for _ in 0..STEPS {
            let step = self.step(&place);
            let decrement: f64 = step.iter().zip(&place.gradient).map(|(s, g)| s * g).sum();
            if decrement < 1e-22 {
                break;
            }
            // No less than now, up to rounding.
            let floor = place.value - 1e-13 * place.value.abs();
            let mut share = 1.0;
            loop {
                let tried: Vec<f64> = mode.iter().zip(&step).map(|(u, s)| u + share * s).collect();
                let next = self.place(&tried);
                if next.value >= floor || share < 1e-9 {
                    *mode = tried;
                    place = next;
                    break;
                }
                share *= 0.5;
            }
        }
        place
    }
}
