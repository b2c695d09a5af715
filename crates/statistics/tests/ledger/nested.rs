//! Units in clusters: the naive and the mean-based tests, the mixed model with
//! all that the references derive from it, moment estimates.

use crate::book::{Book, Side};
use crate::marginal::marginal;
use crate::reference::{Csv, codes, csv, sorted_codes};
use crate::two::{EXACT, Tolerance, two, usual_exemptions};
use Side::{Python, R};
use statistics::design::Design;
use statistics::mixed::{
    Method, MixedData, MixedFit, cluster_means, fit, nested_anova, profile_intervals, variance_tests,
};
use statistics::{Comparison, DfMethod, Sample, effect};

pub const METHODS: [(DfMethod, &str, &str); 2] = [
    (DfMethod::Satterthwaite, "Satterthwaite", "satterthwaite"),
    (DfMethod::KenwardRoger, "Kenward-Roger", "kenward-roger"),
];

/// Treatment contrasts named as R names them.
pub fn treatment(level: &[usize], names: &[&str]) -> Design {
    let indicator = |k: usize| level.iter().map(|&l| f64::from(u8::from(k == 0 || l == k))).collect();
    let columns: Vec<(&str, Vec<f64>)> = names.iter().enumerate().map(|(k, name)| (*name, indicator(k))).collect();
    Design::from_columns(&columns).unwrap()
}

/// Weights that pick coefficient `i` of `p`.
pub fn unit(p: usize, i: usize) -> Vec<f64> {
    (0..p).map(|j| f64::from(u8::from(i == j))).collect()
}

/// A contrast with the named degrees of freedom, also where the crate would
/// replace Satterthwaite: the references give it on singular fits, flagged.
pub fn contrast(model: &MixedFit, weights: &[f64], method: DfMethod) -> Comparison {
    let c = model.contrast(weights, method, 0.95).unwrap();
    if c.df_method == method {
        return c;
    }
    assert!(model.singular, "replaced without need");
    let v = model.covariance();
    let variance: f64 =
        (0..v.len()).map(|i| (0..v.len()).map(|j| weights[i] * weights[j] * v[i][j]).sum::<f64>()).sum();
    Comparison::from_t(c.estimate, variance.sqrt(), model.satterthwaite_df(weights).unwrap(), 0.95, method)
}

/// A fitted model against both references, under `key`.
pub fn model(book: &mut Book, key: &str, data: &MixedData, model: &MixedFit) {
    let at = |tail: &str| if key.is_empty() { tail.to_owned() } else { format!("{key}/{tail}") };
    assert!(model.converged, "{} {key}: {:?}", book.name, model.health);
    let animal = model.sd_cluster.powi(2);
    let residual = model.sd_residual.powi(2);
    // lmer stops 1e-6 short of the optimum in relative variance; Newton does not.
    let zero = if model.singular { 1e-6 } else { 0.0 };
    for (side, tolerance) in [(Python, 1e-7), (R, 1e-4)] {
        let mut variance = |name: &str, value: f64| {
            book.abs(side, &at(&format!("varcomp/{name}")), Some(value), tolerance * value + zero);
        };
        variance("animal", animal);
        variance("Residual", residual);
        if let Some(sd) = model.sd_nested {
            variance("slice:animal", sd * sd);
        }
    }
    book.rel(Python, &at("sigma"), Some(model.sd_residual), 1e-7);
    book.abs(Python, &at("logLik_REML"), Some(model.log_likelihood), 1e-8 * (1.0 + model.observations as f64 / 100.0));
    book.abs(Python, &at("REML_deviance"), Some(model.deviance()), 2e-8 * (1.0 + model.observations as f64 / 100.0));
    book.rel(R, &at("singular"), Some(f64::from(u8::from(model.singular))), 0.0);
    book.rel(R, &at("nobs"), Some(model.observations as f64), 0.0);
    book.rel(R, &at("ngrps/animal"), Some(model.clusters as f64), 0.0);
    let ratio = |sd: f64| sd / model.sd_residual;
    let thetas: Vec<f64> = model.sd_nested.into_iter().chain([model.sd_cluster]).map(ratio).collect();
    for (i, theta) in thetas.iter().enumerate() {
        book.abs(R, &at(&format!("theta/{i}")), Some(*theta), 1e-4 * (1.0 + theta));
    }
    book.rel(R, &at("ngrps/slice:animal"), model.subclusters.map(|n| n as f64), 0.0);
    book.abs(Python, &at("ICC/animal"), Some(model.icc()), 1e-7);
    book.abs(Python, &at("ICC/slice:animal"), model.icc_nested(), 1e-7);
    coefficients(book, key, model);
    maximum_likelihood(book, key, data);
    let tests = variance_tests(data).unwrap();
    // The references drop sub-clusters first.
    for (i, test) in tests.iter().rev().enumerate() {
        let at = |what: &str| at(&format!("LRT_random/{i}/{what}"));
        book.abs(R, &at("logLik_reduced"), Some(test.log_likelihood), 1e-6);
        book.abs(R, &at("LRT"), Some(test.statistic), 1e-6);
        book.abs(R, &at("p_chisq1"), Some(test.p_chi_squared), 1e-4 * test.p_chi_squared + zero.sqrt());
        book.abs(R, &at("p_half_mixture"), Some(test.p_mixture), 1e-4 * test.p_mixture + zero.sqrt());
    }
}

