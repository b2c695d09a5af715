//! Trimmed means, Huber's estimates, gates, looks, cohorts and assurance against published
//! values and other programs.
#![allow(clippy::unwrap_used)]

mod reference;

use proptest::prelude::*;
use reference::{close, near};
use statistics::design::Design;
use statistics::gatekeeping::{Gate, Graph, gatekeeping};
use statistics::meta::{Pooling, pool};
use statistics::power::{Prior, assurance};
use statistics::sequential::{Spending, bounds};
use statistics::{adjust, dist::normal, robust, two_sample};

const FIRST: [f64; 8] = [3.1, 5.2, 6.0, 9.4, 12.9, 41.0, 7.7, 6.6];
const SECOND: [f64; 7] = [1.2, 2.0, 2.5, 7.1, 3.3, 2.9, -20.0];

/// `scipy.stats.ttest_ind(a, b, equal_var=False, trim=0.2)` (scipy 1.17).
#[test]
fn yuens_test_matches_scipy() {
    let ours = robust::yuen(&FIRST, &SECOND, 0.2, 0.95).unwrap();
    close("t", ours.statistic, 3.451_356_180_304_098_4, 1e-12);
    close("df", ours.df, 6.004_228_345_303_283, 1e-12);
    close("p", ours.p, 0.013_595_157_072_985_106, 1e-11);
    close("low", ours.ci_low, 1.626_557_386_159_093, 1e-11);
    close("high", ours.ci_high, 9.546_775_947_174_24, 1e-11);
    // Nothing cut is Welch's test.
    let whole = robust::yuen(&FIRST, &SECOND, 0.0, 0.95).unwrap();
    let sample = |values: &[f64]| statistics::Sample::new(values).unwrap();
    let welch = two_sample::welch(&sample(&FIRST), &sample(&SECOND), 0.95).unwrap();
    close("Welch", whole.p, welch.p, 1e-12);
    let paired = robust::yuen_paired(&FIRST[..7], &SECOND, 0.0, 0.95).unwrap();
    close("paired t", paired.p, two_sample::paired(&SECOND, &FIRST[..7], 0.95).unwrap().p, 1e-12);
}

/// `RLM(y, X, M=HuberT()).fit(conv="coefs", tol=1e-14)` of statsmodels 0.15; its
/// documentation prints the same values for the stack losses of Brownlee (1965).
#[test]
fn hubers_estimates_match_statsmodels() {
    let response: Vec<f64> = FIRST.iter().chain(&SECOND).copied().collect();
    let level: Vec<usize> = (0..15).map(|i| usize::from(i >= 8)).collect();
    let ours = robust::huber(&Design::treatment(&level, &["a", "b"]).unwrap(), &response).unwrap();
    close("scale", ours.scale, 2.416_830_510_576_677_4, 1e-9);
    let difference = ours.contrast(&[0.0, 1.0], 0.95).unwrap();
    close("difference", difference.estimate, -5.250_127_41, 1e-8);
    close("standard error", difference.se, 1.897_540_81, 1e-8);
    assert_eq!(difference.df, 13.0);
    let loss = [42., 37., 37., 28., 18., 18., 19., 20., 15., 14., 14., 13., 11., 12., 8., 7., 8., 8., 9., 15., 15.];
    let air = [80., 80., 75., 62., 62., 62., 62., 62., 58., 58., 58., 58., 58., 58., 50., 50., 50., 50., 50., 56., 70.];
    let water =
        [27., 27., 25., 24., 22., 23., 24., 24., 23., 18., 18., 17., 18., 19., 18., 18., 19., 19., 20., 20., 20.];
    let acid =
        [89., 88., 90., 87., 87., 87., 93., 93., 87., 80., 89., 88., 82., 93., 89., 86., 72., 79., 80., 82., 91.];
    let design = Design::from_columns(&[
        ("intercept", vec![1.0; 21]),
        ("air", air.to_vec()),
        ("water", water.to_vec()),
        ("acid", acid.to_vec()),
    ])
    .unwrap();
    let stack = robust::huber(&design, &loss).unwrap();
    let published = [
        (-41.026_498_35, 9.791_898_54),
        (0.829_384_33, 0.111_005_21),
        (0.926_065_97, 0.302_930_16),
        (-0.127_846_72, 0.128_649_61),
    ];
    for (k, (value, se)) in published.into_iter().enumerate() {
        near("coefficient", stack.coefficients[k], value, 1e-7);
        near("standard error", stack.covariance[k][k].sqrt(), se, 1e-7);
    }
}

