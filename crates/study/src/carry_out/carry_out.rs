//! A study from its file to an analysed results folder: the recordings become
//! slices like simulated ones, and from there everything is the same.

use crate::carry_out::blinding::Key;
use crate::carry_out::design;
use crate::carry_out::exclusions as log;
use crate::carry_out::manifest as plan;
use crate::carry_out::manifest::Extent;
use crate::carry_out::windows;
use crate::error::StudyError;
use crate::file::TablePart;
use crate::file::check::check;
use crate::file::file::StudyFile;
use crate::file::files::folder_of;
use crate::lint::lint;
use crate::median::median;
use crate::recordings::curves;
use crate::recordings::slices::{self, StudySlice};
use crate::recordings::sweeps::Kind;
use crate::recordings::table::{self, TableSlice};
use analysis::Findings;
use analysis::folder::{Step, analyse_in_steps};
use evidence::{Remark, RemarkKind};
use quantity::counted;
use recording::digest::sha256_hex;
use recording::{Origin, Phase, SliceKey, Stamp};
use results::manifest::{Blinding, Session, Stamps};
use results::plan::{Measure, Signal};
use results::{Entry, Mode, Opening, ResultsFolder};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the first page says of published means.
const MEANS: &str = "The values are published means of groups, not recordings: n = 1 for each group, so no comparison \
                     between groups is possible and no test is made.";

/// How a study is carried out.
#[derive(Clone)]
pub struct Options<'a> {
    /// Folder for the results.
    pub out: &'a Path,
    /// Whether an existing results folder is replaced.
    pub overwrite: bool,
    /// What the codes of the conditions stand for, with the folder of the blinded analysis.
    pub key: Option<(&'a Key, PathBuf)>,
    /// Threads.
    pub jobs: usize,
    /// Program and version, commit.
    pub program: (&'a str, &'a str),
    /// Who hears how far the measuring is.
    pub measuring: &'a dyn Fn(Step),
}

/// Carries out the study in `path`. The folder comes back still locked, for what is
/// drawn in it.
///
/// # Errors
/// [`StudyError`].
pub fn carry_out(path: &Path, options: &Options) -> Result<(ResultsFolder, Findings), StudyError> {
    let (written, text) = StudyFile::read(path)?;
    check(&written, &text, path)?;
    let file = match &options.key {
        Some((key, _)) => key.unblind(&written, path)?,
        None => written,
    };
    let mut tables: Vec<TableSlice> = Vec::new();
    for part in &file.table {
        tables.extend(table::read(part, &folder_of(path))?);
    }
    names_can_be_printed(&tables, path)?;
    design::check(&file, &tables, &text, path)?;
    let mode = if options.overwrite { Mode::Overwrite } else { Mode::Fresh };
    // The manifest rests on the recordings and is written when they are read.
    let stamp = Stamp { origin: Origin::Recorded, plan_sha256: sha256_hex(text.as_bytes()), seed: 0 };
    let stamps = Stamps::same(stamp);
    let opening = Opening { mark: Entry::Manifest, files: &[], resumable: false, stamps, jobs: options.jobs };
    let mut results = ResultsFolder::begin(options.out, mode, &opening)?.folder;
    store((&file, &text, path), tables, options, &mut results)?;
    let findings = analyse_in_steps(options.out, Some(options.jobs), &mut |step| (options.measuring)(step))?;
    let stage = match (&options.key, &file.blinding) {
        (Some(_), _) => "after unblinding",
        (None, Some(_)) => log::BLINDED,
        (None, None) => log::NOT_BLINDED,
    };
    log::write(&file, options.out, stage)?;
    if let Some((key, blinded)) = &options.key
        && let Err(changed) = log::compare(blinded, options.out, key)
    {
        // Names that were not to be seen yet are taken away again.
        let _ = std::fs::remove_dir_all(options.out);
        return Err(changed);
    }
    Ok((results, findings))
}

