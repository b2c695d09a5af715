//! Kernel density of replicates, for plots.
//!
//! f(x) = (1/nh) Σ φ((x − xᵢ)/h),  h = 0.9 min(s, IQR/1.34) n^(−1/5)
//! (Silverman 1986, Density Estimation, eq. 3.31).

use crate::dist::normal;
use crate::error::{StatisticsError, require_count};
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// A density on an even grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Density {
    /// Grid points, ascending, in the unit of the data.
    pub at: Vec<f64>,
    /// Density at each grid point, per unit of the data; integrates to 1.
    pub density: Vec<f64>,
    /// Bandwidth h, in the unit of the data; 0 for constant data.
    pub bandwidth: f64,
}

/// Gaussian kernel density of `values` on `points` even grid points from three
/// bandwidths below the smallest value to three above the largest.
///
/// Constant values yield a grid of one point with density 0: there is no width
/// to draw.
///
/// # Errors
/// No value, one that is not finite, fewer than two points.
pub fn density(values: &[f64], points: usize) -> Result<Density, StatisticsError> {
    require_count("points of the density", points, 2)?;
    let sample = Sample::new(values)?;
    let spread = if sample.n() > 1 { sample.sd() } else { 0.0 };
    let middle_half = sample.quantile(0.75)? - sample.quantile(0.25)?;
    let width = if middle_half > 0.0 { spread.min(middle_half / 1.34) } else { spread };
    let bandwidth = 0.9 * width * libm::pow(sample.n() as f64, -0.2);
    if bandwidth <= f64::EPSILON * sample.max().abs().max(sample.min().abs()) {
        return Ok(Density { at: vec![sample.mean()], density: vec![0.0], bandwidth: 0.0 });
    }
    let low = sample.min() - 3.0 * bandwidth;
    let step = (sample.max() + 3.0 * bandwidth - low) / (points as f64 - 1.0);
    let at: Vec<f64> = (0..points).map(|i| low + step * i as f64).collect();
    let sorted = sample.sorted();
    let scale = 1.0 / (sample.n() as f64 * bandwidth);
    let density = at
        .iter()
        .map(|x| {
            // Beyond six bandwidths a kernel adds less than 1e-8 of its peak.
            let first = sorted.partition_point(|v| *v < x - 6.0 * bandwidth);
            let end = sorted.partition_point(|v| *v <= x + 6.0 * bandwidth);
            let near = &sorted[first..end];
            scale * near.iter().map(|v| normal::density((x - v) / bandwidth)).sum::<f64>()
        })
        .collect();
    Ok(Density { at, density, bandwidth })
}
