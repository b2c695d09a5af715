//! Two samples: everything that the references say about them.

use crate::book::{Book, Side};
use crate::reference::{csv, number, reference};
use Side::{Python, R};
use statistics::normality::{Centre, bartlett, levene, shapiro_wilk, variance_ratio};
use statistics::order::smirnov;
use statistics::permutation::{self, Arrangements};
use statistics::{Alternative, Comparison, Sample, bayes, effect, equivalence, rank, two_sample};

/// Tolerances of one data set.
#[derive(Debug, Clone, Copy)]
pub struct Tolerance {
    /// Statistics and estimates.
    pub value: f64,
    /// p values.
    pub p: f64,
    /// Shapiro–Wilk p.
    pub shapiro_p: f64,
}

pub const EXACT: Tolerance = Tolerance { value: 1e-10, p: 1e-9, shapiro_p: 1e-5 };

fn joined(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}/{key}") }
}

/// One sample: location, spread, interval of the mean.
pub fn sample(book: &mut Book, prefix: &str, s: &Sample, tolerance: f64) {
    let at = |key: &str| joined(prefix, key);
    book.rel(R, &at("n"), Some(s.n() as f64), 0.0);
    book.rel(R, &at("mean"), Some(s.mean()), tolerance);
    book.rel(R, &at("median"), Some(s.median()), tolerance);
    book.rel(R, &at("q25"), s.quantile(0.25).ok(), tolerance);
    book.rel(R, &at("q75"), s.quantile(0.75).ok(), tolerance);
    book.abs(R, &at("mad_scaled"), Some(s.mad()), tolerance * s.max().abs());
    book.rel(R, &at("min"), Some(s.min()), 1e-14);
    book.rel(R, &at("max"), Some(s.max()), 1e-14);
    book.rel(R, &at("sd"), Some(s.sd()), tolerance);
    book.rel(R, &at("var"), Some(s.variance()), tolerance);
    book.rel(R, &at("sem"), Some(s.sem()), tolerance);
    let interval = s.mean_interval(0.95).ok();
    // A constant sample has an interval of no width in R; the crate refuses it.
    if !(s.n() > 1 && s.is_constant()) {
        book.limits(R, &at("ci_mean"), interval.map(|i| (i.low, i.high)), tolerance);
    }
}

/// A t test.
pub fn t_test(book: &mut Book, prefix: &str, c: Option<Comparison>, t: Tolerance) {
    let at = |key: &str| joined(prefix, key);
    book.rel(R, &at("stat"), c.map(|c| c.statistic), t.value);
    book.rel(R, &at("df"), c.map(|c| c.df), t.value);
    book.rel(R, &at("se"), c.map(|c| c.se), t.value);
    book.rel(R, &at("p"), c.map(|c| c.p), t.p);
    book.limits(R, &at("ci"), c.map(|c| (c.ci_low, c.ci_high)), t.value);
}

/// Two one-sided tests with bounds of 15.
pub fn tost(book: &mut Book, prefix: &str, c: Option<Comparison>, t: Tolerance) {
    let at = |key: &str| joined(prefix, key);
    let e = c.and_then(|c| equivalence::tost(&c, -15.0, 15.0, 0.05).ok());
    book.rel(R, &at("low"), e.map(|e| e.low), 0.0);
    book.rel(R, &at("high"), e.map(|e| e.high), 0.0);
    for (key, ours) in [("t_lower", e.map(|e| e.t_lower)), ("t_upper", e.map(|e| e.t_upper))] {
        book.abs(R, &at(key), ours, t.value * (1e-3 + ours.map_or(0.0, f64::abs)));
    }
    book.rel(R, &at("df"), e.map(|e| e.df), t.value);
    let tail = e.map_or(0.0, |e| 1.0 + e.t_lower.abs().max(e.t_upper.abs()).min(100.0));
    for (key, p) in [("p", e.map(|e| e.p)), ("p_lower", e.map(|e| e.p_lower)), ("p_upper", e.map(|e| e.p_upper))] {
        book.rel(R, &at(key), p.map(|p| if p < 1e-308 { 0.0 } else { p }), (t.value * tail).max(t.p));
        // R ends at 1e-308; a smaller value of ours is not a different one.
        if p.is_some_and(|p| p < 1e-290) {
            book.abs(R, &at(key), p, 1e-290);
        }
    }
    book.limits(R, &at("ci90"), e.map(|e| (e.ci_low, e.ci_high)), t.value);
}

