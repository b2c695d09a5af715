//! Waves as sweeps.
//!
//! Acquisition in Igor writes a wave for each sweep and channel and numbers them:
//! `RecordA0, RecordB0, RecordA1 …` of NeuroMatic are two channels. Waves of the same
//! name but for the number at its end are sweeps of one channel; those of the same
//! number belong together. The columns of a wave of two dimensions are sweeps, or
//! channels if their labels are different names.

use crate::binary::rate::{Rated, back_to_back, most_common};
use crate::binary::source::Source;
use crate::binary::strided::{Stretch, Strided, StridedSweep};
use crate::binary::text::label;
use crate::date;
use crate::error::exchange::ExchangeError;
use crate::heading::{seconds, unit};
use crate::igor::wave::Wave;
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use std::collections::BTreeMap;
use std::path::Path;

/// Most channels.
const CHANNELS: usize = 256;
/// Seconds from 1904, from which Igor counts, to 1970.
const EPOCH_S: f64 = 2_082_844_800.0;

/// What waves may not say, said by the user.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// Unit of the numbers.
    pub unit: Option<String>,
    /// Unit of the rows, s.
    pub row_unit_s: Option<f64>,
    /// Sampling rate, Hz.
    pub rate_hz: Option<f64>,
    /// From the start of a sweep to that of the next, s.
    pub interval_s: Option<f64>,
}

/// One trace of a wave: the channel by name, the number of the sweep.
struct Trace {
    channel: String,
    unit: String,
    number: u64,
    rate_hz: f64,
    points: u64,
    created: u32,
    name: String,
    stretch: Stretch,
}

