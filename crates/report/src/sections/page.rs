//! The page: prose and tables from the findings, filled into two templates that
//! say the same as HTML and as Markdown.

use crate::document::figure::Shown;
use crate::document::table::Table;
use crate::document::templates::fill;
use crate::error::ReportError;
use crate::figures::scene::{Figure, Scene};
use crate::sections::figures::numbered;
use crate::sections::{answer, arrive, beside, courses, evidence, exclusions, groups, methods, need, statistics};
use minijinja::Value;
use minijinja::value::Serde;
use recording::plan::FigureFormat;
use serde::Serialize;

const HTML: &str = include_str!("../../templates/report.html.j2");
const STYLE: &str = include_str!("../../templates/page.css");
const MARKDOWN: &str = include_str!("../../templates/report.md.j2");

/// Everything that the templates name.
#[derive(Serialize)]
struct Contents<'a> {
    title: &'a str,
    name: &'a str,
    simulated: bool,
    answer: &'a str,
    lead: String,
    slices_word: &'a str,
    animals_word: &'a str,
    figures: Vec<Shown<'a>>,
    beside: Table,
    fit: Option<beside::FitShown>,
    of_baseline: Vec<&'a str>,
    methods_table: Table,
    groups: Table,
    statistics: Table,
    statistics_df: String,
    welch_df: String,
    welch: Table,
    courses: Table,
    courses_note: Vec<&'a str>,
    pathways: Table,
    pathway_contrasts: Table,
    pathways_note: Vec<&'a str>,
    equivalence: Table,
    models: Table,
    interactions: Table,
    interactions_note: String,
    doses: Table,
    required: Table,
    required_note: Vec<&'a str>,
    exclusions: Table,
    rules: String,
    evidence: Vec<evidence::Group<'a>>,
    remarks: &'a [String],
    warnings: &'a [String],
    methods: Vec<methods::Paragraph>,
    checklist: Vec<arrive::Item>,
    program: &'a str,
    commit: &'a str,
    seed: u64,
    input_hash: &'a str,
    manifest_hash: &'a str,
    findings_hash: &'a str,
    style_sheet: &'a str,
}

/// The page, ready to be filled into a template.
pub struct Page {
    values: Value,
    answer: String,
}

impl Page {
    /// Collects prose and tables.
    pub fn new(scene: &Scene, figures: &[Figure], formats: &[FigureFormat]) -> Self {
        let sources = scene.sources;
        let (manifest, findings) = (&sources.manifest, &sources.findings);
        let answer = answer::paragraph(scene);
        let contents = Contents {
            title: &manifest.title,
            name: &manifest.name,
            simulated: findings.simulated,
            answer: &answer,
            lead: answer::lead(scene),
            slices_word: scene.slices(),
            animals_word: scene.animals(),
            figures: numbered(figures, formats),
            beside: beside::groups(scene),
            fit: beside::fit(scene),
            of_baseline: findings.of_baseline.iter().map(|group| group.sentence.as_str()).collect(),
            methods_table: groups::methods(scene),
            groups: groups::groups(scene),
            statistics: statistics::statistics(scene),
            statistics_df: statistics::degrees_of_freedom(&findings.contrasts),
            welch_df: statistics::degrees_of_freedom(&findings.animal_mean_contrasts),
            welch: statistics::animal_means(scene),
            courses: courses::stretches(scene),
            courses_note: courses::sentences(scene),
            pathways: courses::pathways(scene),
            pathway_contrasts: statistics::pathway_contrasts(scene),
            pathways_note: courses::pathway_sentences(scene),
            equivalence: statistics::equivalence(scene),
            models: statistics::models(scene),
            interactions: statistics::interactions(scene),
            interactions_note: statistics::interactions_note(scene),
            doses: statistics::doses(scene),
            required: need::required(scene),
            required_note: need::required_note(scene),
            exclusions: exclusions::exclusions(scene),
            rules: exclusions::exclusion_rules(scene),
            evidence: evidence::grouped(manifest),
            remarks: &manifest.remarks,
            warnings: &findings.warnings,
            methods: methods::paragraphs(scene),
            checklist: arrive::arrive(scene),
            program: &manifest.program,
            commit: if manifest.commit.is_empty() { "unknown" } else { &manifest.commit },
            seed: manifest.seed,
            input_hash: &manifest.input_sha256,
            manifest_hash: &sources.hashes[0],
            findings_hash: &sources.hashes[1],
            style_sheet: STYLE,
        };
        let values = Value::from(Serde(&contents));
        Self { values, answer }
    }

    /// The answer in one paragraph.
    pub fn answer(&self) -> &str {
        &self.answer
    }

    /// The self-contained page.
    pub fn html(&self) -> Result<String, ReportError> {
        fill("report.html", HTML, &self.values, true)
    }

    /// The page as Markdown.
    pub fn markdown(&self) -> Result<String, ReportError> {
        fill("report.md", MARKDOWN, &self.values, false)
    }
}
