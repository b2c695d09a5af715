//! Several groups: analyses of variance, families of comparisons, two factors.

use crate::book::{Book, Side};
use crate::marginal::marginal;
use crate::nested::{self, joint, model, nested_exemptions, profile, random_effects};
use crate::reference::{codes, csv, sorted_codes};
use crate::two::sample;
use Side::{Python, R};
use statistics::Sample;
use statistics::adjust::{Adjustment, adjust};
use statistics::anova::{self, SumsOfSquares, TwoWay, kruskal_wallis, one_way, two_way, two_way_robust};
use statistics::contrasts::{
    PairComparison, dunnett_samples, games_howell, interaction_2x2, pairwise_pooled, pairwise_welch, tukey_samples,
};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, cluster_means, fit};
use statistics::normality::{Centre, bartlett, levene, shapiro_wilk};
use statistics::order::dunn;

pub const NAMES: [&str; 4] = ["control", "ALLO", "ISO", "ALLO_ISO"];

const ADJUSTMENTS: [(Adjustment, &str); 7] = [
    (Adjustment::None, "none"),
    (Adjustment::Holm, "holm"),
    (Adjustment::BenjaminiHochberg, "BH"),
    (Adjustment::Bonferroni, "bonferroni"),
    (Adjustment::Hommel, "hommel"),
    (Adjustment::Hochberg, "hochberg"),
    (Adjustment::BenjaminiYekutieli, "BY"),
];

fn samples(values: &[f64], level: &[usize], count: usize) -> Vec<Sample> {
    let of = |k: usize| -> Vec<f64> { values.iter().zip(level).filter(|(_, l)| **l == k).map(|(v, _)| *v).collect() };
    (0..count).map(|k| Sample::new(&of(k)).unwrap()).collect()
}

/// Our pair for each label of the reference ("B-A"), in its order.
fn ordered<'p>(pairs: &'p [PairComparison], labels: &[String]) -> Vec<&'p PairComparison> {
    let is = |p: &PairComparison, label: &str| {
        let (a, b) = (NAMES[p.first], NAMES[p.second]);
        label == format!("{b}-{a}") || label == format!("{a}-{b}")
    };
    labels.iter().map(|label| pairs.iter().find(|p| is(p, label)).unwrap()).collect()
}

/// Everything about `groups` under `base`.
pub fn several(book: &mut Book, base: &str, groups: &[Sample]) {
    let at = |key: &str| if base.is_empty() { key.to_owned() } else { format!("{base}/{key}") };
    if book.has(&at("groups")) {
        for (name, group) in NAMES.iter().zip(groups) {
            sample(book, &at(&format!("groups/{name}")), group, 1e-9);
        }
    }
    variance(book, base, groups);
    for (key, centre) in [("levene_mean", Centre::Mean), ("brown_forsythe", Centre::Median)] {
        let ours = levene(groups, centre).unwrap();
        book.rel(R, &at(&format!("{key}/F")), Some(ours.f), 1e-9);
        book.rel(R, &at(&format!("{key}/p")), Some(ours.p), 1e-9);
    }
    let ours = bartlett(groups).unwrap();
    book.rel(R, &at("bartlett/stat"), Some(ours.k_squared), 1e-9);
    book.rel(R, &at("bartlett/df"), Some(ours.df), 0.0);
    book.rel(R, &at("bartlett/p"), Some(ours.p), 1e-9);
    let rest: Vec<f64> = groups.iter().flat_map(|g| g.values().iter().map(|v| v - g.mean())).collect();
    let ours = shapiro_wilk(&Sample::new(&rest).unwrap()).unwrap();
    book.rel(R, &at("shapiro_resid/stat"), Some(ours.w), 1e-7);
    book.rel(R, &at("shapiro_resid/p"), Some(ours.p), 1e-5);
    all_pairs(book, base, groups);
    dunnett(book, &at("dunnett"), groups);
    if book.has(&at("dunn_kw/z")) {
        // Ordered by the first group in both.
        let list = dunn(groups).unwrap();
        let holm = adjust(&list.iter().map(|d| d.p).collect::<Vec<_>>(), Adjustment::Holm).unwrap();
        for (i, pair) in list.iter().enumerate() {
            book.rel(R, &at(&format!("dunn_kw/z/{i}")), Some(pair.z), 1e-9);
            book.rel(R, &at(&format!("dunn_kw/p/{i}")), Some(pair.p), 1e-9);
            book.rel(R, &at(&format!("dunn_kw/p_holm/{i}")), Some(holm[i]), 1e-9);
        }
    }
    book.leave_out("p_rstatix", "rstatix prints three digits");
    book.leave_out("p_scipy_mc", "SciPy's Dunnett is a Monte-Carlo estimate; the exact p is compared");
}

