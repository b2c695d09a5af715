//! Families of comparisons, adjustments and power against R and Python.
#![allow(clippy::unwrap_used)]

mod reference;

use reference::*;
use serde_json::Value;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts::{
    PairComparison, dunnett_samples, games_howell, pairwise_pooled, pairwise_welch, tukey_samples,
};
use statistics::power;
use statistics::{DfMethod, Sample};

#[test]
fn adjustments_match_r() {
    let r = reference("R", "h_padjust");
    let p = csv("h_pvalues").numbers("p");
    for (method, key) in [
        (Adjustment::Bonferroni, "bonferroni"),
        (Adjustment::Holm, "holm"),
        (Adjustment::Hochberg, "hochberg"),
        (Adjustment::Hommel, "hommel"),
        (Adjustment::BenjaminiHochberg, "BH"),
        (Adjustment::BenjaminiYekutieli, "BY"),
    ] {
        let ours = adjust(&p, method).unwrap();
        for (i, value) in ours.iter().enumerate() {
            close(key, *value, number(&r, &format!("{key}/{i}")), 1e-12);
        }
    }
    assert!(adjust(&[0.2, 1.1], Adjustment::Holm).is_err());
    assert!(adjust(&[f64::NAN], Adjustment::Holm).is_err());
    assert!(adjust(&[], Adjustment::Holm).is_err());
    assert_eq!(adjust(&[0.04], Adjustment::Hommel).unwrap(), vec![0.04]);
    assert_eq!(adjust(&[0.01, 0.02], Adjustment::Hommel).unwrap(), vec![0.02, 0.02]);
}

/// Position of a reference pair "B-A" in our list, with the sign of its difference.
fn find(pairs: &[PairComparison], names: &[&str], label: &str) -> usize {
    pairs
        .iter()
        .position(|p| {
            let forward = format!("{}-{}", names[p.second], names[p.first]);
            let backward = format!("{}-{}", names[p.first], names[p.second]);
            label == forward || label == backward
        })
        .unwrap_or_else(|| panic!("{label}"))
}

fn check_pairs(what: &str, pairs: &[PairComparison], names: &[&str], r: &Value, python: Option<&Value>) {
    for (i, label) in at(r, "pair").as_array().unwrap().iter().enumerate() {
        let pair = &pairs[find(pairs, names, label.as_str().unwrap())].adjusted;
        match python {
            Some(python) => {
                let truth = number(python, &format!("p/{i}"));
                near(what, pair.p_adjusted, truth, 1e-8);
                close(what, pair.p_adjusted, truth, 1e-6);
            }
            None => close(what, pair.p_adjusted, number(r, &format!("p/{i}")), 1e-9),
        }
        if r.get("lwr").is_some() {
            let (low, high) = (number(r, &format!("lwr/{i}")), number(r, &format!("upr/{i}")));
            let reach = 4e-4 * (high - low);
            near(what, pair.ci_low_adjusted, low, reach);
            near(what, pair.ci_high_adjusted, high, reach);
        }
    }
}

fn check_groups(name: &str, groups: &[Sample], names: &[&str], r: &Value, python: &Value) {
    let pooled = tukey_samples(groups, 0.95).unwrap();
    check_pairs(name, &pooled, names, at(r, "tukey"), Some(at(python, "tukey")));
    let free = games_howell(groups, 0.95).unwrap();
    check_pairs(name, &free, names, at(r, "games_howell"), Some(at(python, "games_howell")));
    for (method, key) in [
        (Adjustment::None, "none"),
        (Adjustment::Holm, "holm"),
        (Adjustment::BenjaminiHochberg, "BH"),
        (Adjustment::Bonferroni, "bonferroni"),
        (Adjustment::Hommel, "hommel"),
        (Adjustment::Hochberg, "hochberg"),
        (Adjustment::BenjaminiYekutieli, "BY"),
    ] {
        let list = pairwise_pooled(groups, method, 0.95).unwrap();
        check_pairs(key, &list, names, at(r, &format!("pairwise_t_pooled_{key}")), None);
        if let Some(r) = r.get(format!("pairwise_welch_{key}")) {
            check_pairs(key, &pairwise_welch(groups, method, 0.95).unwrap(), names, r, None);
        }
    }
    let list = dunnett_samples(groups, 0, 0.95).unwrap();
    for (i, c) in list.iter().enumerate() {
        let get = |what: &str| number(r, &format!("dunnett/{what}/{i}"));
        close(name, c.comparison.estimate, get("diff"), 1e-9);
        close(name, c.comparison.se, get("se"), 1e-10);
        close(name, c.comparison.statistic, get("t"), 1e-9);
        near(name, c.p_adjusted, get("p_exact_quadrature"), 1e-7);
        near(name, c.p_adjusted, get("p_multcomp"), 2e-3);
        near(name, c.ci_low_adjusted, get("lwr"), 1e-6 * c.comparison.se);
        near(name, c.ci_high_adjusted, get("upr"), 1e-6 * c.comparison.se);
    }
}

