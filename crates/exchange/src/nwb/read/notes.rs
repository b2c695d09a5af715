//! What an NWB file says about its sweeps: trials, intracellular recordings,
//! annotations, named intervals.

use crate::nwb::read::hdf::{Hdf, text_of};
use crate::nwb::read::layout::{Layout, Place};
use crate::nwb::read::series::{Seen, Series};
use crate::sweeps::head::{SweepNote, Tag};
use hdf5_reader::Datatype;
use hdf5_reader::group::Group;

/// Rows of a table that are read.
const MOST: u64 = 1 << 20;

/// One row of the table of trials.
struct Trial {
    start_s: f64,
    stop_s: f64,
    stimulus_s: Option<f64>,
    words: [Option<String>; 3],
}

/// The notes of all sweeps.
pub(crate) fn of(hdf: &Hdf, series: &[Series], layout: &Layout) -> Vec<SweepNote> {
    let trials = trials(hdf);
    let recordings = recordings(hdf);
    let marks = stimulus_times(hdf);
    let near_s = 0.5 / layout.rate_hz;
    let mut from = 0;
    let note = |sweep: &Place| {
        let (start_s, end_s) = (sweep.start_s - near_s, sweep.start_s + sweep.rows as f64 / layout.rate_hz);
        while trials.get(from).is_some_and(|trial| trial.stop_s <= start_s) {
            from += 1;
        }
        let within: Vec<&Trial> = trials[from..].iter().take_while(|trial| trial.start_s + near_s < end_s).collect();
        let stimulus = |trial: &&Trial| trial.stimulus_s.filter(|time| (start_s..end_s).contains(time));
        let name = sweep.parts.first().map(|part| series[part.series].name().to_owned());
        let mut note = SweepNote { name, ..SweepNote::default() };
        note.stimulus_ms = within.iter().filter_map(stimulus).map(|time| (time - sweep.start_s) * 1e3).collect();
        if note.stimulus_ms.is_empty() {
            let from = marks.partition_point(|time| *time < start_s);
            let own = marks[from..].iter().take_while(|time| **time < end_s);
            note.stimulus_ms = own.map(|time| (time - sweep.start_s) * 1e3).collect();
        }
        let recording = || {
            let address = series[sweep.parts.first()?.series].address;
            recordings.iter().find(|(known, _)| *known == address).map(|(_, words)| words.clone())
        };
        let words = if let [trial] = within[..] { Some(trial.words.clone()) } else { recording() };
        if let Some([pathway, phase, condition]) = words {
            (note.pathway, note.phase, note.condition) = (pathway, phase, condition);
        }
        note
    };
    layout.sweeps.iter().map(note).collect()
}

/// Shortest interval of times that mark stimuli rather than samples, s.
const MARKS_S: f64 = 0.002;

/// Times of stimuli, s: of series below `/stimulus/presentation` whose times are
/// no sampling clock.
fn stimulus_times(hdf: &Hdf) -> Vec<f64> {
    let Some(home) = hdf.group("/stimulus/presentation") else { return Vec::new() };
    let (mut names, _) = home.member_names().unwrap_or_default();
    names.sort();
    let mut times = Vec::new();
    for group in names.iter().filter_map(|name| home.group(name).ok()) {
        let kind = text_of(&group, "neurodata_type").unwrap_or_default();
        if !kind.ends_with("Series") || kind == "AnnotationSeries" {
            continue;
        }
        let Some(own) = group.dataset("timestamps").ok().and_then(|stamps| hdf.numbers(&stamps, MOST)) else {
            continue;
        };
        let apart = own.windows(2).all(|pair| pair[1] - pair[0] >= MARKS_S);
        if apart && own.iter().all(|time| time.is_finite()) {
            times.extend(own);
        }
    }
    times.sort_by(f64::total_cmp);
    times
}

/// A row of [`columns`].
fn words(row: usize, columns: &[Option<Vec<String>>; 3]) -> [Option<String>; 3] {
    columns.each_ref().map(|column| column.as_ref().and_then(|column| column.get(row).cloned()))
}

/// The columns of a table that say something about a sweep.
fn columns(hdf: &Hdf, table: &Group) -> [Option<Vec<String>>; 3] {
    ["pathway", "phase", "condition"].map(|name| hdf.texts(&table.dataset(name).ok()?))
}

