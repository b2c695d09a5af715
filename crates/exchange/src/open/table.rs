//! Tables of samples behind the common door: wide (a column for each sweep),
//! long (a column that names the sweep) or one sweep of several channels.

use crate::csv::read::{self as csv, Shape};
use crate::csv::trace::{TimeAxis, TimeUnit};
use crate::error::exchange::ExchangeError;
use crate::heading::{Heading, seconds};
use crate::open::transposed::transposed;
use crate::sheet::sheet::Sheet;
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use crate::sweeps::held::{Held, HeldSweep};
use recording::table::{Column, Table};
use std::path::Path;

/// What a table of samples does not say itself, said by the user. What is given
/// here goes before what the titles of the columns say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stated {
    /// Unit of the samples.
    pub unit: Option<String>,
    /// Sampling rate, Hz, if there is no column of times.
    pub rate_hz: Option<f64>,
    /// Unit of the column of times.
    pub time_unit: Option<TimeUnit>,
    /// Titles of the columns that are sweeps; all columns of numbers if not given.
    pub sweeps: Option<Vec<String>>,
    /// From the start of a sweep to that of the next, s.
    pub interval_s: Option<f64>,
    /// Whether the whole sweeps of a truncated ABF file are read.
    pub salvage: bool,
}

/// Columns whose cells name the sweep of a row.
const SWEEP: [&str; 5] = ["sweep", "trial", "episode", "trace", "sweep_id"];

/// Steps of time from which on rows are measured values, not samples, s.
const SLOW_S: f64 = 0.5;

/// The head and the sweeps of a table of samples.
pub(crate) fn open(path: &Path, sheet: &Sheet, stated: &Stated) -> Result<(Head, Held), ExchangeError> {
    let turned = transposed(path, sheet, stated.time_unit, stated.rate_hz.is_some())?;
    let table = turned.as_ref().unwrap_or(&sheet.table);
    let layout = Layout::of(path, table, stated)?;
    if turned.is_none() {
        layout.complete(path, sheet, stated)?;
    }
    let axis = layout.axis(path, table, stated)?;
    let mut remarks = sheet.remarks.clone();
    let sweeps = layout.sweeps(path, table, &axis)?;
    let rate_hz = sweeps.first().map(|(_, rate_hz)| *rate_hz).unwrap_or_default();
    if sweeps.iter().any(|(_, other)| (other - rate_hz).abs() > 1e-6 * rate_hz) {
        return Err(ExchangeError::Kind {
            path: path.to_owned(),
            found: "sweeps of different sampling rate",
            expected: "one rate for all sweeps",
        });
    }
    let mut start_s = 0.0;
    let mut held = Vec::new();
    for (place, (mut sweep, _)) in sweeps.into_iter().enumerate() {
        sweep.start_s = stated.interval_s.map_or(start_s, |interval_s| place as f64 * interval_s);
        let points = sweep.traces.iter().flatten().map(Vec::len).max().unwrap_or(0);
        start_s += points as f64 / rate_hz;
        held.push(sweep);
    }
    if held.len() > 1 && stated.interval_s.is_none() {
        remarks.push(String::from("the table does not say when its sweeps began: they are counted back to back"));
    }
    let channels = layout.channels(stated);
    if channels.iter().any(|channel| channel.unit == "?") {
        remarks.push(String::from("the table does not say the unit of its samples"));
    }
    let holding = Vec::new();
    Ok((Head { format: sheet.format, channels, holding, rate_hz, remarks, ..Head::default() }, Held(held)))
}

/// Which column is what.
struct Layout {
    time: Option<(String, Heading)>,
    /// Column that names the sweeps of a long table.
    names: Option<String>,
    /// Columns of samples.
    samples: Vec<(String, Heading)>,
}

impl Layout {
    fn of(path: &Path, table: &Table, stated: &Stated) -> Result<Self, ExchangeError> {
        let (mut time, mut names, mut samples) = (None, None, Vec::new());
        for (title, column) in table.columns() {
            let heading = Heading::of(title);
            let numbers = matches!(column, Column::F64(_) | Column::I64(_));
            match &stated.sweeps {
                Some(sweeps) if sweeps.iter().any(|asked| asked == title) => {
                    samples.push((title.to_owned(), heading));
                }
                _ if time.is_none() && numbers && heading.is_time() => time = Some((title.to_owned(), heading)),
                _ if names.is_none() && heading.is_any(&SWEEP) => names = Some(title.to_owned()),
                None if numbers && !heading.is_index() => samples.push((title.to_owned(), heading)),
                _ => {}
            }
        }
        if let Some(sweeps) = &stated.sweeps {
            // In the order stated; a title that is not there is named.
            for asked in sweeps {
                table.numbers(asked).map_err(ExchangeError::table(path))?;
            }
            let place = |title: &str| sweeps.iter().position(|asked| asked == title);
            samples.sort_by_key(|(title, _)| place(title));
        }
        if samples.is_empty() {
            let found = "no column of samples";
            return Err(ExchangeError::Kind { path: path.to_owned(), found, expected: "a column of numbers at least" });
        }
        Ok(Self { time, names, samples })
    }

