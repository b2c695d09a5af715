//! Shapiro–Wilk, Levene, equivalence, Bayes factors and exact permutation of two
//! samples, against R and Python.
#![allow(clippy::unwrap_used)]

mod reference;

use reference::*;
use serde_json::Value;
use statistics::normality::{Centre, bartlett, levene, shapiro_wilk, variance_ratio};
use statistics::order::{kendall, sign_test, smirnov, spearman};
use statistics::permutation::{self, Arrangements};
use statistics::{Comparison, Sample, StatisticsError, bayes, equivalence, two_sample};

const FLAT: [&str; 13] = [
    "x01_n1",
    "x02_n1_vs_n",
    "x03_n2",
    "x04_zero_var_same",
    "x05_zero_var_diff",
    "x06_zero_var_one",
    "x07_ties",
    "x08_nan",
    "x09_uneq_var",
    "x10_outlier",
    "x11_separated",
    "x12_offset",
    "x13_tiny",
];
const NESTED: [&str; 6] =
    ["a_nested2", "x17_mostly_one_slice", "x18_icc_high", "x19_two_animals", "x20_hetero_nested", "x22_nan_nested"];

fn pair(name: &str, a: &str, b: &str) -> (Sample, Sample) {
    let table = csv(name);
    let part = |level: &str| Sample::present(&table.numbers_of("y", "group", level)).unwrap().0;
    (part(a), part(b))
}

/// Means of clusters, as the reference lists them.
fn means(r: &Value) -> (Sample, Sample) {
    let table = at(r, "animal_mean_table");
    let values = numbers(table, "mean");
    let part = |level: &str| {
        let kept: Vec<f64> = values
            .iter()
            .zip(at(table, "group").as_array().unwrap())
            .filter(|(_, g)| g.as_str() == Some(level))
            .map(|(v, _)| *v)
            .collect();
        Sample::new(&kept).unwrap()
    };
    (part("control"), part("drug"))
}

/// The reference gives no number: an error or "NaN".
fn refused(value: &Value, key: &str) -> bool {
    match value.get(key) {
        None | Some(Value::Null) | Some(Value::String(_)) => true,
        Some(object) => object.get("error").is_some() || object.get("F").is_some_and(Value::is_string),
    }
}

fn check_equivalence(what: &str, c: &Comparison, r: &Value, tolerance: f64) {
    let ours = equivalence::tost(c, -15.0, 15.0, 0.05).unwrap();
    close(what, ours.t_lower, number(r, "t_lower"), tolerance);
    close(what, ours.t_upper, number(r, "t_upper"), tolerance);
    close(what, ours.df, number(r, "df"), tolerance);
    for (value, key) in [(ours.p, "p"), (ours.p_lower, "p_lower"), (ours.p_upper, "p_upper")] {
        // A t error of ε becomes about t² ε in the tail.
        let tail = tolerance * (1.0 + ours.t_lower.abs().max(ours.t_upper.abs()).min(100.0));
        let theirs = number(r, key);
        assert!((value - theirs).abs() <= tail.max(1e-9) * theirs || theirs == 0.0, "{what} {key}");
    }
    let scale = ours.ci_low.abs().max(ours.ci_high.abs());
    near(what, ours.ci_low, number(r, "ci90/0"), tolerance * scale);
    near(what, ours.ci_high, number(r, "ci90/1"), tolerance * scale);
}

