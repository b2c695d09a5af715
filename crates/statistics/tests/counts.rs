//! Mixed models of counts and proportions against lme4, and against brute force.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod reference;

use reference::{Csv, close, near};
use statistics::StatisticsError;
use statistics::design::Design;
use statistics::dist::normal;
use statistics::glmm::{CountData, CountFit, Family, Quadrature, fit, likelihood_ratio};
use statistics::random::Stream;

fn cbpp() -> Csv {
    Csv::parse(include_str!("published/cbpp.csv"))
}

fn labels(values: &[f64]) -> Vec<usize> {
    values.iter().map(|v| *v as usize).collect()
}

fn period_design(periods: &[f64]) -> Design {
    let level: Vec<usize> = periods.iter().map(|p| *p as usize - 1).collect();
    Design::treatment(&level, &["1", "2", "3", "4"]).unwrap()
}

fn fit_cbpp(design: &Design, quadrature: Quadrature, nested: Option<&[usize]>) -> CountFit {
    let table = cbpp();
    let (counts, size) = (table.numbers("incidence"), table.numbers("size"));
    let cluster = labels(&table.numbers("herd"));
    let data = CountData {
        family: Family::Binomial,
        counts: &counts,
        size: Some(&size),
        fixed: design,
        cluster: &cluster,
        nested,
    };
    fit(&data, quadrature).unwrap()
}

/// `glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, binomial, nAGQ = k)`
/// of lme4. k = 1: estimates and deviance 184.0531 as in the tests of lme4pureR and glmmTMB; k = 7 and 11 as
/// frozen in a public comparison with lme4.
#[test]
fn cattle_disease_matches_lme4() {
    let design = period_design(&cbpp().numbers("period"));
    // lme4 stops within its tolerance: at its estimates −2 ln L is 1e-5 above the minimum.
    for (quadrature, beta, sd, within) in [
        (Quadrature::Laplace, [-1.398_342_9, -0.991_925_0, -1.128_216_2, -1.579_745_4], 0.642_069_9, 6e-4),
        (Quadrature::Nodes(7), [-1.399_235_1, -0.991_393_6, -1.127_821_4, -1.579_473_0], 0.647_518_7, 2e-5),
        (Quadrature::Nodes(11), [-1.399_219_4, -0.991_408_7, -1.127_812_8, -1.579_487_8], 0.647_517_9, 2e-5),
    ] {
        let ours = fit_cbpp(&design, quadrature, None);
        for (k, value) in beta.iter().enumerate() {
            near(&format!("{quadrature:?} coefficient {k}"), ours.coefficients[k], *value, within);
        }
        near(&format!("{quadrature:?} SD"), ours.sd_cluster, sd, within);
    }
    let laplace = fit_cbpp(&design, Quadrature::Laplace, None);
    near("deviance", laplace.deviance, 184.0531, 1e-3);
    near("AIC", laplace.aic(), 194.0531, 1e-3);
    // The minimum itself, by dense matrices in numpy.
    near("deviance", laplace.deviance, 184.052_563_729_5, 1e-8);
    for (k, (value, se)) in
        [(-1.398_532, 0.232_472), (-0.992_333, 0.306_642), (-1.128_672, 0.326_638), (-1.580_314, 0.427_437)]
            .into_iter()
            .enumerate()
    {
        near("coefficient", laplace.coefficients[k], value, 2e-6);
        near("standard error", laplace.se(k), se, 1e-5);
    }
}

/// The likelihood summed over 3001 even places of the random effect and minimised by the
/// Nelder–Mead search of scipy, standard errors from its second differences: no quadrature
/// rule, no modes, no gradient in common with the program.
#[test]
fn integrals_agree_with_brute_force() {
    let design = period_design(&cbpp().numbers("period"));
    let ours = fit_cbpp(&design, Quadrature::Nodes(25), None);
    near("deviance", ours.deviance, 183.966_738_074_6, 1e-8);
    near("SD", ours.sd_cluster, 0.647_518_5, 2e-6);
    for (k, (value, se)) in
        [(-1.399_230, 0.233_512), (-0.991_404, 0.306_768), (-1.127_820, 0.326_768), (-1.579_471, 0.427_594)]
            .into_iter()
            .enumerate()
    {
        near("coefficient", ours.coefficients[k], value, 3e-6);
        near("standard error", ours.se(k), se, 5e-6);
    }
    let reduced = fit_cbpp(&Design::intercept(56).unwrap(), Quadrature::Nodes(25), None);
    let test = likelihood_ratio(&ours, &reduced).unwrap();
    near("likelihood ratio", test.statistic, 209.517_743_852_8 - 183.966_738_074_6, 1e-7);
    assert_eq!(test.df, 3.0);
}

