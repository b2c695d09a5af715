//! Responses as shapes: what they have in common but for their size.

/// Values less their least-squares line.
pub(super) fn detrended(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, values.iter().sum::<f64>() / n);
    let sxy: f64 = values.iter().enumerate().map(|(i, y)| (i as f64 - middle) * (y - mean)).sum();
    let sxx: f64 = (0..values.len()).map(|i| (i as f64 - middle) * (i as f64 - middle)).sum();
    let slope = if sxx > 0.0 { sxy / sxx } else { 0.0 };
    values.iter().enumerate().map(|(i, y)| y - mean - slope * (i as f64 - middle)).collect()
}

/// Root of the sum of squares.
pub(super) fn norm(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>().sqrt()
}

/// Length of `values` along `onto`.
pub(super) fn projection(values: &[f64], onto: &[f64]) -> f64 {
    values.iter().zip(onto).map(|(a, b)| a * b).sum::<f64>() / norm(onto)
}

/// Cosine of the angle between two shapes, over the length of the shorter one.
pub(super) fn cosine(one: &[f64], other: &[f64]) -> f64 {
    let n = one.len().min(other.len());
    projection(&one[..n], &other[..n]) / norm(&one[..n])
}