fn check(name: &str, a: &Sample, b: &Sample, r: &Value, python: &Value) {
    // The packages themselves lose digits to the offset of x12.
    let offset = name == "x12_offset";
    let tolerance = if offset {
        1e-4
    } else if name == "x13_tiny" {
        1e-9
    } else {
        1e-10
    };
    let groups = [a.clone(), b.clone()];
    for (key, centre) in [("levene_mean", Centre::Mean), ("brown_forsythe", Centre::Median)] {
        let what = format!("{name} {key}");
        if refused(r, key) || a.n().max(b.n()) < 3 {
            assert!(levene(&groups, centre).is_err(), "{what}");
        } else {
            let ours = levene(&groups, centre).unwrap();
            close(&what, ours.f, number(r, &format!("{key}/F")), tolerance);
            close(&what, ours.p, number(r, &format!("{key}/p")), tolerance.max(1e-9));
        }
    }
    if let (false, Ok((ratio, test))) = (refused(r, "f_var"), variance_ratio(a, b, 0.95)) {
        close(name, ratio.value, number(r, "f_var/stat"), tolerance);
        close(name, ratio.low, number(r, "f_var/ci/0"), tolerance.max(1e-9));
        close(name, ratio.high, number(r, "f_var/ci/1"), tolerance.max(1e-9));
        // R forms 1 − P, which ends at 1e-16.
        near(name, test.p, number(r, "f_var/p"), tolerance.max(1e-9) * test.p + 1e-15);
    }
    if let (false, Ok(ours)) = (refused(r, "bartlett"), bartlett(&groups)) {
        let tolerance = if offset { 1e-3 } else { 1e-9 };
        close(name, ours.k_squared, number(r, "bartlett/stat"), tolerance);
        close(name, ours.p, number(r, "bartlett/p"), tolerance);
    }
    if !refused(r, "ks") && number(r, "ks/p") > 0.0 {
        let ours = smirnov(a, b).unwrap();
        near(name, ours.d, number(r, "ks/D"), 1e-12);
        // R forms the complement, so small p carry its rounding.
        near(name, ours.p, number(r, "ks/p"), 1e-9 * ours.p + 1e-12);
    }
    let residuals: Vec<f64> =
        a.values().iter().map(|v| v - a.mean()).chain(b.values().iter().map(|v| v - b.mean())).collect();
    let residuals = Sample::new(&residuals).unwrap();
    for (key, sample) in [("shapiro_x", a), ("shapiro_y", b), ("shapiro_resid", &residuals)] {
        let what = format!("{name} {key}");
        if refused(r, key) {
            assert!(shapiro_wilk(sample).is_err(), "{what}");
        } else {
            let ours = shapiro_wilk(sample).unwrap();
            close(&what, ours.w, number(r, &format!("{key}/stat")), 1e-7);
            let p = if offset { 1e-4 } else { 1e-5 };
            close(&what, ours.p, number(r, &format!("{key}/p")), p);
        }
    }
    for (key, test) in
        [("tost_welch", two_sample::welch(a, b, 0.95)), ("tost_student", two_sample::student(a, b, 0.95))]
    {
        match test {
            Ok(c) if !refused(r, key) => {
                check_equivalence(&format!("{name} {key}"), &c, at(r, key), tolerance);
            }
            Ok(_) => panic!("{name} {key}: a number where none exists"),
            // One value against several: R pools the variance of the larger sample.
            Err(_) => assert!(refused(r, key) || a.n().min(b.n()) == 1, "{name} {key}"),
        }
    }
    match bayes::two_sample(a, b, bayes::MEDIUM_SCALE) {
        Ok(ours) => {
            // t² enters: an error of t is doubled, and multiplied by ν + 1 at most.
            let tolerance = if offset { 1e-4 } else { 1e-8 };
            let truth = if python.get("jzs_bf10").is_some() { python } else { r };
            close(&format!("{name} jzs"), ours.bf10, number(truth, "jzs_bf10"), tolerance);
            close(name, ours.ln_bf10.exp(), ours.bf10, 1e-15);
        }
        Err(_) => assert!(refused(r, "jzs_bf10") || a.n().min(b.n()) == 1, "{name} jzs"),
    }
    // x13: the reference counts ties within 1e-9 in absolute terms, which is the
    // scale of those data; see `permutation_does_not_depend_on_scale`.
    if !refused(r, "permutation_meandiff_exact") && name != "x13_tiny" {
        let theirs = at(r, "permutation_meandiff_exact");
        let ours = permutation::two_sample(a.values(), b.values(), Arrangements::default()).unwrap();
        let what = format!("{name} permutation");
        assert!(ours.exact, "{what}");
        assert_eq!(ours.arrangements as f64, number(theirs, "n_perm"), "{what}");
        near(&what, ours.difference, number(theirs, "diff"), 1e-10 * a.max().abs());
        close(&what, ours.p_two_sided, number(theirs, "p_two_sided"), 1e-12);
        close(&what, ours.p_greater, number(theirs, "p_greater"), 1e-12);
        close(&what, ours.p_less, number(theirs, "p_less"), 1e-12);
    }
}

