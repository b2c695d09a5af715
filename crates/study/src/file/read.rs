//! From the text of a study file to its parts, key by key: every fault with its line, and
//! the keys that there are, for editors.

use crate::error::StudyError;
use crate::file::file::{
    BathPart, BlindingPart, ConditionPart, Design, FORMAT, LintPart, ProtocolPart, SlicePart, StudyFile,
};
use crate::file::fit::{BoundedPart, FitPart, FreePart, PairedPulsePart};
use crate::file::input_output::read_input_output;
use crate::file::placed::placed;
use crate::file::read_recording::{DEFLECTIONS, read_recording};
use crate::file::read_table::read_table;
use crate::file::{OverridePart, RecordingPart};
use form::{At, Fault, FileKind, Section, Shape};
use quantity::{Concentration, Time};
use results::plan::read::read_of_rig;
use results::plan::{StatedStatistics, read_report, read_stage};
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The study file as a kind of file.
const STUDY_FILE: FileKind =
    FileKind { name: "a study file", largest_bytes: 4_000_000, needs: "`format`, `name`, [[condition]] and [[slice]]" };

/// Most slices, sweeps and pulses that a number of the file may name.
const MOST: u64 = u32::MAX as u64;

impl StudyFile {
    /// Reads a study file and gives its text beside it.
    ///
    /// # Errors
    /// [`StudyError::Source`]; [`StudyError::Faulty`] with the lines of all faults.
    pub fn read(path: &Path) -> Result<(Self, String), StudyError> {
        let text = form::read_text(path, STUDY_FILE)?;
        let file = form::read(&text, &form::shown(path).to_string(), read_top).map_err(StudyError::Faulty)?;
        Ok((file, text))
    }

    /// The keys of a study file, as its reader asks for them.
    pub fn shape() -> Shape {
        form::describe(read_top)
    }
}

/// Reads the whole file.
fn read_top(mut top: Section<'_>) -> Option<StudyFile> {
    let format = read_format(&mut top);
    top.needs("name", "e.g. name = \"lab-2026\"");
    let name = top.text("name");
    let title = top.line("title", form::LONGEST_LINE).map(|title| title.value);
    let design = read_design(&mut top);
    let preparation = top.words("preparation").unwrap_or_default();
    let recording = top.section("recording", "[recording]").map(read_recording).unwrap_or_default();
    let protocol = top.section("protocol", "[protocol]").map(read_protocol).unwrap_or_default();
    let condition = top.sections("condition", "[[condition]]").into_iter().map(read_condition).collect();
    let slice = top.sections("slice", "[[slice]]").into_iter().map(read_slice).collect();
    let table = top.sections("table", "[[table]]").into_iter().map(read_table).collect();
    let input_output = top.sections("input_output", "[[input_output]]").into_iter().map(read_input_output).collect();
    let stage = top.sections("stage", "[[stage]]").into_iter().map(read_stage).collect();
    let overrides = top.sections("override", "[[override]]").into_iter().map(read_override).collect();
    let analysis = top.section("analysis", "[analysis]").map(read_of_rig).unwrap_or_default();
    let statistics = top.section("statistics", "[statistics]").map(StatedStatistics::read).unwrap_or_default();
    let report = top.section("report", "[report]").map(read_report).unwrap_or_default();
    let blinding = top.section("blinding", "[blinding]").map(read_blinding);
    let lint = top.section("lint", "[lint]").map(read_lint).unwrap_or_default();
    let fit = top.section("fit", "[fit]").map(read_fit);
    top.close();
    format?;
    Some(StudyFile {
        name: placed(name?),
        title,
        design,
        preparation,
        recording,
        protocol,
        condition: all(condition)?,
        slice: all(slice)?,
        table: all(table)?,
        input_output: all(input_output)?,
        stage: all(stage)?,
        overrides: all(overrides)?,
        analysis,
        statistics,
        report,
        blinding: whole(blinding)?,
        lint,
        fit: whole(fit)?,
    })
}

/// The parts, if all of them are sound.
fn all<T>(parts: Vec<Option<T>>) -> Option<Vec<T>> {
    parts.into_iter().collect()
}

/// A part that may be absent; `None` if it is there and faulty.
fn whole<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    part.map_or(Some(None), |part| part.map(Some))
}

/// A whole number of 32 bits.
fn narrow(count: At<u64>) -> u32 {
    u32::try_from(count.value).unwrap_or(u32::MAX)
}

/// Reads the design with its place.
fn read_design(top: &mut Section<'_>) -> Option<Spanned<Design>> {
    let words =
        [("between-animals", Design::Between), ("within-animal", Design::Within), ("between-animal", Design::Between)];
    let stated = top.choice("design", &words)?;
    Some(Spanned::new(top.value_span("design"), stated))
}

fn read_format(top: &mut Section<'_>) -> Option<()> {
    top.needs("format", "format = 1 at the top of the file");
    let format = top.count("format", 0..=MOST)?;
    if format.value != u64::from(FORMAT) {
        let message = format!("format {} is not known: expected format = {FORMAT}", format.value);
        top.page.note(Fault::at(format.span, message));
        return None;
    }
    Some(())
}

fn read_protocol(mut section: Section<'_>) -> ProtocolPart {
    let protocol = ProtocolPart {
        induction: section.name("induction").map(|name| name.value),
        description: section.text("description").map(|words| words.value),
        pulses: section.count("pulses", 0..=MOST).map(narrow),
        duration: section.quantity("duration").map(|time| time.value),
    };
    section.close();
    protocol
}

