//! Axon Text Files (ATF 1.0), as Clampfit exports sweeps.
//!
//! Line 1 is `ATF` and the version; line 2 the number of header lines and of
//! columns; then the header lines (`"Key=Value"`), the titles of the columns and
//! the samples. The first column is time; the others are the traces of the sweeps,
//! signal by signal where `Signals=` names several.
//!
//! Format: "Axon Text File Format" of Axon Instruments/Molecular Devices.

use crate::error::exchange::ExchangeError;
use crate::heading::{Heading, seconds};
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use crate::sweeps::held::{Held, HeldSweep};
use crate::sweeps::rate::{SLACK, whole_hz};
use crate::text::fields::{fields, read};
use std::path::Path;

/// The first bytes of a file.
pub(crate) const SIGNATURE: &[u8] = b"ATF";

/// What the header lines say.
#[derive(Default)]
struct Header {
    comment: String,
    mode: Option<String>,
    starts_s: Vec<f64>,
    signals: Vec<String>,
}

/// Opens a file.
pub(crate) fn open(path: &Path) -> Result<(Head, Held), ExchangeError> {
    let text = read(path)?;
    let mut lines = text.lines().enumerate().map(|(place, line)| (place + 1, line));
    let mut next = |expected: &str| {
        lines.next().ok_or_else(|| ExchangeError::line(path, text.lines().count(), "the end of the file", expected))
    };
    let version = fields(next("a first line")?.1).get(1).copied().unwrap_or_default().to_owned();
    let (line, sizes) = next("the number of header lines and of columns")?;
    let (headers, columns) = match fields(sizes)[..] {
        [headers, columns] => (headers.parse::<usize>().ok(), columns.parse::<usize>().ok()),
        _ => (None, None),
    };
    let (Some(headers), Some(columns)) = (headers, columns.filter(|columns| *columns > 1)) else {
        let expected = "the number of header lines and of columns, 2 or more";
        return Err(ExchangeError::line(path, line, format!("\"{}\"", sizes.trim()), expected));
    };
    let mut header = Header::default();
    for _ in 0..headers {
        header.take(next("as many header lines as line 2 says")?.1);
    }
    let (line, titles) = next("the titles of the columns")?;
    let titles: Vec<Heading> = titles.split('\t').map(|title| Heading::of(title.trim().trim_matches('"'))).collect();
    if titles.len() != columns {
        let expected = format!("{columns} as line 2 says");
        return Err(ExchangeError::line(path, line, format!("{} titles", titles.len()), expected));
    }
    let values = rows(path, lines, columns)?;
    let rate_hz = rate(path, line, &titles[0], &values[0])?;
    Ok(header.recording(version, &titles, values, rate_hz))
}

impl Header {
    fn take(&mut self, line: &str) {
        let parts = fields(line);
        let Some((key, value)) = parts.first().and_then(|first| first.split_once('=')) else { return };
        match key.trim() {
            "Comment" => value.trim().clone_into(&mut self.comment),
            "AcquisitionMode" => self.mode = Some(value.trim().to_owned()),
            "SweepStartTimesMS" => {
                let number = |part: &str| part.trim().parse::<f64>().ok().map(|start_ms| start_ms * 1e-3);
                self.starts_s = value.split(',').filter_map(number).collect();
            }
            "Signals" => self.signals = parts[1..].iter().map(|signal| (*signal).to_owned()).collect(),
            _ => {}
        }
    }

    /// The recording: a column belongs to the channel of its signal, and to the
    /// sweep that its place among the columns of that signal says.
    fn recording(self, version: String, titles: &[Heading], values: Vec<Vec<f64>>, rate_hz: f64) -> (Head, Held) {
        let mut channels: Vec<TraceChannel> = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        let mut sweeps: Vec<HeldSweep> = Vec::new();
        let points = values[0].len();
        for (column, trace) in values.into_iter().enumerate().skip(1) {
            let unit = titles[column].unit.unwrap_or("?");
            let name = match self.signals.get(column - 1) {
                Some(name) => name.clone(),
                None => String::from("field"),
            };
            let known = channels.iter().position(|known| known.name == name && known.unit == unit);
            let channel = known.unwrap_or_else(|| {
                channels.push(TraceChannel { name, unit: unit.to_owned(), stimulus: false });
                counts.push(0);
                channels.len() - 1
            });
            let place = counts[channel];
            counts[channel] += 1;
            if place == sweeps.len() {
                let back_to_back = place as f64 * points as f64 / rate_hz;
                let start_s = self.starts_s.get(place).copied().unwrap_or(back_to_back);
                let note = SweepNote { name: Some(titles[column].name.clone()), ..SweepNote::default() };
                sweeps.push(HeldSweep { start_s, note, traces: Vec::new() });
            }
            let traces = &mut sweeps[place].traces;
            traces.resize(traces.len().max(channel + 1), None);
            traces[channel] = Some(trace);
        }
        let mut remarks: Vec<String> = self.mode.into_iter().map(|mode| format!("acquisition mode: {mode}")).collect();
        if sweeps.len() > self.starts_s.len().max(1) {
            remarks.push(String::from("the file does not say when its sweeps began: they are counted back to back"));
        }
        let comment = self.comment;
        (Head { format: "ATF", version, comment, channels, rate_hz, remarks, ..Head::default() }, Held(sweeps))
    }
}

/// The columns of numbers.
fn rows<'t>(
    path: &Path,
    lines: impl Iterator<Item = (usize, &'t str)>,
    columns: usize,
) -> Result<Vec<Vec<f64>>, ExchangeError> {
    let mut values: Vec<Vec<f64>> = Vec::new();
    values.resize_with(columns, Vec::new);
    for (line, content) in lines {
        let row = fields(content);
        if row.is_empty() {
            continue;
        }
        if row.len() != columns {
            let found = format!("{} cells", row.len());
            return Err(ExchangeError::line(path, line, found, format!("{columns}")));
        }
        for (cell, column) in row.into_iter().zip(&mut values) {
            let value = cell.parse().map_err(|_| ExchangeError::line(path, line, format!("\"{cell}\""), "a number"))?;
            column.push(value);
        }
    }
    Ok(values)
}

/// The sampling rate, Hz, from a column of times.
fn rate(path: &Path, titles_at: usize, title: &Heading, times: &[f64]) -> Result<f64, ExchangeError> {
    let unit_s = title.unit.and_then(seconds).ok_or_else(|| {
        ExchangeError::line(path, titles_at, format!("a first column \"{}\"", title.name), "times, as \"Time (s)\"")
    })?;
    let too_few = || ExchangeError::line(path, titles_at, format!("{} samples", times.len()), "2 or more");
    let (Some(first), Some(last)) = (times.first(), times.last().filter(|_| times.len() > 1)) else {
        return Err(too_few());
    };
    let interval = (last - first) / (times.len() - 1) as f64;
    let rate_hz = 1.0 / (interval * unit_s);
    let even = |(place, time): (usize, &f64)| (time - first - place as f64 * interval).abs() <= SLACK * interval;
    if !rate_hz.is_finite() || rate_hz <= 0.0 || !times.iter().enumerate().all(even) {
        return Err(ExchangeError::line(path, titles_at + 1, "times that are not even", "times at equal intervals"));
    }
    Ok(whole_hz(rate_hz, 1e-6))
}
