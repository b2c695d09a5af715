//! Dose–response curves, competitive antagonists, mixtures.

use crate::book::{Book, Side};
use crate::families;
use crate::reference::csv;
use Side::{Python, R};
use statistics::Sample;
use statistics::dist::student_t;
use statistics::dose_response::{CurveFit, CurveOutcome, compare_nested, fit_3pl, fit_4pl};
use statistics::order::{kendall, spearman};
use statistics::synergy::{
    EffectCurve, GaddumFit, MaximalEffect, Reference, bliss_expected, gaddum_schild, interaction, loewe,
    schild_regression,
};

fn fitted(outcome: CurveOutcome) -> CurveFit {
    match outcome {
        CurveOutcome::Fitted(fit) => *fit,
        CurveOutcome::NotIdentified(why) => panic!("{why:?}"),
    }
}

/// An estimate with its Wald test and limits at place `i` of `key`.
fn estimate(book: &mut Book, key: &str, i: usize, value: (f64, f64), wald: (f64, f64), df: f64) {
    let (value, se) = value;
    book.rel(Python, &format!("{key}/estimate/{i}"), Some(value), 1e-6);
    book.rel(Python, &format!("{key}/se/{i}"), Some(se), 1e-5);
    let t = value / se;
    book.rel(R, &format!("{key}/t/{i}"), Some(t), 1e-5);
    book.rel(R, &format!("{key}/p/{i}"), Some(student_t::two_sided(t, df)), 1e-3);
    book.abs(Python, &format!("{key}/wald_lwr/{i}"), Some(wald.0), 1e-5 * (se + wald.0.abs()));
    book.abs(Python, &format!("{key}/wald_upr/{i}"), Some(wald.1), 1e-5 * (se + wald.1.abs()));
}

/// Fit statistics from the sum of squares, all on n observations.
fn summary(book: &mut Book, key: &str, rss: f64, df: f64, parameters: usize) {
    let n = df + parameters as f64;
    let log_likelihood = -0.5 * n * ((std::f64::consts::TAU * rss / n).ln() + 1.0);
    let k = parameters as f64 + 1.0;
    book.rel(Python, &format!("{key}/rss"), Some(rss), 1e-9);
    book.rel(Python, &format!("{key}/df"), Some(df), 0.0);
    book.rel(Python, &format!("{key}/sigma"), Some((rss / df).sqrt()), 1e-9);
    book.rel(Python, &format!("{key}/logLik"), Some(log_likelihood), 1e-9);
    book.rel(R, &format!("{key}/AIC"), Some(2.0 * k - 2.0 * log_likelihood), 1e-9);
    book.rel(R, &format!("{key}/BIC"), Some(n.ln() * k - 2.0 * log_likelihood), 1e-9);
}

fn curve(book: &mut Book, key: &str, ours: &CurveFit) {
    for (i, p) in ours.parameters.iter().enumerate() {
        estimate(book, key, i, (p.estimate, p.se), (p.wald_low, p.wald_high), ours.df);
        for (j, other) in ours.parameters.iter().enumerate() {
            let allowed = 1e-5 * p.se * other.se;
            book.abs(Python, &format!("{key}/vcov/{i}/{j}"), Some(ours.covariance[i][j]), allowed);
        }
    }
    summary(book, key, ours.rss, ours.df, ours.parameters.len());
    book.rel(Python, &format!("{key}/logLik"), Some(ours.log_likelihood), 1e-9);
    book.rel(R, &format!("{key}/AIC"), Some(ours.aic), 1e-9);
    book.rel(R, &format!("{key}/BIC"), Some(ours.bic), 1e-9);
}

