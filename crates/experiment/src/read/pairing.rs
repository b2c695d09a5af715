//! `post` of a train: spikes of the cell that go with each pulse.

use crate::plan::pairing::PostSpikes;
use form::{Fault, Section};
use quantity::{Frequency, Time};

/// Most spikes that go with one pulse.
const MOST_SPIKES: u64 = 20;

/// Fastest firing that a somatic current can force, Hz: a spike needs its
/// refractory time.
const FASTEST_HZ: f64 = 300.0;

/// Reads `post = { after = "10 ms" }` of a train; the error says that it is at fault.
pub(super) fn read(section: &mut Section<'_>) -> Result<Option<PostSpikes>, ()> {
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
