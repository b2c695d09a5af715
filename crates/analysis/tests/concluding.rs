//! Conclusions against values from R and SciPy, closed forms, and degenerate
//! experiments.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::conclude;
use analysis::required::{Assumptions, Spread};
use results::manifest::Origin;
use results::plan::{Adjustment, DegreesOfFreedom, Variances};
use support::{close, condition, key, manifest, measured, nested, percent, round_trip, sample, two_groups};

/// Expected values: restricted likelihood of each group with dense matrices, degrees of
/// freedom from its numerical curvature, SciPy 1.17 for t and noncentral t.
#[test]
fn nested_slices_give_the_values_of_a_dense_likelihood() {
    let findings = conclude(&two_groups(), &nested());
    let model = &findings.models[0];
    for (own, [slice, animal]) in model.variances.iter().zip([[157.33073782, 181.25816045], [87.1173437, 340.10177843]])
    {
        close(own.sd_animal.powi(2), animal, 1e-6, "animal variance");
        close(own.sd_slice.powi(2), slice, 1e-6, "slice variance");
    }
    close(model.sd_animal.powi(2), 0.5 * (181.25816045 + 340.10177843), 1e-6, "root mean square of both");
    assert!(model.converged && !model.singular);
    assert_eq!((model.n_slices, model.n_animals), (45, 16));
    assert_eq!(
        (model.df_method.as_str(), model.formula.as_str()),
        ("Satterthwaite", "potentiation ~ condition + (1 | animal)")
    );
    let c = &findings.contrasts[0];
    close(c.estimate, -27.1990317530, 1e-8, "estimate");
    close(c.se, 8.7724905926, 1e-7, "SE");
    close(c.df, 12.90902937, 1e-5, "df");
    close(c.p, 0.0085005054, 1e-5, "p");
    close(c.ci.low, -46.16443064, 1e-6, "lower limit");
    close(c.ci.high, -8.23363287, 1e-6, "upper limit");
    close(c.hedges_g, -1.44426600, 1e-7, "g");
    close(c.hedges_g_ci.low, -2.490529, 1e-5, "lower limit of g");
    close(c.hedges_g_ci.high, -0.357395, 1e-5, "upper limit of g");
    assert_eq!((c.df_method.as_str(), c.adjust.as_str(), c.p_adjusted), ("Satterthwaite", "holm", c.p));
    let w = &findings.animal_mean_contrasts[0];
    close(w.estimate, -27.7690157395833, 1e-10, "Welch difference");
    close(w.df, 13.5206440269455, 1e-10, "Welch df");
    close(w.p, 0.00780518059762986, 1e-9, "Welch p");
    close(w.ci.low, -46.92352143741, 1e-9, "Welch lower limit");
    assert_eq!(w.df_method, "Welch");
    let control = &findings.groups[0];
    close(control.mean, 55.37937203125, 1e-12, "mean over animals");
    close(control.sd, 16.0387442727675, 1e-12, "SD over animals");
    close(control.ci.low, 41.970646262548, 1e-10, "lower limit of the mean");
    assert_eq!((control.n_slices, control.n_animals), (25, 8));
    assert_eq!(
        c.sentence,
        "drug against control (hfs-2x100): −27.2 percentage points (95 % CI −46.2 to −8.2; t(12.9) = −3.10, \
         p = 0.0085; Hedges g −1.44, 95 % CI −2.49 to −0.36; n = 20 slices (N = 8 animals) against n = 25 slices \
         (N = 8 animals); linear mixed model, REML, each condition with variances of its own, Satterthwaite degrees of \
         freedom)."
    );
    round_trip(&findings);
}

