//! The findings of an experiment, a line for each contrast.

use analysis::Findings;
use analysis::findings::Contrast;
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

/// The contrasts, one line each.
pub fn summary(findings: &Findings) -> String {
    let slices: usize = findings.groups.iter().map(|group| group.n_slices).sum();
    let excluded: usize = findings.groups.iter().map(|group| group.n_excluded).sum();
    let kind = if findings.simulated { "in-silico slices" } else { "slices" };
    let mut lines = vec![format!("{}: {slices} {kind} analysed, {excluded} excluded", findings.name)];
    lines.extend(findings.contrasts.iter().map(|contrast| line(contrast, findings.contrasts.len())));
    lines.extend(findings.warnings.iter().map(|warning| format!("  note: {warning}")));
    lines.join("\n")
}
