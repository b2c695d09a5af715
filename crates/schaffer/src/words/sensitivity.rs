//! What each parameter does to each outcome, as tables.

use crate::output::headed;
use results::beside::sensitivity::Sensitivity;

/// Parameters listed per outcome.
const LISTED: usize = 10;

/// The largest effects on every outcome.
pub fn in_words(result: &Sensitivity) -> String {
    let mut page = String::new();
    for (place, outcome) in result.outcomes.iter().enumerate() {
        let (what, unit) = match &outcome.against {
            Some(reference) => (format!("{} against {reference}", outcome.condition), "points"),
            None => (outcome.condition.clone(), "%"),
        };
        page.push_str(&format!("{}, {what}: {:+.1} {unit}\n", outcome.induction, outcome.base));
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:+.1}"));
        let mut rows =
            vec![["parameter", "evidence", "range", "at low", "at high", "mean |effect|"].map(str::to_owned)];
        for &parameter in result.ranked(place).iter().take(LISTED) {
            let (moved, effect) = (&result.parameters[parameter], &result.effects[parameter][place]);
            let unit = if moved.unit == "1" { String::new() } else { format!(" {}", moved.unit) };
            rows.push([
                moved.path.clone(),
                moved.evidence.clone(),
                format!("{:.4} to {:.4}{unit}", moved.low, moved.high),
                number(effect.at_low),
                number(effect.at_high),
                number(effect.mean_absolute).trim_start_matches('+').to_owned(),
            ]);
        }
        page.push_str(&headed(&rows));
        page.push('\n');
    }
    if result.failed > 0 {
        page.push_str(&format!("{} of {} simulations could not be finished.\n", result.failed, result.simulations));
    }
    page
}
