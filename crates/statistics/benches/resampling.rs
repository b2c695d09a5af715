//! Times of resampling, curve fitting and Bayes factors.
//!
//! `cargo bench -p statistics --bench resampling`. Sizes are those of a usual experiment: 15
//! independent values a group, or 8 clusters of 1 to 4 units a group.
#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use statistics::bootstrap;
use statistics::dose_response::fit_4pl;
use statistics::permutation::{self, Arrangements, cluster_mass};
use statistics::random::Stream;
use statistics::{Sample, bayes};

fn main() {
    divan::main();
}

/// Roughly normal values: sums of four uniform numbers.
fn values(n: usize, mean: f64, sd: f64, seed: u64) -> Vec<f64> {
    let mut stream = Stream::new(seed, 0);
    let mut next = || (0..4).map(|_| stream.unit() - 0.5).sum::<f64>() * f64::sqrt(3.0);
    (0..n).map(|_| mean + sd * next()).collect()
}

fn clusters(seed: u64) -> Vec<Vec<f64>> {
    [3, 1, 2, 4, 2, 3, 2, 3].iter().zip(0..).map(|(n, i)| values(*n, 150.0, 15.0, seed + i)).collect()
}

#[divan::bench]
fn bca_mean_difference_10k(bencher: Bencher) {
    let (a, b) = (values(15, 150.0, 15.0, 1), values(15, 130.0, 20.0, 2));
    bencher.bench(|| bootstrap::mean_difference(black_box(&a), &b, 10_000, 7).unwrap().bca(0.95).unwrap());
}

#[divan::bench]
fn bca_mean_10k(bencher: Bencher) {
    let a = values(15, 150.0, 15.0, 1);
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    bencher.bench(|| bootstrap::one_sample(black_box(&a), mean, 10_000, 7).unwrap().bca(0.95).unwrap());
}

#[divan::bench]
fn hierarchical_bootstrap_10k(bencher: Bencher) {
    let (a, b) = (clusters(10), clusters(30));
    bencher.bench(|| bootstrap::hierarchical(black_box(&a), &b, 10_000, 0.95, 7).unwrap());
}

#[divan::bench]
fn density_of_10k(bencher: Bencher) {
    let x = values(10_000, 0.0, 1.0, 3);
    bencher.bench(|| bootstrap::density(black_box(&x), 200).unwrap());
}

#[divan::bench]
fn permutation_8_against_8(bencher: Bencher) {
    let (a, b) = (values(8, 150.0, 15.0, 1), values(8, 130.0, 20.0, 2));
    bencher.bench(|| permutation::two_sample(black_box(&a), &b, Arrangements::default()).unwrap());
}

#[divan::bench]
fn cluster_mass_8_against_8_by_50(bencher: Bencher) {
    let rows = |seed: u64| (0..8).map(|i| values(50, 150.0, 15.0, seed + i)).collect::<Vec<_>>();
    let (a, b) = (rows(1), rows(50));
    bencher.bench(|| cluster_mass(black_box(&a), &b, 0.05, Arrangements::default()).unwrap());
}

#[divan::bench]
fn four_parameter_fit_with_profiles(bencher: Bencher) {
    let dose: Vec<f64> = [0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0].iter().flat_map(|x| [*x; 6]).collect();
    let noise = values(dose.len(), 0.0, 6.0, 5);
    let y: Vec<f64> = dose.iter().zip(&noise).map(|(x, e)| 105.0 + 50.0 / (1.0 + x / 0.3) + e).collect();
    bencher.bench(|| fit_4pl(black_box(&dose), &y, 0.95).unwrap());
}

#[divan::bench]
fn bayes_factor(bencher: Bencher) {
    let a = Sample::new(&values(10, 1.0, 1.0, 1)).unwrap();
    let b = Sample::new(&values(10, 0.0, 1.0, 2)).unwrap();
    bencher.bench(|| bayes::two_sample(black_box(&a), &b, bayes::MEDIUM_SCALE).unwrap());
}
