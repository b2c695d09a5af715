//! What a study file must not contradict itself in; every fault with its line.

use crate::error::StudyError;
use crate::file::file::StudyFile;
use crate::file::files::{folder_of, named};
use crate::file::table::TablePart;
use form::{Fault, Faults};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

/// Most conditions that a report can show.
const MOST_CONDITIONS: usize = 500;

/// Faults found so far.
struct Notes(Vec<Fault>);

impl Notes {
    fn at(&mut self, span: Range<usize>, text: impl Into<String>) {
        self.0.push(Fault::at(span, text));
    }

    fn whole(&mut self, text: impl Into<String>) {
        self.0.push(Fault::of_file(text));
    }
}

/// Checks a study file that was read from `path`.
///
/// # Errors
/// [`StudyError::Faulty`] with all faults.
pub fn check(file: &StudyFile, text: &str, path: &Path) -> Result<(), StudyError> {
    let mut notes = Notes(Vec::new());
    check_name(file, &mut notes);
    check_conditions(file, &mut notes);
    check_slices(file, path, &mut notes);
    check_overrides(file, &mut notes);
    check_plans(file, &mut notes);
    check_fit(file, &mut notes);
    if notes.0.is_empty() {
        Ok(())
    } else {
        Err(StudyError::Faulty(Faults::new(&form::shown(path).to_string(), text, notes.0)))
    }
}

fn check_name(file: &StudyFile, notes: &mut Notes) {
    let name = file.name.get_ref();
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let good = !name.is_empty()
        && name.len() <= 80
        && name.chars().all(legal)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !good {
        let accepted = "up to 80 letters a-z, A-Z, digits, - _ . beginning with a letter or digit";
        notes.at(file.name.span(), format!("name \"{name}\" becomes the name of a folder: expected {accepted}"));
    }
}

fn names(file: &StudyFile) -> Vec<&str> {
    file.condition.iter().map(|condition| condition.name.get_ref().as_str()).collect()
}

fn check_conditions(file: &StudyFile, notes: &mut Notes) {
    if file.condition.is_empty() {
        notes.whole("no [[condition]]: expected at least one, e.g. [[condition]] name = \"control\"");
    }
    if let Some(first) = file.condition.get(MOST_CONDITIONS) {
        let found = file.condition.len();
        notes.at(first.name.span(), format!("{found} conditions: expected at most {MOST_CONDITIONS} in one report"));
    }
    let mut seen = BTreeSet::new();
    for condition in &file.condition {
        let name = condition.name.get_ref();
        if name.trim().is_empty() {
            notes.at(condition.name.span(), "the name of a condition is empty");
        } else if !seen.insert(name.as_str()) {
            notes.at(condition.name.span(), format!("the condition \"{name}\" is there twice"));
        }
    }
    let known = names(file);
    let unknown = |name: &str| format!("unknown condition \"{name}\": expected one of {}", known.join(", "));
    let used = file
        .slice
        .iter()
        .map(|s| &s.condition)
        .chain(file.table.iter().map(|t| &t.condition))
        .chain(file.input_output.iter().map(|t| &t.condition));
    let used = used.map(|name| (name.get_ref(), name.span()));
    for (name, span) in used.chain(file.statistics.reference.as_ref().map(|name| (&name.value, name.span.clone()))) {
        if !known.contains(&name.as_str()) {
            notes.at(span, unknown(name));
        }
    }
}

fn check_slices(file: &StudyFile, path: &Path, notes: &mut Notes) {
    if file.slice.is_empty() && file.table.is_empty() && file.input_output.is_empty() {
        notes.whole("no [[slice]] and no [[table]]: expected at least one recording");
    }
    let folder = folder_of(path);
    let mut seen = BTreeSet::new();
    for slice in &file.slice {
        let span = slice.files.span();
        if slice.files.get_ref().is_empty() {
            notes.at(span.clone(), "files is empty: expected at least one recording");
        }
        for recording in slice.files.get_ref() {
            let several = recording.to_string_lossy().contains('*') || folder.join(recording).is_dir();
            if !several && !folder.join(recording).is_file() {
                notes.at(span.clone(), format!("there is no file {}", folder.join(recording).display()));
            } else if let Err(missing) = named(std::slice::from_ref(recording), &folder) {
                notes.at(span.clone(), missing.to_string());
            }
        }
        if let Some(recording) = slice.induction_file.as_ref().filter(|name| !folder.join(name).is_file()) {
            notes.at(span.clone(), format!("there is no file {}", folder.join(recording).display()));
        }
        let (animal, condition) = (&slice.animal, slice.condition.get_ref());
        if animal.trim().is_empty() {
            notes.at(span.clone(), "animal is empty: expected its identifier");
        }
        if !seen.insert((condition, animal, slice.slice)) {
            let what = format!("slice {} of animal {animal} ({condition}) is there twice: ", slice.slice);
            notes.at(span.clone(), what + "give it another number with slice = 2");
        }
        if slice.induction.is_some() && slice.induction_sweep.is_some() {
            notes.at(span, "induction and induction_sweep: expected one of them");
        }
    }
    check_tables(file, &folder, notes);
    check_means(file, notes);
}

