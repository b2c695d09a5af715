//! Mixed models against lme4, lmerTest, pbkrtest and an independent Newton fit.
#![allow(clippy::unwrap_used)]

mod reference;

use reference::*;
use serde_json::Value;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit, nested_anova, profile_intervals, variance_tests};
use statistics::{Comparison, DfMethod};

/// Two-group sets; the flag marks fits at the boundary.
const NESTED: [(&str, bool); 7] = [
    ("a_nested2", false),
    ("x15_singular", true),
    ("x17_mostly_one_slice", false),
    ("x18_icc_high", false),
    ("x19_two_animals", true),
    ("x20_hetero_nested", false),
    ("x22_nan_nested", false),
];

struct Set {
    y: Vec<f64>,
    group: Vec<usize>,
    cluster: Vec<usize>,
    labels: Vec<String>,
    design: Design,
}

fn two_groups(name: &str) -> Set {
    let table = csv(name).present("y");
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, labels) = sorted_codes(&table.text("animal"));
    let design = Design::treatment(&group, &["control", "drug"]).unwrap();
    Set { y: table.numbers("y"), group, cluster, labels, design }
}

fn unit(p: usize, i: usize) -> Vec<f64> {
    (0..p).map(|j| f64::from(u8::from(i == j))).collect()
}

/// Compares one fit with both references.
fn check(name: &str, model: &MixedFit, r: &Value, python: &Value, cluster: &str, singular: bool) {
    assert!(model.converged, "{name}: {:?}", model.health);
    assert_eq!(model.singular, singular, "{name}");
    let variance = model.sd_cluster.powi(2);
    let path = format!("varcomp/{cluster}");
    near(name, variance, number(python, &path), 1e-7 * (1.0 + variance));
    near(name, variance, number(r, &path), 1e-4 * (1.0 + variance));
    close(name, model.sd_residual.powi(2), number(python, "varcomp/Residual"), 1e-7);
    if let Some(sd) = model.sd_nested {
        near(name, sd * sd, number(python, &format!("varcomp/slice:{cluster}")), 1e-7 * (1.0 + sd * sd));
    }
    near(name, model.log_likelihood, number(r, "logLik_REML"), 1e-8);
    near(name, model.log_likelihood, number(python, "logLik_REML"), 1e-8);
    near(name, model.icc(), number(python, &format!("ICC/{cluster}")), 1e-7);
    let covariance = model.covariance();
    let adjusted = model.covariance_kenward_roger().unwrap();
    let p = model.coefficients().len();
    let size = covariance[0][0];
    for i in 0..p {
        for j in 0..p {
            near(name, covariance[i][j], number(python, &format!("vcov_fixed/{i}/{j}")), 1e-7 * size);
            near(name, adjusted[i][j], number(python, &format!("vcov_KR/v/{i}/{j}")), 1e-5 * size);
        }
        let weights = unit(p, i);
        for (method, key) in [(DfMethod::Satterthwaite, "Satterthwaite"), (DfMethod::KenwardRoger, "Kenward-Roger")] {
            let c = model.contrast(&weights, method, 0.95).unwrap();
            let get = |side: &Value, what: &str| number(side, &format!("{key}/{what}/{i}"));
            near(name, c.estimate, get(python, "estimate"), 1e-7 * c.se);
            if method == DfMethod::Satterthwaite && singular {
                // Never used on a singular fit; the bare value is still the reference one.
                assert_eq!(c.df_method, DfMethod::KenwardRoger, "{name}");
                let df = model.satterthwaite_df(&weights).unwrap();
                close(name, df, get(python, "df"), 1e-5);
                continue;
            }
            assert_eq!(c.df_method, method, "{name}");
            close(name, c.se, get(python, "se"), if key == "Satterthwaite" { 1e-7 } else { 1e-5 });
            close(name, c.se, get(r, "se"), 1e-5);
            close(name, c.df, get(python, "df"), 1e-5);
            close(name, c.df, get(r, "df"), 1e-4);
            close(name, c.p, get(python, "p"), 1e-4);
        }
    }
}

