//! Destexhe, Mainen & Sejnowski 1998, in Methods in Neuronal Modeling, 2nd ed.
//! (ModelDB 18198): first-order receptors and the minimal GABA-B scheme.
//!
//!   R' = α C (1−R) − β R, C a rectangular pulse; exact between its edges.
//!   GABA-B: R' = K_1 C (1−R) − K_2 R, G' = K_3 R − K_4 G, g = G⁴/(G⁴+100).

use crate::kinetics::gaba_b::GabaB;

/// A receptor with one binding step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstOrder {
    /// Binding, /mM/ms.
    pub alpha: f64,
    /// Unbinding, /ms.
    pub beta: f64,
    /// Reversal potential, mV.
    pub reversal_mv: f64,
}

/// AMPA receptor (measured: fit to hippocampal EPSCs).
pub const AMPA: FirstOrder = FirstOrder { alpha: 1.1, beta: 0.19, reversal_mv: 0.0 };
/// NMDA receptor, to be multiplied by the magnesium block.
pub const NMDA: FirstOrder = FirstOrder { alpha: 0.072, beta: 0.0066, reversal_mv: 0.0 };
/// GABA-A receptor.
pub const GABA_A: FirstOrder = FirstOrder { alpha: 5.0, beta: 0.18, reversal_mv: -80.0 };
/// GluN2A-type receptor of Dainauskas et al. 2023 in the same scheme.
pub const GLUN2A: FirstOrder = FirstOrder { alpha: 0.5, beta: 0.024, reversal_mv: 0.0 };
/// GluN2B-type receptor of Dainauskas et al. 2023.
pub const GLUN2B: FirstOrder = FirstOrder { alpha: 0.1, beta: 0.0075, reversal_mv: 0.0 };
/// GluN2C/D-type receptor of Dainauskas et al. 2023.
pub const GLUN2CD: FirstOrder = FirstOrder { alpha: 0.1, beta: 0.002, reversal_mv: 0.0 };

impl FirstOrder {
    /// Bound share `length_ms` later under `transmitter_mm`.
    pub fn propagate(&self, bound: f64, transmitter_mm: f64, length_ms: f64) -> f64 {
        let rate = self.alpha * transmitter_mm + self.beta;
        let target = self.alpha * transmitter_mm / rate;
        target + (bound - target) * libm::exp(-rate * length_ms)
    }

    /// Bound share at `t_ms` after pulses of `transmitter_mm` for `pulse_ms` at
    /// `spikes_ms` (in order). A spike within a pulse or less than `dead_ms` after
    /// it releases nothing.
    pub fn bound_at(&self, t_ms: f64, spikes_ms: &[f64], transmitter_mm: f64, pulse_ms: f64, dead_ms: f64) -> f64 {
        let (mut bound, mut now) = (0.0, f64::NEG_INFINITY);
        for &spike in spikes_ms.iter().filter(|spike| **spike < t_ms) {
            if spike < now + dead_ms {
                continue;
            }
            if now.is_finite() {
                bound = self.propagate(bound, 0.0, spike - now);
            }
            let length = pulse_ms.min(t_ms - spike);
            bound = self.propagate(bound, transmitter_mm, length);
            now = spike + length;
        }
        if now.is_finite() && now < t_ms { self.propagate(bound, 0.0, t_ms - now) } else { bound }
    }
}

/// The minimal GABA-B scheme: 0.5 mM for 0.3 ms per spike.
pub const GABA_B: GabaB =
    GabaB { k1: 0.52, k2: 0.0013, k3: 0.098, k4: 0.033, d1: 0.0, d2: 0.0, transmitter_mm: 0.5, pulse_ms: 0.3 };
