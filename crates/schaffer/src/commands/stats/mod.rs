//! `schaffer stats`: tests and estimates on a table of the user's own.

pub mod arguments;
mod curves;
mod data;
mod difference;
mod factorial;
mod family;
mod fault;
mod groups;
mod mixed;
mod model;
mod outcome;
mod pairs;
mod power;
mod resampling;
mod synergy;
mod units;

use crate::commands::stats::arguments::{Method, Stats};
use crate::commands::stats::data::Data;
use crate::commands::stats::fault::StatsFault;
use crate::commands::stats::outcome::Outcome;
use crate::failure::Failure;
use crate::output::{print, print_json};
use recording::table::Table;
use std::io::ErrorKind;

/// What a method returns: the data as it read them, and the results.
type Found = Result<(Data, Outcome), StatsFault>;

/// Reads the table, applies the method, prints the results.
pub fn stats(arguments: &Stats) -> Result<(), Failure> {
    let path = arguments.data.display();
    let bytes = std::fs::read(&arguments.data).map_err(|fault| match fault.kind() {
        ErrorKind::NotFound => Failure::no_input(format!("there is no file {path}")),
        _ => Failure::no_input(format!("{path} cannot be read: {fault}")),
    })?;
    let in_file = |fault: StatsFault| match fault {
        StatsFault::Usage(message) => Failure::usage(message),
        fault => Failure::faulty_input(format!("{path}: {fault}")),
    };
    let table = Table::from_csv(&bytes).map_err(|fault| in_file(fault.into()))?;
    let (data, mut outcome) = apply(&table, arguments).map_err(in_file)?;
    outcome.warnings.extend(data.warnings(arguments.method));
    let unit = data.unit_name();
    if arguments.json {
        print_json(&outcome.json(&units::name(arguments.method), unit, arguments.interval))
    } else {
        print(&outcome.text(unit))
    }
}

fn apply(table: &Table, arguments: &Stats) -> Found {
    let pairs = [Method::Paired, Method::Wilcoxon, Method::Permutation, Method::Tost, Method::Bayes];
    let most = if pairs.contains(&arguments.method) { 2 } else { 1 };
    if arguments.response.len() > most {
        // A column that nobody reads must not vanish in silence.
        return Err(data::usage(&format!("--response takes {most} column(s) here: {}", arguments.response.join(", "))));
    }
    match arguments.method {
        Method::Welch | Method::Student | Method::MannWhitney | Method::BrunnerMunzel => groups::two(table, arguments),
        Method::Shapiro | Method::Levene => groups::assumptions(table, arguments),
        Method::Anova | Method::WelchAnova | Method::Kruskal => groups::several(table, arguments),
        Method::Paired | Method::Wilcoxon => pairs::paired(table, arguments),
        Method::Tost | Method::Bayes => difference::difference(table, arguments),
        Method::Anova2 => factorial::two_way(table, arguments),
        Method::RmAnova => factorial::repeated(table, arguments),
        Method::Mixed if arguments.is_extended() => model::model(table, arguments),
        Method::Mixed => mixed::mixed(table, arguments),
        Method::Dunnett | Method::Tukey | Method::GamesHowell => family::all_pairs(table, arguments),
        Method::Adjust => family::adjust(table, arguments),
        Method::Bootstrap => resampling::bootstrap(table, arguments),
        Method::Permutation => resampling::permutation(table, arguments),
        Method::Cluster => resampling::cluster(table, arguments),
        Method::DoseResponse if !arguments.group.is_empty() => synergy::compare(table, arguments),
        Method::DoseResponse => curves::dose_response(table, arguments),
        Method::Synergy => synergy::synergy(table, arguments),
        Method::Schild => curves::schild(table, arguments),
        Method::Interaction if arguments.group.len() == 2 => mixed::interaction(table, arguments),
        Method::Interaction => curves::interaction(table, arguments),
        Method::Power => power::power(table, arguments),
    }
}
