//! The findings of whole-cell recordings, as tables.

use crate::output::headed;
use analysis::patch::{PatchContrast, PatchFindings, Reading};
use recording::Phase;
use statistics::spelling::p_value;

/// `+5.92 (5.61 to 6.24)`; what rounds to zero has no sign.
fn contrast(contrast: &PatchContrast) -> String {
    let spelt = |value: f64, plus: &str| {
        let text = format!("{:.*}", contrast.decimals(), value);
        let zero = !text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        if zero {
            text.trim_start_matches('-').to_owned()
        } else if value > 0.0 {
            format!("{plus}{text}")
        } else {
            text
        }
    };
    let (low, high) = (spelt(contrast.ci_low, ""), spelt(contrast.ci_high, ""));
    format!("{} ({low} to {high})", spelt(contrast.estimate, "+"))
}

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
            contrast(c),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_changes_have_digits_and_zeros_no_sign() {
        let of = |estimate, ci_low, ci_high| {
            contrast(&PatchContrast {
                condition: "ALLO".to_owned(),
                reference: "vehicle".to_owned(),
                phase: Phase::WashIn,
                reading: Reading::RestMv,
                estimate,
                ci_low,
                ci_high,
                df: 10.0,
                p: 0.016,
            })
        };
        assert_eq!(of(-0.0041, -0.0072, -0.0010), "-0.0041 (-0.0072 to -0.0010)");
        assert_eq!(of(5.9249, 5.6061, 6.2437), "+5.92 (5.61 to 6.24)");
        assert_eq!(of(-0.001, -0.2, 0.2), "0.00 (-0.20 to 0.20)");
    }
}
