//! Two means: Student, Welch and paired t tests.
//!
//! Student: t = (x̄ − ȳ) / (s_p √(1/n₁ + 1/n₂)), ν = n₁ + n₂ − 2
//! Welch:   t = (x̄ − ȳ) / √(v₁ + v₂), v = s²/n, ν = (v₁+v₂)² / (v₁²/(n₁−1) + v₂²/(n₂−1))
//! Paired:  t = d̄ / (s_d/√n), ν = n − 1
//!
//! Welch (1947, Biometrika 34:28) needs no equal variances and is the safer
//! choice; Student (1908) gains power only when variances are equal.

use crate::error::{StatisticsError, require_count, require_open_unit};
use crate::estimate::{Comparison, DfMethod};
use crate::sample::Sample;

/// mean(a) − mean(b), equal variances assumed.
///
/// # Errors
/// Fewer than two values in total per variance estimate (each sample needs one,
/// together three), both samples constant, level outside (0, 1).
pub fn student(a: &Sample, b: &Sample, level: f64) -> Result<Comparison, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("values of the first sample", a.n(), 2)?;
    require_count("values of the second sample", b.n(), 2)?;
    refuse_constant(a, b)?;
    let (n1, n2) = (a.n() as f64, b.n() as f64);
    let df = n1 + n2 - 2.0;
    let pooled = (a.sum_of_squares() + b.sum_of_squares()) / df;
    let se = (pooled * (1.0 / n1 + 1.0 / n2)).sqrt();
    Ok(Comparison::from_t(difference(a, b), se, df, level, DfMethod::Residual))
}

/// mean(a) − mean(b), variances free.
///
/// # Errors
/// A sample of one value, both samples constant, level outside (0, 1).
pub fn welch(a: &Sample, b: &Sample, level: f64) -> Result<Comparison, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("values of the first sample", a.n(), 2)?;
    require_count("values of the second sample", b.n(), 2)?;
    refuse_constant(a, b)?;
    let (n1, n2) = (a.n() as f64, b.n() as f64);
    let (v1, v2) = (a.variance() / n1, b.variance() / n2);
    let total = v1 + v2;
    let df = total * total / (v1 * v1 / (n1 - 1.0) + v2 * v2 / (n2 - 1.0));
    Ok(Comparison::from_t(difference(a, b), total.sqrt(), df, level, DfMethod::Satterthwaite))
}

/// mean(second − first) of pairs.
///
/// # Errors
/// Different lengths, fewer than two pairs, constant differences, values not
/// finite, level outside (0, 1).
pub fn paired(first: &[f64], second: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
    one_sample(&differences(first, second)?, level)
}

/// Mean against zero.
///
/// # Errors
/// Fewer than two values, constant values, level outside (0, 1).
pub fn one_sample(sample: &Sample, level: f64) -> Result<Comparison, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("values of the sample", sample.n(), 2)?;
    if sample.is_constant() {
        return Err(StatisticsError::ZeroVariance { what: "sample".to_owned() });
    }
    let df = sample.n() as f64 - 1.0;
    Ok(Comparison::from_t(sample.mean(), sample.sem(), df, level, DfMethod::Residual))
}

/// The sample of differences second − first.
///
/// # Errors
/// Different lengths, no pair, values not finite.
pub fn differences(first: &[f64], second: &[f64]) -> Result<Sample, StatisticsError> {
    if first.len() != second.len() {
        return Err(StatisticsError::LengthMismatch {
            what: "second member of the pairs".to_owned(),
            expected: first.len(),
            found: second.len(),
        });
    }
    let values: Vec<f64> = second.iter().zip(first).map(|(s, f)| s - f).collect();
    let scales: Vec<f64> = second.iter().zip(first).map(|(s, f)| s.abs().max(f.abs())).collect();
    Sample::with_scales(&values, &scales)
}

/// Difference of the means, taken relative to the first value of `a` so that a
/// common offset cancels before it is rounded.
fn difference(a: &Sample, b: &Sample) -> f64 {
    let origin = a.values()[0];
    let centred = |s: &Sample| crate::sample::compensated(s.values().iter().map(|v| v - origin)) / s.n() as f64;
    centred(a) - centred(b)
}

fn refuse_constant(a: &Sample, b: &Sample) -> Result<(), StatisticsError> {
    if a.is_constant() && b.is_constant() {
        return Err(StatisticsError::ZeroVariance { what: "both samples".to_owned() });
    }
    Ok(())
}
