//! Distribution functions against 40-digit values (mpmath) and R.
#![allow(clippy::unwrap_used)]

mod reference;

use reference::*;
use statistics::dist::{chi_squared, f, max_t, noncentral, normal, student_t, studentized_range};
use statistics::rank::{mann_whitney_distribution, signed_rank_distribution};

/// Applies `ours` to every row of a table of arguments and compares with both sides.
fn table(key: &str, arguments: &[&str], value: &str, check: impl Fn(&[f64], f64)) {
    let (r, python) = (reference("R", "j_distributions"), reference("python", "j_distributions"));
    let columns: Vec<Vec<f64>> = arguments.iter().map(|a| numbers(&r, &format!("{key}/{a}"))).collect();
    let truth = numbers(&python, &format!("{key}/{value}"));
    assert_eq!(columns[0].len(), truth.len(), "{key}");
    for (i, t) in truth.iter().enumerate() {
        let row: Vec<f64> = columns.iter().map(|c| if c[i] == 1e300 { f64::INFINITY } else { c[i] }).collect();
        check(&row, *t);
    }
}

#[test]
fn central_distributions_keep_relative_accuracy_in_the_tails() {
    table("pt", &["x", "df"], "sf", |a, t| close(&format!("t sf {a:?}"), student_t::upper(a[0], a[1]), t, 1e-9));
    table("pt", &["x", "df"], "cdf", |a, t| close(&format!("t cdf {a:?}"), student_t::lower(a[0], a[1]), t, 1e-9));
    table("qt", &["p", "df"], "q", |a, t| {
        near(&format!("t q {a:?}"), student_t::quantile(a[0], a[1]), t, 1e-9 * t.abs().max(1e-6))
    });
    table("pf", &["x", "d1", "d2"], "sf", |a, t| close(&format!("F sf {a:?}"), f::upper(a[0], a[1], a[2]), t, 1e-9));
    table("qf", &["p", "d1", "d2"], "q", |a, t| close(&format!("F q {a:?}"), f::quantile(a[0], a[1], a[2]), t, 1e-9));
    table("pchisq", &["x", "df"], "sf", |a, t| {
        close(&format!("chi2 sf {a:?}"), chi_squared::upper(a[0], a[1]), t, 1e-9)
    });
}

#[test]
fn normal_distribution_matches_r() {
    let r = reference("R", "j_distributions");
    for (i, x) in numbers(&r, "pnorm/x").iter().enumerate() {
        close("cdf", normal::lower(*x), number(&r, &format!("pnorm/cdf/{i}")), 1e-10);
        close("sf", normal::upper(*x), number(&r, &format!("pnorm/sf/{i}")), 1e-10);
    }
    for (i, p) in numbers(&r, "qnorm/p").iter().enumerate() {
        let q = number(&r, &format!("qnorm/q/{i}"));
        near("quantile", normal::quantile(*p), q, 1e-12 * q.abs().max(1e-3));
    }
}

#[test]
fn noncentral_distributions_are_good_to_ten_digits() {
    table("pt_noncentral", &["x", "df", "ncp"], "cdf", |a, t| {
        near(&format!("nct {a:?}"), noncentral::t_lower(a[0], a[1], a[2]), t, 1e-10);
        near(&format!("nct {a:?}"), noncentral::t_upper(a[0], a[1], a[2]), 1.0 - t, 1e-10);
    });
    table("pf_noncentral", &["x", "d1", "d2", "ncp"], "cdf", |a, t| {
        near(&format!("ncf {a:?}"), noncentral::f_lower(a[0], a[1], a[2], a[3]), t, 1e-10);
        near(&format!("ncf {a:?}"), noncentral::f_upper(a[0], a[1], a[2], a[3]), 1.0 - t, 1e-10);
    });
}

#[test]
fn noncentral_t_inverts_far_from_zero() {
    // Central limit: δ with P(T > t) = p is close to t − z_p for many degrees of freedom.
    for t in [-400.0, -37.7, 0.3, 37.7, 400.0] {
        let delta = noncentral::t_noncentrality(t, 12.0, 0.025).unwrap();
        near("tail", noncentral::t_upper(t, 12.0, delta), 0.025, 1e-11);
    }
}

