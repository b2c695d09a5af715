//! The least-squares line through some points.

/// Sums of a regression of y on x, each taken in the order of the points:
///
/// ```text
/// slope = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)²
/// ```
pub(crate) struct Regression {
    /// x̄.
    pub mean_x: f64,
    /// ȳ.
    pub mean_y: f64,
    /// Σ (x − x̄)².
    pub sxx: f64,
    /// Σ (x − x̄)(y − ȳ).
    pub sxy: f64,
}

impl Regression {
    /// The regression of points (x, y).
    pub fn of(points: &[(f64, f64)]) -> Self {
        let n = points.len() as f64;
        let mean_x = points.iter().map(|p| p.0).sum::<f64>() / n;
        let mean_y = points.iter().map(|p| p.1).sum::<f64>() / n;
        let sxy = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
        let sxx = points.iter().map(|p| (p.0 - mean_x) * (p.0 - mean_x)).sum();
        Self { mean_x, mean_y, sxx, sxy }
    }

    /// Slope of the line; NaN where x does not vary.
    pub fn slope(&self) -> f64 {
        self.sxy / self.sxx
    }
}