/// Laplace's approximation with dense matrices in numpy, herds and observations in them.
#[test]
fn nested_effects_agree_with_dense_matrices() {
    let design = period_design(&cbpp().numbers("period"));
    let observation: Vec<usize> = (0..56).collect();
    let ours = fit_cbpp(&design, Quadrature::Laplace, Some(&observation));
    near("deviance", ours.deviance, 174.638_311_082_9, 1e-7);
    near("SD of herds", ours.sd_cluster, 0.183_947, 2e-5);
    near("SD of observations", ours.sd_nested.unwrap(), 0.891_078, 1e-5);
    for (k, (value, se)) in
        [(-1.500_292, 0.296_713), (-1.226_509, 0.480_312), (-1.328_840, 0.493_921), (-1.866_265, 0.593_612)]
            .into_iter()
            .enumerate()
    {
        near("coefficient", ours.coefficients[k], value, 1e-5);
        near("standard error", ours.se(k), se, 1e-4);
    }
}

/// As the brute force above: Poisson and negative binomial (θ = 7.18274).
#[test]
fn seizures_agree_with_brute_force() {
    let table = Csv::parse(include_str!("published/epil.csv"));
    let counts = table.numbers("y");
    let treated: Vec<f64> = table.text("trt").iter().map(|t| f64::from(u8::from(t == "progabide"))).collect();
    let log: Vec<f64> = table.numbers("base").iter().map(|b| (b / 4.0).ln()).collect();
    let mean = log.iter().sum::<f64>() / log.len() as f64;
    let centred: Vec<f64> = log.iter().map(|v| v - mean).collect();
    let design =
        Design::from_columns(&[("intercept", vec![1.0; 236]), ("progabide", treated), ("log base", centred)]).unwrap();
    let cluster = labels(&table.numbers("subject"));
    let fitted = |family| {
        let data = CountData { family, counts: &counts, size: None, fixed: &design, cluster: &cluster, nested: None };
        fit(&data, Quadrature::Nodes(30)).unwrap()
    };
    let poisson = fitted(Family::Poisson);
    near("deviance", poisson.deviance, 1_343.198_522_0, 1e-6);
    near("SD", poisson.sd_cluster, 0.524_989_7, 3e-6);
    for (k, (value, se)) in
        [(1.804_053_6, 0.108_334_3), (-0.335_540_2, 0.151_723_9), (1.011_104_0, 0.101_193_9)].into_iter().enumerate()
    {
        near("Poisson", poisson.coefficients[k], value, 3e-6);
        near("Poisson error", poisson.se(k), se, 5e-6);
    }
    assert!(poisson.dispersion > 1.5, "{}", poisson.dispersion);
    let negative = fitted(Family::NegativeBinomial);
    near("deviance", negative.deviance, 1_255.262_684_3, 1e-6);
    close("theta", negative.theta.unwrap(), 7.182_744, 2e-5);
    near("SD", negative.sd_cluster, 0.490_605_6, 3e-6);
    for (k, (value, se)) in
        [(1.821_016_4, 0.108_458_9), (-0.334_730_6, 0.151_795_9), (1.011_380_9, 0.101_139_8)].into_iter().enumerate()
    {
        near("negative binomial", negative.coefficients[k], value, 3e-6);
        near("negative binomial error", negative.se(k), se, 2e-5);
    }
    // Between patients: 59 of them, three columns.
    assert_eq!(poisson.degrees_of_freedom(&[0.0, 1.0, 0.0]), 56.0);
}

/// Counts of animals: two groups, each animal with its own rate.
fn simulated(
    stream: &mut Stream,
    animals: usize,
    slices: usize,
    mean: f64,
    sd: f64,
) -> (Vec<f64>, Vec<usize>, Vec<usize>) {
    let (mut counts, mut group, mut animal) = (Vec::new(), Vec::new(), Vec::new());
    for a in 0..2 * animals {
        let rate = mean * (sd * normal::quantile(stream.unit().max(1e-12))).exp();
        for _ in 0..slices {
            // By inversion.
            let (mut left, mut count, mut p) = (stream.unit(), 0.0, (-rate).exp());
            while left > p && count < 1e4 {
                left -= p;
                count += 1.0;
                p *= rate / count;
            }
            counts.push(count);
            group.push(a / animals);
            animal.push(a);
        }
    }
    (counts, group, animal)
}

