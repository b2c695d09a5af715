//! Tonic GABA-A: two pools of receptors in the ambient GABA A (µM),
//!
//!   g(V) = g_5 r(V) O(A, K_5) + g_δ O(A, K_δ),   O(A, K) = A/(A + K) ÷ A₀/(A₀ + K),
//!   A = A₀ ÷ uptake + spilt,   spilt += c per IPSC, spilt' = −spilt · uptake/τ_up,
//!
//! r the outward rectification of Pavlov et al. 2009 J Neurosci 29:15341. α5 receptors
//! rectify and have a low affinity, so that they matter once GABA rises; δ receptors do
//! neither (Scimemi et al. 2005 J Neurosci 25:10016). The slope of the whole, in pS/mV, is
//! that of the α5 pool, 0.32 pS/mV per pF (n = 12, J Neurosci 2010 30:7672): it sets g_5.
//! Of the current at −70 mV, 60 % stays without α5 (Glykys & Mody 2006 J Neurophysiol
//! 95:2796): it sets g_δ.

use crate::modulation::Modulation;
use crate::parameters::table::Parameters;

/// Ambient GABA to which the conductances of the table refer, µM: geometric mean of
/// 0.2–2.5 µM, Glykys & Mody 2007 J Physiol 582:1163.
pub(crate) const REFERENCE_AMBIENT_UM: f64 = 0.7;

/// The tonic conductance under one drug.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tonic {
    ambient_um: f64,
    /// Conductance at saturating GABA, nS: α5 at full rectification, δ.
    full_ns: [f64; 2],
    half_um: [f64; 2],
    direct_ns: f64,
}

impl Tonic {
    /// The pools of a cell under a drug.
    pub(crate) fn new(p: &Parameters, drug: &Modulation) -> Self {
        let half_um = [p.alpha5_half_um, p.delta_half_um];
        let share = [drug.gaba_a_alpha5_gain, drug.gaba_a_delta_gain];
        let at_reference = [p.tonic_ns, p.tonic_delta_ns];
        let full_ns = std::array::from_fn(|pool| {
            let occupied = REFERENCE_AMBIENT_UM / (REFERENCE_AMBIENT_UM + half_um[pool]);
            at_reference[pool] * drug.gaba_a_tonic_gain * share[pool] / occupied
        });
        Self {
            ambient_um: p.ambient_gaba_um / drug.gaba_uptake,
            full_ns,
            half_um,
            direct_ns: drug.gaba_a_direct_ns + drug.gaba_a_gamma2_ns,
        }
    }

    /// Conductance, nS, at a potential of rectification `rectified` with `spilt_um` of
    /// GABA above the ambient.
    #[inline(always)]
    pub(crate) fn ns(&self, rectified: f64, spilt_um: f64) -> f64 {
        let gaba = self.ambient_um + spilt_um;
        self.full_ns[0] * rectified * gaba / (gaba + self.half_um[0])
            + self.full_ns[1] * gaba / (gaba + self.half_um[1])
            + self.direct_ns
    }
}

/// The tonic conductance, nS, at a potential (mV) under a drug, at rest.
pub fn tonic_conductance_ns(p: &Parameters, drug: &Modulation, potential_mv: f64) -> f64 {
    Tonic::new(p, drug).ns(crate::receptors::voltage::tonic_rectification(potential_mv), 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ns(p: &Parameters, mv: f64) -> f64 {
        tonic_conductance_ns(p, &Modulation::default(), mv)
    }

    /// J Neurosci 2010 30:7672: 0.32 pS/mV per pF.
    #[test]
    fn the_slope_is_the_recorded_one() {
        let p = Parameters::default();
        let slope = 1000.0 * (ns(&p, 0.0) - ns(&p, -70.0)) / 70.0 / (p.soma_capacitance_pf + p.dendrite_capacitance_pf);
        assert!((slope - 0.32).abs() < 0.01, "{slope}");
    }

    /// Without α5 60 % of the tonic current is left (Glykys & Mody 2006).
    #[test]
    fn delta_receptors_carry_sixty_percent_at_rest() {
        let p = Parameters::default();
        let left = ns(&Parameters { tonic_ns: 0.0, ..p.clone() }, -70.0) / ns(&p, -70.0);
        assert!((left - 0.6).abs() < 0.02, "{left}");
    }

    /// With 140 mM chloride on both sides, several to some tens of pA at −70 mV, and more
    /// in 5 µM GABA; α5 takes most of what is added.
    #[test]
    fn the_current_is_of_the_recorded_size_and_grows_with_gaba() {
        let p = Parameters::default();
        let raised = Parameters { ambient_gaba_um: 5.0, ..p.clone() };
        let current = |p: &Parameters| ns(p, -70.0) * 70.0;
        assert!((5.0..40.0).contains(&current(&p)), "{}", current(&p));
        assert!((1.5..6.0).contains(&(current(&raised) / current(&p))), "{}", current(&raised));
        let delta = |p: &Parameters| current(&Parameters { tonic_ns: 0.0, ..p.clone() });
        assert!(delta(&raised) - delta(&p) < 0.5 * (current(&raised) - current(&p)));
    }
}
