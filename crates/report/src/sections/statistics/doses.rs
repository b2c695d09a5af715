//! Dose–response curves.

use crate::document::document::Block;
use crate::document::table::Table;
use crate::figures::scene::Scene;
use crate::numbers::{brackets, concentration, difference, p_cell, p_value, plain};
use analysis::findings::DoseResponse;

/// The curves, if a compound was given at several doses.
pub(crate) fn blocks(scene: &Scene) -> Vec<Block> {
    let table = doses(scene);
    if table.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("Dose–response"), Block::Table(table)]
}

/// Fitted dose–response curves, or why there is none.
fn doses(scene: &Scene) -> Table {
    let rows = scene.sources.findings.dose_responses.iter().map(row).collect();
    let ec50 = format!("EC50 ({} CI)", scene.level());
    Table::new(
        &["Induction", "Compound", &ec50, "Hill", "Dose 0 → ∞, %", "Lack of fit, p", "Trend, points per decade"],
        rows,
    )
    .without_induction(scene)
}

fn row(curve: &DoseResponse) -> Vec<String> {
    let trend = match (&curve.trend, curve.trend_per_decade) {
        (Some(trend), _) => {
            format!("{} {}, {}", difference(trend.per_decade, 1), brackets(trend.ci, 1), p_value(trend.p))
        }
        (None, Some(ends)) => brackets(ends, 1),
        (None, None) => "–".to_owned(),
    };
    let bound = |um: f64| if um.is_finite() { concentration(um) } else { "not bounded by these data".to_owned() };
    match &curve.fit {
        Some(fit) => vec![
            curve.induction.clone(),
            curve.compound.clone(),
            format!("{} ({} to {})", concentration(fit.ec50_um), bound(fit.ec50_ci_um.low), bound(fit.ec50_ci_um.high)),
            plain(fit.hill, 2),
            format!("{} → {}", plain(fit.bottom, 1), plain(fit.top, 1)),
            p_cell(fit.lack_of_fit_p),
            trend,
        ],
        None => vec![
            curve.induction.clone(),
            curve.compound.clone(),
            match (&curve.turn, &curve.phases) {
                (Some(turn), _) => format!(
                    "none: {}; peak at {} ({} to {})",
                    curve.no_fit_reason,
                    concentration(turn.peak_um),
                    bound(turn.peak_ci_um.low),
                    bound(turn.peak_ci_um.high)
                ),
                (None, Some(phases)) => format!(
                    "none: {}; steps at {} ({} to {}) and {} ({} to {})",
                    curve.no_fit_reason,
                    concentration(phases.first_um),
                    bound(phases.first_ci_um.low),
                    bound(phases.first_ci_um.high),
                    concentration(phases.second_um),
                    bound(phases.second_ci_um.low),
                    bound(phases.second_ci_um.high)
                ),
                (None, None) => format!("none: {}", curve.no_fit_reason),
            },
            "–".to_owned(),
            "–".to_owned(),
            "–".to_owned(),
            trend,
        ],
    }
}