/// Two-sided level 0.05 with 6 animals of 3 slices in each group; z, as lme4 prints it,
/// would reject more often.
#[test]
fn counts_of_few_animals_keep_their_level() {
    let (mut rejected, mut by_z, mut covered, total) = (0.0, 0.0, 0.0, 500.0);
    for index in 0..500 {
        let (counts, group, animal) = simulated(&mut Stream::new(77, index), 6, 3, 6.0, 0.4);
        let design = Design::treatment(&group, &["control", "drug"]).unwrap();
        let data = CountData {
            family: Family::Poisson,
            counts: &counts,
            size: None,
            fixed: &design,
            cluster: &animal,
            nested: None,
        };
        let ours = fit(&data, Quadrature::Nodes(9)).unwrap().contrast(&[0.0, 1.0], 0.95).unwrap();
        assert_eq!(ours.df, 10.0);
        rejected += f64::from(u8::from(ours.p < 0.05)) / total;
        by_z += f64::from(u8::from(normal::two_sided(ours.statistic) < 0.05)) / total;
        covered += f64::from(u8::from(ours.ci_low <= 0.0 && ours.ci_high >= 0.0)) / total;
    }
    println!("level {rejected}, by z {by_z}, coverage {covered}");
    assert!((0.025..=0.08).contains(&rejected), "{rejected}");
    assert!(by_z > rejected);
}

#[test]
fn order_of_rows_and_names_of_clusters_do_not_matter() {
    let (counts, group, animal) = simulated(&mut Stream::new(5, 1), 5, 3, 4.0, 0.6);
    let fitted = |order: &[usize], rename: usize| {
        let pick = |v: &[usize]| order.iter().map(|&i| v[i]).collect::<Vec<_>>();
        let own: Vec<f64> = order.iter().map(|&i| counts[i]).collect();
        let cluster: Vec<usize> = pick(&animal).iter().map(|a| (a * 7 + rename) % 31).collect();
        let design = Design::treatment(&pick(&group), &["control", "drug"]).unwrap();
        let data = CountData {
            family: Family::Poisson,
            counts: &own,
            size: None,
            fixed: &design,
            cluster: &cluster,
            nested: None,
        };
        fit(&data, Quadrature::Laplace).unwrap()
    };
    let straight: Vec<usize> = (0..counts.len()).collect();
    let back: Vec<usize> = (0..counts.len()).rev().collect();
    let (a, b) = (fitted(&straight, 0), fitted(&back, 11));
    near("deviance", a.deviance, b.deviance, 1e-9);
    near("difference", a.coefficients[1], b.coefficients[1], 1e-7);
}

/// An exposure is an offset: twice the time at half the rate is the same rate ratio.
#[test]
fn exposure_is_an_offset() {
    let (counts, group, animal) = simulated(&mut Stream::new(9, 2), 6, 2, 5.0, 0.3);
    let design = Design::treatment(&group, &["control", "drug"]).unwrap();
    let fitted = |exposure: Option<&[f64]>| {
        let data = CountData {
            family: Family::Poisson,
            counts: &counts,
            size: exposure,
            fixed: &design,
            cluster: &animal,
            nested: None,
        };
        fit(&data, Quadrature::Nodes(15)).unwrap()
    };
    let twice: Vec<f64> = group.iter().map(|g| if *g == 1 { 2.0 } else { 1.0 }).collect();
    let (plain, offset) = (fitted(None), fitted(Some(&twice)));
    near("log rate ratio", offset.coefficients[1], plain.coefficients[1] - 2.0_f64.ln(), 1e-6);
    near("deviance", offset.deviance, plain.deviance, 1e-8);
}

#[test]
fn what_is_no_count_is_refused() {
    let design = Design::treatment(&[0, 0, 1, 1], &["a", "b"]).unwrap();
    let refused = |family, counts: &[f64], size: Option<&[f64]>, cluster: &[usize], quadrature| {
        let data = CountData { family, counts, size, fixed: &design, cluster, nested: None };
        fit(&data, quadrature).unwrap_err()
    };
    let own = [0, 1, 2, 3];
    let q = Quadrature::Laplace;
    assert!(matches!(
        refused(Family::Poisson, &[1.5, 2.0, 3.0, 4.0], None, &own, q),
        StatisticsError::OutOfRange { .. }
    ));
    assert!(matches!(
        refused(Family::Binomial, &[1.0, 2.0, 3.0, 4.0], Some(&[3.0; 4]), &own, q),
        StatisticsError::OutOfRange { .. }
    ));
    // No event in one group: the ratio is 0.
    let none = refused(Family::Poisson, &[0.0, 0.0, 3.0, 4.0], None, &own, q);
    assert!(none.to_string().contains("no event"), "{none}");
    assert!(matches!(
        refused(Family::Poisson, &[1.0, 2.0, 3.0, 4.0], None, &[7; 4], q),
        StatisticsError::TooFew { .. }
    ));
    let nodes = refused(Family::Poisson, &[1.0, 2.0, 3.0, 4.0], None, &own, Quadrature::Nodes(1));
    assert!(nodes.to_string().contains("2 to 100 nodes"), "{nodes}");
}
