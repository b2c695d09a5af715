//! Protocols for a rule alone: pairs and bursts of spikes, presynaptic pulses,
//! pulses under voltage clamp.

use crate::rules::error::RuleError;

/// Which postsynaptic spike of a burst Δt is measured to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The first of the burst.
    First,
    /// The last of the burst.
    Last,
}

/// A protocol for a rule. Times in ms, frequencies in Hz, n repetitions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Protocol {
    /// One presynaptic and one postsynaptic spike, `dt_ms` = t(post) − t(pre).
    Pairs {
        /// Repetitions.
        n: u32,
        /// Repetition rate.
        frequency_hz: f64,
        /// Post minus pre.
        dt_ms: f64,
    },
    /// One presynaptic spike and a burst of postsynaptic spikes.
    Bursts {
        /// Repetitions.
        n: u32,
        /// Repetition rate.
        frequency_hz: f64,
        /// Postsynaptic spike (see `anchor`) minus presynaptic spike.
        dt_ms: f64,
        /// Postsynaptic spikes of a burst.
        post: u32,
        /// Interval between them.
        post_interval_ms: f64,
        /// Which of them `dt_ms` is measured to.
        anchor: Anchor,
    },
    /// Presynaptic pulses alone.
    Pulses {
        /// Pulses.
        n: u32,
        /// Their rate.
        frequency_hz: f64,
    },
    /// Presynaptic pulses with the membrane held.
    Clamp {
        /// Pulses.
        n: u32,
        /// Their rate.
        frequency_hz: f64,
        /// Holding potential.
        voltage_mv: f64,
    },
}

/// The spikes of one repetition, ms relative to the presynaptic one.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Repetitions.
    pub n: u32,
    /// Period, ms.
    pub period_ms: f64,
    /// Presynaptic spikes.
    pub pre_ms: Vec<f64>,
    /// Postsynaptic spikes.
    pub post_ms: Vec<f64>,
    /// Potential that the membrane is held at.
    pub held_mv: Option<f64>,
}

impl Protocol {
    /// Name on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pairs { .. } => "pairs",
            Self::Bursts { .. } => "bursts",
            Self::Pulses { .. } => "pulses",
            Self::Clamp { .. } => "clamp",
        }
    }

    /// Repetitions.
    pub fn n(&self) -> u32 {
        match *self {
            Self::Pairs { n, .. } | Self::Bursts { n, .. } | Self::Pulses { n, .. } | Self::Clamp { n, .. } => n,
        }
    }

    /// Repetition rate, Hz.
    pub fn frequency_hz(&self) -> f64 {
        match *self {
            Self::Pairs { frequency_hz, .. }
            | Self::Bursts { frequency_hz, .. }
            | Self::Pulses { frequency_hz, .. }
            | Self::Clamp { frequency_hz, .. } => frequency_hz,
        }
    }

    /// Δt, ms, where the protocol has one.
    pub fn dt_ms(&self) -> Option<f64> {
        match *self {
            Self::Pairs { dt_ms, .. } | Self::Bursts { dt_ms, .. } => Some(dt_ms),
            _ => None,
        }
    }

    /// Checks the numbers and spells out one repetition.
    ///
    /// # Errors
    /// No repetition, a rate that is not above 0, or spikes that do not fit
    /// between two repetitions.
    pub fn pattern(&self) -> Result<Pattern, RuleError> {
        let (n, frequency_hz) = (self.n(), self.frequency_hz());
        if n == 0 || n > 1_000_000 {
            return Err(RuleError::ProtocolValue {
                what: "the number of repetitions",
                found: f64::from(n),
                accepted: "1 to 1000000",
            });
        }
        if !(frequency_hz > 0.0 && frequency_hz <= 1000.0) {
            return Err(RuleError::ProtocolValue {
                what: "the frequency",
                found: frequency_hz,
                accepted: "above 0 up to 1000 Hz",
            });
        }
        let period_ms = 1000.0 / frequency_hz;
        let fits = |what: &'static str, found_ms: f64| {
            if found_ms.abs() < period_ms {
                Ok(())
            } else {
                Err(RuleError::BeyondPeriod { what, found_ms, frequency_hz, period_ms })
            }
        };
        let mut pattern = Pattern { n, period_ms, pre_ms: vec![0.0], post_ms: Vec::new(), held_mv: None };
        match *self {
            Self::Pairs { dt_ms, .. } => {
                fits("delta t", dt_ms)?;
                pattern.post_ms.push(dt_ms);
            }
            Self::Bursts { dt_ms, post, post_interval_ms, anchor, .. } => {
                check_burst(post, post_interval_ms)?;
                fits("delta t", dt_ms)?;
                let length_ms = f64::from(post - 1) * if post > 1 { post_interval_ms } else { 0.0 };
                fits("a burst", length_ms)?;
                let first_ms = match anchor {
                    Anchor::First => dt_ms,
                    Anchor::Last => dt_ms - length_ms,
                };
                pattern.post_ms.extend((0..post).map(|k| first_ms + f64::from(k) * post_interval_ms));
            }
            Self::Pulses { .. } => {}
            Self::Clamp { voltage_mv, .. } => {
                if !(-150.0..=100.0).contains(&voltage_mv) {
                    return Err(RuleError::ProtocolValue {
                        what: "the holding potential, mV,",
                        found: voltage_mv,
                        accepted: "-150 to 100",
                    });
                }
                pattern.held_mv = Some(voltage_mv);
            }
        }
        Ok(pattern)
    }
}

