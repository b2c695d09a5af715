//! Slices on disk: what is written comes back; what is damaged does not.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::{key, recording, stamp};
use proptest::prelude::*;
use recording::{Phase, SliceRecording, StoreError, Sweep, store};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

fn small() -> SliceRecording {
    recording(key("tbs", "ISO 3 µM", "A07", 2), 9, 40)
}

/// Writes a slice into a folder of its own.
fn written(above: &Path, slice: &SliceRecording) -> PathBuf {
    let folder = above.join(format!("s{}", slice.key.slice));
    store::write_slice(&folder, slice, &stamp(), &[]).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_written_comes_back() {
    let results = tempdir().unwrap();
    let folder = written(results.path(), &small());
    assert_eq!(store::read_slice(&folder).unwrap(), small());
    assert_eq!(store::read_identity(&folder).unwrap(), (small().key, stamp()));
    assert!(store::is_whole(&folder, &small().key, &stamp()));
    assert!(!store::is_whole(&folder, &key("tbs", "ISO 3 µM", "A07", 1), &stamp()));
    assert!(!store::is_whole(&folder, &key("tbs", "iso 3 µM", "A07", 2), &stamp()), "another condition");
}

#[test]
fn bare_recordings_come_back() {
    let results = tempdir().unwrap();
    let mut bare = recording(key("none", "control", "A01", 1), 0, 0);
    (bare.induction_s, bare.drug_on_s) = (None, None);
    bare.events.clear();
    bare.exposure.clear();
    let folder = written(results.path(), &bare);
    assert_eq!(store::read_slice(&folder).unwrap(), bare);
    let silent = recording(key("none", "control", "A01", 2), 2, 0);
    let folder = written(results.path(), &silent);
    assert_eq!(store::read_slice(&folder).unwrap(), silent);
}

#[test]
fn the_bytes_depend_on_the_content_only() {
    let (one, two) = (tempdir().unwrap(), tempdir().unwrap());
    let first = written(one.path(), &small());
    let mine = small();
    let others: Vec<_> = (3..=6).map(|slice| recording(key("tbs", "APV", "A01", slice), 9, 40)).collect();
    std::thread::scope(|scope| {
        for slice in others.iter().chain([&mine]) {
            scope.spawn(|| written(two.path(), slice));
        }
    });
    assert_eq!(files(&first), files(&two.path().join("s2")));
    for slice in &others {
        assert!(store::is_whole(&two.path().join(format!("s{}", slice.key.slice)), &slice.key, &stamp()));
    }
}

#[test]
fn a_slice_is_replaced_by_itself_but_not_by_another() {
    let results = tempdir().unwrap();
    let mut slice = small();
    written(results.path(), &slice);
    slice.sweeps.pop();
    let folder = written(results.path(), &slice);
    assert_eq!(store::read_slice(&folder).unwrap(), slice);
    // A broken copy is replaced, too.
    fs::write(folder.join(store::HEAD), "").unwrap();
    written(results.path(), &slice);
    assert!(store::is_whole(&folder, &slice.key, &stamp()));
    let twin = recording(key("tbs", "iso 3 um", "A07", 2), 1, 1);
    let error = store::write_slice(&folder, &twin, &stamp(), &[]).unwrap_err();
    assert!(matches!(&error, StoreError::Collision { .. }));
    assert!(error.to_string().contains("slice 2 of animal A07 (tbs, ISO 3 µM)"), "{error}");
    assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1, "no temporary folder stays");
}

#[test]
fn further_files_are_part_of_the_slice() {
    let results = tempdir().unwrap();
    let slice = small();
    let folder = results.path().join("s2");
    store::write_slice(&folder, &slice, &stamp(), &[("mechanism.toml", b"x = 1\n")]).unwrap();
    assert_eq!(fs::read(folder.join("mechanism.toml")).unwrap(), b"x = 1\n");
    assert!(store::is_whole(&folder, &slice.key, &stamp()));
    fs::write(folder.join("mechanism.toml"), "x = 2\n").unwrap();
    assert!(!store::is_whole(&folder, &slice.key, &stamp()));
    for name in ["slice.toml", "sweeps.parquet", "../x", "a/b", "", ".hidden", ".."] {
        let refused = store::write_slice(&folder, &slice, &stamp(), &[(name, b"")]);
        assert!(matches!(refused, Err(StoreError::Invalid { .. })), "{name}");
    }
}

