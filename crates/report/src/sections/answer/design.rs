//! What a design asks first: the interaction of a 2 × 2, the EC50 of a dose series,
//! the difference that an induction protocol makes.

use crate::figures::scene::Scene;
use crate::numbers::{brackets, capitalised, concentration, difference, p_value};
use analysis::findings::{DoseResponse, Interaction, InteractionKind};

/// Doses above zero that make a series.
const SERIES: usize = 3;
/// Interactions that are told.
const TOLD: usize = 3;

/// The question as the experiment file states it.
pub(crate) fn question(scene: &Scene) -> Option<String> {
    let asked = &scene.sources.findings.question;
    (!asked.is_empty()).then(|| format!("Question: {}", sentence(asked)))
}

/// The question with a mark at its end.
fn sentence(asked: &str) -> String {
    if asked.ends_with(['?', '.', '!']) { asked.to_owned() } else { format!("{asked}.") }
}

/// What the design was made for.
pub(crate) fn head(scene: &Scene) -> Vec<String> {
    let findings = &scene.sources.findings;
    let mut sentences: Vec<String> = findings.dose_responses.iter().filter_map(|one| half_effect(scene, one)).collect();
    sentences.extend(interactions(scene, InteractionKind::Mixture));
    sentences
}

/// What the protocols of an experiment change in the effects of its conditions.
pub(crate) fn between_protocols(scene: &Scene) -> Vec<String> {
    interactions(scene, InteractionKind::Induction)
}

/// EC50 of a dose series, or why there is none.
fn half_effect(scene: &Scene, series: &DoseResponse) -> Option<String> {
    // Conditions with the same dose are no series.
    let mut doses: Vec<f64> = series.dose_um.iter().copied().filter(|dose| *dose > 0.0).collect();
    doses.sort_by(f64::total_cmp);
    doses.dedup();
    if doses.len() < SERIES {
        return None;
    }
    let many = scene.inductions().len() > 1;
    let place = if many { format!(" under {}", series.induction) } else { String::new() };
    let opening = format!("{}{place}", series.label);
    let trend = series.trend.as_ref().map_or_else(String::new, |trend| {
        format!(
            "; over its doses potentiation changed by {} points per tenfold concentration {}, {}",
            difference(trend.per_decade, 1),
            brackets(trend.ci, 1),
            p_value(trend.p)
        )
    });
    let Some(fit) = &series.fit else {
        return Some(format!("{opening}: no EC50 can be given, {}{trend}.", series.no_fit_reason));
    };
    let end = |um: f64| if um.is_finite() && um > 0.0 { concentration(um) } else { "not bounded".to_owned() };
    let (low, high) = (end(fit.ec50_ci_um.low), end(fit.ec50_ci_um.high));
    Some(format!("{opening}: EC50 {} ({} CI {low} to {high}){trend}.", concentration(fit.ec50_um), scene.level()))
}

/// Differences of differences of one kind, the largest.
fn interactions(scene: &Scene, kind: InteractionKind) -> Vec<String> {
    let found = scene.sources.findings.interactions.iter();
    let mut sorted: Vec<&Interaction> = found.filter(|one| one.kind == kind && one.estimate.is_finite()).collect();
    sorted.sort_by(|a, b| b.estimate.abs().total_cmp(&a.estimate.abs()));
    let told = |one: &&Interaction| {
        let holds = one.ci.low <= 0.0 && one.ci.high >= 0.0;
        let verdict = match (holds, one.kind) {
            (true, _) => "not shown, since the interval holds zero",
            (false, InteractionKind::Mixture) => "the effects do not simply add",
            (false, InteractionKind::Induction) => "the effect depends on the protocol",
        };
        format!(
            "Interaction, {}: {} percentage points ({} CI {}), {}, not adjusted; {verdict}.",
            one.what,
            difference(one.estimate, 1),
            scene.level(),
            crate::numbers::range(one.ci, 1),
            p_value(one.p)
        )
    };
    let mut sentences: Vec<String> = sorted.iter().take(TOLD).map(told).collect();
    if sorted.len() > TOLD {
        let more = quantity::counted(sorted.len() - TOLD, "smaller interaction");
        sentences.push(format!("{} in the table of interactions.", capitalised(&more)));
    }
    sentences
}
