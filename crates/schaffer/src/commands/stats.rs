//! `schaffer stats`: tests and estimates on a table of the user's own.

use crate::arguments::check_level::{Check, CheckLevel, StatsOrCheck};
use crate::arguments::stats::Stats;
use crate::failure::Failure;
use crate::output::{print, print_json};
use exchange::Sheet;
use recording::input::{self, LARGEST_TEXT};
use report::{ForestCohort, ForestFigure};
use serde_json::json;
use std::io::ErrorKind;
use std::path::Path;
use tabular::level::{Cell, Survey, survey};
use tabular::{Answer, Fault, Row, answer};

/// A method on a table, or the check of the methods.
pub fn stats(arguments: &StatsOrCheck) -> Result<(), Failure> {
    match (&arguments.check, &arguments.stats) {
        (Some(Check::CheckLevel(check)), _) => check_level(check),
        (None, Some(stats)) => of_table(stats),
        (None, None) => Err(Failure::usage("name a method and a table, or check-level".to_owned())),
    }
}

/// Reads the table, asks the question, prints the answer.
fn of_table(arguments: &Stats) -> Result<(), Failure> {
    let path = arguments.data.display();
    let read = || match arguments.data.as_os_str() == form::STANDARD_INPUT {
        true => form::standard_input(LARGEST_TEXT),
        false => input::read(&arguments.data, LARGEST_TEXT),
    };
    let bytes = read().map_err(|fault| match fault.kind() {
        ErrorKind::NotFound => Failure::no_input(format!("there is no file {path}")),
        _ => Failure::no_input(format!("{path} cannot be read: {fault}")),
    })?;
    let in_file = |fault: Fault| match fault {
        Fault::Question(message) => Failure::usage(message),
        fault => Failure::faulty_input(format!("{path}: {fault}")),
    };
    let sheet = Sheet::read(&bytes).map_err(|fault| in_file(fault.into()))?;
    let answer = answer(&sheet.table, &arguments.question()).map_err(in_file)?;
    if let Some(path) = &arguments.forest {
        draw_forest(&answer, path)?;
    }
    if arguments.json { print_json(&answer.json()) } else { print(&answer.text()) }
}

/// The forest figure of cohorts.
fn draw_forest(answer: &Answer, path: &Path) -> Result<(), Failure> {
    let outcome = &answer.outcome;
    let estimate = |row: &Row| Some([row.estimate?, row.ci_low?, row.ci_high?]);
    let cohort = |row: &Row| {
        let weight = row.more.get("weight")?.as_f64()?;
        Some(ForestCohort { label: row.term.clone(), estimate: estimate(row)?, weight })
    };
    let detail = |name: &str| outcome.details.get(name).and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN);
    let mean = outcome.rows.first().and_then(estimate);
    let Some(mean) = mean else { return Err(Failure::unexpected("no mean of cohorts to draw")) };
    let prediction = (detail("prediction_low"), detail("prediction_high"));
    let short = statistics::spelling::four_digits;
    let across = outcome.details.get("estimated").and_then(|name| name.as_str()).unwrap_or_default();
    let figure = ForestFigure {
        across: across.to_owned(),
        cohorts: outcome.rows.iter().filter_map(cohort).collect(),
        mean,
        prediction: prediction.0.is_finite().then_some(prediction),
        level: format!("{} %", short(100.0 * answer.level)),
        note: format!(
            "Random effects by REML, interval of Hartung and Knapp. Heterogeneity: I² = {} %, τ² = {}, Q({}) = {}, {}",
            short(100.0 * detail("i_squared")),
            short(detail("tau_squared")),
            short(detail("q_df")),
            short(detail("q")),
            statistics::spelling::p_value(detail("q_p"))
        ),
    };
    let svg = report::draw_forest(&figure)?;
    recording::atomic::write(path, svg.as_bytes()).map_err(|fault| Failure::output(fault.to_string()))
}

/// Simulates experiments without an effect and prints how the methods do.
fn check_level(arguments: &CheckLevel) -> Result<(), Failure> {
    let asked = Survey { replicates: arguments.replicates, seed: arguments.seed, only: arguments.only.clone() };
    let cells = survey(&asked);
    if cells.is_empty() {
        let only = arguments.only.clone().unwrap_or_default();
        return Err(Failure::usage(format!("--only {only}: no design and no method has this in its name")));
    }
    if arguments.json {
        print_json(&json!({ "replicates": asked.replicates, "seed": asked.seed, "results": cells }))
    } else {
        print(&page(&cells))
    }
}

/// A Markdown table of level and coverage.
fn page(cells: &[Cell]) -> String {
    let share = |value: Option<f64>, se: Option<f64>| match (value, se) {
        (Some(value), Some(se)) => format!("{value:.3} ± {se:.3}"),
        _ => String::from("–"),
    };
    let row = |cell: &Cell| {
        format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            cell.design,
            cell.method,
            share(cell.type_i_error, cell.type_i_error_se),
            share(cell.coverage, cell.coverage_se),
            cell.experiments,
            cell.refused
        )
    };
    let head = "| design (nothing differs) | method | p < 0.05 | 95 % interval holds the truth | experiments | refused |\n\
                |---|---|---|---|---|---|\n";
    format!("{head}{}", cells.iter().map(row).collect::<String>())
}
