//! Time courses and pathways against R: all arrangements of the animals, and
//! the mixed model of differences within slices.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::{MeasureRow, Measured, SlopeSource, conclude};
use quantity::Time;
use recording::Phase;
use results::plan::{ControlPathway, DegreesOfFreedom, Variances};
use support::{close, condition, key, manifest, measured, round_trip};

/// One sweep a minute of every slice, as % of baseline.
fn sweeps() -> Vec<Measured> {
    let text = include_str!("../../schaffer/tests/golden/statistics/data/d_timecourse.csv");
    let mut slices: Vec<(String, Measured)> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (group, animal, slice) = (cells[0], cells[1], cells[2]);
        let place = slices.iter().position(|(name, _)| name == slice).unwrap_or_else(|| {
            let number = slices.iter().filter(|(_, m)| m.slice.key.animal == animal).count() as u32 + 1;
            slices.push((slice.to_owned(), measured(key(group, animal, number), 0.0)));
            slices.len() - 1
        });
        let Ok(percent) = cells[4].parse::<f64>() else { continue };
        let time_min: f64 = cells[3].parse().unwrap();
        let rows = &mut slices[place].1.rows;
        rows.push(MeasureRow {
            sweep: rows.len() as u32,
            pathway: "S1".to_owned(),
            phase: if time_min < 0.0 { Phase::Baseline } else { Phase::FollowUp },
            time_min,
            slope_mv_per_ms: Some(0.25 * percent / 100.0),
            slope_source: SlopeSource::OwnLevels,
            slope_percent: Some(percent),
            amplitude_mv: None,
            volley_mv: None,
            pop_spike_mv: None,
            kept: true,
            reason: String::new(),
            readings: Vec::new(),
        });
    }
    slices
        .into_iter()
        .map(|(_, mut m)| {
            let late: Vec<f64> = m.rows.iter().filter(|r| r.time_min >= 40.0).filter_map(|r| r.slope_percent).collect();
            m.slice.potentiation_percent = late.iter().sum::<f64>() / late.len() as f64 - 100.0;
            m
        })
        .collect()
}

fn plan() -> results::Manifest {
    let mut plan = manifest(&["hfs-2x100"], vec![condition("control", &[]), condition("drug", &[("x", "X", 1.0)])]);
    plan.analysis.bin = Time::from_min(1.0);
    plan
}

#[test]
fn stretches_and_their_p_are_those_of_full_enumeration() {
    let mut plan = plan();
    plan.statistics.variances = Variances::Equal;
    let findings = conclude(&plan, &sweeps());
    let found = &findings.course_comparisons[0];
    assert!(found.exact);
    assert_eq!((found.arrangements, found.n_animals, found.tested_min), (12_870, [8, 8], [0.0, 50.0]));
    // R: control minus drug; minutes from, to, mass and p of each cluster.
    let text = include_str!("../../schaffer/tests/golden/statistics/R/d_timecourse.json");
    let r: serde_json::Value = serde_json::from_str(text).unwrap();
    let number = |name: &str, i: usize| r["cluster_permutation"][name][i].as_f64().unwrap();
    assert_eq!(found.clusters.len(), 4);
    for (i, cluster) in found.clusters.iter().enumerate() {
        assert_eq!((cluster.from_min, cluster.to_min), (number("start_min", i), number("end_min", i) + 1.0));
        close(-cluster.mass, number("mass", i), 1e-9, "mass");
        close(cluster.p, number("p", i), 1e-12, "p");
    }
    assert!(found.sentence.contains("below it from 0 to 9 min (p = 0.036)"), "{}", found.sentence);
    round_trip(&findings);
}

#[test]
fn within_animals_the_signs_of_differences_are_flipped() {
    let mut plan = plan();
    plan.design.within_animal = true;
    // The same animals in both conditions; drug 30 points lower in every minute, with some scatter.
    let control: Vec<Measured> = sweeps().into_iter().filter(|m| m.slice.key.condition == "control").collect();
    let mut all = control.clone();
    for (i, mut m) in control.into_iter().enumerate() {
        m.slice.key.condition = "drug".to_owned();
        for row in &mut m.rows {
            let wobble = ((i * 7 + row.sweep as usize * 3) % 11) as f64 - 5.0;
            row.slope_percent = row.slope_percent.map(|p| p - 30.0 + wobble);
        }
        all.push(m);
    }
    let findings = conclude(&plan, &all);
    let found = &findings.course_comparisons[0];
    // 8 animals: 2⁸ sign flips, and the flip of all signs has the same mass.
    assert_eq!((found.arrangements, found.exact), (256, true));
    assert_eq!(found.clusters.len(), 1);
    close(found.clusters[0].p, 2.0 / 256.0, 1e-12, "p");
    assert!(found.sentence.contains("smallest possible p 0.00781"), "{}", found.sentence);
}