fn coefficients(book: &mut Book, key: &str, model: &MixedFit) {
    let at = |tail: &str| if key.is_empty() { tail.to_owned() } else { format!("{key}/{tail}") };
    let p = model.coefficients().len();
    let (plain, adjusted) = (model.covariance(), model.covariance_kenward_roger().unwrap());
    let size = plain[0][0];
    for i in 0..p {
        for j in 0..p {
            book.abs(Python, &at(&format!("vcov_fixed/{i}/{j}")), Some(plain[i][j]), 1e-7 * size);
            book.abs(Python, &at(&format!("vcov_KR/v/{i}/{j}")), Some(adjusted[i][j]), 1e-5 * size);
        }
        let weights = unit(p, i);
        for (method, name, _) in METHODS {
            let c = contrast(model, &weights, method);
            let at = |what: &str| at(&format!("{name}/{what}/{i}"));
            let se = if method == DfMethod::Satterthwaite { 1e-7 } else { 1e-5 };
            book.abs(Python, &at("estimate"), Some(c.estimate), 1e-7 * c.se);
            book.rel(Python, &at("se"), Some(c.se), se);
            book.rel(Python, &at("df"), Some(c.df), 1e-5);
            book.rel(R, &at("df"), Some(c.df), 1e-4);
            book.abs(Python, &at("t"), Some(c.statistic), 1e-5 * (1.0 + c.statistic.abs()));
            book.rel(Python, &at("p"), Some(c.p), 1e-4);
        }
        let z = model.contrast(&weights, DfMethod::Normal, 0.95).unwrap();
        for (tail, limit) in [("lwr", z.ci_low), ("upr", z.ci_high)] {
            book.abs(R, &at(&format!("wald_ci_normal/{tail}/{i}")), Some(limit), 1e-5 * (limit.abs() + z.se));
        }
    }
}

fn maximum_likelihood(book: &mut Book, key: &str, data: &MixedData) {
    let at = |tail: &str| if key.is_empty() { format!("ML/{tail}") } else { format!("{key}/ML/{tail}") };
    if !book.has(&at("logLik")) {
        return;
    }
    let ml = fit(data, Method::Ml).unwrap();
    book.abs(R, &at("logLik"), Some(ml.log_likelihood), 1e-6);
    book.abs(R, &at("AIC"), Some(ml.aic()), 1e-5);
    book.abs(R, &at("BIC"), Some(ml.bic()), 1e-5);
    let parts = [("animal", Some(ml.sd_cluster)), ("Residual", Some(ml.sd_residual)), ("slice:animal", ml.sd_nested)];
    for (name, sd) in parts {
        let variance = sd.map(|s| s * s);
        let allowed = 1e-4 * variance.unwrap_or(0.0) + 1e-6;
        book.abs(R, &at(&format!("varcomp/{name}")), variance, allowed);
    }
    let se: Vec<f64> = ml.covariance().iter().enumerate().map(|(i, row)| row[i].sqrt()).collect();
    for (i, name) in ml.names.iter().enumerate() {
        book.abs(R, &at(&format!("estimate/{name}")), Some(ml.coefficients()[i]), 1e-4 * se[i]);
    }
}

