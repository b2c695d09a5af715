//! Nodes and weights of Gauss–Hermite quadrature.
//!
//!   ∫ e^{−x²} f(x) dx ≈ Σ wₖ f(xₖ),  xₖ the roots of Hₙ,  wₖ = 2/h̃ₙ′(xₖ)²
//!
//! h̃ are the orthonormal Hermite polynomials; Newton's method from the asymptotic
//! places of the roots (Davis & Rabinowitz 1984, Methods of Numerical Integration, 2.7).

/// The nodes in descending order with ln(wₖ e^{xₖ²}), which does not underflow.
pub(crate) fn rule(n: usize) -> Vec<(f64, f64)> {
    let mut roots: Vec<f64> = Vec::with_capacity(n);
    let size = n as f64;
    for k in 0..n.div_ceil(2) {
        let mut x = match k {
            0 => (2.0 * size + 1.0).sqrt() - 1.85575 * libm::pow(2.0 * size + 1.0, -1.0 / 6.0),
            1 => roots[0] - 1.14 * libm::pow(size, 0.426) / roots[0],
            2 => 1.86 * roots[1] - 0.86 * roots[0],
            3 => 1.91 * roots[2] - 0.91 * roots[1],
            _ => 2.0 * roots[k - 1] - roots[k - 2],
        };
        for _ in 0..100 {
            let (value, slope) = polynomial(n, x);
            let step = value / slope;
            x -= step;
            if step.abs() <= 1e-15 * x.abs().max(1e-3) {
                break;
            }
        }
        roots.push(if 2 * k + 1 == n { 0.0 } else { x });
    }
    let weighed = |x: f64| (x, core::f64::consts::LN_2 - 2.0 * libm::log(polynomial(n, x).1.abs()) + x * x);
    let upper: Vec<(f64, f64)> = roots.iter().map(|&x| weighed(x)).collect();
    let lower = upper.iter().rev().filter(|(x, _)| *x != 0.0).map(|(x, w)| (-x, *w));
    upper.iter().copied().chain(lower).collect()
}

/// h̃ₙ(x) and its derivative √(2n) h̃ₙ₋₁(x).
fn polynomial(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut now) = (0.0, 0.751_125_544_464_943);
    for j in 0..n {
        let j = j as f64;
        let next = x * (2.0 / (j + 1.0)).sqrt() * now - (j / (j + 1.0)).sqrt() * before;
        before = now;
        now = next;
    }
    (now, (2.0 * n as f64).sqrt() * before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_normal_are_exact() {
        for n in [2, 3, 9, 25, 60, 100] {
            let rule = rule(n);
            assert_eq!(rule.len(), n);
            assert!(rule.windows(2).all(|pair| pair[0].0 > pair[1].0), "{n}: {rule:?}");
            let root_pi = std::f64::consts::PI.sqrt();
            let moment =
                |power: i32| rule.iter().map(|(x, w)| libm::exp(w - x * x) * x.powi(power)).sum::<f64>() / root_pi;
            assert!((moment(0) - 1.0).abs() < 1e-13, "{n}");
            assert!((moment(2) - 0.5).abs() < 1e-13, "{n}");
            if n > 2 {
                assert!((moment(4) - 0.75).abs() < 1e-12, "{n}");
            }
        }
    }
}
