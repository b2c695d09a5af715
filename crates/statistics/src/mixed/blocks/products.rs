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

/// Replaces a symmetric n × n matrix, given by its lower triangle, by its inverse
/// and returns ln of its determinant; NaN if it is not positive definite.
pub(crate) fn invert(a: &mut [f64], n: usize, spare: &mut Vec<f64>) -> f64 {
    let mut log_det = 0.0;
    for i in 0..n {
        for j in 0..=i {
            let (head, tail) = a.split_at_mut(i * n);
            if j == i {
                let rest = tail[i] - dot(&tail[..i], &tail[..i]);
                if rest.is_nan() || rest <= 0.0 {
                    return f64::NAN;
                }
                tail[i] = rest.sqrt();
                log_det += libm::log(rest);
            } else {
                tail[j] = (tail[j] - dot(&tail[..j], &head[j * n..j * n + j])) / head[j * n + j];
            }
        }
    }
    // Row i of `spare` is column i of the inverse factor.
    spare.clear();
    spare.resize(n * n, 0.0);
    for i in 0..n {
        let column = &mut spare[i * n..(i + 1) * n];
        column[i] = 1.0 / a[i * n + i];
        for k in i + 1..n {
            column[k] = -dot(&a[k * n + i..k * n + k], &column[i..k]) / a[k * n + k];
        }
    }
    for i in 0..n {
        for j in 0..=i {
            let value = dot(&spare[i * n + i..(i + 1) * n], &spare[j * n + i..(j + 1) * n]);
            a[i * n + j] = value;
            a[j * n + i] = value;
        }
    }
    log_det
}