#[test]
fn flat_samples_match_the_references() {
    for name in FLAT {
        let (a, b) = pair(name, "x", "y");
        check(name, &a, &b, &reference("R", name), &reference("python", name));
    }
}

#[test]
fn units_and_cluster_means_match_the_references() {
    for name in NESTED {
        let (r, python) = (reference("R", name), reference("python", name));
        let (a, b) = pair(name, "control", "drug");
        check(name, &a, &b, at(&r, "slices_naive"), at(&python, "slices_naive"));
        let (a, b) = means(&r);
        check(name, &a, &b, at(&r, "animal_means"), at(&python, "animal_means"));
    }
}

#[test]
fn large_samples_are_sampled_or_refused() {
    let values: Vec<f64> = (0..6000).map(|i| f64::from(i % 977)).collect();
    let sample = Sample::new(&values).unwrap();
    assert!(matches!(shapiro_wilk(&sample), Err(StatisticsError::OutOfRange { .. })));
    let draws = Arrangements { draws: 50, ..Arrangements::default() };
    let ours = permutation::two_sample(&values, &values[..5000], draws).unwrap();
    assert!(!ours.exact && ours.arrangements == 51);
}

#[test]
fn paired_samples_match_the_references() {
    let name = "e_paired";
    let (r, python) = (reference("R", name), reference("python", name));
    let table = csv(name);
    let (first, second) = (table.numbers("control_path"), table.numbers("test_path"));
    let (clusters, levels) = sorted_codes(&table.text("animal"));
    let mean_of = |values: &[f64], k: usize| {
        let own: Vec<f64> = values.iter().zip(&clusters).filter(|(_, c)| **c == k).map(|(v, _)| *v).collect();
        own.iter().sum::<f64>() / own.len() as f64
    };
    let by_cluster = |values: &[f64]| -> Vec<f64> { (0..levels.len()).map(|k| mean_of(values, k)).collect() };
    let sets =
        [("slices_naive", first.clone(), second.clone()), ("animal_means", by_cluster(&first), by_cluster(&second))];
    for (key, x, y) in sets {
        let r = at(&r, key);
        let d = two_sample::differences(&x, &y).unwrap();
        let test = two_sample::one_sample(&d, 0.95).unwrap();
        check_equivalence(key, &test, at(r, "tost_paired"), 1e-9);
        let factor = bayes::one_sample(&d, bayes::MEDIUM_SCALE).unwrap();
        close(key, factor.bf10, number(at(&python, key), "jzs_bf10"), 1e-8);
        let normal = shapiro_wilk(&d).unwrap();
        close(key, normal.w, number(r, "shapiro_diff/stat"), 1e-7);
        close(key, normal.p, number(r, "shapiro_diff/p"), 1e-5);
        let sign = sign_test(&d, 0.95).unwrap();
        close(key, sign.positive as f64, number(r, "sign_test/stat"), 0.0);
        close(key, sign.p, number(r, "sign_test/p"), 1e-12);
        close(key, sign.share.low, number(r, "sign_test/ci/0"), 1e-9);
        close(key, sign.share.high, number(r, "sign_test/ci/1"), 1e-9);
        if r.get("signflip_exact").is_some() {
            let ours = permutation::sign_flip(d.values(), Arrangements::default()).unwrap();
            assert_eq!(ours.arrangements as f64, number(r, "signflip_exact/n_perm"));
            close(key, ours.p_two_sided, number(r, "signflip_exact/p_two_sided"), 1e-12);
        }
    }
}

