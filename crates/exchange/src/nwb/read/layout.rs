//! Series to channels and sweeps.
//!
//! A channel is what one electrode (or one column) gives in one unit. Series of
//! one electrode, or whose names differ by a number only (`sweep_1`, `sweep_2`),
//! are stretches of one channel; if such series overlap in time they are channels
//! of their own. Stretches that begin together and are of one length are one sweep.

use crate::heading;
use crate::nwb::read::series::{Run, Series};
use crate::sweeps::head::TraceChannel;
use std::collections::{BTreeMap, BTreeSet};

/// Sweeps with the same start that are looked at for a free place.
const LOOK_BACK: usize = 64;

/// A stretch of a series as part of a sweep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// Channel of its first column; the others follow.
    pub channel: usize,
    /// The series.
    pub series: usize,
    /// Its stretch.
    pub run: Run,
}

/// One sweep.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub start_s: f64,
    pub rows: u64,
    pub parts: Vec<Part>,
}

/// Channels and sweeps.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub rate_hz: f64,
    pub channels: Vec<TraceChannel>,
    pub holding: Vec<Option<f64>>,
    pub sweeps: Vec<Place>,
}

impl Layout {
    /// The layout of the series at the rate of most samples; others are remarked upon.
    pub fn of(series: &[Series], remarks: &mut Vec<String>) -> Self {
        let mut layout = Self { rate_hz: rate(series), ..Self::default() };
        let chosen: Vec<usize> = (0..series.len())
            .filter(|&place| {
                let known = same(series[place].rate_hz, layout.rate_hz);
                if !known {
                    let (path, rate_hz) = (&series[place].path, series[place].rate_hz);
                    remarks.push(format!("{path} is sampled at {rate_hz} Hz: not among the sweeps"));
                }
                known
            })
            .collect();
        let names = names(series, &chosen, layout.rate_hz);
        let (sent, chosen_apart) = sent(series, &chosen, &names);
        let mut known = BTreeMap::new();
        let mut parts = Vec::new();
        for (&place, name) in chosen.iter().zip(names) {
            let one = &series[place];
            // A second series of an electrode at the same time is a channel of its own.
            let second = chosen_apart.contains(&place);
            let (name, stimulus) = match second {
                true if sent => (format!("{name} command"), true),
                true => (format!("{name} second"), false),
                false => (name, false),
            };
            let key = (name.clone(), one.unit.clone(), one.factors.len());
            let channel = *known.entry(key).or_insert_with(|| layout.add(one, &name));
            if stimulus {
                layout.channels[channel..].iter_mut().for_each(|channel| channel.stimulus = true);
            }
            parts.extend(one.runs.iter().map(|&run| Part { channel, series: place, run }));
        }
        layout.arrange(parts);
        layout
    }

    /// Adds the channels of a series and gives the first.
    fn add(&mut self, series: &Series, name: &str) -> usize {
        let first = self.channels.len();
        let unit = heading::unit(&series.unit).unwrap_or(match series.unit.as_str() {
            "" | "unknown" | "n/a" => "?",
            other => other,
        });
        let columns = series.factors.len();
        for column in 0..columns {
            let name = if columns == 1 { name.to_owned() } else { format!("{name}[{column}]") };
            self.channels.push(TraceChannel { name, unit: unit.to_owned(), stimulus: false });
            self.holding.push(series.holding);
        }
        first
    }

    /// Adds the series from `first` on, which were sent and not recorded, to the
    /// sweeps that they coincide with; those that coincide with none are remarked upon.
    pub fn join(&mut self, series: &[Series], first: usize, remarks: &mut Vec<String>) {
        let near_s = 0.5 / self.rate_hz;
        let mut known: BTreeMap<(String, String, usize), usize> = BTreeMap::new();
        for (place, one) in series.iter().enumerate().skip(first) {
            let fitting: Vec<(usize, Run)> = match same(one.rate_hz, self.rate_hz) {
                true => one.runs.iter().filter_map(|run| Some((self.sweep_of(run, near_s)?, *run))).collect(),
                false => Vec::new(),
            };
            if fitting.is_empty() {
                remarks.push(format!("{} coincides with no sweep: not among the channels", one.path));
                continue;
            }
            let name = one.electrode.clone().unwrap_or_else(|| stem(one.name()).to_owned());
            let mut key = (name.clone(), one.unit.clone(), one.factors.len());
            let taken = |channel: usize| {
                let has = |(sweep, _): &(usize, Run)| self.sweeps[*sweep].parts.iter().any(|p| p.channel == channel);
                fitting.iter().any(has)
            };
            if known.get(&key).is_some_and(|channel| taken(*channel)) {
                one.name().clone_into(&mut key.0);
            }
            let name = key.0.clone();
            let channel = match known.get(&key) {
                Some(channel) if !taken(*channel) => *channel,
                Some(_) => continue,
                None => {
                    let channel = self.add(one, &name);
                    self.channels[channel..].iter_mut().for_each(|channel| channel.stimulus = true);
                    known.insert(key, channel);
                    channel
                }
            };
            for (sweep, run) in fitting {
                self.sweeps[sweep].parts.push(Part { channel, series: place, run });
            }
        }
    }

