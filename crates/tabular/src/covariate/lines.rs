//! Groups beside a covariate (`ancova`), and responses along one (`input-output`).

use crate::choice::Choice;
use crate::covariate::read::{FEWEST, columns, has_lines, require};
use crate::covariate::rows::describe;
use crate::covariate::saturating::saturating;
use crate::fault::Fault;
use crate::outcome::Found;
use crate::question::{Method, Question, Unit};
use crate::table::columns::refuse_column_of_sweeps;
use crate::table::data::{Data, Wanted};
use crate::table::roles::has_groups;
use recording::table::Table;
use statistics::StatisticsError;
use statistics::covariate::{CovariateData, CovariateModel, Slopes, fit};

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
    if along && question.stated.contains(&Choice::Shape) {
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
