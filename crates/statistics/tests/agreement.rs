//! Agreement with R on data sets that are made for it and on published ones. The numbers of
//! `peers/golden/r.csv` and the tables beside it come from `peers/agreement.R`
//! (`just peers-r`), with the call that gave each.
//!
//! A number agrees when it differs by no more than the tolerance of its model, relative to
//! its size and at least to one standard error (where a search of R ends, not where its
//! maximum is, is what limits most of them).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod reference;

use reference::{Csv, codes, sorted_codes};
use statistics::DfMethod;
use statistics::design::Design;
use statistics::glmm::{CountData, CountFit, Family, Quadrature};
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use statistics::nested_curve::{Form, NestedData, NestedOutcome};
use statistics::receptor::{AgonistData, Quantity, allosteric, operational};

/// What R says, as rows of set, call, quantity, value.
struct Said {
    table: Csv,
}

impl Said {
    fn new() -> Said {
        let text = include_str!("peers/golden/r.csv").replace(", ", "; ").replace('"', "");
        Said { table: Csv::parse(&text) }
    }

    /// Compares one quantity; the call is known by a part of it.
    fn close(&self, set: &str, call: &str, quantity: &str, ours: f64, tolerance: f64) {
        let (sets, calls, names) = (self.table.text("set"), self.table.text("call"), self.table.text("quantity"));
        let row = (0..sets.len()).find(|&k| sets[k] == set && calls[k].starts_with(call) && names[k] == quantity);
        let row = row.unwrap_or_else(|| panic!("R says nothing of {set}, {call}, {quantity}"));
        let r = self.table.numbers("value")[row];
        let off = (ours - r).abs() / r.abs().max(1e-3);
        println!("{set:20} {call:12} {quantity:18} {ours:16.9} {r:16.9} {off:8.1e}");
        assert!(off <= tolerance, "{set}, {call}, {quantity}: ours {ours}, R {r}, off by {off:e}");
    }
}

fn nested(text: &str) -> (Vec<f64>, Vec<usize>, Vec<usize>) {
    let table = Csv::parse(text);
    let (animal, _) = sorted_codes(&table.text("animal"));
    (table.numbers("y"), codes(&table.text("group"), &["a", "b", "c"]), animal)
}

fn random_intercepts(r: &Said, set: &str, text: &str) {
    let (y, group, animal) = nested(text);
    let design = Design::treatment(&group, &["a", "b", "c"]).unwrap();
    let model = fit(&MixedData::new(&y, &design, &animal), Method::Reml).unwrap();
    let call = "lmer(";
    r.close(set, call, "reml", model.log_likelihood, 1e-8);
    r.close(set, call, "sd_animal", model.sd_cluster, 2e-5);
    r.close(set, call, "sd_slice", model.sd_residual, 2e-5);
    for (weights, name) in [([0.0, 1.0, 0.0], "b"), ([0.0, 0.0, 1.0], "c")] {
        let s = model.contrast(&weights, DfMethod::Satterthwaite, 0.95).unwrap();
        let k = model.contrast(&weights, DfMethod::KenwardRoger, 0.95).unwrap();
        r.close(set, call, name, s.estimate, 2e-5);
        r.close(set, call, &format!("se_{name}"), s.se, 2e-5);
        r.close(set, call, &format!("df_{name}"), s.df, 1e-4);
        r.close(set, call, &format!("kr_se_{name}"), k.se, 2e-5);
        r.close(set, call, &format!("kr_df_{name}"), k.df, 1e-4);
    }
    // The denominator depends on the basis: `anova` takes b less the mean of the rows of a
    // and c (attr(anova(m), "hypotheses")), `contestMD` on the coefficients another.
    let count = |g: usize| group.iter().filter(|own| **own == g).count() as f64;
    let both = [vec![0.0, 1.0, -count(2) / (count(0) + count(2))], vec![0.0, 0.0, 1.0]];
    let s = model.f_test(&both, DfMethod::Satterthwaite).unwrap();
    r.close(set, "anova(lmer)", "f", s.f, 1e-4);
    r.close(set, "anova(lmer)", "df2", s.df2, 1e-4);
    let k = model.f_test(&both, DfMethod::KenwardRoger).unwrap();
    r.close(set, "KRmodcomp", "f", k.f, 1e-4);
    r.close(set, "KRmodcomp", "df2", k.df2, 1e-4);
}

