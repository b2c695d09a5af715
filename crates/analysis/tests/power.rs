//! Power of an experiment against closed forms and published Monte-Carlo rates.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::power::{Costs, PowerQuestion, power};
use analysis::{AnalysisError, conclude};
use support::{close, condition, manifest, nested, sample, two_groups};

fn question() -> PowerQuestion {
    PowerQuestion {
        effect: None,
        sd_animal: None,
        sd_slice: None,
        sd_effect: None,
        icc: None,
        alpha: None,
        power: None,
        costs: None,
        simulations: 2000,
        seed: 3,
    }
}

#[test]
fn own_numbers_give_the_power_of_the_noncentral_t() {
    let mut plan = two_groups();
    (plan.design.animals, plan.design.slices_per_animal) = (8, 3);
    let asked = PowerQuestion { effect: Some(-21.0), sd_animal: Some(14.0), sd_slice: Some(12.0), ..question() };
    assert!(asked.is_complete());
    let answer = power(&plan, None, &asked).unwrap();
    let found = &answer.comparisons[0];
    // R: power of t with 14 df and ncp 21 / sqrt(2 (14^2 + 12^2 / 3) / 8) = 2.6889.
    let ncp = 21.0 / (2.0 * (196.0 + 48.0) / 8.0_f64).sqrt();
    let exact = statistics::power::power_t(ncp, 14.0, 0.05, statistics::Alternative::TwoSided).unwrap();
    close(found.closed_form, exact, 1e-12, "closed form");
    let s = &found.simulated;
    assert!((s.power - exact).abs() < 4.0 * s.se, "{} against {exact}", s.power);
    assert!(s.low < s.power && s.power < s.high);
    assert_eq!((s.animals, s.slices), (16, 48));
    close(found.icc, 196.0 / 340.0, 1e-12, "ICC");
    // The smallest number that suffices, and no smaller one.
    let of = |n| statistics::power::power_nested(21.0, 14.0, 12.0, n, 3, 0.05).unwrap();
    let needed = found.animals_needed.unwrap();
    assert!(of(needed) >= 0.8 && of(needed - 1) < 0.8);
    assert_eq!(found.for_slices[2].animals, Some(needed));
    assert!(found.by_icc.windows(2).all(|pair| pair[0].power > pair[1].power));
}

#[test]
fn the_kept_slices_are_the_layout_that_is_simulated() {
    let mut plan = two_groups();
    plan.statistics.variances = results::plan::Variances::Equal;
    plan.statistics.df = results::plan::DegreesOfFreedom::KenwardRoger;
    let findings = conclude(&plan, &nested());
    let asked = PowerQuestion { effect: Some(-21.0), sd_animal: Some(14.0), sd_slice: Some(12.0), ..question() };
    let answer = power(&plan, Some(&findings), &asked).unwrap();
    let s = &answer.comparisons[0].simulated;
    // 45 slices of 16 animals, 1 to 4 each: lmerTest rejects 0.6975 of 400 data sets (SE 0.023).
    assert_eq!((s.animals, s.slices), (16, 45));
    assert!((s.power - 0.6975).abs() < 4.0 * s.se.hypot(0.023), "{}", s.power);
    // Left open, effect and variances are those of the findings.
    let found = &power(&plan, Some(&findings), &question()).unwrap().comparisons[0];
    close(found.effect, -27.5599885278497, 1e-6, "effect");
    close(found.sd_animal.powi(2), 258.704994509389, 1e-5, "animal variance");
    // An intraclass correlation splits the total found.
    let asked = PowerQuestion { icc: Some(0.25), ..question() };
    let split = &power(&plan, Some(&findings), &asked).unwrap().comparisons[0];
    let total = 258.704994509389 + 127.413228968802;
    close(split.sd_animal.powi(2), 0.25 * total, 1e-5, "split");
    close(split.sd_slice.powi(2), 0.75 * total, 1e-5, "split");
    // The usual plan: each group with the variances found in it, and its own test.
    let plan = two_groups();
    let findings = conclude(&plan, &nested());
    let found = &power(&plan, Some(&findings), &question()).unwrap().comparisons[0];
    close(found.sd_animal_of[0].powi(2), 181.25816045, 1e-5, "animals of the reference");
    close(found.sd_animal_of[1].powi(2), 340.10177843, 1e-5, "animals of the condition");
    close(found.sd_slice_of[1].powi(2), 87.1173437, 1e-5, "slices of the condition");
    let asked = PowerQuestion { effect: Some(-21.0), sd_animal: Some(14.0), sd_slice: Some(12.0), ..question() };
    let s = &power(&plan, Some(&findings), &asked).unwrap().comparisons[0].simulated;
    assert_eq!(s.df_method, "Satterthwaite");
    assert!((s.power - 0.6975).abs() < 0.05, "hardly less than with equal variances: {}", s.power);
}

