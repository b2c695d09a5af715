//! Conclusions against values from R and SciPy, closed forms, and degenerate
//! experiments.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::required::Assumptions;
use analysis::{Measured, conclude};
use results::manifest::Origin;
use results::plan::{Adjustment, DegreesOfFreedom};
use support::{close, condition, key, manifest, measured, nested, percent, round_trip, sample, two_groups};

#[test]
fn nested_slices_give_the_values_of_r() {
    let findings = conclude(&two_groups(), &nested());
    let model = &findings.models[0];
    close(model.sd_animal.powi(2), 258.704994509389, 1e-5, "animal variance");
    close(model.sd_slice.powi(2), 127.413228968802, 1e-5, "slice variance");
    close(model.icc, 0.670014981885467, 1e-5, "ICC");
    assert!(model.converged && !model.singular);
    assert_eq!((model.n_slices, model.n_animals), (45, 16));
    let c = &findings.contrasts[0];
    close(c.estimate, -27.5599885278497, 1e-6, "estimate");
    close(c.se, 8.80598909470627, 1e-5, "Kenward-Roger SE");
    close(c.df, 13.9355393466981, 1e-5, "Kenward-Roger df");
    close(c.p, 0.00741890048615435, 1e-4, "p");
    close(c.ci.low, -46.4551561869428, 1e-5, "lower limit");
    close(c.ci.high, -8.66482086875654, 1e-5, "upper limit");
    close(c.hedges_g, -1.4745320940378, 1e-9, "g");
    close(c.hedges_g_ci.low, -2.52781546156723, 1e-6, "lower limit of g");
    close(c.hedges_g_ci.high, -0.382261610454662, 1e-6, "upper limit of g");
    assert_eq!((c.df_method.as_str(), c.adjust.as_str(), c.p_adjusted), ("Kenward-Roger", "holm", c.p));
    let w = &findings.animal_mean_contrasts[0];
    close(w.estimate, -27.7690157395833, 1e-10, "Welch difference");
    close(w.df, 13.5206440269455, 1e-10, "Welch df");
    close(w.p, 0.00780518059762986, 1e-9, "Welch p");
    close(w.ci.low, -46.92352143741, 1e-9, "Welch lower limit");
    let control = &findings.groups[0];
    close(control.mean, 55.37937203125, 1e-12, "mean over animals");
    close(control.sd, 16.0387442727675, 1e-12, "SD over animals");
    close(control.ci.low, 41.970646262548, 1e-10, "lower limit of the mean");
    assert_eq!((control.n_slices, control.n_animals), (25, 8));
    assert_eq!(
        c.sentence,
        "drug against control (hfs-2x100): −27.6 percentage points (95 % CI −46.5 to −8.7; t(13.9) = −3.13, \
         p = 0.0074; Hedges g −1.47, 95 % CI −2.53 to −0.38; n = 20 slices (N = 8 animals) against n = 25 slices \
         (N = 8 animals); linear mixed model, REML, Kenward–Roger degrees of freedom)."
    );
    round_trip(&findings);
}

#[test]
fn satterthwaite_is_used_when_planned() {
    let mut plan = two_groups();
    plan.statistics.df = DegreesOfFreedom::Satterthwaite;
    let findings = conclude(&plan, &nested());
    let c = &findings.contrasts[0];
    close(c.se, 8.79888561684473, 1e-5, "SE");
    close(c.df, 13.5387598465687, 1e-4, "df");
    close(c.p, 0.00760640695642333, 1e-4, "p");
    assert_eq!(c.df_method, "Satterthwaite");
}

#[test]
fn in_a_balanced_design_the_mixed_model_is_students_test_on_animal_means() {
    let data = sample(&[("control", 60.0), ("drug", 40.0)], 6, 3, (12.0, 10.0), 3);
    let findings = conclude(&two_groups(), &data);
    let c = &findings.contrasts[0];
    let (a, b) = (&findings.groups[1], &findings.groups[0]);
    close(c.estimate, a.mean - b.mean, 1e-9, "difference of means");
    close(c.se, (a.sem.powi(2) + b.sem.powi(2)).sqrt(), 1e-6, "standard error");
    close(c.df, 10.0, 1e-6, "df");
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
    close(c.se, p.se, 1e-6, "mixed-model SE");
    close(c.df, 4.0, 1e-5, "mixed-model df");
    let e = &findings.estimation[0];
    close(e.difference, -9.8, 1e-12, "bootstrap difference");
    assert!(e.ci.low > -14.0 && e.ci.high < -6.0, "pairs are drawn together: {:?}", e.ci);
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
    close(i.df, 25.0, 1e-6, "30 animals, 5 cells");
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
    let assumed = Assumptions {
        effect: 20.0,
        sd_animal: 0.0,
        sd_slice: 20.0,
        slices_per_animal: 1,
        within_animal: false,
        alpha: 0.05,
    };
    // Cohen 1988: 17 per group for d = 1 and 80 % power.
    assert_eq!(assumed.animals(0.8), Some(17));
    let nested = Assumptions { sd_animal: 14.0, slices_per_animal: 2, ..assumed };
    let n = nested.animals(0.8).unwrap();
    assert!(nested.power(n).unwrap() >= 0.8 && nested.power(n - 1).unwrap() < 0.8);
    // d_z = 20 / (20 √2) = 0.707: 18 pairs.
    assert_eq!(Assumptions { within_animal: true, ..assumed }.animals(0.8), Some(18));
    assert_eq!(Assumptions { effect: 0.0, ..assumed }.animals(0.8), None);
    assert_eq!(Assumptions { effect: 0.5, ..assumed }.animals(0.8), None, "more than a thousand");
    assert_eq!(Assumptions { sd_slice: 0.0, ..assumed }.animals(0.8), None, "no variance");
    assert_eq!(Assumptions { slices_per_animal: 0, ..assumed }.animals(0.8), None);
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
fn the_bootstrap_depends_on_seed_and_names_only() {
    let data = sample(&[("control", 60.0), ("drug", 40.0)], 6, 3, (12.0, 10.0), 3);
    let plan = two_groups();
    let first = conclude(&plan, &data).estimation;
    assert_eq!(first, conclude(&plan, &data).estimation);
    let mut larger = plan.clone();
    larger.conditions.insert(1, condition("other", &[("y", "Y", 1.0)]));
    let more = sample(&[("other", 10.0)], 4, 2, (5.0, 5.0), 1);
    let all: Vec<Measured> = data.iter().cloned().chain(more).collect();
    let second = conclude(&larger, &all).estimation;
    assert_eq!(second.iter().find(|e| e.condition == "drug"), first.first());
    let mut other_seed = plan;
    other_seed.seed = 8;
    assert_ne!(conclude(&other_seed, &data).estimation, first);
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
