//! Mean, standard deviation and standard error; NaN where there are too few values.

/// Mean; NaN without a value.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Sample standard deviation; NaN for fewer than two values.
pub(crate) fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let m = mean(values);
    let sum: f64 = values.iter().map(|v| (v - m) * (v - m)).sum();
    (sum / (values.len() as f64 - 1.0)).sqrt()
}

/// Mean; `None` without a value.
pub(crate) fn mean_if_any(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard error of the mean; NaN for fewer than two values.
pub(crate) fn sem(values: &[f64]) -> f64 {
    standard_deviation(values) / (values.len() as f64).sqrt()
}
