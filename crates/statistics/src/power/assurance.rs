//! Assurance: power where effect and SD are not known but believed.
//!
//!   ∫∫ power(δ, σ e^s) φ(δ; m, d) φ(s; 0, v) dδ ds
//!
//! (O'Hagan, Stevens & Campbell 2005, Pharm Stat 4:187), by the trapezoidal rule over
//! ±8 SD, which converges exponentially for such integrands.

use crate::dist::max_t::over_normal;
use crate::error::{StatisticsError, require_range};

/// What is believed of an experiment before it is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Mean of the true difference, unit of the response.
    pub effect: f64,
    /// SD of the belief about it, unit of the response; 0: known.
    pub effect_sd: f64,
    /// SD of the logarithm of the SDs; 0: known, 0.2: known to about 20 %.
    pub log_sd: f64,
}

/// Mean of `power(effect, factor of the SDs)` over the prior.
///
/// # Errors
/// A negative SD of the prior, or what `power` says.
pub fn assurance(
    prior: &Prior,
    power: impl Fn(f64, f64) -> Result<f64, StatisticsError>,
) -> Result<f64, StatisticsError> {
    require_range("SD of the belief about the effect", prior.effect_sd, 0.0, f64::MAX)?;
    require_range("SD of the logarithm of the SDs", prior.log_sd, 0.0, 5.0)?;
    let failed = std::cell::RefCell::new(None);
    let at = |effect: f64, factor: f64| {
        power(effect, factor).unwrap_or_else(|error| {
            failed.borrow_mut().get_or_insert(error);
            0.0
        })
    };
    let over = |sd: f64, f: &dyn Fn(f64) -> f64| if sd == 0.0 { f(0.0) } else { over_normal(0.25, f) };
    let mean = over(prior.log_sd, &|s| {
        let factor = libm::exp(prior.log_sd * s);
        over(prior.effect_sd, &|z| at(prior.effect + prior.effect_sd * z, factor))
    });
    match failed.into_inner() {
        Some(error) => Err(error),
        None => Ok(mean),
    }
}