fn grouped(values: &[f64], labels: &[String], names: &[&str]) -> Vec<Sample> {
    names
        .iter()
        .map(|name| {
            let own: Vec<f64> = values.iter().zip(labels).filter(|(_, l)| l == name).map(|(v, _)| *v).collect();
            Sample::new(&own).unwrap()
        })
        .collect()
}

#[test]
fn many_groups_match_r_and_python() {
    let table = csv("f_flat").present("y");
    let labels = table.text("group");
    let mut names: Vec<&str> = Vec::new();
    let r = reference("R", "f_flat");
    let python = reference("python", "f_flat");
    // The reference orders levels with the control first; its pair names say how.
    for key in at(&r, "groups").as_object().unwrap().keys() {
        names.push(key);
    }
    let control = names.iter().position(|n| *n == "control").unwrap();
    names.swap(0, control);
    let first: Vec<&str> = labels.iter().map(String::as_str).collect();
    names[1..].sort_by_key(|n| first.iter().position(|l| l == n));
    check_groups("f_flat", &grouped(&table.numbers("y"), &labels, &names), &names, &r, &python);
}

#[test]
fn factorial_groups_match_r_and_python() {
    let names = ["control", "ALLO", "ISO", "ALLO_ISO"];
    for name in ["b_factorial", "b2_balanced"] {
        let table = csv(name).present("y");
        let groups = grouped(&table.numbers("y"), &table.text("group"), &names);
        let (r, python) = (reference("R", name), reference("python", name));
        let key = "slices_naive_kgroups";
        check_groups(name, &groups, &names, at(&r, key), at(&python, key));
    }
}

#[test]
fn closed_form_power_matches_r_and_python() {
    let (r, python) = (reference("R", "i_power"), reference("python", "i_power"));
    let (n, d) = (numbers(&r, "t2n/n"), numbers(&r, "t2n/d"));
    for i in 0..n.len() {
        let ours = power::power_t_two_sample(d[i], n[i], n[i], 0.05).unwrap();
        near("two-sample", ours, number(&python, &format!("t2n/power/{i}")), 1e-8);
        let delta = d[i] * (n[i] / 2.0).sqrt();
        let one = power::power_t(delta, 2.0 * n[i] - 2.0, 0.05, statistics::Alternative::Greater).unwrap();
        near("one-sided", one, number(&r, &format!("t2n/power_onesided/{i}")), 1e-7);
        let paired = power::power_t_one_sample(d[i], n[i], 0.05).unwrap();
        near("paired", paired, number(&python, &format!("paired/power/{i}")), 1e-8);
    }
    for i in 0..3 {
        let get = |what: &str| number(&r, &format!("t2n_unequal/{what}/{i}"));
        let ours = power::power_t_two_sample(0.9, get("n1"), get("n2"), 0.05).unwrap();
        near("unequal", ours, get("power"), 1e-7);
    }
    for (i, d) in numbers(&r, "required_n_two_sample/d").iter().enumerate() {
        let n = power::required_n_two_sample(*d, 0.05, 0.8).unwrap();
        close("required n", n, number(&python, &format!("required_n_two_sample/n/{i}")), 1e-5);
        near("inverse", power::power_t_two_sample(*d, n, n, 0.05).unwrap(), 0.8, 1e-9);
    }
    let (k, n, f) = (numbers(&r, "anova/k"), numbers(&r, "anova/n"), numbers(&r, "anova/f"));
    for i in 0..k.len() {
        let ours = power::power_anova(k[i] as usize, n[i] as usize, f[i], 0.05).unwrap();
        near("anova", ours, number(&python, &format!("anova/power/{i}")), 1e-8);
    }
}

