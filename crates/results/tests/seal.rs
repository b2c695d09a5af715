//! Sealed results: what was changed, removed or slipped in is named and not used.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::slice::{key, recording};
use common::{manifest, stamps};
use results::folder::{Reach, demand, verify};
use results::manifest::Stamps;
use results::{Entry, FolderError, Layout, Manifest, Mode, Opening, Results, ResultsFolder};
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// A finished folder of two slices.
fn finished() -> TempDir {
    let dir = tempdir().unwrap();
    let text = manifest().to_text(dir.path()).unwrap();
    let files = [(Entry::Experiment, "one".as_bytes()), (Entry::Manifest, text.as_bytes())];
    let opening = Opening { mark: Entry::Manifest, files: &files, resumable: true, stamps: stamps(), jobs: 1 };
    let folder = ResultsFolder::begin(dir.path(), Mode::Fresh, &opening).unwrap().folder;
    for slice in 1..=2 {
        folder.write_slice(&recording(key("tbs", "control", "A01", slice), 2, 5), &[]).unwrap();
    }
    folder.write(Entry::Findings, b"{}").unwrap();
    folder.write(Entry::Slices, b"condition\n").unwrap();
    folder.write(Entry::Report, b"<p>").unwrap();
    folder.seal().unwrap();
    dir
}

/// What is said of the folder when its findings are to be used.
fn told(dir: &Path) -> String {
    demand(dir, Reach::Findings).map_or_else(|error| error.to_string(), |()| "intact".to_owned())
}

#[test]
fn a_finished_folder_is_intact_and_its_seal_is_a_list_of_sha256sum() {
    let dir = finished();
    assert_eq!(told(dir.path()), "intact");
    let verified = verify(dir.path()).unwrap();
    assert!(verified.is_intact(), "{verified:?}");
    assert_eq!((verified.sealed, verified.whole_slices), (Some(7), 2));
    let seal = fs::read_to_string(Entry::Seal.within(dir.path())).unwrap();
    // printf '{}' | sha256sum
    let line = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  findings.json";
    assert!(seal.lines().any(|found| found == line), "{seal}");
    assert!(!seal.contains("run.log") && seal.contains("recordings/tbs/control/a01-s1/slice.toml"), "{seal}");
}

#[test]
fn what_a_person_adds_is_nobodys_business() {
    let dir = finished();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    fs::create_dir(dir.path().join("prism")).unwrap();
    fs::write(dir.path().join("prism/groups.csv"), "a").unwrap();
    assert!(verify(dir.path()).unwrap().is_intact());
    ResultsFolder::reopen(dir.path(), Reach::Findings).unwrap().seal().unwrap();
    fs::remove_dir_all(dir.path().join("prism")).unwrap();
    assert!(verify(dir.path()).unwrap().is_intact());
}

#[test]
fn changed_and_missing_files_are_named() {
    for (entry, anew) in [(Entry::Findings, true), (Entry::Slices, true), (Entry::Manifest, false)] {
        let dir = finished();
        let path = entry.within(dir.path());
        let written = fs::read(&path).unwrap();
        fs::write(&path, [written.as_slice(), b" "].concat()).unwrap();
        let changed = told(dir.path());
        assert!(changed.contains(&format!("(changed: {})", entry.name())), "{changed}");
        assert_eq!(changed.contains("schaffer analyse"), anew, "{changed}");
        assert_eq!(verify(dir.path()).unwrap().changed, [entry.name()]);
        fs::remove_file(&path).unwrap();
        assert!(told(dir.path()).contains(&format!("(missing: {})", entry.name())));
        fs::write(&path, written).unwrap();
        assert_eq!(told(dir.path()), "intact");
    }
}

#[test]
fn a_simulation_does_not_become_a_recording_by_a_word() {
    let dir = finished();
    let path = Entry::Manifest.within(dir.path());
    let forged = fs::read_to_string(&path).unwrap().replace("origin = \"simulated\"", "origin = \"recorded\"");
    fs::write(&path, &forged).unwrap();
    assert!(told(dir.path()).contains("changed: manifest.toml"));
    // Whoever takes the seal away still has the slices against them.
    fs::remove_file(Entry::Seal.within(dir.path())).unwrap();
    let error = Results::open(dir.path()).unwrap().slices().unwrap_err().to_string();
    assert!(error.contains("this slice is simulated with seed 20261121"), "{error}");
}