#[test]
fn random_intercepts_agree_with_lmer_lmertest_and_pbkrtest() {
    let r = Said::new();
    random_intercepts(&r, "nested_small", include_str!("peers/golden/nested_small.csv"));
    random_intercepts(&r, "nested_middle", include_str!("peers/golden/nested_middle.csv"));
    random_intercepts(&r, "nested_large", include_str!("peers/golden/nested_large.csv"));
    random_intercepts(&r, "nested_spread", include_str!("peers/golden/nested_spread.csv"));
}

fn variance_of(model: &MixedFit, name: &str, group: usize) -> f64 {
    let name = format!("{name} in group {group}");
    let found = model.variances.iter().find(|v| v.name == name && v.group == Some(group));
    found.unwrap_or_else(|| panic!("{name} {group}: {:?}", model.variances)).value.sqrt()
}

#[test]
fn variances_of_each_group_agree_with_lme() {
    let r = Said::new();
    let (y, group, animal) = nested(include_str!("peers/golden/nested_spread.csv"));
    let design = Design::treatment(&group, &["a", "b", "c"]).unwrap();
    let model = fit(&MixedData::new(&y, &design, &animal).with_variances_by(&group), Method::Reml).unwrap();
    let (set, call) = ("nested_spread", "lme(pdDiag");
    r.close(set, call, "reml", model.log_likelihood, 1e-7);
    for (k, name) in ["a", "b", "c"].into_iter().enumerate() {
        r.close(set, call, &format!("animal_{name}"), variance_of(&model, "cluster", k), 2e-4);
        r.close(set, call, &format!("slice_{name}"), variance_of(&model, "residual", k), 2e-4);
    }
    for (weights, name) in [([0.0, 1.0, 0.0], "b"), ([0.0, 0.0, 1.0], "c")] {
        let c = model.contrast(&weights, DfMethod::Satterthwaite, 0.95).unwrap();
        r.close(set, call, name, c.estimate, 1e-4);
        r.close(set, call, &format!("se_{name}"), c.se, 1e-4);
    }
}

#[test]
fn correlated_neighbours_agree_with_lme() {
    let r = Said::new();
    let table = Csv::parse(include_str!("peers/golden/autoregression.csv"));
    let (y, t) = (table.numbers("y"), table.numbers("t"));
    let (animal, _) = sorted_codes(&table.text("animal"));
    let group = codes(&table.text("group"), &["a", "b"]);
    let product: Vec<f64> = group.iter().zip(&t).map(|(g, t)| *g as f64 * t).collect();
    let design = Design::treatment(&group, &["a", "b"]).unwrap();
    let design = design.with_column("t", &t).unwrap().with_column("group:t", &product).unwrap();
    let model = fit(&MixedData::new(&y, &design, &animal).with_autoregression(&t), Method::Reml).unwrap();
    let (set, call) = ("autoregression", "lme(");
    r.close(set, call, "reml", model.log_likelihood, 1e-7);
    r.close(set, call, "phi", model.autocorrelation.unwrap(), 2e-4);
    r.close(set, call, "sd_animal", model.sd_cluster, 2e-4);
    r.close(set, call, "sigma", model.sd_residual, 2e-4);
    let c = model.contrast(&[0.0, 0.0, 0.0, 1.0], DfMethod::Satterthwaite, 0.95).unwrap();
    r.close(set, call, "interaction", c.estimate, 1e-4);
    r.close(set, call, "se", c.se, 1e-4);
}