/// One-way analyses of variance.
pub fn variance(book: &mut Book, base: &str, groups: &[Sample]) {
    let at = |key: &str| if base.is_empty() { key.to_owned() } else { format!("{base}/{key}") };
    let ours = one_way(groups).unwrap();
    let (df1, df2) = (ours.test.df1, ours.test.df2);
    let values = [
        ("df/0", df1, 0.0),
        ("df/1", df2, 0.0),
        ("ss/0", ours.ss_between, 1e-9),
        ("ss/1", ours.ss_within, 1e-9),
        ("ms/0", ours.ss_between / df1, 1e-9),
        ("ms/1", ours.ss_within / df2, 1e-9),
        ("F", ours.test.f, 1e-9),
        ("p", ours.test.p, 1e-9),
        ("eta2", ours.eta_squared, 1e-9),
        ("omega2", ours.omega_squared, 1e-9),
        ("epsilon2", ours.epsilon_squared, 1e-9),
    ];
    for (key, value, tolerance) in values {
        book.rel(R, &at(&format!("anova/{key}")), Some(value), tolerance);
    }
    let ours = anova::welch(groups).unwrap();
    book.rel(R, &at("welch_anova/stat"), Some(ours.f), 1e-10);
    book.rel(R, &at("welch_anova/df/0"), Some(ours.df1), 0.0);
    book.rel(R, &at("welch_anova/df/1"), Some(ours.df2), 1e-10);
    book.rel(R, &at("welch_anova/p"), Some(ours.p), 1e-9);
    let ours = kruskal_wallis(groups).unwrap();
    book.rel(R, &at("kruskal/stat"), Some(ours.h), 1e-10);
    book.rel(R, &at("kruskal/df"), Some(ours.df), 0.0);
    book.rel(R, &at("kruskal/p"), Some(ours.p), 1e-9);
}

fn all_pairs(book: &mut Book, base: &str, groups: &[Sample]) {
    let at = |key: &str| if base.is_empty() { key.to_owned() } else { format!("{base}/{key}") };
    let labels = book.texts(&at("tukey/pair"));
    let (tukey, free) = (tukey_samples(groups, 0.95).unwrap(), games_howell(groups, 0.95).unwrap());
    for (key, list, signed) in [("tukey", &tukey, true), ("games_howell", &free, false)] {
        for (i, pair) in ordered(list, &labels).into_iter().enumerate() {
            let at = |what: &str| at(&format!("{key}/{what}/{i}"));
            let (c, own) = (pair.adjusted.comparison, pair.adjusted);
            book.rel(R, &at("diff"), Some(c.estimate), 1e-9);
            book.rel(R, &at("se"), Some(c.se), 1e-9);
            book.rel(R, &at("df"), Some(c.df), 1e-9);
            let t = if signed { c.statistic } else { c.statistic.abs() };
            book.rel(R, &at("t"), Some(t), 1e-9);
            book.abs(Python, &at("p"), Some(own.p_adjusted), 1e-8);
            book.rel(Python, &at("p"), Some(own.p_adjusted), 1e-6);
            book.abs(Python, &at("p_scipy"), Some(own.p_adjusted), 1e-6);
            book.rel(Python, &at("p_pingouin"), Some(own.p_adjusted), 1e-4);
            let reach = 4e-4 * (own.ci_high_adjusted - own.ci_low_adjusted);
            book.abs(Python, &at("lwr"), Some(own.ci_low_adjusted), reach);
            book.abs(Python, &at("upr"), Some(own.ci_high_adjusted), reach);
        }
    }
    for (method, name) in ADJUSTMENTS {
        let list = pairwise_pooled(groups, method, 0.95).unwrap();
        for (i, pair) in ordered(&list, &labels).into_iter().enumerate() {
            book.rel(R, &at(&format!("pairwise_t_pooled_{name}/p/{i}")), Some(pair.adjusted.p_adjusted), 1e-9);
        }
        let list = pairwise_welch(groups, method, 0.95).unwrap();
        for (i, pair) in ordered(&list, &labels).into_iter().enumerate() {
            book.rel(R, &at(&format!("pairwise_welch_{name}/p/{i}")), Some(pair.adjusted.p_adjusted), 1e-9);
        }
    }
}

