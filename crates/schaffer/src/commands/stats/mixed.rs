//! Slices nested in animals: the random-intercept model.

use super::Found;
use super::arguments::{Stats, Unit};
use super::data::{Data, Wanted, refuse_column_of_sweeps, usage};
use super::fault::StatsFault;
use super::groups::difference_words;
use super::outcome::{Outcome, Row, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use statistics::{DfMethod, StatisticsError};
use std::collections::BTreeMap;

/// Numbers for names, in the order of appearance.
pub fn numbered<'n>(names: impl Iterator<Item = &'n String>) -> Vec<usize> {
    let mut known = BTreeMap::new();
    names
        .map(|name| {
            let next = known.len();
            *known.entry(name).or_insert(next)
        })
        .collect()
}

/// Observations of a mixed model.
pub struct Nested {
    /// Names of the cells, the reference first.
    pub names: Vec<String>,
    /// Cell of each slice.
    pub level: Vec<usize>,
    /// Responses.
    pub response: Vec<f64>,
    /// Animal of each slice.
    pub animal: Vec<usize>,
}

/// Reads slices of animals in the cells of one or two factors.
pub fn nested(table: &Table, arguments: &Stats, factors: usize) -> Result<(Data, Nested), StatsFault> {
    let mut data = Data::new(table, arguments, Wanted { groups: factors, doses: 0, within: false })?;
    if data.animal.is_none() {
        return Err(usage("a mixed model needs the column of the animal: --animal COL"));
    }
    if data.slice.is_none() {
        refuse_column_of_sweeps(table)?;
    }
    let names = if factors == 1 {
        data.levels(0, arguments)?
    } else {
        let (a, b) = (data.levels(0, arguments)?, data.levels(1, arguments)?);
        b.iter().flat_map(|b| a.iter().map(move |a| format!("{a} {b}"))).collect()
    };
    let cell = |groups: &[String]| names.iter().position(|name| *name == groups.join(" ")).unwrap_or_default();
    let level = data.records.iter().map(|record| cell(&record.groups)).collect();
    let response = data.records.iter().map(|record| record.values[0]).collect();
    let animal = numbered(data.records.iter().filter_map(|record| record.animal.as_ref()));
    // The model itself knows that slices share animals: n is not the slice.
    data.unit = Some(Unit::Animal);
    Ok((data, Nested { names, level, response, animal }))
}

/// Fits means of cells.
pub fn fitted(nested: &Nested) -> Result<MixedFit, StatisticsError> {
    let names: Vec<&str> = nested.names.iter().map(String::as_str).collect();
    let design = Design::cell_means(&nested.level, &names)?;
    fit(&MixedData::new(&nested.response, &design, &nested.animal), Method::Reml)
}

/// Animals and slices of each cell.
fn describe(outcome: &mut Outcome, nested: &Nested, fit: &MixedFit) -> String {
    let mut words = Vec::new();
    for (cell, name) in nested.names.iter().enumerate() {
        let own = || nested.level.iter().zip(&nested.animal).filter(|(level, _)| **level == cell);
        let animals: std::collections::BTreeSet<_> = own().map(|(_, animal)| animal).collect();
        outcome.units.push((name.clone(), animals.len()));
        words.push(format!("{} animals and {} slices {name}", animals.len(), own().count()));
    }
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("sd_animal", json!(fit.sd_cluster));
    detail("sd_slice", json!(fit.sd_residual));
    detail("icc", json!(fit.icc()));
    detail("log_likelihood_reml", json!(fit.log_likelihood));
    detail("observations", json!(fit.observations));
    detail("animals", json!(fit.clusters));
    detail("singular", json!(fit.singular));
    detail("converged", json!(fit.converged));
    if fit.singular {
        outcome.warnings.push(String::from(
            "the variance between animals is estimated as zero (singular fit); Kenward-Roger degrees of freedom are used",
        ));
    }
    if !fit.converged {
        outcome.warnings.push(String::from("the fit did not reach its tolerance"));
    }
    words.join(", ")
}

