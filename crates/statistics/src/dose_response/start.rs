//! Starting points: Hill slope, EC50 and asymmetry from a grid, baseline and
//! plateau by linear least squares for each.

use crate::dose_response::curve::{CurveParameters, Shape};

/// How many of the best grid points are descended from.
const STARTS: usize = 8;

/// The best grid points for one curve, best first.
pub(crate) fn starts(shape: Shape, dose: &[f64], response: &[f64]) -> Vec<CurveParameters> {
    let positive = dose.iter().copied().filter(|x| *x > 0.0);
    let low = libm::log(positive.clone().fold(f64::INFINITY, f64::min));
    let high = libm::log(positive.fold(0.0_f64, f64::max));
    if !(low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    let hills: &[f64] = match shape {
        Shape::ThreeParameter => &[1.0],
        _ => &[0.4, 0.8, 1.5, 3.0, 8.0],
    };
    let asymmetries: &[f64] = match shape {
        Shape::FiveParameter => &[0.4, 1.0, 2.5],
        _ => &[1.0],
    };
    const STEPS: usize = 12;
    let mut found = Vec::new();
    for step in 0..=STEPS {
        let ln_ec50 = low - 1.0 + (high - low + 2.0) * step as f64 / STEPS as f64;
        for &hill in hills {
            for &asymmetry in asymmetries {
                let unit = CurveParameters { hill, plateau: 1.0, baseline: 0.0, ln_ec50, asymmetry };
                if let Some((rss, baseline, plateau)) = line(&unit, dose, response) {
                    found.push((rss, CurveParameters { baseline, plateau, ..unit }));
                }
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().take(STARTS).map(|(_, start)| start).collect()
}

/// Least squares of the response on the part of the way gone: RSS, baseline,
/// plateau. `None` if the doses do not tell them apart.
fn line(unit: &CurveParameters, dose: &[f64], response: &[f64]) -> Option<(f64, f64, f64)> {
    let n = dose.len() as f64;
    let gone: Vec<f64> = dose.iter().map(|x| unit.response(*x)).collect();
    let mean_gone = gone.iter().sum::<f64>() / n;
    let mean = response.iter().sum::<f64>() / n;
    let (mut gg, mut gy) = (0.0, 0.0);
    for (g, y) in gone.iter().zip(response) {
        gg += (g - mean_gone).powi(2);
        gy += (g - mean_gone) * (y - mean);
    }
    if gg < 1e-12 {
        return None;
    }
    let span = gy / gg;
    let baseline = mean - span * mean_gone;
    let rss = gone.iter().zip(response).map(|(g, y)| (y - baseline - span * g).powi(2)).sum();
    Some((rss, baseline, baseline + span))
}
