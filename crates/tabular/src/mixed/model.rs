//! Mixed models beyond one mean per group: conditions or times within slices,
//! slices nested in animals, a covariate with a random slope, AR(1) residuals,
//! full likelihood, profile intervals, marginal means and all pairs.

use crate::fault::Fault;
use crate::mixed::observations::{Observations, minus};
use crate::mixed::rows;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{self, Likelihood, Question, Unit, Variances};
use crate::table::columns::refuse_column_of_sweeps;
use crate::table::data::{Data, Wanted};
use crate::table::roles::has_groups;
use crate::words::{counted, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts::{self, AdjustedComparison};
use statistics::mixed::{Method, MixedData, MixedFit, fit};
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
    let question = &with_first_factor(table, question);
    let groups = usize::from(has_groups(table, question));
    let wanted = Wanted { groups, doses: usize::from(!question.dose.is_empty()), within };
    let mut data = Data::new(table, question, wanted)?;
    if data.slice.is_none() && question.random.is_none() {
        refuse_column_of_sweeps(table)?;
    }
    data.unit = Some(Unit::Animal);
    let observations = Observations::new(table, &data, question)?;
    let refused = data.refused(question.method, &observations.groups);
    let design = observations.design().map_err(|why| empty_cell(&data, &observations, why, &refused))?;
    let (mixed, left_out) = observations.data(&design, question)?;
    let found = fitted(&mixed, question).map_err(&refused)?;
    // At the boundary Satterthwaite does not exist; full likelihood has z only.
    let df = match (found.method, found.singular) {
        (Method::Ml, _) => DfMethod::Normal,
        (Method::Reml, true) => DfMethod::KenwardRoger,
        (Method::Reml, false) => question.df,
    };
    let mut outcome = Outcome { title: title(&observations, question, &left_out, df), ..Outcome::default() };
    describe(&mut outcome, &data, &observations, &found);
    outcome.details.insert("formula".to_owned(), json!(formula(&data, &observations, question, &left_out)));
    compare(&mut outcome, &observations, &found, df, question).map_err(&refused)?;
    rows::joint(&mut outcome, &data, &observations, &found, df).map_err(&refused)?;
    if observations.cells() == 1 {
        let c = found.contrast(&observations.intercept(), df, question.level).map_err(&refused)?;
        let term =
            if observations.covariate.is_some() { format!("mean at {} 0", data.dose[0]) } else { "mean".to_owned() };
        outcome.rows.push(Row::comparison(term, &c));
    }
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
    outcome.sentence = sentence(&outcome, &observations, &found, question);
    Ok((data, outcome))
}

/// The question with the first stated random factor as the column of the animal, if it
/// is a column and none is named.
fn with_first_factor(table: &Table, question: &Question) -> Question {
    let first = question.random.as_ref().and_then(|random| random.terms[0].first());
    let is_column = |name: &&String| table.names().any(|title| title == name.as_str());
    let animal = question.animal.clone().or_else(|| first.filter(is_column).cloned());
    Question { animal, ..question.clone() }
}

/// Fits the model. Variances may be negative in the usual model, where the fit is sound
/// with them; a stated model is the classical one, with variances of 0 or more.
fn fitted(mixed: &MixedData<'_>, question: &Question) -> Result<MixedFit, StatisticsError> {
    if question.likelihood == Likelihood::Ml {
        return fit(mixed, Method::Ml);
    }
    if !question.is_stated_classical() && mixed.slope.is_none() && mixed.time.is_none() && !question.profile {
        let free = fit(&mixed.clone().with_negative_variances(), Method::Reml)?;
        if free.converged {
            return Ok(free);
        }
    }
    fit(mixed, Method::Reml)
}