fn check_ml(name: &str, ml: &MixedFit, r: &Value, cluster: &str) {
    near(name, ml.log_likelihood, number(r, "ML/logLik"), 1e-7);
    near(name, ml.aic(), number(r, "ML/AIC"), 1e-6);
    near(name, ml.bic(), number(r, "ML/BIC"), 1e-6);
    let variance = ml.sd_cluster.powi(2);
    near(name, variance, number(r, &format!("ML/varcomp/{cluster}")), 1e-4 * (1.0 + variance));
    close(name, ml.sd_residual.powi(2), number(r, "ML/varcomp/Residual"), 1e-4);
}

#[test]
fn two_groups_of_clusters_match_the_references() {
    for (name, singular) in NESTED {
        let set = two_groups(name);
        let (r, python) = (reference("R", name), reference("python", name));
        let (r, python) = (at(&r, "lmm"), at(&python, "lmm"));
        let data = MixedData::new(&set.y, &set.design, &set.cluster);
        let model = fit(&data, Method::Reml).unwrap();
        check(name, &model, r, python, "animal", singular);
        check_ml(name, &fit(&data, Method::Ml).unwrap(), r, "animal");
        for effect in model.random_effects() {
            let label = &set.labels[effect.cluster];
            let theirs = number(r, &format!("ranef/animal/{label}"));
            near(name, effect.intercept, theirs, 1e-5 * (1.0 + model.sd_cluster));
        }
        if !singular {
            let effect = statistics::effect::nested(&model, model.coefficients()[1]);
            close(name, effect.d_total, number(r, "nested_g/d_total"), 1e-4);
            close(name, effect.d_within, number(r, "nested_g/d_within"), 1e-4);
        }
        for (i, test) in variance_tests(&data).unwrap().iter().enumerate() {
            let path = format!("LRT_random/{i}");
            near(name, test.log_likelihood, number(r, &format!("{path}/logLik_reduced")), 1e-7);
            near(name, test.statistic, number(r, &format!("{path}/LRT")), 1e-6);
            near(name, test.p_mixture, number(r, &format!("{path}/p_half_mixture")), 1e-6);
        }
    }
}

#[test]
fn profile_intervals_match_lme4() {
    for (name, _) in NESTED {
        // lme4 interpolates its profile by splines; on this set a direct search over the
        // likelihood puts the lower limit of the cluster SD at 8.8359 (lme4: 8.8666).
        let tolerance = if name == "x17_mostly_one_slice" { 4e-3 } else { 1e-3 };
        let set = two_groups(name);
        let r = reference("R", name);
        let data = MixedData::new(&set.y, &set.design, &set.cluster);
        let profile = profile_intervals(&data, 0.95).unwrap();
        let mut ours = vec![profile.sd_cluster, profile.sd_residual];
        ours.extend(&profile.coefficients);
        for (i, interval) in ours.iter().enumerate() {
            let get = |what: &str| number(&r, &format!("lmm/profile_ci_ML/{what}/{i}"));
            near(name, interval.low, get("lwr"), tolerance * (1.0 + get("lwr").abs()));
            near(name, interval.high, get("upr"), tolerance * (1.0 + get("upr").abs()));
        }
    }
}

#[test]
fn factorial_with_sum_contrasts_matches_the_references() {
    for name in ["b_factorial", "b2_balanced"] {
        let table = csv(name).present("y");
        let y = table.numbers("y");
        let (cluster, _) = sorted_codes(&table.text("animal"));
        let sum = |column: &str| -> Vec<f64> { table.numbers(column).iter().map(|v| 1.0 - 2.0 * v).collect() };
        let (a, b) = (sum("allo"), sum("iso"));
        let both: Vec<f64> = a.iter().zip(&b).map(|(x, y)| x * y).collect();
        let design = Design::intercept(y.len()).unwrap();
        let design = design.with_column("a", &a).unwrap().with_column("b", &b).unwrap();
        let design = design.with_column("a:b", &both).unwrap();
        let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
        let (r, python) = (reference("R", name), reference("python", name));
        let key = "lmm_factorial_sum_contrasts";
        check(name, &model, at(&r, key), at(&python, key), "animal", false);
    }
}

