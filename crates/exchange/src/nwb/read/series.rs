//! Time series of an NWB file: where their samples are, in which unit, when.

use crate::error::exchange::ExchangeError;
use crate::nwb::read::hdf::{Hdf, ROWS, is_number, number_at, text_at, text_of};
use crate::sweeps::rate::whole_hz;
use hdf5_reader::Dataset;
use hdf5_reader::group::Group;
use recording::NaturalKey;
use std::collections::BTreeSet;

/// Groups within groups that are looked into, and objects looked at.
const DEEPEST: usize = 8;
const MOST_OBJECTS: usize = 200_000;
/// Stretches without a gap in one series.
const MOST_RUNS: usize = 1 << 20;
/// Columns of one series.
const MOST_COLUMNS: u64 = 1 << 16;

/// A stretch of samples without a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Run {
    /// First row.
    pub first: u64,
    /// Rows.
    pub rows: u64,
    /// Time of the first row, s since the reference time of the file.
    pub start_s: f64,
}

/// One time series.
pub(crate) struct Series {
    /// Path in the file.
    pub path: String,
    /// Address of its group, by which references name it.
    pub address: u64,
    /// Name of the electrode, if it says one.
    pub electrode: Option<String>,
    /// Unit in the file.
    pub unit: String,
    /// Factor of each column to that unit.
    pub factors: Vec<f64>,
    /// Summand after the factor.
    pub offset: f64,
    /// Whether the values stand still but for few steps, as a command does.
    pub is_steps: bool,
    /// Holding level that the series states.
    pub holding: Option<f64>,
    pub rate_hz: f64,
    pub runs: Vec<Run>,
    data: Dataset,
}

/// Groups that were seen, since links may run in circles.
#[derive(Default)]
pub(crate) struct Seen(BTreeSet<u64>);

impl Seen {
    /// Whether a group is new.
    pub fn is_new(&mut self, group: &Group) -> bool {
        self.0.len() < MOST_OBJECTS && self.0.insert(group.address())
    }
}

/// All series with numbers below a group; what cannot be read is remarked upon.
pub(crate) fn below(hdf: &Hdf, path: &str, remarks: &mut Vec<String>) -> Vec<Series> {
    let mut found = Vec::new();
    if let Some(group) = hdf.group(path) {
        collect(hdf, &group, path, 0, &mut Seen::default(), &mut found, remarks);
    }
    // The listing of a group has no order of its own.
    found.sort_by_cached_key(|series| NaturalKey::of(&series.path));
    found
}

fn collect(
    hdf: &Hdf,
    group: &Group,
    path: &str,
    depth: usize,
    seen: &mut Seen,
    found: &mut Vec<Series>,
    remarks: &mut Vec<String>,
) {
    if depth > DEEPEST || !seen.is_new(group) {
        return;
    }
    let kind = text_of(group, "neurodata_type").unwrap_or_default();
    if kind.ends_with("Series") {
        if is_samples(&kind) {
            match Series::of(hdf, group, path) {
                Ok(Some(series)) => found.push(series),
                Ok(None) => {}
                Err(error) => remarks.push(error.to_string()),
            }
        }
        return;
    }
    match group.member_names() {
        Ok((mut names, _)) => {
            names.sort();
            for name in names {
                if let Ok(child) = group.group(&name) {
                    collect(hdf, &child, &format!("{path}/{name}"), depth + 1, seen, found, remarks);
                }
            }
        }
        Err(error) => remarks.push(hdf.fault(path, &error).to_string()),
    }
}

/// Whether series of that type hold sampled values rather than words or pictures.
fn is_samples(kind: &str) -> bool {
    !["Annotation", "Image", "Interval", "OnePhoton", "TwoPhoton", "IndexSeries", "OptogeneticSeries"]
        .iter()
        .any(|other| kind.contains(other))
}

