//! Rodrigues et al. 2023 eLife 12:e80152 (SynapseElife): receptors and calcium
//! channels of a CA1 spine as Markov chains, with their dependence on temperature,
//! age and extracellular calcium. Rates /ms (per µM where ligand binds), measured
//! as published; no statistical factors in the NMDA chain, as in the public code.

use crate::kinetics::chain::{Chain, Transition};

/// d + c/(1 + e^{a(x−b)}).
fn sigmoid(x: f64, a: f64, b: f64, c: f64, d: f64) -> f64 {
    d + c / (1.0 + libm::exp(a * (x - b)))
}

/// Temperature factor of forward NMDA rates (°C).
pub fn nmda_forward(celsius: f64) -> f64 {
    sigmoid(celsius, -0.09991802053299291, -37.63132907014948, 1239.0673283348326, -1230.6805720050966)
}

/// Temperature factor of backward NMDA rates (°C).
pub fn nmda_backward(celsius: f64) -> f64 {
    sigmoid(celsius, -0.10605060141396823, 98.99939433046647, 1621.6168608608068, 3.0368551011554143)
}

/// Temperature factor of forward AMPA rates (°C).
pub fn ampa_forward(celsius: f64) -> f64 {
    sigmoid(celsius, -0.4737773089201679, 31.7248285571622, 10.273135485873242, 0.0)
}

/// Temperature factor of backward AMPA rates (°C).
pub fn ampa_backward(celsius: f64) -> f64 {
    sigmoid(celsius, -0.36705555170278986, 28.976662403966674, 5.134547217640794, 0.0)
}

/// Temperature factor of GABA-A closing (°C).
fn gaba_a_closing(celsius: f64) -> f64 {
    sigmoid(celsius, 0.19127068198185954, 32.16771140618756, -1.2798050197287802, 1.470692263981145)
}

/// Temperature factor of forward calcium channel rates (°C).
pub fn channel_forward(celsius: f64) -> f64 {
    sigmoid(celsius, 1.0485098341579628, 30.66869198447378, -0.3040010711391852, 2.5032059559264357)
}

/// Temperature factor of backward calcium channel rates (°C).
pub fn channel_backward(celsius: f64) -> f64 {
    sigmoid(celsius, -0.3302682317933842, 36.279019647221226, 3.2259761593440155, 0.7298285671937866)
}

/// Conductance of an NMDA receptor, pS, at extracellular calcium (µM).
pub fn nmda_conductance_ps(calcium_um: f64) -> f64 {
    sigmoid(calcium_um, 0.004477162852447629, 2701.3929349701334, 58.38819453272428, 33.949463268365555)
}

/// GluN2B/GluN2A ratio at an age (postnatal days).
pub fn glun2b_ratio(age_days: f64) -> f64 {
    sigmoid(age_days, 0.09993657672916968, 25.102347872464193, 0.9642137892004939, 0.5075183905839776)
}

/// Chloride reversal, mV, at an age (postnatal days).
pub fn chloride_reversal_mv(age_days: f64) -> f64 {
    sigmoid(age_days, 0.09151696057098718, 0.6919298240788684, 243.5159017060495, -92.6496083089155)
}

/// Subunit of an NMDA receptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subunit {
    /// GluN2A.
    Glun2a,
    /// GluN2B: forward rates × 0.25, backward rates × 0.23.
    Glun2b,
}

fn step(from: usize, to: usize, rate: f64) -> Transition {
    Transition { from, to, rate, binds: false }
}

/// The NMDA chain A0–A1–A2–A3–A4–O1–O2 at a temperature; open states are 5 and 6.
pub fn nmda(subunit: Subunit, celsius: f64) -> Chain {
    let (forward, backward) = match subunit {
        Subunit::Glun2a => (1.0, 1.0),
        Subunit::Glun2b => (0.25, 0.23),
    };
    let (up, down) = (forward * nmda_forward(celsius), backward * nmda_backward(celsius));
    let rates = [(0.034, 0.060), (0.017, 0.120), (0.127, 0.161), (0.580, 2.610), (2.508, 2.167), (3.449, 0.662)];
    let pairs = rates.iter().enumerate().flat_map(|(k, &(on, off))| {
        [Transition { from: k, to: k + 1, rate: on * up, binds: k < 2 }, step(k + 1, k, off * down)]
    });
    Chain::new(7, pairs.collect())
}

