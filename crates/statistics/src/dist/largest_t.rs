//! Largest |t| of one family of comparisons that is asked for many times, as with a
//! hundred comparisons that have degrees of freedom of their own each.
//!
//!   P(max|T| > c) = ∫ f_S(s) G(c s) ds,   G(x) = P(max|Z| > x)
//!
//! G knows neither c nor the degrees of freedom. For a large family, and for one with a
//! comparison that all but repeats another, it is computed once at the points of a lattice
//! where it is asked and ln G is interpolated between them (Lagrange, twelve points);
//! other families are integrated anew each time ([`max_t`]).

use crate::dist::max_t::{self, Lattice};
use crate::dist::{normal, quadrature};
use std::cell::RefCell;
use std::collections::HashMap;

/// Terms of the inner integral up to which a family is integrated anew: 40 comparisons
/// that are not close to each other.
const MOST_TERMS: f64 = 4_000.0;

/// Members of a family without product form up to which it is integrated anew.
const MOST_MEMBERS: usize = 6;

/// From point to point of the lattice on which G is kept, and where the lattice rule of
/// [`max_t`], which is good to 1e-5, gives it.
const STEP: f64 = 1.0 / 16.0;
const COARSE_STEP: f64 = 0.25;

/// Points of an interpolation.
const POINTS: usize = 12;

/// G is 0 in doubles from here on, and asked for no further.
const FARTHEST: f64 = 38.0;

/// One family.
pub(crate) struct LargestT {
    size: usize,
    tail: Tail,
}

enum Tail {
    /// Integrated anew, with correlations λ_i λ_j.
    Product(Vec<f64>),
    /// Integrated anew by the lattice rule.
    Other(Lattice),
    /// Interpolated.
    Kept(Kept),
}

/// ln G at points of a lattice.
struct Kept {
    step: f64,
    of: Normals,
    known: RefCell<HashMap<usize, f64>>,
}

enum Normals {
    /// λ and √(1 − λ²), the largest λ first.
    Product(Vec<(f64, f64)>),
    Other(Lattice),
}

impl LargestT {
    /// The family with these correlations.
    pub(crate) fn of(correlation: &[Vec<f64>]) -> Self {
        let size = correlation.len();
        let kept = |step, of| Tail::Kept(Kept { step, of, known: RefCell::default() });
        let tail = match max_t::product_form(correlation) {
            Some(lambda) if max_t::terms(&lambda) <= MOST_TERMS => Tail::Product(lambda),
            Some(mut lambda) => {
                lambda.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
                kept(STEP, Normals::Product(lambda.into_iter().map(max_t::with_root).collect()))
            }
            None if size <= MOST_MEMBERS => Tail::Other(Lattice::of(correlation)),
            None => kept(COARSE_STEP, Normals::Other(Lattice::of(correlation))),
        };
        Self { size, tail }
    }

    /// P(max|T_i| > c) with `df` degrees of freedom.
    pub(crate) fn upper(&self, c: f64, df: f64) -> f64 {
        match &self.tail {
            Tail::Product(lambda) => max_t::upper(c, lambda, df),
            Tail::Other(lattice) => lattice.upper(c, df),
            Tail::Kept(_) if c <= 0.0 => 1.0,
            Tail::Kept(kept) => max_t::over_scale(df, |s| kept.at(c * s)).clamp(0.0, 1.0),
        }
    }

    /// The c with P(max|T_i| > c) = `p`.
    pub(crate) fn quantile_upper(&self, p: f64, df: f64) -> f64 {
        max_t::quantile_of(p, df, self.size, |c| self.upper(c, df))
    }
}

impl Kept {
    /// G(x), x at least 0.
    fn at(&self, x: f64) -> f64 {
        if x >= FARTHEST {
            return 0.0;
        }
        let place = x / self.step;
        let first = (place.floor() as usize).saturating_sub(POINTS / 2 - 1);
        // Lagrange's polynomial through the points around x.
        let mut sum = 0.0;
        for i in 0..POINTS {
            let mut weight = 1.0;
            for j in (0..POINTS).filter(|j| *j != i) {
                weight *= (place - (first + j) as f64) / (i as f64 - j as f64);
            }
            sum += weight * self.point(first + i);
        }
        libm::exp(sum).min(1.0)
    }

