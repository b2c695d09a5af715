//! Kinetics and voltage dependence that several parts of the cell share.

use crate::kernel::lanes::exp;
use crate::kinetics::magnesium::{JAHR_STEVENS_MM, JAHR_STEVENS_PER_MV};

/// Peak-normalising factor of a difference of exponentials.
///
/// s(t) = N (e^{−t/τ_d} − e^{−t/τ_r}), largest value 1 at
/// t_p = τ_r τ_d/(τ_d − τ_r) ln(τ_d/τ_r).
pub(crate) fn peak_factor(rise_ms: f64, decay_ms: f64) -> f64 {
    let peak_ms = rise_ms * decay_ms / (decay_ms - rise_ms) * libm::log(decay_ms / rise_ms);
    1.0 / (libm::exp(-peak_ms / decay_ms) - libm::exp(-peak_ms / rise_ms))
}

/// Share of NMDA receptors free of magnesium, Jahr & Stevens 1990 J Neurosci
/// 10:3178: B(V) = 1/(1 + \[Mg\]/3.57 mM · e^{−0.062 V}).
#[inline(always)]
pub fn magnesium_block(potential_mv: f64, magnesium_mm: f64) -> f64 {
    1.0 / (1.0 + magnesium_mm / JAHR_STEVENS_MM * exp(-JAHR_STEVENS_PER_MV * potential_mv))
}

/// Outward rectification of slow α5-GABA-A receptors, Schulz et al. 2018 Nat
/// Commun 9:3576 (ModelDB 258867): a quarter conducts at rest,
/// r(V) = 1 − 0.75/(1 + e^{(V+52)/3}).
pub fn alpha5_rectification(potential_mv: f64) -> f64 {
    1.0 - 0.75 / (1.0 + exp((potential_mv + 52.0) / 3.0))
}

/// Outward rectification of the tonic GABA-A conductance, Pavlov et al. 2009
/// J Neurosci 29:15341: r(V) = a/(a+b), a = 50x/(1−e^{−x}) with x = 0.1 (V+20),
/// b = 20y/(1−e^{−y}) with y = −0.08 (V−10).
pub fn tonic_rectification(potential_mv: f64) -> f64 {
    let a = 50.0 * linear_over_exponential(0.1 * (potential_mv + 20.0));
    let b = 20.0 * linear_over_exponential(-0.08 * (potential_mv - 10.0));
    a / (a + b)
}

/// x/(1 − e^{−x}), 1 at 0.
fn linear_over_exponential(x: f64) -> f64 {
    if x.abs() < 1e-6 { 1.0 + 0.5 * x } else { x / (1.0 - exp(-x)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Jahr & Stevens 1990 at 1 and 2 mM, three potentials.
    #[test]
    fn magnesium_block_has_published_values() {
        for (v, mg, b) in [(-70.0, 1.0, 0.044), (-40.0, 1.0, 0.230), (0.0, 1.0, 0.781), (-70.0, 2.0, 0.023)] {
            assert!((magnesium_block(v, mg) - b).abs() < 5e-4, "{v} {mg}");
        }
        assert_eq!(magnesium_block(-70.0, 0.0), 1.0);
    }

    /// Values of the published function at five potentials.
    #[test]
    fn alpha5_rectification_has_published_values() {
        for (v, r) in [(-70.0, 0.2519), (-60.0, 0.2987), (-50.0, 0.7456), (-45.0, 0.9337), (-40.0, 0.9865)] {
            assert!((alpha5_rectification(v) - r).abs() < 5e-5, "{v}");
        }
    }

    #[test]
    fn tonic_rectification_is_outward_and_smooth_at_its_removable_points() {
        assert!(tonic_rectification(-80.0) < tonic_rectification(-60.0));
        assert!((tonic_rectification(-20.0) - tonic_rectification(-20.0 + 1e-5)).abs() < 1e-6);
        assert!((tonic_rectification(10.0) - tonic_rectification(10.0 + 1e-5)).abs() < 1e-6);
    }

    #[test]
    fn the_peak_of_the_difference_of_exponentials_is_one() {
        let n = peak_factor(0.5, 4.0);
        let largest = (0..20_000)
            .map(|k| f64::from(k) * 1e-3)
            .map(|t| n * (libm::exp(-t / 4.0) - libm::exp(-t / 0.5)))
            .fold(0.0, f64::max);
        assert!((largest - 1.0).abs() < 1e-6);
    }
}
