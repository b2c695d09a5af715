//! Products of dense columns and of row-major matrices.

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

pub(crate) fn remove(from: &mut [f64], direction: &[f64], share: f64) {
    for (value, d) in from.iter_mut().zip(direction) {
        *value -= share * d;
    }
}

pub(crate) fn scale(values: &mut [f64], factor: f64) {
    for value in values {
        *value *= factor;
    }
}

/// out = a (rows × inner) · b (inner × columns).
pub(crate) fn multiply(a: &[f64], b: &[f64], rows: usize, inner: usize, columns: usize, out: &mut Vec<f64>) {
    out.clear();
    out.resize(rows * columns, 0.0);
    for i in 0..rows {
        for k in 0..inner {
            let factor = a[i * inner + k];
            for j in 0..columns {
                out[i * columns + j] += factor * b[k * columns + j];
            }
        }
    }
}

/// sum += a' b for a (inner × rows) and b (inner × columns).
pub(crate) fn add_product(sum: &mut [f64], a: &[f64], b: &[f64], inner: usize, rows: usize, columns: usize) {
    for k in 0..inner {
        for i in 0..rows {
            let factor = a[k * rows + i];
            for j in 0..columns {
                sum[i * columns + j] += factor * b[k * columns + j];
            }
        }
    }
}

/// tr(a b) of two q × q matrices.
pub(crate) fn product_trace(a: &[f64], b: &[f64], q: usize) -> f64 {
    (0..q).map(|i| (0..q).map(|j| a[i * q + j] * b[j * q + i]).sum::<f64>()).sum()
}