#[test]
fn marginal_means_and_adjusted_pairs_match_emmeans() {
    for (name, singular) in NESTED {
        let set = two_groups(name);
        let r = reference("R", name);
        let model = fit(&MixedData::new(&set.y, &set.design, &set.cluster), Method::Reml).unwrap();
        let means = [vec![1.0, 0.0], vec![1.0, 1.0]];
        let list = statistics::contrasts::marginal_means(&model, &means, DfMethod::KenwardRoger, 0.95).unwrap();
        for (i, m) in list.iter().enumerate() {
            let get = |what: &str| number(&r, &format!("lmm/emmeans/kenward-roger/{what}/{i}"));
            close(name, m.estimate, get("emmean"), 1e-5);
            close(name, m.se, get("se"), 1e-5);
            close(name, m.df, get("df"), 1e-4);
            close(name, m.ci_low, get("lwr"), 1e-5);
            close(name, m.ci_high, get("upr"), 1e-5);
        }
        assert!(singular == model.singular);
    }
}

fn factorial(name: &str) -> (Vec<f64>, Vec<usize>, Vec<usize>, Vec<String>) {
    let table = csv(name).present("y");
    let group = codes(&table.text("group"), &["control", "ALLO", "ISO", "ALLO_ISO"]);
    let (cluster, labels) = sorted_codes(&table.text("animal"));
    (table.numbers("y"), group, cluster, labels)
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    let list = value.as_array().unwrap();
    if list[0].is_number() {
        return vec![list.iter().map(|v| v.as_f64().unwrap()).collect()];
    }
    list.iter().map(|row| row.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()).collect()
}

#[test]
fn four_groups_match_the_references() {
    for name in ["b_factorial", "b2_balanced"] {
        let (y, group, cluster, labels) = factorial(name);
        let names = ["control", "ALLO", "ISO", "ALLO_ISO"];
        let design = Design::treatment(&group, &names).unwrap();
        let (r, python) = (reference("R", name), reference("python", name));
        let (r, python) = (at(&r, "lmm_group"), at(&python, "lmm_group"));
        let data = MixedData::new(&y, &design, &cluster);
        let model = fit(&data, Method::Reml).unwrap();
        check(name, &model, r, python, "animal", false);
        for effect in model.random_effects() {
            let theirs = number(r, &format!("ranef/animal/{}", labels[effect.cluster]));
            near(name, effect.intercept, theirs, 1e-4);
        }
        let hypothesis = rows(at(r, "type3_L/group"));
        for (method, key) in [(DfMethod::Satterthwaite, "Satterthwaite"), (DfMethod::KenwardRoger, "Kenward-Roger")] {
            let f = model.f_test(&hypothesis, method).unwrap();
            close(name, f.f, number(r, &format!("anova3_{key}/F")), 1e-5);
            close(name, f.df2, number(r, &format!("anova3_{key}/den_df")), 1e-4);
            close(name, f.p, number(r, &format!("anova3_{key}/p")), 1e-4);
            assert_eq!(f.df1, 3.0);
        }
        let profile = profile_intervals(&data, 0.95).unwrap();
        let mut ours = vec![profile.sd_cluster, profile.sd_residual];
        ours.extend(&profile.coefficients);
        for (i, interval) in ours.iter().enumerate() {
            let (low, high) =
                (number(r, &format!("profile_ci_ML/lwr/{i}")), number(r, &format!("profile_ci_ML/upr/{i}")));
            near(name, interval.low, low, 1e-3 * (1.0 + low.abs()));
            near(name, interval.high, high, 1e-3 * (1.0 + high.abs()));
        }
    }
}

