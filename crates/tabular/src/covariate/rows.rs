//! What the lines say: rows, details, warnings and the sentence.

use crate::covariate::read::{Columns, of_group};
use crate::outcome::{Outcome, Row};
use crate::table::data::Data;
use crate::words::{f_words, n_words, p_words, short};
use serde_json::json;
use statistics::contrasts::AdjustedComparison;
use statistics::covariate::{Covariance, CovariateModel, Fitted, Slopes};
use std::collections::BTreeSet;

/// The outcome of a fit.
pub(super) fn describe(
    data: &Data,
    columns: &Columns,
    found: &Covariance,
    model: &CovariateModel,
    column: &str,
) -> Outcome {
    let names = &columns.names;
    let mut outcome = Outcome { title: title(found, model), ..Outcome::default() };
    for name in names {
        outcome.units.push((name.clone(), of_group(data, name).collect::<BTreeSet<_>>().len()));
    }
    let at = format!("at {column} {}", short(found.at));
    if let Some(test) = &found.equal_slopes {
        outcome.rows.push(Row::f(format!("equal slopes (group x {column})"), test));
    }
    let own = found.slopes.len() > 1;
    for (c, name) in found.slopes.iter().zip(names) {
        let of = if own { format!(" ({name})") } else { String::new() };
        outcome.rows.push(Row::comparison(format!("slope per unit of {column}{of}"), c));
    }
    let rows = |outcome: &mut Outcome, what: &str, list: &[AdjustedComparison]| {
        for (c, name) in list.iter().zip(&names[1..]) {
            let term = format!("{what}{name} - {}", names[0]);
            let row = if list.len() > 1 { Row::adjusted(term, c) } else { Row::comparison(term, &c.comparison) };
            outcome.rows.push(row);
        }
    };
    rows(&mut outcome, "slope ", &found.slope_differences);
    for (c, name) in found.means.iter().zip(names) {
        let row = Row::comparison(format!("mean {name} {at}").replace("  ", " "), c);
        outcome.rows.push(Row { statistic: None, p: None, kind: None, ..row });
    }
    rows(&mut outcome, "", &found.differences);
    if let Some(test) = found.equal_means.as_ref().filter(|_| names.len() > 2) {
        outcome.rows.push(Row::f(format!("all groups alike {at}"), test));
    }
    details(&mut outcome, found, model, columns);
    warn(&mut outcome, found, model, (names, column));
    outcome.sentence = sentence(&outcome, found, names, &at, data.unit_name());
    outcome
}

fn title(found: &Covariance, model: &CovariateModel) -> String {
    let slopes = match model.slopes {
        _ if found.means.len() == 1 => "one slope",
        Slopes::Equal => "equal slopes",
        Slopes::ByGroup => "slopes of each group",
    };
    match &found.fitted {
        Fitted::LeastSquares(_) => format!("Analysis of covariance (least squares, {slopes})"),
        Fitted::Mixed(_) if model.slopes_vary => {
            format!(
                "Input-output (REML, {}, {slopes}, random levels and slopes of animals)",
                found.slopes[0].df_method.name()
            )
        }
        Fitted::Mixed(_) => {
            format!("Analysis of covariance (REML, {}, {slopes}, random animal)", found.slopes[0].df_method.name())
        }
    }
}

fn details(outcome: &mut Outcome, found: &Covariance, model: &CovariateModel, columns: &Columns) {
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("covariate_at", json!(found.at));
    let centre = columns.covariate.iter().sum::<f64>() / columns.covariate.len() as f64;
    detail("covariate_mean", json!(centre));
    detail("slopes", json!(if model.slopes == Slopes::Equal { "equal" } else { "by-group" }));
    match &found.fitted {
        Fitted::LeastSquares(fit) => {
            detail("sd_residual", json!(fit.sigma));
        }
        Fitted::Mixed(fit) => {
            detail("sd_animal", json!(fit.sd_cluster));
            if let Some(sd) = fit.sd_slope {
                detail("sd_slope", json!(sd));
                detail("slope_correlation", json!(fit.slope_correlation));
            }
            detail("sd_residual", json!(fit.sd_residual));
            detail("log_likelihood_reml", json!(fit.log_likelihood));
            detail("singular", json!(fit.singular));
            detail("converged", json!(fit.converged));
        }
    }
}

/// What must be known: extrapolation, no test of slopes, a fit that is not sound.
fn warn(outcome: &mut Outcome, found: &Covariance, model: &CovariateModel, (names, column): (&[String], &str)) {
    for ((low, high), name) in found.ranges.iter().zip(names) {
        if names.len() > 1 && !(*low..=*high).contains(&found.at) {
            outcome.warnings.push(format!(
                "the mean of {name} at {column} {} is extrapolated: its own values go from {} to {}",
                short(found.at),
                short(*low),
                short(*high)
            ));
        }
    }
    match &found.equal_slopes {
        None if names.len() > 1 => outcome
            .warnings
            .push(format!("a group has one value of {column} only: that slopes are equal cannot be tested")),
        Some(_) if model.slopes == Slopes::Equal => outcome.warnings.push(String::from(
            "slopes are taken as equal, as stated and whatever their test says; --slopes by-group states the other model",
        )),
        _ => {}
    }
    if let Fitted::Mixed(fit) = &found.fitted {
        if fit.singular {
            outcome.warnings.push(format!(
                "singular fit: variance of {} estimated as zero; Kenward-Roger degrees of freedom are used",
                fit.health.at_zero.join(" and ").replace("sub-cluster", "slice").replace("cluster", "animal")
            ));
        }
        if !fit.converged {
            outcome.warnings.push(String::from("the fit did not reach its tolerance"));
        }
    }
}

fn sentence(outcome: &Outcome, found: &Covariance, names: &[String], at: &str, unit: &str) -> String {
    let mut parts = Vec::new();
    if let Some(test) = &found.equal_slopes {
        parts.push(format!("test of equal slopes {}", f_words(test)));
    }
    for row in outcome.rows.iter().filter(|row| row.estimate.is_some()) {
        let (Some(estimate), Some(low), Some(high)) = (row.estimate, row.ci_low, row.ci_high) else { continue };
        // Differences of means say where they stand.
        let place = if names.iter().skip(1).any(|n| row.term == format!("{n} - {}", names[0])) {
            format!(" {at}")
        } else {
            String::new()
        };
        let p = match (row.p_adjusted, row.p) {
            (Some(p), _) => format!(", adjusted {}", p_words(p)),
            (None, Some(p)) => format!(", {}", p_words(p)),
            _ => String::new(),
        };
        parts.push(format!("{}{place} {} ({} to {}{p})", row.term, short(estimate), short(low), short(high)));
    }
    let level = short(100.0 * found.slopes[0].level);
    format!("{}: {} ({level} % CI in brackets; {}).", outcome.title, parts.join("; "), n_words(&outcome.units, unit))
}
