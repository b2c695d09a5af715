//! Loewe additivity: a drug combined with itself does not interact (Loewe &
//! Muischnek 1926).
//!
//!   combination index  I = a/D_a(E) + b/D_b(E), D(E) the dose of one drug alone
//!                      with the effect E of the mixture; below 1 synergy
//!   expected effect    the E with I = 1
//!
//! Beyond the smaller of the two maxima no dose D(E) exists and neither does I.

use crate::dist::{quadrature, student_t};
use crate::error::{StatisticsError, require_count, require_open_unit, require_range};
use crate::estimate::{Comparison, DfMethod, Interval};
use crate::synergy::effect_curve::EffectCurve;
use crate::synergy::estimate::satterthwaite;
use crate::synergy::grid::{Cell, cells};
use serde::{Deserialize, Serialize};

/// One cell with both drugs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoeweCell {
    /// Dose of the first drug.
    pub dose_a: f64,
    /// Dose of the second drug.
    pub dose_b: f64,
    /// Mean effect observed.
    pub mean_effect: f64,
    /// Combination index, its interval symmetric in the logarithm; `None` where
    /// it is undefined.
    pub index: Option<Interval>,
    /// Effect expected of additive doses; `None` where it is undefined.
    pub expected: Option<f64>,
    /// Observed minus expected effect; `None` where it is undefined.
    pub excess: Option<Comparison>,
    /// Why a quantity is undefined.
    pub undefined: Option<String>,
}

/// Combination index of a mixture with the given effect.
///
/// # Errors
/// Negative doses or none at all; [`StatisticsError::Undefined`] if a drug alone
/// never has this effect.
pub fn combination_index(
    dose_a: f64,
    dose_b: f64,
    effect: f64,
    a: &EffectCurve,
    b: &EffectCurve,
) -> Result<f64, StatisticsError> {
    check_doses(dose_a, dose_b)?;
    Ok(dose_a / a.dose_of(effect)? + dose_b / b.dose_of(effect)?)
}

/// Effect at which the combination index is 1.
///
/// # Errors
/// Negative doses or none at all; [`StatisticsError::Undefined`] if additive
/// doses would exceed the smaller maximum.
pub fn loewe_expected(dose_a: f64, dose_b: f64, a: &EffectCurve, b: &EffectCurve) -> Result<f64, StatisticsError> {
    check_doses(dose_a, dose_b)?;
    let smaller = a.maximum.min(b.maximum);
    // Over the logit of the share of the smaller maximum the index falls steadily.
    let effect = |logit: f64| smaller / (1.0 + libm::exp(-logit));
    let part = |dose: f64, curve: &EffectCurve, logit: f64| -> f64 {
        if dose == 0.0 {
            return 0.0;
        }
        // E/(max − E) from the logit, without cancellation near the maximum.
        let odds = 1.0 / (curve.maximum / smaller * (1.0 + libm::exp(-logit)) - 1.0);
        libm::exp(libm::log(dose) - curve.ln_ed50 - libm::log(odds) / curve.hill)
    };
    let log_index = |logit: f64| libm::log(part(dose_a, a, logit) + part(dose_b, b, logit));
    let root = if smaller > 0.0 { quadrature::root(log_index, -700.0, 36.0) } else { None };
    root.map(effect).ok_or_else(|| StatisticsError::Undefined {
        what: format!("Loewe additivity at doses {dose_a} and {dose_b}"),
        why: format!("additive doses would exceed the smaller maximal effect {smaller:.6}"),
    })
}

fn check_doses(dose_a: f64, dose_b: f64) -> Result<(), StatisticsError> {
    require_range("dose of the first drug", dose_a, 0.0, f64::MAX)?;
    require_range("dose of the second drug", dose_b, 0.0, f64::MAX)?;
    require_range("sum of the doses", dose_a + dose_b, f64::MIN_POSITIVE, f64::MAX)
}

