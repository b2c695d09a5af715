//! Dose–response curves and joint action against R, Python, NIST StRD and
//! closed forms.
#![allow(clippy::unwrap_used)]

mod reference;

use proptest::prelude::*;
use reference::*;
use serde_json::Value;
use statistics::StatisticsError as E;
use statistics::dist::normal;
use statistics::dose_response::{
    CurveData, CurveFit, CurveOutcome, CurveParameters, NotIdentifiedReason, Parameter, Shape, compare_curves,
    compare_nested, fit, fit_3pl, fit_4pl, fit_5pl,
};
use statistics::random::Stream;
use statistics::synergy::{
    EffectCurve, Estimate, GaddumFit, MaximalEffect, Reference, bliss_expected, combination_index, gaddum_schild,
    interaction, loewe, loewe_expected, schild_regression,
};

fn fitted(outcome: CurveOutcome) -> CurveFit {
    match outcome {
        CurveOutcome::Fitted(fit) => *fit,
        CurveOutcome::NotIdentified(why) => panic!("{why:?}"),
    }
}

fn check_fit(what: &str, ours: &CurveFit, r: &Value, python: Option<&Value>) {
    let truth = python.unwrap_or(r);
    for (i, p) in ours.parameters.iter().enumerate() {
        close(what, p.estimate, number(truth, &format!("estimate/{i}")), 1e-6);
        close(what, p.se, number(truth, &format!("se/{i}")), 1e-5);
        close(what, p.wald_low, number(truth, &format!("wald_lwr/{i}")), 1e-5);
        close(what, p.wald_high, number(truth, &format!("wald_upr/{i}")), 1e-5);
        for j in 0..ours.parameters.len() {
            close(what, ours.covariance[i][j], number(truth, &format!("vcov/{i}/{j}")), 1e-5);
        }
    }
    close(what, ours.rss, number(truth, "rss"), 1e-9);
    close(what, ours.sigma, number(truth, "sigma"), 1e-9);
    close(what, ours.log_likelihood, number(truth, "logLik"), 1e-9);
    close(what, ours.aic, number(r, "AIC"), 1e-9);
    close(what, ours.bic, number(r, "BIC"), 1e-9);
    close(what, ours.df, number(truth, "df"), 0.0);
}

#[test]
fn four_parameter_fit_matches_the_references() {
    let table = csv("c_dose");
    let (dose, y) = (table.numbers("dose"), table.numbers("y"));
    let (r, python) = (reference("R", "c_dose"), reference("python", "c_dose"));
    let ours = fitted(fit_4pl(&dose, &y, 0.95).unwrap());
    check_fit("4PL", &ours, at(&r, "logEC50_par"), Some(at(&python, "logEC50_par")));
    close("EC50", ours.ec50.estimate, number(&python, "EC50/estimate"), 1e-6);
    close("Wald", ours.ec50.wald_low, number(&python, "EC50/ci_from_log_wald/0"), 1e-5);
    close("Wald", ours.ec50.wald_high, number(&python, "EC50/ci_from_log_wald/1"), 1e-5);
    assert!(ours.ec50.within_doses);
    for (p, key) in ours.parameters.iter().zip(["b", "c", "d", "le"]) {
        for (side, limit) in [(0, p.profile_low), (1, p.profile_high)] {
            let path = format!("profile_ci/{key}/{side}");
            close(&path, limit.unwrap(), number(&python, &path), 1e-8);
            close(&path, limit.unwrap(), number(&r, &path), 1e-6);
        }
    }
    close("profile", ours.ec50.profile_low.unwrap(), number(&python, "profile_ci/EC50/0"), 1e-6);
    close("profile", ours.ec50.profile_high.unwrap(), number(&python, "profile_ci/EC50/1"), 1e-6);
    let lack = ours.lack_of_fit.unwrap();
    close("lack of fit", lack.f, number(&python, "lack_of_fit/F"), 1e-8);
    close("lack of fit", lack.p, number(&python, "lack_of_fit/p"), 1e-8);
    close("lack of fit", lack.df1, number(&r, "lack_of_fit/df/0"), 0.0);
    close("lack of fit", lack.df2, number(&r, "lack_of_fit/df/1"), 0.0);
    for (i, percent) in numbers(&r, "ED/percent").into_iter().enumerate() {
        let dose = ours.effective_dose(percent, 0.95).unwrap();
        close("ED", dose.value, number(&r, &format!("ED/estimate/{i}")), 1e-6);
        close("ED", dose.low, number(&r, &format!("ED/ci_lwr/{i}")), 1e-5);
        close("ED", dose.high, number(&r, &format!("ED/ci_upr/{i}")), 1e-5);
    }
    // drc: the same estimates from another optimiser.
    let drc = at(&r, "drc_LL4");
    for i in 0..3 {
        close("drc", ours.parameters[i].estimate, number(drc, &format!("estimate/{i}")), 1e-5);
    }
    close("drc", ours.ec50.estimate, number(drc, "estimate/3"), 1e-5);
    let three = fitted(fit_3pl(&dose, &y, 0.95).unwrap());
    check_fit("3PL", &three, at(&r, "hill_fixed_1"), None);
    let test = compare_nested(&three, &ours).unwrap();
    close("Hill = 1", test.f, number(&r, "F_test_hill_eq_1/F"), 1e-7);
    close("Hill = 1", test.p, number(&r, "F_test_hill_eq_1/p"), 1e-7);
    assert!(compare_nested(&ours, &three).is_err());
}

