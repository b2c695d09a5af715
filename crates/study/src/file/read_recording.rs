//! `[recording]` of a study, and the same keys within a slice.

use crate::file::file::{ChannelChoice, RecordingPart, StepPart};
use form::Section;
use quantity::{Time, Voltage};
use results::plan::Deflection;

/// Directions of a response by their words.
pub(super) const DEFLECTIONS: [(&str, Deflection); 2] =
    [("negative", Deflection::Negative), ("positive", Deflection::Positive)];

/// Reads `[recording]`.
pub(super) fn read_recording(mut section: Section<'_>) -> RecordingPart {
    let channel = section.by_type(
        "channel",
        |section| section.text("channel").map(|name| ChannelChoice::Name(name.value)),
        |section| {
            let place = section.count("channel", 0..=u64::from(u32::MAX));
            place.map(|place| ChannelChoice::Place(place.value as usize))
        },
    );
    let recording = RecordingPart {
        channel,
        unit: section.text("unit").map(|unit| unit.value),
        gain: section.number("gain", f64::MIN..=f64::MAX).map(|gain| gain.value),
        rate: section.quantity("rate").map(|rate| rate.value),
        interval: section.quantity("interval").map(|interval| interval.value),
        stimulus: section.quantities("stimulus").map(|times| times.iter().map(|time| time.value).collect()),
        pathways: section.names("pathways").map(|names| names.into_iter().map(|name| name.value).collect()),
        test_pathway: section.text("test_pathway").map(|name| name.value),
        step: section.section("step", "`step`").and_then(read_step),
        salvage: section.flag("salvage"),
    };
    section.close();
    recording
}

fn read_step(mut section: Section<'_>) -> Option<StepPart> {
    section.needs("from", "e.g. from = \"10 ms\"");
    section.needs("to", "e.g. to = \"60 ms\"");
    section.needs("size", "e.g. size = \"-5 mV\"");
    let [from, to] = ["from", "to"].map(|key| section.quantity::<Time>(key));
    let size = section.quantity::<Voltage>("size");
    section.close();
    Some(StepPart { from: from?.value, to: to?.value, size: size?.value })
}