#[test]
fn equal_variances_give_the_values_of_r() {
    let mut plan = two_groups();
    plan.statistics.variances = Variances::Equal;
    plan.statistics.df = DegreesOfFreedom::KenwardRoger;
    let findings = conclude(&plan, &nested());
    let model = &findings.models[0];
    close(model.sd_animal.powi(2), 258.704994509389, 1e-5, "animal variance");
    close(model.sd_slice.powi(2), 127.413228968802, 1e-5, "slice variance");
    close(model.icc, 0.670014981885467, 1e-5, "ICC");
    let c = &findings.contrasts[0];
    close(c.estimate, -27.5599885278497, 1e-6, "estimate");
    close(c.se, 8.80598909470627, 1e-5, "Kenward-Roger SE");
    close(c.df, 13.9355393466981, 1e-5, "Kenward-Roger df");
    close(c.p, 0.00741890048615435, 1e-4, "p");
    close(c.ci.low, -46.4551561869428, 1e-5, "lower limit");
    close(c.ci.high, -8.66482086875654, 1e-5, "upper limit");
    assert_eq!(c.df_method, "Kenward-Roger");
    assert!(
        c.sentence.contains("equal variances in all conditions, Kenward–Roger degrees of freedom"),
        "{}",
        c.sentence
    );
    plan.statistics.df = DegreesOfFreedom::Satterthwaite;
    let c = &conclude(&plan, &nested()).contrasts[0];
    close(c.se, 8.79888561684473, 1e-5, "SE");
    close(c.df, 13.5387598465687, 1e-4, "df");
    close(c.p, 0.00760640695642333, 1e-4, "p");
    assert_eq!(c.df_method, "Satterthwaite");
}

#[test]
fn in_a_balanced_design_the_model_is_welchs_test_on_animal_means() {
    let data = sample(&[("control", 60.0), ("drug", 40.0)], 6, 3, (12.0, 10.0), 3);
    let findings = conclude(&two_groups(), &data);
    let c = &findings.contrasts[0];
    let (a, b) = (&findings.groups[1], &findings.groups[0]);
    close(c.estimate, a.mean - b.mean, 1e-9, "difference of means");
    close(c.se, (a.sem.powi(2) + b.sem.powi(2)).sqrt(), 1e-6, "standard error");
    close(c.df, findings.animal_mean_contrasts[0].df, 1e-9, "df");
    close(c.p, findings.animal_mean_contrasts[0].p, 1e-9, "p");
    assert!(findings.warnings.iter().all(|w| !w.contains("differ (")), "{:?}", findings.warnings);
}

#[test]
fn dunnett_adjusts_less_than_holm_at_its_smallest() {
    let conditions = [("control", 60.0), ("a", 45.0), ("b", 52.0), ("c", 60.0)];
    let data = sample(&conditions, 8, 2, (8.0, 8.0), 21);
    let mut plan = manifest(
        &["hfs-2x100"],
        vec![
            condition("control", &[]),
            condition("a", &[("a", "A", 1.0)]),
            condition("b", &[("b", "B", 1.0)]),
            condition("c", &[("c", "C", 1.0)]),
        ],
    );
    let holm = conclude(&plan, &data).contrasts;
    plan.statistics.adjust = Adjustment::Dunnett;
    let dunnett = conclude(&plan, &data).contrasts;
    plan.statistics.adjust = Adjustment::None;
    let none = conclude(&plan, &data).contrasts;
    let smallest = |list: &[analysis::findings::Contrast]| list.iter().map(|c| c.p_adjusted).fold(1.0, f64::min);
    assert_eq!(holm.len(), 3);
    assert!((smallest(&holm) - 3.0 * smallest(&none)).abs() < 1e-12);
    assert!(smallest(&dunnett) < smallest(&holm) && smallest(&dunnett) > smallest(&none));
    for (d, n) in dunnett.iter().zip(&none) {
        assert!(d.ci.high - d.ci.low > n.ci.high - n.ci.low, "Dunnett limits are wider");
        assert!(d.sentence.contains("Dunnett-adjusted p"), "{}", d.sentence);
        assert_eq!(n.p, n.p_adjusted);
    }
}