#[test]
fn within_animals_the_pairs_count() {
    let mut plan = two_groups();
    (plan.design.within_animal, plan.design.animals, plan.design.slices_per_animal) = (true, 6, 2);
    let asked = PowerQuestion { effect: Some(12.0), sd_animal: Some(30.0), sd_slice: Some(10.0), ..question() };
    let found = &power(&plan, None, &asked).unwrap().comparisons[0];
    // Paired t of 6 animals, SD of a difference 10 sqrt(2 / 2).
    let exact = statistics::power::power_t_one_sample(1.2, 6.0, 0.05).unwrap();
    close(found.closed_form, exact, 1e-12, "closed form");
    assert_eq!((found.simulated.animals, found.simulated.slices), (6, 24));
    assert!((found.simulated.power - exact).abs() < 4.0 * found.simulated.se, "the paired test is what is simulated");
    // An effect that varies between animals costs animals.
    let varies = PowerQuestion { sd_effect: Some(12.0), ..asked.clone() };
    let other = &power(&plan, None, &varies).unwrap().comparisons[0];
    let exact = statistics::power::power_t_one_sample(12.0 / 244.0_f64.sqrt(), 6.0, 0.05).unwrap();
    close(other.closed_form, exact, 1e-12, "closed form");
    assert!(other.animals_needed > found.animals_needed);
    let costs = Costs { animal: 50.0, slice: 20.0 };
    let best =
        power(&plan, None, &PowerQuestion { costs: Some(costs), ..asked }).unwrap().comparisons[0].optimum.unwrap();
    assert!(best.power >= 0.8);
    close(best.cost, best.animals as f64 * (50.0 + 40.0 * best.slices_per_animal as f64), 1e-12, "price");
}

#[test]
fn what_is_missing_or_contradicts_is_said() {
    let plan = two_groups();
    let said = |asked: &PowerQuestion| match power(&plan, None, asked) {
        Err(AnalysisError::Power(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(said(&question()).contains("SDs"));
    assert!(said(&PowerQuestion { sd_animal: Some(1.0), sd_slice: Some(1.0), ..question() }).contains("effect"));
    let both = PowerQuestion { icc: Some(0.2), sd_animal: Some(1.0), sd_slice: Some(1.0), ..question() };
    assert!(said(&both).contains("intraclass correlation"));
    assert!(said(&PowerQuestion { icc: Some(0.0), sd_animal: Some(1.0), ..question() }).contains("contradicts"));
    let none = PowerQuestion { effect: Some(1.0), sd_animal: Some(0.0), sd_slice: Some(0.0), ..question() };
    assert!(said(&none).contains("constant"), "{}", said(&none));
    // No comparison with the reference: nothing to plan for.
    let alone = manifest(&["hfs-2x100"], vec![condition("control", &[])]);
    let findings = conclude(&alone, &sample(&[("control", 40.0)], 4, 2, (5.0, 5.0), 1));
    assert!(matches!(power(&alone, Some(&findings), &question()), Err(AnalysisError::Power(_))));
}