/// The GABA-A chain C0–C1–C2 with open states 3 (from C1) and 4 (from C2).
pub fn gaba_a(celsius: f64) -> Chain {
    let closing = gaba_a_closing(celsius);
    let bind = |from, to, rate| Transition { from, to, rate, binds: true };
    Chain::new(
        5,
        vec![
            bind(0, 1, 0.02),
            step(1, 0, 4.6),
            bind(1, 2, 0.01),
            step(2, 1, 9.2),
            step(1, 3, 3.3),
            step(3, 1, 9.8 * closing),
            step(2, 4, 10.6),
            step(4, 2, 0.4 * closing),
        ],
    )
}

/// Conductances of the open states of the AMPA chain (13, 14, 15), pS.
pub const AMPA_PS: [f64; 3] = [15.5, 26.0, 36.5];

/// The AMPA chain: C0–C4 are 0–4, D0–D4 5–9, E2–E4 10–12, O2–O4 13–15.
pub fn ampa(celsius: f64) -> Chain {
    let k = 0.016 * ampa_forward(celsius);
    let (unbind, slow) = (7.4 * ampa_backward(celsius), 4.1e-4 * ampa_backward(celsius));
    let mut all = Vec::new();
    let mut row = |first: usize, up: &[f64], down: &[f64]| {
        for (j, (&on, &off)) in up.iter().zip(down).enumerate() {
            all.push(Transition { from: first + j, to: first + j + 1, rate: on * k, binds: true });
            all.push(step(first + j + 1, first + j, off));
        }
    };
    row(0, &[4.0, 3.0, 2.0, 1.0], &[unbind, 2.0 * unbind, 3.0 * unbind, 4.0 * unbind]);
    row(5, &[3.0, 3.0, 2.0, 1.0], &[slow, unbind, 2.0 * unbind, 3.0 * unbind]);
    row(10, &[2.0, 1.0], &[unbind, 2.0 * unbind]);
    let mut both = |from: usize, to: usize, there: f64, back: f64| {
        all.push(step(from, to, there));
        all.push(step(to, from, back));
    };
    both(0, 5, 4.0 * 3e-6, 8.3e-4);
    for (j, count) in [1.0, 2.0, 3.0, 4.0].into_iter().enumerate() {
        both(1 + j, 6 + j, count * 1.5, 0.0091);
    }
    for (j, count) in [1.0, 2.0, 3.0].into_iter().enumerate() {
        both(7 + j, 10 + j, count * 0.17, 0.042);
    }
    // The third step opens with twice the rate, not three times, as in the source.
    for (j, count) in [2.0, 2.0, 4.0].into_iter().enumerate() {
        both(2 + j, 13 + j, count * 9.6, 2.6);
    }
    Chain::new(16, all)
}

/// Steady states of a calcium channel gate pair at a potential (mV), and its time
/// constants (ms).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GatePair {
    /// Activation.
    pub m: f64,
    /// Inactivation.
    pub h: f64,
    /// Time constant of activation, ms.
    pub m_ms: f64,
    /// Time constant of inactivation, ms.
    pub h_ms: f64,
}

fn boltzmann(v: f64, half: f64, slope: f64) -> f64 {
    1.0 / (1.0 + libm::exp((half - v) / slope))
}

/// T-type channel: m∞ (−32, 7), h∞ (−70, −6.5), τ_m from a closing rate of 1 /ms at −20 mV.
pub fn t_type(v_mv: f64) -> GatePair {
    GatePair {
        m: boltzmann(v_mv, -32.0, 7.0),
        h: boltzmann(v_mv, -70.0, -6.5),
        m_ms: 1.0 - boltzmann(-20.0, -32.0, 7.0),
        h_ms: 50.0,
    }
}

/// R-type channel: m∞ (3, 8), h∞ (−39, −9.2), τ_m from a closing rate of 2.5 /ms at 10 mV.
pub fn r_type(v_mv: f64) -> GatePair {
    GatePair {
        m: boltzmann(v_mv, 3.0, 8.0),
        h: boltzmann(v_mv, -39.0, -9.2),
        m_ms: (1.0 - boltzmann(10.0, 3.0, 8.0)) / 2.5,
        h_ms: 100.0,
    }
}

/// Rates of the L-type chain C–O1, C–O2, /ms, without temperature factors: opening
/// (to either), closing of O1, closing of O2.
pub fn l_type_rates(v_mv: f64) -> [f64; 3] {
    [0.83 * boltzmann(v_mv, 13.7, 6.1), 0.53 * boltzmann(v_mv, 11.5, -6.4), 1.86 * boltzmann(v_mv, 18.8, -6.17)]
}
