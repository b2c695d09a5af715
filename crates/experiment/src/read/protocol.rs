//! `[protocol]` and `[recording]`: what is done to every slice, and what is
//! kept of it.

use crate::plan::course::{Course, SweepSettings};
use crate::plan::protocol::{Induction, MOST_PULSES, Train};
use crate::read::presets::presets;
use crate::read::train::read_train;
use evidence::Evidence;
use form::{At, Fault, Section, unknown};
use quantity::{Frequency, Time, Voltage};
use results::folder::slug::slug;
use std::ops::Range;

/// Longest recording of one slice, h.
const LONGEST_H: f64 = 48.0;

/// What `[protocol]` says.
pub(super) struct Protocol {
    pub(super) course: Course,
    pub(super) inductions: Vec<Induction>,
    /// Header of the section.
    pub(super) span: Range<usize>,
}

/// Reads `[protocol]`.
pub(super) fn read(top: &mut Section<'_>) -> Option<Protocol> {
    top.essential("protocol");
    let Some(mut section) = top.section("protocol", "[protocol]") else {
        if !top.has("protocol") {
            top.page.note(
                Fault::of_file("[protocol] is missing").remedy("add [protocol] with e.g. induction = \"hfs-2x100\""),
            );
        }
        return None;
    };
    let course = read_course(&mut section);
    let inductions = read_inductions(&mut section);
    let span = section.span.clone();
    section.close();
    Some(Protocol { course: course?, inductions: inductions?, span })
}

/// Reads the phases of the recording. `None` if one of them is at fault.
fn read_course(section: &mut Section<'_>) -> Option<Course> {
    let baseline = duration(section, "baseline", "20 min");
    let wash_in = duration(section, "wash_in", "15 min");
    let follow_up = duration(section, "follow_up", "60 min");
    let wash_out = section.flag("wash_out").unwrap_or(false);
    let test_interval = match section.section("test", "`test`") {
        Some(mut test) => {
            let interval = duration(&mut test, "interval", "20 s");
            test.close();
            interval
        }
        None if section.has("test") => None,
        None => preset_time("20 s", section),
    };
    let course = (baseline?, wash_in?, follow_up?, test_interval?);
    let (baseline, wash_in, follow_up, interval) = course;
    let mut sound = true;
    if interval.value.s() < 1.0 {
        section.page.note(
            Fault::at(interval.span.clone(), "the interval of test pulses is too short")
                .found(format!("found {}", interval.value))
                .accepts("accepted: 1 s or more; 20 s (0.05 Hz) is usual, since faster pulses depress the synapse"),
        );
        sound = false;
    }
    if baseline.value.s() < interval.value.s() {
        section.page.note(
            Fault::at(baseline.span.clone(), "the baseline holds no test pulse")
                .found(format!("found {}, with a pulse every {}", baseline.value, interval.value))
                .remedy("make `baseline` at least as long as `test.interval`"),
        );
        sound = false;
    }
    if follow_up.value.s() < interval.value.s() {
        section.page.note(
            Fault::at(follow_up.span.clone(), "the follow-up holds no test pulse")
                .found(format!("found {}, with a pulse every {}", follow_up.value, interval.value))
                .remedy("make `follow_up` at least as long as `test.interval`"),
        );
        sound = false;
    }
    let total_h = (baseline.value.min() + wash_in.value.min() + follow_up.value.min()) / 60.0;
    if total_h > LONGEST_H {
        section.page.note(
            Fault::at(section.span.clone(), format!("one recording would last {total_h:.0} h"))
                .found(format!("at most {LONGEST_H} h are accepted; slices do not live longer")),
        );
        sound = false;
    }
    sound.then_some(Course {
        baseline: baseline.value,
        wash_in: wash_in.value,
        follow_up: follow_up.value,
        test_interval: interval.value,
        wash_out,
    })
}

/// A duration with a default; `None` if it is there but at fault.
fn duration(section: &mut Section<'_>, key: &'static str, default: &str) -> Option<At<Time>> {
    match section.quantity::<Time>(key) {
        Some(time) => Some(time),
        None if section.has(key) => None,
        None => preset_time(default, section),
    }
}

/// A default duration, at the header of its table.
fn preset_time(text: &str, section: &Section<'_>) -> Option<At<Time>> {
    text.parse().ok().map(|value| At { value, span: section.span.clone() })
}

/// Reads `induction` and the trains that are spelt out.
fn read_inductions(section: &mut Section<'_>) -> Option<Vec<Induction>> {
    let presets = presets();
    section.knows("induction", presets.iter().map(|preset| preset.name.as_str()), false);
    let names = section.texts("induction");
    let (own, sound) = read_own(section);
    let mut inductions: Vec<Induction> = Vec::new();
    match names {
        Some(names) => {
            for name in &names {
                let folder = slug(name);
                if let Some(first) = inductions.iter().find(|induction| slug(&induction.name) == folder) {
                    let message = if first.name == name.value {
                        format!("induction \"{}\" is named twice", name.value)
                    } else {
                        format!("\"{}\" and \"{}\" would share the folder {folder}", first.name, name.value)
                    };
                    section.page.note(Fault::at(name.span.clone(), message).found("second of this name"));
                    return None;
                }
                let found = own.iter().chain(&presets).find(|induction| induction.name == name.value);
                match found {
                    Some(induction) => inductions.push(induction.clone()),
                    None => note_unknown(section, name, &own, &presets),
                }
            }
            if names.is_empty() || inductions.len() < names.len() {
                if names.is_empty() {
                    section.missing("induction", "a protocol to the list, e.g. [\"hfs-2x100\"]");
                }
                return None;
            }
        }
        None if section.has("induction") => return None,
        None if own.is_empty() => {
            if sound {
                section.missing("induction", "e.g. induction = \"hfs-2x100\", or tables [[protocol.train]]");
            }
            return None;
        }
        None => inductions = own,
    }
    sound.then_some(inductions)
}

