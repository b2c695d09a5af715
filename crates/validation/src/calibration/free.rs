//! The parameters that calibration may set, and their bounds.

use synapse::Parameters;

/// A free parameter with the bounds of the search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FreeParameter {
    /// Path in the parameter table.
    pub path: &'static str,
    /// Lower bound, in the unit of the table.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

const fn free(path: &'static str, low: f64, high: f64) -> FreeParameter {
    FreeParameter { path, low, high }
}

/// The free parameters: release and its recovery, inhibition, NMDA receptors and T-type
/// channels, and the constants of the induction rule. Everything else stays at its value
/// from the literature, or where the first search left it (docs/calibration.md).
pub const FREE: [FreeParameter; 20] = [
    free("release.probability", 0.05, 0.14),
    free("release.facilitation_time", 70.0, 200.0),
    free("release.recovery_time", 100.0, 400.0),
    free("nmda.conductance", 0.35, 1.1),
    free("nmda.inactivation", 0.3, 2.0),
    free("gaba_a.fast_soma", 3.0, 12.0),
    free("gaba_a.fast_dendrite", 4.0, 20.0),
    free("gaba_a.slow", 6.0, 19.0),
    free("gaba_a.depression_use", 0.1, 0.5),
    free("gaba_b.conductance", 5.0, 15.0),
    free("gaba_b.spillover", 0.1, 0.4),
    free("calcium.t_type", 0.015, 0.06),
    free("rule.effective_decay", 60.0, 150.0),
    free("rule.sensor_saturation", 20.0, 200.0),
    free("rule.theta_depression", 6.0, 18.0),
    free("rule.theta_potentiation", 45.0, 130.0),
    free("rule.gamma_depression", 8.0, 50.0),
    free("rule.gamma_potentiation", 200.0, 1500.0),
    free("rule.initial_up", 0.15, 0.4),
    free("rule.weight_ratio", 2.5, 6.0),
];

impl FreeParameter {
    /// The value at `x`, 0 at the lower and 1 at the upper bound, on a
    /// logarithmic scale.
    pub fn value_at(&self, x: f64) -> f64 {
        self.low * libm::pow(self.high / self.low, x.clamp(0.0, 1.0))
    }

    /// Where a value lies between the bounds, 0 to 1.
    pub fn place_of(&self, value: f64) -> f64 {
        (libm::log(value / self.low) / libm::log(self.high / self.low)).clamp(0.0, 1.0)
    }

    /// Where the shipped value lies.
    pub(super) fn place_of_default(&self) -> f64 {
        self.place_of(Parameters::default().get(self.path).unwrap_or(self.low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_inside_the_table_and_hold_the_shipped_value() {
        for free in FREE {
            let spec = Parameters::specs().iter().find(|spec| spec.path == free.path).expect(free.path);
            assert!(free.low >= spec.low && free.high <= spec.high, "{}", free.path);
            assert!((free.low..=free.high).contains(&spec.default), "{}", free.path);
            let place = free.place_of(spec.default);
            assert!((free.value_at(place) - spec.default).abs() < 1e-9 * spec.default, "{}", free.path);
        }
    }
}