fn counts(text: &str, family: Family, quadrature: Quadrature) -> CountFit {
    let table = Csv::parse(text);
    let (counts, size) = (table.numbers("count"), table.numbers("size"));
    let (cluster, _) = sorted_codes(&table.text("animal"));
    let fixed = Design::treatment(&codes(&table.text("group"), &["a", "b"]), &["a", "b"]).unwrap();
    let data = CountData { family, counts: &counts, size: Some(&size), fixed: &fixed, cluster: &cluster, nested: None };
    statistics::glmm::fit(&data, quadrature).unwrap()
}

#[test]
fn counts_and_proportions_agree_with_glmmtmb_and_glmer() {
    let r = Said::new();
    for (set, text, family) in [
        ("poisson", include_str!("peers/golden/poisson.csv"), Family::Poisson),
        ("overdispersed", include_str!("peers/golden/overdispersed.csv"), Family::NegativeBinomial),
        ("proportion", include_str!("peers/golden/proportion.csv"), Family::Binomial),
    ] {
        let ours = counts(text, family, Quadrature::Laplace);
        r.close(set, "glmmTMB", "loglik", -0.5 * ours.deviance, 1e-7);
        r.close(set, "glmmTMB", "intercept", ours.coefficients[0], 1e-4);
        r.close(set, "glmmTMB", "b", ours.coefficients[1], 1e-4);
        r.close(set, "glmmTMB", "se", ours.se(1), 1e-4);
        r.close(set, "glmmTMB", "sd", ours.sd_cluster, 3e-4);
        if let Some(theta) = ours.theta {
            r.close(set, "glmmTMB", "theta", theta, 3e-4);
            continue;
        }
        let ours = counts(text, family, Quadrature::Nodes(15));
        r.close(set, "glmer", "intercept", ours.coefficients[0], 1e-3);
        r.close(set, "glmer", "b", ours.coefficients[1], 1e-3);
        r.close(set, "glmer", "se", ours.se(1), 1e-3);
        r.close(set, "glmer", "sd", ours.sd_cluster, 1e-3);
    }
}

#[test]
fn ticks_on_grouse_agree_with_glmmtmb() {
    let r = Said::new();
    let table = Csv::parse(include_str!("peers/golden/grouseticks.csv"));
    let (ticks, height) = (table.numbers("ticks"), table.numbers("height"));
    let (brood, _) = sorted_codes(&table.text("brood"));
    let year = codes(&table.text("year"), &["95", "96", "97"]);
    let fixed = Design::treatment(&year, &["95", "96", "97"]).unwrap().with_column("height", &height).unwrap();
    let family = Family::Poisson;
    let data = CountData { family, counts: &ticks, size: None, fixed: &fixed, cluster: &brood, nested: None };
    let ours = statistics::glmm::fit(&data, Quadrature::Laplace).unwrap();
    let (set, call) = ("grouseticks", "glmmTMB");
    r.close(set, call, "loglik", -0.5 * ours.deviance, 1e-7);
    r.close(set, call, "year96", ours.coefficients[1], 1e-4);
    r.close(set, call, "year97", ours.coefficients[2], 1e-4);
    r.close(set, call, "height", ours.coefficients[3], 1e-4);
    r.close(set, call, "se_height", ours.se(3), 1e-3);
    r.close(set, call, "sd", ours.sd_cluster, 1e-4);
}

