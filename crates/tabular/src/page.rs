//! The answer as a page: what was tested, on how many, the numbers, a sentence.

use crate::outcome::{Outcome, Row};
use crate::words::{p_cell, short};
use serde_json::Value;

impl Outcome {
    /// The results as a text.
    pub(crate) fn text(&self, unit: &str, with_apa: bool) -> String {
        let heads = ["", "estimate", "se", "statistic", "df", "df2", "p", "p adjusted", "low", "high"];
        let cells = |row: &Row| {
            let number = |number: Option<f64>| number.map_or_else(String::new, short);
            let p = |p: Option<f64>| p.map_or_else(String::new, p_cell);
            let mut cells = vec![row.term.clone()];
            cells.extend([row.estimate, row.se, row.statistic, row.df, row.df_denominator].map(number));
            cells.extend([row.p, row.p_adjusted].map(p));
            cells.extend([row.ci_low, row.ci_high].map(number));
            cells
        };
        let mut lines: Vec<Vec<String>> = vec![heads.map(str::to_owned).to_vec()];
        lines.extend(self.rows.iter().map(cells));
        // Columns that this method has nothing for are not shown.
        let shown: Vec<usize> =
            (0..heads.len()).filter(|&c| c == 0 || lines[1..].iter().any(|line| !line[c].is_empty())).collect();
        let width = |c: usize| lines.iter().map(|line| line[c].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = shown.iter().map(|&c| width(c)).collect();
        let mut page = format!("{}\n{}\n\n", self.title, self.unit_line(unit));
        for line in &lines {
            let cells = shown.iter().zip(&widths).map(|(&c, width)| format!("{:<width$}", line[c], width = *width));
            page.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            page.push('\n');
        }
        for row in &self.rows {
            for (name, value) in &row.more {
                page.push_str(&format!("\n{}: {} {}", row.term, name.replace('_', " "), spelt(name, value)));
            }
        }
        for (name, value) in &self.details {
            page.push_str(&format!("\n{} {}", name.replace('_', " "), spelt(name, value)));
        }
        for warning in &self.warnings {
            page.push_str(&format!("\nWarning: {warning}."));
        }
        let apa = self.apa().filter(|_| with_apa).map_or_else(String::new, |line| format!("\n\nAPA: {line}."));
        format!("{}\n\n{}{apa}\n", page.trim_end(), self.sentence)
    }

    /// The experimental unit and how many there are.
    fn unit_line(&self, unit: &str) -> String {
        let count = |(name, n): &(String, usize)| if name.is_empty() { n.to_string() } else { format!("{name} {n}") };
        let counts: Vec<String> = self.units.iter().map(count).collect();
        format!("Experimental unit: {unit} (n: {})", counts.join(", "))
    }
}

/// A quantity that the method adds; p values as in the sentence.
fn spelt(name: &str, value: &Value) -> String {
    let is_p = name.starts_with("p_") || name == "p" || name.ends_with("_p");
    match value.as_f64().filter(|_| is_p && name != "p_adjusted_by") {
        Some(p) => p_cell(p),
        None => plain(value),
    }
}

/// A JSON value in a text.
fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), short),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Null => String::from("–"),
        other => other.to_string(),
    }
}
