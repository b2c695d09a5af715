//! Curves that do not rise or fall to one plateau.
//!
//! Bell, Gaussian in log dose: y = d + a exp(−z²/2), z = (ln x − ln x₀)/w; y = d at
//! dose 0 and at saturating dose, d + a at the dose x₀.
//!
//! Two phases, a sum of two logistic steps with one Hill slope b:
//!
//!   y = d + (m − d) H(x/E₁) + (e − m) H(x/E₂),  H(r) = rᵇ/(1 + rᵇ),  E₁ < E₂
//!
//! With m between d and e this is the biphasic (two-site) curve, else a bell whose
//! ends differ. With m = e it is the four-parameter logistic, but then E₂ has no
//! effect: F of that comparison has no exact distribution (Davies 1987,
//! Biometrika 74:33), which is why AICc decides (Hurvich & Tsai 1989, Biometrika
//! 76:297).

use crate::dose_response::bounds::Reach;
use crate::dose_response::fit::{distinct, lack_of_fit, require_doses};
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::fit as least_squares;
use crate::least_squares::model::{LeastSquares, Model};
use serde::{Deserialize, Serialize};

/// A curve without a single half-effective dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherShape {
    /// Baseline, height, dose of the peak, width (Gaussian in log dose).
    Bell,
    /// Two logistic steps of one Hill slope: biphasic, or a bell with unequal ends.
    TwoPhases,
}

/// What an estimated parameter of such a curve is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherParameter {
    /// Response without dose.
    Baseline,
    /// Response at the peak less the baseline; below 0 for a trough.
    Height,
    /// Natural logarithm of the dose of the peak.
    LnPeakDose,
    /// Width: SD of the Gaussian, in units of the natural logarithm of dose.
    Width,
    /// Response between the two steps.
    Middle,
    /// Response at saturating dose.
    End,
    /// Natural logarithm of the half-effective dose of the first step.
    LnFirstEc50,
    /// Natural logarithm of the half-effective dose of the second step.
    LnSecondEc50,
    /// Hill slope of both steps.
    Hill,
}

impl OtherParameter {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            OtherParameter::Baseline => "baseline",
            OtherParameter::Height => "height",
            OtherParameter::LnPeakDose => "ln-peak-dose",
            OtherParameter::Width => "width",
            OtherParameter::Middle => "middle",
            OtherParameter::End => "end",
            OtherParameter::LnFirstEc50 => "ln-first-ec50",
            OtherParameter::LnSecondEc50 => "ln-second-ec50",
            OtherParameter::Hill => "hill",
        }
    }

    /// Whether it is the logarithm of a dose.
    pub fn is_ln_dose(self) -> bool {
        matches!(self, OtherParameter::LnPeakDose | OtherParameter::LnFirstEc50 | OtherParameter::LnSecondEc50)
    }

    fn within(self, reach: &Reach, limit: Option<f64>) -> Option<f64> {
        match self {
            OtherParameter::Baseline | OtherParameter::Middle | OtherParameter::End => reach.of_response(limit),
            OtherParameter::Height => reach.of_difference(limit),
            OtherParameter::Width | OtherParameter::Hill => reach.of_slope(limit),
            _ => reach.of_ln_dose(limit),
        }
    }
}

impl OtherShape {
    /// The parameters in the order of fits.
    pub fn parameters(self) -> &'static [OtherParameter] {
        use OtherParameter::{Baseline, End, Height, Hill, LnFirstEc50, LnPeakDose, LnSecondEc50, Middle, Width};
        match self {
            OtherShape::Bell => &[Baseline, Height, LnPeakDose, Width],
            OtherShape::TwoPhases => &[Baseline, Middle, End, LnFirstEc50, LnSecondEc50, Hill],
        }
    }
}

/// One estimated parameter with its limits; `None` where the data set none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OtherEstimate {
    /// Which one.
    pub parameter: OtherParameter,
    /// Least-squares estimate.
    pub estimate: f64,
    /// Standard error from J′J.
    pub se: f64,
    /// Lower profile-likelihood limit.
    pub profile_low: Option<f64>,
    /// Upper profile-likelihood limit.
    pub profile_high: Option<f64>,
}