/// Reads all recordings and writes the results folder up to its manifest.
fn store(
    (file, text, path): (&StudyFile, &str, &Path),
    tables: Vec<TableSlice>,
    options: &Options,
    results: &mut ResultsFolder,
) -> Result<(), StudyError> {
    let folder = folder_of(path);
    let slices = read_all(file, &folder, options.jobs)?;
    one_mean_for_each_condition(file, &tables, path)?;
    let induction = slices::induction_name(file);
    let key = |slice: &TableSlice| SliceKey {
        induction: induction.clone(),
        condition: slice.condition.clone(),
        animal: slice.animal.clone(),
        slice: slice.slice,
    };
    let keys: Vec<SliceKey> =
        slices.iter().map(|slice| slice.recording.key.clone()).chain(tables.iter().map(key)).collect();
    let extent = extent(&slices, &tables);
    windows::check(file, &extent, text, path)?;
    let mut manifest = plan::manifest(file, text, &keys, &extent, options.program);
    manifest.blinding = blinding(file, options);
    let session =
        |slice: &StudySlice| Some(Session { key: slice.recording.key.clone(), started: slice.started.clone()? });
    manifest.sessions = slices.iter().filter_map(session).collect();
    manifest.remarks =
        remarks(file, &slices, &tables, manifest.blinding.as_ref()).into_iter().map(String::from).collect();
    manifest.analysis.rig.signal = signal(file, &slices, path)?;
    known_pathways(file, &slices, path)?;
    results.write(Entry::Study, text.as_bytes())?;
    let faults = lint::study(file, &folder, &|_| {})?;
    let mut lines: Vec<String> = faults.iter().map(|fault| ended(format!("Recordings: {fault}"))).collect();
    lines.extend(file.table.iter().any(TablePart::is_of_means).then(|| MEANS.to_owned()));
    results.write(Entry::Faults, (lines.join("\n") + "\n").as_bytes())?;

    if let Some(curves) = curves::read(file, &folder)? {
        results.write(Entry::Curves, curves.to_text(path)?.as_bytes())?;
    }
    results.lay_out(&manifest)?;
    for slice in &slices {
        let decided = slices::overrides(file, &slice.recording.key);
        let decided = if decided.list.is_empty() { None } else { Some(decided.to_text(path)?) };
        let files: Vec<(Entry, &[u8])> = decided.iter().map(|text| (Entry::Overrides, text.as_bytes())).collect();
        results.write_slice(&slice.recording, &files)?;
    }
    for slice in &tables {
        let key = key(slice);
        let decided = slices::overrides(file, &key);
        let course = slice.course.to_text(path)?;
        let decided = if decided.list.is_empty() { None } else { Some(decided.to_text(path)?) };
        let mut files: Vec<(Entry, &[u8])> = vec![(Entry::Course, course.as_bytes())];
        files.extend(decided.iter().map(|text| (Entry::Overrides, text.as_bytes())));
        results.write_slice(&empty(key), &files)?;
    }
    let text = manifest.to_text(&Entry::Manifest.within(options.out))?;
    Ok(results.write(Entry::Manifest, text.as_bytes())?)
}

/// That names of animals which the headings of a table give can stand in figures and tables.
fn names_can_be_printed(tables: &[TableSlice], path: &Path) -> Result<(), StudyError> {
    for (number, slice) in tables.iter().enumerate() {
        if let Some(reason) = form::unfit_name(&slice.animal) {
            let shown: String = slice.animal.escape_debug().take(80).collect();
            let help = "give the column another heading, or name the animals with animals = [...] in [[table]]";
            let what = format!("recording {} of the tables is named \"{shown}\", which {reason}: {help}", number + 1);
            return Err(StudyError::recording(path, what));
        }
    }
    Ok(())
}

