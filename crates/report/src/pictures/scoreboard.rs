//! The page of the scoreboard: published outcomes beside simulated ones.

use crate::document::templates::{STYLE, fill};
use crate::error::ReportError;
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

const PAGE: &str = include_str!("../../templates/scoreboard.html.j2");

/// One published result.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
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

#[derive(Serialize)]
struct Contents<'a> {
    rule: &'a [String],
    settings: &'a str,
    groups: &'a [ScoreGroup],
    style_sheet: &'a str,
}

/// The self-contained page; `rule` says how lines are judged, `settings` how
/// they were simulated.
///
/// # Errors
/// The template cannot be filled in.
pub fn scoreboard_page(groups: &[ScoreGroup], rule: &[String], settings: &str) -> Result<String, ReportError> {
    let contents = Contents { rule, settings, groups, style_sheet: STYLE };
    fill("scoreboard.html", PAGE, &Value::from(Serde(&contents)), true)
}
