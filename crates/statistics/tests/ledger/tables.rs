//! Tables: resampling with given indices, adjustments, power, distributions.

use crate::book::{Book, Side};
use crate::reference::{codes, csv, sorted_codes};
use Side::{Python, R};
use statistics::adjust::{self, Adjustment};
use statistics::dist::{chi_squared, f, max_t, noncentral, normal, student_t, studentized_range};
use statistics::power::{self, Layout, Simulation};
use statistics::rank::{mann_whitney_distribution, signed_rank_distribution};
use statistics::{Alternative, DfMethod, Sample, bootstrap};

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn median(x: &[f64]) -> f64 {
    Sample::new(x).unwrap().median()
}

fn sd(x: &[f64]) -> f64 {
    Sample::new(x).unwrap().sd()
}

type Statistic = fn(&[f64]) -> f64;

pub fn bootstrap(book: &mut Book) {
    let y = csv("g_boot_sample").numbers("y");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schaffer/tests/golden/statistics/data");
    let text = std::fs::read_to_string(format!("{folder}/g_boot_idx.csv")).unwrap();
    let indices: Vec<Vec<usize>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let named: [(&str, Statistic); 3] = [("mean", mean), ("median", median), ("sd", sd)];
    for (key, statistic) in named {
        let ours = bootstrap::with_indices(&y, statistic, &indices).unwrap();
        let at = |tail: &str| format!("{key}/{tail}");
        book.rel(R, &at("t0"), Some(ours.estimate()), 1e-12);
        book.rel(R, &at("B"), Some(ours.replicates().len() as f64), 0.0);
        book.rel(R, &at("boot_mean"), Some(ours.mean()), 1e-10);
        book.rel(R, &at("boot_se"), Some(ours.se()), 1e-10);
        book.abs(R, &at("bias"), Some(ours.bias()), 1e-10 * ours.estimate());
        book.rel(R, &at("jackknife_se"), Some(ours.jackknife_se()), 1e-10);
        book.rel(R, &at("accel_jackknife"), Some(ours.acceleration()), 1e-7);
        book.rel(R, &at("z0_midrank"), Some(ours.bias_correction()), 1e-10);
        let adjusted = ours.bca_probabilities(0.95).ok();
        book.limits(R, &at("alpha_adj"), adjusted, 1e-9);
        for (interval, name) in [
            (ours.percentile(0.95), "percentile_type7"),
            (ours.basic(0.95), "basic_type7"),
            (ours.bca(0.95), "bca_type7"),
        ] {
            book.limits(R, &at(name), interval.ok().map(|i| (i.low, i.high)), 1e-10);
        }
    }
    let ours = bootstrap::one_sample(&y, mean, 200_000, 11).unwrap();
    let allowed = 0.03 * ours.se();
    book.rel(R, "mc_200k_mean/se", Some(ours.se()), 0.01);
    for (interval, name) in [(ours.percentile(0.95), "perc"), (ours.basic(0.95), "basic"), (ours.bca(0.95), "bca")] {
        let interval = interval.unwrap();
        book.abs(R, &format!("mc_200k_mean/{name}/0"), Some(interval.low), allowed);
        book.abs(R, &format!("mc_200k_mean/{name}/1"), Some(interval.high), allowed);
    }
    book.leave_out("_strict", "ties counted strictly below: another convention for z0; midranks are compared");
    book.leave_out("mc_200k_mean/normal", "normal interval of the bootstrap SE: not offered, percentile and BCa are");
}

fn adjusted(p: &[f64]) -> Vec<(&'static str, Vec<f64>)> {
    [
        ("bonferroni", Adjustment::Bonferroni),
        ("holm", Adjustment::Holm),
        ("hochberg", Adjustment::Hochberg),
        ("hommel", Adjustment::Hommel),
        ("BH", Adjustment::BenjaminiHochberg),
        ("BY", Adjustment::BenjaminiYekutieli),
        ("sidak_single", Adjustment::Sidak),
    ]
    .map(|(name, method)| (name, adjust::adjust(p, method).unwrap()))
    .to_vec()
}

