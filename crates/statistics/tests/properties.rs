//! Properties that hold for any data, and refusals of the mixed model.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit, nested_anova};
use statistics::{DfMethod, Sample, StatisticsError, rank, two_sample};

/// Values with one decimal, so shifts by whole numbers are exact enough.
fn values(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-500_i32..500, n).prop_map(|v| v.into_iter().map(|x| f64::from(x) / 10.0).collect())
}

fn spread(v: &[f64]) -> bool {
    v.iter().any(|x| (x - v[0]).abs() > 0.05)
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + a.abs().max(b.abs()))
}

/// Clusters of 1, 2, 3, 1, … units in two groups.
fn layout(clusters: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut cluster, mut group) = (Vec::new(), Vec::new());
    for c in 0..clusters {
        for _ in 0..=(c % 3) {
            cluster.push(c);
            group.push(c % 2);
        }
    }
    (cluster, group)
}

fn model(y: &[f64], cluster: &[usize], group: &[usize]) -> MixedFit {
    let design = Design::treatment(group, &["a", "b"]).unwrap();
    fit(&MixedData::new(y, &design, cluster), Method::Reml).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t_tests_ignore_shift_and_scale(a in values(7), b in values(9), shift in -1000_i32..1000, scale in 1_u32..200) {
        prop_assume!(spread(&a) && spread(&b));
        let (shift, scale) = (f64::from(shift), f64::from(scale) / 8.0);
        let moved = |v: &[f64]| Sample::new(&v.iter().map(|x| x * scale + shift).collect::<Vec<_>>()).unwrap();
        let (x, y) = (Sample::new(&a).unwrap(), Sample::new(&b).unwrap());
        for test in [two_sample::student, two_sample::welch] {
            let (here, there) = (test(&x, &y, 0.9).unwrap(), test(&moved(&a), &moved(&b), 0.9).unwrap());
            prop_assert!(near(here.statistic, there.statistic, 1e-9));
            prop_assert!(near(here.df, there.df, 1e-9));
            prop_assert!(near(here.ci_low * scale, there.ci_low, 1e-8));
            let turned = test(&y, &x, 0.9).unwrap();
            prop_assert!(near(turned.statistic, -here.statistic, 1e-9));
        }
    }

    #[test]
    fn rank_tests_see_order_only(a in values(6), b in values(8)) {
        let bend = |v: &[f64]| Sample::new(&v.iter().map(|x| (x / 20.0).exp()).collect::<Vec<_>>()).unwrap();
        let (x, y) = (Sample::new(&a).unwrap(), Sample::new(&b).unwrap());
        let here = rank::mann_whitney_exact(&x, &y).unwrap();
        prop_assert_eq!(here, rank::mann_whitney_exact(&bend(&a), &bend(&b)).unwrap());
        let turned = rank::mann_whitney_exact(&y, &x).unwrap();
        prop_assert!((here.p - turned.p).abs() < 1e-12);
        prop_assert!((here.p_less - turned.p_greater).abs() < 1e-12);
        prop_assert_eq!(here.statistic + turned.statistic, 48.0);
    }

    #[test]
    fn exact_p_counts_all_arrangements(a in values(3), b in values(4)) {
        let all: Vec<f64> = a.iter().chain(&b).copied().collect();
        let (x, y) = (Sample::new(&a).unwrap(), Sample::new(&b).unwrap());
        let ours = rank::mann_whitney_exact(&x, &y).unwrap();
        let (ranks, _) = rank::midranks(&all);
        let observed: f64 = ranks[..3].iter().sum();
        let (mut hits, mut total) = (0, 0);
        for i in 0..7 { for j in i + 1..7 { for k in j + 1..7 {
            total += 1;
            let sum = ranks[i] + ranks[j] + ranks[k];
            hits += i32::from((sum - 12.0).abs() >= (observed - 12.0).abs() - 1e-9);
        } } }
        prop_assert!((ours.p - f64::from(hits) / f64::from(total)).abs() < 1e-12);
    }

    #[test]
    fn mixed_model_ignores_order_shift_and_scale(y in values(22), turn in 1_usize..21, shift in -1000_i32..1000) {
        let (cluster, group) = layout(11);
        prop_assert_eq!(cluster.len(), 21);
        let y = &y[..21];
        prop_assume!(spread(y));
        let here = model(y, &cluster, &group);
        prop_assume!(here.health.curvature_positive || here.singular);
        let rotate = |v: &[usize]| { let mut v = v.to_vec(); v.rotate_left(turn); v };
        let mut turned = y.to_vec();
        turned.rotate_left(turn);
        let there = model(&turned, &rotate(&cluster), &rotate(&group));
        let moved: Vec<f64> = y.iter().map(|v| 4.0 * v + f64::from(shift)).collect();
        let scaled = model(&moved, &cluster, &group);
        for df in [DfMethod::KenwardRoger, DfMethod::Satterthwaite] {
            let c = here.contrast(&[0.0, 1.0], df, 0.95).unwrap();
            let d = there.contrast(&[0.0, 1.0], df, 0.95).unwrap();
            let e = scaled.contrast(&[0.0, 1.0], df, 0.95).unwrap();
            prop_assert!(near(c.estimate, d.estimate, 1e-7) && near(c.df, d.df, 1e-5), "{c:?} {d:?}");
            prop_assert!(near(4.0 * c.estimate, e.estimate, 1e-7) && near(c.df, e.df, 1e-5), "{c:?} {e:?}");
            prop_assert!(near(c.p, e.p, 1e-5));
        }
    }

    #[test]
    fn balanced_reml_equals_the_anova_estimators_and_the_test_of_cluster_means(y in values(24)) {
        // 8 clusters of 3 units, 4 clusters a group.
        let cluster: Vec<usize> = (0..24).map(|i| i / 3).collect();
        let group: Vec<usize> = cluster.iter().map(|c| c % 2).collect();
        let moments = nested_anova(&y, &cluster, Some(&group), 0.95);
        prop_assume!(moments.is_ok());
        let moments = moments.unwrap();
        prop_assume!(moments.variance_cluster > 0.01);
        let ours = model(&y, &cluster, &group);
        prop_assert!(near(ours.sd_cluster.powi(2), moments.variance_cluster, 1e-7));
        prop_assert!(near(ours.sd_residual.powi(2), moments.ms_within, 1e-7));
        let means: Vec<f64> = (0..8).map(|c| y[3 * c..3 * c + 3].iter().sum::<f64>() / 3.0).collect();
        let part = |g: usize| Sample::new(&means.iter().enumerate().filter(|(c, _)| c % 2 == g).map(|(_, m)| *m).collect::<Vec<_>>()).unwrap();
        let t = two_sample::student(&part(1), &part(0), 0.95).unwrap();
        for df in [DfMethod::KenwardRoger, DfMethod::Satterthwaite] {
            let c = ours.contrast(&[0.0, 1.0], df, 0.95).unwrap();
            prop_assert!(near(c.statistic, t.statistic, 1e-6), "{c:?} {t:?}");
            prop_assert!(near(c.df, 6.0, 1e-5), "{c:?}");
        }
    }

    #[test]
    fn adjusted_p_is_ordered(p in prop::collection::vec(0.0_f64..=1.0, 1..9)) {
        let of = |m| adjust(&p, m).unwrap();
        let (bonferroni, holm, hochberg, hommel) = (of(Adjustment::Bonferroni), of(Adjustment::Holm), of(Adjustment::Hochberg), of(Adjustment::Hommel));
        let (bh, by) = (of(Adjustment::BenjaminiHochberg), of(Adjustment::BenjaminiYekutieli));
        for i in 0..p.len() {
            let order = [bonferroni[i], holm[i], hochberg[i], hommel[i], bh[i], p[i]];
            prop_assert!(order.windows(2).all(|w| w[0] >= w[1] - 1e-15), "{order:?}");
            prop_assert!(by[i] >= bh[i] - 1e-15 && by[i] <= 1.0);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn families_are_between_single_and_bonferroni(a in values(5), b in values(6), c in values(4), d in values(7)) {
        let groups: Vec<Sample> = [a, b, c, d].iter().map(|v| Sample::new(v).unwrap()).collect();
        prop_assume!(groups.iter().all(|g| !g.is_constant()));
        for one in contrasts::dunnett_samples(&groups, 0, 0.95).unwrap() {
            prop_assert!(one.p_adjusted >= one.comparison.p - 1e-10);
            prop_assert!(one.p_adjusted <= 3.0 * one.comparison.p + 1e-10);
            prop_assert_eq!(one.p_adjusted < 0.05, one.ci_low_adjusted > 0.0 || one.ci_high_adjusted < 0.0);
        }
        for pair in contrasts::tukey_samples(&groups, 0.95).unwrap() {
            let one = pair.adjusted;
            prop_assert!(one.p_adjusted >= one.comparison.p - 1e-10);
            prop_assert!(one.p_adjusted <= 6.0 * one.comparison.p + 1e-10);
        }
    }
}

fn refusal(y: &[f64], cluster: &[usize], design: &Design) -> StatisticsError {
    fit(&MixedData::new(y, design, cluster), Method::Reml).unwrap_err()
}

#[test]
fn impossible_mixed_models_are_refused_with_the_reason() {
    use StatisticsError as E;
    let y = [1.0, 2.0, 4.0, 3.0, 7.0, 5.0];
    let two = Design::treatment(&[0, 0, 0, 1, 1, 1], &["a", "b"]).unwrap();
    let pairs = [0, 0, 1, 2, 2, 3];
    assert!(matches!(refusal(&y, &[0, 1, 2, 3, 4, 5], &two), E::ClustersOfOne));
    assert!(matches!(refusal(&y, &[0; 6], &two), E::TooFew { found: 1, needed: 2, .. }));
    assert!(matches!(refusal(&y[..5], &pairs, &two), E::LengthMismatch { expected: 6, found: 5, .. }));
    assert!(matches!(refusal(&[1.0, 2.0, f64::NAN, 3.0, 7.0, 5.0], &pairs, &two), E::NotFinite { index: 2, .. }));
    assert!(matches!(refusal(&[3.0; 6], &pairs, &two), E::ZeroVariance { .. }));
    // Units of a cluster identical: no residual variance.
    assert!(matches!(refusal(&[1.0, 1.0, 4.0, 3.0, 3.0, 5.0], &pairs, &two), E::ZeroVariance { .. }));
    let double = two.clone().with_column("twice", &[0.0, 0.0, 0.0, 2.0, 2.0, 2.0]).unwrap();
    assert!(matches!(refusal(&y, &pairs, &double), E::RankDeficient { column: 2, .. }));
    assert!(matches!(Design::treatment(&[0, 0], &["a"]), Err(E::OneLevel { .. })));
    assert!(matches!(Design::treatment(&[0, 0], &["a", "b"]), Err(E::EmptyLevel { level: 1, .. })));
    assert!(matches!(Design::treatment(&[0, 2], &["a", "b"]), Err(E::OutOfRange { .. })));
    let anova = nested_anova(&y, &[0, 0, 0, 1, 1, 1], Some(&[0, 0, 1, 1, 1, 1]), 0.95);
    assert!(matches!(anova, Err(E::ClusterInTwoGroups { cluster: 0, first: 0, second: 1 })));
    let nested = [0, 1, 2, 3, 4, 5];
    let data = MixedData::new(&y, &two, &pairs);
    assert!(matches!(fit(&data.clone().with_nested(&nested), Method::Reml), Err(E::ClustersOfOne)));
    assert!(matches!(fit(&data.clone().with_nested(&[0; 6]), Method::Reml), Err(E::Undefined { .. })));
    let slope = [2.0; 6];
    assert!(matches!(fit(&data.clone().with_slope(&slope), Method::Reml), Err(E::ZeroVariance { .. })));
    let time = [0.0, 0.0, 0.0, 0.0, 1.0, 0.0];
    assert!(matches!(fit(&data.clone().with_autoregression(&time), Method::Reml), Err(E::Undefined { .. })));
}

#[test]
fn contrasts_are_checked() {
    let y = [1.0, 2.0, 4.0, 3.0, 7.0, 5.0, 2.0, 2.5];
    let group = [0, 0, 0, 0, 1, 1, 1, 1];
    let cluster = [0, 0, 1, 1, 2, 2, 3, 3];
    let design = Design::treatment(&group, &["a", "b"]).unwrap();
    let data = MixedData::new(&y, &design, &cluster);
    let reml = fit(&data, Method::Reml).unwrap();
    let kr = DfMethod::KenwardRoger;
    assert!(matches!(reml.contrast(&[1.0], kr, 0.95), Err(StatisticsError::LengthMismatch { .. })));
    assert!(matches!(reml.contrast(&[0.0, 0.0], kr, 0.95), Err(StatisticsError::Undefined { .. })));
    assert!(matches!(reml.contrast(&[0.0, 1.0], kr, 1.5), Err(StatisticsError::OutOfRange { .. })));
    let same = vec![vec![0.0, 1.0], vec![0.0, 2.0]];
    assert!(matches!(reml.f_test(&same, kr), Err(StatisticsError::Undefined { .. })));
    let ml = fit(&data, Method::Ml).unwrap();
    assert!(matches!(ml.contrast(&[0.0, 1.0], kr, 0.95), Err(StatisticsError::Undefined { .. })));
    assert!(ml.contrast(&[0.0, 1.0], DfMethod::Normal, 0.95).unwrap().df.is_infinite());
}

#[test]
fn constant_column_zero_is_rank_deficient() {
    let y = [1.0, 2.0, 4.0, 3.0];
    let design = Design::intercept(4).unwrap().with_column("zero", &[0.0; 4]).unwrap();
    let error = fit(&MixedData::new(&y, &design, &[0, 0, 1, 1]), Method::Reml).unwrap_err();
    assert!(matches!(error, StatisticsError::RankDeficient { column: 1, .. }));
    assert!(error.to_string().contains("zero"));
}

#[test]
fn a_design_that_leaves_no_free_cluster_is_refused() {
    // One cluster in each group: the group difference and the clusters are one thing.
    let y = [1.0, 2.0, 4.0, 3.0, 7.0, 5.0];
    let design = Design::treatment(&[0, 0, 0, 1, 1, 1], &["a", "b"]).unwrap();
    let error = fit(&MixedData::new(&y, &design, &[0, 0, 0, 1, 1, 1]), Method::Reml).unwrap_err();
    assert!(matches!(error, StatisticsError::Undefined { .. }), "{error}");
}

#[test]
fn tiny_residuals_beside_large_clusters_keep_their_digits() {
    // Residual SD a millionth of the cluster SD: balanced, so the moments are exact.
    let level = [0.0, 3e3, -4e3, 5e3, 1e3, -2e3, 7e3, -6e3];
    let noise = [1.0, -2.0, 1.0, 2.0, -1.0, -1.0, 0.5, 0.5, -1.0, 1.5, -1.0, -0.5];
    let cluster: Vec<usize> = (0..24).map(|i| i / 3).collect();
    let group: Vec<usize> = cluster.iter().map(|c| c % 2).collect();
    let y: Vec<f64> = (0..24).map(|i| level[i / 3] + 1e-3 * noise[i % 12]).collect();
    let ours = model(&y, &cluster, &group);
    let moments = nested_anova(&y, &cluster, Some(&group), 0.95).unwrap();
    assert!(ours.converged);
    assert!(near(ours.sd_cluster.powi(2) / moments.variance_cluster, 1.0, 1e-8));
    assert!((ours.sd_residual.powi(2) / moments.ms_within - 1.0).abs() < 1e-6);
    let c = ours.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    assert!(near(c.df, 6.0, 1e-6), "{c:?}");
}
