//! The event bookkeeping of a first-order receptor (Destexhe et al. 1998) as the
//! public code does it: a part that is opening and a part that is closing, moved
//! into each other when a pulse of transmitter starts and when it ends.

use crate::kinetics::destexhe_1998::{AMPA, FirstOrder};
use crate::rules::dainauskas_2023::parameters::STEP_MS;

/// Length of a pulse of transmitter in steps.
const PULSE_STEPS: i64 = 10;

/// One receptor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receptor {
    alpha: f64,
    beta: f64,
    /// Weight of one pulse.
    weight: f64,
    /// Time that a step stands for in the bookkeeping, ms.
    tick_ms: f64,
    on: f64,
    off: f64,
    r0: f64,
    pulse: bool,
    mark: i64,
}

impl Receptor {
    /// AMPA. Its bookkeeping takes a step for a millisecond.
    pub(super) fn ampa() -> Self {
        Self::new(AMPA.alpha, AMPA.beta, 0.1, 1.0)
    }

    /// An NMDA receptor with the rates of a subunit.
    pub(super) fn nmda(subunit: &FirstOrder) -> Self {
        Self::new(subunit.alpha, subunit.beta, 1.0, STEP_MS)
    }

    fn new(alpha: f64, beta: f64, weight: f64, tick_ms: f64) -> Self {
        Self { alpha, beta, weight, tick_ms, on: 0.0, off: 0.0, r0: 0.0, pulse: false, mark: -1000 }
    }

    pub(super) fn open(&self) -> f64 {
        self.on + self.off
    }

    /// One step: decay, then the start of a pulse, then its end.
    pub(super) fn step(&mut self, i: i64, spiked: bool) {
        let rate = self.alpha + self.beta;
        let full = self.weight * self.alpha / rate;
        let drive = if self.pulse { full } else { 0.0 };
        self.on += STEP_MS * (drive - self.on) * rate;
        self.off -= STEP_MS * self.beta * self.off;
        if spiked && !self.pulse {
            self.r0 *= libm::exp(-self.beta * self.tick_ms * (i - self.mark) as f64);
            self.on += self.r0;
            self.off -= self.r0;
            self.pulse = true;
            self.mark = i;
        }
        if self.pulse && i - self.mark >= PULSE_STEPS {
            let elapsed = self.tick_ms * (i - self.mark) as f64;
            self.r0 = full + (self.r0 - full) * libm::exp(-elapsed * rate);
            self.on -= self.r0;
            self.off += self.r0;
            self.pulse = false;
            self.mark = i;
        }
    }
}