/// Refuses a burst without spikes, or one whose spikes do not follow each other.
fn check_burst(post: u32, post_interval_ms: f64) -> Result<(), RuleError> {
    if post == 0 || post > 1000 {
        return Err(RuleError::ProtocolValue {
            what: "the number of postsynaptic spikes",
            found: f64::from(post),
            accepted: "1 to 1000",
        });
    }
    if post > 1 && !(post_interval_ms > 0.0 && post_interval_ms.is_finite()) {
        return Err(RuleError::ProtocolValue {
            what: "the interval of postsynaptic spikes, ms,",
            found: post_interval_ms,
            accepted: "above 0",
        });
    }
    Ok(())
}

impl Pattern {
    /// Presynaptic spikes of all repetitions, ms; the first repetition at `start_ms`.
    pub fn pre_spikes(&self, start_ms: f64) -> Vec<f64> {
        self.spikes(&self.pre_ms, start_ms)
    }

    /// Postsynaptic spikes of all repetitions, ms; the first repetition at `start_ms`.
    pub fn post_spikes(&self, start_ms: f64) -> Vec<f64> {
        self.spikes(&self.post_ms, start_ms)
    }

    fn spikes(&self, offsets: &[f64], start_ms: f64) -> Vec<f64> {
        let mut spikes: Vec<f64> = (0..self.n)
            .flat_map(|k| offsets.iter().map(move |offset| start_ms + f64::from(k) * self.period_ms + offset))
            .collect();
        spikes.sort_by(f64::total_cmp);
        spikes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_anchored_at_its_first_or_last_spike() {
        let burst =
            |anchor| Protocol::Bursts { n: 2, frequency_hz: 5.0, dt_ms: 10.0, post: 2, post_interval_ms: 11.5, anchor };
        assert_eq!(burst(Anchor::First).pattern().unwrap().post_ms, [10.0, 21.5]);
        assert_eq!(burst(Anchor::Last).pattern().unwrap().post_ms, [-1.5, 10.0]);
        assert_eq!(burst(Anchor::Last).pattern().unwrap().post_spikes(100.0), [98.5, 110.0, 298.5, 310.0]);
    }

    #[test]
    fn what_does_not_fit_the_period_is_refused() {
        let pairs = |dt_ms, frequency_hz| Protocol::Pairs { n: 60, frequency_hz, dt_ms }.pattern();
        assert!(pairs(99.0, 10.0).is_ok());
        assert!(matches!(pairs(-100.0, 10.0), Err(RuleError::BeyondPeriod { .. })));
        assert!(matches!(pairs(f64::NAN, 10.0), Err(RuleError::BeyondPeriod { .. })));
        assert!(pairs(10.0, 0.0).is_err());
        assert!(pairs(10.0, f64::INFINITY).is_err());
    }
}
