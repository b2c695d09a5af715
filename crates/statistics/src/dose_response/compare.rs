//! Comparison of curves: the extra sum of squares that separate parameters save.
//!
//!   F = ((RSS_shared − RSS_apart)/(df_shared − df_apart)) / (RSS_apart/df_apart)

use crate::dose_response::curve::{CurveParameters, Parameter, Shape};
use crate::dose_response::fit::check;
use crate::dose_response::global::Curves;
use crate::dose_response::outcome::CurveFit;
use crate::dose_response::start::starts;
use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::fit as least_squares;
use crate::least_squares::model::LeastSquares;
use serde::{Deserialize, Serialize};

/// Doses and responses of one curve.
#[derive(Debug, Clone, Copy)]
pub struct CurveData<'a> {
    /// Doses, ≥ 0.
    pub dose: &'a [f64],
    /// Responses, one per dose.
    pub response: &'a [f64],
}

/// Curves with some parameters in common against curves with none in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurveComparison {
    /// The parameters that the smaller model shares.
    pub shared: Vec<Parameter>,
    /// The curves of the smaller model, in the order given.
    pub curves_shared: Vec<CurveParameters>,
    /// The curves fitted apart.
    pub curves_apart: Vec<CurveParameters>,
    /// Residual sum of squares of the smaller model.
    pub rss_shared: f64,
    /// Residual sum of squares of the curves apart.
    pub rss_apart: f64,
    /// Test of the hypothesis that the shared parameters are equal.
    pub test: FTest,
}

/// A least-squares fit of several curves at once.
pub(crate) struct SharedFit {
    pub(crate) fit: LeastSquares,
    pub(crate) curves: Vec<CurveParameters>,
}

/// Fits `curves` with the parameters `shared` in common. Estimated parameters
/// come in the order of [`Shape::parameters`]; one that is not shared takes one
/// place per curve.
pub(crate) fn fit_shared(
    shape: Shape,
    curves: &[CurveData],
    shared: &[Parameter],
) -> Result<SharedFit, StatisticsError> {
    let mut rows = Vec::new();
    let mut response = Vec::new();
    let mut candidates = Vec::with_capacity(curves.len());
    for (number, curve) in curves.iter().enumerate() {
        rows.extend(curve.dose.iter().map(|x| (number, *x)));
        response.extend_from_slice(curve.response);
        candidates.push(starts(shape, curve.dose, curve.response));
    }
    let model = Curves::new(rows, shape.parameters(), shared);
    // Start k joins the k-th best start of every curve.
    let most = candidates.iter().map(Vec::len).min().unwrap_or(0);
    let points: Vec<Vec<f64>> =
        (0..most).map(|k| model.start(&candidates.iter().map(|c| c[k]).collect::<Vec<_>>())).collect();
    let fit = least_squares(&model, &response, &points)?;
    let curves = (0..curves.len()).map(|c| model.curve(&fit.estimates, c)).collect();
    Ok(SharedFit { fit, curves })
}

/// Tests whether several curves have the parameters `shared` in common, e.g.
/// [`Parameter::LnEc50`] alone, or all of them for "one curve fits all".
///
/// # Errors
/// Fewer than two curves, no parameter named or one that the shape does not
/// have, data to which no curve can be fitted, a fit that does not converge.
pub fn compare_curves(
    shape: Shape,
    curves: &[CurveData],
    shared: &[Parameter],
) -> Result<CurveComparison, StatisticsError> {
    require_count("curves", curves.len(), 2)?;
    require_count("shared parameters", shared.len(), 1)?;
    if let Some(foreign) = shared.iter().find(|p| !shape.parameters().contains(p)) {
        return Err(StatisticsError::Undefined {
            what: format!("comparison of {foreign:?}"),
            why: format!("it is fixed in a {shape:?} curve"),
        });
    }
    for curve in curves {
        check(shape, curve.dose, curve.response)?;
    }
    let apart = fit_shared(shape, curves, &[])?;
    let joint = fit_shared(shape, curves, shared)?;
    let test = extra_sum_of_squares(&joint.fit, &apart.fit);
    let mut named = shared.to_vec();
    named.dedup();
    Ok(CurveComparison {
        shared: named,
        curves_shared: joint.curves,
        curves_apart: apart.curves,
        rss_shared: joint.fit.rss,
        rss_apart: apart.fit.rss,
        test,
    })
}