/// Dunnett's comparisons with the first group.
pub fn dunnett(book: &mut Book, base: &str, groups: &[Sample]) {
    let list = dunnett_samples(groups, 0, 0.95).unwrap();
    for (i, own) in list.iter().enumerate() {
        let at = |what: &str| format!("{base}/{what}/{i}");
        let c = own.comparison;
        book.abs(R, &at("diff"), Some(c.estimate), 1e-9 * c.se);
        book.rel(R, &at("se"), Some(c.se), 1e-9);
        book.abs(R, &at("t"), Some(c.statistic), 1e-9 * (1.0 + c.statistic.abs()));
        book.rel(R, &at("p_unadj"), Some(c.p), 1e-9);
        book.abs(R, &at("p_exact_quadrature"), Some(own.p_adjusted), 1e-7);
        book.abs(R, &at("p_multcomp"), Some(own.p_adjusted), 2e-3);
        // Limits and critical value from the same quadrature.
        book.abs(R, &at("lwr"), Some(own.ci_low_adjusted), 1e-6 * c.se);
        book.abs(R, &at("upr"), Some(own.ci_high_adjusted), 1e-6 * c.se);
    }
    let c = list[0].comparison;
    book.rel(R, &format!("{base}/df"), Some(c.df), 0.0);
    book.abs(R, &format!("{base}/crit_95"), Some((list[0].ci_high_adjusted - c.estimate) / c.se), 1e-7);
}

pub fn flat(book: &mut Book) {
    let table = csv("f_flat").present("y");
    let level = codes(&table.text("group"), &NAMES);
    several(book, "", &samples(&table.numbers("y"), &level, 4));
}

fn two_way_table(book: &mut Book, key: &str, ours: &TwoWay, intercept: bool) {
    let shift = usize::from(intercept);
    for (i, term) in [ours.a, ours.b, ours.interaction].iter().enumerate() {
        let at = |what: &str| format!("{key}/{what}/{}", i + shift);
        book.rel(R, &at("ss"), Some(term.ss), 1e-9);
        book.rel(R, &at("df"), Some(term.test.df1), 0.0);
        book.rel(R, &at("F"), Some(term.test.f), 1e-9);
        book.rel(R, &at("p"), Some(term.test.p), 1e-9);
    }
    book.rel(R, &format!("{key}/ss/{}", 3 + shift), Some(ours.ss_residual), 1e-9);
    book.rel(R, &format!("{key}/df/{}", 3 + shift), Some(ours.df_residual), 0.0);
    // NA in the row of the residuals, which nothing tests.
    for what in ["F", "p"] {
        book.rel(R, &format!("{key}/{what}/{}", 3 + shift), None, 0.0);
    }
}