#[test]
fn dunnett_and_tukey_on_the_model_match_quadrature() {
    let (y, group, cluster, _) = factorial("b_factorial");
    let names = ["control", "ALLO", "ISO", "ALLO_ISO"];
    let design = Design::treatment(&group, &names).unwrap();
    let means =
        [vec![1.0, 0.0, 0.0, 0.0], vec![1.0, 1.0, 0.0, 0.0], vec![1.0, 0.0, 1.0, 0.0], vec![1.0, 0.0, 0.0, 1.0]];
    let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
    let r = reference("R", "b_factorial");
    for (method, key) in [(DfMethod::Satterthwaite, "satterthwaite"), (DfMethod::KenwardRoger, "kenward-roger")] {
        let path = format!("lmm_group/emmeans/{key}");
        let contrasts: Vec<Vec<f64>> = (1..4).map(|i| unit(4, i)).collect();
        let list = statistics::contrasts::dunnett(&model, &contrasts, method, 0.95).unwrap();
        for (i, c) in list.iter().enumerate() {
            let get = |what: &str| number(&r, &format!("{path}/vs_control/{what}/{i}"));
            // lmerTest's degrees of freedom differ by 1e-6, hence 1e-6 here.
            near(key, c.p_adjusted, get("p_dunnett_exact"), 1e-6);
            near(key, c.p_adjusted, get("p_mvt_mc"), 2e-3);
            assert!(c.p_adjusted > c.comparison.p);
            assert!(c.ci_low_adjusted < c.comparison.ci_low);
        }
        let pairs = statistics::contrasts::tukey(&model, &means, method, 0.95).unwrap();
        for (i, pair) in pairs.iter().enumerate() {
            let get = |what: &str| number(&r, &format!("{path}/pairs/{what}/{i}"));
            let c = pair.adjusted;
            close(key, -c.comparison.estimate, get("estimate"), 1e-5);
            close(key, c.comparison.p, get("p_none"), 1e-4);
            near(key, c.p_adjusted, get("p_tukey"), 1e-4);
            near(key, -c.ci_high_adjusted, get("ci_tukey_lwr"), 1e-3);
            near(key, -c.ci_low_adjusted, get("ci_tukey_upr"), 1e-3);
        }
    }
}

#[test]
fn interaction_contrast_is_the_third_coefficient_of_the_factorial() {
    let table = csv("b_factorial").present("y");
    let y = table.numbers("y");
    let (cluster, _) = sorted_codes(&table.text("animal"));
    let (a, b) = (table.numbers("allo"), table.numbers("iso"));
    let product: Vec<f64> = a.iter().zip(&b).map(|(x, y)| x * y).collect();
    let design = Design::intercept(y.len())
        .unwrap()
        .with_column("a", &a)
        .unwrap()
        .with_column("b", &b)
        .unwrap()
        .with_column("a:b", &product)
        .unwrap();
    let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
    let cells =
        [vec![1.0, 0.0, 0.0, 0.0], vec![1.0, 1.0, 0.0, 0.0], vec![1.0, 0.0, 1.0, 0.0], vec![1.0, 1.0, 1.0, 1.0]];
    let c = statistics::contrasts::interaction_2x2(&model, &cells, DfMethod::KenwardRoger, 0.95).unwrap();
    let r = reference("R", "b_factorial");
    let terms = at(&r, "lmm_factorial_sum_contrasts/anova3_Kenward-Roger");
    let f = number(terms, "F/2");
    close("interaction F", c.statistic.powi(2), f, 1e-5);
    close("interaction df", c.df, number(terms, "den_df/2"), 1e-4);
    close("interaction p", c.p, number(terms, "p/2"), 1e-4);
    let simple = at(&r, "lmm_factorial_sum_contrasts/emmeans_simple/kenward-roger");
    let first = model.contrast(&[0.0, 1.0, 0.0, 0.0], DfMethod::KenwardRoger, 0.95).unwrap();
    close("simple effect", first.statistic.abs(), number(simple, "t/0").abs(), 1e-4);
}