#[test]
fn many_groups_of_residuals_match_r() {
    let table = csv("f_flat");
    let r = reference("R", "f_flat");
    let groups: Vec<Sample> = ["control", "ALLO", "ISO", "ALLO_ISO"]
        .iter()
        .map(|g| Sample::new(&table.numbers_of("y", "group", g)).unwrap())
        .collect();
    for (key, centre) in [("levene_mean", Centre::Mean), ("brown_forsythe", Centre::Median)] {
        let ours = levene(&groups, centre).unwrap();
        close(key, ours.f, number(&r, &format!("{key}/F")), 1e-10);
        close(key, ours.p, number(&r, &format!("{key}/p")), 1e-9);
    }
    let rest: Vec<f64> = groups.iter().flat_map(|g| g.values().iter().map(|v| v - g.mean())).collect();
    let ours = shapiro_wilk(&Sample::new(&rest).unwrap()).unwrap();
    close("shapiro", ours.w, number(&r, "shapiro_resid/stat"), 1e-7);
    close("shapiro", ours.p, number(&r, "shapiro_resid/p"), 1e-5);
}

#[test]
fn monotone_trend_matches_r() {
    let table = csv("c_dose");
    let r = reference("R", "c_dose");
    let (dose, y) = (table.numbers("dose"), table.numbers("y"));
    let rho = spearman(&dose, &y).unwrap();
    close("rho", rho.coefficient, number(&r, "trend/spearman_rho"), 1e-10);
    close("rho", rho.p, number(&r, "trend/spearman_p"), 1e-9);
    let tau = kendall(&dose, &y).unwrap();
    close("tau", tau.coefficient, number(&r, "trend/kendall_tau_b"), 1e-10);
    close("tau", tau.p, number(&r, "trend/kendall_p"), 1e-9);
    // Order alone counts.
    let logs: Vec<f64> = y.iter().map(|v| v.ln()).collect();
    assert_eq!(spearman(&dose, &logs).unwrap(), rho);
    assert!(matches!(spearman(&[1.0; 3], &[1.0, 2.0, 3.0]), Err(StatisticsError::ZeroVariance { .. })));
    assert!(matches!(kendall(&[1.0, 2.0], &[1.0, 2.0]), Err(StatisticsError::TooFew { .. })));
    assert!(spearman(&[1.0, 2.0, 3.0], &[1.0, 2.0]).is_err());
}

#[test]
fn smirnov_and_sign_tests_can_be_counted_by_hand() {
    let sample = |v: &[f64]| Sample::new(v).unwrap();
    // Separated samples: 2 of C(6, 3) = 20 orders.
    let ours = smirnov(&sample(&[1.0, 2.0, 3.0]), &sample(&[4.0, 5.0, 6.0])).unwrap();
    assert_eq!(ours.d, 1.0);
    close("p", ours.p, 0.1, 1e-14);
    // The smallest D possible: every order reaches it.
    let ours = smirnov(&sample(&[1.0, 4.0]), &sample(&[2.0, 3.0])).unwrap();
    close("p", ours.p, 1.0, 1e-14);
    assert!(smirnov(&sample(&[1.0, 2.0]), &sample(&[2.0, 3.0])).is_err());
    let ours = sign_test(&sample(&[1.0, 2.0, -1.0, 0.0, 4.0, 5.0]), 0.95).unwrap();
    assert_eq!((ours.positive, ours.counted), (4, 5));
    close("p", ours.p, 12.0 / 32.0, 1e-14);
    let ours = sign_test(&sample(&[1.0; 4]), 0.95).unwrap();
    close("p", ours.p, 2.0 / 16.0, 1e-14);
    close("low", ours.share.low, 0.025_f64.powf(0.25), 1e-12);
    assert_eq!(ours.share.high, 1.0);
    assert!(sign_test(&sample(&[0.0, 0.0]), 0.95).is_err());
}

