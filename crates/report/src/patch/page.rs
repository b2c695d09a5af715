//! The page of whole-cell recordings: the same blocks and formats as the report of
//! field recordings.

use crate::document::document::{Block, Document, Section, Term};
use crate::document::table::Table;
use crate::figures::scene::Figure;
use crate::numbers;
use crate::patch::sources::PatchSources;
use crate::patch::words::phase_word;
use crate::sections::answer::answer::IN_SILICO;
use crate::sections::evidence;
use crate::sections::figures::sections;
use crate::sections::provenance::commit;
use analysis::patch::Reading;
use recording::Phase;
use results::manifest::Origin;
use results::plan::FigureFormat;

/// How the differences are compared.
const COMPARED: &str = "Cells are nested in animals: random intercepts by REML with Kenward–Roger degrees of freedom, \
                        or Welch’s test where every animal has one cell. p is not adjusted.";

/// The page with `figures`, linked in the files of `formats`.
pub(super) fn document(sources: &PatchSources, figures: &[Figure], formats: &[FigureFormat]) -> Document {
    let manifest = &sources.manifest;
    let simulated = manifest.origin == Origin::Simulated;
    let mut opening = Vec::new();
    if simulated {
        opening.push(Block::Banner(IN_SILICO.to_owned()));
    }
    opening.push(Block::Answer(answer(sources)));
    if !sources.findings.warnings.is_empty() {
        let lines = sources.findings.warnings.clone();
        opening.push(Block::Notice { anchor: "warnings", title: "Before you trust a number", lines });
    }
    let rig = vec![Block::List(rig(sources)), Block::Heading("Conditions"), Block::List(conditions(sources))];
    let contrasts = vec![Block::text(COMPARED), Block::Table(contrasts(sources))];
    let recordings = if simulated { "Virtual whole-cell recordings" } else { "Whole-cell recordings" };
    Document {
        title: manifest.title.clone(),
        name: format!("{} · {recordings}", manifest.name),
        program: manifest.program.clone(),
        sections: vec![
            Section::new("answer", "", opening).called("Answer"),
            sections(figures, formats).0,
            Section::new("groups", "Groups", vec![Block::Table(groups(sources))]),
            Section::new("contrasts", "Change from the baseline, against that of the reference", contrasts)
                .called("Comparisons"),
            Section::new("methods", "Rig and conditions", rig),
            evidence::of(manifest),
            provenance(sources, simulated),
        ],
    }
}

/// What is needed to make the page again.
fn provenance(sources: &PatchSources, simulated: bool) -> Section {
    let manifest = &sources.manifest;
    let code = |name, value: String| Term { name, value, code: true };
    let mut terms = vec![
        Term { name: "Program", value: manifest.program.clone(), code: false },
        code("Commit", commit(manifest).to_owned()),
    ];
    if simulated {
        terms.push(code("Seed", manifest.seed.to_string()));
    }
    terms.push(code("Input, SHA-256", manifest.input_sha256.clone()));
    Section::new("provenance", "Provenance", vec![Block::Terms(terms)])
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
            let (name, unit) = reading.title().split_once(", ").unwrap_or((reading.title(), ""));
            parts.push(format!(
                "{name} {} {unit} ({} CI {} to {}; {})",
                numbers::difference(c.estimate, c.decimals()),
                numbers::level(sources.manifest.statistics.interval.value()),
                numbers::plain(c.ci_low, c.decimals()),
                numbers::plain(c.ci_high, c.decimals()),
                numbers::p_value(c.p)
            ));
        }
        if !parts.is_empty() {
            sentences.push(format!(
                "{} against {}, change from the baseline to the drug (p not adjusted): {}.",
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
    Table::new(&["Reading", "Condition", "Phase", "Mean", "SD", "Cells", "Animals"], rows)
}

fn contrasts(sources: &PatchSources) -> Table {
    let rows = sources.findings.contrasts.iter().map(|c| {
        vec![
            c.reading.title().to_owned(),
            format!("{} − {}", c.condition, c.reference),
            phase_word(c.phase).to_owned(),
            numbers::difference(c.estimate, c.decimals()),
            format!("{} to {}", numbers::plain(c.ci_low, c.decimals()), numbers::plain(c.ci_high, c.decimals())),
            numbers::plain(c.df, 1),
            numbers::p_cell(c.p),
        ]
    });
    let interval = format!("{} CI", numbers::level(sources.manifest.statistics.interval.value()));
    Table::new(&["Reading", "Comparison", "Phase", "Difference", &interval, "df", "p"], rows.collect())
}