#[test]
fn paired_differences_and_two_levels_match_the_references() {
    let table = csv("e_paired");
    let (cluster, _) = sorted_codes(&table.text("animal"));
    let (unit_code, _) = sorted_codes(&table.text("slice"));
    let (control, test) = (table.numbers("control_path"), table.numbers("test_path"));
    let change: Vec<f64> = test.iter().zip(&control).map(|(t, c)| t - c).collect();
    let (r, python) = (reference("R", "e_paired"), reference("python", "e_paired"));
    let design = Design::intercept(change.len()).unwrap();
    let data = MixedData::new(&change, &design, &cluster);
    let model = fit(&data, Method::Reml).unwrap();
    check("paired", &model, at(&r, "lmm_diff"), at(&python, "lmm_diff"), "animal", true);

    let y: Vec<f64> = control.iter().chain(&test).copied().collect();
    let path: Vec<usize> = (0..y.len()).map(|i| usize::from(i >= control.len())).collect();
    let twice = |v: &[usize]| v.iter().chain(v).copied().collect::<Vec<_>>();
    let (cluster, nested) = (twice(&cluster), twice(&unit_code));
    let design = Design::treatment(&path, &["control", "test"]).unwrap();
    let data = MixedData::new(&y, &design, &cluster).with_nested(&nested);
    let model = fit(&data, Method::Reml).unwrap();
    let (r, python) = (at(&r, "lmm_long_two_level"), at(&python, "lmm_long_two_level"));
    check("two levels", &model, r, python, "animal", false);
    let profile = profile_intervals(&data, 0.95).unwrap();
    let mut ours = vec![profile.sd_terms[0], profile.sd_cluster, profile.sd_residual];
    ours.extend(&profile.coefficients);
    for (i, interval) in ours.iter().enumerate() {
        let high = number(r, &format!("profile_ci_ML/upr/{i}"));
        near("profile", interval.low, number(r, &format!("profile_ci_ML/lwr/{i}")), 2e-3 * (1.0 + high.abs()));
        near("profile", interval.high, high, 2e-3 * (1.0 + high.abs()));
    }
    // The reference lists sub-clusters first.
    let tests = variance_tests(&data).unwrap();
    near("cluster", tests[0].statistic, number(r, "LRT_random/1/LRT"), 1e-6);
    near("sub-cluster", tests[1].statistic, number(r, "LRT_random/0/LRT"), 1e-6);
}

/// Means of five bins of a time course.
#[derive(Default)]
struct Bins {
    y: Vec<f64>,
    group: Vec<usize>,
    cluster: Vec<usize>,
    nested: Vec<usize>,
    bin: Vec<usize>,
}

/// Bin by sub-cluster.
fn bins() -> Bins {
    let table = csv("d_timecourse");
    let (t, y) = (table.numbers("t"), table.numbers("y"));
    let last = t.iter().copied().fold(0.0, f64::max) + 1.0;
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, _) = sorted_codes(&table.text("animal"));
    let (nested, levels) = sorted_codes(&table.text("slice"));
    let width = last / 5.0;
    let mut sums = vec![(0.0, 0.0, 0, 0); levels.len() * 5];
    for i in 0..y.len() {
        if t[i] >= 0.0 && !y[i].is_nan() {
            let slot = &mut sums[nested[i] * 5 + (t[i] / width) as usize];
            slot.0 += y[i];
            slot.1 += 1.0;
            slot.2 = group[i];
            slot.3 = cluster[i];
        }
    }
    let mut out = Bins::default();
    for (i, (sum, n, g, c)) in sums.into_iter().enumerate() {
        if n > 0.0 {
            out.y.push(sum / n);
            out.group.push(g);
            out.cluster.push(c);
            out.nested.push(i / 5);
            out.bin.push(i % 5);
        }
    }
    out
}

#[test]
fn time_course_with_two_levels_and_many_terms_matches_the_references() {
    let Bins { y, group, cluster, nested, bin } = bins();
    // Sum contrasts, as the reference.
    let sign = |g: usize| if g == 0 { 1.0 } else { -1.0 };
    let part = |b: usize, k: usize| {
        if b == k {
            1.0
        } else if b == 4 {
            -1.0
        } else {
            0.0
        }
    };
    let mut design = Design::intercept(y.len()).unwrap();
    let g: Vec<f64> = group.iter().map(|&g| sign(g)).collect();
    design = design.with_column("group", &g).unwrap();
    for k in 0..4 {
        let b: Vec<f64> = bin.iter().map(|&b| part(b, k)).collect();
        design = design.with_column("bin", &b).unwrap();
    }
    for k in 0..4 {
        let b: Vec<f64> = bin.iter().zip(&g).map(|(&b, g)| g * part(b, k)).collect();
        design = design.with_column("group:bin", &b).unwrap();
    }
    let model = fit(&MixedData::new(&y, &design, &cluster).with_nested(&nested), Method::Reml).unwrap();
    let (r, python) = (reference("R", "d_timecourse"), reference("python", "d_timecourse"));
    let (r, python) = (at(&r, "lmm_group_x_bin_two_level"), at(&python, "lmm_group_x_bin_two_level"));
    check("time course", &model, r, python, "animal", false);
    for (i, term) in ["group", "bin", "group:bin"].iter().enumerate() {
        let hypothesis = rows(at(r, &format!("type3_L/{term}")));
        for (method, key) in [(DfMethod::Satterthwaite, "Satterthwaite"), (DfMethod::KenwardRoger, "Kenward-Roger")] {
            let f = model.f_test(&hypothesis, method).unwrap();
            close(term, f.f, number(r, &format!("anova3_{key}/F/{i}")), 1e-5);
            close(term, f.df2, number(r, &format!("anova3_{key}/den_df/{i}")), 1e-4);
        }
    }
}