#[test]
fn nested_power_and_allocation_match() {
    let (r, python) = (reference("R", "i_power"), reference("python", "i_power"));
    let get = |what: &str| numbers(&r, &format!("nested_balanced_analytic/{what}"));
    let delta = number(&r, "nested_balanced_analytic/delta");
    let (n, m, c, u) = (get("n"), get("m"), get("sd_animal"), get("sd_slice"));
    for i in 0..n.len() {
        let (clusters, units) = (n[i] as usize, m[i] as usize);
        let ours = power::power_nested(delta, c[i], u[i], clusters, units, 0.05).unwrap();
        near("nested", ours, number(&python, &format!("nested_balanced_analytic/power/{i}")), 1e-8);
        let target = 0.8;
        let needed = power::required_clusters_nested(delta, c[i], u[i], units, 0.05, target).unwrap();
        let reaches = |n| power::power_nested(delta, c[i], u[i], n, units, 0.05).unwrap() >= target;
        assert!(reaches(needed) && (needed == 2 || !reaches(needed - 1)));
    }
    let get = |what: &str| numbers(&r, &format!("optimal_allocation/{what}"));
    for (i, best) in get("best_integer").iter().enumerate() {
        let ours =
            power::optimal_units(get("cost_animal")[i], get("cost_slice")[i], get("sd_animal")[i], get("sd_slice")[i])
                .unwrap();
        close("m*", ours.continuous, get("m_opt_continuous")[i], 1e-12);
        assert_eq!(ours.units_per_cluster as f64, *best);
    }
    for (i, n) in numbers(&r, "tost_power_t/n").iter().enumerate() {
        let margin = number(&r, &format!("tost_power_t/eps_sd_units/{i}"));
        let ours = power::power_tost_normal(margin, *n as usize, 0.05).unwrap();
        near("tost", ours, number(&r, &format!("tost_power_t/power_known_sigma_approx/{i}")), 1e-9);
    }
}

#[test]
fn plans_keep_to_budget_and_power() {
    let plan = power::best_plan(18.0, 14.0, 12.0, 100.0, 20.0, 4000.0, 0.05).unwrap();
    assert!(plan.cost <= 4000.0);
    for m in 1..12 {
        let n = (4000.0 / (2.0 * (100.0 + 20.0 * m as f64))) as usize;
        assert!(power::power_nested(18.0, 14.0, 12.0, n, m, 0.05).unwrap() <= plan.power);
    }
    let cheap = power::cheapest_plan(18.0, 14.0, 12.0, 100.0, 20.0, 0.05, 0.8).unwrap();
    assert!(cheap.power >= 0.8);
    let richer = power::best_plan(18.0, 14.0, 12.0, 100.0, 20.0, cheap.cost, 0.05).unwrap();
    assert!(richer.power >= cheap.power);
    assert!(power::best_plan(18.0, 14.0, 12.0, 100.0, 20.0, 100.0, 0.05).is_err());
    assert!(power::required_clusters_nested(0.0, 1.0, 1.0, 2, 0.05, 0.8).is_err());
    let icc = power::sensitivity_icc(1.0, 1.0, 8, 3, 0.05, &[0.0, 0.3, 0.9]).unwrap();
    assert!(icc[0].1 > icc[1].1 && icc[1].1 > icc[2].1);
}

/// Cluster sizes of the two groups of a data set.
fn layout(name: &str) -> power::Layout {
    let table = csv(name).present("y");
    let group = codes(&table.text("group"), &["control", "drug"]);
    let (cluster, levels) = sorted_codes(&table.text("animal"));
    let mut sizes = vec![(0, 0); levels.len()];
    for (g, c) in group.iter().zip(&cluster) {
        sizes[*c] = (*g, sizes[*c].1 + 1);
    }
    let of = |g: usize| sizes.iter().filter(|(x, _)| *x == g).map(|(_, n)| *n).collect();
    power::Layout { first: of(0), second: of(1) }
}

