//! Sweeps of PatchMaster.
//!
//! A value is `stored · DataScaler`. Channels are traces of one name and unit; sweeps
//! of all series are read, and those of another sampling rate than most left out.

use crate::binary::rate::{Rated, most_common};
use crate::binary::source::Source;
use crate::binary::strided::{Stored, Stretch, Strided, StridedSweep};
use crate::binary::text::label;
use crate::date;
use crate::error::abf::{Fault, Problem};
use crate::heading::{seconds, unit};
use crate::heka::bundle::Bundle;
use crate::heka::tree::{self, Sweep, Trace};
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use std::collections::BTreeMap;
use std::path::Path;

/// Most channels.
const CHANNELS: usize = 256;
/// The clock of PatchMaster wraps at 2³²; with these it counts seconds since 1601.
const CLOCK: (f64, f64, f64) = (1_580_970_496.0, 4_294_967_296.0, 9_561_652_096.0);
/// Seconds from 1601 to 1970.
const EPOCH_S: f64 = 11_644_473_600.0;

/// The head and the sweeps of a bundle.
pub(crate) fn open(path: &Path, source: Source) -> Result<(Head, Strided), Problem> {
    let bundle = Bundle::read(&source)?;
    let recorded = tree::read(&source, &bundle)?;
    let channels = channels(&recorded);
    if channels.len() > CHANNELS {
        let expected = format!("{CHANNELS} at most");
        return Err(Fault::new(bundle.pulses.0, "the number of different traces", channels.len(), expected).into());
    }
    let remarks = series(&recorded);
    let first_s = recorded.first().map_or(0.0, |sweep| sweep.time_s);
    let mut sweeps = Vec::new();
    for sweep in &recorded {
        sweeps.extend(rated(sweep, first_s, &channels)?);
    }
    let Some((rate_hz, mut sweeps, other)) = most_common(sweeps) else {
        return Err(Fault::new(bundle.pulses.0, "the tree of pulses", "without a trace", "a sweep with samples").into());
    };
    sweeps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let listed = {
        let mut listed: Vec<(usize, TraceChannel)> = channels
            .into_iter()
            .map(|((name, unit), place)| {
                (place, TraceChannel { name: label(&name), unit: label(&unit), stimulus: false })
            })
            .collect();
        listed.sort_by_key(|(place, _)| *place);
        listed.into_iter().map(|(_, channel)| channel).collect()
    };
    let head = Head {
        format: "HEKA",
        version: String::new(),
        creator: format!("PatchMaster {}", bundle.version).trim_end().to_owned(),
        started: since_1970_s(if first_s > 0.0 { first_s } else { bundle.time_s }).and_then(date::of_seconds),
        protocol: recorded.first().map(|sweep| sweep.series.clone()).filter(|series| !series.is_empty()),
        channels: listed,
        rate_hz,
        remarks,
        left_out: other.into_iter().collect(),
        ..Head::default()
    };
    Ok((head, Strided::new(path, source, sweeps)?))
}

/// Seconds since 1970 of a time of PatchMaster.
fn since_1970_s(time_s: f64) -> Option<f64> {
    let (from, wrap, to) = CLOCK;
    let time_s = time_s - from;
    let time_s = if time_s < 0.0 { time_s + wrap } else { time_s };
    Some(time_s + to - EPOCH_S).filter(|time_s| time_s.is_finite())
}

/// Names and units of the traces, by first appearance.
fn channels(sweeps: &[Sweep]) -> BTreeMap<(String, String), usize> {
    let mut channels = BTreeMap::new();
    for trace in sweeps.iter().flat_map(|sweep| &sweep.traces) {
        let place = channels.len();
        channels.entry(key(trace)).or_insert(place);
    }
    channels
}

fn key(trace: &Trace) -> (String, String) {
    (trace.name.clone(), trace.unit.clone())
}

/// A remark that names the series, if there are several.
fn series(sweeps: &[Sweep]) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for sweep in sweeps {
        let name = format!("{} / {}", sweep.group, sweep.series);
        match counts.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => counts.push((name, 1)),
        }
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    let all = counts.len();
    let named: Vec<String> = counts.into_iter().take(20).map(|(name, count)| format!("{name} ({count})")).collect();
    let more = if all > named.len() { " …" } else { "" };
    vec![format!("{all} series with their sweeps: {}{more}", named.join(", "))]
}

/// A sweep, parted into as many as it has lengths and rates of traces.
fn rated(sweep: &Sweep, first_s: f64, channels: &BTreeMap<(String, String), usize>) -> Result<Vec<Rated>, Fault> {
    let mut parts: Vec<Rated> = Vec::new();
    for trace in &sweep.traces {
        let unit_s = if trace.x_unit.is_empty() { Some(1.0) } else { unit(&trace.x_unit).and_then(seconds) };
        let rate_hz = 1.0 / (trace.interval * unit_s.unwrap_or(f64::NAN));
        if !(rate_hz.is_finite() && rate_hz > 0.0) {
            let found = format!("{} {}", trace.interval, trace.x_unit);
            return Err(Fault::new(trace.data, "the sampling interval of a trace", found, "a time above zero"));
        }
        let (Some(&place), stretch) = (channels.get(&key(trace)), stretch(trace)?) else {
            continue;
        };
        let free = |part: &Rated| part.sweep.traces.get(place).is_none_or(Option::is_none);
        let fits = |part: &&mut Rated| part.rate_hz == rate_hz && part.sweep.points == trace.points && free(part);
        if let Some(part) = parts.iter_mut().find(fits) {
            part.sweep.traces[place] = Some(stretch);
            continue;
        }
        let start_s = sweep.time_s - first_s;
        let start_s = if start_s.is_finite() { start_s } else { 0.0 };
        let name = Some(format!("{} / {}", sweep.group, sweep.series));
        let mut traces = vec![None; channels.len()];
        traces[place] = Some(stretch);
        let note = SweepNote { name, ..SweepNote::default() };
        parts.push(Rated { rate_hz, sweep: StridedSweep { start_s, points: trace.points, note, traces } });
    }
    Ok(parts)
}

fn stretch(trace: &Trace) -> Result<Stretch, Fault> {
    let stored = match trace.format {
        0 => Stored::I16,
        1 => Stored::I32,
        2 => Stored::F32,
        3 => Stored::F64,
        other => return Err(Fault::new(trace.data, "the format of a trace", other, "0, 1, 2 or 3")),
    };
    let stride = match trace.interleave {
        (0, _) | (_, 0) => stored.bytes(),
        (size, skip) if size == stored.bytes() => skip,
        (size, skip) if skip <= size => stored.bytes(),
        (size, _) => {
            let expected = format!("{} bytes, one number", stored.bytes());
            return Err(Fault::new(trace.data, "the interleaving of a trace", size, expected));
        }
    };
    let big_endian = !trace.is_little_endian;
    Ok(Stretch { offset: trace.data, stride, stored, big_endian, scale: trace.scale, zero: 0.0 })
}

#[cfg(test)]
mod tests {
    use super::since_1970_s;
    use crate::date::of_seconds;

    /// Worked by hand: 0 − 1580970496 + 2³² + 9561652096 s is 12275648896 s after 1601.
    #[test]
    fn the_clock_wraps() {
        let date = |time_s: f64| since_1970_s(time_s).and_then(of_seconds).unwrap();
        assert_eq!(date(0.0), "1990-01-01T06:28:16.000");
        assert_eq!(date(900_000_000.0), "2018-07-09T22:28:16.000");
        assert_eq!(since_1970_s(f64::NAN), None);
    }
}
