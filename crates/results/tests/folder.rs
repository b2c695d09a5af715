//! The beginning of a results folder: who may write, and what an earlier run left.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::slice::{key, recording};
use common::{manifest, stamps};
use recording::SliceRecording;
use results::folder::Begun;
use results::{Entry, FolderError, Mode, Opening, Results, ResultsFolder};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn small() -> SliceRecording {
    recording(key("tbs", "control", "A07", 2), 3, 5)
}

/// Begins a folder for an experiment with this text.
fn begin(dir: &Path, mode: Mode, text: &str) -> Result<Begun, FolderError> {
    let plan = manifest().to_text(dir).unwrap();
    let files = [(Entry::Experiment, text.as_bytes()), (Entry::Manifest, plan.as_bytes())];
    ResultsFolder::begin(
        dir,
        mode,
        &Opening { mark: Entry::Manifest, files: &files, resumable: true, stamps: stamps(), jobs: 2 },
    )
}

#[test]
fn what_a_run_leaves_is_refused_kept_or_replaced_as_told() {
    let above = tempdir().unwrap();
    let dir = above.path().join("quick");
    let begun = begin(&dir, Mode::Fresh, "one").unwrap();
    assert!(!begun.resumed && !begun.folder.is_complete(&small().key));
    begun.folder.write_slice(&small(), &[(Entry::Mechanism, b"state_hash = \"\"\n")]).unwrap();
    assert!(begun.folder.is_complete(&small().key));
    drop(begun);
    assert!(matches!(begin(&dir, Mode::Fresh, "one"), Err(FolderError::Exists { .. })));
    let resumed = begin(&dir, Mode::Resume, "one").unwrap();
    assert!(resumed.resumed && resumed.folder.is_complete(&small().key));
    drop(resumed);
    let told = begin(&dir, Mode::Resume, "two").unwrap_err().to_string();
    assert!(told.contains("the experiment file was changed since (see experiment.toml in the folder)"), "{told}");
    let anew = begin(&dir, Mode::Overwrite, "two").unwrap();
    assert!(!anew.resumed && !anew.folder.is_complete(&small().key));
    assert_eq!(fs::read_to_string(Entry::Experiment.within(&dir)).unwrap(), "two");
}

