//! The best of several descents, with the covariance from J′J.

use crate::error::{StatisticsError, require_count, require_finite};
use crate::least_squares::descent::{Descent, ITERATIONS, descend};
use crate::least_squares::factor::Factor;
use crate::least_squares::model::{LeastSquares, Model};

/// Descents that must end in the same best minimum before the other starting
/// points are left out.
const AGREEING_STARTS: usize = 3;

/// The best fit from several starting points, the most promising first.
///
/// # Errors
/// No more observations than parameters, a response not finite, no start given;
/// [`StatisticsError::NotConverged`] if no start converges;
/// [`StatisticsError::Undefined`] if J is singular at the best point, so that
/// the data do not determine all parameters.
pub fn fit(model: &dyn Model, response: &[f64], starts: &[Vec<f64>]) -> Result<LeastSquares, StatisticsError> {
    let p = model.parameters();
    require_finite("response", response)?;
    require_count("observations", response.len(), p + 1)?;
    require_count("starting points", starts.len(), 1)?;
    let free: Vec<usize> = (0..p).collect();
    let mut best: Option<Descent> = None;
    let mut agreeing = 0;
    for start in starts {
        let found = descend(model, response, start, &free);
        // A converged point is preferred; a diverging one may lie a hair lower
        // on its way to infinity.
        let better = best.as_ref().is_none_or(|b| {
            let margin = if b.converged == found.converged { 0.0 } else { 1e-7 * b.rss };
            if found.converged && !b.converged { found.rss < b.rss + margin } else { found.rss < b.rss - margin }
        });
        let same =
            best.as_ref().is_some_and(|b| b.converged && found.converged && (found.rss - b.rss).abs() <= 1e-9 * b.rss);
        if same {
            agreeing += 1;
        } else if better {
            agreeing = 1;
        }
        if found.rss.is_finite() && better {
            best = Some(found);
        }
        if agreeing == AGREEING_STARTS {
            break;
        }
    }
    let not_converged = || StatisticsError::NotConverged { what: "least squares".to_owned(), iterations: ITERATIONS };
    let best = best.ok_or_else(not_converged)?;
    let factor = Factor::new(model, response, &best.theta, &free);
    let Some(inverse) = factor.and_then(|f| f.inverse_of_gram()) else {
        return Err(StatisticsError::Undefined {
            what: "covariance of the parameters".to_owned(),
            why: "the data do not determine all parameters".to_owned(),
        });
    };
    if !best.converged {
        return Err(not_converged());
    }
    let n = response.len();
    let df = (n - p) as f64;
    let scale = best.rss / df;
    let covariance = inverse.iter().map(|row| row.iter().map(|v| v * scale).collect()).collect();
    Ok(LeastSquares { estimates: best.theta, covariance, rss: best.rss, n, df })
}

/// The smallest residual sum of squares that descents from `starts` meet, whether
/// or not they converge.
pub(crate) fn smallest_rss(model: &dyn Model, response: &[f64], starts: &[Vec<f64>]) -> f64 {
    lowest_point(model, response, starts).map_or(f64::INFINITY, |(_, rss)| rss)
}

/// The lowest point that descents from `starts` meet and its residual sum of squares,
/// whether or not they converge; `None` if all lie outside the domain.
pub(crate) fn lowest_point(model: &dyn Model, response: &[f64], starts: &[Vec<f64>]) -> Option<(Vec<f64>, f64)> {
    let free: Vec<usize> = (0..model.parameters()).collect();
    let met = starts.iter().map(|start| descend(model, response, start, &free));
    met.filter(|end| end.rss.is_finite()).map(|end| (end.theta, end.rss)).min_by(|a, b| a.1.total_cmp(&b.1))
}
