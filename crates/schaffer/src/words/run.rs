//! The findings of an experiment, a line for each contrast.

use analysis::Findings;
use analysis::findings::Contrast;
use results::beside::prediction::{Predicted, PredictedKind, Prediction};
use statistics::spelling::p_value;

/// One contrast: estimate, interval and p of one model and one adjustment.
fn line(contrast: &Contrast, family: usize) -> String {
    let minus = |text: String| text.replace('-', "−");
    let adjusted = match contrast.adjust.as_str() {
        _ if family == 1 => "",
        "none" => ", not adjusted",
        "dunnett" => ", Dunnett",
        "holm" => ", Holm",
        _ => ", adjusted",
    };
    let g = if contrast.hedges_g.is_finite() { minus(format!("{:.2}", contrast.hedges_g)) } else { "–".to_owned() };
    format!(
        "  {}, {} − {}: {} points ({} {} to {}), {}{adjusted}, g = {g}",
        contrast.induction,
        contrast.condition,
        contrast.reference,
        minus(format!("{:+.1}", contrast.estimate)),
        contrast.ci_name,
        minus(format!("{:.1}", contrast.ci.low)),
        minus(format!("{:.1}", contrast.ci.high)),
        p_value(contrast.p_adjusted)
    )
}

/// One prediction: median, central 95 %, probability of its direction.
fn predicted(outcome: &Predicted) -> String {
    // Nothing is printed as a signed zero.
    let minus = |value: f64| match (10.0 * value).round() / 10.0 {
        0.0 => "0.0".to_owned(),
        rounded => format!("{rounded:+.1}").replace('-', "−"),
    };
    let [low, high] = outcome.central_95;
    let (up, down) = (outcome.above_zero, outcome.below_zero);
    let (way, share) = if up >= down { ("above", up) } else { ("below", down) };
    let name = match outcome.kind {
        PredictedKind::Interaction => outcome.condition.clone(),
        _ => format!("{}, {} − {}", outcome.induction, outcome.condition, outcome.reference),
    };
    if outcome.is_negligible() {
        return format!("  {name}: 0.0 points (95 % within ±0.05)");
    }
    let share = if share > 0.995 { "> 99".to_owned() } else { format!("{:.0}", 100.0 * share) };
    format!(
        "  {name}: {} points (95 % {} to {}), {way} zero with {share} %",
        minus(outcome.median),
        minus(low),
        minus(high)
    )
}

/// What is predicted, one line each; empty without a prediction.
fn predictions(prediction: Option<&Prediction>) -> Vec<String> {
    let Some(prediction) = prediction else { return Vec::new() };
    let told = |outcome: &&Predicted| outcome.kind != PredictedKind::Change;
    let lines: Vec<String> = prediction.outcomes.iter().filter(told).map(predicted).collect();
    if lines.is_empty() {
        return lines;
    }
    let head = format!("predicted over {} draws from what is not known:", prediction.draws);
    std::iter::once(head).chain(lines).collect()
}

/// The predictions and the contrasts, one line each.
pub fn summary(findings: &Findings, prediction: Option<&Prediction>) -> String {
    let slices: usize = findings.groups.iter().map(|group| group.n_slices).sum();
    let excluded: usize = findings.groups.iter().map(|group| group.n_excluded).sum();
    let kind = if findings.simulated { "in-silico slices" } else { "slices" };
    let mut lines = vec![format!("{}: {slices} {kind} analysed, {excluded} excluded", findings.name)];
    lines.extend(predictions(prediction));
    if lines.len() > 1 && !findings.contrasts.is_empty() {
        lines.push("one simulated experiment of the planned size:".to_owned());
    }
    lines.extend(findings.contrasts.iter().map(|contrast| line(contrast, findings.contrasts.len())));
    lines.extend(findings.warnings.iter().map(|warning| format!("  note: {warning}")));
    lines.join("\n")
}
