//! Columns of AxoGraph as sweeps.
//!
//! The first column is time. The titles of the others repeat, or are left out, from
//! the second episode on: as many columns as come before that are the channels.

use crate::axograph::column::{self, Column, Numbers};
use crate::binary::rate::back_to_back;
use crate::binary::source::Source;
use crate::binary::strided::{Stored, Stretch, Strided, StridedSweep};
use crate::binary::text::{label, plain, wide_text};
use crate::date::spelt;
use crate::error::abf::{Fault, Problem};
use crate::heading::{Heading, seconds};
use crate::sweeps::head::{Head, TraceChannel};
use crate::sweeps::rate::{SLACK, whole_hz};
use std::path::Path;

/// How files begin.
pub(crate) const SIGNATURES: [&[u8]; 2] = [b"AxGr", b"axgx"];
/// Longest comment or notes, bytes.
const NOTES: u64 = 1 << 20;
/// Months as the notes spell them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The head and the episodes of a file. Notes give their interval; else it is
/// `interval_s`, if stated.
pub(crate) fn open(path: &Path, source: Source, interval_s: Option<f64>) -> Result<(Head, Strided), Problem> {
    let (version, columns, behind) = column::read(&source)?;
    let Some((time, signals)) = columns.split_first().filter(|(_, signals)| !signals.is_empty()) else {
        return Err(Fault::new(4, "the number of columns", columns.len(), "2 or more: times and a signal").into());
    };
    let rate_hz = rate(&source, time)?;
    let (channels, mut sweeps) = episodes(signals, time.points)?;
    let (comment, notes) = if version < 3 { (String::new(), String::new()) } else { words(&source, behind) };
    let interval_s = interval_s.or_else(|| every_s(&notes));
    let remarks = back_to_back(&mut sweeps, rate_hz, interval_s).into_iter().collect();
    let head = Head {
        format: "AxoGraph",
        version: version.to_string(),
        creator: String::from(if version < 3 { "AxoGraph" } else { "AxoGraph X" }),
        started: started(&notes),
        protocol: line(&notes, "Protocol :").map(str::to_owned),
        comment,
        channels,
        rate_hz,
        remarks,
        ..Head::default()
    };
    Ok((head, Strided::new(path, source, sweeps)?))
}

/// Sampling rate by the column of times, Hz.
fn rate(source: &Source, time: &Column) -> Result<f64, Problem> {
    let heading = Heading::of(&time.title);
    let unit_s = heading.unit.map_or(Some(1.0), seconds);
    let wrong = |found: String, expected: &str| Problem::from(Fault::new(0, "the column of times", found, expected));
    let Some(unit_s) = unit_s else {
        return Err(wrong(format!("titled \"{}\"", time.title), "a title with a unit of time, such as \"Time (s)\""));
    };
    let step = match time.numbers {
        Numbers::Series(step) => step,
        Numbers::Stored(stretch) if time.points > 1 => even_step(source, &stretch, time.points)?,
        Numbers::Stored(_) => 0.0,
    };
    if !(step.is_finite() && step > 0.0) {
        return Err(wrong(format!("of step {step}"), "times that grow evenly"));
    }
    Ok(whole_hz(1.0 / (step * unit_s), 1e-5))
}

/// The step of stored times, which must be even.
fn even_step(source: &Source, stretch: &Stretch, points: u64) -> Result<f64, Problem> {
    let number = |place: u64| -> Result<f64, Problem> {
        let at = stretch.offset.saturating_add(place.saturating_mul(stretch.stride));
        let block = source.block(at, stretch.stored.bytes(), "a time")?.in_order(true);
        let value = match stretch.stored {
            Stored::F32 => block.f32(0)?,
            Stored::F64 => block.f64(0)?,
            Stored::I32 => f64::from(block.i32(0)?),
            _ => f64::from(block.i16(0)?),
        };
        Ok(value * stretch.scale + stretch.zero)
    };
    let (first, last) = (number(0)?, number(points - 1)?);
    let step = (last - first) / (points - 1) as f64;
    for place in [1, points / 2, points - 1] {
        let apart = (number(place)? - first - place as f64 * step).abs();
        if apart.is_nan() || apart > SLACK * step {
            let fault = Fault::new(stretch.offset, "the column of times", "uneven", "one interval between all samples");
            return Err(fault.into());
        }
    }
    Ok(step)
}

