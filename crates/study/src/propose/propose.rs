//! A proposal for a study file from what a folder holds: channels, units, stimuli,
//! induction from trains, tags and gaps; condition, animal and slice guessed from
//! names and marked for review. Nothing is written.

use crate::propose::names;
use crate::propose::tables;
use results::Entry;

use crate::error::StudyError;
use crate::file::files;
use crate::propose::names::Guess;
use crate::propose::tables::FoundTable;
use crate::recordings::sweeps;
use crate::recordings::sweeps::{Settings, Source};
use exchange::TraceFile;
use recording::{Phase, Sweep};
#[cfg(test)]
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Words of a tag that mean an induction.
const INDUCTION_WORDS: [&str; 9] = ["hfs", "tbs", "lfs", "tetan", "induc", "theta", "100hz", "100 hz", "train"];
/// Words of a tag that mean a drug.
const DRUG_WORDS: [&str; 6] = ["drug", "wash", "µm", "um ", "nm ", "apv"];
/// A pause of this many usual intervals may be the induction.
const PAUSE: f64 = 1.5;
/// Depth of folders that are searched.
const DEPTH: usize = 3;

/// What was found of one slice.
struct Found {
    files: Vec<PathBuf>,
    guess: Guess,
    induction: Option<(f64, &'static str)>,
    drug_on_s: Option<f64>,
    channel: String,
    stimuli_ms: Vec<f64>,
    minutes: [f64; 2],
    /// Pathways that the files name, the tetanised one first.
    pathways: Vec<String>,
    unreadable: Option<String>,
}

/// Proposes the text of a study file for a folder.
///
/// # Errors
/// [`StudyError::NoRecordings`] if there is none; [`StudyError::Unreadable`] for
/// the folder itself.
pub fn propose(folder: &Path) -> Result<String, StudyError> {
    let mut files = Vec::new();
    collect(folder, DEPTH, &mut files)?;
    files.sort_by_cached_key(|path| files::natural(&path.to_string_lossy()));
    // Averages repeat what the sweeps beside them hold.
    if files.iter().any(|path| files::is_winltp_sweep(path)) {
        files.retain(|path| !is_winltp_average(path));
    }
    let (mut recordings, mut tables) = (Vec::new(), Vec::new());
    let mut faulty: Vec<String> = Vec::new();
    for path in files {
        match TraceFile::open(&path) {
            Ok(file) if file.sweep_count() > 0 => recordings.push(path),
            Ok(_) => {}
            Err(reason) => match FoundTable::open(&path) {
                Some(table) => tables.push(table),
                None if looks_like_recording(&path) => faulty.push(reason.to_string()),
                None => {}
            },
        }
    }
    if recordings.is_empty() && tables.is_empty() {
        return Err(StudyError::NoRecordings(folder.to_owned()));
    }
    let slices: Vec<Found> =
        grouped(folder, &recordings).into_iter().map(|(guess, files)| look(guess, files)).collect();
    Ok(text(folder, &slices, &tables, &faulty))
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), StudyError> {
    let unreadable = |source| StudyError::Unreadable { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || Entry::Manifest.within(&path).exists() {
            continue;
        }
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, files)?;
            }
        } else if looks_like_recording(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Endings that recordings have; WinLTP numbers its files (`.P0`, `.T12`).
fn looks_like_recording(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let winltp = ending.trim_start_matches('a').strip_prefix(['p', 't']);
    ["abf", "nwb", "csv", "tsv", "parquet"].contains(&ending.as_str())
        || winltp.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
}

/// Whether the ending is that of a WinLTP average (`.AP0`).
fn is_winltp_average(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    ending.strip_prefix('a').is_some_and(|rest| files::is_winltp_sweep(&path.with_extension(rest)))
}

/// Recordings by slice, in the order of their first file.
fn grouped(folder: &Path, recordings: &[PathBuf]) -> Vec<(Guess, Vec<PathBuf>)> {
    let mut slices: Vec<(Guess, Vec<PathBuf>)> = Vec::new();
    for path in recordings {
        let guess = names::guess(path.strip_prefix(folder).unwrap_or(path), slices.len());
        // WinLTP writes a file for each sweep: those that differ by their number belong together.
        let series = files::is_winltp_sweep(path).then(|| files::winltp_series(path));
        let belongs = |known: &Guess, first: &Path| match &series {
            Some(series) => files::is_winltp_sweep(first) && files::winltp_series(first) == *series,
            None => known.same_slice(&guess),
        };
        match slices.iter_mut().find(|(known, files)| files.first().is_some_and(|first| belongs(known, first))) {
            Some((_, files)) => files.push(path.clone()),
            None => slices.push((guess, vec![path.clone()])),
        }
    }
    slices
}

fn look(guess: Guess, files: Vec<PathBuf>) -> Found {
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
    let usual = crate::carry_out::manifest::median(&steps)?;
    let (at, longest) = steps.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (longest > PAUSE * usual && steps.len() > 10).then(|| (sweeps[at].start_s + usual, "the longest pause"))
}

pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(crate) fn relative(folder: &Path, path: &Path) -> String {
    quoted(&path.strip_prefix(folder).unwrap_or(path).display().to_string().replace('\\', "/"))
}

/// The study file. Writing into a `String` cannot fail.
fn text(folder: &Path, slices: &[Found], tables: &[FoundTable], faulty: &[String]) -> String {
    let mut page = String::new();
    let name: String = folder
        .canonicalize()
        .ok()
        .and_then(|p| p.file_name().map(|n| n.to_string_lossy().into_owned()))
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    let _ = writeln!(page, "# Proposed from the content of the folder. Lines marked \"review\" are guesses.");
    let _ = writeln!(
        page,
        "format = 1\nname   = {}\ntitle  = \"\"            # review\n",
        quoted(if name.is_empty() { "study" } else { name })
    );
    let _ = writeln!(page, "[preparation]\n# species = \"rat\"\n# age = \"P42\"\n# temperature = \"32 degC\"\n");
    for reason in faulty {
        let _ = writeln!(page, "# not read: {}", reason.replace('\n', " "));
    }
    write_recording(&mut page, slices);
    let _ = writeln!(page, "[protocol]\ninduction = \"induction\"      # review, e.g. \"hfs-1x100\"\n");
    write_analysis(&mut page, slices, tables);
    let of_slices = slices.iter().map(|slice| slice.guess.condition.clone());
    let mut conditions = tables::once(of_slices.chain(tables.iter().flat_map(FoundTable::conditions)));
    // A control, if there is one, comes first and so becomes the reference.
    conditions.sort_by_key(|name| !names::is_control(name));
    for condition in &conditions {
        let _ = writeln!(page, "[[condition]]\nname = {}      # review\n", quoted(condition));
    }
    for slice in slices {
        write_slice(&mut page, folder, slice);
    }
    for table in tables {
        tables::write(&mut page, folder, table);
    }
    page
}

fn write_recording(page: &mut String, slices: &[Found]) {
    let Some(first) = slices.first() else { return };
    let _ = writeln!(page, "[recording]");
    let _ = writeln!(page, "channel = 0      # review; channels: {}", first.channel);
    let stimuli: Vec<String> =
        first.stimuli_ms.iter().map(|ms| quoted(&format!("{} ms", (ms * 1000.0).round() / 1000.0))).collect();
    if stimuli.is_empty() {
        let _ = writeln!(page, "# stimulus = [\"5 ms\"]      # no artefact stands out: state it");
    } else {
        let _ = writeln!(page, "stimulus = [{}]      # seen by the artefact", stimuli.join(", "));
    }
    let own: Vec<String> = first.pathways.iter().map(|name| quoted(name)).collect();
    if own.len() > 1 {
        let _ = writeln!(page, "test_pathway = {}      # review: pathways in the files: {}\n", own[0], own.join(", "));
    } else {
        let _ = writeln!(page, "# pathways = [\"test\", \"control\"]      # if sweeps take turns\n");
    }
}

fn write_analysis(page: &mut String, slices: &[Found], tables: &[FoundTable]) {
    let usable = slices.iter().filter(|slice| slice.induction.is_some());
    let mut before: Vec<f64> = usable.clone().map(|slice| slice.minutes[0]).collect();
    let mut after: Vec<f64> = usable.map(|slice| slice.minutes[1]).collect();
    for found in tables {
        before.extend(found.table.times_s.first().map(|first| -first / 60.0));
        after.extend(found.table.times_s.last().map(|last| last / 60.0));
    }
    // Published means are those of the whole baseline, and no rule excludes a group.
    let means = slices.is_empty() && tables.iter().all(FoundTable::is_of_means);
    let tidy = |value: f64| (value * 100.0).floor() / 100.0;
    let (Some(before), Some(after)) =
        (crate::carry_out::manifest::median(&before), crate::carry_out::manifest::median(&after))
    else {
        return;
    };
    let _ = writeln!(page, "[analysis]\nslope = \"20-80 %\"");
    if before > 0.0 && after > 0.0 {
        let from = tidy((after - 10.0).max(after / 2.0));
        let own = tables.first().and_then(FoundTable::last_ten_min).filter(|own| means && *own >= from);
        let from = own.map_or(from, tidy);
        let reference = tidy(if means { before } else { before.min(10.0) });
        let _ = writeln!(page, "reference_window = \"{reference} min\"      # review: ends at induction");
        let _ =
            writeln!(page, "window = [\"{from} min\", \"{} min\"]      # review: outcome after induction", tidy(after));
    }
    let (drift, volley) = if means { ("off", "off") } else { ("10 %", "20 %") };
    let _ = writeln!(page, "exclude = {{ baseline_drift = \"{drift}\", volley_change = \"{volley}\" }}\n");
}

/// The files of a slice as a study names them: many sweeps of WinLTP by a pattern,
/// if it fits no other file of their folder.
fn entries(folder: &Path, files: &[PathBuf]) -> Vec<String> {
    let one_by_one = || files.iter().map(|path| relative(folder, path)).collect();
    let Some(first) = files.first().filter(|first| files.len() > 4 && files::is_winltp_sweep(first)) else {
        return one_by_one();
    };
    let series = files::winltp_series(first);
    let mut endings: Vec<String> =
        files.iter().filter_map(|path| Some(path.extension()?.to_string_lossy().into_owned())).collect();
    endings.sort();
    endings.dedup();
    let patterns: Vec<PathBuf> =
        endings.iter().map(|ending| PathBuf::from(format!("{}*.{ending}", series.display()))).collect();
    match files::named(&patterns, Path::new("")) {
        Ok(found) if found.len() == files.len() => patterns.iter().map(|path| relative(folder, path)).collect(),
        _ => one_by_one(),
    }
}

fn write_slice(page: &mut String, folder: &Path, slice: &Found) {
    let files = entries(folder, &slice.files);
    let _ = writeln!(page, "[[slice]]\nfiles = [{}]", files.join(", "));
    let _ = writeln!(page, "condition = {}      # review", quoted(&slice.guess.condition));
    let _ = writeln!(page, "animal = {}      # review", quoted(&slice.guess.animal));
    let _ = writeln!(page, "slice = {}      # review", slice.guess.slice);
    match slice.induction {
        Some((at, by)) => {
            let _ = writeln!(page, "induction = \"{} s\"      # review: seen by {by}", (at * 1000.0).round() / 1000.0);
        }
        None => {
            let _ = writeln!(page, "# induction = \"20 min\"      # not seen: state it, or induction_sweep = 40");
        }
    }
    if let Some(at) = slice.drug_on_s {
        let _ = writeln!(page, "drug_on = \"{at} s\"      # review: seen by a tag");
    }
    if let Some(reason) = &slice.unreadable {
        let _ = writeln!(page, "# {}", reason.replace('\n', " "));
    }
    page.push('\n');
}

/// Conditions by the number of their slices; for tests of the proposal.
#[cfg(test)]
fn counted(slices: &[(Guess, Vec<PathBuf>)]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (guess, _) in slices {
        *counts.entry(guess.condition.clone()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_slice_are_put_together() {
        let names = ["ctrl_m1_s1_base.abf", "ctrl_m1_s1_post.abf", "ctrl_m2_s1.abf", "APV_m1_s2.abf"];
        let paths: Vec<PathBuf> = names.iter().map(|name| Path::new("/x").join(name)).collect();
        let slices = grouped(Path::new("/x"), &paths);
        assert_eq!(slices.iter().map(|(_, files)| files.len()).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(counted(&slices), BTreeMap::from([("control".to_owned(), 2), ("APV".to_owned(), 1)]));
    }
}