#[test]
fn studentized_range_is_good_to_ten_digits() {
    table("ptukey", &["q", "k", "df"], "sf", |a, t| {
        near(&format!("range {a:?}"), studentized_range::upper(a[0], a[1] as usize, a[2]), t, 1e-10);
    });
    table("qtukey", &["p", "k", "df"], "q", |a, t| {
        let q = studentized_range::quantile_upper(1.0 - a[0], a[1] as usize, a[2]);
        near(&format!("range q {a:?}"), q, t, 1e-9);
    });
}

#[test]
fn range_of_two_is_the_t_distribution() {
    for df in [1.0, 2.5, 7.0, 40.0, 1e4, f64::INFINITY] {
        for t in [0.1, 1.0, 2.5, 6.0, 15.0] {
            let p = student_t::two_sided(t, df);
            let ours = studentized_range::upper(t * 2f64.sqrt(), 2, df);
            near("range", ours, p, 1e-12);
            if p > 1e-15 {
                close("range", ours, p, 1e-6);
            }
        }
    }
}

#[test]
fn largest_t_is_good_to_ten_digits() {
    let half = 0.5_f64.sqrt();
    table("pdunnett_equal_n", &["c", "k", "df"], "two_sided", |a, t| {
        let lambda = vec![half; a[1] as usize];
        near(&format!("max|T| {a:?}"), max_t::upper(a[0], &lambda, a[2]), 1.0 - t, 1e-10);
    });
    table("pdunnett_equal_n", &["c", "k", "df"], "one_sided", |a, t| {
        let lambda = vec![half; a[1] as usize];
        near(&format!("max T {a:?}"), max_t::upper_one_sided(a[0], &lambda, a[2]), 1.0 - t, 1e-10);
    });
}

#[test]
fn largest_of_independent_normals_is_a_power() {
    for k in [1, 2, 5] {
        let lambda = vec![0.0; k];
        let p = max_t::upper(2.1, &lambda, f64::INFINITY);
        let one = 1.0 - normal::two_sided(2.1);
        near("independent", p, 1.0 - one.powi(k as i32), 1e-13);
    }
}

#[test]
fn lattice_agrees_with_quadrature_within_its_error() {
    // A correlation just off product form must give nearly the same value.
    let lambda = [0.8, 0.6, 0.7, 0.5];
    let mut exact = vec![vec![0.0; 4]; 4];
    for i in 0..4 {
        for j in 0..4 {
            exact[i][j] = if i == j { 1.0 } else { lambda[i] * lambda[j] };
        }
    }
    let mut off = exact.clone();
    off[0][1] += 1e-7;
    off[1][0] += 1e-7;
    assert!(max_t::product_form(&exact).is_some());
    assert!(max_t::product_form(&off).is_none());
    let p = max_t::upper_correlated(2.4, &exact, 11.5);
    near("lattice", max_t::upper_correlated(2.4, &off, 11.5), p, 5e-5);
}

#[test]
fn rank_distributions_match_r() {
    let r = reference("R", "j_distributions");
    let (q, m, n) = (numbers(&r, "pwilcox/q"), numbers(&r, "pwilcox/m"), numbers(&r, "pwilcox/n"));
    for i in 0..q.len() {
        let cdf = mann_whitney_distribution(m[i] as usize, n[i] as usize);
        let ours = cdf[(q[i] as usize).min(cdf.len() - 1)];
        close("U", ours, number(&r, &format!("pwilcox/cdf/{i}")), 1e-12);
    }
    let (q, n) = (numbers(&r, "psignrank/q"), numbers(&r, "psignrank/n"));
    for i in 0..q.len() {
        let cdf = signed_rank_distribution(n[i] as usize);
        let ours = cdf[(q[i] as usize).min(cdf.len() - 1)];
        close("V", ours, number(&r, &format!("psignrank/cdf/{i}")), 1e-12);
    }
}

