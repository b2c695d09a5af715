//! Pairing: spikes of the cell that go with each pulse of a train.

use form::{Fault, Section};
use quantity::{Frequency, Time};

/// Most spikes that go with one pulse.
const MOST_SPIKES: u64 = 20;

/// Fastest firing that a somatic current can force, Hz: a spike needs its
/// refractory time.
const FASTEST_HZ: f64 = 300.0;

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

/// Reads `post = { after = "10 ms" }` of a train; the error says that it is at fault.
pub(crate) fn read(section: &mut Section<'_>) -> Result<Option<PostSpikes>, ()> {
    let present = section.has("post");
    let Some(mut table) = section.section("post", "`post`") else { return if present { Err(()) } else { Ok(None) } };
    let after = table.quantity::<Time>("after");
    let before = table.quantity::<Time>("before");
    let spikes = table.count("spikes", 1..=MOST_SPIKES);
    let frequency = table.quantity::<Frequency>("frequency");
    if table.has("after") == table.has("before") {
        let fault = Fault::at(table.span.clone(), "`post` says when the cell fires, once")
            .found("either `after` or `before` is expected")
            .remedy("write e.g. post = { after = \"10 ms\" } or post = { before = \"25 ms\" }");
        table.page.note(fault);
    }
    let count = spikes.as_ref().map_or(1, |spikes| spikes.value as u32);
    if count > 1 && !table.has("frequency") {
        table.missing("frequency", "frequency = \"50 Hz\", the rate of the spikes");
    }
    let mut sound = table.has("spikes") == spikes.is_some() && (count == 1 || frequency.is_some());
    if let Some(frequency) = &frequency
        && !(frequency.hz() > 0.0 && frequency.hz() <= FASTEST_HZ)
    {
        let fault = Fault::at(frequency.span.clone(), "no cell can be made to fire at this rate")
            .found(format!("found {}", frequency.value))
            .accepts(format!("accepted: above 0 and up to {FASTEST_HZ} Hz"));
        table.page.note(fault);
        sound = false;
    }
    table.close();
    let dt_ms = match (after, before) {
        (Some(after), None) => after.ms(),
        (None, Some(before)) => -before.ms(),
        _ => return Err(()),
    };
    let frequency = frequency.map_or(Frequency::from_hz(100.0), |frequency| frequency.value);
    if sound { Ok(Some(PostSpikes { dt_ms, spikes: count, frequency })) } else { Err(()) }
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
