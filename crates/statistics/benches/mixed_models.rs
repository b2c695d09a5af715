//! Time of fits, tests and simulated power, one thread.
#![allow(clippy::unwrap_used, missing_docs)]

use divan::{Bencher, black_box};
use statistics::DfMethod;
use statistics::contrasts::dunnett;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, fit, profile_intervals};
use statistics::power::{Layout, Simulation, simulate};

fn main() {
    divan::main();
}

/// Reproducible numbers with variance between and within clusters.
fn data(observations: usize, clusters: usize, groups: usize) -> (Vec<f64>, Vec<usize>, Design) {
    let cluster: Vec<usize> = (0..observations).map(|i| i % clusters).collect();
    let group: Vec<usize> = cluster.iter().map(|c| c % groups).collect();
    let y = (0..observations)
        .map(|i| ((i * 7919) % 1009) as f64 / 1009.0 + ((cluster[i] * 31) % 97) as f64 / 97.0)
        .collect();
    let names = ["a", "b", "c", "d"];
    (y, cluster, Design::treatment(&group, &names[..groups]).unwrap())
}

#[divan::bench(args = [(100, 20), (100_000, 10_000)])]
fn reml_fit(bencher: Bencher<'_, '_>, (observations, clusters): (usize, usize)) {
    let (y, cluster, design) = data(observations, clusters, 2);
    bencher.bench(|| fit(&MixedData::new(black_box(&y), &design, &cluster), Method::Reml).unwrap());
}

#[divan::bench(args = [DfMethod::Satterthwaite, DfMethod::KenwardRoger])]
fn test_of_one_effect(bencher: Bencher<'_, '_>, method: DfMethod) {
    let (y, cluster, design) = data(86, 32, 4);
    let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
    bencher.bench(|| model.contrast(black_box(&[0.0, 1.0, 0.0, 0.0]), method, 0.95).unwrap());
}

#[divan::bench]
fn dunnett_of_four_groups(bencher: Bencher<'_, '_>) {
    let (y, cluster, design) = data(86, 32, 4);
    let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
    let contrasts: Vec<Vec<f64>> = (1..4).map(|k| (0..4).map(|j| f64::from(u8::from(j == k))).collect()).collect();
    bencher.bench(|| dunnett(&model, black_box(&contrasts), DfMethod::KenwardRoger, 0.95).unwrap());
}

#[divan::bench]
fn profile_of_all_parameters(bencher: Bencher<'_, '_>) {
    let (y, cluster, design) = data(86, 32, 4);
    bencher.bench(|| profile_intervals(&MixedData::new(&y, &design, &cluster), 0.95).unwrap());
}

#[divan::bench(args = [DfMethod::Satterthwaite, DfMethod::KenwardRoger], sample_count = 5, sample_size = 1)]
fn nested_power_2000(bencher: Bencher<'_, '_>, df_method: DfMethod) {
    let layout = Layout { first: vec![2, 2, 2, 4, 4, 4, 3, 4], second: vec![1, 3, 2, 3, 2, 3, 2, 4] };
    let simulation =
        Simulation { effect: 21.0, sd_cluster: 14.0, sd_unit: 12.0, alpha: 0.05, df_method, replicates: 2000, seed: 1 };
    bencher.bench(|| simulate(&layout, black_box(&simulation)).unwrap());
}