    /// The sweep that begins with a stretch and is as long.
    fn sweep_of(&self, run: &Run, near_s: f64) -> Option<usize> {
        let from = self.sweeps.partition_point(|sweep| sweep.start_s < run.start_s - near_s);
        let near = self.sweeps[from..].iter().take_while(|sweep| sweep.start_s <= run.start_s + near_s);
        near.take(LOOK_BACK).position(|sweep| sweep.rows == run.rows).map(|place| from + place)
    }

    fn arrange(&mut self, mut parts: Vec<Part>) {
        let order = |a: &Part, b: &Part| a.run.start_s.total_cmp(&b.run.start_s).then(a.series.cmp(&b.series));
        parts.sort_by(order);
        let near_s = 0.5 / self.rate_hz;
        for part in parts {
            let fits = |place: &Place| {
                place.rows == part.run.rows && place.parts.iter().all(|taken| taken.channel != part.channel)
            };
            let begins = |place: &&mut Place| part.run.start_s - place.start_s <= near_s;
            let free =
                self.sweeps.iter_mut().rev().take(LOOK_BACK).take_while(begins).filter(|place| fits(place)).last();
            match free {
                Some(place) => place.parts.push(part),
                None => {
                    let Run { start_s, rows, .. } = part.run;
                    self.sweeps.push(Place { start_s, rows, parts: vec![part] });
                }
            }
        }
    }
}

/// Series that lie over another one of their electrode, unit and width: the later in
/// order of each pair; and whether they are commands.
fn sent(series: &[Series], chosen: &[usize], names: &[String]) -> (bool, BTreeSet<usize>) {
    let mut taken: BTreeSet<(&str, &str, usize, u64)> = BTreeSet::new();
    let mut second = BTreeSet::new();
    for (&place, name) in chosen.iter().zip(names) {
        let one = &series[place];
        let at = |run: &Run| (name.as_str(), one.unit.as_str(), one.factors.len(), run.start_s.to_bits());
        if one.electrode.is_some() && one.runs.iter().any(|run| taken.contains(&at(run))) {
            second.insert(place);
        } else {
            taken.extend(one.runs.iter().map(at));
        }
    }
    (second.iter().all(|&place| series[place].is_steps), second)
}

/// The rate at which most samples were taken; 0 without any.
fn rate(series: &[Series]) -> f64 {
    let samples = |rate_hz: f64| -> u64 {
        let rows = |one: &Series| one.runs.iter().map(|run| run.rows).sum::<u64>();
        series.iter().filter(|one| same(one.rate_hz, rate_hz)).map(|one| rows(one) * one.factors.len() as u64).sum()
    };
    let rates: BTreeSet<u64> = series.iter().map(|one| one.rate_hz.to_bits()).collect();
    let rates = rates.into_iter().map(f64::from_bits);
    rates.max_by_key(|&rate_hz| samples(rate_hz)).unwrap_or(0.0)
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs()
}

/// Names of the channels of the chosen series.
fn names(series: &[Series], chosen: &[usize], rate_hz: f64) -> Vec<String> {
    let mut spans: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for one in chosen.iter().map(|&place| &series[place]).filter(|one| one.electrode.is_none()) {
        let span = |run: &Run| (run.start_s, run.start_s + (run.rows as f64 - 0.5) / rate_hz);
        spans.entry((stem(one.name()), &one.unit)).or_default().extend(one.runs.iter().map(span));
    }
    let overlapping: BTreeSet<(&str, &str)> = spans
        .iter_mut()
        .filter_map(|(key, spans)| {
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            spans.windows(2).any(|pair| pair[1].0 < pair[0].1).then_some(*key)
        })
        .collect();
    let name = |&place: &usize| {
        let one = &series[place];
        match &one.electrode {
            Some(electrode) => electrode.clone(),
            None if overlapping.contains(&(stem(one.name()), one.unit.as_str())) => one.name().to_owned(),
            None => stem(one.name()).to_owned(),
        }
    };
    chosen.iter().map(name).collect()
}

/// A name without the number at its end; whole if it is nothing but a number.
fn stem(name: &str) -> &str {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['_', '-', ' ', '.']);
    if stem.is_empty() { name } else { stem }
}
