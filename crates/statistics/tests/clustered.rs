//! Groups of clusters with variances of their own: against the mixed model of each
//! group, Welch's and the paired test, and the level under hypotheses that are true.
#![allow(clippy::unwrap_used)]

use statistics::clustered::{
    Assumed, ClusterMeans, Family, GroupMean, adjusted, combine, pointwise_level, simulate, simulate_within,
};
use statistics::design::Design;
use statistics::dist::student_t;
use statistics::mixed::{Method, MixedData, fit};
use statistics::permutation::{Arrangements, cluster_mass, cluster_mass_welch};
use statistics::power::Layout;
use statistics::random::Stream;
use statistics::{Comparison, DfMethod, Sample, StatisticsError, two_sample};

fn normal(stream: &mut Stream) -> f64 {
    statistics::dist::normal::quantile(stream.unit().max(1e-16))
}

fn close(found: f64, expected: f64, relative: f64, what: &str) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{what}: {found}, expected {expected}");
}

/// Clusters with these numbers of units.
fn clusters(sizes: &[usize], mean: f64, sd: (f64, f64), stream: &mut Stream) -> Vec<Vec<f64>> {
    sizes
        .iter()
        .map(|n| {
            let level = mean + sd.0 * normal(stream);
            (0..*n).map(|_| level + sd.1 * normal(stream)).collect()
        })
        .collect()
}

fn group(units: &[Vec<f64>]) -> GroupMean {
    GroupMean::of(&ClusterMeans::of_group(units).unwrap()).unwrap()
}

#[test]
fn unequal_clusters_give_the_mixed_model_of_their_group() {
    let mut compared = 0;
    for seed in 0..60 {
        let mut stream = Stream::new(11, seed);
        let units = clusters(&[1, 4, 2, 3, 5, 2, 1], 40.0, (9.0, 6.0), &mut stream);
        let found = group(&units);
        if found.at_zero {
            continue;
        }
        let response: Vec<f64> = units.concat();
        let labels: Vec<usize> = units.iter().enumerate().flat_map(|(j, u)| vec![j; u.len()]).collect();
        let design = Design::intercept(response.len()).unwrap();
        let model = fit(&MixedData::new(&response, &design, &labels), Method::Reml).unwrap();
        let c = model.contrast(&[1.0], DfMethod::Satterthwaite, 0.95).unwrap();
        close(found.mean, c.estimate, 1e-7, "mean");
        close(found.variance.sqrt(), c.se, 1e-6, "standard error");
        close(found.df, c.df, 1e-4, "degrees of freedom");
        close(found.between.sqrt(), model.sd_cluster, 1e-5, "SD between clusters");
        close(found.within.sqrt(), model.sd_residual, 1e-6, "SD within clusters");
        compared += 1;
    }
    assert!(compared > 40, "{compared} sets were compared");
}

#[test]
fn equal_clusters_give_welch_and_the_paired_test() {
    let mut stream = Stream::new(3, 1);
    for sd in [(0.0, 10.0), (6.0, 6.0), (12.0, 1.0)] {
        for _ in 0..20 {
            let (a, b) = (clusters(&[3; 5], 10.0, sd, &mut stream), clusters(&[2; 8], 0.0, (2.0, 3.0), &mut stream));
            let means = |units: &[Vec<f64>]| -> Vec<f64> {
                units.iter().map(|u| u.iter().sum::<f64>() / u.len() as f64).collect()
            };
            let c = combine(&[1.0, -1.0], &[group(&a), group(&b)], 0.95).unwrap();
            let welch =
                two_sample::welch(&Sample::new(&means(&a)).unwrap(), &Sample::new(&means(&b)).unwrap(), 0.95).unwrap();
            close(c.estimate, welch.estimate, 1e-11, "difference");
            close(c.se, welch.se, 1e-11, "standard error");
            close(c.df, welch.df, 1e-10, "degrees of freedom");
            close(c.p, welch.p, 1e-9, "p");
            let second = clusters(&[3; 5], 4.0, sd, &mut stream);
            let rows: Vec<Vec<&[f64]>> = a.iter().zip(&second).map(|(x, y)| vec![x.as_slice(), y]).collect();
            let inside = GroupMean::of(&ClusterMeans::inside(&rows, &[-1.0, 1.0]).unwrap()).unwrap();
            let c = combine(&[1.0], &[inside], 0.95).unwrap();
            let paired = two_sample::paired(&means(&a), &means(&second), 0.95).unwrap();
            close(c.estimate, paired.estimate, 1e-10, "mean difference");
            close(c.se, paired.se, 1e-11, "standard error");
            assert_eq!(c.df, 4.0);
        }
    }
}