#[test]
fn growth_of_jaws_agrees_with_lmertest_and_pbkrtest() {
    let r = Said::new();
    let table = Csv::parse(include_str!("peers/golden/Orthodont.csv"));
    let (y, age) = (table.numbers("distance"), table.numbers("age"));
    let (subject, _) = sorted_codes(&table.text("subject"));
    let sex = codes(&table.text("sex"), &["Female", "Male"]);
    let product: Vec<f64> = sex.iter().zip(&age).map(|(g, t)| *g as f64 * t).collect();
    let design = Design::treatment(&sex, &["Female", "Male"]).unwrap();
    let design = design.with_column("age", &age).unwrap().with_column("sex:age", &product).unwrap();
    let model = fit(&MixedData::new(&y, &design, &subject), Method::Reml).unwrap();
    let (set, call) = ("Orthodont", "lmer(");
    r.close(set, call, "reml", model.log_likelihood, 1e-8);
    for (k, df, kr_df) in [(3, "df", "kr_df"), (1, "sex_df", "kr_sex_df")] {
        let weights: Vec<f64> = (0..4).map(|j| f64::from(u8::from(j == k))).collect();
        let s = model.contrast(&weights, DfMethod::Satterthwaite, 0.95).unwrap();
        let kr = model.contrast(&weights, DfMethod::KenwardRoger, 0.95).unwrap();
        r.close(set, call, df, s.df, 1e-4);
        r.close(set, call, kr_df, kr.df, 1e-4);
        if k == 3 {
            r.close(set, call, "slope", s.estimate, 1e-6);
            r.close(set, call, "se", s.se, 1e-5);
        }
    }
}

#[test]
fn curves_of_animals_agree_with_nlme() {
    let r = Said::new();
    let table = Csv::parse(include_str!("peers/golden/nested_curve.csv"));
    let (dose, y) = (table.numbers("dose"), table.numbers("y"));
    let (animal, _) = sorted_codes(&table.text("animal"));
    let curve = vec![0; y.len()];
    let data = NestedData { dose: &dose, response: &y, animal: &animal, curve: &curve, slice: None };
    let NestedOutcome::Fitted(ours) = statistics::nested_curve::fit(&data, Form::Logistic, 0.95).unwrap() else {
        panic!("no curve")
    };
    let (set, call, curve) = ("nested_curve", "nlme(", &ours.curves[0]);
    r.close(set, call, "base", curve.baseline.estimate, 1e-4);
    r.close(set, call, "span", curve.span.estimate, 1e-3);
    r.close(set, call, "le", curve.location.estimate, 1e-3);
    // Open: the SD of levels is 2.6 % above that of nlme, and standard errors with it; which
    // of the two is nearer to the maximum of the linearised likelihood is not settled.
    r.close(set, call, "se_base", curve.baseline.se, 6e-2);
    r.close(set, call, "se_span", curve.span.se, 6e-2);
    r.close(set, call, "se_le", curve.location.se, 6e-2);
    for (k, name) in ["sd_base", "sd_span", "sd_le"].into_iter().enumerate() {
        r.close(set, call, name, ours.random[k].sd, 6e-2);
    }
    r.close(set, call, "sigma", ours.sigma, 2e-2);
}

