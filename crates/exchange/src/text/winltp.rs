//! WinLTP sweep files: `.P0` and `.P1` (pulse sweeps of pathway S0 or S1), `.AP0`
//! and `.AP1` (their averages), `.T0` and `.T1` (trains). One file is one sweep.
//!
//! Header lines are a key in quotation marks and its values. The samples follow
//! the line whose first field is `"AD0"`, and a line of units. A sample that is
//! missing or no number becomes NaN, as WinLTP leaves it.
//!
//! Format: WinLTP manual (W. Anderson, winltp.com); LTP Program of Anderson and
//! Collingridge 2001.

use crate::error::exchange::ExchangeError;
use crate::heading;
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use crate::sweeps::held::{Held, HeldSweep};
use crate::sweeps::rate::whole_hz;
use crate::text::fields::{fields, read};
use std::path::Path;

/// The key by which a WinLTP file is known.
pub(crate) const KEY: &str = "\"NumSamples\"";

/// What the header says.
#[derive(Default)]
struct Header {
    samples: Option<(usize, usize)>,
    interval_ms: Option<(usize, f64)>,
    /// Time of the pulse of S0 and of S1, ms.
    pulse_ms: [Option<f64>; 2],
    protocol: Option<String>,
    date: Option<String>,
    time: Option<String>,
    /// Start of the sweep, s after midnight.
    midnight_s: Option<f64>,
    /// Samples of the columns of series resistance, which may be fewer.
    rs_samples: Option<usize>,
    version: String,
}

/// Opens a sweep file.
pub(crate) fn open(path: &Path) -> Result<(Head, Held), ExchangeError> {
    let text = read(path)?;
    let mut lines = text.lines().enumerate().map(|(place, line)| (place + 1, line));
    let mut header = Header::default();
    let names = loop {
        let Some((line, content)) = lines.next() else {
            let (last, expected) = (text.lines().count(), "a line of columns that begins with \"AD0\"");
            return Err(ExchangeError::line(path, last, "the end of the file", expected));
        };
        match fields(content)[..] {
            ["AD0", ..] => break fields(content),
            [key, value, ..] => header.take(path, line, key, value)?,
            _ => {}
        }
    };
    let units = lines.next().map(|(_, content)| fields(content)).unwrap_or_default();
    let unit = |column: usize| match units.get(column) {
        Some(unit) => heading::unit(unit).unwrap_or(unit).to_owned(),
        None => String::from("?"),
    };
    let channel =
        |(column, name): (usize, &&str)| TraceChannel { name: (*name).to_owned(), unit: unit(column), stimulus: false };
    let mut channels: Vec<TraceChannel> = names.iter().enumerate().map(channel).collect();
    let (rate_hz, samples) = header.checked(path)?;
    // Columns of series resistance have a clock and a length of their own.
    let shorter = |name: &str| name.ends_with("_Rs") && header.rs_samples.is_some_and(|rs| rs != samples.1);
    let apart: Vec<bool> = channels.iter().map(|channel| shorter(&channel.name)).collect();
    let (mut traces, missing) = samples_of(path, lines, &apart, samples)?;
    let mut place = 0..;
    traces.retain(|_| place.next().is_some_and(|k: usize| !apart[k]));
    let left_out: Vec<String> =
        channels.iter().filter(|channel| shorter(&channel.name)).map(|c| c.name.clone()).collect();
    channels.retain(|channel| !shorter(&channel.name));

    let pathway = usize::from(path.extension().is_some_and(|ending| ending.to_string_lossy().ends_with('1')));
    let note = SweepNote {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
        pathway: Some(format!("S{pathway}")),
        stimulus_ms: header.pulse_ms[pathway].into_iter().collect(),
        phase: is_train(path).then(|| "induction".to_owned()),
        ..SweepNote::default()
    };
    let mut remarks = Vec::new();
    if missing > 0 {
        remarks.push(format!("{missing} samples are missing"));
    }
    if header.rs_samples.is_some_and(|rs| rs > 0) && !left_out.is_empty() {
        remarks.push(format!("{} have another length than the sweep: not among the channels", left_out.join(", ")));
    }
    let started = header.started();
    let (protocol, version) = (header.protocol, header.version);
    let head = Head { format: "WinLTP", version, started, protocol, channels, rate_hz, remarks, ..Head::default() };
    Ok((head, Held(vec![HeldSweep { start_s: 0.0, note, traces: traces.into_iter().map(Some).collect() }])))
}

/// Whether the ending is that of a train (`.T0`).
fn is_train(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.to_string_lossy().to_lowercase().starts_with('t'))
}

