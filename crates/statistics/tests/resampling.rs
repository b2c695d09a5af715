//! Bootstrap and permutation against R, SciPy and closed forms.
#![allow(clippy::unwrap_used)]

mod reference;

use proptest::prelude::*;
use reference::*;
use statistics::bootstrap::{self, Bootstrap};
use statistics::permutation::{self, Arrangements, cluster_mass, cluster_mass_paired};
use statistics::{Sample, StatisticsError};

type Statistic = fn(&[f64]) -> f64;

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn sd(x: &[f64]) -> f64 {
    Sample::new(x).unwrap().sd()
}

fn median(x: &[f64]) -> f64 {
    Sample::new(x).unwrap().median()
}

#[test]
fn intervals_from_given_indices_match_r() {
    let y = csv("g_boot_sample").numbers("y");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schaffer/tests/golden/statistics/data");
    let text = std::fs::read_to_string(format!("{folder}/g_boot_idx.csv")).unwrap();
    let indices: Vec<Vec<usize>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let r = reference("R", "g_boot");
    let named: [(&str, Statistic); 3] = [("mean", mean), ("median", median), ("sd", sd)];
    for (key, statistic) in named {
        let ours = bootstrap::with_indices(&y, statistic, &indices).unwrap();
        let r = at(&r, key);
        close(key, ours.estimate(), number(r, "t0"), 1e-12);
        assert_eq!(ours.replicates().len() as f64, number(r, "B"));
        close(key, ours.mean(), number(r, "boot_mean"), 1e-10);
        close(key, ours.se(), number(r, "boot_se"), 1e-10);
        near(key, ours.bias(), number(r, "bias"), 1e-10 * ours.estimate());
        close(key, ours.jackknife_se(), number(r, "jackknife_se"), 1e-10);
        close(key, ours.acceleration(), number(r, "accel_jackknife"), 1e-7);
        close(key, ours.bias_correction(), number(r, "z0_midrank"), 1e-10);
        let (low, high) = ours.bca_probabilities(0.95).unwrap();
        close(key, low, number(r, "alpha_adj/0"), 1e-9);
        close(key, high, number(r, "alpha_adj/1"), 1e-9);
        let sets = [
            (ours.percentile(0.95), "percentile_type7"),
            (ours.basic(0.95), "basic_type7"),
            (ours.bca(0.95), "bca_type7"),
        ];
        for (interval, name) in sets {
            let interval = interval.unwrap();
            close(name, interval.low, number(r, &format!("{name}/0")), 1e-10);
            close(name, interval.high, number(r, &format!("{name}/1")), 1e-10);
        }
    }
}

#[test]
fn many_resamples_agree_with_r_within_monte_carlo_error() {
    let y = csv("g_boot_sample").numbers("y");
    let r = reference("R", "g_boot");
    let r = at(&r, "mc_200k_mean");
    let ours = bootstrap::one_sample(&y, mean, 200_000, 11).unwrap();
    let allowed = 0.03 * number(r, "se");
    close("se", ours.se(), number(r, "se"), 0.01);
    for (interval, key) in [(ours.percentile(0.95), "perc"), (ours.basic(0.95), "basic"), (ours.bca(0.95), "bca")] {
        let interval = interval.unwrap();
        near(key, interval.low, number(r, &format!("{key}/0")), allowed);
        near(key, interval.high, number(r, &format!("{key}/1")), allowed);
    }
}

