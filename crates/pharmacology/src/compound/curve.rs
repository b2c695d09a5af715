//! Concentration–response curves.
//!
//! With x = (C/K)^h, K the half-maximal concentration and h the Hill coefficient:
//!
//! - potentiation  1 + (max − 1) · x/(1 + x)
//! - inhibition    1/(1 + x)
//!
//! Both are the one-ligand case of a binding site that several ligands share:
//! the factor on a target is 1 + Σᵢ (maxᵢ − 1)·xᵢ / (1 + Σⱼ xⱼ).

/// (C/K)^h for a concentration in µM and 1/K in 1/µM. 0 at or below zero concentration.
pub(crate) fn occupancy_ratio(concentration_um: f64, inverse_k: f64, hill: f64) -> f64 {
    let ratio = concentration_um * inverse_k;
    if ratio <= 0.0 {
        0.0
    } else if hill == 1.0 {
        ratio
    } else {
        libm::pow(ratio, hill)
    }
}

/// Factor of a modulator with saturating factor `maximum` (> 1 potentiates,
/// < 1 inhibits) at `concentration_um`; `ec50_um` in the same unit.
pub fn potentiation(concentration_um: f64, ec50_um: f64, hill: f64, maximum: f64) -> f64 {
    let x = occupancy_ratio(concentration_um, 1.0 / ec50_um, hill);
    if x.is_infinite() {
        return maximum;
    }
    1.0 + (maximum - 1.0) * x / (1.0 + x)
}

/// Remaining fraction under a complete antagonist at `concentration_um`.
pub fn inhibition(concentration_um: f64, ic50_um: f64, hill: f64) -> f64 {
    1.0 / (1.0 + occupancy_ratio(concentration_um, 1.0 / ic50_um, hill))
}
