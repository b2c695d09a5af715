//! Schild regression: curves of one shape, shifted by the antagonist, then a
//! line through the shifts (Arunlakshana & Schild 1959, Br J Pharmacol 14:48).
//!
//!   log₁₀(r − 1) = s log₁₀ B + s pA₂,  r = EC₅₀(B)/EC₅₀(0)
//!
//! With three antagonist concentrations the line has one degree of freedom and
//! its interval is useless; the global fit uses all observations and is the
//! better statement.

use crate::dist::student_t;
use crate::dose_response::compare::{CurveData, fit_shared};
use crate::dose_response::curve::{Parameter, Shape};
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit, require_range};
use crate::estimate::Interval;
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_10;

/// One curve of the family.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SchildPoint {
    /// Antagonist concentration, caller's unit.
    pub antagonist: f64,
    /// log₁₀ of the agonist EC₅₀ there.
    pub log10_ec50: f64,
    /// Standard error of `log10_ec50`.
    pub se: f64,
    /// EC₅₀ over that without antagonist.
    pub dose_ratio: f64,
}

/// Curves of one shape and the line through their shifts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchildRegression {
    /// Response without agonist, common to all curves.
    pub top: f64,
    /// Response at saturating agonist, common to all curves.
    pub bottom: f64,
    /// Hill slope, common to all curves.
    pub hill: f64,
    /// Residual sum of squares of the curves.
    pub rss: f64,
    /// One point per antagonist concentration, ascending, the first without any.
    pub points: Vec<SchildPoint>,
    /// Slope of the line with its t interval; infinite limits for two points.
    pub slope: Interval,
    /// Standard error of the slope; NaN for two points.
    pub slope_se: f64,
    /// log₁₀(r − 1) at B = 1.
    pub intercept: f64,
    /// pA₂ where the line crosses zero: intercept / slope.
    pub pa2: f64,
}

/// The curves before the regression.
pub(crate) struct SharedShape {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) hill: f64,
    pub(crate) rss: f64,
    pub(crate) points: Vec<SchildPoint>,
}

/// Schild regression.
///
/// # Errors
/// As [`super::gaddum_schild`]; fewer than two antagonist concentrations above 0;
/// a dose ratio of 1 or less, whose logarithm does not exist.
pub fn schild_regression(
    agonist: &[f64],
    antagonist: &[f64],
    response: &[f64],
    level: f64,
) -> Result<SchildRegression, StatisticsError> {
    require_open_unit("confidence level", level)?;
    check(agonist, antagonist, response)?;
    let shape = shared_shape(agonist, antagonist, response)?;
    let shifted = &shape.points[1..];
    require_count("antagonist concentrations above 0", shifted.len(), 2)?;
    let mut line = Vec::with_capacity(shifted.len());
    for point in shifted {
        if point.dose_ratio <= 1.0 {
            return Err(StatisticsError::Undefined {
                what: "Schild regression".to_owned(),
                why: format!(
                    "the dose ratio at antagonist {} is {:.4}, not above 1",
                    point.antagonist, point.dose_ratio
                ),
            });
        }
        line.push((libm::log10(point.antagonist), libm::log10(point.dose_ratio - 1.0)));
    }
    let n = line.len() as f64;
    let mean_x = line.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = line.iter().map(|(_, y)| y).sum::<f64>() / n;
    let xx: f64 = line.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let xy: f64 = line.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let slope = xy / xx;
    let intercept = mean_y - slope * mean_x;
    let rest: f64 = line.iter().map(|(x, y)| (y - intercept - slope * x).powi(2)).sum();
    let df = n - 2.0;
    let (slope_se, margin) = if df >= 1.0 {
        let se = (rest / df / xx).sqrt();
        (se, student_t::quantile_upper(0.5 * (1.0 - level), df) * se)
    } else {
        (f64::NAN, f64::INFINITY)
    };
    Ok(SchildRegression {
        top: shape.top,
        bottom: shape.bottom,
        hill: shape.hill,
        rss: shape.rss,
        points: shape.points,
        slope: Interval { value: slope, low: slope - margin, high: slope + margin, level },
        slope_se,
        intercept,
        pa2: intercept / slope,
    })
}

/// Curves with top, bottom and Hill slope in common, EC₅₀ apart.
pub(crate) fn shared_shape(
    agonist: &[f64],
    antagonist: &[f64],
    response: &[f64],
) -> Result<SharedShape, StatisticsError> {
    let mut levels = antagonist.to_vec();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let mut split: Vec<(Vec<f64>, Vec<f64>)> = vec![(Vec::new(), Vec::new()); levels.len()];
    for ((a, b), y) in agonist.iter().zip(antagonist).zip(response) {
        if let Some(place) = levels.iter().position(|l| l == b) {
            split[place].0.push(*a);
            split[place].1.push(*y);
        }
    }
    let curves: Vec<CurveData> = split.iter().map(|(dose, response)| CurveData { dose, response }).collect();
    let shared = [Parameter::Hill, Parameter::Plateau, Parameter::Baseline];
    let joint = fit_shared(Shape::FourParameter, &curves, &shared)?;
    let common = joint.curves[0];
    let reference = common.ln_ec50;
    let points = joint
        .curves
        .iter()
        .zip(&levels)
        .enumerate()
        .map(|(k, (curve, level))| SchildPoint {
            antagonist: *level,
            log10_ec50: curve.ln_ec50 / LN_10,
            // Estimates: three in common, then one ln EC₅₀ per curve.
            se: joint.fit.se(3 + k) / LN_10,
            dose_ratio: libm::exp(curve.ln_ec50 - reference),
        })
        .collect();
    Ok(SharedShape { top: common.baseline, bottom: common.plateau, hill: common.hill, rss: joint.fit.rss, points })
}

/// Refuses data that are no family of curves.
pub(crate) fn check(agonist: &[f64], antagonist: &[f64], response: &[f64]) -> Result<(), StatisticsError> {
    for (what, values) in [("agonist", agonist), ("antagonist", antagonist)] {
        if values.len() != response.len() {
            return Err(StatisticsError::LengthMismatch {
                what: format!("{what} concentrations"),
                expected: response.len(),
                found: values.len(),
            });
        }
        require_finite(&format!("{what} concentrations"), values)?;
        for (index, value) in values.iter().enumerate() {
            let what = format!("{what} concentration at position {index} (counted from 0)");
            require_range(&what, *value, 0.0, f64::MAX)?;
        }
    }
    require_finite("response", response)?;
    let without = antagonist.iter().filter(|b| **b == 0.0).count();
    require_count("observations without antagonist", without, 1)?;
    require_count("observations with antagonist", antagonist.len() - without, 1)?;
    for level in antagonist {
        let mut doses: Vec<f64> =
            agonist.iter().zip(antagonist).filter(|(_, b)| *b == level).map(|(a, _)| *a).collect();
        doses.sort_by(f64::total_cmp);
        doses.dedup();
        require_count(&format!("agonist doses at antagonist {level}"), doses.len(), 3)?;
        require_range(
            &format!("largest agonist dose at antagonist {level}"),
            doses[doses.len() - 1],
            f64::MIN_POSITIVE,
            f64::MAX,
        )?;
    }
    Ok(())
}
