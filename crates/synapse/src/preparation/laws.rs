//! The numbers of the bath: temperature coefficients, and laws of the ions
//! outside, with range, evidence and source.

use crate::kinetics::constants::CALCIUM_OF_NMDA_HALF_MM;
use crate::parameters::prior::Prior;
use crate::parameters::spec::ParameterSpec;
use crate::preparation::reference::REFERENCE_CELSIUS;
use evidence::Evidence::{self, Derived, FromMemory, Measured, ModelChoice};

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
pub(super) static LAWS: [TemperatureLaw; 20] = {
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
            &["gaba_a.depression_recovery", "gaba_a.slow_recovery", "gaba_a.recruitment_time"],
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
        law(
            "uptake of GABA",
            (2.5, 1.8, 3.5),
            Shortens,
            &["gaba_b.uptake", "gaba_a.uptake"],
            FromMemory,
            "transporters, 2-3.5",
        ),
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
            "extrusion of chloride",
            (2.0, 1.5, 3.0),
            Shortens,
            &["gaba_a.chloride_recovery"],
            FromMemory,
            "transporters, 2-3; as calcium pumps",
        ),
        law(
            "short-term potentiation and consolidation",
            (2.0, 1.0, 3.0),
            Shortens,
            &["rule.stp_time", "rule.consolidation_time"],
            FromMemory,
            "enzymes, about 2; no number for these",
        ),
        law(
            "integration of calcium by the induction rule",
            (2.0, 1.5, 3.0),
            Shortens,
            &["rule.theta_depression", "rule.theta_potentiation"],
            Derived,
            "the kinase that integrates calcium doubles its rate from 25 to 35 degC, Rodrigues et al. 2023: in the cold more calcium, or the same for longer, is needed",
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

/// Factor on conduction and synaptic delays at a temperature: 1 at 32 °C, more in the cold.
pub fn delay_factor(celsius: f64) -> f64 {
    let delays = LAWS.iter().find(|law| law.paths.contains(&"field.synaptic_delay"));
    delays.map_or(1.0, |law| 1.0 / law.factor(celsius))
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
        ParameterSpec { path, symbol, unit, default, low, high, evidence, prior: Prior::Fixed, meaning, source }
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
            (CALCIUM_OF_NMDA_HALF_MM / 4.0, 10.0, 40.0),
            Measured,
            "Saturation of the calcium share, f = Ca/(Ca + K_f)",
            "4 Ca/(4 Ca + 120/1.38), Chindemi et al. 2022 Nat Commun 13:3038",
        ),
        row(
            "calcium channels, exponent of calcium",
            ("x_Ca", "1"),
            (1.0, 0.5, 1.0),
            Derived,
            "Current of calcium channels with calcium outside",
            "constant-field equation; real channels saturate above 10 mM",
        ),
        row(
            "release of GABA and calcium",
            ("x_I", "1"),
            (1.0, 0.0, 1.0),
            ModelChoice,
            "Inhibition follows calcium as excitation does (1) or not at all (0)",
            "no number found for interneurons of CA1",
        ),
    ]
};