/// Lan–DeMets bounds of five even looks, two-sided 0.05, as `ldbounds` (Casper & Perez) and
/// `gsDesign(k = 5, test.type = 2, sfu = sfLDOF / sfLDPocock)` print them.
#[test]
fn bounds_of_looks_are_the_published_ones() {
    let information = [0.2, 0.4, 0.6, 0.8, 1.0];
    for (spending, published) in [
        (Spending::OBrienFleming, [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        (Spending::Pocock, [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
    ] {
        let looks = bounds(&information, 0.05, spending).unwrap();
        for (look, bound) in looks.iter().zip(published) {
            near(spending.name(), look.bound, bound, 1.5e-4);
        }
        close("all of alpha is spent", looks[4].spent, 0.05, 1e-12);
    }
    let single = bounds(&[1.0], 0.05, Spending::Pocock).unwrap();
    near("one look is the plain test", single[0].bound, 1.959_963_985, 1e-8);
    assert!(bounds(&[0.5, 0.5], 0.05, Spending::Pocock).is_err());
    assert!(bounds(&[0.5, 1.2], 0.05, Spending::Pocock).is_err());
}

/// 13 trials of BCG (`dat.bcg` of metafor): cases and others of the vaccinated and the rest.
const BCG: [[f64; 4]; 13] = [
    [4., 119., 11., 128.],
    [6., 300., 29., 274.],
    [3., 228., 11., 209.],
    [62., 13536., 248., 12619.],
    [33., 5036., 47., 5761.],
    [180., 1361., 372., 1079.],
    [8., 2537., 10., 619.],
    [505., 87886., 499., 87892.],
    [29., 7470., 45., 7232.],
    [17., 1699., 65., 1600.],
    [186., 50448., 141., 27197.],
    [5., 2493., 3., 2338.],
    [27., 16886., 29., 17825.],
];

/// `rma(measure = "RR", …, method = "FE", "DL", "REML")` of metafor as its manual prints
/// them; further digits and Hartung–Knapp by statsmodels `combine_effects` (DL) and by
/// minimising the restricted likelihood with scipy.
#[test]
fn cohorts_taken_together_match_metafor() {
    let estimates: Vec<f64> = BCG.iter().map(|[a, b, c, d]| ((a / (a + b)) / (c / (c + d))).ln()).collect();
    let se: Vec<f64> =
        BCG.iter().map(|[a, b, c, d]| (1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)).sqrt()).collect();
    let by = |how| pool(&estimates, &se, how, 0.95).unwrap();
    let common = by(Pooling::Common);
    near("common", common.mean.estimate, -0.430_285, 1e-6);
    near("common", common.mean.se, 0.040_499, 1e-6);
    near("Q", common.heterogeneity.q, 152.2330, 1e-4);
    let laird = by(Pooling::DerSimonianLaird);
    near("tau2", laird.heterogeneity.tau_squared, 0.308_760_262_862, 1e-11);
    near("DL", laird.mean.estimate, -0.714_117, 1e-6);
    near("DL", laird.mean.se, 0.178_742, 1e-6);
    let reml = by(Pooling::Reml);
    near("tau2", reml.heterogeneity.tau_squared, 0.313_243_26, 1e-7);
    near("REML", reml.mean.estimate, -0.714_532_34, 1e-7);
    near("REML", reml.mean.se, 0.179_781_52, 1e-7);
    near("low", reml.mean.ci_low, -1.0669, 5e-5);
    near("high", reml.mean.ci_high, -0.3622, 5e-5);
    near("I2", reml.heterogeneity.i_squared, 0.9222, 5e-5);
    let knapp = by(Pooling::HartungKnapp);
    near("Hartung-Knapp", knapp.mean.se, 0.180_791_74, 1e-7);
    assert_eq!(knapp.mean.df, 12.0);
    near("weights", knapp.weights.iter().sum(), 1.0, 1e-14);
    // Cohorts alike: no variance between them.
    let alike = pool(&[1.0, 1.1, 0.9], &[0.5, 0.6, 0.5], Pooling::Reml, 0.95).unwrap();
    assert_eq!(alike.heterogeneity.tau_squared, 0.0);
}

/// A normal test of known SD has assurance in closed form (O'Hagan et al. 2005):
/// power at z of the predictive distribution.
#[test]
fn assurance_is_the_closed_form_of_a_normal_test() {
    let power = |effect: f64, factor: f64| {
        let delta = effect / (0.5 * factor);
        Ok(normal::upper(1.959_963_984_540_054 - delta))
    };
    let prior = Prior { effect: 1.2, effect_sd: 0.8, log_sd: 0.0 };
    let spread = (1.0 + (0.8_f64 / 0.5).powi(2)).sqrt();
    let expected = normal::upper((1.959_963_984_540_054 - 1.2 / 0.5) / spread);
    near("assurance", assurance(&prior, power).unwrap(), expected, 1e-12);
    let known = Prior { effect: 1.2, effect_sd: 0.0, log_sd: 0.0 };
    near("no doubt: power", assurance(&known, power).unwrap(), power(1.2, 1.0).unwrap(), 1e-15);
    // Doubt about the SD too: less than sure, and by the mean over it.
    let both = assurance(&Prior { log_sd: 0.3, ..prior }, power).unwrap();
    assert!(both > 0.3 && both < 0.9);
}

/// The closed test: a hypothesis is rejected if every intersection that holds it is, each
/// by its weighted Bonferroni test with the shares left when all others are gone.
fn closed(weights: &[f64], arrows: &[Vec<f64>], p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut adjusted = vec![0.0_f64; m];
    for set in 1_u32..(1 << m) {
        let (mut w, mut g) = (weights.to_vec(), arrows.to_vec());
        for gone in (0..m).filter(|i| set & (1 << i) == 0) {
            let (old_w, old_g) = (w.clone(), g.clone());
            for l in 0..m {
                w[l] = if l == gone { 0.0 } else { old_w[l] + old_w[gone] * old_g[gone][l] };
                for k in 0..m {
                    let stays = l != gone && k != gone && l != k && old_g[l][gone] * old_g[gone][l] < 1.0;
                    g[l][k] = if stays {
                        (old_g[l][k] + old_g[l][gone] * old_g[gone][k]) / (1.0 - old_g[l][gone] * old_g[gone][l])
                    } else {
                        0.0
                    };
                }
            }
        }
        let inside = || (0..m).filter(|i| set & (1 << i) != 0);
        let own = inside().map(|i| if w[i] > 0.0 { p[i] / w[i] } else { f64::INFINITY }).fold(1.0, f64::min);
        inside().for_each(|i| adjusted[i] = adjusted[i].max(own));
    }
    adjusted
}

proptest! {
    #[test]
    fn graphs_are_closed_tests(p in prop::collection::vec(0.0_f64..0.2, 4), raw in prop::collection::vec(0.01_f64..1.0, 16)) {
        let total: f64 = raw[..4].iter().sum();
        let weights: Vec<f64> = raw[..4].iter().map(|w| w / total).collect();
        let arrows: Vec<Vec<f64>> = (0..4)
            .map(|i| {
                let row: Vec<f64> = (0..4).map(|j| if i == j { 0.0 } else { raw[4 + (3 * i + j) % 12] }).collect();
                let sum: f64 = row.iter().sum();
                row.iter().map(|v| v / sum).collect()
            })
            .collect();
        let ours = Graph::new(&weights, &arrows).unwrap().adjust(&p).unwrap();
        for (a, b) in ours.iter().zip(closed(&weights, &arrows, &p)) {
            prop_assert!((a - b).abs() < 1e-12, "{ours:?}");
        }
    }

    #[test]
    fn an_even_graph_is_holm(p in prop::collection::vec(0.0_f64..1.0, 1..7)) {
        let all = vec![0; p.len()];
        let holm = adjust::adjust(&p, adjust::Adjustment::Holm).unwrap();
        for gate in [Gate::Serial, Gate::Parallel] {
            for (a, b) in gatekeeping(&p, &all, gate).unwrap().iter().zip(&holm) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn gates_open_and_stay_shut() {
    let p = [0.01, 0.04, 0.003, 0.2];
    assert_eq!(gatekeeping(&p, &[], Gate::FixedSequence).unwrap(), [0.01, 0.04, 0.04, 0.2]);
    let families = [0, 0, 1, 1];
    let serial = gatekeeping(&p, &families, Gate::Serial).unwrap();
    for (a, b) in serial.iter().zip([0.02, 0.04, 0.04, 0.2]) {
        near("serial", *a, b, 1e-15);
    }
    // The first hands half of alpha on: 0.003 on a quarter of it. The last gets all in the end.
    let parallel = gatekeeping(&p, &families, Gate::Parallel).unwrap();
    for (a, b) in parallel.iter().zip([0.02, 0.08, 0.02, 0.2]) {
        near("parallel", *a, b, 1e-15);
    }
    assert!(gatekeeping(&p, &[0, 0, 2, 2], Gate::Serial).is_err());
    assert!(gatekeeping(&[1.2], &[0], Gate::Serial).is_err());
    assert!(Graph::new(&[0.6, 0.6], &[vec![0.0, 1.0], vec![1.0, 0.0]]).is_err());
}