pub fn dose(book: &mut Book) {
    let table = csv("c_dose");
    let (dose, y) = (table.numbers("dose"), table.numbers("y"));
    let ours = fitted(fit_4pl(&dose, &y, 0.95).unwrap());
    curve(book, "logEC50_par", &ours);
    let e = ours.ec50;
    // Delta method on the linear scale: EC50 · se(ln EC50), symmetric limits.
    let se = e.estimate * ours.parameters[3].se;
    let margin = student_t::quantile_upper(0.025, ours.df) * se;
    book.rel(Python, "EC50/estimate", Some(e.estimate), 1e-6);
    book.rel(Python, "EC50/se_delta", Some(se), 1e-5);
    book.limits(Python, "EC50/ci_from_log_wald", Some((e.wald_low, e.wald_high)), 1e-5);
    book.limits(R, "EC50/ci_delta_linear", Some((e.estimate - margin, e.estimate + margin)), 1e-5);
    for (p, key) in ours.parameters.iter().zip(["b", "c", "d", "le"]) {
        book.limits(Python, &format!("profile_ci/{key}"), p.profile_low.zip(p.profile_high), 1e-6);
        book.limits(R, &format!("profile_ci/{key}"), p.profile_low.zip(p.profile_high), 1e-6);
    }
    book.limits(Python, "profile_ci/EC50", e.profile_low.zip(e.profile_high), 1e-6);
    let lack = ours.lack_of_fit.unwrap();
    for key in ["lack_of_fit", "drc_LL4/lof"] {
        let tolerance = if key == "lack_of_fit" { 1e-8 } else { 1e-6 };
        let name = |plain: &str, drc: &str| format!("{key}/{}", if key == "lack_of_fit" { plain } else { drc });
        book.rel(Python, &name("F", "F value"), Some(lack.f), tolerance);
        book.rel(Python, &name("p", "p value"), Some(lack.p), tolerance);
        book.rel(R, &name("df/0", "Df"), Some(lack.df1), 0.0);
        book.rel(R, &name("df/1", "none"), Some(lack.df2), 0.0);
    }
    book.rel(R, "drc_LL4/lof/RSS", Some(ours.rss), 1e-8);
    // Rows of drc's table: the curve first, then the model of group means.
    book.rel(R, "drc_LL4/lof/ModelDf", Some(ours.df), 0.0);
    for (i, percent) in book.list("ED/percent").into_iter().enumerate() {
        let own = ours.effective_dose(percent, 0.95).unwrap();
        let margin = student_t::quantile_upper(0.025, ours.df);
        book.rel(R, &format!("ED/percent/{i}"), Some(percent), 0.0);
        book.rel(R, &format!("ED/estimate/{i}"), Some(own.value), 1e-6);
        book.rel(R, &format!("ED/se_log/{i}"), Some((own.high / own.value).ln() / margin), 1e-5);
        book.rel(R, &format!("ED/ci_lwr/{i}"), Some(own.low), 1e-5);
        book.rel(R, &format!("ED/ci_upr/{i}"), Some(own.high), 1e-5);
    }
    drc(book, &ours);
    let three = fitted(fit_3pl(&dose, &y, 0.95).unwrap());
    curve(book, "hill_fixed_1", &three);
    let test = compare_nested(&three, &ours).unwrap();
    for (key, value) in [("F", test.f), ("df/0", test.df1), ("df/1", test.df2), ("p", test.p)] {
        book.rel(R, &format!("F_test_hill_eq_1/{key}"), Some(value), 1e-7);
    }
    let mut levels = dose.clone();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let of = |x: f64| -> Vec<f64> { dose.iter().zip(&y).filter(|(d, _)| **d == x).map(|(_, y)| *y).collect() };
    let groups: Vec<Sample> = levels.iter().map(|x| Sample::new(&of(*x)).unwrap()).collect();
    families::variance(book, "dunnett_vs_dose0", &groups);
    families::dunnett(book, "dunnett_vs_dose0/dunnett", &groups);
    let (rho, tau) = (spearman(&dose, &y).unwrap(), kendall(&dose, &y).unwrap());
    book.rel(R, "trend/spearman_rho", Some(rho.coefficient), 1e-10);
    book.rel(R, "trend/spearman_p", Some(rho.p), 1e-9);
    book.rel(R, "trend/kendall_tau_b", Some(tau.coefficient), 1e-10);
    book.rel(R, "trend/kendall_p", Some(tau.p), 1e-9);
}