/// Two means of groups in one condition would look like a sample of two.
fn one_mean_for_each_condition(file: &StudyFile, tables: &[TableSlice], path: &Path) -> Result<(), StudyError> {
    if !file.table.iter().any(TablePart::is_of_means) {
        return Ok(());
    }
    for condition in &file.condition {
        let name = condition.name.get_ref();
        let held: Vec<&str> = tables.iter().filter(|t| t.condition == *name).map(|t| t.animal.as_str()).collect();
        if held.len() > 1 {
            let help = "expected one for each condition: a [[table]] for each with columns = [\"...\"]";
            let reason =
                format!("condition \"{name}\" holds {} means of groups ({}): {help}", held.len(), held.join(", "));
            return Err(StudyError::recording(path, reason));
        }
    }
    Ok(())
}

/// That the pathways which the study names are those of the recordings.
fn known_pathways(file: &StudyFile, slices: &[StudySlice], path: &Path) -> Result<(), StudyError> {
    let mut known: Vec<&str> = Vec::new();
    for sweep in slices.iter().flat_map(|slice| &slice.recording.sweeps) {
        if !known.contains(&sweep.pathway.as_str()) {
            known.push(&sweep.pathway);
        }
    }
    let stated =
        [("test_pathway", slices::test_pathway(file)), ("control_pathway", file.analysis.rig.control_pathway.clone())];
    for (key, name) in stated {
        if let Some(name) = name.filter(|name| !known.is_empty() && !known.contains(&name.as_str())) {
            let help = "name them in their order with pathways = [...] in [recording]";
            let reason = format!("{key} = \"{name}\": the recordings have {}; {help}", known.join(", "));
            return Err(StudyError::recording(path, reason));
        }
    }
    Ok(())
}

/// What the study measures: as stated, or by the recordings; `None` for the usual
/// slope of field potentials.
///
/// # Errors
/// Currents in some slices and potentials in others.
fn signal(file: &StudyFile, slices: &[StudySlice], path: &Path) -> Result<Option<Signal>, StudyError> {
    let currents = slices.iter().filter(|slice| slice.kind == Kind::Current).count();
    if currents > 0 && currents < slices.len() {
        let reason = format!(
            "{currents} of {} slices hold currents, the others potentials: expected one kind; make two studies of them",
            slices.len()
        );
        return Err(StudyError::recording(path, reason));
    }
    let of_tables = || {
        let mut names = file.table.iter().map(|part| part.quantity.as_str());
        let first = names.next()?;
        (slices.is_empty() && names.all(|name| name == first)).then(|| first.to_owned())
    };
    let in_cells = || slices.iter().filter(|slice| slice.kind == Kind::Potential).count() * 2 > slices.len();
    let asked = &file.analysis.rig;
    let measures = std::iter::once(asked.outcome).chain(asked.outcomes.iter().map(|outcome| outcome.measure));
    if currents == 0 && !slices.is_empty() && measures.into_iter().any(|measure| measure == Measure::EpscAmplitude) {
        let help = "expected outcome = \"amplitude\", or recordings in pA (unit = \"pA\" in [recording])";
        return Err(StudyError::recording(path, format!("EPSC amplitude, but the recordings hold potentials: {help}")));
    }
    let slope = asked.outcome.is_slope();
    let response = match currents {
        0 if in_cells() => "EPSP",
        0 => "fEPSP",
        _ => "EPSC",
    };
    let seen = || match response {
        "fEPSP" if slope => of_tables(),
        _ => Some(asked.outcome.of(response)),
    };
    let unit = if currents > 0 { "pA" } else { "mV" };
    let quantity = file.analysis.quantity.clone().or_else(seen);
    Ok(quantity
        .filter(|name| name != "fEPSP slope" || currents > 0)
        .map(|quantity| Signal { quantity, unit: unit.to_owned() }))
}

/// A slice that has no sweeps, because it was measured elsewhere.
fn empty(key: SliceKey) -> recording::SliceRecording {
    let (sweeps, events, exposure) = (Vec::new(), Vec::new(), Vec::new());
    recording::SliceRecording { key, induction_s: Some(0.0), drug_on_s: None, sweeps, events, exposure }
}