#[test]
fn a_table_within_animals_has_its_right_value() {
    // within_animal.csv of 2026-11: random animal and animal:condition give SE 5.77318,
    // t(4), p 0.169592, interval −25.69 to 6.37.
    let text = include_str!("data/within_animal.csv");
    let mut rows: Vec<[Vec<f64>; 2]> = vec![Default::default(); 5];
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let animal: usize = cells[1][1..].parse().unwrap();
        rows[animal - 1][usize::from(cells[0] == "drg")].push(cells[3].parse().unwrap());
    }
    let rows: Vec<Vec<&[f64]>> = rows.iter().map(|pair| pair.iter().map(Vec::as_slice).collect()).collect();
    let mean = GroupMean::of(&ClusterMeans::inside(&rows, &[-1.0, 1.0]).unwrap()).unwrap();
    let c = combine(&[1.0], &[mean], 0.95).unwrap();
    close(c.se, 5.77318, 3e-6, "standard error");
    assert_eq!(c.df, 4.0);
    close(c.p, 0.169592, 1e-5, "p");
    close(c.ci_low, -25.69, 1e-3, "lower limit");
    close(c.ci_high, 6.37, 1e-3, "upper limit");
}

#[test]
fn clusters_in_another_order_or_shifted_give_the_same() {
    let mut stream = Stream::new(5, 2);
    for sd in [(0.0, 8.0), (8.0, 8.0)] {
        let units = clusters(&[1, 4, 2, 3], 20.0, sd, &mut stream);
        let mut other = units.clone();
        other.reverse();
        let shifted: Vec<Vec<f64>> = units.iter().map(|u| u.iter().map(|v| v + 1000.0).collect()).collect();
        let found = group(&units);
        for (again, by) in [(group(&other), 0.0), (group(&shifted), 1000.0)] {
            close(again.mean - by, found.mean, 1e-9, "mean");
            close(again.variance, found.variance, 1e-7, "variance");
            close(again.df, found.df, 1e-6, "degrees of freedom");
        }
    }
}

/// Share of 4,000 experiments without an effect that are told as one.
fn level(first: &[usize], second: &[usize], sd: [(f64, f64); 2], seed: u64) -> f64 {
    let layout = Layout { first: first.to_vec(), second: second.to_vec() };
    let assumed = Assumed {
        effect: 0.0,
        sd_cluster: [sd[0].0, sd[1].0],
        sd_unit: [sd[0].1, sd[1].1],
        alpha: 0.05,
        replicates: 4000,
        seed,
    };
    simulate(&layout, &assumed).unwrap().power
}