    /// Refuses a column of numbers that one cell makes words: it would be missing among
    /// the samples without a word.
    fn complete(&self, path: &Path, sheet: &Sheet, stated: &Stated) -> Result<(), ExchangeError> {
        let asked = |title: &str| stated.sweeps.as_ref().is_none_or(|sweeps| sweeps.iter().any(|asked| asked == title));
        let used = |title: &str| asked(title) && !Heading::of(title).is_index() && self.names.as_deref() != Some(title);
        match sheet.misfits.iter().find(|misfit| used(&misfit.title)) {
            Some(misfit) => Err(misfit.fault(path)),
            None => Ok(()),
        }
    }

    /// The axis of times.
    fn axis(&self, path: &Path, table: &Table, stated: &Stated) -> Result<TimeAxis, ExchangeError> {
        if let Some(rate_hz) = stated.rate_hz {
            return Ok(TimeAxis::Rate(quantity::Frequency::from_hz(rate_hz)));
        }
        let Some((title, heading)) = &self.time else {
            let (what, remedy) = ("the sampling rate", "it in Hz, or add a column of times");
            return Err(ExchangeError::Unstated { path: path.to_owned(), what, remedy });
        };
        let unit = stated.time_unit.or_else(|| heading.unit.and_then(TimeUnit::named));
        let Some(unit) = unit else {
            let (what, remedy) = ("the unit of the column of times", "it, or title the column as \"time (ms)\"");
            return Err(ExchangeError::Unstated { path: path.to_owned(), what, remedy });
        };
        let times = table.numbers(title).map_err(ExchangeError::table(path))?;
        if let [Some(first), Some(second), ..] = times[..]
            && (second - first).abs() * seconds(unit.text()).unwrap_or(1.0) >= SLOW_S
        {
            return Err(ExchangeError::Kind {
                path: path.to_owned(),
                found: "a time course of measured values",
                expected: "samples; open it as a table of time courses",
            });
        }
        Ok(TimeAxis::Column { name: title.clone(), unit })
    }

    /// Whether the columns are channels of one sweep: they have different units.
    fn is_channels(&self) -> bool {
        self.samples.windows(2).any(|pair| pair[0].1.unit != pair[1].1.unit)
    }

    fn channels(&self, stated: &Stated) -> Vec<TraceChannel> {
        let unit = |heading: &Heading| stated.unit.clone().or(heading.unit.map(str::to_owned));
        let named = |name: &str, heading: &Heading| TraceChannel {
            name: name.to_owned(),
            unit: unit(heading).unwrap_or_else(|| String::from("?")),
            stimulus: false,
        };
        if self.names.is_some() || self.is_channels() {
            return self.samples.iter().map(|(_, heading)| named(&heading.name, heading)).collect();
        }
        self.samples.first().map(|(_, heading)| named("field", heading)).into_iter().collect()
    }

    /// The sweeps with their rates.
    fn sweeps(&self, path: &Path, table: &Table, axis: &TimeAxis) -> Result<Vec<(HeldSweep, f64)>, ExchangeError> {
        let read = |shape: &Shape| csv::traces(table, axis, shape).map_err(ExchangeError::csv(path));
        let named = |name: String| SweepNote { name: Some(name), ..SweepNote::default() };
        if let Some(sweep) = &self.names {
            let mut sweeps: Vec<(HeldSweep, f64)> = Vec::new();
            for (title, _) in &self.samples {
                let shape = Shape::Long { sweep: sweep.clone(), samples: title.clone() };
                for (place, trace) in read(&shape)?.into_iter().enumerate() {
                    if place == sweeps.len() {
                        sweeps.push((HeldSweep { note: named(trace.name), ..HeldSweep::default() }, trace.rate_hz));
                    }
                    sweeps[place].0.traces.push(Some(trace.values));
                }
            }
            return Ok(sweeps);
        }
        let titles: Vec<String> = self.samples.iter().map(|(title, _)| title.clone()).collect();
        let traces = read(&Shape::Wide { sweeps: titles })?;
        if self.is_channels() {
            let rate_hz = traces.first().map(|trace| trace.rate_hz).unwrap_or_default();
            let traces = traces.into_iter().map(|trace| Some(trace.values)).collect();
            return Ok(vec![(HeldSweep { traces, ..HeldSweep::default() }, rate_hz)]);
        }
        let sweep = |trace: csv::Sampled| {
            let (note, rate_hz) = (named(Heading::of(&trace.name).name), trace.rate_hz);
            (HeldSweep { note, traces: vec![Some(trace.values)], ..HeldSweep::default() }, rate_hz)
        };
        Ok(traces.into_iter().map(sweep).collect())
    }
}
