//! Fitting one curve and judging whether the data identify it.

use crate::dose_response::bounds::Reach;
use crate::dose_response::curve::{Parameter, Shape};
use crate::dose_response::global::Curves;
use crate::dose_response::outcome::{
    CurveFit, CurveOutcome, Ec50, NotIdentified, NotIdentifiedReason, ParameterEstimate,
};
use crate::dose_response::start::starts;
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::{fit as least_squares, smallest_rss};
use crate::least_squares::model::LeastSquares;
use crate::sample::Sample;

/// Fits a curve to independent responses; `dose` ≥ 0 (0 = none), in any unit.
///
/// The curve is reported only if it fits better than a constant mean at
/// 1 − `level` and the data bound its EC50 on at least one side; otherwise the
/// outcome says why not.
///
/// # Errors
/// Different lengths, a value not finite, a negative dose, fewer distinct doses
/// than free parameters, no observation left over, level outside (0, 1).
pub fn fit(shape: Shape, dose: &[f64], response: &[f64], level: f64) -> Result<CurveOutcome, StatisticsError> {
    require_open_unit("confidence level", level)?;
    check(shape, dose, response)?;
    let sample = Sample::new(response)?;
    let free = shape.parameters();
    let refuse = |reason, trend| Ok(CurveOutcome::NotIdentified(NotIdentified { reason, mean: sample.mean(), trend }));
    let total = sample.sum_of_squares();
    let df_trend = free.len() as f64 - 1.0;
    let df = (response.len() - free.len()) as f64;
    if sample.is_constant() {
        let trend = FTest::new(0.0, df_trend, df);
        return refuse(NotIdentifiedReason::NoTrend, trend);
    }
    let rows = dose.iter().map(|x| (0, *x)).collect();
    let model = Curves::new(rows, free, free);
    let candidates = starts(shape, dose, response);
    let points: Vec<Vec<f64>> = candidates.iter().map(|c| model.start(&[*c])).collect();
    let fitted = match least_squares(&model, response, &points) {
        Ok(fitted) => fitted,
        Err(StatisticsError::NotConverged { .. } | StatisticsError::Undefined { .. }) => {
            let rss = smallest_rss(&model, response, &points).min(total);
            let trend = FTest::from_sums((total - rss).max(0.0), df_trend, rss, df);
            let reason =
                if trend.p > 1.0 - level { NotIdentifiedReason::NoTrend } else { NotIdentifiedReason::Singular };
            return refuse(reason, trend);
        }
        Err(other) => return Err(other),
    };
    let trend = FTest::from_sums((total - fitted.rss).max(0.0), df_trend, fitted.rss, df);
    if trend.p > 1.0 - level {
        return refuse(NotIdentifiedReason::NoTrend, trend);
    }
    let reach = Reach::of(dose, response);
    let parameters = estimates(free, &fitted, &model, response, (level, &reach))?;
    let curve = model.curve(&fitted.estimates, 0);
    let ec50 = half_effect(&parameters, dose);
    let anywhere = ec50.profile_low.is_none() && ec50.profile_high.is_none();
    if anywhere || !reach.holds_ln_dose(curve.ln_ec50) {
        return refuse(NotIdentifiedReason::HalfEffectUnbounded, trend);
    }
    let lack_of_fit = lack_of_fit(dose, response, fitted.rss, free.len());
    Ok(CurveOutcome::Fitted(Box::new(CurveFit {
        shape,
        curve,
        parameters,
        ec50,
        rss: fitted.rss,
        df: fitted.df,
        sigma: fitted.sigma(),
        log_likelihood: fitted.log_likelihood(),
        aic: fitted.aic(),
        bic: fitted.bic(),
        covariance: fitted.covariance,
        trend,
        lack_of_fit,
        level,
    })))
}

