//! Checks of assumptions: Shapiro–Wilk for normality; Levene, Brown–Forsythe,
//! Bartlett and the ratio of variances for equal spread.
//!
//! A check that does not reject is no proof: with ten values only gross
//! departures are seen. Prefer methods that do not need the assumption.

use crate::anova;
use crate::dist::{chi_squared, f, normal};
use crate::error::{Part, StatisticsError, require_count, require_open_unit};
use crate::estimate::{FTest, Interval};
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// Shapiro–Wilk test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShapiroWilk {
    /// Statistic W, at most 1.
    pub w: f64,
    /// P value of normality.
    pub p: f64,
}

/// Largest sample for which the p value was calibrated.
const SHAPIRO_WILK_LARGEST: usize = 5000;

/// Shapiro–Wilk test by algorithm AS R94 (Royston 1995, Appl Stat 44:547), for
/// 3 to 5000 values.
///
///   W = (Σ aᵢ x₍ᵢ₎)² / Σ (xᵢ − x̄)²
///
/// # Errors
/// Fewer than 3 or more than 5000 values, constant values.
pub fn shapiro_wilk(sample: &Sample) -> Result<ShapiroWilk, StatisticsError> {
    let n = sample.n();
    require_count("values of the sample", n, 3)?;
    if n > SHAPIRO_WILK_LARGEST {
        return Err(StatisticsError::OutOfRange {
            what: "number of values".to_owned(),
            value: n as f64,
            low: 3.0,
            high: SHAPIRO_WILK_LARGEST as f64,
        });
    }
    let range = sample.max() - sample.min();
    if range == 0.0 || sample.is_constant() {
        return Err(StatisticsError::ZeroVariance { what: "sample".to_owned() });
    }
    let half = weights(n);
    // Weight of order statistic i: antisymmetric, 0 in the middle.
    let weight = |i: usize| match (2 * i + 1).cmp(&n) {
        std::cmp::Ordering::Less => -half[i],
        std::cmp::Ordering::Equal => 0.0,
        std::cmp::Ordering::Greater => half[n - 1 - i],
    };
    let origin = sample.min();
    let scaled: Vec<f64> = sample.sorted().iter().map(|x| (x - origin) / range).collect();
    let mean = scaled.iter().sum::<f64>() / n as f64;
    let (mut aa, mut xx, mut ax) = (0.0, 0.0, 0.0);
    for (i, x) in scaled.iter().enumerate() {
        let (a, d) = (weight(i), x - mean);
        aa += a * a;
        xx += d * d;
        ax += a * d;
    }
    let root = (aa * xx).sqrt();
    // 1 − W without cancellation.
    let rest = (root - ax) * (root + ax) / (aa * xx);
    Ok(ShapiroWilk { w: 1.0 - rest, p: p_value(rest, n) })
}

/// Royston's approximate weights for the upper half, largest first.
fn weights(n: usize) -> Vec<f64> {
    let half = n / 2;
    if n == 3 {
        return vec![std::f64::consts::FRAC_1_SQRT_2];
    }
    const FIRST: [f64; 6] = [0.0, 0.221_157, -0.147_981, -2.071_19, 4.434_685, -2.706_056];
    const SECOND: [f64; 6] = [0.0, 0.042_981, -0.293_762, -1.752_461, 5.682_633, -3.582_633];
    let size = n as f64;
    let scores: Vec<f64> = (0..half).map(|i| normal::quantile_upper((i as f64 + 0.625) / (size + 0.25))).collect();
    let square = 2.0 * scores.iter().map(|m| m * m).sum::<f64>();
    let root = square.sqrt();
    let shrink = 1.0 / size.sqrt();
    let mut a: Vec<f64> = scores.clone();
    a[0] = polynomial(&FIRST, shrink) + scores[0] / root;
    let special = if n > 5 {
        a[1] = polynomial(&SECOND, shrink) + scores[1] / root;
        2
    } else {
        1
    };
    let scores_left = square - 2.0 * scores[..special].iter().map(|m| m * m).sum::<f64>();
    let weight_left = 1.0 - 2.0 * a[..special].iter().map(|v| v * v).sum::<f64>();
    let divisor = (scores_left / weight_left).sqrt();
    for (weight, score) in a[special..].iter_mut().zip(&scores[special..]) {
        *weight = score / divisor;
    }
    a
}

