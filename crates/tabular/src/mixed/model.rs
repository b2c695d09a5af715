//! Mixed models beyond one mean per group: conditions or times within slices,
//! slices nested in animals, a covariate with a random slope, AR(1) residuals,
//! full likelihood, profile intervals, marginal means and all pairs.

use crate::fault::Fault;
use crate::mixed::observations::{Observations, minus};
use crate::mixed::rows;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{self, Likelihood, Question, Unit};
use crate::table::columns::refuse_column_of_sweeps;
use crate::table::data::{Data, Wanted};
use crate::words::{p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts::{self, AdjustedComparison};
use statistics::mixed::{Method, MixedFit, fit};
use statistics::{DfMethod, StatisticsError};
use std::collections::BTreeSet;

/// Fits the model and tests what it holds.
pub(crate) fn model(table: &Table, question: &Question) -> Found {
    let within = question.within.is_some();
    if question.autoregression && !within {
        return Err(Fault::asked("--autoregression needs the column of the times: --within COL"));
    }
    if question.random_slope && question.dose.is_empty() {
        return Err(Fault::asked("--random-slope needs the column of the covariate: --dose COL"));
    }
    let wanted = Wanted { groups: 1, doses: usize::from(!question.dose.is_empty()), within };
    let mut data = Data::new(table, question, wanted)?;
    if data.animal.is_none() {
        return Err(Fault::asked("a mixed model needs the column of the animal: --animal COL"));
    }
    if data.slice.is_none() {
        refuse_column_of_sweeps(table)?;
    }
    data.unit = Some(Unit::Animal);
    let observations = Observations::new(&data, question)?;
    let refused = data.refused(question.method, &observations.groups);
    let design = observations.design().map_err(|why| empty_cell(&data, &observations, why, &refused))?;
    let mixed = observations.data(&design, question.random_slope);
    let method = if question.likelihood == Likelihood::Ml { Method::Ml } else { Method::Reml };
    let found = fit(&mixed, method).map_err(&refused)?;
    // At the boundary Satterthwaite does not exist; full likelihood has z only.
    let df = match (method, found.singular) {
        (Method::Ml, _) => DfMethod::Normal,
        (Method::Reml, true) => DfMethod::KenwardRoger,
        (Method::Reml, false) => question.df,
    };
    let mut outcome = Outcome { title: title(&observations, question, df), ..Outcome::default() };
    describe(&mut outcome, &observations, &found);
    compare(&mut outcome, &observations, &found, df, question).map_err(&refused)?;
    rows::joint(&mut outcome, &data, &observations, &found, df).map_err(&refused)?;
    if observations.covariate.is_some() {
        let mut weights = observations.weights(|_, _| 0.0);
        if let Some(last) = weights.last_mut() {
            *last = 1.0;
        }
        let c = found.contrast(&weights, df, question.level).map_err(&refused)?;
        outcome.rows.push(Row::comparison(format!("per unit of {}", data.dose[0]), &c));
    }
    if question.means {
        rows::means(&mut outcome, &observations, &found, df, question.level).map_err(&refused)?;
    }
    if question.profile {
        rows::profiles(&mut outcome, &observations, &mixed, question.level).map_err(&refused)?;
    }
    outcome.sentence = sentence(&outcome, &observations, &found);
    Ok((data, outcome))
}

/// Names the cell that has no row.
fn empty_cell(
    data: &Data,
    observations: &Observations,
    why: StatisticsError,
    refused: &impl Fn(StatisticsError) -> Fault,
) -> Fault {
    match why {
        StatisticsError::EmptyLevel { level, .. } => Fault::Incomplete {
            column: if data.within.is_empty() { data.group[0].clone() } else { data.within.clone() },
            unit: "the table".to_owned(),
            condition: observations.cell_name(level),
            found: 0,
        },
        StatisticsError::OneLevel { .. } => Fault::Groups {
            column: data.group[0].clone(),
            found: observations.groups.len(),
            levels: observations.groups.clone(),
            method: question::Method::Mixed.name(),
            needed: "at least two groups or conditions",
        },
        other => refused(other),
    }
}

fn title(observations: &Observations, question: &Question, df: DfMethod) -> String {
    let likelihood = if question.likelihood == Likelihood::Ml { "ML" } else { "REML" };
    let mut parts = vec![likelihood.to_owned(), df.name().to_owned()];
    parts.push(if observations.slice.is_some() { "animals and slices" } else { "animals" }.to_owned());
    parts.extend(question.random_slope.then(|| "random slope".to_owned()));
    parts.extend(question.autoregression.then(|| "AR(1) residuals".to_owned()));
    format!("Mixed model ({})", parts.join(", "))
}

fn describe(outcome: &mut Outcome, observations: &Observations, found: &MixedFit) {
    for (group, name) in observations.groups.iter().enumerate() {
        let own = observations.cell.iter().zip(&observations.animal);
        let animals: BTreeSet<_> =
            own.filter(|(cell, _)| **cell % observations.groups.len() == group).map(|(_, animal)| animal).collect();
        outcome.units.push((name.clone(), animals.len()));
    }
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("sd_animal", json!(found.sd_cluster));
    if let Some(sd) = found.sd_nested {
        detail("sd_slice", json!(sd));
    }
    detail("sd_residual", json!(found.sd_residual));
    if let Some(sd) = found.sd_slope {
        detail("sd_slope", json!(sd));
        detail("slope_correlation", json!(found.slope_correlation));
    }
    if let Some(phi) = found.autocorrelation {
        detail("autocorrelation", json!(phi));
    }
    detail("icc", json!(found.icc()));
    let name = if found.method == Method::Ml { "log_likelihood_ml" } else { "log_likelihood_reml" };
    detail(name, json!(found.log_likelihood));
    detail("aic", json!(found.aic()));
    detail("bic", json!(found.bic()));
    detail("observations", json!(found.observations));
    detail("animals", json!(found.clusters));
    detail("slices", json!(observations.n_slices));
    detail("singular", json!(found.singular));
    detail("converged", json!(found.converged));
    if found.singular {
        outcome.warnings.push(format!("singular fit: {} estimated as zero", found.health.at_zero.join(" and ")));
    }
    if !found.converged {
        outcome.warnings.push(String::from("the fit did not reach its tolerance"));
    }
    if found.method == Method::Ml {
        outcome.warnings.push(String::from(
            "full likelihood: z tests reject too often with few animals; use it to compare models, REML to test",
        ));
    }
}

/// Groups with each other, averaged over the conditions.
fn compare(
    outcome: &mut Outcome,
    observations: &Observations,
    found: &MixedFit,
    df: DfMethod,
    question: &Question,
) -> Result<(), StatisticsError> {
    let k = observations.groups.len();
    if k < 2 {
        return Ok(());
    }
    let means: Vec<Vec<f64>> = (0..k).map(|g| observations.group_mean(g)).collect();
    let names = &observations.groups;
    let list: Vec<(String, AdjustedComparison)> = if question.pairs {
        let pairs = contrasts::tukey(found, &means, df, question.level)?;
        pairs.into_iter().map(|p| (format!("{} - {}", names[p.second], names[p.first]), p.adjusted)).collect()
    } else {
        let weights: Vec<Vec<f64>> = (1..k).map(|g| minus(&means[g], &means[0])).collect();
        let found = contrasts::dunnett(found, &weights, df, question.level)?;
        names[1..].iter().map(|name| format!("{name} - {}", names[0])).zip(found).collect()
    };
    let plain: Vec<f64> = list.iter().map(|(_, c)| c.comparison.p).collect();
    let other = question.adjust.map(|method| adjust(&plain, method)).transpose()?;
    for (index, (term, c)) in list.iter().enumerate() {
        let mut row = Row::comparison(term, &c.comparison);
        if list.len() > 1 {
            row.p_adjusted = Some(other.as_ref().map_or(c.p_adjusted, |p| p[index]));
            row = row.with("ci_low_simultaneous", c.ci_low_adjusted).with("ci_high_simultaneous", c.ci_high_adjusted);
        }
        outcome.rows.push(row);
    }
    if list.len() > 1 {
        let usual = if question.pairs { "tukey" } else { "dunnett" };
        let method = question.adjust.map_or(usual, Adjustment::name);
        outcome.details.insert("p_adjusted_by".to_owned(), json!(method));
    }
    Ok(())
}

fn sentence(outcome: &Outcome, observations: &Observations, found: &MixedFit) -> String {
    let number = |value: Option<f64>| short(value.unwrap_or(f64::NAN));
    let parts: Vec<String> = outcome
        .rows
        .iter()
        .filter_map(|row| match (row.estimate, row.p, row.df_denominator) {
            (None, Some(p), Some(df2)) => Some(format!(
                "{}: F({}, {}) = {}, {}",
                row.term,
                number(row.df),
                short(df2),
                number(row.statistic),
                p_words(p)
            )),
            (Some(estimate), Some(_), _) => {
                let p = row.p_adjusted.or(row.p).unwrap_or(f64::NAN);
                Some(format!("{} {} (SE {}, {})", row.term, short(estimate), number(row.se), p_words(p)))
            }
            _ => None,
        })
        .collect();
    format!(
        "{}: {} ({} rows of {} slices of {} animals).",
        outcome.title,
        parts.join("; "),
        found.observations,
        observations.n_slices,
        found.clusters
    )
}
