//! The preparation: temperature and ions of the bath, age of the animal.
//!
//! The synapse is calibrated for one preparation, the reference: 32 °C, 2 mM
//! calcium, 1.3 mM magnesium, P60. [`in_bath`] takes parameters from there to the
//! bath that they name; at the reference it changes no bit. With ΔT = T − 32 °C:
//!
//!   time constants   τ(T) = τ / Q10^(ΔT/10), amplitudes a(T) = a · Q10^(ΔT/10);
//!   release          U(Ca) = U · h(Ca)/h(2 mM), h(Ca) = Caⁿ/(Caⁿ + Kⁿ);
//!   NMDA receptors   P_f(Ca) = P_f · f(Ca)/f(2 mM), f(Ca) = 4 Ca/(4 Ca + 120/1.38),
//!                    E_N(Ca) = E_N + RT/2F ln(Ca/2 mM), block by Mg as it stands;
//!   channels         g(Ca) = g · Ca/2 mM (constant field, nothing leaves);
//!   reversal         E(T) = E · T/305.15 K for potassium and GABA-A (Nernst);
//!   age              f_2B = 0.35 + s(age) − s(60 d), s = r/(1 + r),
//!                    r = 0.5075 + 0.9642/(1 + e^{0.09994 (age − 25.10)}).
//!
//! Thresholds of the induction rule are properties of the spine and follow no ion; in the
//! cold they rise with the time that the kinase needs to integrate calcium.

use crate::kinetics::constants::{FARADAY, GAS, KELVIN};
use crate::kinetics::rodrigues_2023::glun2b_ratio;
use crate::parameters::table::Parameters;
use crate::preparation::laws::{ION_LAWS, LAWS, Warming};
use crate::preparation::reference::{REFERENCE_AGE_D, REFERENCE_CALCIUM_MM, REFERENCE_CELSIUS, REFERENCE_MAGNESIUM_MM};

/// Gas constant over twice Faraday's constant, mV/K.
const HALF_THERMAL_MV_PER_K: f64 = GAS / (2.0 * FARADAY) * 1000.0;

/// Share of a full effect of calcium on release.
fn hill(calcium_mm: f64) -> f64 {
    let power = |mm: f64| libm::pow(mm, ION_LAWS[0].default);
    let up = power(calcium_mm);
    up / (up + power(ION_LAWS[1].default))
}

/// Calcium share of the NMDA current, up to a factor.
fn nmda_share(calcium_mm: f64) -> f64 {
    calcium_mm / (calcium_mm + ION_LAWS[2].default)
}

/// Release probability in `calcium_mm` relative to that in the reference bath.
pub(crate) fn release_factor(calcium_mm: f64) -> f64 {
    hill(calcium_mm) / hill(REFERENCE_CALCIUM_MM)
}

/// Calcium share of the NMDA current in `calcium_mm` relative to the reference bath.
pub(crate) fn nmda_calcium_factor(calcium_mm: f64) -> f64 {
    nmda_share(calcium_mm) / nmda_share(REFERENCE_CALCIUM_MM)
}

/// Share of GluN2B in the NMDA conductance at an age in postnatal days, 0.35 at P60.
/// Rodrigues et al. 2023 eLife 80152 (code), ratio of GluN2B to GluN2A.
pub fn glun2b_share(age_d: f64) -> f64 {
    let share = |age_d: f64| {
        let ratio = glun2b_ratio(age_d);
        ratio / (1.0 + ratio)
    };
    0.35 + (share(age_d) - share(REFERENCE_AGE_D))
}

/// Whether the parameters stand for the reference bath.
pub fn is_reference(p: &Parameters) -> bool {
    p.bath_celsius == REFERENCE_CELSIUS
        && p.bath_calcium_mm == REFERENCE_CALCIUM_MM
        && p.magnesium_mm == REFERENCE_MAGNESIUM_MM
}

/// The same synapse in the reference bath.
pub(crate) fn in_reference_bath(p: &Parameters) -> Parameters {
    Parameters {
        bath_celsius: REFERENCE_CELSIUS,
        bath_calcium_mm: REFERENCE_CALCIUM_MM,
        magnesium_mm: REFERENCE_MAGNESIUM_MM,
        ..p.clone()
    }
}

/// Parameters stated for the reference bath, taken to the bath that they name
/// (`preparation.temperature`, `preparation.calcium`, `nmda.magnesium`). To be
/// done once; values may leave the ranges of the table.
pub fn in_bath(p: &Parameters) -> Parameters {
    let mut own = p.clone();
    warm(&mut own, p.bath_celsius);
    let released = release_factor(p.bath_calcium_mm);
    own.release_probability *= released;
    for inhibition in [
        &mut own.gaba_fast_soma_ns,
        &mut own.gaba_fast_dendrite_ns,
        &mut own.gaba_slow_ns,
        &mut own.gaba_use,
        &mut own.spillover_mm,
        &mut own.autoreceptor_gain,
    ] {
        *inhibition *= libm::pow(released, ION_LAWS[4].default);
    }
    own.gaba_use = own.gaba_use.min(1.0);
    own.autoreceptor_gain = own.autoreceptor_gain.min(1.0);
    own.nmda_calcium_share *= nmda_calcium_factor(p.bath_calcium_mm);
    own.nmda_calcium_reversal_mv +=
        HALF_THERMAL_MV_PER_K * (p.bath_celsius + KELVIN) * libm::log(p.bath_calcium_mm / REFERENCE_CALCIUM_MM);
    for channel in [&mut own.t_type_ns, &mut own.r_type_ns, &mut own.l_type_ns, &mut own.l_type_low_ns] {
        *channel *= libm::pow(p.bath_calcium_mm / REFERENCE_CALCIUM_MM, ION_LAWS[3].default);
    }
    own
}