/// The trials in the order of their start.
fn trials(hdf: &Hdf) -> Vec<Trial> {
    let Some(table) = hdf.group("/intervals/trials") else { return Vec::new() };
    let numbers = |name: &str| table.dataset(name).ok().and_then(|column| hdf.numbers(&column, MOST));
    let (Some(starts), Some(stops)) = (numbers("start_time"), numbers("stop_time")) else { return Vec::new() };
    let names = ["stim_time", "stimulus_time", "stim_onset", "stimulus_onset", "stim_start_time"];
    let stimuli = names.into_iter().find_map(numbers);
    let columns = columns(hdf, &table);
    let trial = |(row, (start_s, stop_s)): (usize, (f64, f64))| Trial {
        start_s,
        stop_s,
        stimulus_s: stimuli.as_ref().and_then(|stimuli| stimuli.get(row).copied()),
        words: words(row, &columns),
    };
    let mut trials: Vec<Trial> = starts.into_iter().zip(stops).enumerate().map(trial).collect();
    trials.retain(|trial| trial.start_s.is_finite() && trial.stop_s.is_finite());
    trials.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    trials
}

/// Words of the table of intracellular recordings, by the address of the response.
fn recordings(hdf: &Hdf) -> Vec<(u64, [Option<String>; 3])> {
    let path = "/general/intracellular_ephys/intracellular_recordings";
    let Some(table) = hdf.group(path) else { return Vec::new() };
    let columns = columns(hdf, &table);
    let Some(responses) = hdf.dataset(&format!("{path}/responses/response")) else { return Vec::new() };
    let Datatype::Compound { fields, .. } = responses.dtype() else { return Vec::new() };
    let Some(field) = fields.iter().find(|field| field.name == "timeseries") else { return Vec::new() };
    let (Ok(size), Ok(count)) = (responses.raw_element_size(), responses.num_elements()) else { return Vec::new() };
    if count > MOST || size == 0 || hdf.within(path, &responses).is_err() {
        return Vec::new();
    }
    let Ok(raw) = responses.read_raw_bytes() else { return Vec::new() };
    let at = field.byte_offset as usize;
    let address = |element: &[u8]| {
        let bytes = element.get(at..at + 8)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    };
    let rows = raw.chunks_exact(size).enumerate();
    rows.filter_map(|(row, element)| Some((address(element)?, words(row, &columns)))).collect()
}

/// Annotations and named intervals, by time.
pub(crate) fn tags(hdf: &Hdf) -> Vec<Tag> {
    let mut tags = Vec::new();
    for path in ["/acquisition", "/processing", "/intervals", "/events", "/stimulus/presentation"] {
        if let Some(group) = hdf.group(path) {
            collect(hdf, &group, 0, &mut Seen::default(), &mut tags);
        }
    }
    tags.retain(|tag| tag.time_s.is_finite());
    tags.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    tags
}

fn collect(hdf: &Hdf, group: &Group, depth: usize, seen: &mut Seen, tags: &mut Vec<Tag>) {
    if depth > 4 || !seen.is_new(group) {
        return;
    }
    let times = |name: &str| hdf.numbers(&group.dataset(name).ok()?, MOST);
    let texts = |name: &str| hdf.texts(&group.dataset(name).ok()?);
    let kind = text_of(group, "neurodata_type").unwrap_or_default();
    let table = match kind.as_str() {
        "AnnotationSeries" => times("timestamps").zip(texts("data")),
        "TimeIntervals" => times("start_time").zip(texts("label").or_else(|| texts("tags"))),
        "EventsTable" => times("timestamp").zip(texts("annotation")),
        "DynamicTable" if group.name() == "annotations" => times("timestamp").zip(texts("text")),
        _ => None,
    };
    if let Some((times, texts)) = table {
        tags.extend(times.into_iter().zip(texts).map(|(time_s, text)| Tag { time_s, text }));
    }
    if kind.ends_with("Series") {
        return;
    }
    if let Ok((mut names, _)) = group.member_names() {
        names.sort();
        for child in names.iter().filter_map(|name| group.group(name).ok()) {
            collect(hdf, &child, depth + 1, seen, tags);
        }
    }
}
