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
    let (groups, conditions) = (observations.groups.len(), observations.conditions.len());
    let first = observations.group_mean(0);
    let of_groups: Vec<Vec<f64>> = (1..groups).map(|g| minus(&observations.group_mean(g), &first)).collect();
    if groups > 2 || (groups > 1 && conditions > 1) {
        outcome.rows.push(Row::f(&data.group[0], &found.f_test(&of_groups, df)?));
    }
    if conditions > 1 {
        let first = observations.condition_mean(0);
        let rows: Vec<Vec<f64>> = (1..conditions).map(|c| minus(&observations.condition_mean(c), &first)).collect();
        outcome.rows.push(Row::f(&data.within, &found.f_test(&rows, df)?));
        if groups > 1 {
            let mut rows = Vec::new();
            for g in 1..groups {
                for c in 1..conditions {
                    rows.push(observations.weights(|own_g, own_c| {
                        let side = |own: usize, other: usize| match own {
                            0 => -1.0,
                            own if own == other => 1.0,
                            _ => 0.0,
                        };
                        side(own_g, g) * side(own_c, c)
                    }));
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
    let g = observations.groups.len();
    for cell in 0..observations.cells() {
        let weights = observations.weights(|group, condition| f64::from(u8::from(condition * g + group == cell)));
        let c = found.contrast(&weights, df, level)?;
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
    add("SD between animals (profile, ML)".to_owned(), &found.sd_cluster);
    for interval in &found.sd_terms {
        add("SD between slices (profile, ML)".to_owned(), interval);
    }
    add("residual SD (profile, ML)".to_owned(), &found.sd_residual);
    for (k, interval) in found.coefficients.iter().enumerate() {
        let what = if k < observations.cells() { observations.cell_name(k) } else { "covariate".to_owned() };
        add(format!("mean {what} (profile, ML)").replace("mean covariate", "covariate"), interval);
    }
    for test in variance_tests(mixed)? {
        let what = if test.component == "cluster" { "animals" } else { "slices" };
        let row = Row {
            statistic: Some(test.statistic),
            p: Some(test.p_mixture),
            ..Row::new(format!("no variance between {what}"))
        };
        outcome.rows.push(row.with("p_chi_squared", test.p_chi_squared));
    }
    Ok(())
}