/// Every group against the reference, with an overall test for several.
pub fn mixed(table: &Table, arguments: &Stats) -> Found {
    let (data, nested) = nested(table, arguments, 1)?;
    let refused = data.refused(arguments.method, &nested.names);
    let fit = fitted(&nested).map_err(&refused)?;
    // At the boundary Satterthwaite does not exist.
    let df = if fit.singular { DfMethod::KenwardRoger } else { arguments.df.into() };
    let k = nested.names.len();
    let contrast = |cell: usize| -> Vec<f64> {
        (0..k).map(|c| f64::from(u8::from(c == cell)) - f64::from(u8::from(c == 0))).collect()
    };
    let weights: Vec<Vec<f64>> = (1..k).map(contrast).collect();
    let mut rows = Vec::new();
    let mut outcome = Outcome { title: format!("Mixed model (REML, {})", df.name()), ..Outcome::default() };
    let n = describe(&mut outcome, &nested, &fit);
    let mut sentences = Vec::new();
    let found = contrasts::dunnett(&fit, &weights, df, arguments.interval).map_err(&refused)?;
    let plain: Vec<f64> = found.iter().map(|c| c.comparison.p).collect();
    let other = arguments.adjust.map(|method| adjust(&plain, method.into())).transpose().map_err(&refused)?;
    for (index, (name, c)) in nested.names[1..].iter().zip(&found).enumerate() {
        let term = format!("{name} - {}", nested.names[0]);
        let mut row = Row::comparison(&term, &c.comparison);
        if k > 2 {
            row.p_adjusted = Some(other.as_ref().map_or(c.p_adjusted, |p| p[index]));
            row = row.with("ci_low_simultaneous", c.ci_low_adjusted).with("ci_high_simultaneous", c.ci_high_adjusted);
        }
        let test = format!("mixed model, {}", df.name());
        sentences.push(difference_words(&format!("The difference {term}"), &test, &c.comparison, &n));
        rows.push(row);
    }
    if k > 2 {
        rows.push(Row::f(&data.group[0], &fit.f_test(&weights, df).map_err(&refused)?));
        let method = arguments.adjust.map_or("dunnett", |method| Adjustment::from(method).name());
        outcome.details.insert("p_adjusted_by".to_owned(), json!(method));
    }
    let identity = |cell: usize| -> Vec<f64> { (0..k).map(|c| f64::from(u8::from(c == cell))).collect() };
    let cells: Vec<Vec<f64>> = (0..k).map(identity).collect();
    let means = contrasts::marginal_means(&fit, &cells, df, arguments.interval).map_err(&refused)?;
    if k > 2 {
        sentences = vec![several_words(&outcome.title, &rows, &n)];
    }
    outcome.details.insert("marginal_means".to_owned(), json!(means.iter().map(|m| m.estimate).collect::<Vec<_>>()));
    outcome.details.insert("marginal_means_se".to_owned(), json!(means.iter().map(|m| m.se).collect::<Vec<_>>()));
    (outcome.rows, outcome.sentence) = (rows, sentences.join(" "));
    Ok((data, outcome))
}

/// The sentence of several comparisons; n stands once.
fn several_words(title: &str, rows: &[Row], n: &str) -> String {
    let number = |value: Option<f64>| short(value.unwrap_or(f64::NAN));
    let differences = rows.iter().filter(|row| row.estimate.is_some()).map(|row| {
        format!("{} {} (adjusted {})", row.term, number(row.estimate), p_words(row.p_adjusted.unwrap_or(f64::NAN)))
    });
    format!("{title}: {} ({n}).", differences.collect::<Vec<_>>().join("; "))
}

/// Whether the effect of one factor depends on the other (2 × 2).
pub fn interaction(table: &Table, arguments: &Stats) -> Found {
    let (data, nested) = nested(table, arguments, 2)?;
    for factor in 0..2 {
        let levels = data.levels(factor, arguments)?;
        if levels.len() != 2 {
            let (column, method) = (data.group[factor].clone(), String::from("interaction"));
            return Err(StatsFault::Groups { column, found: levels.len(), levels, method, needed: "two" });
        }
    }
    let refused = data.refused(arguments.method, &nested.names);
    let fit = fitted(&nested).map_err(&refused)?;
    let df = if fit.singular { DfMethod::KenwardRoger } else { arguments.df.into() };
    let mut cells = [vec![0.0; 4], vec![0.0; 4], vec![0.0; 4], vec![0.0; 4]];
    for (cell, weights) in cells.iter_mut().enumerate() {
        weights[cell] = 1.0;
    }
    let c = contrasts::interaction_2x2(&fit, &cells, df, arguments.interval).map_err(&refused)?;
    let mut outcome = Outcome { title: format!("Interaction (mixed model, {})", df.name()), ..Outcome::default() };
    let n = describe(&mut outcome, &nested, &fit);
    let term = format!("{} x {}", data.group[0], data.group[1]);
    outcome.sentence =
        difference_words(&format!("The interaction {term}"), &format!("mixed model, {}", df.name()), &c, &n);
    outcome.rows = vec![Row::comparison(term, &c)];
    Ok((data, outcome))
}
