//! Experiments that no plan foresees: nothing recorded, one animal, no
//! variance, whole groups excluded.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::{Measured, conclude};
use results::plan::DegreesOfFreedom;
use support::{close, condition, excluded, key, manifest, measured, round_trip, sample, two_groups};

#[test]
fn one_slice_per_animal_is_tested_on_the_animals() {
    let mut plan = two_groups();
    plan.design.slices_per_animal = 1;
    let data = sample(&[("control", 60.0), ("drug", 40.0)], 6, 1, (12.0, 0.0), 3);
    let findings = conclude(&plan, &data);
    assert_eq!(findings.models[0].formula, "potentiation ~ condition");
    assert!(findings.models[0].sd_slice.is_nan());
    let c = &findings.contrasts[0];
    let (a, b) = (&findings.groups[1], &findings.groups[0]);
    let w = &findings.animal_mean_contrasts[0];
    close(c.df, w.df, 1e-12, "Welch's df");
    assert!(c.df < 10.0);
    assert_eq!((c.df_method.as_str(), c.p), ("Welch", w.p));
    close(c.estimate, a.mean - b.mean, 1e-12, "difference of means");
    close(c.se, (a.sem.powi(2) + b.sem.powi(2)).sqrt(), 1e-12, "Welch's standard error");
    close(findings.models[0].sd_animal, (0.5 * (a.sd.powi(2) + b.sd.powi(2))).sqrt(), 1e-12, "pooled SD");
    assert!(findings.required[0].animals_per_group.is_some());
    assert!(findings.required[0].sentence.contains("slices included"), "{}", findings.required[0].sentence);
    assert!(c.sentence.contains("Welch's t test on animals"), "{}", c.sentence);
    let told = format!("{} {}", c.sentence, findings.methods);
    assert!(!told.contains("mixed") && !told.contains("Kenward"), "only what was fitted is named: {told}");
    round_trip(&findings);
    plan.statistics.adjust = results::plan::Adjustment::Dunnett;
    let dunnett = &conclude(&plan, &data).contrasts[0];
    close(dunnett.p_adjusted, c.p, 1e-12, "Dunnett with one comparison");
    plan.statistics.variances = results::plan::Variances::Equal;
    let pooled = &conclude(&plan, &data).contrasts[0];
    close(pooled.df, 10.0, 1e-12, "Student's df");
    assert!(pooled.sentence.contains("one-way analysis of variance on animals"), "{}", pooled.sentence);
}