#[test]
fn slices_of_another_run_are_named_with_and_without_a_seal() {
    let dir = finished();
    let other = Manifest { seed: 3, ..manifest() };
    let slipped = recording(key("tbs", "control", "A09", 1), 2, 5);
    Layout::new(dir.path(), Stamps::of(&other, Path::new("manifest.toml")).unwrap())
        .write_slice(&slipped, &[])
        .unwrap();
    let foreign = told(dir.path());
    assert!(foreign.contains("not of this run: recordings/tbs/control/a09-s1/slice.toml"), "{foreign}");
    let seed = Results::open(dir.path()).unwrap().slices().unwrap_err().to_string();
    assert!(seed.contains("simulated with seed 3") && seed.contains("seed 20261121"), "{seed}");
    // An extra animal of the same seed.
    let dir = finished();
    Layout::new(dir.path(), stamps()).write_slice(&slipped, &[]).unwrap();
    assert!(told(dir.path()).contains("not of this run"));
    // A slice that was changed with its checksums.
    let dir = finished();
    let changed = recording(key("tbs", "control", "A01", 1), 3, 5);
    Layout::new(dir.path(), stamps()).write_slice(&changed, &[]).unwrap();
    assert!(told(dir.path()).contains("changed: recordings/tbs/control/a01-s1/slice.toml"));
    assert!(matches!(ResultsFolder::reopen(dir.path(), Reach::Recordings), Err(FolderError::Damaged { .. })));
}

#[test]
fn who_writes_anew_unseals_that_and_a_killed_writer_leaves_it_so() {
    let dir = finished();
    // Drawing was stopped: the findings are as sealed as before.
    drop(ResultsFolder::reopen(dir.path(), Reach::Findings).unwrap());
    fs::write(Entry::Report.within(dir.path()), "half").unwrap();
    assert_eq!(told(dir.path()), "intact");
    // Measuring was stopped: they are not.
    drop(ResultsFolder::reopen(dir.path(), Reach::Recordings).unwrap());
    fs::write(Entry::Findings.within(dir.path()), "half").unwrap();
    assert!(matches!(demand(dir.path(), Reach::Findings), Err(FolderError::Unfinished(_))));
    assert!(demand(dir.path(), Reach::Recordings).is_ok());
    ResultsFolder::reopen(dir.path(), Reach::Recordings).unwrap().seal().unwrap();
    assert_eq!(told(dir.path()), "intact");
}

/// Measuring again must not make good what somebody changed, nor call a page one of
/// findings that it was not drawn from.
#[test]
fn who_measures_again_seals_nothing_else() {
    let again = |dir: &Path, findings: &str| {
        let folder = ResultsFolder::reopen(dir, Reach::Recordings).unwrap();
        fs::write(Entry::Findings.within(dir), findings).unwrap();
        folder.seal().unwrap();
        verify(dir).unwrap()
    };
    let same = "the findings";
    let drawn = || {
        let dir = finished();
        fs::write(Entry::Findings.within(dir.path()), same).unwrap();
        fs::write(Entry::MechanismTable.within(dir.path()), "a table").unwrap();
        fs::write(Entry::Report.within(dir.path()), "a page").unwrap();
        ResultsFolder::reopen(dir.path(), Reach::Recordings).unwrap();
        fs::remove_file(Entry::Seal.within(dir.path())).unwrap();
        ResultsFolder::reopen(dir.path(), Reach::Recordings).unwrap().seal().unwrap();
        dir
    };
    let dir = drawn();
    assert!(again(dir.path(), same).is_intact());
    // Stopped in the midst and done again: the seal remembers.
    drop(ResultsFolder::reopen(dir.path(), Reach::Recordings).unwrap());
    assert!(again(dir.path(), same).is_intact());
    for entry in [Entry::MechanismTable, Entry::Report] {
        let dir = drawn();
        fs::write(entry.within(dir.path()), "changed by hand").unwrap();
        assert_eq!(again(dir.path(), same).changed, [entry.name()]);
    }
    let dir = drawn();
    assert_eq!(again(dir.path(), "others").foreign, [Entry::Report.name()]);
}

#[test]
fn a_seal_that_is_none_is_refused() {
    let dir = finished();
    fs::write(Entry::Seal.within(dir.path()), "not a checksum\n").unwrap();
    assert!(told(dir.path()).contains("seal.sha256"), "{}", told(dir.path()));
}