pub fn adjustments(book: &mut Book) {
    let p = csv("h_pvalues").numbers("p");
    for (i, value) in p.iter().enumerate() {
        book.rel(R, &format!("p/{i}"), Some(*value), 0.0);
    }
    for (name, values) in adjusted(&p) {
        for (i, value) in values.iter().enumerate() {
            book.rel(R, &format!("{name}/{i}"), Some(*value), 1e-12);
        }
    }
}

pub fn power(book: &mut Book) {
    let list = |book: &Book, path: &str| book.list(path);
    let (n, d) = (list(book, "t2n/n"), list(book, "t2n/d"));
    for i in 0..n.len() {
        let two = power::power_t_two_sample(d[i], n[i], n[i], 0.05).ok();
        book.abs(Python, &format!("t2n/power/{i}"), two, 1e-8);
        let delta = d[i] * (n[i] / 2.0).sqrt();
        let one = power::power_t(delta, 2.0 * n[i] - 2.0, 0.05, Alternative::Greater).ok();
        book.abs(R, &format!("t2n/power_onesided/{i}"), one, 1e-7);
        let paired = power::power_t_one_sample(d[i], n[i], 0.05).ok();
        book.abs(Python, &format!("paired/power/{i}"), paired, 1e-8);
    }
    let (n1, n2) = (list(book, "t2n_unequal/n1"), list(book, "t2n_unequal/n2"));
    for i in 0..n1.len() {
        let ours = power::power_t_two_sample(0.9, n1[i], n2[i], 0.05).ok();
        book.abs(R, &format!("t2n_unequal/power/{i}"), ours, 1e-7);
    }
    for (i, d) in list(book, "required_n_two_sample/d").into_iter().enumerate() {
        let n = power::required_n_two_sample(d, 0.05, 0.8).ok();
        book.rel(Python, &format!("required_n_two_sample/n/{i}"), n, 1e-6);
    }
    let (k, n, effect) = (list(book, "anova/k"), list(book, "anova/n"), list(book, "anova/f"));
    let lambda = list(book, "anova_raw_nc/lambda");
    for i in 0..k.len() {
        let ours = power::power_anova(k[i] as usize, n[i] as usize, effect[i], 0.05).ok();
        book.abs(Python, &format!("anova/power/{i}"), ours, 1e-8);
        let raw = power::power_f(lambda[i], k[i] - 1.0, k[i] * (n[i] - 1.0), 0.05).ok();
        book.abs(R, &format!("anova_raw_nc/power/{i}"), raw, 1e-7);
    }
    let key = "nested_balanced_analytic";
    let at = |name: &str| format!("{key}/{name}");
    let (n, m) = (list(book, &at("n")), list(book, &at("m")));
    let (animal, slice) = (list(book, &at("sd_animal")), list(book, &at("sd_slice")));
    for i in 0..n.len() {
        let variance = animal[i] * animal[i] + slice[i] * slice[i] / m[i];
        book.rel(R, &format!("{key}/ncp/{i}"), Some(18.0 / (2.0 * variance / n[i]).sqrt()), 1e-12);
        let icc = animal[i] * animal[i] / (animal[i] * animal[i] + slice[i] * slice[i]);
        book.abs(R, &format!("{key}/icc/{i}"), Some(icc), 1e-12);
        let ours = power::power_nested(18.0, animal[i], slice[i], n[i] as usize, m[i] as usize, 0.05).ok();
        book.abs(Python, &format!("{key}/power/{i}"), ours, 1e-8);
    }
    let at = |name: &str| format!("optimal_allocation/{name}");
    let (c1, c2) = (list(book, &at("cost_animal")), list(book, &at("cost_slice")));
    let (s1, s2) = (list(book, &at("sd_animal")), list(book, &at("sd_slice")));
    for i in 0..c1.len() {
        let ours = power::optimal_units(c1[i], c2[i], s1[i], s2[i]).ok();
        book.rel(R, &at(&format!("m_opt_continuous/{i}")), ours.map(|o| o.continuous), 1e-12);
        book.rel(R, &at(&format!("best_integer/{i}")), ours.map(|o| o.units_per_cluster as f64), 0.0);
    }
    let (n, margin) = (list(book, "tost_power_t/n"), list(book, "tost_power_t/eps_sd_units"));
    for i in 0..n.len() {
        let ours = power::power_tost_normal(margin[i], n[i] as usize, 0.05).ok();
        book.abs(R, &format!("tost_power_t/power_known_sigma_approx/{i}"), ours, 1e-9);
    }
    for part in ["/n", "/m", "/d", "/k", "/f", "/lambda", "/power", "/sd_", "/cost_", "/eps_", "delta", "true_diff"] {
        book.leave_out(part, "argument of the function: an input, not a result");
    }
}