/// drc stops a little off the minimum; its SE are of a numerical Hessian.
fn drc(book: &mut Book, ours: &CurveFit) {
    for (i, p) in ours.parameters.iter().enumerate() {
        // drc's fourth parameter is the EC50 itself.
        let (value, se) = if i == 3 { (ours.ec50.estimate, ours.ec50.estimate * p.se) } else { (p.estimate, p.se) };
        book.rel(R, &format!("drc_LL4/estimate/{i}"), Some(value), 1e-5);
        book.rel(R, &format!("drc_LL4/se/{i}"), Some(se), 0.1);
    }
    book.rel(R, "drc_LL4/rss", Some(ours.rss), 1e-8);
    book.rel(R, "drc_LL4/logLik", Some(ours.log_likelihood), 1e-9);
    for (i, percent) in [10.0, 20.0, 50.0, 80.0, 90.0].into_iter().enumerate() {
        let own = ours.effective_dose(percent, 0.95).unwrap().value;
        if book.list("drc_LL4/ED").len() == 5 {
            book.rel(R, &format!("drc_LL4/ED/{i}"), Some(own), 1e-4);
        }
    }
    for part in ["drc_LL4/ED_", "drc_LL4/ci_", "drc_LL4/lof/none", "drc_LL4/ED"] {
        book.leave_out(part, "drc: errors of a numerical Hessian on the linear scale, 10 % apart by design");
    }
}

fn gaddum(book: &mut Book, key: &str, ours: &GaddumFit) {
    let mut all = vec![ours.top, ours.bottom, ours.log10_ec50, ours.hill, ours.pa2];
    all.extend(ours.slope);
    for (i, e) in all.iter().enumerate() {
        estimate(book, key, i, (e.value, e.se), (e.wald_low, e.wald_high), ours.df);
        // Diagonal; the covariances are not part of the result.
        book.rel(Python, &format!("{key}/vcov/{i}/{i}"), Some(e.se * e.se), 2e-5);
    }
    summary(book, key, ours.rss, ours.df, all.len());
    book.leave_out("/vcov/", "covariances of the parameters are not handed out here; the variances are compared");
}

pub fn schild(book: &mut Book) {
    let table = csv("c2_schild");
    let (a, b, y) = (table.numbers("agonist"), table.numbers("antagonist"), table.numbers("y"));
    let ours = gaddum_schild(&a, &b, &y, 0.95).unwrap();
    gaddum(book, "global_slope_free", &ours.slope_free);
    gaddum(book, "global_slope_1", &ours.slope_one);
    let test = ours.slope_test;
    for (key, value) in [("F", test.f), ("df/0", test.df1), ("df/1", test.df2), ("p", test.p)] {
        book.rel(R, &format!("F_slope_eq_1/{key}"), Some(value), 1e-6);
    }
    let line = schild_regression(&a, &b, &y, 0.95).unwrap();
    let key = "shared_shape_fit";
    let count = 3 + line.points.len();
    let df = y.len() as f64 - count as f64;
    summary(book, key, line.rss, df, count);
    for (i, value) in [line.top, line.bottom, line.hill].into_iter().enumerate() {
        book.rel(R, &format!("{key}/estimate/{i}"), Some(value), 1e-6);
    }
    let margin = student_t::quantile_upper(0.025, df);
    for (k, point) in line.points.iter().enumerate() {
        let (value, se) = (point.log10_ec50, point.se);
        let i = 3 + k;
        book.rel(R, &format!("{key}/estimate/{i}"), Some(value), 1e-6);
        book.rel(R, &format!("{key}/se/{i}"), Some(se), 1e-5);
        book.rel(R, &format!("{key}/t/{i}"), Some(value / se), 1e-5);
        book.rel(R, &format!("{key}/p/{i}"), Some(student_t::two_sided(value / se, df)), 1e-3);
        book.abs(R, &format!("{key}/wald_lwr/{i}"), Some(value - margin * se), 1e-5 * se);
        book.abs(R, &format!("{key}/wald_upr/{i}"), Some(value + margin * se), 1e-5 * se);
        book.rel(R, &format!("{key}/vcov/{i}/{i}"), Some(se * se), 2e-5);
    }
    for part in [
        "shared_shape_fit/vcov",
        "shared_shape_fit/se",
        "shared_shape_fit/t",
        "shared_shape_fit/p",
        "shared_shape_fit/wald",
    ] {
        book.leave_out(part, "error of the common shape: a by-product of the regression, not handed out");
    }
    for (k, point) in line.points[1..].iter().enumerate() {
        book.rel(R, &format!("schild_regression/B/{k}"), Some(point.antagonist), 0.0);
        book.rel(R, &format!("schild_regression/dose_ratio/{k}"), Some(point.dose_ratio), 1e-6);
        let log = (point.dose_ratio - 1.0).log10();
        book.rel(R, &format!("schild_regression/log_dr_minus_1/{k}"), Some(log), 1e-5);
    }
    let at = |key: &str| format!("schild_regression/{key}");
    book.rel(R, &at("slope"), Some(line.slope.value), 1e-6);
    book.rel(R, &at("slope_se"), Some(line.slope_se), 1e-4);
    book.limits(R, &at("slope_ci"), Some((line.slope.low, line.slope.high)), 1e-5);
    book.rel(R, &at("intercept"), Some(line.intercept), 1e-5);
    book.rel(R, &at("pA2_xintercept"), Some(line.pa2), 1e-5);
}