fn extra_sum_of_squares(small: &LeastSquares, large: &LeastSquares) -> FTest {
    let extra = (small.rss - large.rss).max(0.0);
    FTest::from_sums(extra, small.df - large.df, large.rss, large.df)
}

/// Compares two fits of the same data, `small` being a special case of `large`
/// (e.g. Hill slope 1 against free).
///
/// # Errors
/// `small` does not have fewer parameters, or the numbers of observations differ.
pub fn compare_nested(small: &CurveFit, large: &CurveFit) -> Result<FTest, StatisticsError> {
    let observations = |fit: &CurveFit| fit.df as usize + fit.parameters.len();
    if observations(small) != observations(large) {
        return Err(StatisticsError::LengthMismatch {
            what: "observations of the smaller fit".to_owned(),
            expected: observations(large),
            found: observations(small),
        });
    }
    require_count("parameters of the larger fit", large.parameters.len(), small.parameters.len() + 1)?;
    let extra = (small.rss - large.rss).max(0.0);
    Ok(FTest::from_sums(extra, small.df - large.df, large.rss, large.df))
}

impl CurveFit {
    /// Predicted response at `dose` ≥ 0 with its t interval (delta method, the
    /// uncertainty of the curve only, not of a new observation).
    ///
    /// # Errors
    /// Level outside (0, 1).
    pub fn predict(&self, dose: f64, level: f64) -> Result<crate::Interval, StatisticsError> {
        require_open_unit("confidence level", level)?;
        let gradient = self.curve.gradient(dose);
        let value = self.curve.response(dose);
        let margin = self.margin(level, |p| gradient[p.index()]);
        Ok(crate::Interval { value, low: value - margin, high: value + margin, level })
    }

    /// Dose that reaches `percent` of the way from baseline to plateau, with an
    /// interval that is symmetric in log dose (delta method).
    ///
    /// # Errors
    /// `percent` not between 0 and 100, level outside (0, 1).
    pub fn effective_dose(&self, percent: f64, level: f64) -> Result<crate::Interval, StatisticsError> {
        require_open_unit("confidence level", level)?;
        require_open_unit("part of the effect", percent / 100.0)?;
        let effect = percent / 100.0;
        let ln = self.curve.ln_dose_of(effect);
        // Along b: −(ln x − ln EC50)/b. Along f: central difference.
        let along_hill = -(ln - self.curve.ln_ec50) / self.curve.hill;
        let f = self.curve.asymmetry;
        let at = |asymmetry| CurveParameters { asymmetry, ..self.curve }.ln_dose_of(effect);
        let along_asymmetry = (at(f * 1.000_01) - at(f * 0.999_99)) / (f * 0.000_02);
        let margin = self.margin(level, |p| match p {
            Parameter::Hill => along_hill,
            Parameter::LnEc50 => 1.0,
            Parameter::Asymmetry => along_asymmetry,
            Parameter::Plateau | Parameter::Baseline => 0.0,
        });
        Ok(crate::Interval { value: libm::exp(ln), low: libm::exp(ln - margin), high: libm::exp(ln + margin), level })
    }

    /// t √(g′Vg).
    fn margin(&self, level: f64, slope: impl Fn(Parameter) -> f64) -> f64 {
        let along: Vec<f64> = self.parameters.iter().map(|p| slope(p.parameter)).collect();
        let mut variance = 0.0;
        for (row, a) in self.covariance.iter().zip(&along) {
            variance += a * row.iter().zip(&along).map(|(v, b)| v * b).sum::<f64>();
        }
        crate::dist::student_t::quantile_upper(0.5 * (1.0 - level), self.df) * variance.sqrt()
    }
}