impl Series {
    /// The series of a group; `None` if it has no numbers.
    fn of(hdf: &Hdf, group: &Group, path: &str) -> Result<Option<Self>, ExchangeError> {
        let Ok(data) = group.dataset("data") else { return Ok(None) };
        if !is_number(data.dtype()) || data.ndim() == 0 {
            return Ok(None);
        }
        let place = format!("{path}/data");
        let (rows, columns) = hdf.size(&place, &data)?;
        if columns > MOST_COLUMNS {
            return Err(hdf.wrong(&place, format!("{columns} columns"), format!("{MOST_COLUMNS} at most")));
        }
        let (rate_hz, runs) = timing(hdf, group, path, rows)?;
        let conversion = number_at(&data, "conversion").unwrap_or(1.0);
        let each = group.dataset("channel_conversion").ok().and_then(|each| hdf.numbers(&each, MOST_COLUMNS));
        let factor = |column: usize| conversion * each.as_ref().and_then(|each| each.get(column)).unwrap_or(&1.0);
        let holding = group.dataset("bias_current").ok().and_then(|level| hdf.numbers(&level, 1)?.first().copied());
        Ok(Some(Self {
            path: path.to_owned(),
            address: group.address(),
            electrode: electrode(hdf, group),
            unit: text_at(&data, "unit").unwrap_or_default(),
            factors: (0..usize::try_from(columns).unwrap_or(0)).map(factor).collect(),
            offset: number_at(&data, "offset").unwrap_or(0.0),
            is_steps: is_steps(hdf, &place, &data, rows),
            holding,
            rate_hz,
            runs,
            data,
        }))
    }

    /// Refuses a series whose values no factor gives.
    pub fn checked(&self, hdf: &Hdf) -> Result<(), ExchangeError> {
        let place = format!("{}/data", self.path);
        let finite = |factor: &&f64| !factor.is_finite() || **factor == 0.0;
        if let Some(factor) = self.factors.iter().find(finite) {
            let found = format!("a conversion of {factor}");
            return Err(hdf.wrong(&place, found, "a finite number other than 0; correct the attribute, or remove it"));
        }
        if !self.offset.is_finite() {
            return Err(hdf.wrong(&place, format!("an offset of {}", self.offset), "a finite number"));
        }
        Ok(())
    }

    /// Its name: the last part of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Values of a column of a stretch in the unit of the series, in pieces.
    pub fn pieces(
        &self,
        hdf: &Hdf,
        run: Run,
        column: usize,
        each: &mut dyn FnMut(&[f64]),
    ) -> Result<(), ExchangeError> {
        let factor = self.factors.get(column).copied().unwrap_or(1.0);
        let place = format!("{}/data", self.path);
        hdf.column(&place, &self.data, column as u64, (run.first, run.rows), &mut |values| {
            for value in values.iter_mut() {
                *value = *value * factor + self.offset;
            }
            each(values);
        })
    }
}

/// Share of neighbours of a command that are equal.
const STILL: f64 = 0.9;

/// Whether most samples of the first column equal the one before.
fn is_steps(hdf: &Hdf, place: &str, data: &Dataset, rows: u64) -> bool {
    let (mut equal, mut all) = (0_u64, 0_u64);
    let read = hdf.column(place, data, 0, (0, rows.min(ROWS)), &mut |values| {
        equal += values.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64;
        all += values.len().saturating_sub(1) as u64;
    });
    read.is_ok() && all > 0 && equal as f64 >= STILL * all as f64
}

/// Name of the electrode that a series links to: the `cell_id` or `device` does
/// not matter, but two electrodes are two channels.
fn electrode(hdf: &Hdf, group: &Group) -> Option<String> {
    let link = group.group("electrode").ok()?;
    let home = hdf.group("/general/intracellular_ephys");
    let (mut names, _) = home.as_ref().and_then(|home| home.member_names().ok()).unwrap_or_default();
    names.sort();
    let same = |name: &String| {
        let known = home.as_ref().and_then(|home| home.group(name).ok());
        known.is_some_and(|known| known.address() == link.address())
    };
    names.into_iter().find(same).or_else(|| Some(format!("electrode at byte {}", link.address())))
}

