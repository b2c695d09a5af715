//! A whole synthetic experiment: recordings on disk → tables and findings.
#![allow(clippy::unwrap_used)]

mod support;

use analysis::{AnalysisError, Findings, analyse_folder, conclude, measure};
use recording::table::Table;
use results::manifest::Stamps;
use results::{Entry, Layout, Manifest};
use std::path::Path;
use support::{Dice, Shape, condition, key, manifest, slice};

/// True potentiation of the two groups, %.
const TRUE_LTP: [(&str, f64); 2] = [("control", 60.0), ("drug", 30.0)];

fn plan() -> Manifest {
    let mut plan = manifest(&["hfs-2x100"], vec![condition("control", &[]), condition("drug", &[("x", "X", 1.0)])]);
    plan.design.animals = 6;
    plan
}

/// Six animals with two slices each: slopes, volleys, spikes and LTP differ
/// between animals and slices, sweeps vary by 4 %, noise is 15 µV.
fn recordings() -> Vec<recording::SliceRecording> {
    let mut dice = Dice(99);
    let mut all = Vec::new();
    for (group, potentiation) in TRUE_LTP {
        for animal in 0..6 {
            // Mirrored pairs: the sample mean of the animals is the true one.
            let mirror = if animal % 2 == 0 { 1.0 } else { -1.0 };
            let level = potentiation + mirror * [8.0, 3.0, 12.0][animal / 2];
            for number in 1..=2 {
                let of_slice = level + if number == 1 { 4.0 } else { -4.0 };
                let shape = Shape {
                    slope: 0.18 + 0.1 * dice.uniform(),
                    volley: 0.1 + 0.1 * dice.uniform(),
                    spike: (0.15 * dice.uniform(), 8.0, 0.6),
                    noise: 0.015,
                    ..Shape::default()
                };
                let mut wobble = Dice((animal * 10 + number) as u64 + 1000);
                let jitter: Vec<f64> = (0..400).map(|_| 1.0 + 0.04 * wobble.normal()).collect();
                let gain = |t: f64| {
                    let at = ((t + 35.0) * 3.0) as usize;
                    let ltp = if t < 0.0 { 1.0 } else { 1.0 + of_slice / 100.0 + 0.5 * (-t / 4.0).exp() };
                    ltp * jitter[at.min(399)]
                };
                let key = key(group, &format!("{group}-A{animal}"), number as u32);
                all.push(slice(key, shape, (animal * 7 + number) as u64, gain));
            }
        }
    }
    all
}

fn stamps() -> Stamps {
    Stamps::of(&plan(), Path::new("manifest.toml")).unwrap()
}

fn write(folder: &Path) {
    plan().write(&Entry::Manifest.within(folder)).unwrap();
    for recording in recordings() {
        Layout::new(folder, stamps()).write_slice(&recording, &[]).unwrap();
    }
}

#[test]
fn known_potentiation_is_recovered_within_two_points() {
    let plan = plan();
    let measured: Vec<_> = recordings().iter().map(|r| measure(r, &plan.analysis)).collect();
    assert!(
        measured.iter().all(|m| m.slice.included),
        "{:?}",
        measured.iter().map(|m| &m.slice.reason).collect::<Vec<_>>()
    );
    let findings = conclude(&plan, &measured);
    for (group, (name, truth)) in findings.groups.iter().zip(TRUE_LTP) {
        assert_eq!(group.condition, name);
        assert!((group.mean - truth).abs() < 2.0, "{name}: {} against {truth}", group.mean);
        assert!(group.ci.low < truth && truth < group.ci.high);
        assert_eq!((group.n_slices, group.n_animals, group.n_excluded), (12, 6, 0));
    }
    let c = &findings.contrasts[0];
    assert!((c.estimate + 30.0).abs() < 2.5 && c.ci.low < -30.0 && c.ci.high > -30.0, "{}", c.sentence);
    // The time course starts at 100 %, peaks early, and ends at the potentiation.
    let course = &findings.time_courses[0];
    assert_eq!(course.slices.len(), 12);
    let before: Vec<f64> =
        course.time_min.iter().zip(&course.mean).filter(|(t, _)| **t < 0.0 && **t > -10.0).map(|(_, m)| *m).collect();
    assert!(before.iter().all(|m| (m - 100.0).abs() < 4.0), "{before:?}");
    let last = course.mean.len() - 2;
    assert!((course.mean[last] - 160.0).abs() < 5.0, "{}", course.mean[last]);
    assert!(course.n_animals.iter().all(|n| *n == 6));
    assert!(course.time_min.windows(2).all(|w| (w[1] - w[0] - 2.0).abs() < 1e-9));
    let sweeps = &findings.averaged_sweeps[1];
    assert_eq!((sweeps.n_sweeps, sweeps.time_ms.len()), ([12 * 30, 12 * 31], 500));
    // Slices of every animal lie 8 points apart.
    assert!((findings.models[0].sd_slice - 5.66).abs() < 2.0, "{:?}", findings.models[0]);
}

#[test]
fn a_folder_is_analysed_alike_whatever_the_number_of_workers() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    let findings = analyse_folder(dir.path(), Some(1)).unwrap();
    let files = ["measures.parquet", "measures.csv", "slices.csv", "findings.json"];
    let read = || files.map(|f| std::fs::read(dir.path().join(f)).unwrap());
    let first = read();
    analyse_folder(dir.path(), Some(2)).unwrap();
    assert!(first == read(), "one and two workers differ");
    let stored: Findings = serde_json::from_slice(&first[3]).unwrap();
    assert_eq!(serde_json::to_string(&stored).unwrap(), serde_json::to_string(&findings).unwrap());

    let slices = Table::read_csv(&dir.path().join("slices.csv")).unwrap();
    assert_eq!(slices.rows(), 24);
    assert_eq!(slices.texts("condition").unwrap()[0], "control");
    let measures = Table::read_parquet(&dir.path().join("measures.parquet")).unwrap();
    assert_eq!(measures.rows(), 24 * 285);
    // The potentiation of the first slice follows from the table of sweeps.
    let time = measures.numbers("time_min").unwrap();
    let slope = measures.numbers("slope_mv_per_ms").unwrap();
    let mean = |from: f64, to: f64| {
        let values: Vec<f64> =
            (0..285).filter(|&i| (from..=to).contains(&time[i].unwrap())).map(|i| slope[i].unwrap()).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let expected = 100.0 * (mean(49.9999, 60.0001) / mean(-10.0001, -1e-5) - 1.0);
    let found = slices.numbers("potentiation_percent").unwrap()[0].unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} against {expected}");
}

#[test]
fn a_folder_without_recordings_or_with_a_broken_one_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(analyse_folder(dir.path(), None), Err(AnalysisError::Store(_))));
    plan().write(&Entry::Manifest.within(dir.path())).unwrap();
    let error = analyse_folder(dir.path(), None).unwrap_err();
    assert!(matches!(error, AnalysisError::NoRecordings { .. }), "{error}");
    let folder = Layout::new(dir.path(), stamps()).write_slice(&recordings()[0], &[]).unwrap();
    let sweeps = folder.join("sweeps.parquet");
    let mut bytes = std::fs::read(&sweeps).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(&sweeps, bytes).unwrap();
    let error = analyse_folder(dir.path(), Some(2)).unwrap_err();
    assert!(error.to_string().contains("sweeps.parquet"), "{error}");
    assert!(!Entry::Findings.within(dir.path()).exists());
}