/// Joint tests of terms: name and the reference's own hypothesis matrix.
pub fn joint(book: &mut Book, key: &str, model: &MixedFit, terms: &[&str]) {
    for (i, term) in terms.iter().enumerate() {
        let mut rows = Vec::new();
        while book.has(&format!("{key}/type3_L/{term}/{}", rows.len())) {
            let row = book.list(&format!("{key}/type3_L/{term}/{}", rows.len()));
            if row.len() < model.coefficients().len() {
                break;
            }
            rows.push(row);
        }
        assert!(!rows.is_empty(), "{key} {term}");
        for (method, name, _) in METHODS {
            let test = if rows.len() == 1 {
                let c = contrast(model, &rows[0], method);
                (c.statistic.powi(2), 1.0, c.df, c.p)
            } else {
                let f = model.f_test(&rows, method).unwrap();
                (f.f, f.df1, f.df2, f.p)
            };
            let at = |what: &str| format!("{key}/anova3_{name}/{what}/{i}");
            book.rel(R, &at("num_df"), Some(test.1), 0.0);
            book.rel(R, &at("F"), Some(test.0), 1e-5);
            book.rel(R, &at("den_df"), Some(test.2), 1e-4);
            book.rel(R, &at("p"), Some(test.3), 1e-3);
        }
    }
}

/// Profile intervals in the order of lme4: sub-clusters, clusters, residual, fixed.
pub fn profile(book: &mut Book, key: &str, data: &MixedData, tolerance: f64) {
    if !book.has(&format!("{key}/profile_ci_ML/lwr/0")) {
        return;
    }
    let profile = profile_intervals(data, 0.95).unwrap();
    let mut ours: Vec<_> = profile.sd_terms.iter().copied().chain([profile.sd_cluster, profile.sd_residual]).collect();
    ours.extend(&profile.coefficients);
    for (i, interval) in ours.iter().enumerate() {
        let reach = 1.0 + interval.low.abs().max(interval.high.abs());
        book.abs(R, &format!("{key}/profile_ci_ML/lwr/{i}"), Some(interval.low), tolerance * reach);
        book.abs(R, &format!("{key}/profile_ci_ML/upr/{i}"), Some(interval.high), tolerance * reach);
    }
}

/// Conditional means of the clusters and sub-clusters.
pub fn random_effects(book: &mut Book, key: &str, model: &MixedFit, labels: &[String], inner: &[String]) {
    for effect in model.random_effects() {
        let label = &labels[effect.cluster];
        let allowed = 1e-5 * (model.sd_cluster + model.sd_residual);
        book.abs(R, &format!("{key}/ranef/animal/{label}"), Some(effect.intercept), allowed);
        for (place, value) in &effect.nested {
            book.abs(R, &format!("{key}/ranef/slice:animal/{}:{label}", inner[*place]), Some(*value), allowed);
        }
    }
}

/// nlme's fit of the same model.
pub fn nlme(book: &mut Book, key: &str, model: &MixedFit) {
    book.abs(R, &format!("{key}/logLik_REML"), Some(model.log_likelihood), 1e-5);
    book.rel(R, &format!("{key}/sigma"), Some(model.sd_residual), 1e-4);
    // nlme works on logarithms and never reaches zero.
    let total = model.sd_cluster.powi(2) + model.sd_residual.powi(2);
    for (i, sd) in [model.sd_cluster, model.sd_residual].into_iter().enumerate() {
        book.abs(R, &format!("{key}/VarCorr/{i}"), Some(sd * sd), 1e-4 * total);
    }
    let covariance = model.covariance();
    for (i, row) in covariance.iter().enumerate() {
        let (estimate, se) = (model.coefficients()[i], row[i].sqrt());
        book.abs(R, &format!("{key}/estimate/{i}"), Some(estimate), 1e-4 * se);
        book.rel(R, &format!("{key}/se/{i}"), Some(se), 1e-4);
    }
}