#[test]
fn autoregressive_residuals_match_nlme() {
    let Bins { y, group, cluster, nested, bin } = bins();
    let time: Vec<f64> = bin.iter().map(|&b| b as f64).collect();
    let mut columns: Vec<(String, Vec<f64>)> = vec![("(Intercept)".into(), vec![1.0; y.len()])];
    let drug: Vec<f64> = group.iter().map(|&g| g as f64).collect();
    columns.push(("groupdrug".into(), drug.clone()));
    for k in 1..5 {
        columns.push((format!("bin{k}"), bin.iter().map(|&b| f64::from(u8::from(b == k))).collect()));
    }
    for k in 1..5 {
        let both = bin.iter().zip(&drug).map(|(&b, d)| f64::from(u8::from(b == k)) * d).collect();
        columns.push((format!("groupdrug:bin{k}"), both));
    }
    let columns: Vec<(&str, Vec<f64>)> = columns.iter().map(|(n, c)| (n.as_str(), c.clone())).collect();
    let design = Design::from_columns(&columns).unwrap();
    let data = MixedData::new(&y, &design, &cluster).with_nested(&nested).with_autoregression(&time);
    let model = fit(&data, Method::Reml).unwrap();
    let r = reference("R", "d_timecourse");
    let r = at(&r, "lme_ar1");
    near("log likelihood", model.log_likelihood, number(r, "logLik_REML"), 1e-6);
    near("phi", model.autocorrelation.unwrap(), number(r, "phi"), 1e-4);
    close("sigma", model.sd_residual, number(r, "sigma"), 1e-4);
    let covariance = model.covariance();
    for (i, name) in model.names.iter().enumerate() {
        near(name, model.coefficients()[i], number(r, &format!("estimate/{name}")), 1e-4 * covariance[i][i].sqrt());
        close(name, covariance[i][i].sqrt(), number(r, &format!("se/{name}")), 1e-4);
    }
}

#[test]
fn cluster_means_match_and_groups_are_checked() {
    use statistics::mixed::{cluster_means, require_one_group_per_cluster};
    let set = two_groups("a_nested2");
    let r = reference("R", "a_nested2");
    for mean in cluster_means(&set.y, &set.cluster).unwrap() {
        let path = |what: &str| format!("animal_mean_table/{what}/{}", mean.cluster);
        close("mean", mean.mean, number(&r, &path("mean")), 1e-12);
        assert_eq!(mean.units as f64, number(&r, &path("n")));
    }
    require_one_group_per_cluster(&set.cluster, &set.group).unwrap();
    let mut wrong = set.group.clone();
    wrong[0] = 1 - wrong[0];
    assert!(require_one_group_per_cluster(&set.cluster, &wrong).is_err());
    assert!(cluster_means(&[1.0, f64::NAN], &[0, 1]).is_err());
}

#[test]
fn moment_estimates_match_anova() {
    for (name, _) in NESTED {
        if name == "x15_singular" {
            continue;
        }
        let set = two_groups(name);
        let r = reference("R", name);
        for (key, group) in [("icc_anova", Some(set.group.as_slice())), ("icc_anova_ignoring_group", None)] {
            let ours = nested_anova(&set.y, &set.cluster, group, 0.95).unwrap();
            let get = |what: &str| number(&r, &format!("{key}/{what}"));
            close(name, ours.ms_cluster, get("ms_animal"), 1e-10);
            close(name, ours.ms_within, get("ms_within"), 1e-10);
            close(name, ours.n0, get("n0"), 1e-10);
            close(name, ours.icc, get("icc"), 1e-10);
            close(name, ours.p, get("p"), 1e-9);
            close(name, ours.icc_low, get("ci_F_approx/0"), 1e-8);
            close(name, ours.icc_high, get("ci_F_approx/1"), 1e-8);
            close(name, ours.design_effect, get("design_effect_mean_m"), 1e-10);
        }
    }
}