/// 4,000 experiments have a standard error of 0.0034 at 0.05.
#[test]
fn the_level_is_kept_between_clusters() {
    let (like, three) = ((6.0, 6.0), (18.0, 18.0));
    for (what, found, most) in [
        ("8 v 4, the small group three times as variable", level(&[2; 8], &[2; 4], [like, three], 1), 0.065),
        ("8 v 4, the large group three times as variable", level(&[2; 8], &[2; 4], [three, like], 2), 0.065),
        ("equal", level(&[3; 6], &[3; 6], [like, like], 3), 0.06),
        ("ICC 0, equal", level(&[3; 6], &[3; 6], [(0.0, 10.0); 2], 4), 0.06),
        ("ICC 0, unequal", level(&[1, 2, 3, 4, 2], &[4, 1, 2, 3, 1, 3], [(0.0, 10.0); 2], 5), 0.065),
        ("ICC 0.5, unequal", level(&[1, 2, 3, 4, 2], &[4, 1, 2, 3, 1, 3], [(7.0, 7.0); 2], 6), 0.065),
        ("ICC 0.2, unequal", level(&[1, 2, 3, 4, 2], &[4, 1, 2, 3, 1, 3], [(4.0, 8.0); 2], 7), 0.065),
        ("ICC 0.9, unequal", level(&[1, 2, 3, 4, 2], &[4, 1, 2, 3, 1, 3], [(9.0, 3.0); 2], 8), 0.065),
        ("three animals, ICC 0", level(&[1, 2, 4], &[3, 1, 2], [(0.0, 8.0); 2], 9), 0.065),
        ("three animals, ICC 0.5", level(&[1, 2, 4], &[3, 1, 2], [(8.0, 8.0); 2], 10), 0.065),
        ("three animals, one of six slices", level(&[1, 1, 6], &[6, 1, 1], [(4.0, 8.0); 2], 11), 0.065),
    ] {
        eprintln!("{what}: {found}");
        assert!(found <= most && found >= 0.025, "{what}: {found}");
    }
}

#[test]
fn the_level_is_kept_inside_clusters() {
    for (what, layout, sd_effect, seed) in [
        ("6 animals x 2 x 3", vec![[3, 3]; 6], 8.0 * 2f64.sqrt(), 1),
        ("6 animals x 2 x 3, the same effect in all", vec![[3, 3]; 6], 0.0, 2),
        ("unequal", vec![[1, 3], [2, 2], [3, 1], [1, 1], [4, 2], [2, 3]], 8.0, 3),
        ("unequal, the same effect in all", vec![[1, 3], [2, 2], [3, 1], [1, 1], [4, 2], [2, 3]], 0.0, 4),
    ] {
        let assumed =
            Assumed { effect: 0.0, sd_cluster: [sd_effect; 2], sd_unit: [8.0; 2], alpha: 0.05, replicates: 4000, seed };
        let found = simulate_within(&layout, &assumed).unwrap().power;
        eprintln!("{what}: {found}");
        assert!((0.035..=0.06).contains(&found), "{what}: {found}");
    }
}

#[test]
fn adjusted_limits_leave_out_zero_where_the_adjusted_p_is_small_and_there_only() {
    let mut stream = Stream::new(17, 4);
    let (mut small, mut large) = (0, 0);
    for _ in 0..150 {
        let families = 2 + stream.below(3);
        let single: Vec<Comparison> = (0..families)
            .map(|_| {
                let df = 2.0 + 12.0 * stream.unit();
                Comparison::from_t(2.6 * normal(&mut stream), 1.0, df, 0.95, DfMethod::Satterthwaite)
            })
            .collect();
        let correlation: Vec<Vec<f64>> =
            (0..families).map(|i| (0..families).map(|j| if i == j { 1.0 } else { 0.5 }).collect()).collect();
        for family in [Family::Alone, Family::Holm, Family::Largest(&correlation)] {
            for c in adjusted(&single, family).unwrap() {
                let outside = c.ci_low_adjusted > 0.0 || c.ci_high_adjusted < 0.0;
                assert_eq!(outside, c.p_adjusted < 0.05, "{family:?}: {c:?}");
                let alone = c.comparison;
                assert!(c.p_adjusted >= alone.p && c.ci_low_adjusted <= alone.ci_low + 1e-9);
                let level = pointwise_level(&c);
                let critical = student_t::quantile_upper(0.5 * (1.0 - level), alone.df);
                close(alone.estimate + critical * alone.se, c.ci_high_adjusted, 1e-6, "the level alone");
                *(if outside { &mut small } else { &mut large }) += 1;
            }
        }
    }
    assert!(small > 100 && large > 100, "{small} and {large}");
}