#[test]
fn simulated_power_agrees_with_the_reference_within_monte_carlo_error() {
    let r = reference("R", "i_power_sim");
    let layout = layout("a_nested2");
    for side in ["null", "alternative"] {
        let get = |what: &str| number(&r, &format!("{side}/{what}"));
        for df_method in [DfMethod::Satterthwaite, DfMethod::KenwardRoger] {
            let simulation = power::Simulation {
                effect: get("delta"),
                sd_cluster: get("sd_animal"),
                sd_unit: get("sd_slice"),
                alpha: 0.05,
                df_method,
                replicates: 2000,
                seed: 20_261_121,
            };
            let ours = power::simulate(&layout, &simulation).unwrap();
            let theirs = get("reject_rate/lmer_satterthwaite");
            let se = (ours.se.powi(2) + get("mc_se/lmer_satterthwaite").powi(2)).sqrt();
            near(side, ours.power, theirs, 4.0 * se);
            assert!(ours.low < ours.power && ours.power < ours.high);
            assert_eq!(power::simulate(&layout, &simulation).unwrap(), ours);
        }
    }
}

#[test]
fn simulated_power_of_a_balanced_design_equals_the_closed_form() {
    let layout = power::Layout { first: vec![3; 8], second: vec![3; 8] };
    let simulation = power::Simulation {
        effect: 18.0,
        sd_cluster: 14.0,
        sd_unit: 12.0,
        alpha: 0.05,
        df_method: DfMethod::KenwardRoger,
        replicates: 4000,
        seed: 7,
    };
    let ours = power::simulate(&layout, &simulation).unwrap();
    let exact = power::power_nested(18.0, 14.0, 12.0, 8, 3, 0.05).unwrap();
    near("balanced", ours.power, exact, 3.5 * ours.se);
}

#[test]
fn the_default_analysis_keeps_its_level() {
    // ICC 0.3, no effect, unbalanced: 0.05 within two Monte-Carlo standard errors.
    let layout = layout("a_nested2");
    let simulation = power::Simulation {
        effect: 0.0,
        sd_cluster: 0.3_f64.sqrt(),
        sd_unit: 0.7_f64.sqrt(),
        alpha: 0.05,
        df_method: DfMethod::KenwardRoger,
        replicates: 2000,
        seed: 1,
    };
    let rate = power::simulate(&layout, &simulation).unwrap().power;
    let se = (0.05_f64 * 0.95 / 2000.0).sqrt();
    near("type I error", rate, 0.05, 2.0 * se);
}

#[test]
fn comparisons_inside_clusters_match_the_paired_test() {
    // One unit a condition: with equal sizes the random-intercept fit is the paired t test.
    let (effect, sd) = (9.0, 8.0);
    let layout = vec![[1, 1]; 7];
    let simulation = power::Simulation {
        effect,
        sd_cluster: 20.0,
        sd_unit: sd,
        alpha: 0.05,
        df_method: DfMethod::KenwardRoger,
        replicates: 4000,
        seed: 5,
    };
    let exact = power::power_within(effect, sd, 7, 1, 0.05).unwrap();
    close("closed form", exact, power::power_t_one_sample(effect / (sd * 2f64.sqrt()), 7.0, 0.05).unwrap(), 1e-12);
    let ours = power::simulate_within(&layout, &simulation).unwrap();
    near("simulated", ours.power, exact, 4.0 * ours.se);
    let null = power::simulate_within(&layout, &power::Simulation { effect: 0.0, ..simulation }).unwrap();
    near("level", null.power, 0.05, 4.0 * (0.05_f64 * 0.95 / 4000.0).sqrt());
    let needed = power::required_clusters_within(effect, sd, 1, 0.05, 0.8).unwrap();
    let of = |n| power::power_within(effect, sd, n, 1, 0.05).unwrap();
    assert!(of(needed) >= 0.8 && of(needed - 1) < 0.8);
    // Unbalanced, with clusters that saw one condition only.
    let uneven = [[2, 1], [1, 3], [0, 2], [2, 2], [3, 0], [1, 1]];
    let ours = power::simulate_within(&uneven, &simulation).unwrap();
    assert!(ours.power > 0.1 && ours.power < 1.0);
    let plan = power::cheapest_plan_within(effect, sd, 100.0, 10.0, 0.05, 0.8, 6).unwrap();
    assert!(plan.power >= 0.8 && plan.units_per_cluster > 1);
    assert!(power::simulate_within(&[[1, 1], [1, 0]], &simulation).is_err());
    assert!(power::power_within(effect, 0.0, 7, 1, 0.05).is_err());
}