fn ranks(book: &mut Book, prefix: &str, a: &Sample, b: &Sample, t: Tolerance) {
    let at = |key: &str| joined(prefix, key);
    for (key, continuity) in [("mw_normal_cc", true), ("mw_normal_nocc", false)] {
        let ours = rank::mann_whitney_normal(a, b, continuity).ok();
        // The statistic exists even where its distribution does not.
        let u = ours.map_or_else(|| u_statistic(a, b), |o| o.statistic);
        book.rel(R, &at(&format!("{key}/stat")), Some(u), 0.0);
        book.rel(R, &at(&format!("{key}/p")), ours.map(|o| o.p), 1e-9);
    }
    for key in ["mw_exact", "mw_exact_perm_ties"] {
        if book.has(&at(key)) {
            let ours = rank::mann_whitney_exact(a, b).ok();
            let side = if key == "mw_exact" { R } else { Python };
            book.rel(R, &at(&format!("{key}/stat")), ours.map(|o| o.statistic), 0.0);
            book.rel(side, &at(&format!("{key}/p")), ours.map(|o| o.p), 1e-12);
            book.rel(R, &at(&format!("{key}/p_less")), ours.map(|o| o.p_less), 1e-12);
            book.rel(R, &at(&format!("{key}/p_greater")), ours.map(|o| o.p_greater), 1e-12);
            book.rel(side, &at(&format!("{key}/p_coin")), ours.map(|o| o.p), 1e-12);
        }
    }
    if book.has(&at("hodges_lehmann")) {
        let shift = rank::hodges_lehmann(a, b, 0.95).ok();
        let size = a.max().abs().max(b.max().abs());
        let exact = shift.is_some_and(|s| s.exact);
        book.abs(R, &at("hodges_lehmann/hl_median_of_differences"), shift.map(|s| s.estimate), 1e-10 * size);
        if exact {
            book.abs(R, &at("hodges_lehmann/estimate"), shift.map(|s| s.estimate), 1e-10 * size);
            for (i, limit) in [shift.map(|s| s.low), shift.map(|s| s.high)].into_iter().enumerate() {
                book.abs(R, &at(&format!("hodges_lehmann/ci/{i}")), limit, t.value * size);
            }
        }
    }
    let bm = rank::brunner_munzel(a, b, 0.95).ok();
    let values = [
        ("stat", bm.map(|b| b.statistic), 1e-10),
        ("df", bm.map(|b| b.df), 1e-10),
        ("p", bm.map(|b| b.p), 1e-9),
        ("p_normal", bm.map(|b| b.p_normal), 1e-9),
    ];
    for (key, ours, tolerance) in values {
        book.rel(R, &at(&format!("brunner_munzel/{key}")), ours, tolerance);
    }
    let share = bm.map_or_else(|| 1.0 - effect::common_language(a, b), |b| b.probability);
    book.abs(R, &at("brunner_munzel/P_x_lt_y"), Some(share), 1e-12);
    book.limits(R, &at("brunner_munzel/ci"), bm.map(|b| (b.low, b.high)), 1e-9);
    book.rel(R, &at("cles"), Some(effect::common_language(a, b)), 1e-12);
    book.abs(R, &at("cliffs_delta"), Some(effect::cliffs_delta(a, b)), 1e-12);
}

fn u_statistic(a: &Sample, b: &Sample) -> f64 {
    effect::common_language(a, b) * (a.n() * b.n()) as f64
}