/// Reads the slices on some threads, in the order of the file; of several faults
/// the first in that order is reported.
fn read_all(file: &StudyFile, folder: &Path, jobs: usize) -> Result<Vec<StudySlice>, StudyError> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<StudySlice, StudyError>)>> = Mutex::new(Vec::new());
    recording::threads::together(jobs.min(file.slice.len()), || {
        while let Some((at, slice)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            file.slice.get(at).map(|slice| (at, slice))
        } {
            let read = slices::read(file, slice, folder);
            if let Ok(mut done) = done.lock() {
                done.push((at, read));
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, read)| read).collect()
}

fn extent(slices: &[StudySlice], tables: &[TableSlice]) -> Extent {
    let mut extent = Extent::default();
    for slice in slices {
        let recording = &slice.recording;
        let starts: Vec<f64> =
            recording.sweeps.iter().filter(|s| s.phase != Phase::Induction).map(|s| s.start_s).collect();
        let (Some(first), Some(last)) = (starts.first(), starts.last()) else { continue };
        let zero = recording.induction_s.unwrap_or(*last);
        extent.before_min.push((zero - first) / 60.0);
        extent.after_min.push((last - zero) / 60.0);
        let gaps: Vec<f64> = starts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        extent.interval_s.extend(median(&gaps));
        let on = recording.drug_on_s.zip(recording.induction_s).map(|(on, zero)| (on - zero) / 60.0);
        extent.drug_on_min.entry(recording.key.condition.clone()).or_default().push(on);
        extent.rate_hz.extend(recording.sweeps.first().map(|sweep| sweep.rate_hz));
    }
    for table in tables {
        let times = &table.course.time_min;
        extent.drug_on_min.entry(table.condition.clone()).or_default().push(None);
        extent.before_min.extend(times.first().map(|first| -first));
        extent.after_min.extend(times.last());
        let gaps: Vec<f64> = times.windows(2).map(|pair| 60.0 * (pair[1] - pair[0])).collect();
        extent.interval_s.extend(median(&gaps));
    }
    extent
}

/// A sentence with a mark at its end.
fn ended(text: String) -> String {
    if text.ends_with(['.', '?', '!']) { text } else { text + "." }
}

/// What the study states of its blinding.
fn blinding(file: &StudyFile, options: &Options) -> Option<Blinding> {
    match (&file.blinding, &options.key) {
        (_, Some((key, _))) => Some(Blinding::Unblinded { key_sha256: key.sha256.clone() }),
        (Some(part), None) => Some(Blinding::Blinded { key_holder: part.key_holder.clone() }),
        (None, None) => None,
    }
}

/// What the reader should know of the study besides its numbers.
fn remarks(file: &StudyFile, slices: &[StudySlice], tables: &[TableSlice], blinding: Option<&Blinding>) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    for remark in slices.iter().flat_map(|slice| &slice.remarks) {
        if !remarks.contains(remark) {
            remarks.push(remark.clone());
        }
    }
    let mut add = |kind, text: String| remarks.push(Remark::new(kind, text));
    if !tables.is_empty() {
        let (n, verb) = (counted(tables.len(), "recording"), if tables.len() == 1 { "comes" } else { "come" });
        let text = format!("{n} {verb} from tables that were measured elsewhere; the sweeps were not seen.");
        add(RemarkKind::Elsewhere, text);
    }
    if file.table.iter().any(TablePart::is_of_means) {
        let text = "A published mean of a group counts as one recording; the number of slices behind it and its \
                    standard error enter no result.";
        add(RemarkKind::Unit, text.to_owned());
    } else if file.table.iter().any(|part| part.animals.is_none()) {
        let text = "The tables name no animals: every recording counts as an animal of its own.";
        add(RemarkKind::Unit, text.to_owned());
    }
    if !file.overrides.is_empty() {
        let (n, verb) =
            (counted(file.overrides.len(), "decision"), if file.overrides.len() == 1 { "is" } else { "are" });
        let text = format!("{n} of a person {verb} part of the study file and of exclusions.csv.");
        add(RemarkKind::Decision, text);
    }
    if let Some(blinding) = blinding {
        add(RemarkKind::Blinding, blinding.in_words());
    }
    remarks
}
