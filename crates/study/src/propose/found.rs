//! What the recordings of one slice say of themselves: channels, stimuli, induction.

use crate::median::median;
use crate::propose::names::Guess;
use crate::recordings::sweeps::{self, Settings, Source};
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
    pub channel: String,
    /// Times of the stimuli in a test sweep, ms.
    pub stimuli_ms: Vec<f64>,
    /// Minutes before and after the induction.
    pub minutes: [f64; 2],
    /// Pathways that the files name, the tetanised one first.
    pub pathways: Vec<String>,
    /// Why the files cannot be read together.
    pub unreadable: Option<String>,
}

/// Opens the files of a slice; what cannot be read is kept as a remark.
pub(super) fn look(guess: Guess, files: Vec<PathBuf>) -> Found {
    let mut found = Found {
        guess,
        induction: None,
        drug_on_s: None,
        channel: String::new(),
        stimuli_ms: Vec::new(),
        minutes: [0.0, 0.0],
        pathways: Vec::new(),
        unreadable: None,
        files,
    };
    let settings = Settings::default();
    let (mut remark, mut first) = (None, None);
    if let Some(path) = found.files.first() {
        match Source::open(path, &settings) {
            Ok(source) => first = Some(source),
            Err(reason) => remark = Some(reason.to_string()),
        }
    }
    if let Some(source) = &first {
        let all: Vec<String> =
            source.file.channels().iter().map(|channel| format!("{} ({})", channel.name, channel.unit)).collect();
        found.channel = all.join(", ");
        match sweeps::read(&found.files, &settings) {
            Ok(read) => {
                found.stimuli_ms = usual_stimuli(&read.sweeps);
                found.induction = induction(&read.sweeps, &read.tags);
                found.pathways = pathways(&read.sweeps);
                found.drug_on_s = tagged(&read.tags, &DRUG_WORDS);
                let last = read.sweeps.last().map_or(0.0, |sweep| sweep.start_s);
                let zero = found.induction.map_or(last, |(at, _)| at);
                found.minutes = [zero / 60.0, (last - zero) / 60.0];
            }
            Err(reason) => remark = Some(reason.to_string()),
        }
    }
    found.unreadable = remark;
    found
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
