//! Largest of several correlated |t| that share one variance estimate.
//!
//! For correlations of product form ρ_ij = λ_i λ_j (comparisons with one
//! reference, any group sizes: Dunnett 1955, JASA 50:1096)
//!
//!   P(max|T| ≤ c) = ∫ f_S(s) ∫ φ(z) Π_i [Φ((λ_i z + c s)/q_i) − Φ((λ_i z − c s)/q_i)] dz ds
//!
//! q_i = √(1 − λ_i²). Both integrals by the trapezoidal rule, which converges
//! exponentially here; S is taken on a logarithmic scale so that any (also
//! fractional, also tiny) degrees of freedom work. Other correlations fall back
//! to a lattice rule with about 1e-5.

use crate::dist::noncentral::{log_scale_density, scale_limits};
use crate::dist::{normal, quadrature};

/// ∫ f_S(s) g(s) ds for `df` degrees of freedom; g(1) when infinite.
pub(super) fn over_scale(df: f64, g: impl Fn(f64) -> f64) -> f64 {
    if df.is_infinite() {
        return g(1.0);
    }
    let (low, high) = scale_limits(df);
    let step = (0.6 * (0.5 / df).sqrt()).min(0.12);
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    let mut sum = 0.0;
    for i in first..=last {
        let u = i as f64 * step;
        sum += libm::exp(log_scale_density(u, df)) * g(libm::exp(u));
    }
    sum * step
}

/// ∫ φ(z) g(z) dz by the trapezoidal rule with the given step.
pub(crate) fn over_normal(step: f64, g: impl Fn(f64) -> f64) -> f64 {
    let last = (9.5 / step).ceil() as i64;
    let mut sum = 0.0;
    for i in -last..=last {
        let z = i as f64 * step;
        sum += normal::density(z) * g(z);
    }
    sum * step
}

/// ∫ φ(z) g(z) dz for an even g.
fn over_half_normal(step: f64, g: impl Fn(f64) -> f64) -> f64 {
    let last = (9.5 / step).ceil() as i64;
    let mut sum = 0.5 * normal::density(0.0) * g(0.0);
    for i in 1..=last {
        let z = i as f64 * step;
        sum += normal::density(z) * g(z);
    }
    2.0 * sum * step
}

fn inner_step(lambda: &[f64]) -> f64 {
    let sharpest = lambda.iter().map(|l| ((1.0 - l * l).max(1e-8)).sqrt() / l.abs().max(0.1)).fold(1.0, f64::min);
    (0.4 * sharpest).min(0.25)
}

/// Terms of the inner integral of [`upper`].
pub(super) fn terms(lambda: &[f64]) -> f64 {
    9.5 / inner_step(lambda) * lambda.len() as f64
}

/// λ with √(1 − λ²).
pub(super) fn with_root(l: f64) -> (f64, f64) {
    (l, (1.0 - l * l).max(1e-8).sqrt())
}

/// P(max|T_i| > c), correlations λ_i λ_j.
pub fn upper(c: f64, lambda: &[f64], df: f64) -> f64 {
    if c <= 0.0 {
        return 1.0;
    }
    let step = inner_step(lambda);
    let roots: Vec<(f64, f64)> = lambda.iter().copied().map(with_root).collect();
    over_scale(df, |s| {
        // Even in z: half the range, counted twice.
        over_half_normal(step, |z| {
            // 1 − Π (1 − outside_i), without cancellation for rare events.
            let log: f64 = roots
                .iter()
                .map(|(l, q)| {
                    let outside = normal::upper((l * z + c * s) / q) + normal::upper((c * s - l * z) / q);
                    libm::log1p(-outside)
                })
                .sum();
            -libm::expm1(log)
        })
    })
    .min(1.0)
}

/// P(max T_i > c) for one-sided comparisons, correlations λ_i λ_j.
pub fn upper_one_sided(c: f64, lambda: &[f64], df: f64) -> f64 {
    let step = inner_step(lambda);
    over_scale(df, |s| {
        over_normal(step, |z| {
            let log: f64 = lambda
                .iter()
                .map(|l| {
                    let q = (1.0 - l * l).max(1e-8).sqrt();
                    libm::log1p(-normal::upper((l * z + c * s) / q))
                })
                .sum();
            -libm::expm1(log)
        })
    })
    .min(1.0)
}

/// The c with P(max|T| > c) = `p`.
pub fn quantile_upper(p: f64, lambda: &[f64], df: f64) -> f64 {
    quantile_of(p, df, lambda.len(), |c| upper(c, lambda, df))
}

/// Root of an upper tail between the single-t quantile and Bonferroni's.
pub(super) fn quantile_of(p: f64, df: f64, k: usize, tail: impl Fn(f64) -> f64) -> f64 {
    let low = 0.9 * super::student_t::quantile_upper(0.5 * p, df);
    let high = 1.1 * super::student_t::quantile_upper(0.5 * p / k as f64, df);
    let target = libm::log(p);
    quadrature::root(|c| libm::log(tail(c)) - target, low, high).unwrap_or(f64::NAN)
}