#[test]
fn one_process_writes_at_a_time() {
    let dir = tempdir().unwrap();
    let begun = begin(dir.path(), Mode::Fresh, "one").unwrap();
    for mode in [Mode::Fresh, Mode::Resume, Mode::Overwrite] {
        assert!(matches!(begin(dir.path(), mode, "one"), Err(FolderError::Busy(_))), "{mode:?}");
    }
    begun.folder.note("halfway").unwrap();
    drop(begun);
    begin(dir.path(), Mode::Resume, "one").unwrap();
    let log = fs::read_to_string(Entry::RunLog.within(dir.path())).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines[0].contains("started: schaffer") && lines[0].ends_with("2 threads"), "{log}");
    assert!(lines[1].ends_with("halfway") && lines[2].contains("resumed: "), "{log}");
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let dir = tempdir().unwrap();
    for name in ["thesis.tex", Entry::Study.name()] {
        let file = dir.path().join(name);
        fs::write(&file, "mine").unwrap();
        for mode in [Mode::Fresh, Mode::Resume, Mode::Overwrite] {
            assert!(matches!(begin(dir.path(), mode, "one"), Err(FolderError::NotResults { .. })), "{mode:?}");
        }
        fs::remove_file(&file).unwrap();
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_without_manifest_keeps_what_a_person_put_there() {
    let dir = tempdir().unwrap();
    let opening = Opening { mark: Entry::Recorded, files: &[], resumable: true, stamps: stamps(), jobs: 1 };
    drop(ResultsFolder::begin(dir.path(), Mode::Fresh, &opening).unwrap());
    fs::create_dir(Entry::Recorded.within(dir.path())).unwrap();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    assert!(matches!(ResultsFolder::begin(dir.path(), Mode::Fresh, &opening), Err(FolderError::Exists { .. })));
    assert!(ResultsFolder::begin(dir.path(), Mode::Resume, &opening).unwrap().resumed);
    ResultsFolder::begin(dir.path(), Mode::Overwrite, &opening).unwrap();
    assert!(!Entry::Recorded.within(dir.path()).exists() && dir.path().join("notes.txt").exists());
}

#[test]
fn beginnings_are_taken_up_and_leftovers_swept() {
    let dir = tempdir().unwrap();
    let begun = begin(dir.path(), Mode::Fresh, "one").unwrap();
    begun.folder.write_slice(&small(), &[]).unwrap();
    drop(begun);
    let slice = Results::open(dir.path()).unwrap().slices().unwrap().remove(0).folder;
    let leftover = slice.with_file_name(".a08-s1.4242-0.tmp");
    fs::create_dir(&leftover).unwrap();
    fs::write(leftover.join("sweeps.parquet"), "PAR1").unwrap();
    fs::write(dir.path().join(".findings.json.4242-1.tmp"), "{").unwrap();
    fs::write(dir.path().join("notes.tmp"), "mine").unwrap();
    assert_eq!(Results::open(dir.path()).unwrap().slices().unwrap().len(), 1);
    begin(dir.path(), Mode::Resume, "one").unwrap();
    assert!(!leftover.exists() && dir.path().join("notes.tmp").exists());
    assert!(!dir.path().join(".findings.json.4242-1.tmp").exists());
    // A run that was stopped before its manifest was written.
    fs::remove_file(dir.path().join("notes.tmp")).unwrap();
    fs::remove_file(Entry::Manifest.within(dir.path())).unwrap();
    assert!(matches!(begin(dir.path(), Mode::Fresh, "one"), Err(FolderError::Exists { .. })));
    assert!(!begin(dir.path(), Mode::Resume, "one").unwrap().resumed);
    assert!(Entry::Manifest.within(dir.path()).is_file());
}

#[test]
fn an_older_run_is_replaced_as_a_whole_and_through_a_link() {
    let above = tempdir().unwrap();
    let (dir, link) = (above.path().join("real"), above.path().join("link"));
    let begun = begin(&dir, Mode::Fresh, "one").unwrap();
    begun.folder.write_slice(&small(), &[]).unwrap();
    drop(begun);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&dir, &link).unwrap();
    #[cfg(not(unix))]
    let link = dir.clone();
    let anew = begin(&link, Mode::Overwrite, "two").unwrap();
    anew.folder.seal().unwrap();
    assert!(!anew.folder.is_complete(&small().key));
    assert!(cfg!(not(unix)) || link.is_symlink());
    assert_eq!(fs::read_to_string(Entry::Experiment.within(&dir)).unwrap(), "two");
    // Who comes second finds it locked, and nothing is left beside it.
    assert!(matches!(begin(&dir, Mode::Overwrite, "two"), Err(FolderError::Busy(_))));
    let names: Vec<_> = fs::read_dir(above.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{names:?}");
}

#[test]
fn what_a_killed_replacement_left_is_swept_but_nothing_that_is_in_use() {
    let above = tempdir().unwrap();
    let dir = above.path().join("quick");
    let left = above.path().join(".quick.0123456789abcdef.tmp");
    let in_use = above.path().join(".quick.0123456789abcde0.tmp");
    let other = above.path().join(".quick.notes.tmp");
    for folder in [&left, &other] {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("findings.json"), "{}").unwrap();
    }
    let _held = begin(&in_use, Mode::Fresh, "one").unwrap();
    begin(&dir, Mode::Fresh, "one").unwrap();
    assert!(!left.exists() && in_use.exists() && other.exists());
}

#[test]
fn a_folder_that_was_taken_away_is_not_called_written() {
    let above = tempdir().unwrap();
    let dir = above.path().join("quick");
    let begun = begin(&dir, Mode::Fresh, "one").unwrap();
    fs::rename(&dir, above.path().join("elsewhere")).unwrap();
    assert!(matches!(begun.folder.seal(), Err(FolderError::Gone(_))));
    begin(&dir, Mode::Fresh, "two").unwrap();
    assert!(matches!(begun.folder.seal(), Err(FolderError::Gone(_))));
}

#[test]
fn a_run_that_cannot_be_resumed_says_what_differs() {
    let dir = tempdir().unwrap();
    drop(begin(dir.path(), Mode::Fresh, "one").unwrap());
    let path = Entry::Manifest.within(dir.path());
    let written = fs::read_to_string(&path).unwrap();
    let told = |text: &str| {
        fs::write(&path, text).unwrap();
        begin(dir.path(), Mode::Resume, "one").unwrap_err().to_string()
    };
    let of = |key: &str| written.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
    let title = told(&written.replace(of("title"), "title = \"another\""));
    assert!(title.contains("\"title\" in its manifest.toml is not what this run would write"), "{title}");
    let program = told(&written.replace(of("program"), "program = \"schaffer 0.0.1\""));
    assert!(program.contains("it was started by schaffer 0.0.1"), "{program}");
    let spelling = told(&format!("{written}\n# a comment\n"));
    assert!(spelling.contains("spelt otherwise"), "{spelling}");
}
