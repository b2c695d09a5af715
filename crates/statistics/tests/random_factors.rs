//! Several random factors, variances of each group and negative variances: published
//! fits, and the classical tests that such models must equal in balanced designs.
#![allow(clippy::unwrap_used)]

mod reference;

use reference::{Csv, close, codes, near, sorted_codes};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, Term, cluster_means, fit};
use statistics::random::Stream;
use statistics::two_sample::{paired, student, welch};
use statistics::{DfMethod, Sample};

fn variance(model: &MixedFit, name: &str) -> f64 {
    model.variances.iter().find(|v| v.name == name).unwrap_or_else(|| panic!("{name}: {:?}", model.variances)).value
}

/// Sum of four uniform numbers, SD 1.
fn normal(stream: &mut Stream) -> f64 {
    (0..4).map(|_| stream.unit() - 0.5).sum::<f64>() * 3f64.sqrt()
}

#[test]
fn sleepstudy_has_the_published_random_slopes() {
    let table = Csv::parse(include_str!("public/sleepstudy.csv"));
    let (y, days) = (table.numbers("response"), table.numbers("dose"));
    let (subject, _) = sorted_codes(&table.text("animal"));
    let design = Design::intercept(y.len()).unwrap().with_column("days", &days).unwrap();
    let model = fit(&MixedData::new(&y, &design, &subject).with_slope(&days), Method::Reml).unwrap();
    assert!(model.converged && !model.singular);
    // Bates et al. 2015, table of model fm1: criterion 1743.6; variances 612.10 and 35.07,
    // correlation 0.07, residual 654.94; 251.405 (SE 6.825) and 10.467 (SE 1.546).
    near("criterion", model.deviance(), 1743.628, 5e-4);
    near("intercepts", variance(&model, "cluster"), 612.10, 0.05);
    near("slopes", variance(&model, "slope"), 35.07, 0.005);
    near("correlation", model.slope_correlation.unwrap(), 0.066, 5e-4);
    near("residual", variance(&model, "residual"), 654.94, 0.005);
    for (weights, estimate, se) in [([1.0, 0.0], 251.405, 6.825), ([0.0, 1.0], 10.467, 1.546)] {
        for method in [DfMethod::Satterthwaite, DfMethod::KenwardRoger] {
            let c = model.contrast(&weights, method, 0.95).unwrap();
            near("estimate", c.estimate, estimate, 6e-4);
            near("se", c.se, se, 1.2e-3);
            // One slope a subject: 18 − 1.
            near("df", c.df, 17.0, 1e-4);
        }
    }
}

#[test]
fn penicillin_has_the_published_crossed_factors() {
    let table = Csv::parse(include_str!("public/Penicillin.csv"));
    let y = table.numbers("diameter");
    let ((plate, _), (sample, _)) = (sorted_codes(&table.text("plate")), sorted_codes(&table.text("sample")));
    let design = Design::intercept(y.len()).unwrap();
    for (first, second) in [(&plate, &sample), (&sample, &plate)] {
        let data = MixedData::new(&y, &design, first).with_term(Term::across("second", second));
        let model = fit(&data, Method::Reml).unwrap();
        assert!(model.converged && !model.singular);
        near("criterion", model.deviance(), 330.8606, 5e-5);
        let (p, s) = (variance(&model, "cluster").sqrt(), variance(&model, "second").sqrt());
        let (p, s) = if first == &plate { (p, s) } else { (s, p) };
        near("plate", p, 0.8467, 5e-5);
        near("sample", s, 1.9316, 6e-5);
        near("residual", model.sd_residual, 0.54992, 6e-6);
        let c = model.contrast(&[1.0], DfMethod::KenwardRoger, 0.95).unwrap();
        near("mean", c.estimate, 22.9722, 5e-5);
        near("se", c.se, 0.8086, 1e-4);
    }
}