    /// ln G at a point of the lattice.
    fn point(&self, at: usize) -> f64 {
        if let Some(known) = self.known.borrow().get(&at) {
            return *known;
        }
        let x = at as f64 * self.step;
        let tail = match &self.of {
            Normals::Product(roots) => beyond(x, roots),
            Normals::Other(lattice) => 1.0 - lattice.inside(x),
        };
        // The lattice rule may give nothing where there is next to nothing.
        let log = libm::log(tail.clamp(f64::MIN_POSITIVE, 1.0));
        self.known.borrow_mut().insert(at, log);
        log
    }
}

/// P(max|Z_i| > x) for correlations λ_i λ_j, by adaptive quadrature over what they share:
/// members with λ near 1 are steps of any sharpness.
fn beyond(x: f64, roots: &[(f64, f64)]) -> f64 {
    let at = |z: f64| {
        let mut log = 0.0;
        for (l, q) in roots {
            let (l, q) = (l.abs(), *q);
            let mut outside = normal::upper((x - l * z) / q);
            // The other side is less by exp(2 λ z x/q²).
            if l * z * x < 20.0 * q * q {
                outside += normal::upper((x + l * z) / q);
            }
            log += libm::log1p(-outside);
            // exp(log) is lost beside 1.
            if log < -40.0 {
                return normal::density(z);
            }
        }
        -libm::expm1(log) * normal::density(z)
    };
    // Each member alone is beyond x so often.
    let least = normal::upper(x);
    let edges = [0.0, 0.5 * x, x, x + 0.5, x + 2.0, (x + 6.0).max(9.5)];
    2.0 * edges.windows(2).map(|pair| quadrature::adaptive(&at, pair[0], pair[1], 1e-12 * least)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correlations(lambda: &[f64]) -> Vec<Vec<f64>> {
        let one = |i: usize, j: usize| if i == j { 1.0 } else { lambda[i] * lambda[j] };
        (0..lambda.len()).map(|i| (0..lambda.len()).map(|j| one(i, j)).collect()).collect()
    }

    fn kept(lambda: &[f64]) -> LargestT {
        let of = Normals::Product(roots(lambda));
        LargestT { size: lambda.len(), tail: Tail::Kept(Kept { step: STEP, of, known: RefCell::default() }) }
    }

    fn roots(lambda: &[f64]) -> Vec<(f64, f64)> {
        let mut roots: Vec<(f64, f64)> = lambda.iter().copied().map(max_t::with_root).collect();
        roots.sort_by(|a, b| b.0.total_cmp(&a.0));
        roots
    }

    #[test]
    fn what_is_kept_is_what_is_integrated() {
        let many: Vec<f64> = (0..60).map(|i| 0.15 + 0.75 * f64::from(i) / 59.0).collect();
        for lambda in [vec![0.5_f64.sqrt(); 3], vec![0.2, 0.6, 0.97], many] {
            let kept = kept(&lambda);
            for df in [1.0, 2.3, 7.0, 60.0, f64::INFINITY] {
                for c in [0.3, 1.0, 2.0, 3.5, 6.0, 12.0] {
                    let ours = kept.upper(c, df);
                    let direct = max_t::over_scale(df, |s| beyond(c * s, &roots(&lambda)));
                    assert!((ours / direct - 1.0).abs() < 1e-9, "{} {df} {c}: {ours:e} {direct:e}", lambda.len());
                    // Its inner integral ends at 9.5.
                    let whole = max_t::upper(c, &lambda, df);
                    assert!((ours - whole).abs() < 1e-9, "{} {df} {c}: {ours:e} {whole:e}", lambda.len());
                }
            }
        }
    }

    #[test]
    fn only_large_or_sharp_families_are_kept() {
        let family = |lambda: &[f64]| LargestT::of(&correlations(lambda)).tail;
        assert!(matches!(family(&[0.7; 12]), Tail::Product(_)));
        assert!(matches!(family(&[0.7; 200]), Tail::Kept(_)));
        assert!(matches!(family(&[0.7, 0.6, 0.999_9]), Tail::Kept(_)));
    }

    #[test]
    fn a_member_that_repeats_another_adds_nothing() {
        // λ = 1 is Z itself; three times it is |t|.
        let family = kept(&[1.0, 1.0, 1.0]);
        for (c, df) in [(1.0, 5.0), (2.5, 3.0), (4.0, 30.0)] {
            let alone = crate::dist::student_t::two_sided(c, df);
            assert!((family.upper(c, df) / alone - 1.0).abs() < 1e-3, "{c} {df}");
        }
    }
}
