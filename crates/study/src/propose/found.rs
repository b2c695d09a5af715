//! What the recordings of one slice say of themselves: channels, stimuli, induction.

use crate::file::file::{ChannelChoice, RecordingPart};
use crate::median::median;
use crate::propose::channel::with_responses;
use crate::propose::names;
use crate::propose::names::Guess;
use crate::propose::turns::{Turns, turns};
use crate::recordings::sweeps::{self, Settings, SliceSweeps, Source};
use exchange::TraceFile;
use recording::{Phase, Sweep};
use std::path::PathBuf;

/// Words of a tag that mean an induction.
const INDUCTION_WORDS: [&str; 9] = ["hfs", "tbs", "lfs", "tetan", "induc", "theta", "100hz", "100 hz", "train"];
/// Words of a tag that mean a drug.
const DRUG_WORDS: [&str; 6] = ["drug", "wash", "µm", "um ", "nm ", "apv"];
/// A pause of this many usual intervals may be the induction.
const PAUSE: f64 = 1.5;

/// What was found of one slice.
pub(super) struct Found {
    /// Its files, in order.
    pub files: Vec<PathBuf>,
    /// What their names seem to say.
    pub guess: Guess,
    /// Start of the induction, s, and what it was seen by.
    pub induction: Option<(f64, &'static str)>,
    /// Start of the drug, s, if a tag says so.
    pub drug_on_s: Option<f64>,
    /// Names and units of the channels.
    pub channels: String,
    /// The channel with the responses.
    pub channel: usize,
    /// Whether responses were seen in it.
    pub responds: bool,
    /// Why the files were put together, if not by their names.
    pub together: Option<&'static str>,
    /// Times of the stimuli in a test sweep, ms.
    pub stimuli_ms: Vec<f64>,
    /// Stimuli of each file where they differ, with the name of the file.
    pub stimuli_of_files: Vec<(String, Vec<f64>)>,
    /// Two pathways that take turns.
    pub turns: Option<Turns>,
    /// Begin of the last stretch without a pause, min after the induction.
    pub last_stretch_min: f64,
    /// Minutes before and after the induction.
    pub minutes: [f64; 2],
    /// Pathways that the files name, the tetanised one first.
    pub pathways: Vec<String>,
    /// Why the files cannot be read together.
    pub unreadable: Option<String>,
}

/// Opens the files of a slice; what cannot be read is kept as a remark.
pub(super) fn look(guess: Guess, files: Vec<PathBuf>, together: Option<&'static str>) -> Found {
    let mut found = Found {
        guess,
        induction: None,
        drug_on_s: None,
        channels: String::new(),
        channel: 0,
        responds: false,
        together,
        stimuli_ms: Vec::new(),
        stimuli_of_files: Vec::new(),
        turns: None,
        last_stretch_min: 0.0,
        minutes: [0.0, 0.0],
        pathways: Vec::new(),
        unreadable: None,
        files,
    };
    let mut remark = None;
    let first = found.files.first().map(|path| TraceFile::open(path));
    if let Some(Err(reason)) = &first {
        remark = Some(reason.to_string());
    }
    if let Some(Ok(file)) = &first {
        // The channel is looked for in the file that has test sweeps.
        let seen = with_responses(file).ok().flatten();
        found.responds = seen.is_some();
        found.channel = seen.unwrap_or(0);
        let all: Vec<String> =
            file.channels().iter().map(|channel| format!("{} ({})", channel.name, channel.unit)).collect();
        found.channels = all.join(", ");
        let part = RecordingPart { channel: Some(ChannelChoice::Place(found.channel)), ..RecordingPart::default() };
        let settings = Settings::new(&part, &RecordingPart::default());
        match sweeps::read(&found.files, &settings) {
            Ok(read) => {
                found.stimuli_ms = usual_stimuli(&read.sweeps);
                found.stimuli_of_files = differing(&found.files, &settings, &read);
                found.induction =
                    named_induction(&found.files, &settings, &read).or_else(|| induction(&read.sweeps, &read.tags));
                let at = found.induction.map(|(at, _)| at);
                found.turns = if pathways(&read.sweeps).len() > 1 { None } else { turns(&read.sweeps, at) };
                found.pathways = pathways(&read.sweeps);
                found.drug_on_s = tagged(&read.tags, &DRUG_WORDS);
                let last = read.sweeps.last().map_or(0.0, |sweep| sweep.start_s);
                let zero = found.induction.map_or(last, |(at, _)| at);
                found.minutes = [zero / 60.0, (last - zero) / 60.0];
                found.last_stretch_min = (last_stretch_s(&read.sweeps) - zero) / 60.0;
            }
            Err(reason) => remark = Some(reason.to_string()),
        }
    }
    found.unreadable = remark;
    found
}

/// A pause of this many usual intervals ends a stretch.
const STRETCH: f64 = 6.0;

/// Start of the last sweeps without a pause between them, s.
fn last_stretch_s(sweeps: &[Sweep]) -> f64 {
    let steps: Vec<f64> = sweeps.windows(2).map(|pair| pair[1].start_s - pair[0].start_s).collect();
    let usual = median(&steps).unwrap_or(0.0);
    let pause = steps.iter().rposition(|step| *step > STRETCH * usual);
    sweeps.get(pause.map_or(0, |pause| pause + 1)).map_or(0.0, |sweep| sweep.start_s)
}

/// How far stimuli of two files may lie apart and still be one time, ms.
const SAME_MS: f64 = 0.3;

/// Stimuli of each file with test sweeps, if they are not the same in all.
fn differing(files: &[PathBuf], settings: &Settings, read: &SliceSweeps) -> Vec<(String, Vec<f64>)> {
    let test = || read.sweeps.iter().filter(|sweep| sweep.phase != Phase::Induction);
    let same = |one: &[f64], other: &[f64]| {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() <= SAME_MS)
    };
    let usual = usual_stimuli(&read.sweeps);
    if files.len() < 2 || test().all(|sweep| same(&sweep.stimulus_ms, &usual)) {
        return Vec::new();
    }
    let of_file = |path: &PathBuf| {
        let own = sweeps::read(std::slice::from_ref(path), settings).ok()?;
        let stimuli = usual_stimuli(&own.sweeps);
        let name = path.file_name()?.to_string_lossy().into_owned();
        (!stimuli.is_empty()).then_some((name, stimuli))
    };
    files.iter().filter_map(of_file).collect()
}