/// Combination index and excess over Loewe additivity in every cell with both
/// drugs, ordered by the second dose, then the first. The curves of the drugs
/// alone bring their uncertainty along (delta method).
///
/// # Errors
/// Different lengths, a value not finite, a negative dose, no cell with both
/// drugs, a cell with one observation, level outside (0, 1).
pub fn loewe(
    dose_a: &[f64],
    dose_b: &[f64],
    effect: &[f64],
    a: &EffectCurve,
    b: &EffectCurve,
    level: f64,
) -> Result<Vec<LoeweCell>, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let cells = cells(dose_a, dose_b, effect)?;
    let mut found = Vec::new();
    for cell in cells.iter().filter(|c| c.dose_a > 0.0 && c.dose_b > 0.0) {
        let (x, y) = (cell.dose_a, cell.dose_b);
        require_count(&format!("observations at doses {x} and {y}"), cell.sample.n(), 2)?;
        let observed = cell.sample.mean();
        let own = cell.variance();
        let mut undefined = None;
        let index = match combination_index(x, y, observed, a, b) {
            Ok(value) => Some(index_interval(value, cell, own, a, b, level)),
            Err(error) => {
                undefined = Some(error.to_string());
                None
            }
        };
        let (expected, excess) = match loewe_expected(x, y, a, b) {
            Ok(expected) => (Some(expected), excess_over(expected, cell, own, a, b, level)),
            Err(error) => {
                undefined.get_or_insert(error.to_string());
                (None, None)
            }
        };
        found.push(LoeweCell { dose_a: x, dose_b: y, mean_effect: observed, index, expected, excess, undefined });
    }
    require_count("cells with both drugs", found.len(), 1)?;
    Ok(found)
}

/// The combination index of a cell with its interval, on the log scale; `own` is
/// the variance of the cell with its degrees of freedom.
fn index_interval(value: f64, cell: &Cell, own: (f64, f64), a: &EffectCurve, b: &EffectCurve, level: f64) -> Interval {
    let observed = cell.sample.mean();
    let log = |e: f64, a: &EffectCurve, b: &EffectCurve| {
        combination_index(cell.dose_a, cell.dose_b, e, a, b).map_or(f64::NAN, libm::log)
    };
    // Along the effect: central difference inside the open range.
    let room = observed.min(a.maximum.min(b.maximum) - observed);
    let h = 1e-5 * room;
    let slope = (log(observed + h, a, b) - log(observed - h, a, b)) / (2.0 * h);
    let mut parts = curve_variances(a, b, |a, b| log(observed, a, b)).to_vec();
    parts.push((slope * slope * own.0, own.1));
    let se = parts.iter().map(|(v, _)| v).sum::<f64>().sqrt();
    let quantile = student_t::quantile_upper(0.5 * (1.0 - level), satterthwaite(&parts));
    // At the edge of the range the slope has no bound, nor has the interval.
    let spread = match se {
        0.0 => 1.0,
        se if se.is_finite() => libm::exp(quantile * se),
        _ => f64::INFINITY,
    };
    Interval { value, low: value / spread, high: value * spread, level }
}

/// The effect of a cell above the additive one; `None` without any variance.
fn excess_over(
    expected: f64,
    cell: &Cell,
    own: (f64, f64),
    a: &EffectCurve,
    b: &EffectCurve,
    level: f64,
) -> Option<Comparison> {
    let (x, y) = (cell.dose_a, cell.dose_b);
    let mut parts = curve_variances(a, b, |a, b| loewe_expected(x, y, a, b).unwrap_or(f64::NAN)).to_vec();
    parts.push(own);
    let se = parts.iter().map(|(v, _)| v).sum::<f64>().sqrt();
    let df = satterthwaite(&parts);
    let excess = cell.sample.mean() - expected;
    (se > 0.0).then(|| Comparison::from_t(excess, se, df, level, DfMethod::Satterthwaite))
}

/// Variance that each curve lends to `quantity`, with its degrees of freedom.
fn curve_variances(
    a: &EffectCurve,
    b: &EffectCurve,
    quantity: impl Fn(&EffectCurve, &EffectCurve) -> f64,
) -> [(f64, f64); 2] {
    let variance = |own: &EffectCurve, at: &dyn Fn(&EffectCurve) -> f64| {
        let centre = own.free();
        let slopes: Vec<f64> = (0..centre.len())
            .map(|k| {
                let spread = own.covariance.get(k).and_then(|row| row.get(k)).map_or(0.0, |v| v.sqrt());
                let h = 1e-5 * spread.max(1e-6 * centre[k].abs());
                let moved = |step: f64| {
                    let mut values = centre.clone();
                    values[k] += step;
                    at(&own.with_free(&values))
                };
                if h == 0.0 { 0.0 } else { (moved(h) - moved(-h)) / (2.0 * h) }
            })
            .collect();
        let mut total = 0.0;
        for (row, left) in own.covariance.iter().zip(&slopes) {
            total += left * row.iter().zip(&slopes).map(|(v, right)| v * right).sum::<f64>();
        }
        total.max(0.0)
    };
    [(variance(a, &|changed| quantity(changed, b)), a.df), (variance(b, &|changed| quantity(a, changed)), b.df)]
}