#[test]
fn operational_model_agrees_with_nls() {
    let r = Said::new();
    let table = Csv::parse(include_str!("peers/golden/operational.csv"));
    let (a, y, who) = (table.numbers("a"), table.numbers("y"), table.text("agonist"));
    let own =
        |name: &str| -> (Vec<f64>, Vec<f64>) { (0..y.len()).filter(|&k| who[k] == name).map(|k| (a[k], y[k])).unzip() };
    let curves = ["full", "half", "weak"].map(own);
    let data: Vec<AgonistData> =
        curves.iter().map(|(concentration, response)| AgonistData { concentration, response }).collect();
    let ours = operational(&data, 0.95).unwrap();
    let (set, call, near) = ("operational", "nls", 1e-5);
    r.close(set, call, "rss", ours.system.rss, 1e-8);
    for (name, q) in [
        ("baseline", Quantity::Baseline),
        ("maximum", Quantity::Maximum),
        ("slope", Quantity::Slope),
        ("log10_ec50", Quantity::Log10Ec50),
    ] {
        r.close(set, call, name, ours.system.of(q).unwrap().value, near);
    }
    let [half, weak] = [&ours.agonists[0], &ours.agonists[1]];
    let (tau_half, tau_weak) = (half.tau.unwrap(), weak.tau.unwrap());
    r.close(set, call, "delta_half", half.relative.value, 1e-3);
    r.close(set, call, "se_delta_half", half.relative.se, 1e-4);
    r.close(set, call, "delta_weak", weak.relative.value, near);
    r.close(set, call, "tau_half", tau_half.value, near);
    r.close(set, call, "se_tau_half", tau_half.se, 1e-4);
    r.close(set, call, "tau_weak", tau_weak.value, near);
    r.close(set, call, "ka_half", half.affinity.unwrap().value, near);
    // R interpolates its profile.
    r.close(set, "confint", "delta_half_low", half.relative.profile_low.unwrap(), 2e-3);
    r.close(set, "confint", "delta_half_high", half.relative.profile_high.unwrap(), 2e-3);
    r.close(set, "confint", "tau_weak_low", tau_weak.profile_low.unwrap(), 2e-3);
    r.close(set, "confint", "tau_weak_high", tau_weak.profile_high.unwrap(), 2e-3);
}

fn family(text: &str) -> [Vec<f64>; 3] {
    let table = Csv::parse(text);
    ["a", "b", "y"].map(|name| table.numbers(name))
}

#[test]
fn allosteric_models_agree_with_nls() {
    let r = Said::new();
    let [a, b, y] = family(include_str!("peers/golden/allosteric_shift.csv"));
    let ours = allosteric(&a, &b, &y, 0.95).unwrap();
    let (set, call, fit) = ("allosteric_shift", "nls", ours.shift.fit.as_ref().unwrap());
    let (kb, alpha) = (fit.of(Quantity::Log10Kb).unwrap(), fit.of(Quantity::Log10Alpha).unwrap());
    r.close(set, call, "rss", fit.rss, 1e-8);
    r.close(set, call, "log10_ec50", fit.of(Quantity::Log10Ec50).unwrap().value, 1e-6);
    r.close(set, call, "log10_kb", kb.value, 1e-6);
    r.close(set, call, "se_kb", kb.se, 1e-4);
    r.close(set, call, "log10_alpha", alpha.value, 1e-6);
    r.close(set, call, "se_alpha", alpha.se, 1e-4);
    r.close(set, call, "kb_low", kb.profile_low.unwrap(), 1e-4);
    r.close(set, call, "kb_high", kb.profile_high.unwrap(), 1e-4);
    r.close(set, call, "alpha_low", alpha.profile_low.unwrap(), 1e-4);
    r.close(set, call, "alpha_high", alpha.profile_high.unwrap(), 1e-4);
    r.close(set, call, "f", ours.shift_test.f, 1e-5);
    let [a, b, y] = family(include_str!("peers/golden/allosteric_efficacy.csv"));
    let ours = allosteric(&a, &b, &y, 0.95).unwrap();
    let (set, fit) = ("allosteric_efficacy", ours.efficacy.fit.as_ref().unwrap());
    r.close(set, call, "rss", fit.rss, 1e-7);
    let of = |q| fit.of(q).unwrap();
    r.close(set, call, "log10_tau_over_ka", of(Quantity::Log10Transduction).value, 1e-4);
    r.close(set, call, "log10_kb", of(Quantity::Log10Kb).value, 1e-5);
    r.close(set, call, "log10_alpha", of(Quantity::Log10Alpha).value, 1e-2);
    r.close(set, call, "log10_alpha_beta", of(Quantity::Log10AlphaBeta).value, 1e-3);
    r.close(set, call, "se_alpha_beta", of(Quantity::Log10AlphaBeta).se, 1e-2);
    r.close(set, call, "log10_tau", of(Quantity::Log10Tau).value, 1e-2);
    r.close(set, call, "maximum", of(Quantity::Maximum).value, 1e-3);
}
