//! The page of the scoreboard: published outcomes beside simulated ones.

use crate::document::document::{Block, Document, Section};
use crate::document::html::html;
use crate::document::table::{Mark, Table};
use crate::error::ReportError;

/// One published result.
#[derive(Clone, Debug)]
pub struct ScoreLine {
    /// Identifier of the record; empty if the line goes on with the one above.
    pub id: String,
    /// The record in words; empty as above.
    pub title: String,
    /// Author, year, place.
    pub source: String,
    /// How sure the publication is.
    pub evidence: String,
    /// What to bear in mind.
    pub note: String,
    /// The published result.
    pub published: String,
    /// The simulated one.
    pub simulated: String,
    /// `pass`, `near` or `fail`.
    pub verdict: String,
}

/// Lines under one heading.
#[derive(Clone, Debug)]
pub struct ScoreGroup {
    /// Heading.
    pub heading: String,
    /// What the group is for.
    pub lead: String,
    /// Counts in words.
    pub counts: String,
    /// Lines.
    pub lines: Vec<ScoreLine>,
}

/// The self-contained page; `rule` says how lines are judged, `settings` how
/// they were simulated.
///
/// # Errors
/// The template cannot be filled in.
pub fn scoreboard_page(groups: &[ScoreGroup], rule: &[String], settings: &str) -> Result<String, ReportError> {
    let opening = vec![Block::text(settings), Block::List(rule.to_vec())];
    let mut sections = vec![Section::new("rule", "", opening).called("How lines are judged")];
    for (k, group) in groups.iter().enumerate() {
        let lead = Block::text(format!("{} {}", group.lead, group.counts));
        let blocks = vec![lead, Block::Table(table(&group.lines))];
        sections.push(Section::new(format!("group-{}", k + 1), group.heading.clone(), blocks));
    }
    html(&Document {
        title: "Scoreboard: the model against published outcomes".to_owned(),
        name: String::new(),
        program: String::new(),
        sections,
    })
}

fn table(lines: &[ScoreLine]) -> Table {
    let marks = lines.iter().map(|line| match line.verdict.as_str() {
        "pass" => Mark::Pass,
        "near" => Mark::Near,
        _ => Mark::Fail,
    });
    let row = |line: &ScoreLine| {
        let mut source = line.source.clone();
        if !line.evidence.is_empty() {
            source.push_str(&format!(" [{}]", line.evidence));
        }
        if !line.note.is_empty() {
            source.push_str(&format!(". {}", line.note));
        }
        let outcome = format!("{} {}", line.id, line.title).trim().to_owned();
        vec![outcome, line.published.clone(), line.simulated.clone(), line.verdict.clone(), source]
    };
    let rows = lines.iter().map(row).collect();
    Table::new(&["Outcome", "Published", "Simulated", "Verdict", "Source"], rows).judged(marks.collect())
}
