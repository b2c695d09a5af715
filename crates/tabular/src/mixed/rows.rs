//! Further rows of a mixed model: joint tests, marginal means, profile intervals.

use crate::mixed::observations::{Observations, minus};
use crate::outcome::{Outcome, Row};
use crate::table::data::Data;
use statistics::mixed::{MixedData, MixedFit, profile_intervals, variance_tests};
use statistics::{DfMethod, Interval, StatisticsError};

/// F tests of the factors on unweighted means of cells (type III).
pub(crate) fn joint(
    outcome: &mut Outcome,
    data: &Data,
    observations: &Observations,
    found: &MixedFit,
    df: DfMethod,
) -> Result<(), StatisticsError> {
    // Differences from the level that is first by name (or number), whatever the
    // reference: the denominator of Satterthwaite depends on the basis of the hypothesis.
    let order = |names: &[String]| {
        let mut order: Vec<usize> = (0..names.len()).collect();
        let numbers: Option<Vec<f64>> = names.iter().map(|name| name.parse().ok()).collect();
        match numbers {
            Some(numbers) => order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b])),
            None => order.sort_by_key(|&i| &names[i]),
        }
        order
    };
    let (groups, conditions) = (order(&observations.groups), order(&observations.conditions));
    if groups.len() > 2 || (groups.len() > 1 && conditions.len() > 1) {
        let first = observations.group_mean(groups[0]);
        let rows: Vec<Vec<f64>> = groups[1..].iter().map(|&g| minus(&observations.group_mean(g), &first)).collect();
        outcome.rows.push(Row::f(&data.group[0], &found.f_test(&rows, df)?));
    }
    if conditions.len() > 1 {
        let first = observations.condition_mean(conditions[0]);
        let rows: Vec<Vec<f64>> =
            conditions[1..].iter().map(|&c| minus(&observations.condition_mean(c), &first)).collect();
        outcome.rows.push(Row::f(&data.within, &found.f_test(&rows, df)?));
        if groups.len() > 1 {
            let side = |own: usize, first: usize, other: usize| {
                f64::from(u8::from(own == other)) - f64::from(u8::from(own == first))
            };
            let mut rows = Vec::new();
            for &g in &groups[1..] {
                for &c in &conditions[1..] {
                    rows.push(
                        observations.weights(|own_g, own_c| side(own_g, groups[0], g) * side(own_c, conditions[0], c)),
                    );
                }
            }
            outcome.rows.push(Row::f(format!("{} x {}", data.group[0], data.within), &found.f_test(&rows, df)?));
        }
    }
    Ok(())
}

pub(crate) fn means(
    outcome: &mut Outcome,
    observations: &Observations,
    found: &MixedFit,
    df: DfMethod,
    level: f64,
) -> Result<(), StatisticsError> {
    for cell in 0..observations.cells() {
        let c = found.contrast(&observations.cell_mean(cell), df, level)?;
        let row =
            Row { statistic: None, p: None, ..Row::comparison(format!("mean {}", observations.cell_name(cell)), &c) };
        outcome.rows.push(row);
    }
    Ok(())
}

pub(crate) fn profiles(
    outcome: &mut Outcome,
    observations: &Observations,
    mixed: &MixedData<'_>,
    level: f64,
) -> Result<(), StatisticsError> {
    let found = profile_intervals(mixed, level)?;
    let mut add = |term: String, interval: &Interval| outcome.rows.push(Row::interval(term, interval));
    let names: Vec<&str> = observations.factors.list.iter().map(|(name, _)| name.as_str()).collect();
    add(format!("SD between {} (profile, ML)", plural(names[0])), &found.sd_cluster);
    for (term, interval) in mixed.terms.iter().zip(&found.sd_terms) {
        add(format!("SD between {} (profile, ML)", plural(&term.name)), interval);
    }
    add("residual SD (profile, ML)".to_owned(), &found.sd_residual);
    for (k, interval) in found.coefficients.iter().enumerate() {
        let what = if k < observations.cells() { observations.cell_name(k) } else { "covariate".to_owned() };
        add(format!("mean {what} (profile, ML)").replace("mean covariate", "covariate"), interval);
    }
    for test in variance_tests(mixed)? {
        let what = if test.component == "cluster" { plural(names[0]) } else { plural(&test.component) };
        let row = Row {
            statistic: Some(test.statistic),
            p: Some(test.p_mixture),
            ..Row::new(format!("no variance between {what}"))
        };
        outcome.rows.push(row.with("p_chi_squared", test.p_chi_squared));
    }
    Ok(())
}

/// "animals", "slices"; other terms as they are.
fn plural(term: &str) -> String {
    match term {
        "animal" => "animals".to_owned(),
        "animal:slice" => "slices".to_owned(),
        other => other.to_owned(),
    }
}
