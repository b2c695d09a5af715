//! Estimates of several cohorts taken together, and looks at data that still come in.

use crate::fault::Fault;
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::table::columns::labels;
use crate::table::data::{Data, Wanted};
use crate::words::{counted, difference_words, p_words, short};
use recording::table::Table;
use serde_json::{Map, Value, json};
use statistics::meta::{Pooled, Pooling, pool};
use statistics::sequential::{Spending, bounds};

/// The response and one more column of numbers, row by row.
fn two_columns(table: &Table, question: &Question, second: Option<&String>, option: &str) -> Result<Data, Fault> {
    let Some(second) = second else {
        return Err(Fault::asked(format!("name the column with --{option}")));
    };
    let mut asked = question.clone();
    if asked.response.is_empty() {
        asked.response = crate::table::roles::response(table, question)?;
    }
    asked.response.push(second.clone());
    let mut data = Data::new(table, &asked, Wanted::RESPONSE)?;
    data.records.sort_by_key(|record| record.row);
    data.unit = None;
    Ok(data)
}

/// Random effects of cohorts: REML with the interval of Hartung and Knapp; beside it the
/// common effect and DerSimonian and Laird's.
pub(crate) fn meta(table: &Table, question: &Question) -> Found {
    let mut data = two_columns(table, question, question.se.as_ref(), "se")?;
    // Sums have one order, whatever that of the rows.
    data.records.sort_by(|one, other| {
        one.values[0].total_cmp(&other.values[0]).then(one.values[1].total_cmp(&other.values[1]))
    });
    let refused = data.refused(question.method, &[]);
    let column = |place: usize| data.records.iter().map(|record| record.values[place]).collect::<Vec<f64>>();
    let (estimates, se) = (column(0), column(1));
    let by = |how| pool(&estimates, &se, how, question.level);
    let told = by(Pooling::HartungKnapp).map_err(&refused)?;
    let mut rows = vec![Row::comparison("mean of cohorts (REML, Hartung-Knapp)", &told.mean)];
    for (name, how) in
        [("mean of cohorts (DerSimonian-Laird)", Pooling::DerSimonianLaird), ("common effect", Pooling::Common)]
    {
        rows.push(Row::comparison(name, &by(how).map_err(&refused)?.mean));
    }
    if let Some((low, high)) = told.prediction {
        let row = Row::new("effect of a further cohort (prediction)");
        rows.push(Row { ci_low: Some(low), ci_high: Some(high), estimate: Some(told.mean.estimate), ..row });
    }
    let names = match question.group.first() {
        Some(name) => labels(table, name)?,
        None => Vec::new(),
    };
    let mut cohorts = Vec::new();
    for (k, record) in data.records.iter().enumerate() {
        let name = names.get(record.row - 1).cloned().flatten().unwrap_or_else(|| format!("row {}", record.row));
        let z = statistics::dist::normal::quantile_upper(0.5 * (1.0 - question.level)) * se[k];
        let row = Row { estimate: Some(estimates[k]), se: Some(se[k]), ..Row::new(name) };
        let limits = Row { ci_low: Some(estimates[k] - z), ci_high: Some(estimates[k] + z), ..row };
        cohorts.push((record.row, limits.with("weight", told.weights[k])));
    }
    cohorts.sort_by_key(|(row, _)| *row);
    rows.extend(cohorts.into_iter().map(|(_, cohort)| cohort));
    let h = told.heterogeneity;
    let mut outcome = Outcome { title: "Cohorts taken together".to_owned(), rows, ..Outcome::default() };
    outcome.details = details(&told, &data.response[0]);
    outcome.units = vec![(String::new(), estimates.len())];
    let heterogeneity = format!(
        "SD between cohorts {}, I² = {} %, Q({}) = {}, {}",
        short(h.tau_squared.sqrt()),
        short(100.0 * h.i_squared),
        short(h.df),
        short(h.q),
        p_words(h.p)
    );
    let what = format!("The mean effect of {}", counted(estimates.len(), "cohort"));
    outcome.sentence = difference_words(&what, "random effects by REML, Hartung-Knapp", &told.mean, &heterogeneity);
    Ok((data, outcome))
}

/// Heterogeneity, the prediction, and what is estimated.
fn details(told: &Pooled, estimated: &str) -> Map<String, Value> {
    let h = told.heterogeneity;
    let mut numbers = vec![
        ("tau", h.tau_squared.sqrt()),
        ("tau_squared", h.tau_squared),
        ("i_squared", h.i_squared),
        ("q", h.q),
        ("q_df", h.df),
        ("q_p", h.p),
    ];
    if let Some((low, high)) = told.prediction {
        numbers.extend([("prediction_low", low), ("prediction_high", high)]);
    }
    let mut details: Map<String, Value> =
        numbers.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    details.insert("estimated".to_owned(), json!(estimated));
    details
}

/// Bounds of the looks, and whether their z values reach them.
pub(crate) fn sequential(table: &Table, question: &Question) -> Found {
    let data = two_columns(table, question, question.information.as_ref(), "information")?;
    let refused = data.refused(question.method, &[]);
    let mut looks: Vec<(f64, f64)> = data.records.iter().map(|record| (record.values[1], record.values[0])).collect();
    looks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let information: Vec<f64> = looks.iter().map(|(t, _)| *t).collect();
    let alpha = 1.0 - question.level;
    let spending = question.spending.unwrap_or(Spending::OBrienFleming);
    let found = bounds(&information, alpha, spending).map_err(&refused)?;
    let mut rows = Vec::with_capacity(found.len());
    let mut stop = None;
    for (k, (look, (_, z))) in found.iter().zip(&looks).enumerate() {
        let crossed = z.abs() >= look.bound;
        if crossed && stop.is_none() {
            stop = Some((k, *look, *z));
        }
        let row = Row {
            statistic: Some(*z),
            p: Some(statistics::dist::normal::two_sided(*z)),
            ..Row::new(format!("look {}", k + 1))
        };
        rows.push(
            row.with("information", look.information)
                .with("bound", look.bound)
                .with("nominal_level", look.nominal)
                .with("alpha_spent", look.spent)
                .with("crossed", crossed),
        );
    }
    let mut outcome =
        Outcome { title: format!("Sequential looks, {} spending", spending.name()), rows, ..Outcome::default() };
    outcome.units = vec![(String::new(), looks.len())];
    let told = match stop {
        Some((k, look, z)) => {
            format!("|z| = {} reached the bound {} at look {}", short(z.abs()), short(look.bound), k + 1)
        }
        None => String::from("no look reached its bound"),
    };
    let last = found.last().map_or(0.0, |look| look.spent);
    outcome.sentence = format!(
        "With alpha {} spent by the {} function (Lan and DeMets) over {}, {told}; {} of alpha is spent.",
        short(alpha),
        spending.name(),
        counted(looks.len(), "look"),
        short(last)
    );
    Ok((data, outcome))
}
