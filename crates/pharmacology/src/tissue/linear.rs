//! Small systems of linear differential equations with constant coefficients.

/// A square matrix.
pub(crate) type Matrix<const N: usize> = [[f64; N]; N];

/// e^M by scaling and squaring: M is halved until its largest row sum is below
/// 1/2, the Taylor series is summed to 14 terms (remainder below 1e-16), and the
/// result is squared back.
pub(crate) fn exponential<const N: usize>(matrix: &Matrix<N>) -> Matrix<N> {
    let largest = matrix.iter().map(|row| row.iter().map(|x| x.abs()).sum::<f64>()).fold(0.0, f64::max);
    let mut halvings = 0;
    while largest / f64::from(1_u32 << halvings) > 0.5 && halvings < 30 {
        halvings += 1;
    }
    let scale = 1.0 / f64::from(1_u32 << halvings);
    let scaled = matrix.map(|row| row.map(|x| x * scale));
    let mut result = identity::<N>();
    let mut term = identity::<N>();
    for order in 1..=14 {
        term = product(&term, &scaled).map(|row| row.map(|x| x / f64::from(order)));
        for (row, added) in result.iter_mut().zip(&term) {
            for (x, y) in row.iter_mut().zip(added) {
                *x += y;
            }
        }
    }
    for _ in 0..halvings {
        result = product(&result, &result);
    }
    result
}

/// A·x
pub(crate) fn applied<const N: usize>(matrix: &Matrix<N>, vector: &[f64; N]) -> [f64; N] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, x)| a * x).sum())
}

fn identity<const N: usize>() -> Matrix<N> {
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 }))
}

fn product<const N: usize>(left: &Matrix<N>, right: &Matrix<N>) -> Matrix<N> {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..N).map(|k| left[i][k] * right[k][j]).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_and_a_chain_have_their_known_exponentials() {
        let turned = exponential(&[[0.0, -2.0], [2.0, 0.0]]);
        assert!((turned[0][0] - 2.0_f64.cos()).abs() < 1e-13);
        assert!((turned[1][0] - 2.0_f64.sin()).abs() < 1e-13);
        // x₂' = x₁ − 3x₂, x₁' = −x₁: x₂(t) = (e^−t − e^−3t)/2.
        let t = 40.0_f64;
        let chain = exponential(&[[-t, 0.0], [t, -3.0 * t]]);
        let exact = ((-t).exp() - (-3.0 * t).exp()) / 2.0;
        assert!((chain[1][0] - exact).abs() < 1e-14);
    }
}
