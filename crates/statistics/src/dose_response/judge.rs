//! Whether data have an EC₅₀: the logistic curve is fitted, tested against the
//! scatter of replicates, and compared with curves that turn or have two phases.

use crate::dose_response::curve::Shape;
use crate::dose_response::fit::{check, fit, pure_error};
use crate::dose_response::other::{OtherFit, OtherShape, aicc_of, fit_other};
use crate::dose_response::outcome::{CurveFit, CurveOutcome, NotIdentified, NotIdentifiedReason};
use crate::error::StatisticsError;
use crate::estimate::FTest;
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// Lack of fit below this p: the curve does not describe the data.
const LACK_OF_FIT_P: f64 = 0.05;

/// Lead in AICc that another curve needs where no replicates test the logistic
/// one: e^(−6/2) = 0.05 is the likelihood of the worse relative to the better.
const LEAD: f64 = 6.0;

/// What a dose series says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A logistic curve describes the data, and they bound its EC50.
    Ec50(Box<CurveFit>),
    /// A logistic curve does not describe them: there is no EC50.
    NoLogistic(Box<NoLogistic>),
    /// They do not identify a curve.
    NotIdentified(NotIdentified),
}

/// Why a logistic curve is refused, and what fits instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoLogistic {
    /// The logistic curve against one mean per dose; `None` without replicates.
    pub lack_of_fit: Option<FTest>,
    /// Akaike's criterion (AICc) of the best logistic curve.
    pub aicc: f64,
    /// The best curve of another shape that does describe the data.
    pub other: Option<OtherFit>,
}

/// Fits a logistic curve and says whether it may stand.
///
/// # Errors
/// As [`fit`].
pub fn judge(shape: Shape, dose: &[f64], response: &[f64], level: f64) -> Result<Verdict, StatisticsError> {
    check(shape, dose, response)?;
    let found = fit(shape, dose, response, level)?;
    let (n, k) = (response.len(), shape.parameters().len());
    let (rss, lack) = match &found {
        CurveOutcome::Fitted(fit) => (fit.rss, fit.lack_of_fit),
        CurveOutcome::NotIdentified(not) => {
            let rss = best_rss(not, n, k, Sample::new(response)?.sum_of_squares());
            (rss, crate::dose_response::fit::lack_of_fit(dose, response, rss, k))
        }
    };
    let (_, pure_df) = pure_error(dose, response);
    let aicc = aicc_of(rss, n, k);
    let refused = match lack {
        Some(test) => test.p < LACK_OF_FIT_P,
        None => pure_df < 1.0,
    };
    if refused {
        let other = other(dose, response, level);
        let leads = other.as_ref().is_some_and(|o| o.aicc < aicc - LEAD);
        // Replicates refuse the curve by themselves; without them another must do better.
        if lack.is_some() || leads {
            let other = other.filter(|o| o.aicc < aicc);
            return Ok(Verdict::NoLogistic(Box::new(NoLogistic { lack_of_fit: lack, aicc, other })));
        }
    }
    Ok(match found {
        CurveOutcome::Fitted(fit) => Verdict::Ec50(fit),
        CurveOutcome::NotIdentified(not) => Verdict::NotIdentified(not),
    })
}

/// Residual sum of squares of the best logistic curve that was found, from its F
/// against the mean.
fn best_rss(not: &NotIdentified, n: usize, parameters: usize, total: f64) -> f64 {
    let df = (n - parameters) as f64;
    if not.reason == NotIdentifiedReason::NoTrend && !not.trend.f.is_finite() {
        return total;
    }
    total / (1.0 + not.trend.f * not.trend.df1 / df)
}

/// The best of the other curves that replicates do not refuse.
fn other(dose: &[f64], response: &[f64], level: f64) -> Option<OtherFit> {
    [OtherShape::Bell, OtherShape::TwoPhases]
        .into_iter()
        .filter_map(|shape| fit_other(shape, dose, response, level).ok())
        .filter(|fit| fit.lack_of_fit.is_none_or(|test| test.p >= LACK_OF_FIT_P))
        .min_by(|a, b| a.aicc.total_cmp(&b.aicc))
}