fn effects(book: &mut Book, prefix: &str, a: &Sample, b: &Sample, t: Tolerance) {
    let at = |key: &str| joined(prefix, &format!("effect/{key}"));
    let df = (a.n() + b.n()) as f64 - 2.0;
    let e = effect::hedges_g(a, b, 0.95).ok();
    let scale = e.map_or(1.0, |e| e.d.abs().max(1.0));
    book.rel(R, &at("cohen_d"), e.map(|e| e.d), t.value);
    book.rel(R, &at("hedges_g"), e.map(|e| e.g), t.value);
    book.rel(R, &at("glass_delta_y"), e.map(|e| e.glass_delta), t.value);
    book.rel(R, &at("d_av"), e.map(|e| e.d_average), t.value);
    if df > 0.0 {
        let rough = effect::hedges_correction_approximate(df);
        book.rel(R, &at("J_exact"), Some(effect::hedges_correction(df)), 1e-10);
        book.rel(R, &at("J_approx"), Some(rough), 1e-10);
        book.rel(R, &at("hedges_g_Japprox"), e.map(|e| e.d * rough), t.value);
    }
    for (key, limits) in [("d_ci_nct", e.map(|e| (e.d_low, e.d_high))), ("g_ci_nct", e.map(|e| (e.g_low, e.g_high)))] {
        let tolerance = (1e-7 * scale).max(t.value * scale);
        for (i, limit) in [limits.map(|l| l.0), limits.map(|l| l.1)].into_iter().enumerate() {
            book.abs(R, &at(&format!("{key}/{i}")), limit, tolerance);
        }
    }
    book.rel(R, &at("g_se_normal"), e.map(|e| e.g_se_normal), t.value);
    book.limits(R, &at("g_ci_normal"), e.map(|e| (e.g_low_normal, e.g_high_normal)), t.value);
    // An optimiser's answer to the same question, informative only.
    let at = |key: &str| joined(prefix, &format!("effect_pkg/effectsize_{key}"));
    book.rel(R, &at("g"), e.map(|e| e.g), 1e-3);
    book.rel(R, &at("d"), e.map(|e| e.d), 1e-3);
    book.limits(R, &at("g_ci"), e.map(|e| (e.g_low, e.g_high)), 1e-3);
    book.limits(R, &at("d_ci"), e.map(|e| (e.d_low, e.d_high)), 1e-3);
}

fn spread(book: &mut Book, prefix: &str, a: &Sample, b: &Sample, t: Tolerance) {
    let at = |key: &str| joined(prefix, key);
    let groups = [a.clone(), b.clone()];
    for (key, centre) in [("levene_mean", Centre::Mean), ("brown_forsythe", Centre::Median)] {
        let ours = levene(&groups, centre).ok();
        // Two values a group have equal deviations, constant groups none: 0/0
        // or 1e29 in the references, an error here.
        if ours.is_none() && a.n().min(b.n()) >= 1 {
            book.leave_out(if key == "levene_mean" { "levene_mean" } else { "brown_forsythe" }, UNDEFINED_SPREAD);
            continue;
        }
        book.rel(R, &at(&format!("{key}/F")), ours.map(|o| o.f), t.value);
        book.rel(R, &at(&format!("{key}/df/0")), ours.map(|o| o.df1), 0.0);
        book.rel(R, &at(&format!("{key}/df/1")), ours.map(|o| o.df2), 0.0);
        book.rel(R, &at(&format!("{key}/p")), ours.map(|o| o.p), t.p);
    }
    let ours = variance_ratio(a, b, 0.95).ok();
    book.rel(R, &at("f_var/stat"), ours.map(|o| o.0.value), t.value);
    // R forms 1 − P, which ends at 1e-16.
    let p = ours.map(|o| o.1.p);
    book.abs(R, &at("f_var/p"), p, t.p * p.unwrap_or(0.0) + 1e-15);
    let both = a.n().min(b.n()) > 1;
    book.rel(R, &at("f_var/df/0"), Some(a.n() as f64 - 1.0).filter(|_| both), 0.0);
    book.rel(R, &at("f_var/df/1"), Some(b.n() as f64 - 1.0).filter(|_| both), 0.0);
    book.limits(R, &at("f_var/ci"), ours.map(|o| (o.0.low, o.0.high)), t.p);
    let ours = bartlett(&groups).ok();
    book.rel(R, &at("bartlett/stat"), ours.map(|o| o.k_squared), t.p.max(1e-9));
    book.rel(R, &at("bartlett/p"), ours.map(|o| o.p), t.p.max(1e-9));
    book.rel(R, &at("bartlett/df"), Some(1.0).filter(|_| a.n().min(b.n()) > 1), 0.0);
    let rest = |s: &Sample| s.values().iter().map(|v| v - s.mean()).collect::<Vec<_>>();
    let residuals = Sample::new(&[rest(a), rest(b)].concat()).ok();
    for (key, own) in [("shapiro_x", Some(a)), ("shapiro_y", Some(b)), ("shapiro_resid", residuals.as_ref())] {
        if book.has(&at(key)) {
            let ours = own.and_then(|s| shapiro_wilk(s).ok());
            book.rel(R, &at(&format!("{key}/stat")), ours.map(|o| o.w), 1e-7);
            book.rel(R, &at(&format!("{key}/p")), ours.map(|o| o.p), t.shapiro_p);
        }
    }
}

