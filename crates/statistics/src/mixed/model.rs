//! Fitting a mixed model: data in, fit out.

use crate::error::StatisticsError;
use crate::mixed::autoregression;
use crate::mixed::data::{Method, MixedData};
use crate::mixed::estimate::fit_observations;
use crate::mixed::fitted::MixedFit;
use crate::mixed::prepare::Observations;

/// Fits the model.
///
/// # Errors
/// Lengths that differ, values not finite, a rank-deficient design, fewer than
/// two clusters, clusters of one observation only, residuals of zero, or an
/// optimum that cannot be found.
pub fn fit(data: &MixedData<'_>, method: Method) -> Result<MixedFit, StatisticsError> {
    let observations = Observations::new(data)?;
    match data.time {
        Some(time) => autoregression::fit(&observations, time, method),
        None => fit_observations(&observations, method, None),
    }
}
