//! The findings of an experiment, a line for each contrast.

use analysis::Findings;
use statistics::spelling::p_value;

/// The contrasts, one line each.
pub fn summary(findings: &Findings) -> String {
    let slices: usize = findings.groups.iter().map(|group| group.n_slices).sum();
    let excluded: usize = findings.groups.iter().map(|group| group.n_excluded).sum();
    let kind = if findings.simulated { "in-silico slices" } else { "slices" };
    let mut lines = vec![format!("{}: {slices} {kind} analysed, {excluded} excluded", findings.name)];
    let level = 100.0 * findings.interval;
    lines.extend(findings.contrasts.iter().map(|contrast| {
        format!(
            "  {}, {} - {}: {:+.1} points ({level:.0} % CI {:.1} to {:.1}), {} ({}), g = {:.2}",
            contrast.induction,
            contrast.condition,
            contrast.reference,
            contrast.estimate,
            contrast.ci.low,
            contrast.ci.high,
            p_value(contrast.p_adjusted),
            contrast.adjust,
            contrast.hedges_g
        )
    }));
    lines.extend(findings.warnings.iter().map(|warning| format!("  note: {warning}")));
    lines.join("\n")
}
