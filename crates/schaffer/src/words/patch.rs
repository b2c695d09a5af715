//! The findings of whole-cell recordings, as tables.

use crate::output::headed;
use analysis::patch::{PatchFindings, Reading};
use recording::Phase;
use statistics::spelling::p_value;

/// The findings in words.
pub fn summary(findings: &PatchFindings) -> String {
    let phase = |phase: Phase| match phase {
        Phase::Baseline => "baseline",
        Phase::WashIn => "drug",
        _ => "wash-out",
    };
    let rows = findings.groups.iter().map(|group| {
        let sd = group.sd.map_or(String::new(), |sd| format!(" ± {sd:.2}"));
        [
            group.reading.title().to_owned(),
            group.condition.clone(),
            phase(group.phase).to_owned(),
            format!("{:.2}{sd}", group.mean),
            group.n_cells.to_string(),
            group.n_animals.to_string(),
        ]
    });
    let mut rows: Vec<[String; 6]> = rows.collect();
    rows.sort_by_key(|row| Reading::ALL.iter().position(|reading| reading.title() == row[0]));
    rows.insert(0, ["reading", "condition", "phase", "mean ± SD", "cells", "animals"].map(str::to_owned));
    let mut page = headed(&rows);
    page.push_str("\nchange from the baseline, against that of the reference\n\n");
    let contrasts = findings.contrasts.iter().map(|c| {
        [
            c.reading.title().to_owned(),
            format!("{} - {}", c.condition, c.reference),
            phase(c.phase).to_owned(),
            format!("{:+.2} ({:.2} to {:.2})", c.estimate, c.ci_low, c.ci_high),
            format!("{}, df {:.1}", p_value(c.p), c.df),
        ]
    });
    let head = ["reading", "contrast", "phase", "difference", "test"].map(str::to_owned);
    page.push_str(&headed(&std::iter::once(head).chain(contrasts).collect::<Vec<_>>()));
    page.push('\n');
    for warning in &findings.warnings {
        page.push_str(&format!("note: {warning}\n"));
    }
    page
}
