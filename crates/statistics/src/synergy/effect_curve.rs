//! Curve of the effect of one drug alone: E(x) = E_max xʰ / (xʰ + ED₅₀ʰ), no
//! effect without dose.

use crate::dose_response::curve::{CurveParameters, Parameter};
use crate::dose_response::global::Curves;
use crate::error::{StatisticsError, require_count, require_finite, require_range};
use crate::least_squares::fit::fit as least_squares;
use serde::{Deserialize, Serialize};

/// The effect at saturating dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaximalEffect {
    /// 1: effects are fractions of the possible.
    One,
    /// Estimated.
    Free,
}

/// Fitted effect of one drug alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EffectCurve {
    /// Hill slope.
    pub hill: f64,
    /// ln of the dose of half the maximal effect.
    pub ln_ed50: f64,
    /// Effect at saturating dose.
    pub maximum: f64,
    /// Covariance of Hill slope, (maximum if free,) ln ED₅₀ in this order.
    pub covariance: Vec<Vec<f64>>,
    /// Residual sum of squares.
    pub rss: f64,
    /// Residual degrees of freedom.
    pub df: f64,
}

impl EffectCurve {
    /// Fits doses ≥ 0 of one drug and their effects.
    ///
    /// # Errors
    /// Different lengths, a value not finite, a negative dose, fewer positive
    /// doses than parameters, a fit that does not converge or is not determined.
    pub fn fit(dose: &[f64], effect: &[f64], maximal: MaximalEffect) -> Result<EffectCurve, StatisticsError> {
        if dose.len() != effect.len() {
            return Err(StatisticsError::LengthMismatch {
                what: "effects".to_owned(),
                expected: dose.len(),
                found: effect.len(),
            });
        }
        require_finite("effects", effect)?;
        for (index, x) in dose.iter().enumerate() {
            let what = format!("dose at position {index} (counted from 0)");
            require_range(&what, *x, 0.0, f64::MAX)?;
        }
        let free: &[Parameter] = match maximal {
            MaximalEffect::One => &[Parameter::Hill, Parameter::LnEc50],
            MaximalEffect::Free => &[Parameter::Hill, Parameter::Plateau, Parameter::LnEc50],
        };
        let mut positive: Vec<f64> = dose.iter().copied().filter(|x| *x > 0.0).collect();
        positive.sort_by(f64::total_cmp);
        positive.dedup();
        require_count("positive doses", positive.len(), free.len())?;
        let model = Curves::new(dose.iter().map(|x| (0, *x)).collect(), free, free);
        let (low, high) = (libm::log(positive[0]), libm::log(positive[positive.len() - 1]));
        let largest = effect.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let mut starts = Vec::new();
        for step in 0..=6 {
            let ln_ec50 = low + (high - low) * f64::from(step) / 6.0;
            for hill in [0.6, 1.2, 3.0] {
                let start = CurveParameters { hill, plateau: largest, baseline: 0.0, ln_ec50, asymmetry: 1.0 };
                starts.push(model.start(&[start]));
            }
        }
        let fitted = least_squares(&model, effect, &starts)?;
        let curve = model.curve(&fitted.estimates, 0);
        Ok(EffectCurve {
            hill: curve.hill,
            ln_ed50: curve.ln_ec50,
            maximum: curve.plateau,
            covariance: fitted.covariance,
            rss: fitted.rss,
            df: fitted.df,
        })
    }

    /// Effect at `dose` ≥ 0.
    pub fn effect(&self, dose: f64) -> f64 {
        if dose <= 0.0 {
            return 0.0;
        }
        self.maximum / (1.0 + libm::exp(-self.hill * (libm::log(dose) - self.ln_ed50)))
    }

    /// Dose with the given effect, between 0 and the maximum, both excluded.
    ///
    /// # Errors
    /// [`StatisticsError::Undefined`]: no dose has this effect.
    pub fn dose_of(&self, effect: f64) -> Result<f64, StatisticsError> {
        let share = effect / self.maximum;
        if share > 0.0 && share < 1.0 {
            Ok(libm::exp(self.ln_ed50 + libm::log(share / (1.0 - share)) / self.hill))
        } else {
            Err(StatisticsError::Undefined {
                what: format!("dose with effect {effect:.6}"),
                why: format!("the drug alone reaches effects between 0 and {:.6} only", self.maximum),
            })
        }
    }

    /// The free parameters, in the order of the covariance.
    pub(super) fn free(&self) -> Vec<f64> {
        if self.covariance.len() == 2 {
            vec![self.hill, self.ln_ed50]
        } else {
            vec![self.hill, self.maximum, self.ln_ed50]
        }
    }

    /// The curve with other values of its free parameters.
    pub(super) fn with_free(&self, values: &[f64]) -> EffectCurve {
        let mut curve = self.clone();
        match values {
            [hill, ln_ed50] => (curve.hill, curve.ln_ed50) = (*hill, *ln_ed50),
            [hill, maximum, ln_ed50] => {
                (curve.hill, curve.maximum, curve.ln_ed50) = (*hill, *maximum, *ln_ed50);
            }
            _ => {}
        }
        curve
    }
}

/// Effect expected of two drugs that act independently, from their curves:
/// E_a + E_b − E_a E_b.
pub fn bliss_expected(dose_a: f64, dose_b: f64, a: &EffectCurve, b: &EffectCurve) -> f64 {
    let (left, right) = (a.effect(dose_a), b.effect(dose_b));
    left + right - left * right
}