const UNDEFINED_SPREAD: &str = "no spread within the groups: 0/0 in the packages, an error here";

/// All of two samples, `a` minus `b`.
pub fn two(book: &mut Book, prefix: &str, a: &Sample, b: &Sample, t: Tolerance) {
    let at = |key: &str| joined(prefix, key);
    sample(book, &at("x"), a, t.value);
    sample(book, &at("y"), b, t.value);
    let (student, welch) = (two_sample::student(a, b, 0.95).ok(), two_sample::welch(a, b, 0.95).ok());
    t_test(book, &at("student"), student, t);
    t_test(book, &at("welch"), welch, t);
    book.rel(R, &at("welch_less_p"), welch.map(|c| c.p_against(Alternative::Less)), t.p);
    book.rel(R, &at("welch_greater_p"), welch.map(|c| c.p_against(Alternative::Greater)), t.p);
    tost(book, &at("tost_welch"), welch, t);
    tost(book, &at("tost_student"), student, t);
    ranks(book, prefix, a, b, t);
    effects(book, prefix, a, b, t);
    spread(book, prefix, a, b, t);
    let factor = bayes::two_sample(a, b, bayes::MEDIUM_SCALE).ok().map(|f| f.bf10);
    book.rel(Python, &at("jzs_bf10"), factor, t.value.max(1e-8));
    book.rel(R, &at("jzs_bf10_BayesFactor_pkg"), factor, 1e-4);
    book.policy("jzs_bf10_BayesFactor_pkg", "BayesFactor's quadrature, 2 % off at 1e20; mpmath's value is compared");
    if book.has(&at("ks")) {
        let ours = smirnov(a, b).ok();
        book.abs(R, &at("ks/D"), ours.map(|o| o.d), 1e-12);
        book.abs(R, &at("ks/p"), ours.map(|o| o.p), 1e-9 * ours.map_or(0.0, |o| o.p) + 1e-12);
    }
    if book.has(&at("permutation_meandiff_exact")) {
        let ours = permutation::two_sample(a.values(), b.values(), Arrangements::default()).ok();
        let at = |key: &str| at(&format!("permutation_meandiff_exact/{key}"));
        let size = a.max().abs().max(b.max().abs());
        book.rel(R, &at("n_perm"), ours.as_ref().map(|o| o.arrangements as f64), 0.0);
        book.abs(R, &at("diff"), ours.as_ref().map(|o| o.difference), t.value * size);
        book.rel(R, &at("p_two_sided"), ours.as_ref().map(|o| o.p_two_sided), 1e-12);
        book.rel(R, &at("p_greater"), ours.as_ref().map(|o| o.p_greater), 1e-12);
        book.rel(R, &at("p_less"), ours.as_ref().map(|o| o.p_less), 1e-12);
    }
}