#[test]
fn fast_mean_difference_equals_the_general_one() {
    let (a, b) = ([3.1, 2.0, 5.5, 4.2, 7.7], [1.0, 2.5, 2.2, 0.4]);
    let fast = bootstrap::mean_difference(&a, &b, 999, 4).unwrap();
    let general = bootstrap::two_sample(&a, &b, |a, b| mean(a) - mean(b), 999, 4).unwrap();
    close("estimate", fast.estimate(), general.estimate(), 1e-14);
    close("a", fast.acceleration(), general.acceleration(), 1e-10);
    for (f, g) in fast.replicates().iter().zip(general.replicates()) {
        near("replicate", *f, *g, 1e-13);
    }
    // Multi-sample acceleration by hand: skewness of each sample over n².
    let part = |x: &[f64], sign: f64| {
        let n = x.len() as f64;
        let u: Vec<f64> = x.iter().map(|v| sign * (v - mean(x))).collect();
        (u.iter().map(|u| u.powi(3)).sum::<f64>() / n.powi(3), u.iter().map(|u| u * u).sum::<f64>() / (n * n))
    };
    let ((ca, sa), (cb, sb)) = (part(&a, 1.0), part(&b, -1.0));
    close("a by hand", fast.acceleration(), (ca + cb) / (6.0 * (sa + sb).powf(1.5)), 1e-10);
}

#[test]
fn bootstrap_of_a_constant_is_that_constant() {
    let ours = bootstrap::one_sample(&[4.0; 5], mean, 500, 1).unwrap();
    assert_eq!((ours.se(), ours.bias(), ours.acceleration()), (0.0, 0.0, 0.0));
    for interval in [ours.percentile(0.9), ours.basic(0.9), ours.bca(0.9)] {
        let interval = interval.unwrap();
        assert_eq!((interval.low, interval.value, interval.high), (4.0, 4.0, 4.0));
    }
    let groups = vec![vec![4.0; 3]; 4];
    let nested = bootstrap::hierarchical(&groups, &groups, 200, 0.95, 7).unwrap();
    assert_eq!((nested.difference, nested.ci_low, nested.ci_high), (0.0, 0.0, 0.0));
    assert_eq!(bootstrap::density(&[4.0; 9], 50).unwrap().bandwidth, 0.0);
}

#[test]
fn more_resamples_extend_a_run() {
    let a = vec![vec![1.0, 2.0], vec![4.0], vec![3.0, 5.0, 8.0]];
    let b = vec![vec![0.0, 1.0], vec![2.0, 2.5]];
    let short = bootstrap::hierarchical(&a, &b, 100, 0.95, 3).unwrap();
    let long = bootstrap::hierarchical(&a, &b, 300, 0.95, 3).unwrap();
    assert_eq!(short.differences, long.differences[..100]);
    let other = bootstrap::hierarchical(&a, &b, 100, 0.95, 4).unwrap();
    assert_ne!(short.differences, other.differences);
    assert!(short.few_clusters);
}

#[test]
fn the_order_of_the_data_changes_nothing() {
    let reversed = |groups: &[Vec<f64>]| -> Vec<Vec<f64>> {
        groups.iter().rev().map(|g| g.iter().rev().copied().collect()).collect()
    };
    let a = vec![vec![1.0, 2.0], vec![4.0], vec![3.0, 5.0, 8.0], vec![1.0]];
    let b = vec![vec![0.0, 1.0], vec![2.0, 2.5], vec![9.0]];
    assert_eq!(
        bootstrap::hierarchical(&a, &b, 200, 0.95, 3).unwrap(),
        bootstrap::hierarchical(&reversed(&a), &reversed(&b), 200, 0.95, 3).unwrap()
    );
    let (x, y) = ([3.0, 1.0, 7.0, 2.0, 2.5], [5.0, 4.0, 9.0, 1.5]);
    let back = |v: &[f64]| v.iter().rev().copied().collect::<Vec<_>>();
    assert_eq!(
        bootstrap::mean_difference(&x, &y, 200, 3).unwrap(),
        bootstrap::mean_difference(&back(&x), &back(&y), 200, 3).unwrap()
    );
    let draws = Arrangements { exact_up_to: 1, draws: 50, seed: 2 };
    assert_eq!(
        permutation::two_sample(&x, &y, draws).unwrap(),
        permutation::two_sample(&back(&x), &back(&y), draws).unwrap()
    );
    let rows = |v: &[f64]| v.iter().map(|e| vec![*e, e * e, 1.0 - e]).collect::<Vec<_>>();
    assert_eq!(
        cluster_mass(&rows(&x), &rows(&y), 0.5, draws).unwrap(),
        cluster_mass(&rows(&back(&x)), &rows(&back(&y)), 0.5, draws).unwrap()
    );
}