#[test]
fn shapiro_wilk_of_three_values_is_the_closed_form() {
    // For n = 3, W = (x₃ − x₁)² / (2 Σ(x − x̄)²) and P = (6/π)(asin √W − π/3).
    for x in [[0.0, 1.0, 2.0], [0.0, 0.1, 5.0], [-3.0, 2.0, 2.0]] {
        let sample = Sample::new(&x).unwrap();
        let w = (x[2] - x[0]).powi(2) / (2.0 * sample.sum_of_squares());
        let ours = shapiro_wilk(&sample).unwrap();
        close("W", ours.w, w, 1e-14);
        let p = 6.0 / std::f64::consts::PI * (w.sqrt().asin() - std::f64::consts::FRAC_PI_3);
        near("p", ours.p, p.max(0.0), 1e-7);
    }
}

#[test]
fn equivalence_is_the_interval_within_the_bounds() {
    let (a, b) = pair("x09_uneq_var", "x", "y");
    let test = two_sample::welch(&a, &b, 0.95).unwrap();
    for alpha in [0.01, 0.05, 0.2] {
        for bound in [2.0, 10.0, 20.0, 40.0] {
            let ours = equivalence::tost(&test, -bound, bound, alpha).unwrap();
            let inside = ours.ci_low > -bound && ours.ci_high < bound;
            assert_eq!(ours.equivalent, inside, "alpha {alpha} bound {bound}");
        }
    }
    assert!(matches!(equivalence::tost(&test, 1.0, 1.0, 0.05), Err(StatisticsError::OutOfRange { .. })));
    assert!(equivalence::tost(&test, -1.0, f64::NAN, 0.05).is_err());
    assert!(equivalence::tost(&test, -1.0, 1.0, 0.5).is_err());
}

#[test]
fn bayes_factor_without_effect_favours_none_and_never_overflows_in_the_logarithm() {
    let none = bayes::two_sample_from_t(0.0, 10.0, 10.0, bayes::MEDIUM_SCALE).unwrap();
    assert!(none.bf10 < 1.0 && none.bf10 > 0.2, "{none:?}");
    let huge = bayes::one_sample_from_t(1e6, 200.0, 1.0).unwrap();
    assert!(huge.bf10.is_infinite() && huge.ln_bf10.is_finite() && huge.ln_bf10 > 700.0);
    // The prior shrinks to a point at no effect: both hypotheses say the same.
    let narrow = bayes::two_sample_from_t(2.5, 8.0, 9.0, 1e-5).unwrap();
    near("narrow prior", narrow.bf10, 1.0, 1e-3);
    assert!(bayes::one_sample_from_t(f64::NAN, 9.0, 1.0).is_err());
    assert!(bayes::one_sample_from_t(1.0, 1.0, 1.0).is_err());
    assert!(bayes::one_sample_from_t(1.0, 9.0, 0.0).is_err());
}

#[test]
fn impossible_checks_are_refused() {
    let constant = Sample::new(&[2.0; 6]).unwrap();
    let good = Sample::new(&[1.0, 2.0, 4.0, 8.0]).unwrap();
    assert!(matches!(shapiro_wilk(&constant), Err(StatisticsError::ZeroVariance { .. })));
    assert!(matches!(
        shapiro_wilk(&Sample::new(&[1.0, 2.0]).unwrap()),
        Err(StatisticsError::TooFew { found: 2, needed: 3, .. })
    ));
    assert!(matches!(levene(&[good], Centre::Mean), Err(StatisticsError::TooFew { .. })));
    assert!(matches!(levene(&[constant.clone(), constant], Centre::Median), Err(StatisticsError::ZeroVariance { .. })));
}