fn read_condition(mut section: Section<'_>) -> Option<ConditionPart> {
    section.needs("name", "e.g. name = \"control\"");
    let name = section.name("name");
    let bath = section.sections("bath", "`bath`").into_iter().map(read_bath).collect();
    section.close();
    Some(ConditionPart { name: placed(name?), bath: all(bath)? })
}

fn read_bath(mut section: Section<'_>) -> Option<BathPart> {
    section.needs("compound", "e.g. compound = \"isopregnanolone\"");
    section.needs("concentration", "e.g. concentration = \"3 uM\"");
    let compound = section.text("compound");
    let concentration = section.quantity::<Concentration>("concentration");
    section.close();
    Some(BathPart { compound: compound?.value, concentration: concentration?.value })
}

fn read_slice(mut section: Section<'_>) -> Option<SlicePart> {
    section.needs("files", "e.g. files = [\"m1.abf\"]");
    section.needs("condition", "e.g. condition = \"control\"");
    section.needs("animal", "e.g. animal = \"m1\"");
    let span = section.value_span("files");
    let files = section.list("files");
    let induction_file = section.text("induction_file").map(|file| PathBuf::from(file.value));
    let condition = section.text("condition");
    let animal = section.name("animal");
    let slice = section.count("slice", 0..=MOST).map_or(1, narrow);
    let induction = section.quantity::<Time>("induction").map(|time| time.value);
    let induction_sweep = section.count("induction_sweep", 0..=MOST).map(|place| place.value as usize);
    let drug_on = section.quantity::<Time>("drug_on").map(|time| time.value);
    let recording: RecordingPart =
        section.section("recording", "`recording` of a [[slice]]").map(read_recording).unwrap_or_default();
    section.close();
    let files = files?.into_iter().map(|file| PathBuf::from(file.value)).collect();
    Some(SlicePart {
        files: Spanned::new(span, files),
        induction_file,
        condition: placed(condition?),
        animal: animal?.value,
        slice,
        induction,
        induction_sweep,
        drug_on,
        recording,
    })
}

fn read_override(mut section: Section<'_>) -> Option<OverridePart> {
    section.needs("animal", "e.g. animal = \"m1\"");
    section.needs("reason", "e.g. reason = \"the stimulator was moved\"");
    section.needs("who", "e.g. who = \"A. B.\"");
    let animal = section.text("animal");
    let condition = section.text("condition").map(|name| name.value);
    let slice = section.count("slice", 0..=MOST).map_or(1, narrow);
    let sweeps = section.counts("sweeps", 0..=MOST).map(|ends| ends.map(narrow));
    let exclude_slice = section.flag("exclude_slice").unwrap_or(false);
    let slope = results::plan::read::slope(&mut section);
    let artefact = section.quantity::<Time>("artefact").map(|time| time.value);
    let response = section.pair::<Time>("response").map(|ends| ends.map(|end| end.value));
    let polarity = section.choice("polarity", &DEFLECTIONS);
    let reason = section.text("reason");
    let who = section.text("who");
    section.close();
    Some(OverridePart {
        animal: placed(animal?),
        condition,
        slice,
        sweeps,
        exclude_slice,
        slope,
        artefact,
        response,
        polarity,
        reason: reason?.value,
        who: who?.value,
    })
}

fn read_blinding(mut section: Section<'_>) -> Option<BlindingPart> {
    section.needs("key_holder", "e.g. key_holder = \"A. B.\"");
    let key_holder = section.text("key_holder");
    section.close();
    Some(BlindingPart { key_holder: key_holder?.value })
}

fn read_lint(mut section: Section<'_>) -> LintPart {
    let also = section.list("also").unwrap_or_default();
    section.close();
    LintPart { also: also.into_iter().map(|file| PathBuf::from(file.value)).collect() }
}

fn read_fit(mut section: Section<'_>) -> Option<Spanned<FitPart>> {
    let parameters = section.texts_or_sections("parameters", "`parameters` of [fit]");
    let parameters = parameters.into_iter().map(|free| match free {
        Ok(path) => Some(FreePart::Path(path.value)),
        Err(bounds) => read_bounds(bounds).map(FreePart::Bounded),
    });
    let parameters = all(parameters.collect());
    let protocol = section.verbatim("protocol").unwrap_or_default();
    let preparation = section.verbatim("preparation").unwrap_or_default();
    let paired_pulse = section.section("paired_pulse", "`paired_pulse`").map(read_paired_pulse);
    let animals = section.count("animals", 2..=1000).map(narrow);
    let span = section.span.clone();
    section.close();
    let paired_pulse = whole(paired_pulse)?;
    Some(Spanned::new(span, FitPart { parameters: parameters?, protocol, preparation, paired_pulse, animals }))
}

fn read_bounds(mut section: Section<'_>) -> Option<BoundedPart> {
    section.needs("parameter", "e.g. parameter = \"nmda.conductance\"");
    section.needs("low", "low = …, in the unit of the parameter");
    section.needs("high", "high = …, in the unit of the parameter");
    let parameter = section.text("parameter");
    let [low, high] = ["low", "high"].map(|key| section.number(key, f64::MIN..=f64::MAX));
    section.close();
    Some(BoundedPart { parameter: parameter?.value, low: low?.value, high: high?.value })
}

fn read_paired_pulse(mut section: Section<'_>) -> Option<PairedPulsePart> {
    section.needs("ratio", "e.g. ratio = 1.6");
    section.needs("sem", "e.g. sem = 0.05");
    section.needs("interval", "e.g. interval = \"50 ms\"");
    let [ratio, sem] = ["ratio", "sem"].map(|key| section.number(key, f64::MIN..=f64::MAX));
    let interval = section.quantity::<Time>("interval");
    section.close();
    Some(PairedPulsePart { ratio: ratio?.value, sem: sem?.value, interval: interval?.value })
}