/// Start of a file whose name says that it holds the induction, between others.
fn named_induction(files: &[PathBuf], settings: &Settings, read: &SliceSweeps) -> Option<(f64, &'static str)> {
    let place = files.iter().position(|path| names::is_induction(path)).filter(|place| *place > 0)?;
    if read.sweeps.iter().any(|sweep| sweep.phase == Phase::Induction) {
        return None;
    }
    let before: usize =
        files[..place].iter().map(|path| Source::open(path, settings).map_or(0, |s| s.file.sweep_count())).sum();
    read.sweeps.get(before).map(|sweep| (sweep.start_s, "the name of its file"))
}

fn usual_stimuli(sweeps: &[Sweep]) -> Vec<f64> {
    let test = sweeps.iter().find(|sweep| sweep.phase != Phase::Induction);
    test.map_or_else(Vec::new, |sweep| sweep.stimulus_ms.clone())
}

/// Pathways of the sweeps: that of a train first, the others as they come.
fn pathways(sweeps: &[Sweep]) -> Vec<String> {
    let trains = sweeps.iter().filter(|sweep| sweep.phase == Phase::Induction);
    let mut names: Vec<String> = Vec::new();
    for sweep in trains.chain(sweeps) {
        if !names.contains(&sweep.pathway) {
            names.push(sweep.pathway.clone());
        }
    }
    names
}

fn tagged(tags: &[(f64, String)], words: &[&str]) -> Option<f64> {
    tags.iter().find(|(_, text)| words.iter().any(|word| text.to_lowercase().contains(word))).map(|(time, _)| *time)
}

/// Start of the induction, s, and what it was seen by.
fn induction(sweeps: &[Sweep], tags: &[(f64, String)]) -> Option<(f64, &'static str)> {
    if let Some(train) = sweeps.iter().find(|sweep| sweep.phase == Phase::Induction) {
        return Some((train.start_s, "a train of stimuli"));
    }
    if let Some(time) = tagged(tags, &INDUCTION_WORDS) {
        return Some((time, "a tag"));
    }
    let steps: Vec<f64> = sweeps.windows(2).map(|pair| pair[1].start_s - pair[0].start_s).collect();
    let usual = median(&steps)?;
    let (at, longest) = steps.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (longest > PAUSE * usual && steps.len() > 10).then(|| (sweeps[at].start_s + usual, "the longest pause"))
}
