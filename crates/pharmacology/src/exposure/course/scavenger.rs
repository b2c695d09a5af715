//! γ-Cyclodextrin and the like: a steroid that is bound is not free.
//!
//! One carrier with dissociation constant K takes up all steroids alike. With the
//! total carrier G and the total steroid S the free carrier g solves
//!
//! g² + (K + S − G)·g − K·G = 0,
//!
//! and the free share of every steroid is K/(K + g).

/// Free share of the steroids, 0–1. Concentrations and K in one unit.
pub fn free_share(steroid: f64, carrier: f64, k: f64) -> f64 {
    if carrier <= 0.0 {
        return 1.0;
    }
    let b = k + steroid - carrier;
    let root = libm::sqrt(b * b + 4.0 * k * carrier);
    // The form without cancellation for either sign of b.
    let free_carrier = if b > 0.0 { 2.0 * k * carrier / (b + root) } else { 0.5 * (root - b) };
    k / (k + free_carrier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mass_is_conserved_and_the_binding_constant_holds() {
        for (steroid, carrier, k) in [(0.1, 500.0, 200.0), (50.0, 10.0, 5.0), (1e-6, 1e-3, 10.0), (10.0, 10.0, 1e-3)] {
            let free = steroid * free_share(steroid, carrier, k);
            let bound = steroid - free;
            let free_carrier = carrier - bound;
            assert!((free * free_carrier / k - bound).abs() < 1e-9 * steroid.max(1.0), "{steroid} {carrier} {k}");
        }
    }

    #[test]
    fn a_carrier_in_excess_leaves_the_share_of_its_own_saturation() {
        assert!((free_share(0.1, 500.0, 200.0) - 200.0 / 700.0).abs() < 1e-4);
        assert_eq!(free_share(1.0, 0.0, 10.0), 1.0);
    }
}
