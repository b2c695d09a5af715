//! The page of whole-cell recordings as HTML and as Markdown.

use crate::document::figure::Shown;
use crate::document::templates::{STYLE, fill};
use crate::error::ReportError;
use crate::figures::scene::Figure;
use crate::numbers;
use crate::patch::sources::PatchSources;
use crate::patch::words::phase_word;
use crate::sections::figures::numbered;
use analysis::patch::Reading;
use minijinja::Value;
use minijinja::value::Serde;
use recording::Phase;
use results::plan::FigureFormat;
use serde::Serialize;

const HTML: &str = include_str!("../../templates/patch.html.j2");
const MARKDOWN: &str = include_str!("../../templates/patch.md.j2");

/// A table of words.
#[derive(Serialize)]
struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// Everything that the templates name.
#[derive(Serialize)]
struct Contents<'a> {
    title: &'a str,
    answer: String,
    simulated: bool,
    figures: Vec<Shown>,
    rig: Vec<String>,
    conditions: Vec<String>,
    groups: Table,
    contrasts: Table,
    remarks: &'a [String],
    warnings: &'a [String],
    evidence: Table,
    program: &'a str,
    commit: &'a str,
    seed: u64,
    style_sheet: &'a str,
}

/// The values of the page.
pub(super) fn contents(sources: &PatchSources, figures: &[Figure], formats: &[FigureFormat]) -> Value {
    let manifest = &sources.manifest;
    Value::from(Serde(&Contents {
        title: &manifest.title,
        answer: answer(sources),
        simulated: manifest.origin == results::manifest::Origin::Simulated,
        figures: numbered(figures, formats),
        rig: rig(sources),
        conditions: conditions(sources),
        groups: groups(sources),
        contrasts: contrasts(sources),
        remarks: &manifest.remarks,
        warnings: &sources.findings.warnings,
        evidence: evidence(sources),
        program: &manifest.program,
        commit: if manifest.commit.is_empty() { "unknown" } else { &manifest.commit },
        seed: manifest.seed,
        style_sheet: STYLE,
    }))
}

/// The page as HTML.
pub(super) fn html(contents: &Value) -> Result<String, ReportError> {
    fill("patch.html", HTML, contents, true)
}

/// The page as Markdown.
pub(super) fn markdown(contents: &Value) -> Result<String, ReportError> {
    fill("patch.md", MARKDOWN, contents, false)
}

/// What the drug did to sIPSCs, tonic current and firing, in one paragraph.
pub(super) fn answer(sources: &PatchSources) -> String {
    let told = [Reading::IpscDecayMs, Reading::TonicPa, Reading::FiringHz];
    let mut sentences: Vec<String> = Vec::new();
    for condition in &sources.manifest.conditions {
        let mut parts = Vec::new();
        for reading in told {
            let found = sources.findings.contrasts.iter().find(|contrast| {
                contrast.condition == condition.name && contrast.phase == Phase::WashIn && contrast.reading == reading
            });
            let Some(c) = found else { continue };
            parts.push(format!(
                "{} {} ({} to {})",
                reading.title(),
                numbers::difference(c.estimate, 2),
                numbers::plain(c.ci_low, 2),
                numbers::plain(c.ci_high, 2)
            ));
        }
        if !parts.is_empty() {
            sentences.push(format!(
                "{} against {}, change from baseline: {}.",
                condition.name,
                sources.manifest.statistics.reference,
                parts.join("; ")
            ));
        }
    }
    if sentences.is_empty() {
        return "One condition: nothing is compared.".to_owned();
    }
    sentences.join(" ")
}

/// The rig in words.
fn rig(sources: &PatchSources) -> Vec<String> {
    let rig = &sources.rig;
    let mv = |value: f64| numbers::plain(value, 1);
    let minutes = |value: f64| numbers::short(value, 1);
    vec![
        format!(
            "Baseline {} min, drug {} min, wash-out {} min; stretches of voltage clamp of {} s.",
            minutes(rig.drug_on_min),
            minutes(rig.drug_off_min - rig.drug_on_min),
            minutes(rig.end_min - rig.drug_off_min),
            minutes(rig.stretch_s)
        ),
        format!("Internal solution, {}.", rig.internal),
        format!(
            "{} mM chloride inside: chloride reverses at {} mV (Nernst), GABA-A currents at {} mV (with bicarbonate); holding potential {} mV.",
            numbers::short(rig.chloride_mm, 1),
            mv(rig.chloride_reversal_mv),
            mv(rig.gaba_reversal_mv),
            mv(rig.hold_mv)
        ),
        "IPSCs with NBQX 10 µM, EPSCs with gabazine 10 µM; tonic current as shift of the holding current on picrotoxin 100 µM.".to_owned(),
    ]
}

/// The conditions with their baths.
fn conditions(sources: &PatchSources) -> Vec<String> {
    let worded = sources.manifest.conditions.iter().map(|condition| {
        let bath: Vec<String> = condition
            .bath
            .iter()
            .map(|entry| format!("{} {}", entry.compound, numbers::concentration(entry.concentration_um)))
            .collect();
        if bath.is_empty() {
            format!("{}: no drug", condition.name)
        } else {
            format!("{}: {}", condition.name, bath.join(" + "))
        }
    });
    worded.collect()
}

fn groups(sources: &PatchSources) -> Table {
    let mut rows = Vec::new();
    for reading in Reading::ALL {
        for group in sources.findings.groups.iter().filter(|group| group.reading == reading) {
            let sd = group.sd.map_or(String::new(), |sd| numbers::plain(sd, 2));
            rows.push(vec![
                reading.title().to_owned(),
                group.condition.clone(),
                phase_word(group.phase).to_owned(),
                numbers::plain(group.mean, 2),
                sd,
                group.n_cells.to_string(),
                group.n_animals.to_string(),
            ]);
        }
    }
    Table { head: vec!["Reading", "Condition", "Phase", "Mean", "SD", "Cells", "Animals"], rows }
}

fn contrasts(sources: &PatchSources) -> Table {
    let rows = sources.findings.contrasts.iter().map(|c| {
        vec![
            c.reading.title().to_owned(),
            format!("{} − {}", c.condition, c.reference),
            phase_word(c.phase).to_owned(),
            numbers::difference(c.estimate, 2),
            format!("{} to {}", numbers::plain(c.ci_low, 2), numbers::plain(c.ci_high, 2)),
            numbers::plain(c.df, 1),
            numbers::p_cell(c.p),
        ]
    });
    let head = vec!["Reading", "Comparison", "Phase", "Difference", "Interval", "df", "p"];
    Table { head, rows: rows.collect() }
}

fn evidence(sources: &PatchSources) -> Table {
    let rows = sources
        .manifest
        .evidence
        .iter()
        .map(|row| vec![row.subject.clone(), row.value.clone(), row.tag.in_words().to_owned(), row.source.clone()]);
    Table { head: vec!["Number", "Value", "Evidence", "Source"], rows: rows.collect() }
}
