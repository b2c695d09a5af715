//! The page: prose and tables from the findings, filled into two templates that
//! say the same as HTML and as Markdown.

use crate::sections::answer;
use crate::sections::arrive as checklist;
use crate::sections::beside;
use crate::sections::courses;
use crate::sections::evidence;
use crate::sections::methods;
use crate::sections::statistics as tables;

use crate::document::templates::fill;
use crate::error::ReportError;
use crate::figures::{Figure, Scene};
use crate::sections::statistics::Table;
use minijinja::Value;
use minijinja::value::Serde;
use results::plan::FigureFormat;
use serde::Serialize;

const HTML: &str = include_str!("../../templates/report.html.j2");
const STYLE: &str = include_str!("../../templates/page.css");
const MARKDOWN: &str = include_str!("../../templates/report.md.j2");

/// A file of a figure.
#[derive(Serialize)]
pub(crate) struct Link {
    label: String,
    path: String,
}

/// A figure as the templates see it.
#[derive(Serialize)]
pub(crate) struct Shown<'a> {
    anchor: String,
    number: String,
    title: &'a str,
    legend: &'a str,
    alt: &'a str,
    svg: String,
    file: String,
    files: Vec<Link>,
    width: String,
    supplementary: bool,
}

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
    checklist: Vec<checklist::Item>,
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
            methods_table: tables::methods(scene),
            groups: tables::groups(scene),
            statistics: tables::statistics(scene),
            statistics_df: tables::degrees_of_freedom(&findings.contrasts),
            welch_df: tables::degrees_of_freedom(&findings.animal_mean_contrasts),
            welch: tables::animal_means(scene),
            courses: courses::stretches(scene),
            courses_note: courses::sentences(scene),
            pathways: courses::pathways(scene),
            pathway_contrasts: tables::pathway_contrasts(scene),
            pathways_note: courses::pathway_sentences(scene),
            equivalence: tables::equivalence(scene),
            models: tables::models(scene),
            interactions: tables::interactions(scene),
            interactions_note: tables::interactions_note(scene),
            doses: tables::doses(scene),
            required: tables::required(scene),
            required_note: tables::required_note(scene),
            exclusions: tables::exclusions(scene),
            rules: methods::exclusion_rules(scene),
            evidence: evidence::grouped(manifest),
            remarks: &manifest.remarks,
            warnings: &findings.warnings,
            methods: methods::paragraphs(scene),
            checklist: checklist::arrive(scene),
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
        fill("page.html", HTML, &self.values, true)
    }

    /// The page as Markdown.
    pub fn markdown(&self) -> Result<String, ReportError> {
        fill("page.md", MARKDOWN, &self.values, false)
    }
}

/// Figures with their numbers: 1, 2, … and S1, S2, … in the supplement.
pub(crate) fn numbered<'a>(figures: &'a [Figure], formats: &[FigureFormat]) -> Vec<Shown<'a>> {
    let (mut main, mut supplement) = (0, 0);
    figures
        .iter()
        .map(|figure| {
            let number = if figure.supplementary {
                supplement += 1;
                format!("S{supplement}")
            } else {
                main += 1;
                main.to_string()
            };
            let mut files: Vec<Link> = Vec::new();
            for (format, extension) in
                [(FigureFormat::Svg, "svg"), (FigureFormat::Png, "png"), (FigureFormat::Pdf, "pdf")]
            {
                if formats.contains(&format) {
                    let path = format!("figures/{}.{extension}", figure.slug);
                    files.push(Link { label: extension.to_uppercase(), path });
                }
            }
            let file = files.first().map_or_else(String::new, |link| link.path.clone());
            for table in &figure.tables {
                let panel = if table.panel.is_empty() { String::new() } else { format!("-{}", table.panel) };
                let path = format!("figures/{}{panel}.csv", figure.slug);
                let label = if table.panel.is_empty() { "data".to_owned() } else { format!("data {}", table.panel) };
                files.push(Link { label, path });
            }
            Shown {
                anchor: format!("figure-{}", number.to_lowercase()),
                number,
                title: &figure.title,
                legend: &figure.legend,
                alt: &figure.alt,
                svg: inline(&figure.svg),
                file,
                files,
                // On a screen figures stand 1.5 times their printed size.
                width: format!("{:.0}mm", figure.width_mm * 1.5),
                supplementary: figure.supplementary,
            }
        })
        .collect()
}

/// The drawing for the page: the page decides its size, the figure caption
/// names it.
fn inline(svg: &str) -> String {
    let Some(start) = svg.find(" width=\"") else { return svg.to_owned() };
    let Some(end) = svg.find(" viewBox=") else { return svg.to_owned() };
    let mut text = svg.to_owned();
    text.replace_range(start..end, "");
    text
}
