//! The random-intercept model: groups against the reference, and a 2 × 2 interaction.

use crate::fault::Fault;
use crate::mixed::nested::{Nested, fitted, nested};
use crate::outcome::{Found, Outcome, Row};
use crate::question::Question;
use crate::words::{difference_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::DfMethod;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts;
use statistics::mixed::MixedFit;
use std::collections::BTreeSet;

/// Animals and slices of each cell.
fn describe(outcome: &mut Outcome, nested: &Nested, fit: &MixedFit) -> String {
    let mut words = Vec::new();
    for (cell, name) in nested.names.iter().enumerate() {
        let own = || nested.level.iter().zip(&nested.animal).filter(|(level, _)| **level == cell);
        let animals: BTreeSet<_> = own().map(|(_, animal)| animal).collect();
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
pub(crate) fn mixed(table: &Table, question: &Question) -> Found {
    let (data, nested) = nested(table, question, 1)?;
    let refused = data.refused(question.method, &nested.names);
    let fit = fitted(&nested).map_err(&refused)?;
    // At the boundary Satterthwaite does not exist.
    let df = if fit.singular { DfMethod::KenwardRoger } else { question.df };
    let k = nested.names.len();
    let contrast = |cell: usize| -> Vec<f64> {
        (0..k).map(|c| f64::from(u8::from(c == cell)) - f64::from(u8::from(c == 0))).collect()
    };
    let weights: Vec<Vec<f64>> = (1..k).map(contrast).collect();
    let mut rows = Vec::new();
    let mut outcome = Outcome { title: format!("Mixed model (REML, {})", df.name()), ..Outcome::default() };
    let n = describe(&mut outcome, &nested, &fit);
    let mut sentences = Vec::new();
    let found = contrasts::dunnett(&fit, &weights, df, question.level).map_err(&refused)?;
    let plain: Vec<f64> = found.iter().map(|c| c.comparison.p).collect();
    let other = question.adjust.map(|method| adjust(&plain, method)).transpose().map_err(&refused)?;
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
        let method = question.adjust.map_or("dunnett", Adjustment::name);
        outcome.details.insert("p_adjusted_by".to_owned(), json!(method));
    }
    let identity = |cell: usize| -> Vec<f64> { (0..k).map(|c| f64::from(u8::from(c == cell))).collect() };
    let cells: Vec<Vec<f64>> = (0..k).map(identity).collect();
    let means = contrasts::marginal_means(&fit, &cells, df, question.level).map_err(&refused)?;
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
pub(crate) fn interaction(table: &Table, question: &Question) -> Found {
    let (data, nested) = nested(table, question, 2)?;
    for factor in 0..2 {
        let levels = data.levels(factor, question)?;
        if levels.len() != 2 {
            let (column, method) = (data.group[factor].clone(), question.method.name());
            return Err(Fault::Groups { column, found: levels.len(), levels, method, needed: "two" });
        }
    }
    let refused = data.refused(question.method, &nested.names);
    let fit = fitted(&nested).map_err(&refused)?;
    let df = if fit.singular { DfMethod::KenwardRoger } else { question.df };
    let mut cells = [vec![0.0; 4], vec![0.0; 4], vec![0.0; 4], vec![0.0; 4]];
    for (cell, weights) in cells.iter_mut().enumerate() {
        weights[cell] = 1.0;
    }
    let c = contrasts::interaction_2x2(&fit, &cells, df, question.level).map_err(&refused)?;
    let mut outcome = Outcome { title: format!("Interaction (mixed model, {})", df.name()), ..Outcome::default() };
    let n = describe(&mut outcome, &nested, &fit);
    let term = format!("{} x {}", data.group[0], data.group[1]);
    outcome.sentence =
        difference_words(&format!("The interaction {term}"), &format!("mixed model, {}", df.name()), &c, &n);
    outcome.rows = vec![Row::comparison(term, &c)];
    Ok((data, outcome))
}
