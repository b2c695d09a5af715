//! One estimate for each contrast, with the interval and the p of one model and one
//! adjustment, over random experiments of every design; and the level that is kept.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::findings::{Contrast, Findings, Interval};
use analysis::{Measured, conclude};
use results::Manifest;
use results::plan::{Adjustment, DegreesOfFreedom, Variances};
use support::{Dice, condition, key, manifest, measured, round_trip};

fn plan(conditions: usize, within: bool) -> Manifest {
    let names = ["control", "a", "b", "c"];
    let list = names[..conditions]
        .iter()
        .map(|name| if *name == "control" { condition(name, &[]) } else { condition(name, &[(name, name, 1.0)]) });
    let mut plan = manifest(&["hfs-2x100"], list.collect());
    plan.design.within_animal = within;
    plan
}

/// Slices of every animal and condition: 1 to 3, `lost` of 10 are missing.
fn data(plan: &Manifest, animals: u32, effect: f64, sd: [f64; 3], lost: f64, dice: &mut Dice) -> Vec<Measured> {
    let mut all = Vec::new();
    let within = plan.design.within_animal;
    let levels: Vec<f64> = (0..animals).map(|_| sd[0] * dice.normal()).collect();
    for (k, planned) in plan.conditions.iter().enumerate() {
        for animal in 0..animals {
            let own = if within { levels[animal as usize] } else { sd[0] * dice.normal() };
            let level = 50.0 + effect * k as f64 + own + sd[1] * dice.normal();
            let name = if within { format!("m{animal}") } else { format!("{}-{animal}", planned.name) };
            for slice in 1..=1 + (3.0 * dice.uniform()) as u32 {
                let value = level + sd[2] * dice.normal();
                if dice.uniform() > lost {
                    all.push(measured(key(&planned.name, &name, slice), value));
                }
            }
        }
    }
    all
}

fn leaves_out_zero(interval: Interval) -> bool {
    interval.low > 0.0 || interval.high < 0.0
}

fn check(c: &Contrast, findings: &Findings, alpha: f64) {
    let what = format!("{} {c:?}", findings.models[0].method);
    assert_eq!(leaves_out_zero(c.ci), c.p_adjusted < alpha, "interval and adjusted p: {what}");
    assert_eq!(leaves_out_zero(c.ci_alone), c.p < alpha, "interval and p alone: {what}");
    assert!(c.ci.low <= c.estimate && c.estimate <= c.ci.high, "{what}");
    assert!(c.ci_alone.low >= c.ci.low - 1e-9 && c.ci_alone.high <= c.ci.high + 1e-9, "{what}");
    if c.hedges_g.is_finite() {
        assert!(c.hedges_g * c.estimate > 0.0, "one sign: {what}");
        assert!(c.hedges_g_missing.is_empty());
        if c.hedges_g_ci.low.is_finite() && c.hedges_g_ci.high.is_finite() {
            assert_eq!(leaves_out_zero(c.hedges_g_ci), c.p_adjusted < alpha, "interval of g: {what}");
        }
    } else {
        assert!(!c.hedges_g_missing.is_empty() && c.sentence.contains("not estimable"), "{what}");
    }
    let said = statistics::spelling::p_value(c.p_adjusted);
    assert!(c.sentence.contains(&said) && c.sentence.contains(&c.ci_name), "{}", c.sentence);
}

#[test]
fn interval_and_p_never_contradict_each_other() {
    let mut dice = Dice(2026);
    let (mut small, mut large) = (0, 0);
    for round in 0..240_u32 {
        let mut plan = plan(2 + (round % 3) as usize, round % 2 == 0);
        plan.statistics.adjust = [Adjustment::Dunnett, Adjustment::Holm, Adjustment::None][(round / 6 % 3) as usize];
        if round % 5 == 0 {
            plan.statistics.variances = Variances::Equal;
            plan.statistics.df = DegreesOfFreedom::KenwardRoger;
        }
        plan.statistics.interval = support::percent(if round % 7 == 0 { 90.0 } else { 95.0 });
        let alpha = 1.0 - plan.statistics.interval.value();
        let sd = [12.0 * dice.uniform(), 10.0 * dice.uniform(), 10.0];
        let slices = data(&plan, 3 + round % 5, -12.0 * dice.uniform(), sd, 0.1, &mut dice);
        let findings = conclude(&plan, &slices);
        for c in findings.contrasts.iter().chain(&findings.animal_mean_contrasts) {
            check(c, &findings, alpha);
            *(if c.p_adjusted < alpha { &mut small } else { &mut large }) += 1;
        }
        // What the figure draws is the contrast.
        assert_eq!(findings.estimation.len(), findings.contrasts.len());
        for (e, c) in findings.estimation.iter().zip(&findings.contrasts) {
            assert_eq!((&e.condition, e.difference, e.ci), (&c.condition, c.estimate, c.ci));
            let area: f64 =
                e.at.windows(2).zip(e.density.windows(2)).map(|(x, f)| (x[1] - x[0]) * (f[0] + f[1]) / 2.0).sum();
            assert!(e.at.is_empty() || (0.9..1.001).contains(&area), "{area}");
        }
        for need in &findings.required {
            assert_eq!(need.reason.is_empty(), !need.sentence.contains("cannot be told"));
        }
        round_trip(&findings);
    }
    assert!(small > 80 && large > 80, "{small} and {large}");
}

