//! The model without random effects, from which the search starts.

use crate::error::StatisticsError;
use crate::glmm::data::CountData;
use crate::glmm::family::{Family, term};
use nalgebra::{DMatrix, DVector};

/// Linear predictors beyond this are as good as infinite: e³⁰ is 1e13.
const INFINITE: f64 = 30.0;

/// Coefficients with their standard errors, as if all observations were independent:
/// Newton's method. Negative-binomial counts start as Poisson counts.
///
/// # Errors
/// Columns that are combinations of others; coefficients that run to infinity, as where
/// a group has no event at all.
pub(crate) fn fit(data: &CountData<'_>) -> Result<(Vec<f64>, Vec<f64>), StatisticsError> {
    let (n, p) = (data.counts.len(), data.fixed.columns());
    let family = if data.family == Family::Binomial { Family::Binomial } else { Family::Poisson };
    let x = DMatrix::from_fn(n, p, |row, column| data.fixed.row(row)[column]);
    let mut beta = DVector::zeros(p);
    let at = |beta: &DVector<f64>| {
        let eta = &x * beta;
        let (mut value, mut gradient, mut hessian) = (0.0, DVector::zeros(p), DMatrix::zeros(p, p));
        for row in 0..n {
            let one = term(family, data.counts[row], data.trials(row), eta[row] + data.offset(row));
            value += one.log;
            let own = x.row(row).transpose();
            gradient += &own * one.slope;
            hessian += &own * own.transpose() * one.weight;
        }
        (value, gradient, hessian)
    };
    let mut now = at(&beta);
    for _ in 0..100 {
        let Some(factor) = now.2.clone().cholesky() else { return Err(deficient(data)) };
        let step = factor.solve(&now.1);
        let decrement = now.1.dot(&step);
        if decrement < 1e-16 * now.0.abs().max(1.0) {
            let inverse = factor.inverse();
            let largest = (&x * &beta).iter().fold(0.0_f64, |most, eta| most.max(eta.abs()));
            if largest < INFINITE {
                let se = (0..p).map(|j| inverse[(j, j)].sqrt()).collect();
                return Ok((beta.iter().copied().collect(), se));
            }
            break;
        }
        let mut share = 1.0;
        loop {
            let tried = &beta + &step * share;
            let next = at(&tried);
            // No less than now, up to rounding.
            if next.0 >= now.0 - 1e-13 * now.0.abs() || share < 1e-10 {
                (beta, now) = (tried, next);
                break;
            }
            share *= 0.5;
        }
        if beta.iter().any(|b| b.abs() > 10.0 * INFINITE) {
            break;
        }
    }
    Err(StatisticsError::Undefined {
        what: "ratio of the groups".to_owned(),
        why: "a group has no event, or only events, so the ratio is 0 or infinite".to_owned(),
    })
}

fn deficient(data: &CountData<'_>) -> StatisticsError {
    let column = data.fixed.columns() - 1;
    StatisticsError::RankDeficient { column, name: data.fixed.names()[column].clone() }
}
