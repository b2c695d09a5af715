//! Channels of the patched cell. Sodium and delayed rectifier after Traub &
//! Miles 1991 with the threshold V_T of Pospischil et al. 2008 (Biol Cybern
//! 99:427); slow potassium (M) current after Yamada et al. 1989, same source;
//! I_h with the voltage dependence of CA1 dendrites (Magee 1998 J Neurosci
//! 18:7613, from memory); low-threshold L-type (CaV1.3-like), half-activation
//! of the nimodipine-sensitive current of CA3 pyramids (Avery & Johnston 1996 J Neurosci 16:5567).

/// Steady state and time constant (ms) of one gate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gating {
    pub steady: f64,
    pub tau_ms: f64,
}

impl Gating {
    fn of_rates(opening: f64, closing: f64) -> Self {
        let sum = opening + closing;
        Self { steady: opening / sum, tau_ms: 1.0 / sum }
    }
}

/// x/(e^x − 1), 1 at 0.
fn exprel(x: f64) -> f64 {
    if x.abs() < 1e-6 { 1.0 - 0.5 * x } else { x / (libm::exp(x) - 1.0) }
}

/// Sodium activation; `v` is relative to V_T, mV.
pub(crate) fn sodium_m(v: f64) -> Gating {
    Gating::of_rates(0.32 * 4.0 * exprel((13.0 - v) / 4.0), 0.28 * 5.0 * exprel((v - 40.0) / 5.0))
}

/// Sodium inactivation.
pub(crate) fn sodium_h(v: f64) -> Gating {
    Gating::of_rates(0.128 * libm::exp((17.0 - v) / 18.0), 4.0 / (1.0 + libm::exp((40.0 - v) / 5.0)))
}

/// Delayed rectifier.
pub(crate) fn potassium_n(v: f64) -> Gating {
    Gating::of_rates(0.032 * 5.0 * exprel((15.0 - v) / 5.0), 0.5 * libm::exp((10.0 - v) / 40.0))
}

/// Slow potassium current; `v` in mV. The largest time constant, 1 s at 36 °C, is
/// that of Pospischil et al. 2008 divided by about 10 for CA1 (medium AHP, from memory).
pub(crate) fn slow_potassium(v: f64) -> Gating {
    let tau_ms = 100.0 / (3.3 * libm::exp((v + 35.0) / 20.0) + libm::exp(-(v + 35.0) / 20.0));
    Gating { steady: 1.0 / (1.0 + libm::exp(-(v + 35.0) / 10.0)), tau_ms }
}

/// Hyperpolarisation-activated current.
pub(crate) fn ih(v: f64) -> Gating {
    Gating { steady: 1.0 / (1.0 + libm::exp((v + 82.0) / 8.75)), tau_ms: 40.0 }
}

/// Low-threshold L-type calcium channels; activation within a millisecond, no
/// inactivation over the times recorded.
pub(crate) fn l_type(v: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-(v + 30.0) / 6.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_continuous_at_their_removable_points_and_bounded() {
        for v in [13.0, 15.0, 40.0] {
            for gate in [sodium_m, potassium_n] {
                assert!((gate(v).steady - gate(v + 1e-7).steady).abs() < 1e-6);
            }
        }
        for k in -120..80 {
            let v = f64::from(k);
            for gate in [sodium_m(v), sodium_h(v), potassium_n(v), slow_potassium(v), ih(v)] {
                assert!((0.0..=1.0).contains(&gate.steady) && gate.tau_ms > 0.0, "{v}");
            }
        }
    }

    #[test]
    fn half_activations_are_where_they_are_stated() {
        assert!((ih(-82.0).steady - 0.5).abs() < 1e-12);
        assert!((slow_potassium(-35.0).steady - 0.5).abs() < 1e-12);
        assert!((l_type(-30.0) - 0.5).abs() < 1e-12);
    }
}