/// The free parameters with their limits.
fn estimates(
    free: &[Parameter],
    fitted: &LeastSquares,
    model: &Curves,
    response: &[f64],
    (level, reach): (f64, &Reach),
) -> Result<Vec<ParameterEstimate>, StatisticsError> {
    let estimate = |(k, parameter): (usize, &Parameter)| {
        let (wald_low, wald_high) = fitted.wald(k, level);
        let (profile_low, profile_high) = fitted.profile(model, response, k, level)?;
        Ok(ParameterEstimate {
            parameter: *parameter,
            estimate: fitted.estimates[k],
            se: fitted.se(k),
            wald_low,
            wald_high,
            profile_low: reach.of_parameter(*parameter, profile_low),
            profile_high: reach.of_parameter(*parameter, profile_high),
        })
    };
    free.iter().enumerate().map(estimate).collect()
}

/// Refuses data to which no curve can be fitted.
pub(crate) fn check(shape: Shape, dose: &[f64], response: &[f64]) -> Result<(), StatisticsError> {
    if dose.len() != response.len() {
        return Err(StatisticsError::LengthMismatch {
            what: "response".to_owned(),
            expected: dose.len(),
            found: response.len(),
        });
    }
    require_finite("response", response)?;
    require_doses(dose)?;
    let needed = shape.parameters().len();
    require_count("distinct doses", distinct(dose).len(), needed)?;
    require_count("observations", response.len(), needed + 1)
}

/// Refuses doses below 0, as logarithms of doses often are.
pub(crate) fn require_doses(dose: &[f64]) -> Result<(), StatisticsError> {
    require_finite("dose", dose)?;
    match dose.iter().position(|x| *x < 0.0) {
        None => Ok(()),
        Some(place) => Err(StatisticsError::Undefined {
            what: "a dose-response curve".to_owned(),
            why: format!(
                "value {} has the dose {}: doses are 0 or above, on a linear scale and not as logarithms",
                place + 1,
                dose[place]
            ),
        }),
    }
}

/// The doses, ascending, each once.
pub(crate) fn distinct(dose: &[f64]) -> Vec<f64> {
    let mut doses = dose.to_vec();
    doses.sort_by(f64::total_cmp);
    doses.dedup();
    doses
}

fn half_effect(parameters: &[ParameterEstimate], dose: &[f64]) -> Ec50 {
    let ln = parameters.iter().find(|p| p.parameter == Parameter::LnEc50).expect("invariant: every shape has ln EC50");
    let estimate = libm::exp(ln.estimate);
    let tested = distinct(dose);
    let lowest = tested.iter().copied().find(|x| *x > 0.0).unwrap_or(f64::INFINITY);
    let highest = tested.last().copied().unwrap_or(0.0);
    Ec50 {
        estimate,
        profile_low: ln.profile_low.map(libm::exp),
        profile_high: ln.profile_high.map(libm::exp),
        wald_low: libm::exp(ln.wald_low),
        wald_high: libm::exp(ln.wald_high),
        within_doses: estimate >= lowest && estimate <= highest,
    }
}

/// F = ((RSS − SS_pure)/(df − df_pure)) / (SS_pure/df_pure), pure error being
/// the scatter within each dose; for a curve of `parameters` parameters.
/// `None` without replicates, without a dose to spare, or without scatter.
pub(crate) fn lack_of_fit(dose: &[f64], response: &[f64], rss: f64, parameters: usize) -> Option<FTest> {
    let (pure, pure_df) = pure_error(dose, response);
    let spare_df = (response.len() - parameters) as f64 - pure_df;
    if pure_df < 1.0 || spare_df < 1.0 || pure == 0.0 {
        return None;
    }
    Some(FTest::from_sums((rss - pure).max(0.0), spare_df, pure, pure_df))
}

/// Sum of squares within the doses, and its degrees of freedom.
pub(crate) fn pure_error(dose: &[f64], response: &[f64]) -> (f64, f64) {
    let doses = distinct(dose);
    let within = doses.iter().map(|level| {
        let same: Vec<f64> = dose.iter().zip(response).filter(|(x, _)| *x == level).map(|(_, y)| *y).collect();
        Sample::new(&same).map_or(0.0, |sample| sample.sum_of_squares())
    });
    (within.sum(), (response.len() - doses.len()) as f64)
}