/// mpmath 1.4.1 at 60 digits, `2 ∫_t^∞ f` of the density; t = 30 at 300 digits by the
/// series of I_y(½, ν/2), y = t²/(ν + t²).
const T_TWO_SIDED: [(f64, f64, f64); 11] = [
    (2.5, 3.0, 0.087_706_647_008_065_55),
    (1.0, 0.7, 0.550_386_672_519_971_4),
    (4.0, 17.3, 0.000_899_351_502_551_033_6),
    (3.0, 200.0, 0.003_043_047_113_905_902_8),
    (5.0, 1000.0, 6.767_256_364_648_63e-7),
    (3.5, 5000.0, 4.693_164_307_325_323e-4),
    (6.0, 1e5, 1.979_929_455_601_762_6e-9),
    (2.0, 1e6, 0.045_500_533_851_319_21),
    (8.0, 1e6, 1.245_506_343_320_252e-15),
    (12.0, 3.3e4, 4.164_463_894_004_445e-33),
    (30.0, 1e7, 1.001_461_369_081_78e-197),
];

/// As above: x, numerator and denominator degrees of freedom, upper tail.
const F_UPPER: [(f64, f64, f64, f64); 5] = [
    (3.0, 1.0, 1e6, 0.083_264_825_024_210_01),
    (5.0, 2.0, 3e5, 0.006_738_508_505_586_616),
    (4.0, 1.0, 57.5, 0.050_231_546_773_800_7),
    (2.5, 3.0, 1e5, 0.057_564_714_968_093_85),
    (1.7, 40.0, 8e4, 0.003_760_278_685_100_445_2),
];

/// `mpmath.gammainc(df/2, x/2, inf, regularized=True)` and the lower part.
const CHI_SQUARED: [(f64, f64, f64, f64); 7] = [
    (3.84, 1.0, 0.050_043_521_248_705_1, 0.949_956_478_751_294_9),
    (0.001, 0.5, 0.835_040_249_231_587_2, 0.164_959_750_768_412_84),
    (30.0, 4.2, 6.172_649_122_422_188e-6, 0.999_993_827_350_877_6),
    (1100.0, 1000.0, 0.014_614_408_126_295_194, 0.985_385_591_873_704_8),
    (900.0, 1000.0, 0.989_282_761_908_710_3, 0.010_717_238_091_289_742),
    (102_000.0, 1e5, 4.411_939_255_120_306e-6, 0.999_995_588_060_745),
    (250.0, 3.0, 6.543_750_030_967_994e-54, 1.0),
];

#[test]
fn tails_keep_all_digits_at_any_number_of_degrees_of_freedom() {
    for (t, df, p) in T_TWO_SIDED {
        // The tail of t = 30 changes by 1e3 times the relative change of t.
        let tolerance = 2e-14 + 4e-16 * t * t;
        close(&format!("t = {t}, {df} degrees of freedom"), student_t::two_sided(t, df), p, tolerance);
        close(&format!("quantile, {df}"), student_t::quantile_upper(0.5 * p, df), t, 2e-14);
    }
    for (x, d1, d2, p) in F_UPPER {
        close(&format!("F = {x}, {d1} and {d2}"), f::upper(x, d1, d2), p, 2e-14);
    }
    for (x, df, upper, lower) in CHI_SQUARED {
        close(&format!("upper {x}, {df}"), chi_squared::upper(x, df), upper, 4e-14);
        close(&format!("lower {x}, {df}"), chi_squared::lower(x, df), lower, 4e-14);
    }
    close("noncentral F", noncentral::f_upper(1.5, 2.0, 30.0, 4.0), 0.710_374_771_529_009_5, 2e-14);
    close("noncentral F", noncentral::f_upper(40.0, 3.0, 50.0, 150.0), 0.833_157_836_706_254_5, 2e-14);
}

/// Hedges' J by mpmath: exp(ln Γ(ν/2) − ½ ln(ν/2) − ln Γ((ν − 1)/2)).
#[test]
fn the_correction_of_hedges_keeps_all_digits() {
    for (df, j) in [
        (1.5, 0.390_276_218_869_176_3),
        (2.0, 0.564_189_583_547_756_3),
        (10.0, 0.922_745_608_053_087_1),
        (57.5, 0.986_889_992_043_531_3),
        (1000.0, 0.999_249_781_179_716_4),
        (123_456.0, 0.999_993_924_946_767_3),
        (999_999.0, 0.999_999_249_999_031_2),
        (1e7, 0.999_999_924_999_997_8),
    ] {
        close(&format!("J({df})"), statistics::effect::hedges_correction(df), j, 3e-15);
    }
}
