//! Input–output curves: response against stimulus intensity.

use crate::measure::regression::Regression;
use crate::measure::spread::{mean, sem};
use serde::Serialize;

/// All responses at one intensity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Stimulus intensity, unit of the user.
    pub intensity: f64,
    /// Responses averaged.
    pub n: usize,
    /// Mean response.
    pub mean: f64,
    /// Standard error of the mean; NaN for one response.
    pub sem: f64,
}

/// A curve, in the order of intensity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputOutput {
    /// The points.
    pub points: Vec<Point>,
    /// Largest mean response.
    pub largest: f64,
    /// Intensity at which the line between neighbouring points first crosses half
    /// of the largest response; `None` if the weakest stimulus gives more.
    pub half_intensity: Option<f64>,
    /// Least-squares slope of response on intensity over all points.
    pub gain: f64,
}

/// Builds the curve from pairs of intensity and response; pairs with a value that
/// is no number are left out. `None` for fewer than two intensities.
pub fn curve(pairs: &[(f64, f64)]) -> Option<InputOutput> {
    let mut pairs: Vec<(f64, f64)> = pairs.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let points: Vec<Point> = pairs
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| {
            let values: Vec<f64> = group.iter().map(|(_, y)| *y).collect();
            Point { intensity: group[0].0, n: values.len(), mean: mean(&values), sem: sem(&values) }
        })
        .collect();
    if points.len() < 2 {
        return None;
    }
    let largest = points.iter().map(|p| p.mean).fold(f64::NEG_INFINITY, f64::max);
    let half = largest / 2.0;
    let half_intensity = points.windows(2).find(|pair| pair[0].mean < half && pair[1].mean >= half).map(|pair| {
        let share = (half - pair[0].mean) / (pair[1].mean - pair[0].mean);
        pair[0].intensity + share * (pair[1].intensity - pair[0].intensity)
    });
    let means: Vec<(f64, f64)> = points.iter().map(|p| (p.intensity, p.mean)).collect();
    let gain = Regression::of(&means).slope();
    Some(InputOutput { points, largest, half_intensity, gain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_averaged_and_half_is_interpolated() {
        let pairs = [(40.0, 3.0), (20.0, 1.0), (20.0, 3.0), (60.0, 10.0), (60.0, f64::NAN), (80.0, 8.0)];
        let curve = curve(&pairs).expect("a curve");
        assert_eq!(curve.points.iter().map(|p| p.n).collect::<Vec<_>>(), [2, 1, 1, 1]);
        assert_eq!((curve.points[0].mean, curve.points[0].sem), (2.0, 1.0));
        assert_eq!(curve.largest, 10.0);
        // From 3 at 40 to 10 at 60: half of 10 lies 2/7 of the way.
        assert!((curve.half_intensity.expect("half") - (40.0 + 20.0 * 2.0 / 7.0)).abs() < 1e-12);
        assert_eq!(super::curve(&[(20.0, 1.0), (20.0, 2.0)]), None);
    }
}
