//! Two pathways in slices of animals: differences, ranks, models of one and of
//! two levels.

use crate::book::{Book, Side};
use crate::nested::{joint, model, nested_exemptions, profile, random_effects};
use crate::reference::{csv, sorted_codes};
use crate::two::{EXACT, Tolerance, sample, t_test, tost};
use Side::{Python, R};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, cluster_means, fit};
use statistics::normality::shapiro_wilk;
use statistics::order::sign_test;
use statistics::permutation::{self, Arrangements};
use statistics::{bayes, effect, rank, two_sample};

fn pairs(book: &mut Book, key: &str, x: &[f64], y: &[f64]) {
    let at = |tail: &str| format!("{key}/{tail}");
    let t = Tolerance { value: 1e-9, ..EXACT };
    let d = two_sample::differences(x, y).unwrap();
    book.rel(R, &at("n"), Some(d.n() as f64), 0.0);
    sample(book, &at("diff"), &d, 1e-9);
    let test = two_sample::paired(x, y, 0.95).unwrap();
    t_test(book, &at("paired_t"), Some(test), t);
    tost(book, &at("tost_paired"), Some(test), t);
    let exact = rank::wilcoxon_exact(&d).unwrap();
    book.rel(R, &at("wilcoxon_exact/stat"), Some(exact.statistic), 0.0);
    book.rel(R, &at("wilcoxon_exact/p"), Some(exact.p), 1e-12);
    for (name, continuity) in [("wilcoxon_normal_cc", true), ("wilcoxon_normal_nocc", false)] {
        let ours = rank::wilcoxon_normal(&d, continuity).unwrap();
        book.rel(R, &at(&format!("{name}/stat")), Some(ours.statistic), 0.0);
        book.rel(R, &at(&format!("{name}/p")), Some(ours.p), 1e-9);
    }
    let shift = rank::pseudomedian(&d, 0.95).unwrap();
    book.rel(R, &at("hl/pseudomedian"), Some(shift.estimate), 1e-10);
    book.limits(R, &at("hl/ci"), Some((shift.low, shift.high)), 1e-10);
    let sign = sign_test(&d, 0.95).unwrap();
    book.rel(R, &at("sign_test/stat"), Some(sign.positive as f64), 0.0);
    book.rel(R, &at("sign_test/df"), Some(sign.counted as f64), 0.0);
    book.rel(R, &at("sign_test/p"), Some(sign.p), 1e-12);
    book.limits(R, &at("sign_test/ci"), Some((sign.share.low, sign.share.high)), 1e-9);
    let normal = shapiro_wilk(&d).unwrap();
    book.rel(R, &at("shapiro_diff/stat"), Some(normal.w), 1e-7);
    book.rel(R, &at("shapiro_diff/p"), Some(normal.p), 1e-5);
    if book.has(&at("signflip_exact")) {
        let ours = permutation::sign_flip(d.values(), Arrangements::default()).unwrap();
        book.rel(R, &at("signflip_exact/n_perm"), Some(ours.arrangements as f64), 0.0);
        book.rel(R, &at("signflip_exact/p_two_sided"), Some(ours.p_two_sided), 1e-12);
    }
    let e = effect::paired(x, y, 0.95).unwrap();
    for (name, value) in [("d_z", e.d_z), ("g_z", e.g_z), ("d_av", e.d_average), ("d_rm", e.d_repeated)] {
        book.rel(R, &at(&format!("effect/{name}")), Some(value), 1e-9);
    }
    for (name, low, high) in [("d_z_ci_nct", e.d_z_low, e.d_z_high), ("g_z_ci_nct", e.g_z_low, e.g_z_high)] {
        book.limits(R, &at(&format!("effect/{name}")), Some((low, high)), 1e-8);
    }
    // d_rm = d_z √(2(1 − r)) gives the correlation back.
    let r = 1.0 - 0.5 * (e.d_repeated / e.d_z).powi(2);
    book.rel(R, &at("r"), Some(r), 1e-9);
    let factor = bayes::one_sample(&d, bayes::MEDIUM_SCALE).unwrap();
    book.rel(Python, &at("jzs_bf10"), Some(factor.bf10), 1e-8);
}

pub fn paired(book: &mut Book) {
    let table = csv("e_paired");
    let (cluster, labels) = sorted_codes(&table.text("animal"));
    let (slice, slices) = sorted_codes(&table.text("slice"));
    let (first, second) = (table.numbers("control_path"), table.numbers("test_path"));
    pairs(book, "slices_naive", &first, &second);
    let mean = |v: &[f64]| -> Vec<f64> { cluster_means(v, &cluster).unwrap().iter().map(|m| m.mean).collect() };
    pairs(book, "animal_means", &mean(&first), &mean(&second));
    let change: Vec<f64> = second.iter().zip(&first).map(|(s, f)| s - f).collect();
    let design = Design::from_columns(&[("(Intercept)", vec![1.0; change.len()])]).unwrap();
    let data = MixedData::new(&change, &design, &cluster);
    let found = fit(&data, Method::Reml).unwrap();
    model(book, "lmm_diff", &data, &found);
    profile(book, "lmm_diff", &data, 1e-3);
    random_effects(book, "lmm_diff", &found, &labels, &[]);

    let y: Vec<f64> = first.iter().chain(&second).copied().collect();
    let path: Vec<usize> = (0..y.len()).map(|i| usize::from(i >= first.len())).collect();
    let twice = |v: &[usize]| v.iter().chain(v).copied().collect::<Vec<_>>();
    let (cluster, nested) = (twice(&cluster), twice(&slice));
    let columns = [("(Intercept)", vec![1.0; y.len()]), ("pathtest", path.iter().map(|p| *p as f64).collect())];
    let design = Design::from_columns(&columns).unwrap();
    let data = MixedData::new(&y, &design, &cluster).with_nested(&nested);
    let found = fit(&data, Method::Reml).unwrap();
    let key = "lmm_long_two_level";
    model(book, key, &data, &found);
    joint(book, key, &found, &["path"]);
    // lme4 follows the profile of two small variances by splines.
    profile(book, key, &data, 2e-3);
    random_effects(book, key, &found, &labels, &slices);
    nested_exemptions(book);
}