#[test]
fn random_slope_reaches_the_stationary_point_and_reduces_to_the_paired_test() {
    // Balanced, centred covariate: slope variance, its estimate and the test of
    // the mean slope follow from the per-cluster least-squares slopes.
    let z = [-1.5, -0.5, 0.5, 1.5];
    let (mut y, mut x, mut cluster) = (Vec::new(), Vec::new(), Vec::new());
    let slopes = [1.9, 3.4, 2.2, 5.1, 0.7, 2.8, 3.9, 1.1];
    let levels = [10.0, 14.0, 8.0, 12.5, 9.0, 15.0, 11.0, 7.5];
    let noise = [0.31, -0.27, 0.12, -0.05, 0.22, 0.4, -0.33, 0.08, -0.19, 0.02, 0.35, -0.41];
    for c in 0..slopes.len() {
        for (i, zi) in z.iter().enumerate() {
            y.push(levels[c] + slopes[c] * zi + noise[(5 * c + 3 * i) % noise.len()]);
            x.push(*zi);
            cluster.push(c);
        }
    }
    let design = Design::intercept(y.len()).unwrap().with_column("z", &x).unwrap();
    let model = fit(&MixedData::new(&y, &design, &cluster).with_slope(&x), Method::Reml).unwrap();
    assert!(model.converged && !model.singular, "{:?}", model.health);
    let own: Vec<f64> = (0..slopes.len()).map(|c| (0..4).map(|i| z[i] * y[4 * c + i]).sum::<f64>() / 5.0).collect();
    let sample = statistics::Sample::new(&own).unwrap();
    close("mean slope", model.coefficients()[1], sample.mean(), 1e-10);
    let moment = sample.variance() - model.sd_residual.powi(2) / 5.0;
    close("slope variance", model.sd_slope.unwrap().powi(2), moment, 1e-6);
    let c: Comparison = model.contrast(&[0.0, 1.0], DfMethod::KenwardRoger, 0.95).unwrap();
    close("slope se", c.se, sample.sem(), 1e-6);
    close("slope df", c.df, 7.0, 1e-5);
    let s = model.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    close("slope df", s.df, 7.0, 1e-4);
}

#[test]
fn a_slope_that_does_not_vary_is_reported() {
    // Residuals alternate inside clusters of one level and one slope.
    let (mut y, mut x, mut cluster) = (Vec::new(), Vec::new(), Vec::new());
    for c in 0..6_usize {
        for i in 0..6_usize {
            let sign = if (i + c) % 2 == 0 { 1.0 } else { -1.0 };
            x.push(i as f64);
            y.push(3.0 + 0.5 * i as f64 + 0.3 * sign + 0.01 * ((c * 7 + i * 5) % 11) as f64);
            cluster.push(c);
        }
    }
    let design = Design::intercept(y.len()).unwrap().with_column("x", &x).unwrap();
    let model = fit(&MixedData::new(&y, &design, &cluster).with_slope(&x), Method::Reml).unwrap();
    assert!(model.singular && !model.health.at_zero.is_empty(), "{:?}", model.health);
    let c = model.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95);
    assert!(c.is_err() || c.unwrap().df_method == DfMethod::KenwardRoger);
}

#[test]
fn large_nested_set_matches() {
    let table = csv("x21_huge_nested");
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, _) = sorted_codes(&table.text("animal"));
    let y = table.numbers("y");
    let design = Design::treatment(&group, &["control", "drug"]).unwrap();
    let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
    let r = reference("R", "x21_huge_nested");
    near("log likelihood", model.log_likelihood, number(&r, "logLik_REML"), 1e-6);
    let c = model.contrast(&[0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    close("df", c.df, number(&r, "Satterthwaite/df/1"), 1e-4);
    close("se", c.se, number(&r, "Satterthwaite/se/1"), 1e-5);
}