#[test]
fn within_animals_the_comparison_is_paired() {
    // Balanced, one slice per animal and condition: the mixed model is the paired t test.
    let mut data = Vec::new();
    let pairs = [(50.0, 41.0), (80.0, 66.0), (30.0, 24.0), (62.0, 55.0), (71.0, 58.0)];
    for (i, (control, drug)) in pairs.iter().enumerate() {
        let animal = format!("A{i}");
        data.push(measured(key("control", &animal, 1), *control));
        data.push(measured(key("drug", &animal, 1), *drug));
    }
    let mut plan = two_groups();
    plan.design.within_animal = true;
    plan.design.animals = 5;
    plan.design.slices_per_animal = 1;
    let findings = conclude(&plan, &data);
    let (c, p) = (&findings.contrasts[0], &findings.animal_mean_contrasts[0]);
    // By hand: differences −9, −14, −6, −7, −13: mean −9.8, SD 3.5637, SE 1.5937, t −6.1491, df 4.
    close(p.estimate, -9.8, 1e-12, "mean difference");
    close(p.se, 1.593738, 1e-6, "SE");
    close(p.statistic, -6.149067, 1e-6, "t");
    assert_eq!((p.df, p.df_method.as_str()), (4.0, "paired"));
    close(c.se, p.se, 1e-12, "SE");
    close(c.df, 4.0, 1e-12, "df");
    assert_eq!(findings.models[0].name, "paired t test on animals");
    assert!(findings.required[0].sentence.contains("each giving slices to both conditions"));
    round_trip(&findings);
}

#[test]
fn a_two_by_two_mixture_gets_its_interaction() {
    let plan = manifest(
        &["hfs-2x100"],
        vec![
            condition("control", &[]),
            condition("ALLO", &[("allopregnanolone", "ALLO", 0.1)]),
            condition("ISO", &[("isopregnanolone", "ISO", 3.0)]),
            condition("ALLO+ISO", &[("allopregnanolone", "ALLO", 0.1), ("isopregnanolone", "ISO", 3.0)]),
            condition("ISO 10", &[("isopregnanolone", "ISO", 10.0)]),
        ],
    );
    let means = [("control", 60.0), ("ALLO", 30.0), ("ISO", 58.0), ("ALLO+ISO", 50.0), ("ISO 10", 57.0)];
    let data = sample(&means, 6, 2, (6.0, 5.0), 5);
    let findings = conclude(&plan, &data);
    assert_eq!(findings.interactions.len(), 1, "ISO 10 has no mixture");
    let i = &findings.interactions[0];
    assert_eq!(i.what, "hfs-2x100: (ALLO+ISO − ISO) − (ALLO − control)");
    let mean = |name: &str| findings.groups.iter().find(|g| g.condition == name).unwrap().mean;
    let expected = mean("ALLO+ISO") - mean("ISO") - mean("ALLO") + mean("control");
    close(i.estimate, expected, 1e-9, "balanced cells: difference of differences of means");
    let squares: Vec<f64> = findings.groups[..4].iter().map(|g| g.sem.powi(2)).collect();
    let df = squares.iter().sum::<f64>().powi(2) / squares.iter().map(|v| v * v / 5.0).sum::<f64>();
    close(i.df, df, 1e-9, "Welch and Satterthwaite's df of four groups");
    assert_eq!((i.condition.as_str(), &i.parts), ("ALLO+ISO", &["ALLO".to_owned(), "ISO".to_owned()]));
}