pub fn mixture(book: &mut Book) {
    let table = csv("c3_mixture");
    let (a, b, e) = (table.numbers("d1"), table.numbers("d2"), table.numbers("effect"));
    let bliss = interaction(Reference::Bliss, &a, &b, &e, 0.95).unwrap();
    let highest = interaction(Reference::HighestSingleAgent, &a, &b, &e, 0.95).unwrap();
    for (i, cell) in bliss.iter().enumerate() {
        let at = |key: &str| format!("bliss/{key}/{i}");
        book.rel(R, &at("d1"), Some(cell.dose_a), 0.0);
        book.rel(R, &at("d2"), Some(cell.dose_b), 0.0);
        book.rel(R, &at("mean_effect"), Some(cell.mean_effect), 1e-10);
        book.rel(R, &at("expected"), Some(cell.expected), 1e-10);
        book.abs(R, &at("excess"), Some(cell.excess.estimate), 1e-12);
        book.rel(R, &at("se_delta"), Some(cell.excess.se), 1e-9);
        book.abs(R, &at("z"), Some(cell.excess.statistic), 1e-8);
        book.abs(R, &format!("hsa_excess/{i}"), Some(highest[i].excess.estimate), 1e-12);
    }
    let alone = |own: &[f64], other: &[f64]| -> (Vec<f64>, Vec<f64>) {
        own.iter().zip(other).zip(&e).filter(|((_, o), _)| **o == 0.0).map(|((x, _), e)| (*x, *e)).unzip()
    };
    let curve = |(dose, effect): (Vec<f64>, Vec<f64>)| EffectCurve::fit(&dose, &effect, MaximalEffect::One).unwrap();
    let (first, second) = (curve(alone(&a, &b)), curve(alone(&b, &a)));
    for (curve, key) in [(&first, "mono1"), (&second, "mono2")] {
        let margin = student_t::quantile_upper(0.025, curve.df);
        for (i, value) in [curve.hill, curve.ln_ed50].into_iter().enumerate() {
            let se = curve.covariance[i][i].sqrt();
            estimate(book, key, i, (value, se), (value - margin * se, value + margin * se), curve.df);
            for j in 0..2 {
                let allowed = 1e-5 * se * curve.covariance[j][j].sqrt();
                book.abs(Python, &format!("{key}/vcov/{i}/{j}"), Some(curve.covariance[i][j]), allowed);
            }
        }
        summary(book, key, curve.rss, curve.df, 2);
    }
    let cells = loewe(&a, &b, &e, &first, &second, 0.95).unwrap();
    let mut excess = 0.0;
    for (i, cell) in cells.iter().enumerate() {
        book.rel(Python, &format!("loewe_combination_index/{i}"), cell.index.map(|x| x.value), 1e-6);
        book.rel(Python, &format!("loewe_expected_effect/{i}"), cell.expected, 1e-6);
        book.abs(R, &format!("loewe_excess/{i}"), cell.excess.map(|x| x.estimate), 1e-7);
        let independent = bliss_expected(cell.dose_a, cell.dose_b, &first, &second);
        book.rel(R, &format!("bliss_model_expected/{i}"), Some(independent), 1e-6);
        excess += (cell.mean_effect - independent) / cells.len() as f64;
    }
    book.rel(R, "bliss_model_excess_mean", Some(excess), 1e-6);
}