/// Slices with a control pathway beside the tetanised one.
fn pathways() -> Vec<Measured> {
    let text = include_str!("../../schaffer/tests/golden/statistics/data/e_paired.csv");
    let mut seen: Vec<String> = Vec::new();
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            seen.push(cells[0].to_owned());
            let number = seen.iter().filter(|a| *a == cells[0]).count() as u32;
            let value = |k: usize| cells[k].parse::<f64>().unwrap() - 100.0;
            let mut m = measured(key("control", cells[0], number), value(3));
            let mut other = m.slice.clone();
            other.pathway = "S2".to_owned();
            other.potentiation_percent = value(2);
            m.other_pathways.push(other);
            m
        })
        .collect()
}

#[test]
fn pathways_of_a_slice_are_compared_as_in_r() {
    let mut plan = manifest(&["hfs-2x100"], vec![condition("control", &[])]);
    plan.statistics.variances = Variances::Equal;
    plan.statistics.df = DegreesOfFreedom::KenwardRoger;
    let findings = conclude(&plan, &pathways());
    let found = &findings.pathways[0];
    // difference ~ 1 + (1 | animal), Kenward-Roger; the animal variance is zero.
    close(found.estimate, 39.86627785, 1e-9, "difference");
    close(found.se, 2.7780743843108207, 1e-6, "SE");
    close(found.df, 7.214070956103429, 1e-5, "df");
    close(found.p, 1.4439449744380276e-06, 1e-4, "p");
    assert!(found.singular && found.sd_animal == 0.0);
    close(found.sd_slice.powi(2), 146.4671586258215, 1e-7, "variance within animals");
    assert_eq!((found.n_slices, found.n_animals), (20, 9));
    assert_eq!((found.tetanised.as_str(), found.control.as_str()), ("S1", "S2"));
    assert!(found.sentence.contains("pathway S1 minus control pathway S2: +39.9 percentage points"));
    // A slice without control pathway takes no part; an excluded control pathway neither.
    let mut some = pathways();
    some[0].other_pathways.clear();
    some[1].other_pathways[0].included = false;
    assert_eq!(conclude(&plan, &some).pathways[0].n_slices, 18);
    let single: Vec<Measured> = pathways().into_iter().map(|m| Measured { other_pathways: Vec::new(), ..m }).collect();
    let findings = conclude(&plan, &single);
    assert!(findings.pathways.is_empty() && findings.pathway_contrasts.is_empty());
    round_trip(&findings);
}

#[test]
fn conditions_are_compared_by_the_difference_of_pathways() {
    let plan = manifest(&["hfs-2x100"], vec![condition("control", &[]), condition("drug", &[("x", "X", 1.0)])]);
    let mut all = pathways();
    for m in pathways() {
        let mut drug = m;
        drug.slice.key.condition = "drug".to_owned();
        drug.slice.key.animal = format!("{}-d", drug.slice.key.animal);
        // Run-down of 15 points in both pathways, and 12 points less potentiation.
        drug.slice.potentiation_percent -= 27.0;
        drug.other_pathways[0].potentiation_percent -= 15.0;
        all.push(drug);
    }
    let findings = conclude(&plan, &all);
    close(findings.contrasts[0].estimate, -27.0, 1e-9, "tetanised pathway alone");
    close(findings.pathway_contrasts[0].estimate, -12.0, 1e-9, "difference of the pathways");
    assert!(
        findings.pathway_contrasts[0].sentence.starts_with("Tetanised minus control pathway, drug against control")
    );
}

#[test]
fn the_control_pathway_may_be_the_scale() {
    let mut plan = manifest(&["hfs-2x100"], vec![condition("control", &[])]);
    plan.statistics.control_pathway = ControlPathway::Normalise;
    let mut slices = pathways();
    let (t, c) = (slices[3].slice.potentiation_percent, slices[3].other_pathways[0].potentiation_percent);
    slices[0].other_pathways.clear();
    let findings = conclude(&plan, &slices);
    let own = &slices[3].slice.key;
    let point = findings.groups[0].slices.iter().find(|p| p.animal == own.animal && p.slice == own.slice).unwrap();
    close(point.potentiation_percent, 100.0 * ((100.0 + t) / (100.0 + c) - 1.0), 1e-12, "normalised");
    assert_eq!(findings.groups[0].n_excluded, 1);
    assert_eq!(findings.exclusions[0].reason, "no control pathway to normalise by");
    assert!(findings.outcome.unit.ends_with("relative to the control pathway"));
}
