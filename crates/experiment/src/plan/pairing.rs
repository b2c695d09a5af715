//! Pairing: spikes of the cell that go with each pulse of a train.

use quantity::{Frequency, Time};

/// Spikes that brief currents into the soma set off with each pulse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostSpikes {
    /// From the pulse to the first spike, ms; negative if the spikes come first,
    /// then from the last spike to the pulse.
    pub dt_ms: f64,
    /// Spikes with each pulse.
    pub spikes: u32,
    /// Their rate.
    pub frequency: Frequency,
}

impl PostSpikes {
    /// Length of the burst of spikes, ms.
    fn span_ms(&self) -> f64 {
        f64::from(self.spikes.saturating_sub(1)) * 1000.0 / self.frequency.hz()
    }

    /// Times of the spikes that go with a pulse at `pulse_ms`.
    pub fn times_ms(&self, pulse_ms: f64) -> impl Iterator<Item = f64> + '_ {
        let first = pulse_ms + if self.dt_ms < 0.0 { self.dt_ms - self.span_ms() } else { self.dt_ms };
        (0..self.spikes).map(move |spike| first + f64::from(spike) * 1000.0 / self.frequency.hz())
    }

    /// In words.
    pub fn in_words(&self) -> String {
        let spikes = match self.spikes {
            1 => "a spike".to_owned(),
            several => format!("{several} spikes at {}", self.frequency),
        };
        let place = if self.dt_ms < 0.0 { "before" } else { "after" };
        format!("paired with {spikes} {} {place}", Time::from_ms(self.dt_ms.abs()))
    }

    /// Time that the pairing takes up around a pulse, ms.
    pub(crate) fn reach_ms(&self) -> f64 {
        self.dt_ms.abs() + self.span_ms()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_count_from_the_nearest_spike() {
        let spikes = |dt_ms, spikes| PostSpikes { dt_ms, spikes, frequency: Frequency::from_hz(50.0) };
        let times = |post: PostSpikes| post.times_ms(100.0).collect::<Vec<_>>();
        assert_eq!(times(spikes(10.0, 1)), [110.0]);
        assert_eq!(times(spikes(10.0, 3)), [110.0, 130.0, 150.0]);
        assert_eq!(times(spikes(-25.0, 2)), [55.0, 75.0]);
        assert_eq!(spikes(-25.0, 2).in_words(), "paired with 2 spikes at 50 Hz 25 ms before");
    }
}
