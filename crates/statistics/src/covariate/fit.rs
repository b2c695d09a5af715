//! The fit, and what is asked of it.

use crate::contrasts::AdjustedComparison;
use crate::covariate::data::{CovariateData, CovariateModel, Slopes};
use crate::covariate::fitted::Fitted;
use crate::design::Design;
use crate::error::StatisticsError;
use crate::estimate::{Comparison, FTest};
use crate::linear;
use crate::mixed::{self, Method, MixedData, Term};

/// Groups beside a covariate.
#[derive(Debug, Clone)]
pub struct Covariance {
    /// The model with the slopes that were stated.
    pub fitted: Fitted,
    /// Covariate at which the means stand.
    pub at: f64,
    /// Mean of each group at that covariate.
    pub means: Vec<Comparison>,
    /// Every further group minus the first there, adjusted for the family.
    pub differences: Vec<AdjustedComparison>,
    /// All means alike there; none with one group.
    pub equal_means: Option<FTest>,
    /// Slopes, response per unit of the covariate: one, or one a group.
    pub slopes: Vec<Comparison>,
    /// Slope of every further group minus that of the first, where each has its own.
    pub slope_differences: Vec<AdjustedComparison>,
    /// Group × covariate, in the model with slopes of each group; none with one group, or
    /// where a group has one value of the covariate only.
    pub equal_slopes: Option<FTest>,
    /// Random effects that the observations cannot tell from others.
    pub left_out: Vec<String>,
    /// Smallest and largest covariate of each group.
    pub ranges: Vec<(f64, f64)>,
}

/// Fits the model and compares the groups with the first.
///
/// # Errors
/// Lengths that differ, values not finite, a constant covariate, a group without
/// observation, level outside (0, 1); a covariate that the groups determine
/// ([`StatisticsError::RankDeficient`]); as [`mixed::fit`] and [`linear::fit`].
pub fn fit(data: &CovariateData, model: &CovariateModel) -> Result<Covariance, StatisticsError> {
    data.check(model)?;
    let groups = data.groups();
    let centre = data.centre();
    let at = model.at.unwrap_or(centre);
    let (fitted, left_out) = fitted(data, model.slopes, model.slopes_vary)?;
    let own = (model.slopes == Slopes::ByGroup && groups > 1).then_some(groups);
    let weights = |group: usize, level: f64, x: f64| weights(groups, own, group, (level, x));
    let from_first = |list: &[Vec<f64>]| -> Vec<Vec<f64>> {
        list[1..].iter().map(|row| row.iter().zip(&list[0]).map(|(a, b)| a - b).collect()).collect()
    };
    let means: Vec<Vec<f64>> = (0..groups).map(|g| weights(g, 1.0, at - centre)).collect();
    let slopes: Vec<Vec<f64>> = (0..own.unwrap_or(1)).map(|g| weights(g, 0.0, 1.0)).collect();
    let (mean_rows, slope_rows) = (from_first(&means), from_first(&slopes));
    let single = |list: &[Vec<f64>]| -> Result<Vec<Comparison>, StatisticsError> {
        list.iter().map(|row| fitted.contrast(row, model.df, model.level)).collect()
    };
    let family = |rows: &[Vec<f64>]| {
        if rows.is_empty() { Ok(Vec::new()) } else { fitted.family(rows, model.df, model.level) }
    };
    Ok(Covariance {
        at,
        means: single(&means)?,
        differences: family(&mean_rows)?,
        equal_means: if groups > 1 { Some(fitted.f_test(&mean_rows, model.df)?) } else { None },
        slopes: single(&slopes)?,
        slope_differences: family(&slope_rows)?,
        equal_slopes: equal_slopes(data, model)?,
        left_out,
        ranges: (0..groups).map(|g| range(data, g)).collect(),
        fitted,
    })
}