#[test]
fn machines_have_the_published_nested_factors() {
    let table = Csv::parse(include_str!("public/Machines.csv"));
    let y = table.numbers("score");
    let (worker, _) = sorted_codes(&table.text("worker"));
    let machine = codes(&table.text("machine"), &["A", "B", "C"]);
    let design = Design::treatment(&machine, &["A", "B", "C"]).unwrap();
    let data = MixedData::new(&y, &design, &worker).with_term(Term::within("worker:machine", &machine));
    let model = fit(&data, Method::Reml).unwrap();
    near("log likelihood", model.log_likelihood, -107.8438, 5e-5);
    near("worker", variance(&model, "cluster").sqrt(), 4.78, 5e-3);
    near("worker:machine", variance(&model, "worker:machine").sqrt(), 3.73, 5e-3);
    near("residual", model.sd_residual, 0.9616, 5e-5);
    for (weights, estimate) in [([0.0, 1.0, 0.0], 7.966_667), ([0.0, 0.0, 1.0], 13.916_667)] {
        for method in [DfMethod::Satterthwaite, DfMethod::KenwardRoger] {
            let c = model.contrast(&weights, method, 0.95).unwrap();
            near("estimate", c.estimate, estimate, 5e-6);
            near("se", c.se, 2.1770, 5e-4);
            near("df", c.df, 10.0, 1e-5);
        }
    }
}

#[test]
fn conditions_within_animals_give_the_paired_test_of_animal_means() {
    let table = Csv::parse(include_str!("public/within_animal.csv"));
    let y = table.numbers("y");
    let (animal, _) = sorted_codes(&table.text("animal"));
    let group = codes(&table.text("group"), &["ctl", "drg"]);
    let design = Design::treatment(&group, &["ctl", "drg"]).unwrap();
    let data = MixedData::new(&y, &design, &animal)
        .with_term(Term::within("animal:condition", &group))
        .with_negative_variances();
    let model = fit(&data, Method::Reml).unwrap();
    for method in [DfMethod::Satterthwaite, DfMethod::KenwardRoger] {
        let c = model.contrast(&[0.0, 1.0], method, 0.95).unwrap();
        // lmerTest: y ~ group + (1 | animal) + (1 | animal:condition).
        near("se", c.se, 5.77318, 1e-5);
        close("df", c.df, 4.0, 1e-8);
        near("p", c.p, 0.169592, 1e-6);
        near("low", c.ci_low, -25.69, 5e-3);
        near("high", c.ci_high, 6.37, 5e-3);
        let mean = |g: usize| -> Vec<f64> {
            let own =
                |a: usize| -> f64 { (0..y.len()).filter(|&i| group[i] == g && animal[i] == a).map(|i| y[i]).sum() };
            (0..5).map(|a| own(a) / 3.0).collect()
        };
        let t = paired(&mean(1), &mean(0), 0.95).unwrap();
        close("p of the paired test", c.p, t.p, 1e-9);
    }
}