/// P value from 1 − W.
fn p_value(rest: f64, n: usize) -> f64 {
    if n == 3 {
        use std::f64::consts::{FRAC_PI_3, PI};
        return (6.0 / PI * (libm::asin((1.0 - rest).sqrt()) - FRAC_PI_3)).clamp(0.0, 1.0);
    }
    let size = n as f64;
    let (y, mean, sd) = if n <= 11 {
        let limit = polynomial(&[-2.273, 0.459], size);
        if libm::log(rest) >= limit {
            return 1e-99;
        }
        (
            -libm::log(limit - libm::log(rest)),
            polynomial(&[0.544, -0.399_78, 0.025_054, -6.714e-4], size),
            libm::exp(polynomial(&[1.3822, -0.778_57, 0.062_767, -0.002_032_2], size)),
        )
    } else {
        (
            libm::log(rest),
            polynomial(&[-1.5861, -0.310_82, -0.083_751, 0.003_891_5], libm::log(size)),
            libm::exp(polynomial(&[-0.4803, -0.082_676, 0.003_030_2], libm::log(size))),
        )
    };
    normal::upper((y - mean) / sd)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// What deviations are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Centre {
    /// Group mean: Levene 1960. Too liberal for skewed data.
    Mean,
    /// Group median: Brown & Forsythe 1974 (JASA 69:364). The usual choice.
    Median,
}

/// One-way analysis of variance of the absolute deviations from the group
/// centres: a test of equal spread.
///
/// # Errors
/// Fewer than two groups, no group with three values (deviations of two values
/// are equal by construction), deviations without variance.
pub fn levene(groups: &[Sample], centre: Centre) -> Result<FTest, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    if groups.iter().all(|g| g.n() < 3) {
        return Err(StatisticsError::Undefined {
            what: "test of equal spread".to_owned(),
            why: "no group has three values".to_owned(),
        });
    }
    if groups.iter().all(Sample::is_constant) {
        return Err(StatisticsError::ZeroVariance { what: "every group".to_owned() });
    }
    let mut deviations = Vec::with_capacity(groups.len());
    for group in groups {
        // The centre of the values less their first one keeps all digits.
        let origin = group.values()[0];
        let shifted: Vec<f64> = group.values().iter().map(|v| v - origin).collect();
        let shifted = Sample::new(&shifted)?;
        let middle = match centre {
            Centre::Mean => shifted.mean(),
            Centre::Median => shifted.median(),
        };
        let distance: Vec<f64> = shifted.values().iter().map(|v| (v - middle).abs()).collect();
        deviations.push(Sample::new(&distance)?);
    }
    Ok(anova::one_way(&deviations)?.test)
}

/// Bartlett's test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bartlett {
    /// Statistic K².
    pub k_squared: f64,
    /// Degrees of freedom k − 1.
    pub df: f64,
    /// χ² p value.
    pub p: f64,
}

/// Bartlett's test of equal variances (1937, Proc R Soc A 160:268). It answers to
/// departures from normality as readily as to unequal variances.
///
/// # Errors
/// Fewer than two groups, a group of one value or without variance.
pub fn bartlett(groups: &[Sample]) -> Result<Bartlett, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    for (index, group) in groups.iter().enumerate() {
        refuse_constant("values", group).map_err(|problem| problem.of(Part::Group, index))?;
    }
    let k = groups.len() as f64;
    let df = |g: &Sample| g.n() as f64 - 1.0;
    let total: f64 = groups.iter().map(df).sum();
    let pooled = groups.iter().map(Sample::sum_of_squares).sum::<f64>() / total;
    let logs: f64 = groups.iter().map(|g| df(g) * libm::log(pooled / g.variance())).sum();
    let inverse: f64 = groups.iter().map(|g| 1.0 / df(g)).sum();
    let k_squared = logs / (1.0 + (inverse - 1.0 / total) / (3.0 * (k - 1.0)));
    Ok(Bartlett { k_squared, df: k - 1.0, p: chi_squared::upper(k_squared, k - 1.0) })
}

/// Ratio of the variances of `a` and `b` with its interval, and the two-sided F
/// test. Trust it only for normal data.
///
/// # Errors
/// A sample of one value or without variance, level outside (0, 1).
pub fn variance_ratio(a: &Sample, b: &Sample, level: f64) -> Result<(Interval, FTest), StatisticsError> {
    require_open_unit("confidence level", level)?;
    refuse_constant("first sample", a)?;
    refuse_constant("second sample", b)?;
    let (df1, df2) = (a.n() as f64 - 1.0, b.n() as f64 - 1.0);
    let ratio = a.variance() / b.variance();
    let tail = 0.5 * (1.0 - level);
    let interval = Interval {
        value: ratio,
        low: ratio / f::quantile_upper(tail, df1, df2),
        high: ratio / f::quantile(tail, df1, df2),
        level,
    };
    let upper = FTest::new(ratio, df1, df2);
    let p = 2.0 * upper.p.min(f::lower(ratio, df1, df2));
    Ok((interval, FTest { p: p.min(1.0), ..upper }))
}

fn refuse_constant(what: &str, sample: &Sample) -> Result<(), StatisticsError> {
    require_count(&format!("values of the {what}"), sample.n(), 2)?;
    if sample.is_constant() {
        return Err(StatisticsError::ZeroVariance { what: what.to_owned() });
    }
    Ok(())
}
