//! Postsynaptic GABA-B, and the heteroreceptor of glutamatergic terminals, on GABA T
//! that spills over (mM). Destexhe et al. 1998, minimal scheme:
//!
//!   R' = K1 T (1−R) − K2 R, G' = K3 R − K4 G,
//!   potassium conductance g_B G⁴/(G⁴ + 100), release of glutamate × 1 − h G⁴/(G⁴ + 100).
//!
//! The fourth power makes a burst count far more than its pulses: a lone stimulus
//! gives little, four at 100 Hz a slow IPSP of several mV, and heterosynaptic
//! depression appears after trains only (Isaacson, Solís & Nicoll 1993 Neuron 10:165).

use crate::kernel::lanes::exp;
use crate::kinetics::destexhe_1998::GABA_B;
use crate::parameters::table::Parameters;
use crate::preparation::laws::GABA_B_RATES;

/// Half-activation of the potassium conductance, in units of G⁴; same source.
const HALF: f64 = 100.0;

/// State of the receptors of one cell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct GabaB {
    bound: f64,
    protein: f64,
    /// Factor on all rates at the temperature of the bath.
    speed: f64,
}

impl GabaB {
    /// Receptors at rest.
    pub(crate) fn new(p: &Parameters) -> Self {
        Self { bound: 0.0, protein: 0.0, speed: GABA_B_RATES.factor(p.bath_celsius) }
    }

    /// Activation of the effectors, 0–1.
    #[inline(always)]
    pub(crate) fn activation(&self) -> f64 {
        let square = self.protein * self.protein;
        let quartic = square * square;
        quartic / (quartic + HALF)
    }

    /// Decay of the G protein over a step.
    pub(crate) fn factor(&self, dt_ms: f64) -> f64 {
        exp(-GABA_B.k4 * self.speed * dt_ms)
    }

    /// A step of `dt_ms` in `spilt_mm` of GABA; `factor` from [`GabaB::factor`].
    #[inline(always)]
    pub(crate) fn advance(&mut self, spilt_mm: f64, dt_ms: f64, factor: f64) {
        let binding = GABA_B.k1 * spilt_mm * self.speed;
        let rate = binding + GABA_B.k2 * self.speed;
        let target = binding / rate;
        let bound = target + (self.bound - target) * exp(-rate * dt_ms);
        let drive = GABA_B.k3 / GABA_B.k4 * 0.5 * (self.bound + bound);
        self.protein = drive + (self.protein - drive) * factor;
        self.bound = bound;
    }

    /// Lets `gap_ms` pass without transmitter: R decays with K2, G follows in closed
    /// form (difference of exponentials).
    pub(crate) fn rest(&mut self, gap_ms: f64) {
        let bound_end = exp(-GABA_B.k2 * self.speed * gap_ms);
        let protein_end = exp(-GABA_B.k4 * self.speed * gap_ms);
        let coupling = GABA_B.k3 / (GABA_B.k4 - GABA_B.k2);
        self.protein = self.protein * protein_end + self.bound * coupling * (bound_end - protein_end);
        self.bound *= bound_end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stepping through a gap and passing it in closed form agree.
    #[test]
    fn a_gap_in_closed_form_is_the_same_as_steps() {
        let mut stepped = GabaB::new(&Parameters::default());
        let factor = stepped.factor(0.1);
        (0..200).for_each(|_| stepped.advance(0.05, 0.1, factor));
        let mut rested = stepped;
        rested.rest(300.0);
        (0..3_000).for_each(|_| stepped.advance(0.0, 0.1, factor));
        assert!((stepped.activation() - rested.activation()).abs() < 1e-4);
        assert!(rested.activation() > 0.0);
    }
}