/// Cluster sizes of the two groups of the unbalanced set.
pub fn layout() -> Layout {
    let table = csv("a_nested2").present("y");
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, levels) = sorted_codes(&table.text("animal"));
    let mut sizes = vec![(0, 0); levels.len()];
    for (g, c) in group.iter().zip(&cluster) {
        sizes[*c] = (*g, sizes[*c].1 + 1);
    }
    let of = |g: usize| sizes.iter().filter(|(x, _)| *x == g).map(|(_, n)| *n).collect();
    Layout { first: of(0), second: of(1) }
}

pub fn simulated_power(book: &mut Book) {
    let layout = layout();
    for side in ["null", "alternative"] {
        let of = |key: &str| format!("{side}/{key}");
        let simulation = Simulation {
            effect: book.list(&of("delta"))[0],
            sd_cluster: book.list(&of("sd_animal"))[0],
            sd_unit: book.list(&of("sd_slice"))[0],
            alpha: 0.05,
            df_method: DfMethod::Satterthwaite,
            replicates: 4000,
            seed: 20_261_121,
        };
        for (df_method, key) in [(DfMethod::Satterthwaite, "lmer_satterthwaite"), (DfMethod::Normal, "lmer_wald_z")] {
            let ours = power::simulate(&layout, &Simulation { df_method, ..simulation }).unwrap();
            let se = book.list(&of(&format!("mc_se/{key}")))[0];
            let allowed = 4.0 * (ours.se * ours.se + se * se).sqrt();
            book.abs(R, &of(&format!("reject_rate/{key}")), Some(ours.power), allowed);
            book.abs(R, &of(&format!("mc_se/{key}")), Some((ours.power * (1.0 - ours.power) / 400.0).sqrt()), 0.004);
            let share = ours.singular as f64 / ours.replicates as f64;
            book.abs(R, &of("singular_fraction"), Some(share), 0.02);
        }
    }
    for part in ["welch_on_animal_means", "naive_student_on_slices"] {
        book.leave_out(part, "tests that the simulation of power does not offer");
    }
    for part in ["/delta", "/sd_", "/nsim"] {
        book.leave_out(part, "argument of the simulation: an input, not a result");
    }
}

/// Applies a function to every row of a table of arguments.
fn rows(book: &mut Book, key: &str, columns: &[&str], check: impl Fn(&mut Book, &str, &[f64], usize)) {
    let lists: Vec<Vec<f64>> = columns.iter().map(|c| book.list(&format!("{key}/{c}"))).collect();
    for i in 0..lists[0].len() {
        let row: Vec<f64> = lists.iter().map(|c| if c[i] == 1e300 { f64::INFINITY } else { c[i] }).collect();
        check(book, key, &row, i);
    }
}

