//! Presynaptic GABA-B receptors of the slice. The autoreceptor of GABAergic terminals,
//! in two stages as in `kinetics::autoreceptor`, here driven by the IPSC itself:
//!
//!   a_R += k_a size (1−a_R), a_R' = −a_R/τ₁; a_G' = (a_R−a_G)/τ₂,
//!   GABA release × 1 − s a_G²/(a_G² + K²).
//!
//! a_G is kept as z = a_G − κ a_R with κ = τ₁/(τ₁−τ₂), which decays with τ₂ alone.

use crate::parameters::table::Parameters;
use crate::slice::cell::gates::{Gate, Gates};

fn kappa(p: &Parameters) -> f64 {
    let first = p.autoreceptor_first_ms;
    // Equal time constants make the two-exponential form singular.
    let difference = first - p.autoreceptor_second_ms;
    if difference.abs() < 1e-6 { first / 1e-6 } else { first / difference }
}

/// An IPSC of relative size `size` binds autoreceptors.
pub(crate) fn drive(p: &Parameters, gates: &mut Gates, size: f64) {
    let bound = gates.get(Gate::Autoreceptor);
    let rise = p.autoreceptor_gain * size * (1.0 - bound);
    gates.add(Gate::Autoreceptor, rise);
    gates.add(Gate::AutoreceptorSlow, -kappa(p) * rise);
}

/// Fraction by which the autoreceptor lowers GABA release now; `gain` is what a drug
/// leaves of its activation.
pub(crate) fn suppression(p: &Parameters, gates: &Gates, gain: f64) -> f64 {
    let active = gates.get(Gate::AutoreceptorSlow) + kappa(p) * gates.get(Gate::Autoreceptor);
    let driven = active.max(0.0) * gain;
    let square = driven * driven;
    p.autoreceptor_max * square / (square + p.autoreceptor_half * p.autoreceptor_half)
}
