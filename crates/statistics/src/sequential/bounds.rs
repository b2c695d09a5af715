//! Two-sided bounds for the z values of the looks.
//!
//! S(t) = Z √t is Brownian motion under the null hypothesis. The density of S over the
//! paths that crossed no bound so far is carried from look to look (Armitage, McPherson &
//! Rowe 1969, J R Stat Soc A 132:235):
//!
//!   f_k(s) = ∫_{|x| < c_{k−1} √t_{k−1}} f_{k−1}(x) φ((s − x)/√(t_k − t_{k−1}))/√(t_k − t_{k−1}) dx
//!
//! and c_k solves P(|Z_k| ≥ c_k, no bound crossed before) = α(t_k) − α(t_{k−1}). Simpson's
//! rule with a step of a twelfth of the SD of the next increment.

use crate::dist::{normal, quadrature};
use crate::error::{StatisticsError, require_count, require_open_unit, require_range};
use crate::sequential::spending::Spending;

/// Smallest share of the information between two looks.
const CLOSEST: f64 = 0.005;

/// One look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Share of the information, 0 to 1.
    pub information: f64,
    /// Stop where |z| reaches this.
    pub bound: f64,
    /// Two-sided p that belongs to the bound: the nominal level of the look.
    pub nominal: f64,
    /// Two-sided α spent up to and with this look.
    pub spent: f64,
}

/// Density of S on an even grid, weights of Simpson's rule included.
struct Path {
    at: Vec<f64>,
    mass: Vec<f64>,
}

/// Bounds of looks at `information` (ascending, in (0, 1]) for the two-sided level `alpha`.
///
/// # Errors
/// No look, information that does not rise by at least 0.005, `alpha` outside (0, 1).
pub fn bounds(information: &[f64], alpha: f64, spending: Spending) -> Result<Vec<Look>, StatisticsError> {
    require_count("looks", information.len(), 1)?;
    require_open_unit("alpha", alpha)?;
    let mut before = 0.0;
    let mut looks: Vec<Look> = Vec::with_capacity(information.len());
    let mut path = Path { at: vec![0.0], mass: vec![1.0] };
    for (k, &t) in information.iter().enumerate() {
        require_range(&format!("information of look {}", k + 1), t, before + CLOSEST, 1.0)?;
        let spent = 2.0 * spending.spent(0.5 * alpha, t);
        let own = spent - looks.last().map_or(0.0, |look| look.spent);
        let step = (t - before).sqrt();
        let tail = |c: f64| {
            let edge = c * t.sqrt();
            path.at
                .iter()
                .zip(&path.mass)
                .map(|(x, m)| m * (normal::upper((edge - x) / step) + normal::upper((edge + x) / step)))
                .sum::<f64>()
        };
        let target = libm::log(own);
        let bound = quadrature::root(|c| libm::log(tail(c).max(1e-300)) - target, 0.0, 37.0);
        let bound = bound.ok_or_else(|| StatisticsError::Undefined {
            what: format!("bound of look {}", k + 1),
            why: "too little of alpha is spent there".to_owned(),
        })?;
        looks.push(Look { information: t, bound, nominal: normal::two_sided(bound), spent });
        if let Some(next) = information.get(k + 1) {
            path = path.carried(bound * t.sqrt(), step, (next - t).max(CLOSEST).sqrt());
        }
        before = t;
    }
    Ok(looks)
}

impl Path {
    /// The density at the next look, within ±`edge`; `step` is the SD of this increment,
    /// `finest` that of the one after it.
    fn carried(&self, edge: f64, step: f64, finest: f64) -> Path {
        let edge = edge.min(9.0);
        let intervals = 2 * (12.0 * edge / finest.min(step)).ceil().clamp(50.0, 5000.0) as usize;
        let width = 2.0 * edge / intervals as f64;
        let at: Vec<f64> = (0..=intervals).map(|i| width * i as f64 - edge).collect();
        let density = |s: f64| {
            self.at.iter().zip(&self.mass).map(|(x, m)| m * normal::density((s - x) / step) / step).sum::<f64>()
        };
        let simpson = |i: usize| {
            let factor = if i == 0 || i == intervals {
                1.0
            } else if i % 2 == 1 {
                4.0
            } else {
                2.0
            };
            factor * width / 3.0
        };
        let mass = at.iter().enumerate().map(|(i, s)| density(*s) * simpson(i)).collect();
        Path { at, mass }
    }
}