pub fn distributions(book: &mut Book) {
    rows(book, "pt", &["x", "df"], |book, key, a, i| {
        book.rel(Python, &format!("{key}/sf/{i}"), Some(student_t::upper(a[0], a[1])), 1e-9);
        book.rel(Python, &format!("{key}/cdf/{i}"), Some(student_t::lower(a[0], a[1])), 1e-9);
    });
    rows(book, "qt", &["p", "df"], |book, key, a, i| {
        let q = student_t::quantile(a[0], a[1]);
        book.abs(Python, &format!("{key}/q/{i}"), Some(q), 1e-9 * q.abs().max(1e-6));
    });
    rows(book, "pf", &["x", "d1", "d2"], |book, key, a, i| {
        book.rel(Python, &format!("{key}/sf/{i}"), Some(f::upper(a[0], a[1], a[2])), 1e-9);
    });
    rows(book, "qf", &["p", "d1", "d2"], |book, key, a, i| {
        book.rel(Python, &format!("{key}/q/{i}"), Some(f::quantile(a[0], a[1], a[2])), 1e-9);
    });
    rows(book, "pchisq", &["x", "df"], |book, key, a, i| {
        book.rel(Python, &format!("{key}/sf/{i}"), Some(chi_squared::upper(a[0], a[1])), 1e-9);
    });
    rows(book, "pnorm", &["x"], |book, key, a, i| {
        book.rel(R, &format!("{key}/cdf/{i}"), Some(normal::lower(a[0])), 1e-10);
        book.rel(R, &format!("{key}/sf/{i}"), Some(normal::upper(a[0])), 1e-10);
    });
    rows(book, "qnorm", &["p"], |book, key, a, i| {
        let q = normal::quantile(a[0]);
        book.abs(R, &format!("{key}/q/{i}"), Some(q), 1e-12 * q.abs().max(1e-3));
    });
    rows(book, "pt_noncentral", &["x", "df", "ncp"], |book, key, a, i| {
        book.abs(Python, &format!("{key}/cdf/{i}"), Some(noncentral::t_lower(a[0], a[1], a[2])), 1e-10);
    });
    rows(book, "pf_noncentral", &["x", "d1", "d2", "ncp"], |book, key, a, i| {
        book.abs(Python, &format!("{key}/cdf/{i}"), Some(noncentral::f_lower(a[0], a[1], a[2], a[3])), 1e-10);
    });
    rows(book, "ptukey", &["q", "k", "df"], |book, key, a, i| {
        let upper = studentized_range::upper(a[0], a[1] as usize, a[2]);
        book.abs(Python, &format!("{key}/sf/{i}"), Some(upper), 1e-10);
        // R alone gives the lower tail; its ptukey is off by 1.3e-4 at two df.
        book.abs(R, &format!("{key}/cdf/{i}"), Some(1.0 - upper), 1.5e-4);
    });
    rows(book, "qtukey", &["p", "k", "df"], |book, key, a, i| {
        let q = studentized_range::quantile_upper(1.0 - a[0], a[1] as usize, a[2]);
        book.abs(Python, &format!("{key}/q/{i}"), Some(q), 1e-9);
    });
    let half = 0.5_f64.sqrt();
    rows(book, "pdunnett_equal_n", &["c", "k", "df"], |book, key, a, i| {
        let lambda = vec![half; a[1] as usize];
        book.abs(Python, &format!("{key}/two_sided/{i}"), Some(1.0 - max_t::upper(a[0], &lambda, a[2])), 1e-10);
        let one = 1.0 - max_t::upper_one_sided(a[0], &lambda, a[2]);
        book.abs(Python, &format!("{key}/one_sided/{i}"), Some(one), 1e-10);
    });
    rows(book, "pwilcox", &["q", "m", "n"], |book, key, a, i| {
        let cdf = mann_whitney_distribution(a[1] as usize, a[2] as usize);
        book.rel(R, &format!("{key}/cdf/{i}"), Some(cdf[(a[0] as usize).min(cdf.len() - 1)]), 1e-12);
    });
    rows(book, "psignrank", &["q", "n"], |book, key, a, i| {
        let cdf = signed_rank_distribution(a[1] as usize);
        book.rel(R, &format!("{key}/cdf/{i}"), Some(cdf[(a[0] as usize).min(cdf.len() - 1)]), 1e-12);
    });
    for part in ["/x", "/df", "/p", "/d1", "/d2", "/ncp", "/k", "ptukey/q", "/c", "/q", "/m", "/n"] {
        book.leave_out(part, "argument of the function: an input, not a result");
    }
}