/// The 2 × 2 sets: means and slices, two factors, mixed models.
pub fn factorial(book: &mut Book) {
    let table = csv(&book.name).present("y");
    let y = table.numbers("y");
    let level = codes(&table.text("group"), &NAMES);
    let (cluster, labels) = sorted_codes(&table.text("animal"));
    let factor = |column: &str| -> Vec<usize> { table.numbers(column).iter().map(|v| *v as usize).collect() };
    let (a, b) = (factor("allo"), factor("iso"));
    let first = |c: usize| cluster.iter().position(|x| *x == c).unwrap();
    let found = cluster_means(&y, &cluster).unwrap();
    let means: Vec<f64> = found.iter().map(|m| m.mean).collect();
    let of = |v: &[usize]| -> Vec<usize> { found.iter().map(|m| v[first(m.cluster)]).collect() };
    let (mean_level, mean_a, mean_b) = (of(&level), of(&a), of(&b));
    several(book, "animal_means_kgroups", &samples(&means, &mean_level, 4));
    several(book, "slices_naive_kgroups", &samples(&y, &level, 4));
    for (kind, key) in
        [(SumsOfSquares::TypeI, "typeI"), (SumsOfSquares::TypeII, "typeII"), (SumsOfSquares::TypeIII, "typeIII")]
    {
        let ours = two_way(&means, &mean_a, &mean_b, kind).unwrap();
        two_way_table(book, &format!("twoway_animal_means/{key}"), &ours, key == "typeIII");
        if kind == SumsOfSquares::TypeII {
            for (i, term) in [ours.a, ours.b, ours.interaction].iter().enumerate() {
                book.rel(R, &format!("twoway_partial_eta2_typeII/eta2p/{i}"), Some(term.partial_eta_squared), 1e-9);
            }
        }
    }
    let robust = two_way_robust(&means, &mean_a, &mean_b).unwrap();
    for (i, test) in [robust.a, robust.b, robust.interaction].iter().enumerate() {
        let at = |what: &str| format!("twoway_animal_means_HC3_typeIII/{what}/{}", i + 1);
        book.rel(R, &at("df"), Some(test.df1), 0.0);
        book.rel(R, &at("F"), Some(test.f), 1e-9);
        book.rel(R, &at("p"), Some(test.p), 1e-8);
    }
    book.rel(R, "twoway_animal_means_HC3_typeIII/df/4", Some(robust.a.df2), 0.0);
    let naive = two_way(&y, &a, &b, SumsOfSquares::TypeIII).unwrap();
    two_way_table(book, "crossed_two_way_slices_naive", &naive, true);
    intercept(book, &means, &mean_a, &mean_b, &y, &a, &b);
    groups_model(book, &y, &level, &cluster, &labels);
    sum_contrasts(book, &y, &a, &b, &cluster, &labels);
    nested_exemptions(book);
}

/// Type III of the intercept: the contrast of unweighted cell means with zero.
fn intercept(book: &mut Book, means: &[f64], a: &[usize], b: &[usize], y: &[f64], ya: &[usize], yb: &[usize]) {
    for (key, y, a, b) in [("twoway_animal_means/typeIII", means, a, b), ("crossed_two_way_slices_naive", y, ya, yb)] {
        let level: Vec<usize> = a.iter().zip(b).map(|(a, b)| a + 2 * b).collect();
        let cells = samples(y, &level, 4);
        let grand = cells.iter().map(Sample::mean).sum::<f64>() / 4.0;
        let weight = cells.iter().map(|c| 1.0 / (16.0 * c.n() as f64)).sum::<f64>();
        let rest = two_way(y, a, b, SumsOfSquares::TypeIII).unwrap();
        let ss = grand * grand / weight;
        let test = anova::FTest::from_sums(ss, 1.0, rest.ss_residual, rest.df_residual);
        book.rel(R, &format!("{key}/ss/0"), Some(ss), 1e-9);
        book.rel(R, &format!("{key}/df/0"), Some(1.0), 0.0);
        book.rel(R, &format!("{key}/F/0"), Some(test.f), 1e-9);
        book.rel(R, &format!("{key}/p/0"), Some(test.p), 1e-8);
    }
    book.leave_out("HC3_typeIII", "robust test of the intercept: no question of an experiment");
}