/// A fitted curve without a single half-effective dose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherFit {
    /// Which curve.
    pub shape: OtherShape,
    /// Its parameters in the order of [`OtherShape::parameters`].
    pub parameters: Vec<OtherEstimate>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Residual degrees of freedom.
    pub df: f64,
    /// Akaike's criterion with the correction for small samples.
    pub aicc: f64,
    /// Curve against one mean per dose; `None` without replicates or spare doses.
    pub lack_of_fit: Option<FTest>,
    /// Confidence level of the limits.
    pub level: f64,
}

impl OtherFit {
    /// Response at `dose` ≥ 0.
    pub fn response(&self, dose: f64) -> f64 {
        let theta: Vec<f64> = self.parameters.iter().map(|p| p.estimate).collect();
        value(self.shape, &theta, dose)
    }

    /// The parameter, if the curve has it.
    pub fn parameter(&self, wanted: OtherParameter) -> Option<&OtherEstimate> {
        self.parameters.iter().find(|p| p.parameter == wanted)
    }

    /// The curve turns: its middle or peak lies beyond both ends.
    pub fn is_bell(&self) -> bool {
        let of = |wanted| self.parameter(wanted).map_or(f64::NAN, |p| p.estimate);
        match self.shape {
            OtherShape::Bell => true,
            OtherShape::TwoPhases => {
                let middle = of(OtherParameter::Middle);
                (middle - of(OtherParameter::Baseline)) * (of(OtherParameter::End) - middle) < 0.0
            }
        }
    }
}

struct Other<'a> {
    shape: OtherShape,
    dose: &'a [f64],
}

/// x^b/(x^b + E^b) at u = b (ln x − ln E).
fn step(u: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-u))
}

fn value(shape: OtherShape, theta: &[f64], dose: f64) -> f64 {
    if dose <= 0.0 {
        return theta[0];
    }
    let ln = libm::log(dose);
    match shape {
        OtherShape::Bell => {
            let z = (ln - theta[2]) / theta[3];
            theta[0] + theta[1] * libm::exp(-0.5 * z * z)
        }
        OtherShape::TwoPhases => {
            let (first, second) = (step(theta[5] * (ln - theta[3])), step(theta[5] * (ln - theta[4])));
            theta[0] + (theta[1] - theta[0]) * first + (theta[2] - theta[1]) * second
        }
    }
}

impl Model for Other<'_> {
    fn parameters(&self) -> usize {
        self.shape.parameters().len()
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        let last = theta[theta.len() - 1];
        if last <= 0.0 { f64::NAN } else { value(self.shape, theta, self.dose[row]) }
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient.fill(0.0);
        gradient[0] = 1.0;
        let dose = self.dose[row];
        if dose <= 0.0 {
            return;
        }
        let ln = libm::log(dose);
        match self.shape {
            OtherShape::Bell => {
                let z = (ln - theta[2]) / theta[3];
                let part = libm::exp(-0.5 * z * z);
                let along = theta[1] * part * z / theta[3];
                (gradient[1], gradient[2], gradient[3]) = (part, along, along * z);
            }
            OtherShape::TwoPhases => {
                let (u, v) = (ln - theta[3], ln - theta[4]);
                let (first, second) = (step(theta[5] * u), step(theta[5] * v));
                let along_first = (theta[1] - theta[0]) * first * (1.0 - first);
                let along_second = (theta[2] - theta[1]) * second * (1.0 - second);
                gradient[0] = 1.0 - first;
                gradient[1] = first - second;
                gradient[2] = second;
                gradient[3] = -theta[5] * along_first;
                gradient[4] = -theta[5] * along_second;
                gradient[5] = u * along_first + v * along_second;
            }
        }
    }
}

