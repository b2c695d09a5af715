//! Groups beside a covariate (`ancova`), and responses along one (`input-output`):
//! straight lines, or a saturating curve where `--shape` states one.

use crate::fault::Fault;
use crate::methods::doses::dose_nested;
use crate::mixed::nested::numbered;
use crate::outcome::{Found, Outcome, Row};
use crate::question::{Method, Question, Unit};
use crate::table::columns::refuse_column_of_sweeps;
use crate::table::data::{Data, Record, Wanted};
use crate::table::roles::has_groups;
use crate::words::{f_words, n_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::StatisticsError;
use statistics::contrasts::AdjustedComparison;
use statistics::covariate::{Covariance, CovariateData, CovariateModel, Fitted, Slopes, fit};
use std::collections::{BTreeMap, BTreeSet};

/// Values of the covariate that one animal needs for a line and scatter about it.
const FEWEST: usize = 3;

/// The rows as the model takes them.
struct Columns {
    names: Vec<String>,
    group: Vec<usize>,
    cluster: Vec<usize>,
    nested: Option<Vec<usize>>,
    covariate: Vec<f64>,
    response: Vec<f64>,
}

/// Analysis of covariance, or input–output.
pub(crate) fn covariate(table: &Table, question: &Question) -> Found {
    let Some(column) = &question.covariate else {
        return Err(Fault::asked(format!(
            "{} needs the column of the covariate: --covariate COL",
            question.method.name()
        )));
    };
    let along = question.method == Method::InputOutput;
    let grouped = has_groups(table, question) || !along;
    let asked = Question { dose: vec![column.clone()], ..question.clone() };
    let mut data = Data::new(table, &asked, Wanted { groups: usize::from(grouped), doses: 1, within: false })?;
    if data.slice.is_none() {
        refuse_column_of_sweeps(table)?;
    }
    if data.animal.is_some() {
        data.unit = Some(Unit::Animal);
    }
    let names = if grouped { data.levels(0, question)? } else { vec![String::new()] };
    require(&data, question, &names)?;
    if along && question.stated.contains(&crate::choice::Choice::Shape) {
        return saturating(data, &asked, &names);
    }
    let columns = columns(&data, names);
    let refused = data.refused(question.method, &columns.names);
    if along && !has_lines(&columns) {
        let what = format!("slopes along {column} of each animal");
        let why = format!("no animal has {FEWEST} values of it; ancova compares groups beside a covariate");
        return Err(refused(StatisticsError::Undefined { what, why }));
    }
    let usual = if along && columns.names.len() > 1 { Slopes::ByGroup } else { Slopes::Equal };
    let model = CovariateModel {
        slopes: question.slopes.unwrap_or(usual),
        slopes_vary: along,
        at: question.at,
        df: question.df,
        level: question.level,
    };
    let rows = CovariateData {
        response: &columns.response,
        covariate: &columns.covariate,
        group: &columns.group,
        cluster: &columns.cluster,
        nested: columns.nested.as_deref(),
    };
    let found = fit(&rows, &model).map_err(&refused)?;
    let outcome = describe(&data, &columns, &found, &model, column);
    Ok((data, outcome))
}

/// Refuses one group where groups are compared, and a group of one unit.
fn require(data: &Data, question: &Question, names: &[String]) -> Result<(), Fault> {
    let method = question.method.name();
    if names.len() < 2 && question.method == Method::Ancova {
        let (column, levels) = (data.group[0].clone(), names.to_vec());
        return Err(Fault::Groups { column, found: names.len(), levels, method, needed: "at least two" });
    }
    for name in names {
        let found = of_group(data, name).collect::<BTreeSet<_>>().len();
        if found < 2 {
            let column = data.group.first().unwrap_or(&data.response[0]).clone();
            return Err(Fault::FewUnits { column, group: name.clone(), found, unit: data.unit_name(), method });
        }
    }
    Ok(())
}

/// Name of the unit of each row of a group.
fn of_group<'d>(data: &'d Data, name: &'d str) -> impl Iterator<Item = String> + 'd {
    data.records.iter().filter(move |r| r.groups.first().is_none_or(|own| own == name)).map(|r| unit_name(data, r))
}

/// The animal, else the slice, else the row.
fn unit_name(data: &Data, record: &Record) -> String {
    match (data.unit, &record.animal, &record.slice) {
        (_, Some(animal), _) => animal.clone(),
        (_, None, Some(slice)) => slice.clone(),
        _ => record.row.to_string(),
    }
}

fn columns(data: &Data, names: Vec<String>) -> Columns {
    let records = &data.records;
    let units: Vec<String> = records.iter().map(|r| unit_name(data, r)).collect();
    let slices: Vec<String> = records.iter().map(|r| format!("{:?}", (&r.animal, &r.slice))).collect();
    let place = |r: &Record| r.groups.first().and_then(|own| names.iter().position(|n| n == own)).unwrap_or(0);
    Columns {
        group: records.iter().map(place).collect(),
        cluster: numbered(units.iter()),
        nested: (data.animal.is_some() && data.slice.is_some()).then(|| numbered(slices.iter())),
        covariate: records.iter().map(|r| r.doses[0]).collect(),
        response: records.iter().map(|r| r.values[0]).collect(),
        names,
    }
}

fn has_lines(columns: &Columns) -> bool {
    let mut values: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
    for (cluster, x) in columns.cluster.iter().zip(&columns.covariate) {
        values.entry(*cluster).or_default().insert(x.to_bits());
    }
    values.values().any(|own| own.len() >= FEWEST)
}

/// A logistic curve in the logarithm of the intensity: maximum, half-maximal intensity
/// and slope, with random level, span and half-maximal intensity of animals.
fn saturating(data: Data, question: &Question, names: &[String]) -> Found {
    if !dose_nested::gives_several_doses(&data) {
        return Err(Fault::asked("--shape needs animals with several values of the covariate: --animal COL"));
    }
    let column = data.dose[0].clone();
    let (data, mut outcome) = dose_nested::dose_response(data, question, names)?;
    let plain = |text: &str| {
        let half = format!("half-maximal {column}");
        let text = text.replace("EC50", &half).replace("ln-ec50", &format!("ln {half}")).replace("ec50", &half);
        text.replace("dose-response", "input-output").replace("Dose-response", "Input-output")
    };
    for row in &mut outcome.rows {
        row.term = plain(&row.term).replace("top", "maximum");
    }
    outcome.title = plain(&outcome.title);
    outcome.sentence = plain(&outcome.sentence);
    outcome.warnings = outcome.warnings.iter().map(|told| plain(told)).collect();
    Ok((data, outcome))
}

fn describe(data: &Data, columns: &Columns, found: &Covariance, model: &CovariateModel, column: &str) -> Outcome {
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
