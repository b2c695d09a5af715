//! Global fit of agonist curves under several antagonist concentrations
//! (Gaddum 1957; Waud 1975, Life Sci 17:1829).
//!
//!   y = top + (bottom − top) Aʰ / (Aʰ + EC'ʰ),  EC' = EC₅₀ (1 + (B·10^pA₂)ˢ)
//!
//! A agonist, B antagonist (same unit for all B), `top` the response without
//! agonist, `bottom` at saturating agonist, s the Schild slope. s = 1 is simple
//! competition, and then pA₂ = −log₁₀ K_B.

use crate::error::{StatisticsError, require_open_unit};
use crate::estimate::FTest;
use crate::least_squares::fit::fit as least_squares;
use crate::least_squares::model::{LeastSquares, Model};
use crate::synergy::estimate::Estimate;
use crate::synergy::schild::{check, shared_shape};
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_10;

/// One global fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GaddumFit {
    /// Response without agonist.
    pub top: Estimate,
    /// Response at saturating agonist.
    pub bottom: Estimate,
    /// log₁₀ of the agonist EC₅₀ without antagonist.
    pub log10_ec50: Estimate,
    /// Hill slope.
    pub hill: Estimate,
    /// pA₂ = −log₁₀ of the antagonist concentration that doubles the EC₅₀, in
    /// the caller's unit of concentration.
    pub pa2: Estimate,
    /// Schild slope; `None` where it is fixed at 1.
    pub slope: Option<Estimate>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Residual degrees of freedom.
    pub df: f64,
    /// Confidence level of all limits.
    pub level: f64,
}

/// Fits with the Schild slope free and fixed, and the test between them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GaddumSchild {
    /// Schild slope free.
    pub slope_free: GaddumFit,
    /// Schild slope 1: simple competition.
    pub slope_one: GaddumFit,
    /// Test of slope = 1.
    pub slope_test: FTest,
}

struct Gaddum<'a> {
    agonist: &'a [f64],
    antagonist: &'a [f64],
    slope_free: bool,
}

impl Model for Gaddum<'_> {
    fn parameters(&self) -> usize {
        if self.slope_free { 6 } else { 5 }
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        if theta[3] <= 0.0 || theta.get(5).is_some_and(|s| *s <= 0.0) {
            return f64::NAN;
        }
        let (top, bottom) = (theta[0], theta[1]);
        match self.exponent(theta, row) {
            Some((u, _)) => top + (bottom - top) / (1.0 + libm::exp(u)),
            None => top,
        }
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient.fill(0.0);
        let Some((u, w)) = self.exponent(theta, row) else {
            gradient[0] = 1.0;
            return;
        };
        let share = 1.0 / (1.0 + libm::exp(u));
        let (hill, slope) = (theta[3], theta.get(5).copied().unwrap_or(1.0));
        let along_u = -(theta[1] - theta[0]) * share * (1.0 - share);
        gradient[0] = 1.0 - share;
        gradient[1] = share;
        gradient[2] = along_u * hill * LN_10;
        gradient[3] = along_u * u / hill;
        if let Some(w) = w {
            let occupied = 1.0 / (1.0 + libm::exp(-w));
            gradient[4] = along_u * hill * occupied * slope * LN_10;
            if self.slope_free {
                gradient[5] = along_u * hill * occupied * w / slope;
            }
        }
    }
}

impl Gaddum<'_> {
    /// h (ln EC' − ln A) and, with antagonist, s ln(B·10^pA₂); `None` without agonist.
    fn exponent(&self, theta: &[f64], row: usize) -> Option<(f64, Option<f64>)> {
        let (a, b) = (self.agonist[row], self.antagonist[row]);
        if a <= 0.0 {
            return None;
        }
        let slope = theta.get(5).copied().unwrap_or(1.0);
        let w = (b > 0.0).then(|| slope * (libm::log(b) + theta[4] * LN_10));
        let shift = w.map_or(0.0, |w| if w > 0.0 { w + libm::log1p(libm::exp(-w)) } else { libm::log1p(libm::exp(w)) });
        Some((theta[3] * (theta[2] * LN_10 + shift - libm::log(a)), w))
    }
}

