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
