//! The curve itself: value, slope along each parameter, effective doses.
//!
//!   y(x) = c + (d − c) / (1 + k (x/EC₅₀)^b)^f,   k = 2^(1/f) − 1
//!
//! b > 0 Hill slope, d response without dose (baseline), c response at
//! saturating dose (plateau), f asymmetry. With f = 1 this is the four-parameter
//! logistic (k = 1), with b = 1 too the three-parameter one. The factor k makes
//! EC₅₀ the dose of half effect for every f. Rising and falling curves are told
//! apart by the order of c and d, not by the sign of b.

use serde::{Deserialize, Serialize};

/// How many parameters a curve has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Baseline, plateau, ln EC50; Hill slope 1.
    ThreeParameter,
    /// Hill slope free too.
    FourParameter,
    /// Asymmetry free too (Richards curve).
    FiveParameter,
}

impl Shape {
    /// The parameters that are estimated, in the order of fits and covariances.
    pub fn parameters(self) -> &'static [Parameter] {
        use Parameter::{Asymmetry, Baseline, Hill, LnEc50, Plateau};
        match self {
            Shape::ThreeParameter => &[Plateau, Baseline, LnEc50],
            Shape::FourParameter => &[Hill, Plateau, Baseline, LnEc50],
            Shape::FiveParameter => &[Hill, Plateau, Baseline, LnEc50, Asymmetry],
        }
    }
}

/// A parameter of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parameter {
    /// Hill slope b, above 0, no unit.
    Hill,
    /// Response at saturating dose c, unit of the response.
    Plateau,
    /// Response without dose d, unit of the response.
    Baseline,
    /// Natural logarithm of the dose of half effect (dose in the caller's unit).
    LnEc50,
    /// Asymmetry f, above 0, no unit; 1 is symmetric in log dose.
    Asymmetry,
}

impl Parameter {
    /// Place in [`CurveParameters::to_array`].
    pub(crate) fn index(self) -> usize {
        match self {
            Parameter::Hill => 0,
            Parameter::Plateau => 1,
            Parameter::Baseline => 2,
            Parameter::LnEc50 => 3,
            Parameter::Asymmetry => 4,
        }
    }
}

/// Values of all parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurveParameters {
    /// Hill slope.
    pub hill: f64,
    /// Response at saturating dose.
    pub plateau: f64,
    /// Response without dose.
    pub baseline: f64,
    /// ln of the dose of half effect.
    pub ln_ec50: f64,
    /// Asymmetry; 1 for three and four parameters.
    pub asymmetry: f64,
}

impl CurveParameters {
    pub(crate) fn from_array(v: [f64; 5]) -> CurveParameters {
        CurveParameters { hill: v[0], plateau: v[1], baseline: v[2], ln_ec50: v[3], asymmetry: v[4] }
    }

    pub(crate) fn to_array(self) -> [f64; 5] {
        [self.hill, self.plateau, self.baseline, self.ln_ec50, self.asymmetry]
    }

    /// Response at `dose` ≥ 0.
    pub fn response(&self, dose: f64) -> f64 {
        let c = self.plateau;
        c + (self.baseline - c) * self.remaining(dose)
    }

    /// Dose of half effect, in the caller's unit.
    pub fn ec50(&self) -> f64 {
        libm::exp(self.ln_ec50)
    }

    /// ln of the dose at which the part `effect` (0 < effect < 1) of the way
    /// from baseline to plateau is reached.
    pub fn ln_dose_of(&self, effect: f64) -> f64 {
        let f = self.asymmetry;
        // (1 − effect)^(−1/f) − 1 without cancellation at small effects.
        let z = libm::expm1(-libm::log1p(-effect) / f);
        self.ln_ec50 + libm::log(z / ln2_factor(f)) / self.hill
    }

    /// Part of the way that is not yet gone at `dose`: 1 at 0, 0 at infinity.
    fn remaining(&self, dose: f64) -> f64 {
        if dose <= 0.0 {
            return 1.0;
        }
        let u = libm::log(ln2_factor(self.asymmetry)) + self.hill * (libm::log(dose) - self.ln_ec50);
        libm::exp(-self.asymmetry * softplus(u))
    }

    /// Derivatives of the response along all five parameters.
    pub(crate) fn gradient(&self, dose: f64) -> [f64; 5] {
        let span = self.baseline - self.plateau;
        let rest = self.remaining(dose);
        if dose <= 0.0 {
            return [0.0, 0.0, 1.0, 0.0, 0.0];
        }
        let f = self.asymmetry;
        let k = ln2_factor(f);
        let distance = libm::log(dose) - self.ln_ec50;
        let u = libm::log(k) + self.hill * distance;
        let share = 1.0 / (1.0 + libm::exp(-u));
        // d rest / d u = −f rest share; u depends on b, ln EC50 and f.
        let along_u = -f * rest * share * span;
        let log_k_slope = -(k + 1.0) / k * std::f64::consts::LN_2 / (f * f);
        [along_u * distance, 1.0 - rest, rest, -along_u * self.hill, along_u * log_k_slope - softplus(u) * rest * span]
    }
}

/// 2^(1/f) − 1.
fn ln2_factor(f: f64) -> f64 {
    if f == 1.0 { 1.0 } else { libm::expm1(std::f64::consts::LN_2 / f) }
}

/// ln(1 + e^u) without overflow.
fn softplus(u: f64) -> f64 {
    if u > 0.0 { u + libm::log1p(libm::exp(-u)) } else { libm::log1p(libm::exp(u)) }
}