/// The head and the sweeps of waves; `others` is how many cannot be sweeps.
pub(crate) fn of(
    path: &Path,
    source: Source,
    (waves, others): (Vec<Wave>, usize),
    (format, version): (&'static str, String),
    said: &Said,
) -> Result<(Head, Strided), ExchangeError> {
    let wrong = |found, expected| ExchangeError::Kind { path: path.to_owned(), found, expected };
    let (mut remarks, mut left_out) = (Vec::new(), Vec::new());
    if others > 0 {
        left_out.push(format!("{others} waves are left out: texts, complex numbers, or more than two dimensions"));
    }
    if waves.is_empty() {
        return Err(wrong("no wave of real numbers", "sweeps as waves of one or two dimensions"));
    }
    let waves = of_one_folder(waves, &mut left_out);
    let all = waves.len();
    let timed: Vec<(Wave, f64)> =
        waves.into_iter().filter_map(|wave| rate_hz(&wave, said).map(|rate_hz| (wave, rate_hz))).collect();
    if timed.is_empty() {
        return Err(untimed(path));
    }
    if timed.len() < all {
        left_out.push(format!("{} waves are left out: their rows have no unit of time", all - timed.len()));
    }
    let mut traces = Vec::new();
    for (wave, rate_hz) in timed {
        traces.extend(traces_of(wave, rate_hz, &mut remarks));
    }
    let (channels, sweeps) = together(traces);
    if channels.len() > CHANNELS {
        return Err(wrong(
            "waves of more than 256 different names",
            "sweeps as waves with a number at the end of their name",
        ));
    }
    let Some((rate_hz, mut sweeps, other)) = most_common(sweeps) else {
        return Err(wrong("waves without samples", "sweeps as waves of one or two dimensions"));
    };
    left_out.extend(other);
    let started = begin(&mut sweeps, rate_hz, said, &mut remarks);
    let channels = channels.into_iter().map(|(name, unit)| channel(name, &unit, said)).collect();
    let head = Head {
        format,
        version,
        creator: String::from("Igor Pro"),
        started,
        channels,
        rate_hz,
        remarks,
        left_out,
        ..Head::default()
    };
    let strided = Strided::new(path, source, sweeps).map_err(|problem| ExchangeError::problem(path, problem))?;
    Ok((head, strided))
}

/// Rows of all waves without a unit of time.
fn untimed(path: &Path) -> ExchangeError {
    let remedy = "its unit of time (Igor: SetScale/P x 0,0.05,\"ms\",wave), the unit, or the rate in Hz";
    ExchangeError::Unstated { path: path.to_owned(), what: "the unit of the rows of the waves", remedy }
}

fn channel(name: String, own: &str, said: &Said) -> TraceChannel {
    let own = Some(own).filter(|own| !own.is_empty());
    let unit = own.map(|own| unit(own).unwrap_or(own).to_owned()).or_else(|| said.unit.clone());
    TraceChannel { name: label(&name), unit: unit.unwrap_or_else(|| String::from("?")), stimulus: false }
}

/// The waves of the data folder that holds most samples.
fn of_one_folder(waves: Vec<Wave>, left_out: &mut Vec<String>) -> Vec<Wave> {
    let mut folders: BTreeMap<String, u64> = BTreeMap::new();
    for wave in &waves {
        let points = folders.entry(wave.folder.clone()).or_default();
        *points = points.saturating_add(wave.rows.saturating_mul(wave.columns));
    }
    let most = folders.values().max().copied().unwrap_or_default();
    let Some(chosen) = folders.iter().find(|(_, points)| **points == most).map(|(folder, _)| folder.clone()) else {
        return waves;
    };
    if folders.len() > 1 {
        let name = if chosen.is_empty() { "root" } else { &chosen };
        left_out.push(format!("of {} data folders the one with most samples is read: {name}", folders.len()));
    }
    waves.into_iter().filter(|wave| wave.folder == chosen).collect()
}

/// Sampling rate, Hz; what is stated counts where the wave says nothing.
fn rate_hz(wave: &Wave, said: &Said) -> Option<f64> {
    let own = unit(&wave.x_unit).and_then(seconds);
    let unit_s = own.or_else(|| said.row_unit_s.filter(|_| wave.x_unit.is_empty()));
    let rate_hz = match unit_s {
        Some(unit_s) => 1.0 / (wave.step * unit_s),
        None if wave.x_unit.is_empty() => said.rate_hz?,
        None => return None,
    };
    (rate_hz.is_finite() && rate_hz > 0.0).then_some(rate_hz)
}

/// Name and number at its end; 0 without one.
fn numbered(name: &str) -> (&str, u64) {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match name[stem.len()..].parse() {
        Ok(number) if !stem.is_empty() => (stem.trim_end_matches('_'), number),
        _ => (name, 0),
    }
}

/// The traces of a wave: itself, or its columns.
fn traces_of(wave: Wave, rate_hz: f64, remarks: &mut Vec<String>) -> Vec<Trace> {
    let (stem, number) = numbered(&wave.name);
    let labels: Vec<&str> = wave.labels.iter().map(|label| numbered(label).0).collect();
    let mut different = labels.clone();
    different.sort_unstable();
    different.dedup();
    let named = wave.columns > 1
        && labels.len() as u64 == wave.columns
        && different.len() == labels.len()
        && labels.iter().all(|label| !label.is_empty());
    if wave.columns > 1 {
        let what = if named { "channels" } else { "sweeps" };
        remarks.push(format!("the {} columns of the wave {} are read as {what}", wave.columns, wave.name));
    }
    let trace = |column: u64| {
        let behind = column.saturating_mul(wave.rows).saturating_mul(wave.data.stride);
        let label = usize::try_from(column).ok().and_then(|column| wave.labels.get(column)).cloned();
        Trace {
            channel: label.clone().filter(|_| named).unwrap_or_else(|| stem.to_owned()),
            unit: wave.unit.clone(),
            number: if named || wave.columns == 1 { number } else { column },
            rate_hz,
            points: wave.rows,
            created: if named || wave.columns == 1 { wave.created } else { 0 },
            name: label.filter(|label| !named && !label.is_empty()).unwrap_or_else(|| wave.name.clone()),
            stretch: Stretch { offset: wave.data.offset.saturating_add(behind), ..wave.data },
        }
    };
    // A wave without samples has no column that would bound their number.
    (0..if wave.rows == 0 { 0 } else { wave.columns }).map(trace).collect()
}

type Channels = Vec<(String, String)>;

/// Traces of the same number, length and rate are one sweep; channels by name. The
/// start of a sweep is when it was made, s since 1904, 0 if not known.
fn together(traces: Vec<Trace>) -> (Channels, Vec<Rated>) {
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut channels = Vec::new();
    let mut sweeps: BTreeMap<(u64, u64, u64), Rated> = BTreeMap::new();
    for trace in traces {
        let key = (trace.channel, trace.unit);
        let place = *places.entry(key.clone()).or_insert(channels.len());
        if place == channels.len() {
            channels.push(key);
        }
        if place >= CHANNELS {
            continue;
        }
        let rated = sweeps.entry((trace.number, trace.points, trace.rate_hz.to_bits())).or_insert_with(|| Rated {
            rate_hz: trace.rate_hz,
            sweep: StridedSweep {
                start_s: f64::from(trace.created),
                points: trace.points,
                note: SweepNote { name: Some(trace.name), ..SweepNote::default() },
                traces: Vec::new(),
            },
        });
        if rated.sweep.traces.len() <= place {
            rated.sweep.traces.resize(place + 1, None);
        }
        rated.sweep.traces[place] = Some(trace.stretch);
    }
    let known = channels.len().min(CHANNELS);
    for rated in sweeps.values_mut() {
        rated.sweep.traces.resize(known, None);
    }
    (channels, sweeps.into_values().collect())
}

/// Starts of the sweeps after the first, by the clock if it grows from sweep to
/// sweep; gives when the first began.
fn begin(sweeps: &mut [StridedSweep], rate_hz: f64, said: &Said, remarks: &mut Vec<String>) -> Option<String> {
    let first = sweeps.first().map_or(0.0, |sweep| sweep.start_s);
    let grows = first > 0.0 && sweeps.windows(2).all(|pair| pair[1].start_s > pair[0].start_s);
    if grows && sweeps.len() > 1 && said.interval_s.is_none() {
        sweeps.iter_mut().for_each(|sweep| sweep.start_s -= first);
        remarks.push(String::from(
            "a wave knows the second in which it was made, which is taken as the start of its sweep",
        ));
    } else {
        remarks.extend(back_to_back(sweeps, rate_hz, said.interval_s));
    }
    (first > 0.0).then(|| date::of_seconds(first - EPOCH_S)).flatten()
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn names_end_in_the_number_of_the_sweep() {
        assert_eq!(numbered("RecordA12"), ("RecordA", 12));
        assert_eq!(numbered("ad0_3"), ("ad0", 3));
        assert_eq!(numbered("wave"), ("wave", 0));
        assert_eq!(numbered("12"), ("12", 0));
        assert_eq!(numbered("x99999999999999999999999"), ("x99999999999999999999999", 0));
    }
}
