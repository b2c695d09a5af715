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
//! Thresholds of the induction rule are properties of the spine, not of the bath:
//! they stay relative to a test pulse in the reference bath.

use crate::evidence::Evidence::{self, Derived, FromMemory, Measured, ModelChoice};
use crate::parameters::{ParameterSpec, Parameters};

/// Temperature that the calibration stands for, °C.
pub const REFERENCE_CELSIUS: f64 = 32.0;
/// Extracellular calcium that the calibration stands for, mM.
pub const REFERENCE_CALCIUM_MM: f64 = 2.0;
/// Extracellular magnesium that the calibration stands for, mM.
pub const REFERENCE_MAGNESIUM_MM: f64 = 1.3;
/// Age that the calibration stands for, postnatal days.
pub const REFERENCE_AGE_D: f64 = 60.0;

const KELVIN: f64 = 273.15;
/// Gas constant over twice Faraday's constant, mV/K.
const HALF_THERMAL_MV_PER_K: f64 = 8.314_462_618 / (2.0 * 96_485.332_12) * 1000.0;

/// What a warmer bath does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warming {
    /// Processes run faster: time constants shorten.
    Shortens,
    /// The number grows.
    Enlarges,
}

/// One temperature coefficient and the parameters that follow it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TemperatureLaw {
    /// What follows it.
    pub what: &'static str,
    /// Factor per 10 °C.
    pub q10: f64,
    /// Range of published or plausible values.
    pub range: [f64; 2],
    /// What warming does.
    pub warming: Warming,
    /// Paths of the parameters that follow it; empty for constants of the code.
    pub paths: &'static [&'static str],
    /// How sure the coefficient is.
    pub evidence: Evidence,
    /// Author, year, place.
    pub source: &'static str,
}

impl TemperatureLaw {
    /// Q10^((T − 32 °C)/10), exactly 1 at the reference.
    pub fn factor(&self, celsius: f64) -> f64 {
        libm::pow(self.q10, (celsius - REFERENCE_CELSIUS) / 10.0)
    }
}

/// Facilitation: size of its increment.
pub(crate) static FACILITATION_SIZE: TemperatureLaw = TemperatureLaw {
    what: "size of facilitation",
    q10: 2.6,
    range: [1.5, 3.5],
    warming: Warming::Enlarges,
    paths: &[],
    evidence: Measured,
    source: "Klyachko & Stevens 2006 J Neurosci 26:6945, hippocampal synapses, 23-38 degC",
};

/// Gating of calcium channels.
pub(crate) static CHANNEL_GATES: TemperatureLaw = TemperatureLaw {
    what: "gating of calcium channels",
    q10: 1.7,
    range: [1.1, 3.0],
    warming: Warming::Shortens,
    paths: &[],
    evidence: Derived,
    source: "geometric mean of forward (1.14) and backward (2.49) rates between 25 and 35 degC, Rodrigues et al. 2023 eLife 80152",
};

/// Post-synaptic GABA-B cascade.
pub(crate) static GABA_B_RATES: TemperatureLaw = TemperatureLaw {
    what: "rates of post-synaptic GABA-B",
    q10: 2.0,
    range: [1.5, 2.7],
    warming: Warming::Shortens,
    paths: &[],
    evidence: FromMemory,
    source: "slow IPSCs are about twice as fast per 10 degC, Otis et al. 1993 J Physiol 463:391",
};