#[test]
fn two_paired_animals_have_no_g_and_no_distribution() {
    let mut plan = plan(2, true);
    plan.design.slices_per_animal = 1;
    let values = [("control", [60.0, 72.0]), ("a", [20.0, 24.0])];
    let slices: Vec<Measured> = values
        .iter()
        .flat_map(|(name, both)| (0..2).map(move |k| measured(key(name, &format!("m{k}"), 1), both[k])))
        .collect();
    let findings = conclude(&plan, &slices);
    let c = &findings.contrasts[0];
    assert_eq!((c.estimate, c.df), (-44.0, 1.0));
    assert!(c.hedges_g.is_nan() && c.hedges_g_ci.low.is_nan() && c.hedges_g_ci.high.is_nan());
    assert!(c.hedges_g_missing.contains("1 degree of freedom"), "{}", c.hedges_g_missing);
    assert!(
        c.sentence.contains("Hedges g of the paired differences not estimable: two paired animals"),
        "{}",
        c.sentence
    );
    assert!(findings.estimation[0].at.is_empty() && findings.estimation[0].density.is_empty());
    assert!(findings.required[0].animals_per_group.is_none() && !findings.required[0].reason.is_empty());
}

#[test]
fn one_animal_in_a_group_is_not_compared_by_any_model() {
    for variances in [Variances::ByGroup, Variances::Equal] {
        let mut plan = plan(3, false);
        plan.statistics.variances = variances;
        let mut slices = data(&plan, 6, 0.0, [8.0, 0.0, 5.0], 0.0, &mut Dice(4));
        slices.retain(|m| m.slice.key.condition != "b" || m.slice.key.animal == "b-0");
        let findings = conclude(&plan, &slices);
        for list in [&findings.contrasts, &findings.animal_mean_contrasts] {
            assert_eq!(list.iter().map(|c| c.condition.as_str()).collect::<Vec<_>>(), ["a"]);
        }
        let told = findings.warnings.iter().filter(|w| w.contains("one animal in b: ")).count();
        assert_eq!(told, 1, "{:?}", findings.warnings);
        assert!(findings.required.iter().all(|need| need.condition == "a"));
    }
}

#[test]
fn animals_that_miss_a_condition_are_named() {
    let plan = plan(2, true);
    let mut slices = data(&plan, 6, -10.0, [8.0, 3.0, 5.0], 0.0, &mut Dice(9));
    slices.retain(|m| m.slice.key.condition != "a" || m.slice.key.animal != "m2");
    let findings = conclude(&plan, &slices);
    assert_eq!(findings.models[0].variances[0].n_animals, 5, "five animals have both");
    assert!((3.0..6.0).contains(&findings.contrasts[0].df), "{}", findings.contrasts[0].df);
    assert!(findings.warnings.iter().any(|w| w.contains("1 animal (m2) gave slices to only one of a and control")));
}

#[test]
fn names_that_begin_anew_are_different_animals_where_the_design_says_so() {
    let plan = plan(2, false);
    let slices = data(&plan, 6, -15.0, [8.0, 0.0, 5.0], 0.0, &mut Dice(12));
    let mut renamed = slices.clone();
    for m in &mut renamed {
        m.slice.key.animal = m.slice.key.animal.replace("control-", "m").replace("a-", "m");
    }
    let (first, second) = (conclude(&plan, &slices), conclude(&plan, &renamed));
    assert_eq!(first.contrasts, second.contrasts);
    assert!(second.warnings.iter().any(|w| w.contains("6 names of animals occur in more than one condition")));
    let mut equal = plan.clone();
    equal.statistics.variances = Variances::Equal;
    assert_eq!(conclude(&equal, &slices).contrasts, conclude(&equal, &renamed).contrasts);
}

/// Share of experiments without any effect in which a contrast is told as one.
fn level(plan: &Manifest, rounds: u32, mut draw: impl FnMut(&mut Dice) -> Vec<Measured>) -> f64 {
    let mut dice = Dice(77);
    let mut rejected = 0;
    for _ in 0..rounds {
        let findings = conclude(plan, &draw(&mut dice));
        rejected += u32::from(findings.contrasts.iter().any(|c| c.p_adjusted < 0.05));
    }
    f64::from(rejected) / f64::from(rounds)
}

/// 300 experiments have a standard error of 0.013 at 0.05; the model of one random animal
/// told an effect in 0.21 (within animals) and 0.15 (8 v 4).
#[test]
fn the_usual_analysis_keeps_its_level() {
    let two = plan(2, true);
    let within = |dice: &mut Dice, plan: &Manifest, varies: [f64; 3]| {
        let mut all = Vec::new();
        for animal in 0..6 {
            let own = 10.0 * dice.normal();
            for (k, condition) in plan.conditions.iter().enumerate() {
                let level = own + varies[k] * dice.normal();
                let name = format!("m{animal}");
                all.extend((1..4).map(|s| measured(key(&condition.name, &name, s), level + 6.0 * dice.normal())));
            }
        }
        all
    };
    let found = level(&two, 300, |dice| within(dice, &plan(2, true), [8.0; 3]));
    assert!((0.015..=0.09).contains(&found), "within animals: {found}");
    let mut three = plan(3, true);
    three.statistics.adjust = Adjustment::Dunnett;
    let found = level(&three, 300, |dice| within(dice, &plan(3, true), [0.0, 0.0, 14.0]));
    assert!((0.01..=0.09).contains(&found), "one drug varies: {found}");
    let groups = |dice: &mut Dice| {
        let mut all = Vec::new();
        for (name, animals, sd) in [("control", 8, 4.0), ("a", 4, 12.0)] {
            for animal in 0..animals {
                let level = sd * dice.normal();
                let who = format!("{name}{animal}");
                all.extend((1..3).map(|s| measured(key(name, &who, s), level + sd * dice.normal())));
            }
        }
        all
    };
    let found = level(&plan(2, false), 300, groups);
    assert!((0.015..=0.09).contains(&found), "8 v 4, variances 1 to 9: {found}");
}
