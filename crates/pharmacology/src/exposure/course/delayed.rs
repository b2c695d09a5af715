//! Effects that follow a concentration–response curve with a delay, such as the
//! lasting rise of tonic inhibition through protein kinase C:
//!
//! L' = (l(C) − L)/τ,  l = x/(1 + x),  τ the onset while L rises, else the offset;
//!
//! the factor on the target is 1 + (maximum − 1)·L.

use crate::compound::curve::occupancy_ratio;
use crate::compound::target::{Effector, Target};
use crate::tissue::endogenous::{MOST_STEPS, STEP_MS};

/// Constants of one delayed effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Delay {
    pub compound: usize,
    pub target: Target,
    pub k_um: f64,
    pub hill: f64,
    pub maximum: f64,
    pub onset_ms: f64,
    pub offset_ms: f64,
}

/// The effect over a recording, from the time at which the drug is switched on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DelayedCourse {
    delay: Delay,
    start_ms: f64,
    values: Vec<f64>,
}

impl DelayedCourse {
    /// Follows the effect until `end_ms`; from −∞ it starts in equilibrium.
    pub(crate) fn new(delay: Delay, on_ms: f64, end_ms: f64, concentration: &dyn Fn(f64) -> f64) -> Self {
        let start_ms = if on_ms.is_finite() { on_ms } else { 0.0 };
        let aim = |um: f64| {
            let x = occupancy_ratio(um, 1.0 / delay.k_um, delay.hill);
            x / (1.0 + x)
        };
        let mut value = if on_ms.is_finite() { 0.0 } else { aim(concentration(start_ms)) };
        let steps = (((end_ms - start_ms) / STEP_MS).ceil().max(0.0) as usize).min(MOST_STEPS);
        let mut values = vec![value];
        for k in 0..steps {
            let target = aim(concentration(start_ms + (k as f64 + 0.5) * STEP_MS));
            let tau_ms = if target > value { delay.onset_ms } else { delay.offset_ms };
            value = target + (value - target) * libm::exp(-STEP_MS / tau_ms);
            values.push(value);
        }
        Self { delay, start_ms, values }
    }

    /// Numbers of the synapse that are changed.
    pub(crate) fn effectors(&self) -> &'static [Effector] {
        self.delay.target.effectors()
    }

    /// Factor on the target at `t_ms`.
    pub(crate) fn factor(&self, t_ms: f64) -> f64 {
        let place = ((t_ms - self.start_ms) / STEP_MS).max(0.0);
        let last = self.values.len() - 1;
        let before = (place.floor() as usize).min(last);
        let after = (before + 1).min(last);
        let share = (place - before as f64).clamp(0.0, 1.0);
        let value = self.values[before] + share * (self.values[after] - self.values[before]);
        1.0 + (self.delay.maximum - 1.0) * value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_effect_comes_late_and_outlasts_the_drug() {
        let minute = 60_000.0;
        let delay = Delay {
            compound: 0,
            target: Target::GabaATonic,
            k_um: 0.1,
            hill: 1.0,
            maximum: 2.0,
            onset_ms: 20.0 * minute,
            offset_ms: 600.0 * minute,
        };
        let pulse = |t_ms: f64| if t_ms < 30.0 * minute { 1e6 } else { 0.0 };
        let course = DelayedCourse::new(delay, 0.0, 120.0 * minute, &pulse);
        // 1 − e^(−30/20) of the full effect at the end of the pulse.
        assert!((course.factor(30.0 * minute) - (2.0 - (-1.5_f64).exp())).abs() < 1e-4);
        assert!(course.factor(2.0 * minute) < 1.15);
        let kept = (course.factor(90.0 * minute) - 1.0) / (course.factor(30.0 * minute) - 1.0);
        assert!((kept - (-0.1_f64).exp()).abs() < 1e-4, "{kept}");
    }
}
