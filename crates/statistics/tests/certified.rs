//! Nonlinear regression against certified values of NIST StRD (Statistical
//! Reference Datasets, <https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml>),
//! from both of its starting points. Certified to 11 digits.
#![allow(clippy::unwrap_used)]

mod reference;

use reference::close;
use statistics::StatisticsError;
use statistics::least_squares::{Model, fit};

/// A model with its data: value and gradient of one observation.
struct Problem {
    name: &'static str,
    x: Vec<f64>,
    y: Vec<f64>,
    model: fn(&[f64], f64, &mut [f64]) -> f64,
    starts: [Vec<f64>; 2],
    estimates: Vec<f64>,
    deviations: Vec<f64>,
    rss: f64,
}

impl Model for Problem {
    fn parameters(&self) -> usize {
        self.estimates.len()
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        (self.model)(theta, self.x[row], &mut vec![0.0; theta.len()])
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        (self.model)(theta, self.x[row], gradient);
    }
}

fn misra1a() -> Problem {
    Problem {
        name: "Misra1a",
        x: vec![77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
        y: vec![10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78],
        model: |b, x, g| {
            let decay = (-b[1] * x).exp();
            g[0] = 1.0 - decay;
            g[1] = b[0] * x * decay;
            b[0] * (1.0 - decay)
        },
        starts: [vec![500.0, 1e-4], vec![250.0, 5e-4]],
        estimates: vec![2.389_421_291_8e2, 5.501_564_318_1e-4],
        deviations: vec![2.707_007_524_1, 7.266_868_843_6e-6],
        rss: 1.245_513_889_4e-1,
    }
}

fn box_bod() -> Problem {
    Problem {
        name: "BoxBOD",
        x: vec![1.0, 2.0, 3.0, 5.0, 7.0, 10.0],
        y: vec![109.0, 149.0, 149.0, 191.0, 213.0, 224.0],
        model: misra1a().model,
        starts: [vec![1.0, 1.0], vec![100.0, 0.75]],
        estimates: vec![2.138_094_088_9e2, 5.472_374_854_2e-1],
        deviations: vec![1.235_451_517_6e1, 1.045_599_323_7e-1],
        rss: 1.168_008_876_6e3,
    }
}

fn rat42() -> Problem {
    Problem {
        name: "Rat42",
        x: vec![9.0, 14.0, 21.0, 28.0, 42.0, 57.0, 63.0, 70.0, 79.0],
        y: vec![8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080],
        model: |b, x, g| {
            let e = (b[1] - b[2] * x).exp();
            let share = 1.0 / (1.0 + e);
            g[0] = share;
            g[1] = -b[0] * share * share * e;
            g[2] = b[0] * share * share * e * x;
            b[0] * share
        },
        starts: [vec![100.0, 1.0, 0.1], vec![75.0, 2.5, 0.07]],
        estimates: vec![7.246_223_757_6e1, 2.618_076_840_2, 6.735_920_006_6e-2],
        deviations: vec![1.734_028_340_1, 8.829_521_753_6e-2, 3.446_566_337_7e-3],
        rss: 8.056_522_933_8,
    }
}

fn rat43() -> Problem {
    Problem {
        name: "Rat43",
        x: (1..=15).map(f64::from).collect(),
        y: vec![
            16.08, 33.83, 65.80, 97.20, 191.55, 326.20, 386.87, 520.53, 590.03, 651.92, 724.93, 699.56, 689.96, 637.56,
            717.41,
        ],
        model: |b, x, g| {
            let e = (b[1] - b[2] * x).exp();
            let power = (1.0 + e).powf(-1.0 / b[3]);
            g[0] = power;
            g[1] = -b[0] * power * e / (1.0 + e) / b[3];
            g[2] = -g[1] * x;
            g[3] = b[0] * power * (1.0 + e).ln() / (b[3] * b[3]);
            b[0] * power
        },
        starts: [vec![100.0, 10.0, 1.0, 1.0], vec![700.0, 5.0, 0.75, 1.3]],
        estimates: vec![6.996_415_127_0e2, 5.277_125_302_5, 7.596_293_832_9e-1, 1.279_248_385_9],
        deviations: vec![1.630_229_781_7e1, 2.082_873_582_9, 1.956_612_345_1e-1, 6.876_193_638_5e-1],
        rss: 8.786_404_908_0e3,
    }
}

fn mgh09() -> Problem {
    Problem {
        name: "MGH09",
        x: vec![4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
        y: vec![0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
        model: |b, x, g| {
            let (above, below) = (x * x + x * b[1], x * x + x * b[2] + b[3]);
            g[0] = above / below;
            g[1] = b[0] * x / below;
            g[3] = -b[0] * above / (below * below);
            g[2] = g[3] * x;
            b[0] * above / below
        },
        starts: [vec![25.0, 39.0, 41.5, 39.0], vec![0.25, 0.39, 0.415, 0.39]],
        estimates: vec![1.928_069_345_8e-1, 1.912_823_287_3e-1, 1.230_565_069_3e-1, 1.360_623_306_8e-1],
        deviations: vec![1.143_531_222_7e-2, 1.963_322_091_1e-1, 8.084_203_123_2e-2, 9.002_554_230_8e-2],
        rss: 3.075_056_038_5e-4,
    }
}

#[test]
fn certified_nonlinear_sets_from_both_starts() {
    for problem in [misra1a(), box_bod(), rat42(), rat43(), mgh09()] {
        for (number, start) in problem.starts.iter().enumerate() {
            let what = format!("{} start {}", problem.name, number + 1);
            let ours = fit(&problem, &problem.y, std::slice::from_ref(start)).unwrap_or_else(|e| panic!("{what}: {e}"));
            for (k, (estimate, deviation)) in problem.estimates.iter().zip(&problem.deviations).enumerate() {
                close(&what, ours.estimates[k], *estimate, 1e-9);
                close(&what, ours.se(k), *deviation, 1e-8);
            }
            close(&what, ours.rss, problem.rss, 1e-10);
        }
    }
}

#[test]
fn gradients_of_the_problems_are_right() {
    for problem in [misra1a(), box_bod(), rat42(), rat43(), mgh09()] {
        let at = &problem.estimates;
        let mut gradient = vec![0.0; at.len()];
        for row in [0, problem.x.len() - 1] {
            problem.gradient(at, row, &mut gradient);
            for k in 0..at.len() {
                let moved = |step: f64| {
                    let mut theta = at.clone();
                    theta[k] *= 1.0 + step;
                    problem.value(&theta, row)
                };
                let numeric = (moved(1e-6) - moved(-1e-6)) / (2e-6 * at[k]);
                close(problem.name, gradient[k], numeric, 1e-6);
            }
        }
    }
}

/// y = a b x: only the product is determined.
struct Product;

impl Model for Product {
    fn parameters(&self) -> usize {
        2
    }

    fn value(&self, theta: &[f64], row: usize) -> f64 {
        theta[0] * theta[1] * row as f64
    }

    fn gradient(&self, theta: &[f64], row: usize, gradient: &mut [f64]) {
        gradient[0] = theta[1] * row as f64;
        gradient[1] = theta[0] * row as f64;
    }
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    use StatisticsError as E;
    let start = vec![1.0, 1.0];
    let y = [0.1, 2.1, 3.9, 6.2];
    assert!(matches!(fit(&Product, &y, std::slice::from_ref(&start)), Err(E::Undefined { .. })));
    assert!(matches!(fit(&Product, &y[..2], std::slice::from_ref(&start)), Err(E::TooFew { .. })));
    assert!(matches!(fit(&Product, &y, &[]), Err(E::TooFew { .. })));
    assert!(matches!(fit(&Product, &[1.0, f64::NAN, 2.0], &[start]), Err(E::NotFinite { index: 1, .. })));
    assert!(matches!(fit(&Product, &y, &[vec![f64::NAN, 1.0]]), Err(E::NotConverged { .. })));
}