/// The temperature coefficients whose parameters stand in the table.
static LAWS: [TemperatureLaw; 17] = {
    use Warming::{Enlarges, Shortens};
    const fn law(
        what: &'static str,
        (q10, low, high): (f64, f64, f64),
        warming: Warming,
        paths: &'static [&'static str],
        evidence: Evidence,
        source: &'static str,
    ) -> TemperatureLaw {
        TemperatureLaw { what, q10, range: [low, high], warming, paths, evidence, source }
    }
    [
        law(
            "AMPA kinetics",
            (1.45, 1.1, 2.0),
            Shortens,
            &["ampa.rise", "ampa.decay"],
            Derived,
            "0.65-0.95 ms at 25 degC and 0.5-0.6 ms at 35 degC, Rodrigues et al. 2023; PMC6636706",
        ),
        law(
            "GluN2A kinetics",
            (1.3, 1.1, 2.7),
            Shortens,
            &["nmda.glun2a_rise", "nmda.glun2a_decay"],
            Derived,
            "56-87 ms at room temperature (PMC6858497), about 50 ms near 35 degC; 1.25-1.33 for the rates of Rodrigues et al. 2023",
        ),
        law(
            "GluN2B kinetics",
            (2.7, 1.3, 3.7),
            Shortens,
            &["nmda.glun2b_rise", "nmda.glun2b_decay"],
            Measured,
            "deactivation, slow component 2.7, fast 3.7, Cais et al. 2008 Neuroscience (PMID 18068304)",
        ),
        law(
            "inactivation of NMDA receptors",
            (2.0, 1.5, 3.0),
            Shortens,
            &["nmda.inactivation_time"],
            FromMemory,
            "enzymes, about 2; no number for this one",
        ),
        law(
            "decay of facilitation",
            (3.2, 2.0, 4.0),
            Shortens,
            &["release.facilitation_time"],
            Measured,
            "Klyachko & Stevens 2006 J Neurosci 26:6945",
        ),
        law(
            "recovery of release",
            (2.1, 1.5, 3.0),
            Shortens,
            &["release.recovery_time", "release.slow_pool_time"],
            Measured,
            "decay of depression, Klyachko & Stevens 2006 J Neurosci 26:6945; the reserve pool is taken to follow it",
        ),
        law(
            "size of augmentation",
            (5.1, 2.0, 6.0),
            Enlarges,
            &["release.ptp_step", "release.ptp_ceiling"],
            Measured,
            "Klyachko & Stevens 2006 J Neurosci 26:6945; post-tetanic potentiation is taken to follow augmentation",
        ),
        law(
            "decay of augmentation",
            (6.6, 2.0, 8.0),
            Shortens,
            &["release.ptp_time"],
            Measured,
            "Klyachko & Stevens 2006 J Neurosci 26:6945; post-tetanic potentiation is taken to follow augmentation",
        ),
        law(
            "recovery of fibres",
            (2.0, 1.5, 3.0),
            Shortens,
            &["release.fibre_recovery"],
            FromMemory,
            "sodium channels, 2-3",
        ),
        law(
            "GABA-A kinetics",
            (2.1, 1.5, 3.0),
            Shortens,
            &["gaba_a.fast_rise", "gaba_a.fast_decay", "gaba_a.slow_rise", "gaba_a.slow_decay"],
            Measured,
            "spontaneous IPSCs, Otis & Mody 1992 Neuroscience 49:13 (PMID 1357584)",
        ),
        law(
            "recovery of inhibition",
            (2.1, 1.5, 3.0),
            Shortens,
            &["gaba_a.depression_recovery"],
            FromMemory,
            "taken as that of excitatory terminals",
        ),
        law(
            "delays",
            (2.0, 1.5, 3.0),
            Shortens,
            &["gaba_a.latency", "gaba_a.feedback_latency", "field.volley_latency", "field.synaptic_delay"],
            FromMemory,
            "conduction and synaptic delay, 1.5-3",
        ),
        law("uptake of GABA", (2.5, 1.8, 3.5), Shortens, &["gaba_b.uptake"], FromMemory, "transporters, 2-3.5"),
        law(
            "autoreceptor",
            (2.0, 1.5, 2.7),
            Shortens,
            &["gaba_b.autoreceptor_first", "gaba_b.autoreceptor_second"],
            FromMemory,
            "as post-synaptic GABA-B",
        ),
        law(
            "spikes and after-potentials",
            (2.0, 1.5, 3.0),
            Shortens,
            &["spike.refractory", "spike.ahp_decay", "spike.back_propagating_decay", "spike.back_propagating_recovery"],
            FromMemory,
            "spike width of CA1 pyramids, Thompson et al. 1985 J Neurosci 5:817",
        ),
        law(
            "calcium pumps",
            (2.0, 1.5, 3.0),
            Shortens,
            &["calcium.decay"],
            FromMemory,
            "extrusion from dendrites, 1.5-3",
        ),
        law(
            "kinase of the induction rule",
            (2.0, 1.0, 3.0),
            Enlarges,
            &["rule.gamma_potentiation"],
            Derived,
            "rates of CaMKII 0.75 at 25 degC and 1.5 at 35 degC, Rodrigues et al. 2023; its phosphatase (0.9 and 1) is left as it is",
        ),
    ]
};