/// What is left out of every two-sample set.
pub fn usual_exemptions(book: &mut Book) {
    book.leave_out("p_exactRankTests", "exactRankTests; coin, which enumerates, is the truth");
    book.leave_out("hodges_lehmann/estimate", "R searches a root to 1e-4 where ties exclude the exact form");
    book.leave_out("hodges_lehmann/ci", "R searches a root to 1e-4 where ties exclude the exact form");
    book.leave_out("ci_mean", "constant sample: an interval of no width in R, an error here");
    book.policy("effect_pkg/", "pt(ncp) of R fails beyond 37.6; the quadrature's interval is compared");
    book.leave_out("effect/J_", "no degree of freedom: no correction exists");
    book.leave_out("effect/hedges_g_J", "no degree of freedom: no correction exists");
    book.policy("brunner_munzel/", "samples without overlap: ranks have no variance; infinite in R, an error here");
}

/// A flat data set of the groups x and y.
pub fn flat(book: &mut Book) {
    let t = match book.name.as_str() {
        "x13_tiny" => Tolerance { value: 1e-9, ..EXACT },
        _ => EXACT,
    };
    let table = csv(&book.name);
    let part = |level: &str| Sample::present(&table.numbers_of("y", "group", level)).unwrap();
    let ((a, no_a), (b, no_b)) = (part("x"), part("y"));
    book.rel(R, "dropped_na/0", Some(no_a as f64), 0.0);
    book.rel(R, "dropped_na/1", Some(no_b as f64), 0.0);
    two(book, "", &a, &b, t);
    usual_exemptions(book);
    match book.name.as_str() {
        "x02_n1_vs_n" => {
            for part in ["student", "effect", "jzs"] {
                book.policy(part, "one value against several: R takes the variance of the other group; an error here");
            }
        }
        "x04_zero_var_same" | "x05_zero_var_diff" => {
            for part in ["hodges_lehmann", "mw_exact"] {
                book.policy(part, "constant groups: counting gives p = 1 and a shift; R stops");
            }
            book.policy("effect/", "no variance: infinite in R, an error here");
        }
        "x06_zero_var_one" => {
            for part in ["f_var", "bartlett"] {
                book.policy(part, "one group without variance: 0 or infinite in R, an error here");
            }
        }
        "x13_tiny" => {
            let reason = "the reference counts ties within 1e-9, which is the scale of these data";
            book.policy("permutation_meandiff_exact/p", reason);
        }
        _ => {}
    }
}

/// Values of 1e9 and a little: the packages lose digits, the exact values stand
/// in a file of their own.
pub fn offset(book: &mut Book) {
    let loose = Tolerance { value: 1e-4, p: 1e-3, shapiro_p: 1e-4 };
    let table = csv("x12_offset");
    let part = |level: &str| Sample::new(&table.numbers_of("y", "group", level)).unwrap();
    let (a, b) = (part("x"), part("y"));
    book.rel(R, "dropped_na/0", Some(0.0), 0.0);
    book.rel(R, "dropped_na/1", Some(0.0), 0.0);
    two(book, "", &a, &b, loose);
    usual_exemptions(book);
    let exact = reference("python", "x12_offset_exact");
    let (student, welch) = (two_sample::student(&a, &b, 0.95).unwrap(), two_sample::welch(&a, &b, 0.95).unwrap());
    let d = effect::hedges_g(&a, &b, 0.95).unwrap().d;
    let ours = [
        ("student/stat", student.statistic),
        ("student/p", student.p),
        ("welch/stat", welch.statistic),
        ("welch/df", welch.df),
        ("welch/p", welch.p),
        ("diff", welch.estimate),
        ("sd/0", a.sd()),
        ("sd/1", b.sd()),
        ("cohen_d", d),
    ];
    for (path, value) in ours {
        book.beside(path, value, number(&exact, path), 1e-8);
    }
}
