//! An estimate with its standard error, test and interval.

use crate::dist::{f, student_t};
use serde::{Deserialize, Serialize};

/// How the denominator degrees of freedom of a comparison were obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DfMethod {
    /// Kenward & Roger 1997 (Biometrics 53:983): adjusted covariance and degrees of freedom.
    KenwardRoger,
    /// Satterthwaite's approximation from the curvature of the likelihood.
    Satterthwaite,
    /// Observations minus parameters: exact for independent observations.
    Residual,
    /// Infinite degrees of freedom (Wald z): anticonservative in small samples.
    Normal,
}

impl DfMethod {
    /// The name a paper would use.
    pub fn name(self) -> &'static str {
        match self {
            DfMethod::KenwardRoger => "Kenward-Roger",
            DfMethod::Satterthwaite => "Satterthwaite",
            DfMethod::Residual => "residual",
            DfMethod::Normal => "normal",
        }
    }
}

/// Direction of the alternative hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alternative {
    /// The difference is not zero.
    TwoSided,
    /// The difference is below zero.
    Less,
    /// The difference is above zero.
    Greater,
}

/// One estimated difference: value, standard error, t test and interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The estimate, in the unit of the data.
    pub estimate: f64,
    /// Its standard error, in the unit of the data.
    pub se: f64,
    /// `estimate / se`.
    pub statistic: f64,
    /// Degrees of freedom; infinite for a z test.
    pub df: f64,
    /// Two-sided p value, not adjusted for multiplicity.
    pub p: f64,
    /// Lower confidence limit.
    pub ci_low: f64,
    /// Upper confidence limit.
    pub ci_high: f64,
    /// Confidence level of the limits, e.g. 0.95.
    pub level: f64,
    /// Where `df` comes from. A fit at the boundary reports
    /// [`DfMethod::KenwardRoger`] here even if Satterthwaite was asked for.
    pub df_method: DfMethod,
}

impl Comparison {
    /// The t test and interval that follow from an estimate, its standard
    /// error and degrees of freedom (infinite allowed).
    pub fn from_t(estimate: f64, se: f64, df: f64, level: f64, df_method: DfMethod) -> Self {
        let statistic = estimate / se;
        let margin = student_t::quantile_upper((1.0 - level) / 2.0, df) * se;
        Comparison {
            estimate,
            se,
            statistic,
            df,
            p: student_t::two_sided(statistic, df),
            ci_low: estimate - margin,
            ci_high: estimate + margin,
            level,
            df_method,
        }
    }

    /// p value against `alternative` (the difference compared with zero).
    pub fn p_against(&self, alternative: Alternative) -> f64 {
        match alternative {
            Alternative::TwoSided => self.p,
            Alternative::Less => student_t::upper(-self.statistic, self.df),
            Alternative::Greater => student_t::upper(self.statistic, self.df),
        }
    }

    /// The same estimate tested against `null` instead of zero: statistic and
    /// two-sided p change, the interval does not.
    pub fn against_null(&self, null: f64) -> Self {
        let statistic = (self.estimate - null) / self.se;
        Comparison { statistic, p: student_t::two_sided(statistic, self.df), ..*self }
    }

    /// The same comparison with limits at another confidence level.
    pub fn at_level(&self, level: f64) -> Self {
        let margin = student_t::quantile_upper((1.0 - level) / 2.0, self.df) * self.se;
        Comparison { ci_low: self.estimate - margin, ci_high: self.estimate + margin, level, ..*self }
    }
}

/// A confidence interval around a value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Confidence level, e.g. 0.95.
    pub level: f64,
}

/// An F test: of several combinations of coefficients at once, or of one source of
/// variation against another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FTest {
    /// F statistic (scaled, for Kenward–Roger).
    pub f: f64,
    /// Numerator degrees of freedom.
    pub df1: f64,
    /// Denominator degrees of freedom.
    pub df2: f64,
    /// p value.
    pub p: f64,
    /// Method of the denominator degrees of freedom.
    pub df_method: DfMethod,
}

impl FTest {
    /// The test that belongs to a statistic and its degrees of freedom, which
    /// count observations.
    pub fn new(f: f64, df1: f64, df2: f64) -> FTest {
        let p = f::upper(f, df1, df2);
        FTest { f, df1, df2, p, df_method: DfMethod::Residual }
    }

    /// Test of `sum_of_squares` on `df` degrees of freedom against a residual
    /// sum of squares. A residual of 0 gives an infinite F and p = 0.
    pub fn from_sums(sum_of_squares: f64, df: f64, residual: f64, residual_df: f64) -> FTest {
        FTest::new((sum_of_squares / df) / (residual / residual_df), df, residual_df)
    }
}
