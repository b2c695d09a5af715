//! Sampling rates from times that were rounded when they were written.

/// How far a time may be from an even axis, in sampling intervals: tables round
/// their times.
pub(crate) const SLACK: f64 = 0.25;

/// The whole number of hertz that a rate stands for, if it is one within that share;
/// else the rate itself. 0.05 ms is no binary number: 20 kHz, not 19999.999999999996 Hz.
pub(crate) fn whole_hz(rate_hz: f64, within: f64) -> f64 {
    let whole = rate_hz.round();
    if (rate_hz - whole).abs() <= within * rate_hz { whole } else { rate_hz }
}

#[cfg(test)]
mod tests {
    use super::whole_hz;

    #[test]
    fn rounding_goes_and_a_fraction_stays() {
        assert_eq!(whole_hz(1.0 / 0.000_05, 1e-9), 20_000.0);
        assert_eq!(whole_hz(19_999.5, 1e-9), 19_999.5);
    }
}
