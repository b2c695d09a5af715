//! Tables of the shipped posterior for its page.

use posterior::{Marginal, Posterior, PredictiveCheck};
use std::fmt::Write;

/// Correlations that are listed.
const CORRELATIONS: usize = 12;

/// One part: `head`, `checks`, `marginals` or `correlations`.
pub(super) fn table(part: &str) -> Result<String, String> {
    let posterior = Posterior::shipped().map_err(|fault| fault.to_string())?;
    match part {
        "head" => Ok(head(&posterior)),
        "checks" => Ok(checks(&posterior.checks().map_err(|fault| fault.to_string())?)),
        "marginals" => Ok(marginals(&posterior.marginals())),
        "correlations" => Ok(correlations(&posterior)),
        _ => Err(format!("the posterior has no part \"{part}\"; it has head, checks, marginals, correlations")),
    }
}

fn head(posterior: &Posterior) -> String {
    format!(
        "{} draws, worth {:.0} of equal weight, of {} simulated sets of {} parameters; {} animals per arm, seed {}.\n",
        posterior.draws.len(),
        posterior.effective,
        posterior.simulated,
        posterior.parameters.len(),
        posterior.animals,
        posterior.seed
    )
}

/// Observations beside the draws, as Markdown.
pub fn checks(checks: &[PredictiveCheck]) -> String {
    let mut text =
        String::from("| observation | observed | median | central 95 % | probability |\n|---|---|---|---|---|\n");
    for check in checks {
        let [low, high] = check.central_95;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {:.2} | {low:.2} to {high:.2} | {:.2} |",
            check.what, check.observed, check.median, check.probability
        );
    }
    text
}

fn marginals(marginals: &[Marginal]) -> String {
    let mut text = String::from("| parameter | prior | median | central 95 % | left open |\n|---|---|---|---|---|\n");
    for one in marginals {
        let unit = if one.unit == "1" { String::new() } else { format!(" {}", one.unit) };
        let [low, high] = one.central_95.map(digits);
        let _ = writeln!(
            text,
            "| {} | {} | {}{unit} | {low} to {high} | {:.0} % |",
            one.path,
            one.prior,
            digits(one.median),
            100.0 * one.left_open
        );
    }
    text
}

fn correlations(posterior: &Posterior) -> String {
    let mut text = String::from("| parameter | parameter | rank correlation |\n|---|---|---|\n");
    for (one, other, r) in posterior.correlations(CORRELATIONS) {
        let _ = writeln!(text, "| {one} | {other} | {r:+.2} |");
    }
    text
}

/// Three significant digits.
fn digits(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let decimals = (2 - libm::log10(value.abs()).floor() as i32).max(0) as usize;
    format!("{value:.decimals$}")
}