impl Header {
    fn take(&mut self, path: &Path, line: usize, key: &str, value: &str) -> Result<(), ExchangeError> {
        let number = || {
            let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| ExchangeError::line(path, line, format!("{key} is \"{value}\""), "a number"))
        };
        match key {
            "NumSamples" => {
                let whole = value.parse().ok().filter(|samples| *samples > 0);
                let expected = "a whole number above zero";
                let fault = || ExchangeError::line(path, line, format!("{key} is \"{value}\""), expected);
                self.samples = Some((line, whole.ok_or_else(fault)?));
            }
            "SampleInterval_ms" => self.interval_ms = Some((line, number()?)),
            "S0_PrePulseDur_ms" => self.pulse_ms[0] = Some(number()?),
            "S1_PrePulseDur_ms" => self.pulse_ms[1] = Some(number()?),
            "Protocol" | "ProtocolFile" => self.protocol = Some(value.to_owned()),
            "Date" | "DateFileSaved" => self.date = Some(value.to_owned()),
            "Time" | "TimeOfDay" | "TimeFileStarted" => self.time = Some(value.to_owned()),
            "TimeStartedMidnite_s" | "TimeStartedMidnight_s" => self.midnight_s = Some(number()?),
            "Rs_NumSamples" => self.rs_samples = value.parse().ok(),
            "WinLTP" | "Version" | "WinLTPVersion" | "LTP_ASF" => value.clone_into(&mut self.version),
            _ => {}
        }
        Ok(())
    }

    /// Start of the sweep, ISO 8601: the day as `20000611`, `2000/06/11`, `2000-06-11` or
    /// `11.06.2000`, the time as a clock or in seconds after midnight.
    fn started(&self) -> Option<String> {
        let day = self.date.as_ref()?.trim();
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
        let iso = match parts[..] {
            [one] if one.len() == 8 && digits(one) => format!("{}-{}-{}", &one[..4], &one[4..6], &one[6..]),
            [year, month, date] if year.len() == 4 && digits(year) => format!("{year}-{month:0>2}-{date:0>2}"),
            [date, month, year] if year.len() == 4 && day.contains('.') => format!("{year}-{month:0>2}-{date:0>2}"),
            _ => day.to_owned(),
        };
        let by_seconds = |seconds: f64| {
            let ms = (seconds * 1000.0).round().clamp(0.0, 86_399_999.0) as u64;
            format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
        };
        match (&self.time, self.midnight_s) {
            (_, Some(seconds)) => Some(format!("{iso}T{}", by_seconds(seconds))),
            (Some(time), None) => Some(format!("{iso}T{}", time.trim())),
            (None, None) => Some(iso),
        }
    }

    /// Rate and number of samples, which no file may lack.
    fn checked(&self, path: &Path) -> Result<(f64, (usize, usize)), ExchangeError> {
        let lacking = |key: &str| ExchangeError::line(path, 1, format!("no line \"{key}\""), "it before the samples");
        let samples = self.samples.ok_or_else(|| lacking("NumSamples"))?;
        let (line, interval_ms) = self.interval_ms.ok_or_else(|| lacking("SampleInterval_ms"))?;
        let rate_hz = 1e3 / interval_ms;
        if !rate_hz.is_finite() || rate_hz <= 0.0 {
            let found = format!("SampleInterval_ms is {interval_ms}");
            return Err(ExchangeError::line(path, line, found, "an interval above zero"));
        }
        Ok((whole_hz(rate_hz, 1e-9), samples))
    }
}

/// The columns of samples, and how many are missing.
fn samples_of<'t>(
    path: &Path,
    lines: impl Iterator<Item = (usize, &'t str)>,
    apart: &[bool],
    (stated_at, stated): (usize, usize),
) -> Result<(Vec<Vec<f64>>, usize), ExchangeError> {
    let columns = apart.len();
    let mut traces = vec![Vec::new(); columns];
    let (mut rows, mut missing) = (0, 0);
    for (line, content) in lines {
        if content.trim().is_empty() {
            continue;
        }
        let row = fields(content);
        if row.len() > columns {
            let found = format!("{} samples", row.len());
            return Err(ExchangeError::line(path, line, found, format!("{columns}, as many as channels")));
        }
        rows += 1;
        for (column, trace) in traces.iter_mut().enumerate() {
            let value = row.get(column).and_then(|cell| cell.parse::<f64>().ok());
            missing += usize::from(value.is_none() && !apart[column]);
            trace.push(value.unwrap_or(f64::NAN));
        }
    }
    if rows == stated {
        return Ok((traces, missing));
    }
    let expected = format!("{rows}, the rows of samples in the file");
    Err(ExchangeError::line(path, stated_at, format!("NumSamples is {stated}"), expected))
}