/// Fits all curves at once; observation i has `agonist[i]`, `antagonist[i]` ≥ 0.
///
/// # Errors
/// Different lengths, a value not finite or a negative concentration, no curve
/// without antagonist or none with, fewer than four agonist doses, a fit that
/// does not converge or does not determine all parameters, level outside (0, 1).
pub fn gaddum_schild(
    agonist: &[f64],
    antagonist: &[f64],
    response: &[f64],
    level: f64,
) -> Result<GaddumSchild, StatisticsError> {
    require_open_unit("confidence level", level)?;
    check(agonist, antagonist, response)?;
    let starts = starts(agonist, antagonist, response)?;
    let free = Gaddum { agonist, antagonist, slope_free: true };
    let fixed = Gaddum { agonist, antagonist, slope_free: false };
    let fit_free = least_squares(&free, response, &starts)?;
    let mut points: Vec<Vec<f64>> = starts.iter().map(|s| s[..5].to_vec()).collect();
    points.push(fit_free.estimates[..5].to_vec());
    let fit_fixed = least_squares(&fixed, response, &points)?;
    let extra = (fit_fixed.rss - fit_free.rss).max(0.0);
    Ok(GaddumSchild {
        slope_free: describe(&free, &fit_free, response, level)?,
        slope_one: describe(&fixed, &fit_fixed, response, level)?,
        slope_test: FTest::from_sums(extra, 1.0, fit_free.rss, fit_free.df),
    })
}

/// Starts from curves of one shape that are only shifted by the antagonist.
fn starts(agonist: &[f64], antagonist: &[f64], response: &[f64]) -> Result<Vec<Vec<f64>>, StatisticsError> {
    let shape = shared_shape(agonist, antagonist, response)?;
    let first = &shape.points[0];
    // pA₂ for slope 1 from each curve that is shifted to the right.
    let mut guesses: Vec<f64> = shape.points[1..]
        .iter()
        .map(|point| (point.log10_ec50 - first.log10_ec50, point.antagonist))
        .filter(|(shift, _)| *shift > 0.0)
        .map(|(shift, b)| libm::log10(libm::pow(10_f64, shift) - 1.0) - libm::log10(b))
        .collect();
    if guesses.is_empty() {
        guesses.push(-libm::log10(shape.points[shape.points.len() - 1].antagonist));
    }
    let mean = guesses.iter().sum::<f64>() / guesses.len() as f64;
    let mut starts = Vec::new();
    for pa2 in [mean, mean - 0.7, mean + 0.7] {
        for slope in [1.0, 0.6, 1.5] {
            starts.push(vec![shape.top, shape.bottom, first.log10_ec50, shape.hill, pa2, slope]);
        }
    }
    Ok(starts)
}

fn describe(model: &Gaddum, fit: &LeastSquares, response: &[f64], level: f64) -> Result<GaddumFit, StatisticsError> {
    let estimate = |k: usize| -> Result<Estimate, StatisticsError> {
        let (wald_low, wald_high) = fit.wald(k, level);
        let (profile_low, profile_high) = fit.profile(model, response, k, level)?;
        let (value, se) = (fit.estimates[k], fit.se(k));
        Ok(Estimate { value, se, wald_low, wald_high, profile_low, profile_high })
    };
    Ok(GaddumFit {
        top: estimate(0)?,
        bottom: estimate(1)?,
        log10_ec50: estimate(2)?,
        hill: estimate(3)?,
        pa2: estimate(4)?,
        slope: model.slope_free.then(|| estimate(5)).transpose()?,
        rss: fit.rss,
        df: fit.df,
        level,
    })
}