#[test]
fn a_condition_under_two_protocols_gets_its_interaction() {
    let mut plan = two_groups();
    plan.inductions.push(plan.inductions[0].clone());
    plan.inductions[1].name = "tbs".to_owned();
    let hfs = sample(&[("control", 60.0), ("drug", 50.0)], 6, 2, (6.0, 5.0), 5);
    let mut data = hfs.clone();
    for mut m in sample(&[("control", 60.0), ("drug", 25.0)], 6, 2, (6.0, 5.0), 6) {
        m.slice.key.induction = "tbs".to_owned();
        m.slice.key.animal.push_str("-tbs");
        data.push(m);
    }
    let findings = conclude(&plan, &data);
    assert_eq!((findings.models.len(), findings.contrasts.len(), findings.groups.len()), (2, 2, 4));
    let i = &findings.interactions[0];
    assert_eq!(i.what, "(drug − control) under tbs − (drug − control) under hfs-2x100");
    close(i.estimate, findings.contrasts[1].estimate - findings.contrasts[0].estimate, 1e-9, "difference of effects");
}

#[test]
fn a_dose_series_gets_curve_and_trend() {
    let doses = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0];
    let mut conditions = vec![condition("control", &[])];
    let mut means = vec![("control".to_owned(), 60.0)];
    for um in doses {
        let name = format!("ISO {um}");
        conditions.push(condition(&name, &[("isopregnanolone", "ISO", um)]));
        means.push((name, 60.0 - 50.0 / (1.0 + (1.0 / um).powf(1.2))));
    }
    let means: Vec<(&str, f64)> = means.iter().map(|(n, m)| (n.as_str(), *m)).collect();
    let plan = manifest(&["hfs-2x100"], conditions);
    let findings = conclude(&plan, &sample(&means, 8, 2, (4.0, 4.0), 8));
    let curve = &findings.dose_responses[0];
    assert_eq!((curve.compound.as_str(), curve.label.as_str()), ("isopregnanolone", "ISO"));
    assert_eq!(curve.dose_um, [0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0]);
    assert_eq!(curve.n_animals, [8; 7]);
    let fit = curve.fit.as_ref().unwrap();
    assert!(fit.ec50_ci_um.low < 1.0 && fit.ec50_ci_um.high > 1.0, "{:?}", fit.ec50_ci_um);
    assert!((fit.bottom - 60.0).abs() < 6.0 && (fit.top - 10.0).abs() < 8.0, "{} {}", fit.bottom, fit.top);
    let trend = curve.trend.as_ref().unwrap();
    assert!(trend.ci.high < 0.0 && trend.p < 1e-6, "{}", trend.sentence);
    round_trip(&findings);

    // No effect: no curve, and the reason is there.
    let flat: Vec<(&str, f64)> = means.iter().map(|(n, _)| (*n, 60.0)).collect();
    let findings = conclude(&plan, &sample(&flat, 8, 2, (4.0, 4.0), 9));
    let curve = &findings.dose_responses[0];
    assert!(curve.fit.is_none());
    assert!(curve.no_fit_reason.contains("no curve fits better than a constant"), "{}", curve.no_fit_reason);
}

#[test]
fn two_doses_are_no_series() {
    let plan = manifest(
        &["hfs-2x100"],
        vec![
            condition("control", &[]),
            condition("a", &[("x", "X", 1.0)]),
            condition("b", &[("x", "X", 3.0)]),
            condition("other", &[("y", "Y", 3.0)]),
        ],
    );
    let means = [("control", 60.0), ("a", 50.0), ("b", 40.0), ("other", 40.0)];
    assert!(conclude(&plan, &sample(&means, 4, 2, (4.0, 4.0), 9)).dose_responses.is_empty());
}