/// Moment estimates, with and without regard to the groups.
pub fn moments(book: &mut Book, prefix: &str, y: &[f64], cluster: &[usize], group: &[usize]) {
    for (key, group) in [("icc_anova", Some(group)), ("icc_anova_ignoring_group", None)] {
        let Ok(ours) = nested_anova(y, cluster, group, 0.95) else {
            book.leave_out("icc_anova", "one slice per animal: no variance within animals to compare with");
            return;
        };
        let at = |what: &str| {
            format!("{}{key}/{what}", if prefix.is_empty() { String::new() } else { format!("{prefix}/") })
        };
        let floor = 1e-10 * ours.ms_within;
        book.abs(R, &at("ms_animal"), Some(ours.ms_cluster), 1e-10 * ours.ms_cluster + floor);
        book.rel(R, &at("ms_within"), Some(ours.ms_within), 1e-10);
        book.rel(R, &at("df/0"), Some(ours.df_cluster), 0.0);
        book.rel(R, &at("df/1"), Some(ours.df_within), 0.0);
        book.rel(R, &at("n0"), Some(ours.n0), 1e-10);
        book.abs(R, &at("var_animal_moment"), Some(ours.variance_cluster), 1e-10 * ours.variance_cluster.abs() + floor);
        book.abs(R, &at("icc"), Some(ours.icc), 1e-10);
        book.abs(R, &at("F"), Some(ours.f), 1e-10 * (1.0 + ours.f));
        book.rel(R, &at("p"), Some(ours.p), 1e-9);
        book.abs(R, &at("ci_F_approx/0"), Some(ours.icc_low), 1e-9);
        book.abs(R, &at("ci_F_approx/1"), Some(ours.icc_high), 1e-9);
        book.abs(R, &at("design_effect_mean_m"), Some(ours.design_effect), 1e-9);
    }
}

/// What is left out of every nested set.
pub fn nested_exemptions(book: &mut Book) {
    usual_exemptions(book);
    book.leave_out("type3_L", "hypothesis matrix: an input, not a result");
    book.leave_out("score_at_optimum", "convergence record of the reference's own optimiser");
    book.leave_out("statsmodels_MixedLM", "MixedLM: fits to 1e-5 and Wald z only; not a truth");
    for part in ["nlme/containment_df", "nlme/p"] {
        book.leave_out(part, "containment degrees of freedom: counted, not estimated; not offered");
    }
    book.leave_out("p_dunnettx", "emmeans' approximation of Dunnett; the exact p is compared");
}