#[test]
fn hierarchical_variance_is_the_closed_form() {
    // Drawing K of K clusters and m of m units: Var = σ²_means/K + mean(σ²_within/m)/K,
    // variances with divisor K and m.
    let clusters: Vec<Vec<f64>> = vec![vec![1.0, 3.0, 8.0], vec![6.0, 7.0], vec![2.0, 2.0, 5.0, 9.0], vec![4.0, 10.0]];
    let variance = |x: &[f64]| {
        let centre = mean(x);
        x.iter().map(|v| (v - centre).powi(2)).sum::<f64>() / x.len() as f64
    };
    let means: Vec<f64> = clusters.iter().map(|c| mean(c)).collect();
    let k = clusters.len() as f64;
    let within = clusters.iter().map(|c| variance(c) / c.len() as f64).sum::<f64>() / k;
    let expected = 2.0 * (variance(&means) + within) / k;
    let ours = bootstrap::hierarchical(&clusters, &clusters, 100_000, 0.95, 2).unwrap();
    close("variance", variance(&ours.differences), expected, 0.02);
    near("centre", mean(&ours.differences), 0.0, 4.0 * (expected / 1e5).sqrt());
}

#[test]
fn clusters_of_one_unit_are_an_ordinary_bootstrap() {
    let (a, b) = ([3.0, 5.0, 6.0, 9.0, 12.0], [1.0, 2.0, 2.0, 7.0]);
    let nest = |x: &[f64]| x.iter().map(|v| vec![*v]).collect::<Vec<_>>();
    let nested = bootstrap::hierarchical(&nest(&a), &nest(&b), 50_000, 0.9, 5).unwrap();
    let flat = bootstrap::mean_difference(&a, &b, 50_000, 6).unwrap();
    let flat_interval = flat.percentile(0.9).unwrap();
    close("difference", nested.difference, flat.estimate(), 1e-14);
    near("low", nested.ci_low, flat_interval.low, 0.05 * flat.se());
    near("high", nested.ci_high, flat_interval.high, 0.05 * flat.se());
    let alone = bootstrap::hierarchical_mean(&nest(&a), 50_000, 0.9, 5).unwrap();
    close("mean", alone.value, 7.0, 1e-14);
}

#[test]
fn density_integrates_to_one_and_peaks_at_the_middle() {
    let values: Vec<f64> =
        (1..400).map(|i| 5.0 + 2.0 * statistics::dist::normal::quantile(f64::from(i) / 400.0)).collect();
    let ours = bootstrap::density(&values, 401).unwrap();
    let step = ours.at[1] - ours.at[0];
    near("area", ours.density.iter().sum::<f64>() * step, 1.0, 1e-3);
    let peak = ours.at[ours.density.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0];
    near("peak", peak, 5.0, 0.1);
    // A normal density widened by the kernel: SD √(s² + h²).
    let sd = Sample::new(&values).unwrap().sd().hypot(ours.bandwidth);
    let height = ours.density.iter().copied().fold(0.0, f64::max);
    close("height", height, 1.0 / (sd * (2.0 * std::f64::consts::PI).sqrt()), 0.01);
}