#[test]
fn holm_steps_are_those_of_the_book() {
    // Four comparisons at 4, 3, 2, 2 of them left: the third is not rejected.
    let from_p =
        |p: f64| Comparison::from_t(student_t::quantile_upper(0.5 * p, 10.0), 1.0, 10.0, 0.95, DfMethod::Residual);
    let single: Vec<Comparison> = [0.04, 0.001, 0.03, 0.012].map(from_p).to_vec();
    let found = adjusted(&single, Family::Holm).unwrap();
    for (c, expected) in found.iter().zip([0.06, 0.004, 0.06, 0.036]) {
        close(c.p_adjusted, expected, 1e-9, "Holm's p");
    }
    for (c, left) in found.iter().zip([2.0, 4.0, 2.0, 3.0]) {
        close(pointwise_level(c), 1.0 - 0.05 / left, 1e-9, "level of the step");
    }
}

#[test]
fn what_cannot_be_estimated_is_refused() {
    let few = ClusterMeans::of_group(&[vec![1.0, 2.0]]);
    assert!(matches!(few, Err(StatisticsError::TooFew { found: 1, needed: 2, .. })));
    assert!(ClusterMeans::of_group(&[vec![1.0], vec![]]).is_err());
    assert!(ClusterMeans::of_group(&[vec![1.0], vec![f64::NAN]]).is_err());
    let alike = ClusterMeans::of_group(&[vec![1.0, 3.0], vec![2.0, 2.0]]).unwrap();
    assert!(matches!(GroupMean::of(&alike), Err(StatisticsError::ZeroVariance { .. })));
    assert!(combine(&[1.0], &[], 0.95).is_err());
    assert!(adjusted(&[], Family::Holm).is_err());
}

/// Curves of animals that keep their own level at every point.
fn curves(animals: usize, sd: f64, stream: &mut Stream) -> Vec<Vec<f64>> {
    (0..animals)
        .map(|_| {
            let level = sd * normal(stream);
            (0..6).map(|_| level + 0.5 * sd * normal(stream)).collect()
        })
        .collect()
}

#[test]
fn time_courses_of_groups_that_vary_unlike_come_near_their_level() {
    let rounds = 500;
    let (mut welch, mut student) = (0, 0);
    for round in 0..rounds {
        let mut stream = Stream::new(31, round);
        let (a, b) = (curves(8, 1.0, &mut stream), curves(4, 3.0, &mut stream));
        let told = |found: statistics::permutation::ClusterMass| found.clusters.iter().any(|c| c.p < 0.05);
        let own = cluster_mass_welch(&a, &b, 0.05, Arrangements::default()).unwrap();
        let at = |rows: &[Vec<f64>]| Sample::new(&rows.iter().map(|r| r[2]).collect::<Vec<_>>()).unwrap();
        let one = two_sample::welch(&at(&a), &at(&b), 0.95).unwrap();
        let score = statistics::dist::normal::quantile_upper(0.5 * one.p).copysign(one.statistic);
        assert!(
            (own.t[2] - score).abs() < 0.03 * score.abs().max(1.0),
            "normal score of Welch's t: {} and {score}",
            own.t[2]
        );
        welch += usize::from(told(own));
        student += usize::from(told(cluster_mass(&a, &b, 0.05, Arrangements::default()).unwrap()));
    }
    let share = |count: usize| count as f64 / rounds as f64;
    // Neither keeps 0.05 in such small groups, and docs/statistics.md gives both shares: these
    // bounds hold what stands there, with three standard errors of 500 experiments.
    assert!((share(welch) - 0.09).abs() <= 0.04, "{}", share(welch));
    assert!((share(student) - 0.23).abs() <= 0.06, "{}", share(student));
}