/// Notes a protocol that is neither spelt out nor built in.
fn note_unknown(section: &Section<'_>, name: &At<String>, own: &[Induction], presets: &[Induction]) {
    let known: Vec<&str> = own.iter().chain(presets).map(|induction| induction.name.as_str()).collect();
    let fault = unknown(name.span.clone(), "induction protocol", name, &known);
    section.page.note(if fault.help.is_empty() {
        fault.remedy("`schaffer protocols` describes them; others are spelt out in [[protocol.train]]")
    } else {
        fault
    });
}

/// Reads all `[[protocol.train]]`. Trains with the same `induction` belong to
/// one protocol. The flag says whether all were sound.
fn read_own(section: &mut Section<'_>) -> (Vec<Induction>, bool) {
    let mut own: Vec<Induction> = Vec::new();
    let mut sound = true;
    for mut table in section.sections("train", "[[protocol.train]]") {
        let name = table.text("induction").map_or_else(|| "custom".to_owned(), |name| name.value);
        let train = read_train(&mut table);
        let span = table.span.clone();
        table.close();
        let Some(train) = train else {
            sound = false;
            continue;
        };
        let place = own.iter().position(|induction| induction.name == name);
        let place = place.unwrap_or_else(|| {
            own.push(spelt_out(name));
            own.len() - 1
        });
        own[place].trains.push(train);
        let induction = &own[place];
        let fault = if induction.len() > MOST_PULSES {
            Fault::at(span, format!("induction \"{}\" would have {} pulses", induction.name, induction.len()))
                .found(format!("at most {MOST_PULSES} are accepted"))
        } else if let Some((first, second)) = induction.overlap_ms() {
            Fault::at(span, format!("pulses of induction \"{}\" overlap", induction.name))
                .found(format!("pulses at {first} ms and {second} ms after the start"))
                .remedy("pulses need 1 ms between them; intervals run from start to start, `start` sets a train off")
        } else {
            continue;
        };
        section.page.note(fault);
        sound = false;
        own[place].trains.pop();
    }
    for induction in &mut own {
        let words: Vec<String> = induction.trains.iter().map(Train::in_words).collect();
        induction.title = words.join("; then ");
    }
    (own, sound)
}

/// A protocol that the experiment file spells out.
fn spelt_out(name: String) -> Induction {
    Induction {
        name,
        title: String::new(),
        source: "spelt out in the experiment file".to_owned(),
        evidence: Evidence::ModelChoice,
        note: String::new(),
        trains: Vec::new(),
    }
}

/// Reads `[recording]`; every key has a default.
pub(super) fn read_sweeps(top: &mut Section<'_>, course: Option<&Course>) -> SweepSettings {
    let mut settings = SweepSettings {
        rate: Frequency::from_hz(10_000.0),
        before: Time::from_ms(5.0),
        after: Time::from_ms(45.0),
        range: Voltage::from_mv(10.0),
    };
    let Some(mut section) = top.section("recording", "[recording]") else { return settings };
    if let Some(rate) = section.quantity::<Frequency>("rate") {
        within(&section, "rate", &rate, rate.hz(), 2_000.0..=100_000.0, "2 to 100 kHz");
        settings.rate = rate.value;
    }
    if let Some(before) = section.quantity::<Time>("before") {
        let accepted = "2 ms to 1 s, for the potential before the stimulus";
        within(&section, "before", &before, before.ms(), 2.0..=1_000.0, accepted);
        settings.before = before.value;
    }
    if let Some(after) = section.quantity::<Time>("after") {
        let accepted = "20 ms to 2 s, so that the fEPSP fits";
        within(&section, "after", &after, after.ms(), 20.0..=2_000.0, accepted);
        settings.after = after.value;
    }
    if let Some(range) = section.quantity::<Voltage>("range") {
        within(&section, "range", &range, range.mv(), 0.5..=1_000.0, "0.5 mV to 1 V at the electrode");
        settings.range = range.value;
    }
    let sweep_ms = settings.before.ms() + settings.after.ms();
    if let Some(course) = course
        && sweep_ms >= course.test_interval.ms()
    {
        section.page.note(
            Fault::at(section.span.clone(), "sweeps are longer than the interval of the test pulses")
                .found(format!("{sweep_ms} ms each, a pulse every {}", course.test_interval)),
        );
    }
    section.close();
    settings
}

/// Notes a value outside its range.
fn within<T: std::fmt::Display>(
    section: &Section<'_>,
    key: &str,
    at: &At<T>,
    value: f64,
    range: std::ops::RangeInclusive<f64>,
    accepted: &str,
) {
    if !range.contains(&value) {
        section.page.note(
            Fault::at(at.span.clone(), format!("`{key}` is out of range"))
                .found(format!("found {}", at.value))
                .accepts(format!("accepted: {accepted}")),
        );
    }
}
