//! A fit and its predictions, as tables and lines.

use crate::output::headed;
use results::Entry;
use results::beside::fit::{Fit, PredictedNumber};

/// The fit for people.
pub fn in_words(fit: &Fit) -> String {
    let mut lines = vec![format!(
        "{}: fitted to \"{}\" with {} sets of parameters, misfit {:.2} → {:.2}\n",
        fit.study, fit.reference, fit.evaluations, fit.misfit_before, fit.misfit
    )];
    let head = ["number", Entry::Recorded.name(), "before", "fitted", "error"].map(str::to_owned);
    let unit = |unit: &str| if unit == "1" { String::new() } else { format!(" ({unit})") };
    let rows = fit.numbers.iter().map(|n| {
        let [recorded, before, fitted, error] = [n.recorded, n.before, n.fitted, n.error].map(|v| format!("{v:.2}"));
        [format!("{}{}", n.what, unit(&n.unit)), recorded, before, fitted, error]
    });
    lines.push(headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()));
    let head = ["parameter", "start", "fitted", "95 % interval", "left open", "by these data"].map(str::to_owned);
    let rows = fit.parameters.iter().map(|p| {
        let unit = if p.unit == "1" { String::new() } else { format!(" {}", p.unit) };
        [
            p.path.clone(),
            format!("{:.4}{unit}", p.start),
            format!("{:.4}{unit}", p.value),
            format!("{:.4} to {:.4}", p.interval[0], p.interval[1]),
            format!("{:.0} %", 100.0 * p.left_open.min(1.0)),
            p.determined.in_words().to_owned(),
        ]
    });
    lines.push(headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()));
    for p in &fit.predictions {
        lines.push(format!("prediction for {} ({}):", p.condition, evidence::listed(&p.compounds)));
        lines.push(number("potentiation, %", &p.potentiation, p.n_animals));
        lines.push(number(&format!("difference from {}, points", fit.reference), &p.difference, p.n_animals));
        lines.extend(p.rests_on.iter().map(|line| format!("    rests on {line}")));
    }
    lines.extend(fit.not_predicted.iter().map(|n| format!("not predicted: {} ({})", n.condition, n.reason)));
    lines.extend(fit.remarks.iter().map(|remark| format!("note: {remark}")));
    lines.join("\n")
}

/// One predicted number in a line.
fn number(what: &str, n: &PredictedNumber, animals: usize) -> String {
    let recorded = match (n.recorded, n.agrees) {
        (Some(value), Some(true)) => format!("; recorded {value:.1}: inside"),
        (Some(value), Some(false)) => format!("; recorded {value:.1}: OUTSIDE"),
        _ => "; not recorded".to_owned(),
    };
    format!(
        "  {what}: {:.1} (model's mean {:.1} to {:.1}; a group of {animals} animals {:.1} to {:.1}){recorded}",
        n.value, n.model[0], n.model[1], n.group[0], n.group[1]
    )
}