/// Tables of time courses and of input–output curves.
fn check_tables(file: &StudyFile, folder: &Path, notes: &mut Notes) {
    for table in &file.table {
        let source = folder.join(table.file.get_ref());
        if !source.is_file() {
            notes.at(table.file.span(), format!("there is no file {}", source.display()));
        }
        let span = table.file.span();
        match (&table.recording, &table.value, &table.error) {
            (Some(_), None, _) => notes.at(span, "recording without value: expected the title of the column of values"),
            (Some(titles), ..) if titles.list().is_empty() => {
                notes.at(span, "recording is empty: expected the title of the column that names the recording");
            }
            (None, Some(_), _) | (None, _, Some(_)) => {
                notes.at(span, "value or error without recording: expected the column that names the recording");
            }
            _ => {}
        }
        if table.recording.is_none() && !(table.rows.is_empty() && table.animal.is_none()) {
            let what = "where or animal without recording: expected the column that names the recording of a row";
            notes.at(table.file.span(), what);
        }
        if table.animal.is_some() && table.animals.is_some() {
            notes.at(table.file.span(), "animal and animals: expected the title of a column or a list, not both");
        }
    }
    for table in &file.input_output {
        let source = folder.join(table.file.get_ref());
        if !source.is_file() {
            notes.at(table.file.span(), format!("there is no file {}", source.display()));
        }
    }
}

/// Means of groups are one number each, however many recordings are behind them: with
/// recordings beside them a test would take them for one recording.
fn check_means(file: &StudyFile, notes: &mut Notes) {
    let alone = file.slice.is_empty() && file.table.iter().all(TablePart::is_of_means);
    if let Some(table) = file.table.iter().find(|table| table.is_of_means()).filter(|_| !alone) {
        let what = "means of groups (error = ...) beside single recordings: a test would count a group as one animal";
        notes.at(table.file.span(), format!("{what}; expected a study of its own for the means"));
    }
}

fn check_overrides(file: &StudyFile, notes: &mut Notes) {
    for decision in &file.overrides {
        let span = decision.animal.span();
        if decision.reason.trim().is_empty() || decision.who.trim().is_empty() {
            notes.at(span.clone(), "an override needs a reason and who decided it");
        }
        let nothing = decision.sweeps.is_none()
            && !decision.exclude_slice
            && decision.slope.is_none()
            && decision.artefact.is_none()
            && decision.response.is_none()
            && decision.polarity.is_none();
        if nothing {
            let accepted = "sweeps, exclude_slice, slope, artefact, response or polarity";
            notes.at(span.clone(), format!("an override that changes nothing: expected {accepted}"));
        }
        let animal = decision.animal.get_ref();
        let hit = file.slice.iter().any(|slice| {
            slice.animal == *animal
                && slice.slice == decision.slice
                && decision.condition.as_ref().is_none_or(|name| name == slice.condition.get_ref())
        });
        if !hit && file.table.is_empty() {
            let what = format!("no slice {} of animal {animal}", decision.slice);
            notes.at(span, format!("{what}: expected one of the [[slice]] of this file"));
        }
    }
}

fn check_plans(file: &StudyFile, notes: &mut Notes) {
    let recordings = std::iter::once(&file.recording).chain(file.slice.iter().map(|slice| &slice.recording));
    for part in recordings {
        if part.gain.is_some_and(|gain| !(gain.is_finite() && gain != 0.0)) {
            notes.whole("gain: expected a number other than 0");
        }
        if part.pathways.as_ref().is_some_and(Vec::is_empty) {
            notes.whole("pathways is empty: expected names in the order of the sweeps");
        }
    }
    if let Some(names) = file.recording.pathways.as_ref().filter(|names| !names.is_empty()) {
        let of_slices = file.slice.iter().map(|slice| ("test_pathway", &slice.recording.test_pathway));
        let own =
            [("test_pathway", &file.recording.test_pathway), ("control_pathway", &file.analysis.rig.control_pathway)];
        for (key, name) in own.into_iter().chain(of_slices) {
            if let Some(name) = name.as_ref().filter(|name| !names.contains(name)) {
                notes.whole(format!("{key} = \"{name}\": expected one of pathways, {}", names.join(", ")));
            }
        }
    }
}

fn check_fit(file: &StudyFile, notes: &mut Notes) {
    let Some(spanned) = &file.fit else { return };
    let (fit, span) = (spanned.get_ref(), spanned.span());
    if !fit.protocol.contains_key("induction") && !fit.protocol.contains_key("train") {
        notes.at(
            span.clone(),
            "[fit.protocol] names no induction of the model: expected e.g. induction = \"hfs-1x100\"; \
             `schaffer protocols` lists them, others are spelt out in [[fit.protocol.train]]",
        );
    }
    if let Some(pair) = &fit.paired_pulse {
        let good = pair.ratio.is_finite() && pair.ratio > 0.0 && pair.sem.is_finite() && pair.sem >= 0.0;
        if !good || !(5.0..=1_000.0).contains(&pair.interval.ms()) {
            notes.at(span, "[fit] paired_pulse: expected a ratio above 0, its sem, and an interval of 5 ms to 1 s");
        }
    }
}