/// Channels and episodes of the columns of signals.
fn episodes(signals: &[Column], points: u64) -> Result<(Vec<TraceChannel>, Vec<StridedSweep>), Fault> {
    let first = &signals[0].title;
    // AxoGraph itself calls a column without a title by its number, from 1.
    let unnamed = |place: usize, title: &str| title.is_empty() || title == format!("Column{}", place + 2);
    let repeats = |(place, column): (usize, &Column)| unnamed(place, &column.title) || column.title == *first;
    let channels = signals.iter().enumerate().skip(1).position(repeats).map_or(signals.len(), |place| place + 1);
    let named = |column: &Column| {
        let heading = Heading::of(&column.title);
        let unit = heading.unit.unwrap_or("?").to_owned();
        TraceChannel { name: label(&plain(heading.name.chars())), unit, stimulus: false }
    };
    let trace = |column: &Column| match column.numbers {
        Numbers::Stored(stretch) if column.points == points => Ok(Some(stretch)),
        Numbers::Stored(stretch) => {
            let expected = format!("{points}, as the column of times has");
            Err(Fault::new(stretch.offset, "the number of points of a column", column.points, expected))
        }
        // Numbers that nobody recorded.
        Numbers::Series(_) => Ok(None),
    };
    let sweep = |columns: &[Column]| {
        let mut traces = columns.iter().map(trace).collect::<Result<Vec<_>, Fault>>()?;
        traces.resize(channels, None);
        Ok(StridedSweep { points, traces, ..StridedSweep::default() })
    };
    let sweeps = signals.chunks(channels).map(sweep).collect::<Result<_, Fault>>()?;
    Ok((signals[..channels].iter().map(named).collect(), sweeps))
}

/// Comment and notes behind the columns; empty where the file ends before.
fn words(source: &Source, at: u64) -> (String, String) {
    let word = |at: u64| -> Option<(String, u64)> {
        // A length of −1 is that of a text that is not there.
        let length = u64::try_from(source.block(at, 4, "a length").ok()?.in_order(true).i32(0).ok()?).unwrap_or(0);
        if length > NOTES {
            return None;
        }
        let block = source.block(at + 4, length, "notes").ok()?;
        Some((wide_text(block.bytes(0, block.len()).ok()?), at + 4 + length))
    };
    let Some((comment, behind)) = word(at) else {
        return (String::new(), String::new());
    };
    let notes = word(behind).map(|(notes, _)| notes).unwrap_or_default();
    (plain(comment.chars()), notes.replace('\r', "\n"))
}

/// What stands behind these words in the notes.
fn line<'n>(notes: &'n str, words: &str) -> Option<&'n str> {
    notes.lines().find_map(|line| line.trim().strip_prefix(words)).map(str::trim).filter(|rest| !rest.is_empty())
}

/// `Start an episode every 2 seconds`.
fn every_s(notes: &str) -> Option<f64> {
    let mut words = line(notes, "Start an episode every")?.split_whitespace();
    let number: f64 = words.next()?.parse().ok()?;
    let unit = match words.next()?.to_ascii_lowercase().as_str() {
        "second" | "seconds" | "s" => 1.0,
        "ms" | "msec" | "milliseconds" => 1e-3,
        "minute" | "minutes" | "min" => 60.0,
        _ => return None,
    };
    Some(number * unit).filter(|interval_s| interval_s.is_finite() && *interval_s > 0.0)
}

/// `Created on Thu Mar 17 2005` with `Start data acquisition at 23:45:19`.
fn started(notes: &str) -> Option<String> {
    let mut words = line(notes, "Created on")?.split_whitespace().skip(1);
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    let (day, year) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let clock = line(notes, "Start data acquisition at").unwrap_or("0:0:0");
    let parts = clock.split(':').map(|part| part.trim().parse::<i64>().ok().filter(|part| (0..60).contains(part)));
    let &[hour, minute, second] = &parts.collect::<Option<Vec<i64>>>()?[..] else {
        return None;
    };
    spelt(year, u32::try_from(month).ok()?, day, (hour * 3600 + minute * 60 + second) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_tell_date_and_interval() {
        let notes =
            "Created on Thu Mar 17 2005\nStart data acquisition at 23:45:19\nStart an episode every 2 seconds\n";
        assert_eq!(started(notes).as_deref(), Some("2005-03-17T23:45:19.000"));
        assert_eq!(every_s(notes), Some(2.0));
        for none in ["", "Created on", "Created on Thu Mrz 17 2005", "Created on Thu Mar 99 2005"] {
            assert_eq!(started(none), None, "{none}");
        }
        assert_eq!(every_s("Start an episode every now and then"), None);
    }
}