#[test]
fn impossible_resampling_is_refused() {
    use StatisticsError as E;
    let two = vec![vec![1.0, 2.0], vec![3.0]];
    assert!(matches!(bootstrap::one_sample(&[1.0], mean, 500, 0), Err(E::TooFew { .. })));
    assert!(matches!(bootstrap::one_sample(&[1.0, 2.0], mean, 5, 0), Err(E::TooFew { .. })));
    assert!(matches!(
        bootstrap::mean_difference(&[1.0, 2.0], &[1.0, f64::NAN], 500, 0),
        Err(E::NotFinite { index: 1, .. })
    ));
    assert!(matches!(
        bootstrap::hierarchical(&two[..1], &two, 500, 0.95, 0),
        Err(E::TooFew { found: 1, needed: 2, .. })
    ));
    assert!(matches!(
        bootstrap::hierarchical(&two, &[vec![1.0], vec![]], 500, 0.95, 0),
        Err(E::EmptyLevel { level: 1, .. })
    ));
    assert!(matches!(bootstrap::hierarchical(&two, &two, 500, 1.0, 0), Err(E::OutOfRange { .. })));
    assert!(matches!(bootstrap::hierarchical(&[], &two, 500, 0.9, 0), Err(E::TooFew { .. })));
    assert!(matches!(bootstrap::with_indices(&[1.0, 2.0], mean, &vec![vec![0, 2]; 200]), Err(E::OutOfRange { .. })));
    assert!(matches!(bootstrap::density(&[], 10), Err(E::TooFew { .. })));
    // All replicates on one side: no bias correction exists.
    let lopsided = Bootstrap::from_replicates(9.0, vec![1.0; 100], &[vec![1.0, 2.0]]).unwrap();
    assert!(matches!(lopsided.bca(0.95), Err(E::Undefined { .. })));
}

fn curves(groups: &[&str]) -> Vec<Vec<Vec<f64>>> {
    // Means per cluster and minute after time 0.
    let table = csv("d_timecourse");
    let (group, cluster, unit) = (table.text("group"), table.text("animal"), table.text("slice"));
    let (t, y) = (table.numbers("t"), table.numbers("y"));
    let points = t.iter().copied().fold(0.0, f64::max) as usize + 1;
    groups
        .iter()
        .map(|wanted| {
            let mut names: Vec<&String> =
                cluster.iter().zip(&group).filter(|(_, g)| g == wanted).map(|(c, _)| c).collect();
            names.sort();
            names.dedup();
            names
                .iter()
                .map(|name| {
                    (0..points)
                        .map(|minute| {
                            let own: Vec<(f64, &String)> = (0..y.len())
                                .filter(|&i| cluster[i] == **name && t[i] == minute as f64)
                                .map(|i| (y[i], &unit[i]))
                                .collect();
                            own.iter().map(|(v, _)| v).sum::<f64>() / own.len() as f64
                        })
                        .collect()
                })
                .collect()
        })
        .collect()
}

#[test]
fn cluster_mass_matches_full_enumeration_in_r() {
    let groups = curves(&["control", "drug"]);
    let r = reference("R", "d_timecourse");
    for (key, entry) in [("cluster_permutation", 0.05), ("cluster_permutation_thr20", 0.2)] {
        let r = at(&r, key);
        let ours = cluster_mass(&groups[0], &groups[1], entry, Arrangements::default()).unwrap();
        assert!(ours.exact);
        assert_eq!(ours.arrangements as f64, number(r, "n_perm"));
        close(key, ours.entry_t, number(r, "t_crit"), 1e-10);
        for (o, t) in ours.t.iter().zip(numbers(r, "t_obs")) {
            close("t", *o, t, 1e-9);
        }
        let (first, last) = (numbers(r, "start_min"), numbers(r, "end_min"));
        let (mass, p) = (numbers(r, "mass"), numbers(r, "p"));
        assert_eq!(ours.clusters.len(), mass.len(), "{key}");
        for (i, cluster) in ours.clusters.iter().enumerate() {
            assert_eq!((cluster.first as f64, cluster.last as f64), (first[i], last[i]));
            close("mass", cluster.mass, mass[i], 1e-9);
            close("p", cluster.p, p[i], 1e-12);
        }
        close("quantile", ours.mass_quantile_95, number(r, "max_mass_quantile95"), 1e-9);
    }
}

