//! A train of pulses, as `[[protocol.train]]` spells it out, and the spikes of the
//! cell that go with each of them.

use crate::plan::pairing::PostSpikes;
use crate::plan::protocol::{MOST_PULSES, Train};
use form::{At, Fault, Section};
use quantity::{Frequency, Time};

/// Most spikes that go with one pulse.
const MOST_SPIKES: u64 = 20;

/// Fastest firing that a somatic current can force, Hz: a spike needs its
/// refractory time.
const FASTEST_HZ: f64 = 300.0;

/// Room that a pairing may take up around a pulse that stands alone, ms: longer
/// than any window of spike timing.
const LONGEST_PAIRING_MS: f64 = 1000.0;

/// Reads one train from its table.
pub(super) fn read_train(section: &mut Section<'_>) -> Option<Train> {
    let pulses = section.count("pulses", 1..=MOST_PULSES as u64);
    section.needs("pulses", "e.g. pulses = 4");
    let frequency = section.quantity::<Frequency>("frequency");
    let bursts = section.count("bursts", 1..=MOST_PULSES as u64);
    let burst_interval = section.quantity::<Time>("burst_interval");
    let repeats = section.count("repeats", 1..=10_000);
    let interval = section.quantity::<Time>("interval");
    let start = section.quantity::<Time>("start");
    let post = read_post(section).ok()?;
    for (needs, key, example) in [
        (several(pulses.as_ref()), "frequency", "frequency = \"100 Hz\", the rate of the pulses within a burst"),
        (several(bursts.as_ref()), "burst_interval", "burst_interval = \"200 ms\", from start to start"),
        (several(repeats.as_ref()), "interval", "interval = \"20 s\", from start to start of the trains"),
    ] {
        if needs && !section.has(key) {
            section.missing(key, example);
            return None;
        }
    }
    let times = Times {
        pulses: pulses.as_ref(),
        frequency: frequency.as_ref(),
        bursts: bursts.as_ref(),
        burst_interval: burst_interval.as_ref(),
        repeats: repeats.as_ref(),
        interval: interval.as_ref(),
    };
    if !times.are_sound(section, post) {
        return None;
    }
    let narrow = |count: Option<At<u64>>| count.map_or(1, |count| u32::try_from(count.value).unwrap_or(u32::MAX));
    Some(Train {
        start: start.map_or(Time::from_ms(0.0), |start| start.value),
        pulses: narrow(Some(pulses?)),
        frequency: frequency.map_or(Frequency::from_hz(1.0), |frequency| frequency.value),
        bursts: narrow(bursts),
        burst_interval: burst_interval.map_or(Time::from_ms(0.0), |interval| interval.value),
        repeats: narrow(repeats),
        interval: interval.map_or(Time::from_ms(0.0), |interval| interval.value),
        post,
    })
}

/// Whether a count is there and above one.
fn several(count: Option<&At<u64>>) -> bool {
    count.is_some_and(|count| count.value > 1)
}

/// How the pulses of a train follow each other, as far as stated.
struct Times<'a> {
    pulses: Option<&'a At<u64>>,
    frequency: Option<&'a At<Frequency>>,
    bursts: Option<&'a At<u64>>,
    burst_interval: Option<&'a At<Time>>,
    repeats: Option<&'a At<u64>>,
    interval: Option<&'a At<Time>>,
}

impl Times<'_> {
    /// Whether pulses follow each other at all, with room for paired spikes
    /// between them; what does not is noted.
    fn are_sound(&self, section: &Section<'_>, post: Option<PostSpikes>) -> bool {
        if let Some(frequency) = self.frequency
            && frequency.hz() <= 0.0
        {
            section.page.note(
                Fault::at(frequency.span.clone(), "`frequency` must be above 0 Hz")
                    .found("no pulse would ever follow the first")
                    .remedy("for a single pulse write pulses = 1 and leave frequency out"),
            );
            return false;
        }
        let period_ms = self.shortest_period_ms();
        if let Some(post) = post.filter(|post| post.reach_ms() >= period_ms) {
            section.page.note(
                Fault::at(section.span.clone(), "the paired spikes do not fit between two pulses")
                    .found(format!("{} ms around each pulse, room for {period_ms} ms", post.reach_ms()))
                    .remedy("shorten `after` or `before`, or lower `frequency` of the train"),
            );
            return false;
        }
        true
    }

    /// The shortest time from one pulse to the next, ms.
    fn shortest_period_ms(&self) -> f64 {
        let between = |interval: Option<&At<Time>>, count: bool| {
            interval.filter(|_| count).map_or(f64::INFINITY, |interval| interval.value.ms())
        };
        self.frequency
            .filter(|_| several(self.pulses))
            .map_or(LONGEST_PAIRING_MS, |frequency| 1000.0 / frequency.hz())
            .min(between(self.burst_interval, several(self.bursts)))
            .min(between(self.interval, several(self.repeats)))
            .min(LONGEST_PAIRING_MS)
    }
}

/// Reads `post = { after = "10 ms" }` of a train; the error says that it is at fault.
fn read_post(section: &mut Section<'_>) -> Result<Option<PostSpikes>, ()> {
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