fn groups_model(book: &mut Book, y: &[f64], level: &[usize], cluster: &[usize], labels: &[String]) {
    let names = ["(Intercept)", "groupALLO", "groupISO", "groupALLO_ISO"];
    let design = nested::treatment(level, &names);
    let data = MixedData::new(y, &design, cluster);
    let found = fit(&data, Method::Reml).unwrap();
    let key = "lmm_group";
    model(book, key, &data, &found);
    joint(book, key, &found, &["group"]);
    profile(book, key, &data, 1e-3);
    random_effects(book, key, &found, labels, &[]);
    marginal(book, key, &found, 4);
    nested::nlme(book, "nlme", &found);
    nested::moments(book, "", y, cluster, level);
}

fn sum_contrasts(book: &mut Book, y: &[f64], a: &[usize], b: &[usize], cluster: &[usize], labels: &[String]) {
    let sign = |v: &[usize]| -> Vec<f64> { v.iter().map(|x| 1.0 - 2.0 * *x as f64).collect() };
    let (fa, fi) = (sign(a), sign(b));
    let both: Vec<f64> = fa.iter().zip(&fi).map(|(x, y)| x * y).collect();
    let columns = [("(Intercept)", vec![1.0; y.len()]), ("fa1", fa), ("fi1", fi), ("fa1:fi1", both)];
    let design = Design::from_columns(&columns).unwrap();
    let data = MixedData::new(y, &design, cluster);
    let found = fit(&data, Method::Reml).unwrap();
    let key = "lmm_factorial_sum_contrasts";
    model(book, key, &data, &found);
    joint(book, key, &found, &["fa", "fi", "fa:fi"]);
    profile(book, key, &data, 1e-3);
    random_effects(book, key, &found, labels, &[]);
    simple_effects(book, key, &found);
}

/// Interaction contrast and simple effects of the sum-contrast model.
fn simple_effects(book: &mut Book, key: &str, found: &MixedFit) {
    let cell = |a: f64, b: f64| vec![1.0, a, b, a * b];
    let cells = [cell(1.0, 1.0), cell(-1.0, 1.0), cell(1.0, -1.0), cell(-1.0, -1.0)];
    for (method, _, name) in nested::METHODS {
        let c = interaction_2x2(found, &cells, method, 0.95).unwrap();
        let at = |what: &str| format!("{key}/emmeans_interaction/{name}/{what}");
        book.abs(R, &at("estimate"), Some(c.estimate), 1e-5 * c.se);
        book.rel(R, &at("se"), Some(c.se), 1e-5);
        book.rel(R, &at("df"), Some(c.df), 1e-4);
        book.abs(R, &at("t"), Some(c.statistic), 1e-5);
        book.rel(R, &at("p"), Some(c.p), 1e-4);
        book.abs(R, &at("lwr"), Some(c.ci_low), 1e-4 * c.se);
        book.abs(R, &at("upr"), Some(c.ci_high), 1e-4 * c.se);
        for (i, level) in [1.0, -1.0].into_iter().enumerate() {
            let weights: Vec<f64> = cell(1.0, level).iter().zip(cell(-1.0, level)).map(|(x, y)| x - y).collect();
            let c = found.contrast(&weights, method, 0.95).unwrap();
            let at = |what: &str| format!("{key}/emmeans_simple/{name}/{what}/{i}");
            book.abs(R, &at("estimate"), Some(c.estimate), 1e-5 * c.se);
            book.rel(R, &at("se"), Some(c.se), 1e-5);
            book.rel(R, &at("df"), Some(c.df), 1e-4);
            book.abs(R, &at("t"), Some(c.statistic), 1e-5 * (1.0 + c.statistic.abs()));
            book.rel(R, &at("p"), Some(c.p), 1e-4);
        }
    }
}