/// The model as a formula.
fn formula(data: &Data, observations: &Observations, question: &Question, left_out: &[String]) -> String {
    let mut fixed: Vec<String> = Vec::new();
    if !data.group.is_empty() && observations.groups.len() > 1 {
        fixed.push(data.group[0].clone());
    }
    if !data.within.is_empty() {
        fixed.push(format!("factor({})", data.within));
    }
    let mut fixed = if fixed.is_empty() { "1".to_owned() } else { fixed.join(" * ") };
    if let Some(dose) = data.dose.first() {
        fixed = if fixed == "1" { dose.clone() } else { format!("{fixed} + {dose}") };
    }
    let slope = if question.random_slope {
        data.dose.first().map(String::as_str)
    } else {
        observations.slope_time.as_ref().map(|_| data.within.as_str())
    };
    let response = &data.response[0];
    let random = observations.factors.formula(left_out, slope);
    let residuals =
        if question.autoregression { format!(", residuals AR(1) along {}", data.within) } else { String::new() };
    let variances =
        if question.variances == Some(Variances::ByGroup) { ", variances of each group its own" } else { "" };
    format!("{response} ~ {fixed} + {random}{residuals}{variances}")
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

fn title(observations: &Observations, question: &Question, left_out: &[String], df: DfMethod) -> String {
    let likelihood = if question.likelihood == Likelihood::Ml { "ML" } else { "REML" };
    let mut parts = vec![likelihood.to_owned(), df.name().to_owned()];
    let factors = observations.factors.list.iter().map(|(name, _)| name).filter(|name| !left_out.contains(name));
    parts.push(format!("random {}", factors.cloned().collect::<Vec<_>>().join(" and ")));
    parts.extend(question.random_slope.then(|| "random slope".to_owned()));
    parts.extend(observations.slope_time.as_ref().map(|_| "random slopes in time".to_owned()));
    parts.extend(question.autoregression.then(|| "AR(1) residuals".to_owned()));
    parts.extend((question.variances == Some(Variances::ByGroup)).then(|| "variances of each group".to_owned()));
    format!("Mixed model ({})", parts.join(", "))
}

fn describe(outcome: &mut Outcome, data: &Data, observations: &Observations, found: &MixedFit) {
    let first = &observations.factors.list[0].1;
    for (group, name) in observations.groups.iter().enumerate() {
        let own = observations.group.iter().zip(first).filter(|(own, _)| **own == group);
        let animals: BTreeSet<_> = own.map(|(_, animal)| animal).collect();
        outcome.units.push((name.clone(), animals.len()));
    }
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    describe_variances(&mut detail, observations, found);
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
    if let Some(slices) = observations.n_slices {
        detail("slices", json!(slices));
    }
    detail("singular", json!(found.singular));
    detail("converged", json!(found.converged));
    if found.singular {
        let first = &observations.factors.list[0].0;
        let names: Vec<String> = found.health.at_zero.iter().map(|name| name.replace("cluster", first)).collect();
        outcome.warnings.push(format!(
            "singular fit: variance of {} estimated as zero; Kenward-Roger degrees of freedom are used",
            names.join(" and ")
        ));
    }
    if observations.slope_time.is_some() {
        outcome.warnings.push(format!(
            "each animal has its own level and slope along {}; if neighbouring times resemble each other beyond that, \
             plan --autoregression",
            data.within
        ));
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

/// SDs of the random factors, and variances below 0 or of each group.
fn describe_variances(
    detail: &mut impl FnMut(&str, serde_json::Value) -> Option<serde_json::Value>,
    observations: &Observations,
    found: &MixedFit,
) {
    let names: Vec<&String> = observations.factors.list.iter().map(|(name, _)| name).collect();
    for variance in found.variances.iter().filter(|v| v.group.is_none()) {
        let name = match variance.name.as_str() {
            "cluster" => names[0].as_str(),
            "residual" | "slope" => continue,
            other => other,
        };
        if name.starts_with("covariance") {
            continue;
        }
        let key = if name == "animal:slice" { "slice".to_owned() } else { name.replace(':', "_") };
        detail(&format!("sd_{key}"), json!(variance.value.max(0.0).sqrt()));
        if variance.value < 0.0 {
            detail(&format!("variance_{key}"), json!(variance.value));
        }
    }
    for variance in found.variances.iter().filter(|v| v.group.is_some()) {
        let name = variance.name.replace("cluster", names[0]);
        let group = variance.group.and_then(|g| observations.groups.get(g)).cloned().unwrap_or_default();
        let name = name.split(" in group ").next().unwrap_or_default().to_owned();
        detail(&format!("variance_{}_in_{group}", name.replace([':', ' '], "_")), json!(variance.value));
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

fn sentence(outcome: &Outcome, observations: &Observations, found: &MixedFit, question: &Question) -> String {
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
                let p = p_words(row.p_adjusted.or(row.p).unwrap_or(f64::NAN));
                let adjusted = if row.p_adjusted.is_some() { "adjusted " } else { "" };
                // Limits that belong to the p value beside them, or none.
                let limits = match row.p_adjusted {
                    Some(_) if question.adjust.is_some() => None,
                    Some(_) => row.more.get("ci_low_simultaneous").zip(row.more.get("ci_high_simultaneous")),
                    None => None,
                };
                let limits = match (limits, row.p_adjusted) {
                    (Some((low, high)), _) => low.as_f64().zip(high.as_f64()),
                    (None, None) => row.ci_low.zip(row.ci_high),
                    (None, Some(_)) => None,
                };
                let percent = short(100.0 * question.level);
                let limits = limits.map_or_else(String::new, |(low, high)| {
                    format!("{adjusted}{percent} % CI {} to {}; ", short(low), short(high))
                });
                Some(format!("{} {} ({limits}SE {}, {adjusted}{p})", row.term, short(estimate), number(row.se)))
            }
            _ => None,
        })
        .collect();
    let slices = observations.n_slices.map_or_else(String::new, |n| format!(" of {}", counted(n, "slice")));
    format!(
        "{}: {} ({}{slices} of {}).",
        outcome.title,
        parts.join("; "),
        counted(found.observations, "row"),
        counted(found.clusters, &observations.factors.list[0].0)
    )
}