/// Weights on means and slopes: `level` and `x` of one group.
fn weights(groups: usize, own: Option<usize>, group: usize, (level, x): (f64, f64)) -> Vec<f64> {
    let mut weights = vec![0.0; groups + own.unwrap_or(1)];
    weights[group] = level;
    weights[groups + own.map_or(0, |_| group)] = x;
    weights
}

/// Group × covariate in the model with slopes of each group.
fn equal_slopes(data: &CovariateData, model: &CovariateModel) -> Result<Option<FTest>, StatisticsError> {
    let groups = data.groups();
    if groups < 2 {
        return Ok(None);
    }
    let by_group = match fitted(data, Slopes::ByGroup, model.slopes_vary) {
        Ok((by_group, _)) => by_group,
        // The means can still be compared where the slopes cannot.
        Err(StatisticsError::RankDeficient { .. }) if model.slopes == Slopes::Equal => return Ok(None),
        Err(other) => return Err(other),
    };
    let rows: Vec<Vec<f64>> = (1..groups)
        .map(|g| {
            let mut row = vec![0.0; 2 * groups];
            (row[groups], row[groups + g]) = (-1.0, 1.0);
            row
        })
        .collect();
    by_group.f_test(&rows, model.df).map(Some)
}

fn range(data: &CovariateData, group: usize) -> (f64, f64) {
    let own = data.covariate.iter().zip(data.group).filter(|(_, g)| **g == group).map(|(x, _)| *x);
    own.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

/// Means of groups at the centre, and slopes.
fn design(data: &CovariateData, slopes: Slopes, x: &[f64]) -> Result<Design, StatisticsError> {
    let groups = data.groups();
    let of = |g: usize, value: &dyn Fn(usize) -> f64| -> Vec<f64> {
        (0..x.len()).map(|i| if data.group[i] == g { value(i) } else { 0.0 }).collect()
    };
    let names: Vec<String> = (0..groups).map(|g| format!("group {g}")).collect();
    let slope_names: Vec<String> = (0..groups).map(|g| format!("covariate in group {g}")).collect();
    let mut columns: Vec<(&str, Vec<f64>)> = (0..groups).map(|g| (names[g].as_str(), of(g, &|_| 1.0))).collect();
    match slopes {
        Slopes::ByGroup if groups > 1 => {
            columns.extend((0..groups).map(|g| (slope_names[g].as_str(), of(g, &|i| x[i]))));
        }
        _ => columns.push(("covariate", x.to_vec())),
    }
    Design::from_columns(&columns)
}

/// The model with these slopes, and the random effects left out.
fn fitted(data: &CovariateData, slopes: Slopes, slopes_vary: bool) -> Result<(Fitted, Vec<String>), StatisticsError> {
    let centre = data.centre();
    let x: Vec<f64> = data.covariate.iter().map(|x| x - centre).collect();
    let design = design(data, slopes, &x)?;
    if !data.is_clustered() {
        return Ok((Fitted::LeastSquares(linear::fit(&design, data.response)?), Vec::new()));
    }
    let by_group = data.cluster_by_group();
    let mut mixed = MixedData::new(data.response, &design, data.cluster);
    let slope = slopes_vary.then_some(x.as_slice());
    if slopes_vary {
        mixed = mixed.with_slope(&x);
    }
    if let Some(level) = &by_group {
        mixed = mixed.with_term(Term { slope, ..Term::within("cluster:group", level) });
    }
    if let (Some(nested), true) = (data.nested, data.is_nested()) {
        mixed = mixed
            .with_term(Term { slope: slope.filter(|_| data.nested_lines()), ..Term::within("sub-cluster", nested) });
    }
    let (kept, left_out) = mixed.identified();
    if !slopes_vary {
        // Negative variances keep the level where clusters hardly differ.
        let free = mixed::fit(&kept.clone().with_negative_variances(), Method::Reml)?;
        if free.converged {
            return Ok((Fitted::Mixed(Box::new(free)), left_out));
        }
    }
    Ok((Fitted::Mixed(Box::new(mixed::fit(&kept, Method::Reml)?)), left_out))
}