/// λ with ρ_ij = λ_i λ_j, if the correlation matrix has that form.
pub fn product_form(correlation: &[Vec<f64>]) -> Option<Vec<f64>> {
    let k = correlation.len();
    let rho = |i: usize, j: usize| correlation[i][j];
    let mut lambda = vec![0.0; k];
    if k == 2 {
        lambda[0] = rho(0, 1).abs().sqrt();
        lambda[1] = lambda[0].copysign(rho(0, 1));
    }
    if k > 2 {
        // The most correlated pair, the first of equals, without one member.
        let pair_without = |i: usize| {
            let mut best = (0.0, None);
            for a in (0..k).filter(|a| *a != i) {
                for b in (0..a).filter(|b| *b != i) {
                    if rho(a, b).abs() > best.0 {
                        best = (rho(a, b).abs(), Some((a, b)));
                    }
                }
            }
            best.1
        };
        let of_all = pair_without(k);
        for (i, slot) in lambda.iter_mut().enumerate() {
            let best = if of_all.is_some_and(|(a, b)| a != i && b != i) { of_all } else { pair_without(i) };
            let square = best.map_or(0.0, |(a, b)| rho(i, a) * rho(i, b) / rho(a, b));
            if square < 0.0 {
                return None;
            }
            *slot = square.sqrt();
        }
        let anchor = (0..k).max_by(|&a, &b| lambda[a].total_cmp(&lambda[b]))?;
        for (i, slot) in lambda.iter_mut().enumerate() {
            if i != anchor && rho(anchor, i) < 0.0 {
                *slot = -*slot;
            }
        }
    }
    let fits =
        (0..k).all(|i| lambda[i].abs() <= 1.0 && (0..i).all(|j| (rho(i, j) - lambda[i] * lambda[j]).abs() < 1e-9));
    fits.then_some(lambda)
}

/// P(max|T_i| > c) for any correlation matrix: quadrature if it has product
/// form, otherwise a lattice rule (error about 1e-5).
pub fn upper_correlated(c: f64, correlation: &[Vec<f64>], df: f64) -> f64 {
    match product_form(correlation) {
        Some(lambda) => upper(c, &lambda, df),
        None => Lattice::of(correlation).upper(c, df),
    }
}

/// Genz's sequential transformation (Genz & Bretz 2002) on a Richtmyer lattice,
/// S by quadrature outside.
pub(super) struct Lattice {
    /// Lower triangle whose product with its transpose is the correlation.
    factor: Vec<Vec<f64>>,
}

impl Lattice {
    pub(super) fn of(correlation: &[Vec<f64>]) -> Self {
        let k = correlation.len();
        let mut factor = vec![vec![0.0; k]; k];
        for i in 0..k {
            for j in 0..=i {
                let sum: f64 = (0..j).map(|m| factor[i][m] * factor[j][m]).sum();
                factor[i][j] =
                    if i == j { (1.0 - sum).max(1e-12).sqrt() } else { (correlation[i][j] - sum) / factor[j][j] };
            }
        }
        Self { factor }
    }

    /// P(max|Z_i| ≤ edge).
    pub(super) fn inside(&self, edge: f64) -> f64 {
        const POINTS: u32 = 1 << 12;
        const PRIMES: [f64; 20] = [
            2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0, 23.0, 29.0, 31.0, 37.0, 41.0, 43.0, 47.0, 53.0, 59.0, 61.0,
            67.0, 71.0,
        ];
        let factor = &self.factor;
        let k = factor.len();
        let mut total = 0.0;
        for point in 0..POINTS {
            let mut y = vec![0.0; k];
            let mut weight = 1.0;
            for i in 0..k {
                let shift: f64 = (0..i).map(|m| factor[i][m] * y[m]).sum();
                let low = normal::lower((-edge - shift) / factor[i][i]);
                let high = normal::lower((edge - shift) / factor[i][i]);
                weight *= high - low;
                if i + 1 < k {
                    let raw = (f64::from(point) + 0.5) * PRIMES[i % PRIMES.len()].sqrt();
                    // The tent map makes the integrand periodic.
                    let tent = (2.0 * raw.fract() - 1.0).abs();
                    y[i] = normal::quantile((low + tent * (high - low)).clamp(1e-300, 1.0 - 1e-16));
                }
            }
            total += weight;
        }
        total / f64::from(POINTS)
    }

    /// P(max|T_i| > c).
    pub(super) fn upper(&self, c: f64, df: f64) -> f64 {
        (1.0 - over_scale(df, |s| self.inside(c * s))).clamp(0.0, 1.0)
    }
}