/// All temperature coefficients.
pub fn temperature_laws() -> impl Iterator<Item = &'static TemperatureLaw> {
    LAWS.iter().chain([&FACILITATION_SIZE, &CHANNEL_GATES, &GABA_B_RATES])
}

/// Numbers by which the ions of the bath act, as rows like those of the parameter table.
pub static ION_LAWS: [ParameterSpec; 5] = {
    const fn row(
        path: &'static str,
        (symbol, unit): (&'static str, &'static str),
        (default, low, high): (f64, f64, f64),
        evidence: Evidence,
        meaning: &'static str,
        source: &'static str,
    ) -> ParameterSpec {
        ParameterSpec { path, symbol, unit, default, low, high, evidence, meaning, source }
    }
    [
        row(
            "release and calcium, exponent",
            ("n", "1"),
            (2.13, 1.5, 4.0),
            Derived,
            "Hill exponent of release",
            "0.26 +- 0.03 at 1 mM and 0.87 +- 0.04 at 4 mM, single Schaffer boutons at 33 degC, Nat Commun 2022 (s41467-022-33565-6); two-point fit",
        ),
        row(
            "release and calcium, half",
            ("K", "mM"),
            (1.64, 1.0, 3.0),
            Derived,
            "Calcium of half-maximal release",
            "the same fit",
        ),
        row(
            "calcium of the NMDA current, half",
            ("K_f", "mM"),
            (120.0 / 1.38 / 4.0, 10.0, 40.0),
            Measured,
            "Saturation of the calcium share, f = Ca/(Ca + K_f)",
            "4 Ca/(4 Ca + 120/1.38), Chindemi et al. 2022 Nat Commun 13:3038",
        ),
        row(
            "calcium channels, exponent of calcium",
            ("1", "1"),
            (1.0, 0.5, 1.0),
            Derived,
            "Current of calcium channels with calcium outside",
            "constant-field equation; real channels saturate above 10 mM",
        ),
        row(
            "release of GABA and calcium",
            ("", "1"),
            (1.0, 0.0, 1.0),
            ModelChoice,
            "Inhibition follows calcium as excitation does (1) or not at all (0)",
            "no number found for interneurons of CA1",
        ),
    ]
};

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
pub fn release_factor(calcium_mm: f64) -> f64 {
    hill(calcium_mm) / hill(REFERENCE_CALCIUM_MM)
}

/// Calcium share of the NMDA current in `calcium_mm` relative to the reference bath.
pub fn nmda_calcium_factor(calcium_mm: f64) -> f64 {
    nmda_share(calcium_mm) / nmda_share(REFERENCE_CALCIUM_MM)
}

/// Share of GluN2B in the NMDA conductance at an age in postnatal days, 0.35 at P60.
/// Rodrigues et al. 2023 eLife 80152 (code), ratio of GluN2B to GluN2A.
pub fn glun2b_share(age_d: f64) -> f64 {
    let share = |age_d: f64| {
        let ratio = 0.507_518_390_583_977_6
            + 0.964_213_789_200_493_9 / (1.0 + libm::exp(0.099_936_576_729_169_68 * (age_d - 25.102_347_872_464_193)));
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
pub fn in_reference_bath(p: &Parameters) -> Parameters {
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
        *inhibition *= released;
    }
    own.gaba_use = own.gaba_use.min(1.0);
    own.autoreceptor_gain = own.autoreceptor_gain.min(1.0);
    own.nmda_calcium_share *= nmda_calcium_factor(p.bath_calcium_mm);
    own.nmda_calcium_reversal_mv +=
        HALF_THERMAL_MV_PER_K * (p.bath_celsius + KELVIN) * libm::log(p.bath_calcium_mm / REFERENCE_CALCIUM_MM);
    for channel in [&mut own.t_type_ns, &mut own.r_type_ns, &mut own.l_type_ns, &mut own.l_type_low_ns] {
        *channel *= p.bath_calcium_mm / REFERENCE_CALCIUM_MM;
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
        assert!((p.release_probability / 0.12 - 0.628).abs() < 2e-3, "{}", p.release_probability);
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