/// Two groups of animals with slices; SDs of animals and slices in each.
fn two_groups(
    seed: u64,
    animals: [usize; 2],
    slices: usize,
    sd: [(f64, f64); 2],
) -> (Vec<f64>, Vec<usize>, Vec<usize>) {
    let mut s = Stream::new(seed, 0);
    let (mut y, mut animal, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for g in 0..2 {
        for a in 0..animals[g] {
            let level = 100.0 + sd[g].0 * normal(&mut s);
            for _ in 0..slices {
                y.push(level + sd[g].1 * normal(&mut s));
                animal.push(10 * g + a);
                group.push(g);
            }
        }
    }
    (y, animal, group)
}

#[test]
fn variances_of_each_group_give_welch_on_animal_means() {
    let mut negative = 0;
    for seed in 0..40 {
        for slices in [1, 2, 4] {
            let sd = [(4.0 * (seed % 3) as f64, 5.0), (9.0, 15.0)];
            let (y, animal, group) = two_groups(seed, [8, 4], slices, sd);
            let design = Design::treatment(&group, &["a", "b"]).unwrap();
            let data = MixedData::new(&y, &design, &animal).with_variances_by(&group).with_negative_variances();
            let model = fit(&data, Method::Reml).unwrap();
            assert!(model.converged, "{seed} {slices} {:?}", model.health);
            assert_eq!(model.merged.len(), if slices == 1 { 2 } else { 0 });
            negative += usize::from(model.variances.iter().any(|v| v.value < 0.0));
            let means = cluster_means(&y, &animal).unwrap();
            let of = |second: bool| -> Sample {
                let own = means.iter().filter(|m| (m.cluster >= 10) == second).map(|m| m.mean);
                Sample::new(&own.collect::<Vec<_>>()).unwrap()
            };
            let t = welch(&of(true), &of(false), 0.95).unwrap();
            let c = model.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
            close("estimate", c.estimate, t.estimate, 1e-9);
            close("se", c.se, t.se, 1e-9);
            close("df", c.df, t.df, 1e-9);
            close("p", c.p, t.p, 1e-9);
        }
    }
    assert!(negative > 10, "{negative}");
}

#[test]
fn negative_variances_are_those_of_the_mean_squares() {
    let mut negative = 0;
    for seed in 0..40 {
        let (y, animal, group) = two_groups(seed, [5, 5], 3, [(0.0, 5.0); 2]);
        let design = Design::treatment(&group, &["a", "b"]).unwrap();
        let data = MixedData::new(&y, &design, &animal).with_negative_variances();
        let model = fit(&data, Method::Reml).unwrap();
        let moments = statistics::mixed::nested_anova(&y, &animal, Some(&group), 0.95).unwrap();
        close("variance", variance(&model, "cluster"), moments.variance_cluster, 1e-8);
        close("total", model.total_variance(), moments.variance_cluster + moments.ms_within, 1e-8);
        negative += usize::from(moments.variance_cluster < 0.0);
        let means = cluster_means(&y, &animal).unwrap();
        let own = |from: usize| Sample::new(&means[from..from + 5].iter().map(|m| m.mean).collect::<Vec<_>>()).unwrap();
        let t = student(&own(5), &own(0), 0.95).unwrap();
        for method in [DfMethod::Satterthwaite, DfMethod::KenwardRoger] {
            let c = model.contrast(&[0.0, 1.0], method, 0.95).unwrap();
            close("df", c.df, 8.0, 1e-7);
            close("p", c.p, t.p, 1e-8);
        }
    }
    assert!(negative > 10, "{negative}");
}

#[test]
fn one_sample_of_animals_is_the_t_test_of_their_means() {
    let (y, animal, _) = two_groups(3, [6, 0], 3, [(4.0, 5.0); 2]);
    let design = Design::intercept(y.len()).unwrap();
    let model = fit(&MixedData::new(&y, &design, &animal).with_negative_variances(), Method::Reml).unwrap();
    let means: Vec<f64> = cluster_means(&y, &animal).unwrap().iter().map(|m| m.mean).collect();
    let sample = Sample::new(&means).unwrap();
    let c = model.contrast(&[1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    close("mean", c.estimate, sample.mean(), 1e-10);
    close("se", c.se, sample.sem(), 1e-9);
    close("df", c.df, 5.0, 1e-8);
}

#[test]
fn what_the_design_cannot_tell_apart_is_left_out_or_refused() {
    let y = [1.0, 2.0, 4.0, 3.0, 5.5, 6.0, 8.0, 7.0];
    let group = [0, 0, 1, 1, 0, 0, 1, 1];
    let animal = [0, 0, 0, 0, 1, 1, 1, 1];
    let slice = [0, 0, 1, 1, 0, 0, 1, 1];
    let row = [0, 1, 2, 3, 4, 5, 6, 7];
    let design = Design::treatment(&group, &["a", "b"]).unwrap();
    let data = MixedData::new(&y, &design, &animal);
    let both = data
        .clone()
        .with_term(Term::within("animal:condition", &group))
        .with_term(Term::within("animal:slice", &slice));
    let error = fit(&both, Method::Reml).unwrap_err().to_string();
    assert!(error.contains("animal:slice") && error.contains("animal:condition"), "{error}");
    let (kept, left_out) = both.identified();
    assert_eq!(left_out, ["animal:slice"]);
    assert_eq!(kept.terms.len(), 1);
    let (kept, left_out) = MixedData::new(&y, &design, &row).with_term(Term::within("row", &row)).identified();
    assert_eq!(left_out, ["cluster", "row"]);
    // Nothing random but the residual: the two-sample t test.
    let model = fit(&kept, Method::Reml).unwrap();
    let c = model.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    let pick = |g: usize| Sample::new(&(0..8).filter(|&i| group[i] == g).map(|i| y[i]).collect::<Vec<_>>()).unwrap();
    let t = student(&pick(1), &pick(0), 0.95).unwrap();
    close("df", c.df, 6.0, 1e-9);
    close("p", c.p, t.p, 1e-9);
}
