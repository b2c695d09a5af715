//! `outcome`, `outcomes` and `[[stage]]` of a study: what is concluded from the sweeps.

use crate::plan::moment::Moment;
use crate::plan::outcome::{Change, Measure, OutcomePlan};
use form::{Fault, Section};
use quantity::Time;
use std::ops::Range;

/// Reads `outcomes`: measures by their words, or tables with windows of their own.
pub(super) fn read_outcomes(section: &mut Section<'_>) -> Vec<OutcomePlan> {
    let key = "outcomes";
    let mut all: Vec<OutcomePlan> = Vec::new();
    for entry in section.texts_or_sections(key, "`outcomes` of [analysis]") {
        let (outcome, span) = match entry {
            Ok(text) => {
                let span = text.span.clone();
                (section.chosen(key, &text, &Measure::ALL).map(plain), span)
            }
            Err(table) => {
                let span = table.span.clone();
                (Some(read_outcome(table)), span)
            }
        };
        let Some(outcome) = outcome else { continue };
        note_twice(section, &all, &outcome, span);
        all.push(outcome);
    }
    all
}

fn note_twice(section: &Section<'_>, all: &[OutcomePlan], outcome: &OutcomePlan, span: Range<usize>) {
    if all.iter().any(|known| known.name == outcome.name) {
        let what = format!("two outcomes are named \"{}\"", outcome.name);
        section.page.note(Fault::at(span, what).accepts("accepted: a name = \"...\" of its own for each"));
    }
}

/// An outcome that is stated by its measure alone.
fn plain(measure: Measure) -> OutcomePlan {
    OutcomePlan {
        name: measure.to_string(),
        measure,
        interval: None,
        reference: None,
        window: None,
        change: measure.usual_change(),
        stage: None,
    }
}

fn read_outcome(mut section: Section<'_>) -> OutcomePlan {
    let measure = section.choice("measure", &Measure::ALL).unwrap_or_default();
    let name = section.text("name").map(|name| name.value);
    let interval = section.quantity::<Time>("interval");
    if let Some(interval) = interval.as_ref().filter(|_| !measure.of_several_pulses()) {
        let what = format!("`interval`, but the {measure} is read from one pulse");
        section.page.note(Fault::at(interval.span.clone(), what).accepts("accepted: with a ratio of pulses"));
    }
    let reference = read_reference(&mut section);
    let window = read_window(&mut section);
    let changes = [("percent", Change::Percent), ("difference", Change::Difference)];
    let change = section.choice("change", &changes).unwrap_or_else(|| measure.usual_change());
    section.close();
    let interval = interval.map(|time| time.value);
    let named = |window: &Option<[Time; 2]>| {
        let apart = interval.map_or_else(String::new, |time| format!(" at {time}"));
        let within = window.map_or_else(String::new, |[from, to]| format!(", {} to {} min", from.min(), to.min()));
        format!("{measure}{apart}{within}")
    };
    let name = name.unwrap_or_else(|| named(&window));
    OutcomePlan { name, measure, interval, reference, window, change, stage: None }
}

/// Reads `reference`, a stretch relative to induction.
fn read_reference(section: &mut Section<'_>) -> Option<[Moment; 2]> {
    let ends = section.pair::<Moment>("reference")?;
    note_turned(section, "reference", &ends[0].span, ends[0].value.min(), ends[1].value.min());
    Some(ends.map(|end| end.value))
}

fn read_window(section: &mut Section<'_>) -> Option<[Time; 2]> {
    let ends = section.pair::<Time>("window")?;
    note_turned(section, "window", &ends[0].span, ends[0].min(), ends[1].min());
    Some(ends.map(|end| end.value))
}

/// Notes a stretch whose ends are exchanged.
pub(super) fn note_turned(section: &Section<'_>, key: &str, span: &Range<usize>, from: f64, to: f64) {
    if from >= to {
        section.page.note(Fault::at(span.clone(), format!("`{key}`: expected the earlier time first")));
    }
}

/// Reads one `[[stage]]`: an induction after the first, with its reference and window.
pub fn read_stage(mut section: Section<'_>) -> Option<OutcomePlan> {
    section.needs("name", "e.g. name = \"depotentiation\"");
    section.needs("induction", "when it began after time 0, e.g. induction = \"40 min\"");
    section.needs("window", "e.g. window = [\"70 min\", \"80 min\"]");
    section.needs("reference", "e.g. reference = [\"30 min\", \"40 min\"]");
    let name = section.text("name");
    let induction = section.quantity::<Moment>("induction");
    let window = read_window(&mut section);
    let reference = read_reference(&mut section);
    if let (Some(at), Some(window), Some(reference)) = (&induction, &window, &reference)
        && (reference[1] > at.value || window[0].min() < at.value.min())
    {
        let what = "`induction` of a [[stage]] does not lie between its reference and its window";
        section.page.note(Fault::at(at.span.clone(), what).found(format!("found {}", at.value)));
    }
    section.close();
    Some(OutcomePlan {
        name: name?.value,
        measure: Measure::Slope,
        interval: None,
        reference: Some(reference?),
        window: Some(window?),
        change: Change::Percent,
        stage: Some(induction?.value),
    })
}