#[test]
fn required_animals_reach_the_power_and_one_fewer_does_not() {
    let assumed = Assumptions { effect: 20.0, spread: Spread::Between([20.0; 2]), alpha: 0.05 };
    // Cohen 1988: 17 per group for d = 1 and 80 % power.
    assert_eq!(assumed.animals(0.8), Some(17));
    let of_means = (14.0_f64.powi(2) + 20.0_f64.powi(2) / 2.0).sqrt();
    let nested = Assumptions { spread: Spread::Between([of_means; 2]), ..assumed };
    let n = nested.animals(0.8).unwrap();
    assert!(nested.power(n).unwrap() >= 0.8 && nested.power(n - 1).unwrap() < 0.8);
    // d_z = 20 / (20 √2) = 0.707: 18 pairs.
    let pairs = Assumptions { spread: Spread::Within(20.0 * 2.0_f64.sqrt()), ..assumed };
    assert_eq!(pairs.animals(0.8), Some(18));
    // One group that hardly varies saves nothing on the other: fewer degrees of freedom.
    let unlike = Assumptions { spread: Spread::Between([1.0, 799.0_f64.sqrt()]), ..assumed };
    assert!(unlike.animals(0.8) > Some(17));
    assert_eq!(Assumptions { effect: 0.0, ..assumed }.animals(0.8), None);
    assert_eq!(Assumptions { effect: 0.5, ..assumed }.animals(0.8), None, "more than a thousand");
    assert_eq!(Assumptions { spread: Spread::Between([0.0; 2]), ..assumed }.animals(0.8), None, "no variance");
    assert_eq!(assumed.power(1), None);
}

#[test]
fn sample_sizes_rest_on_the_slices_that_are_there() {
    // 6 animals of 1 slice and one of 5: the largest count speaks for none of them.
    let mut data = sample(&[("control", 60.0), ("drug", 30.0)], 6, 1, (10.0, 6.0), 3);
    for condition in ["control", "drug"] {
        data.extend(
            (2..6).map(|slice| measured(key(condition, &format!("{condition}-0"), slice), 40.0 + f64::from(slice))),
        );
    }
    let need = &conclude(&two_groups(), &data).required[0];
    close(need.slices_per_animal, 6.0 / (5.0 + 0.2), 1e-12, "harmonic mean");
    assert!(need.sentence.contains("1.2 slices per animal"), "{}", need.sentence);
    assert!(need.reason.is_empty() && need.animals_per_group.is_some());
    // Two animals in a group say nothing of how many would be needed.
    let few = sample(&[("control", 60.0), ("drug", 30.0)], 2, 3, (10.0, 6.0), 3);
    let findings = conclude(&two_groups(), &few);
    assert_eq!((findings.contrasts.len(), findings.required[0].animals_per_group), (1, None));
    assert_eq!(findings.required[0].reason, "the variance rests on 2 animals");
    assert!(findings.required[0].sentence.contains("cannot be told"), "{}", findings.required[0].sentence);
    assert!(findings.estimation[0].at.is_empty(), "no distribution of two animals");
}

#[test]
fn equivalence_is_tested_when_planned() {
    let mut plan = two_groups();
    assert!(conclude(&plan, &nested()).equivalence.is_empty());
    plan.statistics.equivalence_percent = Some(15.0);
    let e = &conclude(&plan, &nested()).equivalence[0];
    assert!(!e.equivalent && e.p > 0.5);
    let same = sample(&[("control", 60.0), ("drug", 60.5)], 10, 2, (3.0, 3.0), 4);
    let e = &conclude(&plan, &same).equivalence[0];
    assert!(e.equivalent && e.ci.low > -15.0 && e.ci.high < 15.0, "{}", e.sentence);
    assert!(e.sentence.contains("90 % CI"), "{}", e.sentence);
}

#[test]
fn simulated_slices_are_called_virtual_and_warned_about() {
    let mut plan = two_groups();
    plan.origin = Origin::Simulated;
    plan.statistics.interval = percent(90.0);
    let findings = conclude(&plan, &nested());
    assert!(findings.simulated && findings.experimental_unit == "virtual animal");
    assert!(findings.warnings[0].contains("p-values depend on the number of virtual animals"));
    assert!(findings.contrasts[0].sentence.contains("N = 8 virtual animals"));
    assert!(findings.contrasts[0].sentence.contains("90 % CI"));
    assert!(findings.warnings.iter().any(|w| w.contains("45 virtual slices come from 16 virtual animals")));
}