/// Rate and stretches of a series, from its start and rate or its timestamps.
fn timing(hdf: &Hdf, group: &Group, path: &str, rows: u64) -> Result<(f64, Vec<Run>), ExchangeError> {
    if let Ok(start) = group.dataset("starting_time") {
        let place = format!("{path}/starting_time");
        let start_s = hdf.numbers(&start, 1).and_then(|start| start.first().copied()).filter(|start| start.is_finite());
        let start_s = start_s.ok_or_else(|| hdf.wrong(&place, "no time", "a finite number of seconds"))?;
        let rate_hz = number_at(&start, "rate").filter(|rate| rate.is_finite() && *rate > 0.0);
        let rate_hz = rate_hz.ok_or_else(|| hdf.wrong(&place, "no usable attribute \"rate\"", "a rate above zero"))?;
        let run = Run { first: 0, rows, start_s };
        return Ok((rate_hz, if rows > 0 { vec![run] } else { Vec::new() }));
    }
    let place = format!("{path}/timestamps");
    let Ok(stamps) = group.dataset("timestamps") else {
        return Err(hdf.wrong(path, "neither starting_time nor timestamps", "one of them"));
    };
    let (count, _) = hdf.size(&place, &stamps)?;
    if count != rows || stamps.ndim() != 1 {
        return Err(hdf.wrong(&place, format!("{count} times"), format!("{rows}, one for each sample")));
    }
    let step_s = step(hdf, &place, &stamps, rows)?;
    let mut runs = Runs { step_s, ..Runs::default() };
    let mut irregular = None;
    hdf.column(&place, &stamps, 0, (0, rows), &mut |times| {
        for &time_s in times.iter() {
            if !runs.take(time_s) {
                irregular.get_or_insert(time_s);
            }
        }
    })?;
    match irregular {
        Some(time_s) => Err(hdf.wrong(&place, format!("time {time_s} s"), "increasing times, even within each sweep")),
        None => runs.finish(hdf, &place),
    }
}

/// Sampling interval: the median of the first differences.
fn step(hdf: &Hdf, place: &str, stamps: &Dataset, rows: u64) -> Result<f64, ExchangeError> {
    let mut steps = Vec::new();
    hdf.column(place, stamps, 0, (0, rows.min(ROWS / 16)), &mut |times| {
        steps.extend(times.windows(2).map(|pair| pair[1] - pair[0]));
    })?;
    steps.sort_by(f64::total_cmp);
    let step_s = steps.get(steps.len() / 2).copied().filter(|step| step.is_finite() && *step > 0.0);
    step_s.ok_or_else(|| hdf.wrong(place, "times that do not increase", "the times of 2 samples or more"))
}

/// Stretches of times as they arrive.
#[derive(Default)]
struct Runs {
    step_s: f64,
    runs: Vec<Run>,
    last_s: f64,
    rows: u64,
    /// Longest stretch: rows and seconds, for the rate.
    longest: (u64, f64),
}

impl Runs {
    /// Takes the next time; `false` if it does not fit.
    fn take(&mut self, time_s: f64) -> bool {
        let apart = time_s - self.last_s;
        let follows = self.rows > 0 && apart < 1.5 * self.step_s;
        if !time_s.is_finite() || self.rows > 0 && apart <= 0.0 || follows && apart < 0.5 * self.step_s {
            return false;
        }
        if let Some(run) = self.runs.last_mut().filter(|_| follows) {
            run.rows += 1;
            if run.rows > self.longest.0 {
                self.longest = (run.rows, time_s - run.start_s);
            }
        } else if self.runs.len() < MOST_RUNS {
            self.runs.push(Run { first: self.rows, rows: 1, start_s: time_s });
        } else {
            return false;
        }
        self.last_s = time_s;
        self.rows += 1;
        true
    }

    fn finish(self, hdf: &Hdf, place: &str) -> Result<(f64, Vec<Run>), ExchangeError> {
        let (rows, seconds) = self.longest;
        let rate_hz = (rows as f64 - 1.0) / seconds;
        if rows < 2 || !rate_hz.is_finite() {
            return Err(hdf.wrong(place, "no two samples that follow one another", "a sampling rate"));
        }
        Ok((whole_hz(rate_hz, 1e-6), self.runs))
    }
}
