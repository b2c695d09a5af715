//! What one sweep says of a measure.

/// A value and what it is counted against: 1 for a measure of its own, the first
/// response for a ratio of pulses, the volley for a slope per volley. Sums of both are
/// divided, so that a ratio is one of means and has not the bias of a mean of ratios
/// (Kim & Alger 2001, J Neurosci 21:9608).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The value.
    pub value: f64,
    /// What it is counted against.
    pub of: f64,
}

impl Reading {
    /// A measure of its own.
    pub fn single(value: f64) -> Self {
        Self { value, of: 1.0 }
    }

    /// The value of this sweep alone.
    pub fn alone(&self) -> f64 {
        self.value / self.of
    }
}

/// Mean over sweeps: Σ value / Σ of; NaN without one.
pub(crate) fn mean_of(readings: &[Reading]) -> f64 {
    if readings.is_empty() {
        return f64::NAN;
    }
    readings.iter().map(|reading| reading.value).sum::<f64>() / readings.iter().map(|reading| reading.of).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_one_of_means() {
        let readings = [Reading { value: 3.0, of: 1.0 }, Reading { value: 3.0, of: 3.0 }];
        assert_eq!(mean_of(&readings), 1.5);
        assert_eq!(mean_of(&[Reading::single(2.0), Reading::single(4.0)]), 3.0);
        assert!(mean_of(&[]).is_nan());
    }
}