#[test]
fn sampled_cluster_mass_agrees_with_enumeration() {
    let groups = curves(&["control", "drug"]);
    let all = Arrangements::default();
    let some = Arrangements { exact_up_to: 10, draws: 4000, seed: 1 };
    let exact = cluster_mass(&groups[0], &groups[1], 0.05, all).unwrap();
    let sampled = cluster_mass(&groups[0], &groups[1], 0.05, some).unwrap();
    assert!(!sampled.exact && sampled.arrangements == 4001);
    for (e, s) in exact.clusters.iter().zip(&sampled.clusters) {
        near("p", s.p, e.p, 4.0 * (e.p * (1.0 - e.p) / 4000.0).sqrt() + 1.0 / 4000.0);
    }
    // Both signs, all subjects of a kind alike: the paired form of one point is a sign flip.
    let differences = [1.5, 2.0, -0.5, 3.0, 2.5, 0.7];
    let rows: Vec<Vec<f64>> = differences.iter().map(|d| vec![*d]).collect();
    let paired = cluster_mass_paired(&rows, 0.5, all).unwrap();
    let flip = permutation::sign_flip(&differences, all).unwrap();
    assert_eq!(paired.clusters.len(), 1);
    close("p", paired.clusters[0].p, flip.p_two_sided, 1e-12);
}

#[test]
fn neighbouring_clusters_of_opposite_sign_stay_apart() {
    let noise = [0.1, -0.2, 0.15, -0.05, 0.0, 0.05];
    let a: Vec<Vec<f64>> = noise.iter().map(|e| vec![5.0 + e, 5.0 - e, -5.0 + e, 0.3 * e]).collect();
    let b: Vec<Vec<f64>> = noise.iter().map(|e| vec![1.1 * e, *e, -e, -0.2 * e]).collect();
    let ours = cluster_mass(&a, &b, 0.05, Arrangements::default()).unwrap();
    let spans: Vec<_> = ours.clusters.iter().map(|c| (c.first, c.last, c.mass > 0.0)).collect();
    assert_eq!(spans, [(0, 1, true), (2, 2, false)]);
    // 924 arrangements; only the observed one and its mirror reach the larger mass.
    close("p", ours.clusters[0].p, 2.0 / 924.0, 1e-12);
}

#[test]
fn tiny_sets_have_p_values_that_can_be_counted_by_hand() {
    let all = Arrangements::default();
    let separated = permutation::two_sample(&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0], all).unwrap();
    assert_eq!(separated.arrangements, 20);
    close("greater", separated.p_greater, 1.0 / 20.0, 1e-15);
    close("two-sided", separated.p_two_sided, 2.0 / 20.0, 1e-15);
    close("less", separated.p_less, 1.0, 1e-15);
    let flip = permutation::sign_flip(&[1.0, 2.0, 3.0], all).unwrap();
    close("flip", flip.p_two_sided, 2.0 / 8.0, 1e-15);
    close("flip", flip.p_greater, 1.0 / 8.0, 1e-15);
    let same = permutation::two_sample(&[2.0, 2.0], &[2.0, 2.0], all).unwrap();
    close("tied", same.p_two_sided, 1.0, 1e-15);
}

#[test]
fn sampling_agrees_with_counting() {
    let (a, b) = ([5.1, 6.0, 4.4, 7.2, 5.5, 6.1], [4.0, 4.9, 5.2, 3.9, 5.0]);
    let exact = permutation::two_sample(&a, &b, Arrangements::default()).unwrap();
    let few = Arrangements { exact_up_to: 1, draws: 40_000, seed: 9 };
    let sampled = permutation::two_sample(&a, &b, few).unwrap();
    let se = (exact.p_two_sided / 40_000.0).sqrt();
    near("p", sampled.p_two_sided, exact.p_two_sided, 4.0 * se);
    let differences = [0.4, -0.1, 0.9, 0.3, 0.6, -0.2, 0.8];
    let exact = permutation::sign_flip(&differences, Arrangements::default()).unwrap();
    let sampled = permutation::sign_flip(&differences, few).unwrap();
    near("flip", sampled.p_greater, exact.p_greater, 4.0 * (exact.p_greater / 40_000.0).sqrt());
    assert!(sampled.p_two_sided > 0.0);
}