const DOSES: [f64; 9] = [0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// Two responses per dose, `scatter` above and below the curve.
fn around(curve: &CurveParameters, scatter: f64) -> (Vec<f64>, Vec<f64>) {
    let mut data = (Vec::new(), Vec::new());
    for (i, x) in DOSES.iter().enumerate() {
        let wobble = scatter * [1.0, -0.4, 0.7][i % 3];
        for sign in [-1.0, 1.0] {
            data.0.push(*x);
            data.1.push(curve.response(*x) + sign * scatter + wobble);
        }
    }
    data
}

fn curve(hill: f64, plateau: f64, baseline: f64, ec50: f64, asymmetry: f64) -> CurveParameters {
    CurveParameters { hill, plateau, baseline, ln_ec50: f64::ln(ec50), asymmetry }
}

#[test]
fn exact_curves_are_recovered_to_rounding() {
    for truth in
        [curve(1.0, 100.0, 20.0, 0.5, 1.0), curve(0.6, -3.0, 8.0, 2.0, 1.0), curve(2.5, 1e6 + 4.0, 1e6, 0.2, 1.0)]
    {
        let (dose, y) = around(&truth, 0.0);
        let ours = fitted(fit_4pl(&dose, &y, 0.95).unwrap()).curve;
        close("Hill", ours.hill, truth.hill, 1e-7);
        close("EC50", ours.ec50(), truth.ec50(), 1e-7);
        close("plateau", ours.plateau, truth.plateau, 1e-9);
        close("baseline", ours.baseline, truth.baseline, 1e-9);
    }
}

#[test]
fn five_parameters_find_asymmetry_and_its_half_effect() {
    let truth = curve(1.2, 10.0, 100.0, 0.4, 0.35);
    near("half", truth.response(0.4), 55.0, 1e-10);
    let (dose, y) = around(&truth, 0.05);
    let five = fitted(fit_5pl(&dose, &y, 0.95).unwrap());
    close("EC50", five.ec50.estimate, 0.4, 0.02);
    near("f", five.curve.asymmetry, 0.35, 0.1);
    let four = fitted(fit_4pl(&dose, &y, 0.95).unwrap());
    assert!(compare_nested(&four, &five).unwrap().p < 1e-6);
    assert!(four.lack_of_fit.unwrap().p < five.lack_of_fit.unwrap().p);
    let half = five.effective_dose(50.0, 0.95).unwrap();
    close("ED50", half.value, five.ec50.estimate, 1e-9);
    close("ED50", half.low, five.ec50.wald_low, 1e-6);
    let tenth = five.effective_dose(10.0, 0.95).unwrap();
    let reached = five.curve.response(tenth.value);
    close("ED10", reached, five.curve.baseline + 0.1 * (five.curve.plateau - five.curve.baseline), 1e-9);
}

#[test]
fn predictions_carry_the_uncertainty_of_the_curve() {
    let (dose, y) = around(&curve(1.0, 50.0, 10.0, 1.0, 1.0), 2.0);
    let ours = fitted(fit_4pl(&dose, &y, 0.95).unwrap());
    let at_zero = ours.predict(0.0, 0.95).unwrap();
    let baseline = &ours.parameters[2];
    close("no dose = baseline", at_zero.low, baseline.wald_low, 1e-12);
    close("no dose = baseline", at_zero.value, baseline.estimate, 1e-12);
    assert!(ours.predict(1.0, 1.5).is_err());
}

#[test]
fn profile_intervals_cover_at_their_level() {
    let truth = curve(1.2, 105.0, 158.0, 0.3, 1.0);
    let dose: Vec<f64> = DOSES.iter().flat_map(|x| [*x; 4]).collect();
    let (mut covered, mut reported) = (0, 0);
    const SETS: u64 = 400;
    for set in 0..SETS {
        let mut stream = Stream::new(8, set);
        let y: Vec<f64> =
            dose.iter().map(|x| truth.response(*x) + 6.0 * normal::quantile(stream.unit().max(1e-12))).collect();
        if let CurveOutcome::Fitted(ours) = fit_4pl(&dose, &y, 0.95).unwrap() {
            reported += 1;
            let low = ours.ec50.profile_low.is_none_or(|low| low <= 0.3);
            let high = ours.ec50.profile_high.is_none_or(|high| high >= 0.3);
            covered += u32::from(low && high);
        }
    }
    assert!(reported > 395, "{reported} curves reported");
    let share = f64::from(covered) / f64::from(reported);
    // Three Monte-Carlo standard errors of 400 sets.
    near("coverage", share, 0.95, 3.0 * (0.95 * 0.05 / 400.0_f64).sqrt());
}

#[test]
fn curves_that_the_data_do_not_identify_are_not_reported() {
    let reason = |outcome: CurveOutcome| match outcome {
        CurveOutcome::NotIdentified(why) => why.reason,
        CurveOutcome::Fitted(fit) => panic!("{fit:?}"),
    };
    let dose: Vec<f64> = DOSES.iter().flat_map(|x| [*x, *x]).collect();
    // Scatter only.
    let noise: Vec<f64> = (0..18).map(|i| f64::from((i * 7) % 5) + 20.0).collect();
    assert_eq!(reason(fit_4pl(&dose, &noise, 0.95).unwrap()), NotIdentifiedReason::NoTrend);
    assert_eq!(reason(fit_4pl(&dose, &[3.0; 18], 0.95).unwrap()), NotIdentifiedReason::NoTrend);
    // A step between two neighbouring doses: every steep curve fits.
    let step: Vec<f64> =
        dose.iter().enumerate().map(|(i, x)| if *x > 0.5 { 10.0 } else { 0.0 } + 0.1 * (i % 2) as f64).collect();
    assert_eq!(reason(fit_4pl(&dose, &step, 0.95).unwrap()), NotIdentifiedReason::Singular);
    // A line in dose: the plateau and with it EC50 are beyond all doses.
    let line: Vec<f64> = dose.iter().enumerate().map(|(i, x)| 0.3 * x + 0.4 * (i % 2) as f64).collect();
    match fit_4pl(&dose, &line, 0.95).unwrap() {
        CurveOutcome::NotIdentified(why) => assert!(why.trend.p < 0.05),
        CurveOutcome::Fitted(fit) => {
            assert!(fit.ec50.profile_high.is_none(), "{:?}", fit.ec50);
        }
    }
}

#[test]
fn one_sided_ec50_is_said_to_be_so() {
    // Half effect below the lowest dose: bounded above only.
    let dose = [0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 5.0, 5.0, 10.0, 10.0, 30.0];
    let y = [100.0, 103.0, 97.0, 46.0, 41.0, 41.0, 38.5, 39.0, 41.5, 40.5, 38.0, 39.5];
    let ours = fitted(fit_3pl(&dose, &y, 0.95).unwrap());
    assert!(!ours.ec50.within_doses);
    assert!(ours.ec50.profile_low.is_none(), "{:?}", ours.ec50);
    let high = ours.ec50.profile_high.unwrap();
    assert!(high > ours.ec50.estimate && high < 1.0, "{:?}", ours.ec50);
}

#[test]
fn comparison_finds_the_parameter_that_differs() {
    let left = around(&curve(1.0, 100.0, 20.0, 0.3, 1.0), 2.0);
    let right = around(&curve(1.0, 100.0, 20.0, 1.5, 1.0), 2.0);
    let data = [CurveData { dose: &left.0, response: &left.1 }, CurveData { dose: &right.0, response: &right.1 }];
    let ec50 = compare_curves(Shape::FourParameter, &data, &[Parameter::LnEc50]).unwrap();
    assert!(ec50.test.p < 1e-6, "{:?}", ec50.test);
    let hill = compare_curves(Shape::FourParameter, &data, &[Parameter::Hill]).unwrap();
    assert!(hill.test.p > 0.2, "{:?}", hill.test);
    assert_eq!(hill.curves_shared[0].hill, hill.curves_shared[1].hill);
    let all = Shape::FourParameter.parameters();
    let same = compare_curves(Shape::FourParameter, &[data[0], data[0]], all).unwrap();
    near("identical curves", same.test.f, 0.0, 1e-8);
    assert_eq!(same.test.df1, 4.0);
    // Apart, the sum of squares is the sum of the single fits.
    let single = |d: &(Vec<f64>, Vec<f64>)| fitted(fit_4pl(&d.0, &d.1, 0.95).unwrap()).rss;
    close("apart", ec50.rss_apart, single(&left) + single(&right), 1e-9);
    assert!(compare_curves(Shape::FourParameter, &data[..1], all).is_err());
    assert!(matches!(compare_curves(Shape::ThreeParameter, &data, &[Parameter::Hill]), Err(E::Undefined { .. })));
}

#[test]
fn impossible_doses_are_refused() {
    let y = [1.0, 2.0, 3.0, 4.0, 5.0];
    assert!(matches!(
        fit_4pl(&[0.0, 1.0, -2.0, 3.0, 4.0], &y, 0.95),
        Err(E::Undefined { why, .. }) if why.contains("value 3 has the dose -2")
    ));
    assert!(matches!(fit_4pl(&[0.0, 1.0], &y, 0.95), Err(E::LengthMismatch { .. })));
    assert!(matches!(fit_4pl(&[0.0, 1.0, 1.0, 0.0, 2.0], &y, 0.95), Err(E::TooFew { found: 3, needed: 4, .. })));
    assert!(matches!(fit_4pl(&[0.0, 1.0, 2.0, 3.0], &y[..4], 0.95), Err(E::TooFew { .. })));
    assert!(matches!(fit_4pl(&[0.0, 1.0, 2.0, f64::NAN, 4.0], &y, 0.95), Err(E::NotFinite { index: 3, .. })));
    assert!(matches!(fit_4pl(&[0.0, 1.0, 2.0, 3.0, 4.0], &y, 0.0), Err(E::OutOfRange { .. })));
    assert!(matches!(fit_4pl(&[], &[], 0.95), Err(E::TooFew { .. })));
}

fn check_estimate(what: &str, ours: &Estimate, truth: &Value, i: usize) {
    close(what, ours.value, number(truth, &format!("estimate/{i}")), 1e-6);
    close(what, ours.se, number(truth, &format!("se/{i}")), 1e-5);
    near(what, ours.wald_low, number(truth, &format!("wald_lwr/{i}")), 1e-5 * ours.se);
    near(what, ours.wald_high, number(truth, &format!("wald_upr/{i}")), 1e-5 * ours.se);
    assert!(ours.profile_low.unwrap() < ours.value && ours.profile_high.unwrap() > ours.value);
}

fn check_gaddum(what: &str, ours: &GaddumFit, truth: &Value) {
    let mut all = vec![ours.top, ours.bottom, ours.log10_ec50, ours.hill, ours.pa2];
    all.extend(ours.slope);
    for (i, estimate) in all.iter().enumerate() {
        check_estimate(what, estimate, truth, i);
    }
    close(what, ours.rss, number(truth, "rss"), 1e-9);
    close(what, ours.df, number(truth, "df"), 0.0);
}

#[test]
fn competitive_antagonism_matches_the_references() {
    let table = csv("c2_schild");
    let (a, b, y) = (table.numbers("agonist"), table.numbers("antagonist"), table.numbers("y"));
    let (r, python) = (reference("R", "c2_schild"), reference("python", "c2_schild"));
    let ours = gaddum_schild(&a, &b, &y, 0.95).unwrap();
    check_gaddum("free", &ours.slope_free, at(&python, "global_slope_free"));
    check_gaddum("one", &ours.slope_one, at(&python, "global_slope_1"));
    close("test", ours.slope_test.f, number(&r, "F_slope_eq_1/F"), 1e-6);
    close("test", ours.slope_test.p, number(&r, "F_slope_eq_1/p"), 1e-6);
    let line = schild_regression(&a, &b, &y, 0.95).unwrap();
    let shape = at(&r, "shared_shape_fit");
    close("top", line.top, number(shape, "estimate/0"), 1e-7);
    close("bottom", line.bottom, number(shape, "estimate/1"), 1e-7);
    close("Hill", line.hill, number(shape, "estimate/2"), 1e-6);
    close("rss", line.rss, number(shape, "rss"), 1e-9);
    for (k, point) in line.points.iter().enumerate() {
        close("log EC50", point.log10_ec50, number(shape, &format!("estimate/{}", 3 + k)), 1e-6);
        close("se", point.se, number(shape, &format!("se/{}", 3 + k)), 1e-5);
    }
    let r = at(&r, "schild_regression");
    for (k, point) in line.points[1..].iter().enumerate() {
        close("B", point.antagonist, number(r, &format!("B/{k}")), 0.0);
        close("ratio", point.dose_ratio, number(r, &format!("dose_ratio/{k}")), 1e-6);
    }
    close("slope", line.slope.value, number(r, "slope"), 1e-6);
    close("slope se", line.slope_se, number(r, "slope_se"), 1e-4);
    close("slope", line.slope.low, number(r, "slope_ci/0"), 1e-5);
    close("slope", line.slope.high, number(r, "slope_ci/1"), 1e-5);
    close("intercept", line.intercept, number(r, "intercept"), 1e-5);
    close("pA2", line.pa2, number(r, "pA2_xintercept"), 1e-5);
}

#[test]
fn exact_competition_returns_its_constants() {
    let (ec50, kb) = (0.2_f64, 0.5_f64);
    let mut data = (Vec::new(), Vec::new(), Vec::new());
    for b in [0.0, 0.5, 2.0, 8.0] {
        for a in [0.0, 0.02, 0.05, 0.2, 0.8, 3.0, 10.0, 40.0] {
            let shifted = ec50 * (1.0 + b / kb);
            data.0.push(a);
            data.1.push(b);
            data.2.push(100.0 - 60.0 * a / (a + shifted));
        }
    }
    let ours = gaddum_schild(&data.0, &data.1, &data.2, 0.95).unwrap();
    close("pA2", ours.slope_one.pa2.value, -kb.log10(), 1e-6);
    close("slope", ours.slope_free.slope.unwrap().value, 1.0, 1e-6);
    let line = schild_regression(&data.0, &data.1, &data.2, 0.95).unwrap();
    close("slope", line.slope.value, 1.0, 1e-5);
    close("ratio", line.points[3].dose_ratio, 17.0, 1e-5);
    // An "antagonist" that shifts to the left has no Schild plot.
    let leftward: Vec<f64> = data.1.iter().map(|b| 8.0 - b).collect();
    match schild_regression(&data.0, &leftward, &data.2, 0.95) {
        Err(E::Undefined { why, .. }) => assert!(why.contains("dose ratio"), "{why}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        gaddum_schild(&data.0, &vec![1.0; 32], &data.2, 0.95),
        Err(E::TooFew { what, .. }) if what.contains("without antagonist")
    ));
    assert!(gaddum_schild(&data.0, &data.1[1..], &data.2, 0.95).is_err());
}

#[test]
fn joint_action_matches_the_references() {
    let table = csv("c3_mixture");
    let (a, b, e) = (table.numbers("d1"), table.numbers("d2"), table.numbers("effect"));
    let (r, python) = (reference("R", "c3_mixture"), reference("python", "c3_mixture"));
    let bliss = interaction(Reference::Bliss, &a, &b, &e, 0.95).unwrap();
    let highest = interaction(Reference::HighestSingleAgent, &a, &b, &e, 0.95).unwrap();
    assert_eq!(bliss.len(), numbers(&r, "bliss/d1").len());
    for (i, cell) in bliss.iter().enumerate() {
        let get = |key: &str| number(&r, &format!("bliss/{key}/{i}"));
        assert_eq!((cell.dose_a, cell.dose_b), (get("d1"), get("d2")));
        close("mean", cell.mean_effect, get("mean_effect"), 1e-10);
        close("expected", cell.expected, get("expected"), 1e-10);
        near("excess", cell.excess.estimate, get("excess"), 1e-12);
        close("se", cell.excess.se, get("se_delta"), 1e-9);
        close("z", cell.excess.statistic, get("z"), 1e-8);
        near("HSA", highest[i].excess.estimate, number(&r, &format!("hsa_excess/{i}")), 1e-12);
    }
    let alone = |own: &[f64], other: &[f64]| -> (Vec<f64>, Vec<f64>) {
        own.iter().zip(other).zip(&e).filter(|((_, o), _)| **o == 0.0).map(|((x, _), e)| (*x, *e)).unzip()
    };
    let (dose, effect) = alone(&a, &b);
    let first = EffectCurve::fit(&dose, &effect, MaximalEffect::One).unwrap();
    let (dose, effect) = alone(&b, &a);
    let second = EffectCurve::fit(&dose, &effect, MaximalEffect::One).unwrap();
    for (curve, key) in [(&first, "mono1"), (&second, "mono2")] {
        let p = at(&python, key);
        close(key, curve.hill, number(p, "estimate/0"), 1e-6);
        close(key, curve.ln_ed50, number(p, "estimate/1"), 1e-6);
        close(key, curve.covariance[0][0].sqrt(), number(p, "se/0"), 1e-5);
        close(key, curve.covariance[1][1].sqrt(), number(p, "se/1"), 1e-5);
        close(key, curve.covariance[0][1], number(p, "vcov/0/1"), 1e-5);
        close(key, curve.rss, number(p, "rss"), 1e-9);
        close(key, curve.df, number(p, "df"), 0.0);
    }
    let cells = loewe(&a, &b, &e, &first, &second, 0.95).unwrap();
    let mut excess = 0.0;
    for (i, cell) in cells.iter().enumerate() {
        let index = cell.index.unwrap();
        let path = format!("loewe_combination_index/{i}");
        close("index", index.value, number(&python, &path), 1e-6);
        assert!(index.low < index.value && index.value < index.high);
        let expected = cell.expected.unwrap();
        close("expected", expected, number(&python, &format!("loewe_expected_effect/{i}")), 1e-6);
        let path = format!("loewe_excess/{i}");
        near("excess", cell.excess.unwrap().estimate, number(&r, &path), 1e-7);
        let independent = bliss_expected(cell.dose_a, cell.dose_b, &first, &second);
        close("Bliss", independent, number(&r, &format!("bliss_model_expected/{i}")), 1e-6);
        excess += (cell.mean_effect - independent) / cells.len() as f64;
    }
    close("mean", excess, number(&r, "bliss_model_excess_mean"), 1e-6);
}

fn effect_curve(hill: f64, ed50: f64, maximum: f64) -> EffectCurve {
    let covariance = vec![vec![0.0; 3]; 3];
    EffectCurve { hill, ln_ed50: f64::ln(ed50), maximum, covariance, rss: 0.0, df: 5.0 }
}

#[test]
fn a_drug_combined_with_itself_is_additive() {
    let same = effect_curve(1.7, 3.0, 0.8);
    for (x, y) in [(1.0, 2.0), (0.1, 9.0), (40.0, 1.0)] {
        let effect = same.effect(x + y);
        close("index", combination_index(x, y, effect, &same, &same).unwrap(), 1.0, 1e-12);
        close("expected", loewe_expected(x, y, &same, &same).unwrap(), effect, 1e-12);
    }
    close("alone", loewe_expected(2.0, 0.0, &same, &same).unwrap(), same.effect(2.0), 1e-12);
}

#[test]
fn loewe_errors_are_those_of_repeated_experiments() {
    // Estimates scattered as their covariance says, and the spread of what
    // follows from them.
    let covariance = |h: f64, ed: f64| vec![vec![h * h, 0.3 * h * ed], vec![0.3 * h * ed, ed * ed]];
    let spread = [(0.04, 0.05), (0.03, 0.06)];
    let curves = [
        EffectCurve { covariance: covariance(0.04, 0.05), ..effect_curve(1.3, 0.5, 1.0) },
        EffectCurve { covariance: covariance(0.03, 0.06), ..effect_curve(0.9, 2.0, 1.0) },
    ];
    let (x, y) = (0.3, 1.5);
    // Two observations with variance of the mean 0.01².
    let effects = [0.6 - 0.01, 0.6 + 0.01];
    let ours = loewe(&[x, x], &[y, y], &effects, &curves[0], &curves[1], 0.95).unwrap();
    let (mut logs, mut excesses) = (Vec::new(), Vec::new());
    for draw in 0..20_000 {
        let mut stream = Stream::new(3, draw);
        let mut next = || normal::quantile(stream.unit().max(1e-12));
        let mut drawn = |curve: &EffectCurve, (h, ed): (f64, f64)| {
            let (u, v) = (next(), next());
            EffectCurve {
                hill: curve.hill + h * u,
                ln_ed50: curve.ln_ed50 + ed * (0.3 * u + (1.0_f64 - 0.09).sqrt() * v),
                ..curve.clone()
            }
        };
        let (a, b) = (drawn(&curves[0], spread[0]), drawn(&curves[1], spread[1]));
        let effect = 0.6 + 0.01 * next();
        logs.push(combination_index(x, y, effect, &a, &b).unwrap().ln());
        excesses.push(effect - loewe_expected(x, y, &a, &b).unwrap());
    }
    let sd = |v: &[f64]| statistics::Sample::new(v).unwrap().sd();
    let excess = ours[0].excess.unwrap();
    close("excess", excess.se, sd(&excesses), 0.03);
    let index = ours[0].index.unwrap();
    let t = statistics::dist::student_t::quantile_upper(0.025, excess.df);
    // The two carry different parts of each variance, so their df differ a little.
    close("index", (index.high / index.value).ln() / t, sd(&logs), 0.1);
}

#[test]
fn loewe_is_undefined_beyond_the_smaller_maximum() {
    let (full, partial) = (effect_curve(1.0, 1.0, 1.0), effect_curve(1.0, 1.0, 0.4));
    assert!(matches!(
        combination_index(1.0, 1.0, 0.5, &full, &partial),
        Err(E::Undefined { why, .. }) if why.contains("0.400000")
    ));
    // Below it, additive doses are found; far above, they are not.
    let low = loewe_expected(0.1, 0.1, &full, &partial).unwrap();
    close("index", combination_index(0.1, 0.1, low, &full, &partial).unwrap(), 1.0, 1e-10);
    assert!(matches!(loewe_expected(5.0, 1.0, &full, &partial), Err(E::Undefined { .. })));
    // In a table the cell stays, with the reason.
    let cells = loewe(&[5.0, 5.0], &[1.0, 1.0], &[0.85, 0.9], &full, &partial, 0.95).unwrap();
    assert!(cells[0].index.is_none() && cells[0].excess.is_none());
    assert!(cells[0].undefined.as_deref().unwrap().contains("0.4"));
    assert!(combination_index(-1.0, 1.0, 0.2, &full, &full).is_err());
    assert!(loewe_expected(0.0, 0.0, &full, &full).is_err());
}

#[test]
fn impossible_grids_are_refused() {
    let (a, b) = ([0.0, 1.0, 0.0, 1.0, 1.0], [0.0, 0.0, 2.0, 2.0, 2.0]);
    let e = [0.0, 0.2, 0.3, 0.5, 0.6];
    assert!(matches!(
        interaction(Reference::Bliss, &a, &b, &e, 0.95),
        Err(E::TooFew { what, .. }) if what.contains("doses 1 and 0")
    ));
    let percent = [0.0, 20.0, 30.0, 50.0, 60.0];
    assert!(matches!(interaction(Reference::Bliss, &a, &b, &percent, 0.95), Err(E::OutOfRange { .. })));
    assert!(matches!(
        interaction(Reference::Bliss, &[1.0, 1.0], &[2.0, 2.0], &[0.1, 0.2], 0.95),
        Err(E::Undefined { .. })
    ));
    assert!(matches!(interaction(Reference::Bliss, &a[..3], &b[..3], &e[..3], 0.95), Err(E::TooFew { .. })));
    assert!(interaction(Reference::Bliss, &a, &b[1..], &e, 0.95).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fits_follow_the_units_of_dose_and_response(
        hill in 0.7..2.0_f64,
        ec50 in 0.1..3.0_f64,
        unit in 1e-3..1e3_f64,
        shift in -100.0..100.0_f64,
        scale in 0.1..10.0_f64,
    ) {
        let (dose, y) = around(&curve(hill, 100.0, 20.0, ec50, 1.0), 1.5);
        let plain = fitted(fit(Shape::FourParameter, &dose, &y, 0.95).unwrap());
        let dose: Vec<f64> = dose.iter().map(|x| x * unit).collect();
        let y: Vec<f64> = y.iter().map(|v| shift - scale * v).collect();
        let moved = fitted(fit(Shape::FourParameter, &dose, &y, 0.95).unwrap());
        prop_assert!((moved.ec50.estimate / (unit * plain.ec50.estimate) - 1.0).abs() < 1e-6);
        prop_assert!((moved.curve.hill / plain.curve.hill - 1.0).abs() < 1e-6);
        prop_assert!((moved.curve.plateau - (shift - scale * plain.curve.plateau)).abs() < 1e-5 * scale);
        prop_assert!((moved.rss / (scale * scale * plain.rss) - 1.0).abs() < 1e-8);
        let (low, high) = (moved.ec50.profile_low.unwrap(), plain.ec50.profile_low.unwrap());
        prop_assert!((low / (unit * high) - 1.0).abs() < 1e-6);
    }
}