/// Naive and mean-based tests of the two groups.
pub fn naive_and_means(book: &mut Book, prefix: &str, table: &Csv, column: &str) {
    let at = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}/{key}") };
    let part = |level: &str| Sample::present(&table.numbers_of(column, "group", level)).unwrap();
    let ((a, no_a), (b, no_b)) = (part("control"), part("drug"));
    for (i, missing) in [no_a, no_b].into_iter().enumerate() {
        book.rel(R, &at(&format!("slices_naive/dropped_na/{i}")), Some(missing as f64), 0.0);
        book.rel(R, &at(&format!("animal_means/dropped_na/{i}")), Some(0.0), 0.0);
    }
    two(book, &at("slices_naive"), &a, &b, EXACT);
    let y = table.numbers(column);
    let kept: Vec<usize> = (0..y.len()).filter(|&i| !y[i].is_nan()).collect();
    let pick = |v: &[String]| -> Vec<String> { kept.iter().map(|&i| v[i].clone()).collect() };
    let (animal, group) = (pick(&table.text("animal")), pick(&table.text("group")));
    let (cluster, labels) = sorted_codes(&animal);
    let means = cluster_means(&kept.iter().map(|&i| y[i]).collect::<Vec<_>>(), &cluster).unwrap();
    let listed = book.texts(&at("animal_mean_table/animal"));
    for (i, name) in listed.iter().enumerate() {
        let own = labels.iter().position(|l| l == name).map(|c| means[c]);
        book.rel(R, &at(&format!("animal_mean_table/mean/{i}")), own.map(|m| m.mean), 1e-12);
        book.rel(R, &at(&format!("animal_mean_table/n/{i}")), own.map(|m| m.units as f64), 0.0);
    }
    if book.name == "x15_singular" {
        book.leave_out("animal_means/", "animal means equal up to 1e-14: ranks and effects there are rounding");
        return;
    }
    let group_of = |c: usize| group[cluster.iter().position(|x| *x == c).unwrap()].clone();
    let part = |level: &str| {
        let own: Vec<f64> = means.iter().filter(|m| group_of(m.cluster) == level).map(|m| m.mean).collect();
        Sample::new(&own).unwrap()
    };
    let t = Tolerance { value: 1e-9, ..EXACT };
    two(book, &at("animal_means"), &part("control"), &part("drug"), t);
}

/// Everything under `prefix` about two groups of animals.
pub fn two_groups_at(book: &mut Book, prefix: &str, table: Csv, column: &str) {
    let at = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}/{key}") };
    naive_and_means(book, prefix, &table, column);
    let table = table.present(column);
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, labels) = sorted_codes(&table.text("animal"));
    let y = table.numbers(column);
    let design = treatment(&group, &["(Intercept)", "groupdrug"]);
    let data = MixedData::new(&y, &design, &cluster);
    match fit(&data, Method::Reml) {
        Ok(found) => {
            let key = at("lmm");
            model(book, &key, &data, &found);
            joint(book, &key, &found, &["group"]);
            // On x17 lme4's spline puts the lower limit of the cluster SD at 8.8666; a
            // direct search over the likelihood finds 8.8359.
            profile(book, &key, &data, if book.name == "x17_mostly_one_slice" { 4e-3 } else { 1e-3 });
            random_effects(book, &key, &found, &labels, &[]);
            marginal(book, &key, &found, 2);
            let d = effect::nested(&found, found.coefficients()[1]);
            book.rel(R, &format!("{key}/nested_g/d_total"), Some(d.d_total), 1e-4);
            book.rel(R, &format!("{key}/nested_g/d_within"), Some(d.d_within), 1e-4);
            nlme(book, &at("nlme"), &found);
        }
        Err(_) => {
            book.rel(R, &at("lmm/logLik_REML"), None, 0.0);
            book.leave_out("nlme/", "one slice per animal: nlme splits a variance that the data cannot split");
        }
    }
    moments(book, prefix, &y, &cluster, &group);
    nested_exemptions(book);
}

pub fn two_groups(book: &mut Book) {
    let table = csv(&book.name);
    two_groups_at(book, "", table, "y");
}

/// Many animals: the model alone.
pub fn huge(book: &mut Book) {
    let table = csv(&book.name).present("y");
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, _) = sorted_codes(&table.text("animal"));
    let y = table.numbers("y");
    let design = treatment(&group, &["(Intercept)", "groupdrug"]);
    let data = MixedData::new(&y, &design, &cluster);
    let found = fit(&data, Method::Reml).unwrap();
    model(book, "", &data, &found);
    let c = found.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    book.rel(R, "anova3_Satterthwaite/F", Some(c.statistic.powi(2)), 1e-5);
    book.rel(R, "anova3_Satterthwaite/num_df", Some(1.0), 0.0);
    book.rel(R, "anova3_Satterthwaite/den_df", Some(c.df), 1e-4);
    book.rel(R, "anova3_Satterthwaite/p", Some(c.p), 1e-3);
    nested_exemptions(book);
}