/// Time constants, sizes and equilibrium potentials at a temperature.
fn warm(p: &mut Parameters, celsius: f64) {
    for law in &LAWS {
        let factor = law.factor(celsius);
        for place in law.paths.iter().filter_map(|path| Parameters::place(path)) {
            match law.warming {
                Warming::Shortens => *p.at_mut(place) /= factor,
                Warming::Enlarges => *p.at_mut(place) *= factor,
            }
        }
    }
    let warmth = (celsius + KELVIN) / (REFERENCE_CELSIUS + KELVIN);
    p.potassium_reversal_mv *= warmth;
    p.gaba_reversal_mv *= warmth;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preparation::laws::temperature_laws;

    fn with(celsius: f64, calcium_mm: f64, magnesium_mm: f64) -> Parameters {
        Parameters { bath_celsius: celsius, bath_calcium_mm: calcium_mm, magnesium_mm, ..Parameters::default() }
    }

    #[test]
    fn the_reference_bath_changes_no_bit() {
        let p = Parameters::default();
        let own = in_bath(&p);
        for (place, spec) in Parameters::specs().iter().enumerate() {
            assert_eq!(own.at(place).to_bits(), p.at(place).to_bits(), "{}", spec.path);
        }
        assert!(is_reference(&p));
        assert_eq!(in_reference_bath(&with(25.0, 1.3, 0.9)), p);
        assert_eq!(glun2b_share(REFERENCE_AGE_D), p.glun2b_share);
        assert!(temperature_laws().all(|law| law.factor(REFERENCE_CELSIUS) == 1.0));
    }

    #[test]
    fn every_path_exists_and_no_parameter_follows_two_laws() {
        let mut seen = Vec::new();
        for law in temperature_laws() {
            assert!((law.range[0]..=law.range[1]).contains(&law.q10), "{}", law.what);
            for path in law.paths {
                assert!(Parameters::place(path).is_some(), "{path}");
                assert!(!seen.contains(path), "{path}");
                seen.push(*path);
            }
        }
        assert!(ION_LAWS.iter().all(|law| (law.low..=law.high).contains(&law.default)));
    }

    /// IPSC decay 18 ms at 24 °C and 4.2–7.2 ms at 34–35 °C are Q10 near 2.1
    /// (PMC6774173, PMID 1357584): 8.6 ms at 32 °C become 15.6 ms at 24 °C.
    #[test]
    fn time_constants_follow_their_q10() {
        let cold = in_bath(&with(22.0, 2.0, 1.3));
        let p = Parameters::default();
        assert!((cold.gaba_fast_decay_ms - 2.1 * p.gaba_fast_decay_ms).abs() < 1e-12);
        assert!((cold.facilitation_ms - 3.2 * p.facilitation_ms).abs() < 1e-9);
        assert!((cold.ptp_ceiling - p.ptp_ceiling / 5.1).abs() < 1e-12);
        assert!(cold.potassium_reversal_mv > p.potassium_reversal_mv);
        assert_eq!(cold.release_probability, p.release_probability);
        let at_24 = in_bath(&with(24.0, 2.0, 1.3)).gaba_fast_decay_ms;
        assert!((at_24 - 15.57).abs() < 0.01, "{at_24}");
    }

    /// Single Schaffer boutons: 0.26 in 1 mM and 0.87 in 4 mM (Nat Commun 2022).
    #[test]
    fn release_follows_the_published_points() {
        assert!((hill(1.0) - 0.26).abs() < 0.005 && (hill(4.0) - 0.87).abs() < 0.005);
        let p = in_bath(&with(32.0, 1.3, 1.3));
        assert!(
            (p.release_probability / Parameters::default().release_probability - 0.628).abs() < 2e-3,
            "{}",
            p.release_probability
        );
    }

    /// 0.6 · 4 Ca/(4 Ca + 120/1.38) of Chindemi et al. 2022 at five concentrations.
    #[test]
    fn the_calcium_share_has_its_published_form() {
        for mm in [1.3, 1.5, 1.8, 2.5, 3.0] {
            let published = |mm: f64| 4.0 * mm / (4.0 * mm + 120.0 / 1.38);
            let own = in_bath(&with(32.0, mm, 1.3));
            let expected = Parameters::default().nmda_calcium_share * published(mm) / published(2.0);
            assert!((own.nmda_calcium_share - expected).abs() < 1e-12, "{mm}");
        }
        assert!((in_bath(&with(32.0, 4.0, 1.3)).nmda_calcium_reversal_mv - 40.0 - 9.113).abs() < 1e-3);
    }

    /// GluN2B : GluN2A 1.29, 1.11, 0.77, 0.54 at P10, P20, P35, P60 (Rodrigues et al. 2023).
    #[test]
    fn glun2b_falls_with_age() {
        for (age, ratio) in [(10.0, 1.29), (20.0, 1.11), (35.0, 0.77), (60.0, 0.54)] {
            let share: f64 = ratio / (1.0 + ratio);
            assert!((glun2b_share(age) - share).abs() < 4e-3, "{age}");
        }
    }
}
