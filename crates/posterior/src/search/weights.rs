//! The weights of draws from an emulated posterior by what was simulated of them.

use crate::emulator::surface::{Simulated, Surface};

/// What is known of the outputs of a draw from surface and simulation together. With v the
/// variance of the simulation about the surface, of which c is the chance of its few animals,
///
/// η̂ = s + (1 − c/v)(η − s),  variance c (1 − c/v)
///
/// the regression of what many animals would give on both.
pub(crate) struct Estimated {
    pub(crate) u: Vec<f64>,
    pub(crate) eta: Vec<f64>,
    pub(crate) variances: Vec<f64>,
}

impl Estimated {
    pub(crate) fn of(point: Simulated, surface: &Surface, chance: &[f64]) -> Self {
        let middle = surface.at(&point.u);
        let share = |k: usize| {
            let all = surface.variances()[k];
            if all > 0.0 { (1.0 - chance[k] / all).clamp(0.0, 1.0) } else { 1.0 }
        };
        let eta = (0..middle.len()).map(|k| middle[k] + share(k) * (point.eta[k] - middle[k])).collect();
        let variances = (0..middle.len()).map(|k| chance[k].min(surface.variances()[k]) * share(k)).collect();
        Self { u: point.u, eta, variances }
    }
}

/// Importance weights of mean 1 from their logarithms, none above √n times the mean
/// (truncated importance sampling, Ionides 2008 J Comput Graph Stat 17:295).
pub(crate) fn weights(logs: &[f64]) -> Vec<f64> {
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = logs.iter().map(|log| libm::exp(log - largest)).collect();
    let cap = raw.iter().sum::<f64>() / libm::sqrt(logs.len() as f64);
    let weights: Vec<f64> = raw.iter().map(|weight| weight.min(cap)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight * logs.len() as f64 / sum).collect()
}