#[test]
fn degenerate_experiments_warn_and_never_panic() {
    let plan = two_groups();
    let warned = |data: &[Measured], word: &str| {
        let findings = conclude(&plan, data);
        round_trip(&findings);
        assert!(findings.warnings.iter().any(|w| w.contains(word)), "{word}: {:?}", findings.warnings);
        findings
    };
    // Nothing at all.
    let nothing = warned(&[], "no recording of control, drug");
    assert_eq!(nothing.groups.len(), 2);
    assert!(nothing.groups[0].mean.is_nan() && nothing.contrasts.is_empty());
    // One slice of one animal.
    let one = warned(&[measured(key("control", "A", 1), 50.0)], "no comparison");
    assert_eq!((one.groups[0].mean, one.groups[0].n_animals), (50.0, 1));
    assert!(one.groups[0].sd.is_nan());
    // One animal per group.
    let single = sample(&[("control", 60.0), ("drug", 40.0)], 1, 3, (1.0, 5.0), 3);
    let findings = warned(&single, "one animal in control, drug");
    assert!(findings.contrasts.is_empty(), "one animal has no variance");
    assert!(findings.animal_mean_contrasts.is_empty() && findings.estimation.is_empty());
    // No variance.
    let constant: Vec<Measured> = ["control", "drug"]
        .iter()
        .flat_map(|c| (0..4).flat_map(move |a| (1..3).map(move |s| measured(key(c, &format!("{c}{a}"), s), 50.0))))
        .collect();
    let findings = warned(&constant, "no comparison");
    assert!(findings.contrasts.is_empty() && findings.animal_mean_contrasts.is_empty());
    // A whole group excluded; the reason is in the log.
    let mut data = sample(&[("control", 60.0), ("drug", 40.0)], 5, 2, (5.0, 5.0), 3);
    for m in data.iter_mut().filter(|m| m.slice.key.condition == "drug") {
        *m = excluded(m.clone(), "baseline drift −12.0 % exceeds ±10.0 %");
    }
    let findings = warned(&data, "all slices of drug are excluded");
    assert_eq!(findings.exclusions.len(), 10);
    assert!(findings.exclusions[0].reason.contains("exceeds ±10.0 %"));
    assert_eq!((findings.groups[1].n_excluded, findings.groups[1].n_slices), (10, 0));
    assert!(findings.warnings.iter().any(|w| w.contains("exclusions are unbalanced")));
    // The reference excluded.
    let mut data = sample(&[("control", 60.0), ("drug", 40.0)], 5, 2, (5.0, 5.0), 3);
    for m in data.iter_mut().filter(|m| m.slice.key.condition == "control") {
        *m = excluded(m.clone(), "incomplete recording");
    }
    assert!(warned(&data, "nothing is compared with it").contrasts.is_empty());
    // Slices of an unknown condition.
    let mut data = sample(&[("control", 60.0), ("drug", 40.0)], 5, 2, (5.0, 5.0), 3);
    data.push(measured(key("unheard-of", "Z", 1), 10.0));
    warned(&data, "1 slices belong to no induction protocol");
    // A single condition.
    let alone = manifest(&["hfs-2x100"], vec![condition("control", &[])]);
    let findings = conclude(&alone, &sample(&[("control", 60.0)], 5, 2, (5.0, 5.0), 3));
    assert!(findings.contrasts.is_empty() && findings.models.len() == 1);
    assert!(findings.models[0].formula.contains("1 + (1 | animal)"));
}

#[test]
fn a_singular_fit_is_told_and_keeps_the_animals_df() {
    // Animal means less alike than slices: alternate slices ± around one mean.
    let mut data = Vec::new();
    for (group, mean) in [("control", 60.0), ("drug", 45.0)] {
        for animal in 0..5 {
            let shift = f64::from(animal) * 0.3;
            for (slice, away) in [(1, 15.0), (2, -15.0)] {
                data.push(measured(key(group, &format!("{group}{animal}"), slice), mean + shift + away));
            }
        }
    }
    let mut plan = two_groups();
    plan.statistics.df = DegreesOfFreedom::Satterthwaite;
    let findings = conclude(&plan, &data);
    assert!(findings.models[0].singular && findings.models[0].sd_animal < 1e-6);
    close(findings.contrasts[0].df, 8.0, 1e-3, "animals − 2");
    assert!(findings.warnings.iter().any(|w| w.contains("no more alike than slices of different animals")));
    plan.statistics.variances = results::plan::Variances::Equal;
    let findings = conclude(&plan, &data);
    close(findings.contrasts[0].df, 8.0, 1e-3, "animals − 2");
    assert_eq!(findings.contrasts[0].df_method, "Kenward-Roger", "Satterthwaite would count slices");
    assert!(findings.warnings.iter().any(|w| w.contains("singular fit")), "{:?}", findings.warnings);
}

#[test]
fn animals_in_two_groups_of_a_between_animal_design_are_told() {
    let mut data = sample(&[("control", 60.0), ("drug", 45.0)], 4, 2, (5.0, 5.0), 3);
    for m in &mut data {
        m.slice.key.animal = m.slice.key.animal.replace("drug", "control");
    }
    let findings = conclude(&two_groups(), &data);
    assert!(findings.warnings.iter().any(|w| w.contains("4 names of animals occur in more than one condition")));
}