/// Cut files and flipped bits give an error that names the file; nothing
/// panics, nothing passes.
#[test]
fn damage_is_always_found() {
    let results = tempdir().unwrap();
    let slice = recording(key("tbs", "APV", "A01", 1), 2, 4);
    let folder = written(results.path(), &slice);
    for name in [store::SWEEPS, store::HEAD] {
        let path = folder.join(name);
        let intact = fs::read(&path).unwrap();
        let expect_error = |bytes: &[u8], how: String| {
            fs::write(&path, bytes).unwrap();
            let error = store::read_slice(&folder).expect_err(&how);
            assert!(error.to_string().contains(&*path.to_string_lossy()), "{how}: {error}");
            assert!(!store::is_whole(&folder, &slice.key, &stamp()), "{how}");
        };
        for length in (0..intact.len()).step_by(7).chain([intact.len() - 1]) {
            expect_error(&intact[..length], format!("{name} cut to {length}"));
        }
        for byte in 0..intact.len() {
            let mut flipped = intact.clone();
            flipped[byte] ^= 1 << (byte % 8);
            expect_error(&flipped, format!("{name} with byte {byte} changed"));
        }
        expect_error(&[&intact[..], b" "].concat(), format!("{name} with a byte more"));
        fs::remove_file(&path).unwrap();
        assert!(matches!(store::read_slice(&folder), Err(StoreError::Missing { .. })));
        fs::write(&path, &intact).unwrap();
    }
    assert_eq!(store::read_slice(&folder).unwrap(), slice);
}

#[test]
fn another_format_is_named_before_its_content() {
    let results = tempdir().unwrap();
    let folder = written(results.path(), &small());
    let body = "format = 1\nunknown = \"layout\"\n";
    let sum = recording::digest::sha256_hex(body.as_bytes());
    fs::write(folder.join(store::HEAD), format!("{body}# sha256 {sum}\n")).unwrap();
    let error = store::read_slice(&folder).unwrap_err();
    assert!(matches!(error, StoreError::Format { found: 1, expected: 2, .. }), "{error}");
}

#[test]
fn impossible_numbers_are_not_written() {
    let results = tempdir().unwrap();
    let faults: [fn(&mut SliceRecording); 8] = [
        |slice| slice.sweeps[1].start_s = f64::NAN,
        |slice| slice.sweeps[1].stimulus_ms[0] = f64::INFINITY,
        |slice| slice.sweeps[1].rate_hz = 0.0,
        |slice| slice.sweeps[1].scale = -1.0,
        |slice| slice.induction_s = Some(f64::NAN),
        |slice| slice.events[0].time_s = f64::NAN,
        |slice| slice.exposure[0].tissue_um[0] = f64::NAN,
        |slice| slice.exposure[0].time_s.truncate(1),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let mut slice = small();
        fault(&mut slice);
        let refused = store::write_slice(&results.path().join("above/slice"), &slice, &stamp(), &[]);
        assert!(matches!(refused, Err(StoreError::Invalid { .. })), "fault {number}");
    }
    assert!(!results.path().join("above").exists());
}

fn any_sweep() -> impl Strategy<Value = Sweep> {
    let number = || prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    let above_zero = || prop::num::f64::NORMAL.prop_map(f64::abs);
    let lists = (prop::collection::vec(number(), 0..4), prop::collection::vec(any::<i16>(), 0..50));
    (any::<u32>(), "\\PC{0,8}", 0..4_usize, number(), lists, above_zero(), above_zero(), number()).prop_map(
        |(index, pathway, phase, start_s, (stimulus_ms, samples), rate_hz, scale, offset)| {
            let phase = Phase::ALL[phase];
            Sweep { index, pathway, phase, start_s, stimulus_ms, rate_hz, scale, offset, samples }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_slice_comes_back(
        sweeps in prop::collection::vec(any_sweep(), 0..12),
        condition in "\\PC{1,20}",
        induction_s in prop::option::of(prop::num::f64::NORMAL),
    ) {
        let results = tempdir().unwrap();
        let mut slice = recording(key("tbs", &condition, "A 1/2", 1), 0, 0);
        (slice.sweeps, slice.induction_s) = (sweeps, induction_s);
        let folder = written(results.path(), &slice);
        prop_assert_eq!(store::read_slice(&folder).unwrap(), slice);
    }
}