/// Fits a bell or a curve of two phases to independent responses.
///
/// # Errors
/// As [`crate::dose_response::fit`]; a fit that does not converge or does not
/// determine all parameters.
pub fn fit_other(shape: OtherShape, dose: &[f64], response: &[f64], level: f64) -> Result<OtherFit, StatisticsError> {
    require_open_unit("confidence level", level)?;
    if dose.len() != response.len() {
        let (what, expected, found) = ("response".to_owned(), dose.len(), response.len());
        return Err(StatisticsError::LengthMismatch { what, expected, found });
    }
    require_finite("response", response)?;
    require_doses(dose)?;
    let needed = shape.parameters().len();
    require_count("distinct doses", distinct(dose).len(), needed)?;
    // AICc exists from three observations more than parameters.
    require_count("observations", response.len(), needed + 3)?;
    let model = Other { shape, dose };
    let fitted = least_squares(&model, response, &starts(shape, dose, response))?;
    let reach = Reach::of(dose, response);
    let mut parameters = Vec::with_capacity(needed);
    for (k, parameter) in shape.parameters().iter().enumerate() {
        let (low, high) = fitted.profile(&model, response, k, level)?;
        parameters.push(OtherEstimate {
            parameter: *parameter,
            estimate: fitted.estimates[k],
            se: fitted.se(k),
            profile_low: parameter.within(&reach, low),
            profile_high: parameter.within(&reach, high),
        });
    }
    let lack_of_fit = lack_of_fit(dose, response, fitted.rss, needed);
    let (rss, df, aicc) = (fitted.rss, fitted.df, aicc(&fitted));
    Ok(OtherFit { shape, parameters, rss, df, aicc, lack_of_fit, level })
}

/// AIC + 2k(k + 1)/(n − k − 1), the variance being one of the k parameters;
/// infinite where the correction does not exist.
pub(crate) fn aicc(fit: &LeastSquares) -> f64 {
    aicc_of(fit.rss, fit.n, fit.estimates.len())
}

pub(crate) fn aicc_of(rss: f64, n: usize, parameters: usize) -> f64 {
    let (n, k) = (n as f64, parameters as f64 + 1.0);
    if n - k - 1.0 <= 0.0 {
        return f64::INFINITY;
    }
    let tiny = f64::MIN_POSITIVE;
    n * (libm::log((std::f64::consts::TAU * rss / n).max(tiny)) + 1.0) + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0)
}

/// Positions and slopes on a grid, the linear parameters from the mean responses
/// at the doses.
fn starts(shape: OtherShape, dose: &[f64], response: &[f64]) -> Vec<Vec<f64>> {
    let doses = distinct(dose);
    let means: Vec<(f64, f64)> = doses
        .iter()
        .map(|level| {
            let own = dose.iter().zip(response).filter(|(x, _)| *x == level);
            let (sum, count) = own.fold((0.0, 0.0), |(sum, count), (_, y)| (sum + y, count + 1.0));
            (*level, sum / count)
        })
        .collect();
    let positive: Vec<(f64, f64)> = means.iter().copied().filter(|(x, _)| *x > 0.0).collect();
    let (first, last) = (means[0].1, means[means.len() - 1].1);
    let base = 0.5 * (first + last);
    // The mean farthest from the ends is the candidate of the turn.
    let far = |a: f64| (a - base).abs();
    let turn = positive.iter().copied().max_by(|a, b| far(a.1).total_cmp(&far(b.1))).unwrap_or((1.0, base));
    let ends = (libm::log(positive[0].0), libm::log(positive[positive.len() - 1].0));
    let span = ends.1 - ends.0;
    let mut found = Vec::new();
    match shape {
        OtherShape::Bell => {
            for width in [0.1, 0.2, 0.35, 0.05] {
                for shift in [0.0, -0.1, 0.1] {
                    let peak = libm::log(turn.0) + shift * span;
                    found.push(vec![base, turn.1 - base, peak, width * span]);
                }
            }
        }
        OtherShape::TwoPhases => {
            for (a, b) in [(0.25, 0.75), (0.15, 0.5), (0.5, 0.85), (0.35, 0.65), (0.1, 0.9)] {
                for hill in [1.0, 2.5] {
                    for middle in [turn.1, base] {
                        found.push(vec![first, middle, last, ends.0 + a * span, ends.0 + b * span, hill]);
                    }
                }
            }
        }
    }
    let rss = |theta: &[f64]| -> f64 {
        dose.iter().zip(response).map(|(x, y)| (y - value(shape, theta, *x)) * (y - value(shape, theta, *x))).sum()
    };
    found.sort_by(|a, b| rss(a).total_cmp(&rss(b)));
    found.truncate(8);
    found
}