#[test]
fn permutation_does_not_depend_on_scale() {
    let table = csv("x13_tiny");
    let (a, b) = (table.numbers_of("y", "group", "x"), table.numbers_of("y", "group", "y"));
    let grow = |x: &[f64]| x.iter().map(|v| v * 1e9).collect::<Vec<_>>();
    let all = Arrangements::default();
    let small = permutation::two_sample(&a, &b, all).unwrap();
    let large = permutation::two_sample(&grow(&a), &grow(&b), all).unwrap();
    assert_eq!(small.p_two_sided, large.p_two_sided);
    assert_eq!(small.p_greater, large.p_greater);
    assert_eq!(small.arrangements, 3432);
}

#[test]
fn impossible_permutations_are_refused() {
    use StatisticsError as E;
    let all = Arrangements::default();
    let rows = vec![vec![1.0, 2.0], vec![2.0, 4.0]];
    assert!(matches!(permutation::two_sample(&[], &[1.0], all), Err(E::TooFew { .. })));
    assert!(matches!(permutation::sign_flip(&[1.0, f64::INFINITY], all), Err(E::NotFinite { index: 1, .. })));
    assert!(matches!(cluster_mass(&rows[..1], &rows, 0.05, all), Err(E::TooFew { .. })));
    assert!(matches!(cluster_mass(&rows, &rows, 0.0, all), Err(E::OutOfRange { .. })));
    let ragged = vec![vec![1.0, 2.0], vec![2.0]];
    assert!(matches!(cluster_mass(&rows, &ragged, 0.05, all), Err(E::LengthMismatch { expected: 2, found: 1, .. })));
    let flat = vec![vec![1.0, 3.0], vec![2.0, 3.0]];
    assert!(matches!(cluster_mass(&flat, &flat, 0.05, all), Err(E::Of { index: 1, .. })));
    let apart = vec![vec![1.0, 9.0], vec![2.0, 9.0]];
    assert!(matches!(cluster_mass(&flat, &apart, 0.05, all), Err(E::Of { index: 1, .. })));
    let none = Arrangements { exact_up_to: 1, draws: 0, seed: 0 };
    assert!(matches!(permutation::sign_flip(&[1.0, 2.0], none), Err(E::TooFew { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bootstrap_follows_shift_and_scale(
        a in prop::collection::vec(-5.0..5.0_f64, 3..9),
        b in prop::collection::vec(-5.0..5.0_f64, 3..9),
        shift in -100.0..100.0_f64,
        scale in 0.1..10.0_f64,
    ) {
        let change = |x: &[f64]| x.iter().map(|v| shift + scale * v).collect::<Vec<_>>();
        let plain = bootstrap::mean_difference(&a, &b, 200, 3).unwrap();
        let moved = bootstrap::mean_difference(&change(&a), &change(&b), 200, 3).unwrap();
        let (p, m) = (plain.percentile(0.9).unwrap(), moved.percentile(0.9).unwrap());
        let allowed = 1e-9 * (1.0 + shift.abs() + scale);
        prop_assert!((m.low - scale * p.low).abs() < allowed);
        prop_assert!((m.high - scale * p.high).abs() < allowed);
        prop_assert!((moved.acceleration() - plain.acceleration()).abs() < 1e-6);
    }

    #[test]
    fn permutation_p_does_not_depend_on_shift_scale_or_order(
        a in prop::collection::vec(-9..9_i32, 2..6),
        b in prop::collection::vec(-9..9_i32, 2..6),
        shift in -1000..1000_i32,
    ) {
        let plain = |x: &[i32]| x.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
        let change = |x: &[i32]| x.iter().rev().map(|v| f64::from(*v) * 0.1 + f64::from(shift)).collect::<Vec<_>>();
        let all = Arrangements::default();
        let first = permutation::two_sample(&plain(&a), &plain(&b), all).unwrap();
        let second = permutation::two_sample(&change(&a), &change(&b), all).unwrap();
        prop_assert_eq!(first.p_two_sided, second.p_two_sided);
        let swapped = permutation::two_sample(&plain(&b), &plain(&a), all).unwrap();
        prop_assert_eq!(first.p_greater, swapped.p_less);
    }
}

/// Coverage of bootstrap-t at 6 units a group, nominal 0.95; 1,500 experiments each.
#[test]
fn studentized_intervals_of_six_units_cover() {
    let normal = |stream: &mut statistics::random::Stream| statistics::dist::normal::quantile(stream.unit().max(1e-12));
    type Make = fn(f64, f64) -> f64;
    let kinds: [(&str, Make); 3] = [
        ("normal", |z, _| z),
        ("lognormal", |z, _| z.exp()),
        // Means of three slices of an animal, SD of animals and slices 1.
        ("nested", |z, e| z + e / 3.0_f64.sqrt()),
    ];
    for (kind, of) in kinds {
        let (mut studentized, mut bca, experiments) = (0.0, 0.0, 1500);
        for index in 0..experiments {
            let mut stream = statistics::random::Stream::new(4242, index);
            let mut group = || (0..6).map(|_| of(normal(&mut stream), normal(&mut stream))).collect::<Vec<f64>>();
            let (a, b) = (group(), group());
            let covers = |low: f64, high: f64| f64::from(u8::from(low <= 0.0 && high >= 0.0)) / experiments as f64;
            let own = bootstrap::studentized_difference(&a, &b, 999, index).unwrap().interval(0.95).unwrap();
            studentized += covers(own.low, own.high);
            let other = bootstrap::mean_difference(&a, &b, 999, index).unwrap().bca(0.95).unwrap();
            bca += covers(other.low, other.high);
        }
        println!("{kind}: bootstrap-t {studentized:.3}, BCa {bca:.3}");
        assert!((0.93..=0.98).contains(&studentized), "{kind}: {studentized}");
        assert!(bca < 0.92, "{kind}: {bca}");
    }
}

#[test]
fn studentized_intervals_follow_unit_and_order() {
    let (a, b) = ([3.0, 5.0, 6.0, 9.0, 12.0], [1.0, 2.0, 2.5, 7.0]);
    let ours = bootstrap::studentized_difference(&a, &b, 2000, 3).unwrap();
    near("difference", ours.estimate(), 7.0 - 3.125, 1e-14);
    let welch = statistics::two_sample::welch(&Sample::new(&a).unwrap(), &Sample::new(&b).unwrap(), 0.95).unwrap();
    close("standard error", ours.se(), welch.se, 1e-14);
    let interval = ours.interval(0.95).unwrap();
    let moved: Vec<f64> = a.iter().rev().map(|v| 10.0 * v + 1e4).collect();
    let other: Vec<f64> = b.iter().rev().map(|v| 10.0 * v + 1e4).collect();
    let scaled = bootstrap::studentized_difference(&moved, &other, 2000, 3).unwrap().interval(0.95).unwrap();
    close("low", scaled.low, 10.0 * interval.low, 1e-9);
    close("high", scaled.high, 10.0 * interval.high, 1e-9);
    // Three units are too few, and so is no variance.
    assert!(bootstrap::studentized_difference(&a, &[1.0, 2.0, 4.0], 200, 1).is_err());
    assert!(bootstrap::studentized_difference(&[2.0; 4], &[2.0; 5], 200, 1).is_err());
    assert!(bootstrap::studentized_mean(&[1.0, 4.0, 2.0, 7.0], 2000, 1).unwrap().interval(0.9).is_ok());
}
