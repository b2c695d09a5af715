//! Slices on disk: what is written comes back; what is damaged does not.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::{key, manifest, recording};
use proptest::prelude::*;
use recording::store::{self, Layout, StoreError};
use recording::{Phase, SliceRecording, Sweep};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

fn small() -> SliceRecording {
    recording(key("tbs", "ISO 3 µM", "A07", 2), 9, 40)
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
    let folder = store::write_slice(results.path(), &small()).unwrap();
    assert_eq!(folder, results.path().join("recordings/tbs/iso-3-um/a07-s2"));
    assert_eq!(folder, store::slice_dir(results.path(), &small().key));
    assert_eq!(store::read_slice(&folder).unwrap(), small());
    assert!(store::is_complete(results.path(), &small().key));
    assert!(!store::is_complete(results.path(), &key("tbs", "ISO 3 µM", "A07", 1)));
    assert!(!store::is_complete(results.path(), &key("tbs", "iso 3 µM", "A07", 2)), "another condition");
}

#[test]
fn bare_recordings_come_back() {
    let results = tempdir().unwrap();
    let mut bare = recording(key("none", "control", "A01", 1), 0, 0);
    (bare.induction_s, bare.drug_on_s) = (None, None);
    bare.events.clear();
    bare.exposure.clear();
    let folder = store::write_slice(results.path(), &bare).unwrap();
    assert_eq!(store::read_slice(&folder).unwrap(), bare);
    let silent = recording(key("none", "control", "A01", 2), 2, 0);
    let folder = store::write_slice(results.path(), &silent).unwrap();
    assert_eq!(store::read_slice(&folder).unwrap(), silent);
}

#[test]
fn the_bytes_depend_on_the_content_only() {
    let (one, two) = (tempdir().unwrap(), tempdir().unwrap());
    let first = store::write_slice(one.path(), &small()).unwrap();
    let mine = small();
    let others: Vec<_> = (1..=4).map(|slice| recording(key("tbs", "APV", "A01", slice), 9, 40)).collect();
    std::thread::scope(|scope| {
        for slice in others.iter().chain([&mine]) {
            scope.spawn(|| store::write_slice(two.path(), slice).unwrap());
        }
    });
    let again = store::slice_dir(two.path(), &small().key);
    assert_eq!(files(&first), files(&again));
    for slice in &others {
        assert!(store::is_complete(two.path(), &slice.key));
    }
}

#[test]
fn a_slice_is_replaced_by_itself_but_not_by_another() {
    let results = tempdir().unwrap();
    let mut slice = small();
    store::write_slice(results.path(), &slice).unwrap();
    slice.sweeps.pop();
    let folder = store::write_slice(results.path(), &slice).unwrap();
    assert_eq!(store::read_slice(&folder).unwrap(), slice);
    // A broken copy is replaced, too.
    fs::write(folder.join(store::HEAD), "").unwrap();
    store::write_slice(results.path(), &slice).unwrap();
    assert!(store::is_complete(results.path(), &slice.key));
    let twin = recording(key("tbs", "iso 3 um", "A07", 2), 1, 1);
    let error = store::write_slice(results.path(), &twin).unwrap_err();
    assert!(matches!(&error, StoreError::Collision { .. }));
    assert!(error.to_string().contains("slice 2 of animal A07 (tbs, ISO 3 µM)"), "{error}");
    assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1, "no temporary folder stays");
}

#[test]
fn the_manifest_keeps_alike_names_apart() {
    let results = tempdir().unwrap();
    let mut plan = manifest();
    plan.conditions[0].name = String::from("iso 3 um");
    plan.statistics.reference = String::from("APV");
    plan.write(&results.path().join("manifest.toml")).unwrap();
    let layout = Layout::of(results.path(), &plan);
    let twins = [small(), recording(key("tbs", "iso 3 um", "A07", 2), 1, 1)];
    for twin in &twins {
        layout.write_slice(twin, &[]).unwrap();
        assert!(layout.is_complete(&twin.key));
    }
    let found = store::list_slices(results.path()).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].read().unwrap(), found[1].read().unwrap()), (twins[1].clone(), twins[0].clone()));
}

#[test]
fn further_files_are_part_of_the_slice() {
    let results = tempdir().unwrap();
    let slice = small();
    let folder = store::write_slice_with(results.path(), &slice, &[("mechanism.toml", b"x = 1\n")]).unwrap();
    assert_eq!(fs::read(folder.join("mechanism.toml")).unwrap(), b"x = 1\n");
    assert!(store::is_complete(results.path(), &slice.key));
    fs::write(folder.join("mechanism.toml"), "x = 2\n").unwrap();
    assert!(!store::is_complete(results.path(), &slice.key));
    for name in ["slice.toml", "sweeps.parquet", "../x", "a/b", "", ".hidden", ".."] {
        let refused = store::write_slice_with(results.path(), &slice, &[(name, b"")]);
        assert!(matches!(refused, Err(StoreError::Invalid { .. })), "{name}");
    }
}

#[test]
fn slices_are_listed_in_the_order_of_the_manifest() {
    let results = tempdir().unwrap();
    manifest().write(&results.path().join("manifest.toml")).unwrap();
    assert_eq!(store::list_slices(results.path()).unwrap(), []);
    let mut keys = Vec::new();
    for induction in ["tbs", "hfs-2x100"] {
        for condition in ["control", "ISO 3 µM", "APV"] {
            for animal in ["A2", "A10"] {
                keys.extend((1..=2).map(|slice| key(induction, condition, animal, slice)));
            }
        }
    }
    for key in keys.iter().rev() {
        store::write_slice(results.path(), &recording(key.clone(), 1, 3)).unwrap();
    }
    let listed: Vec<_> = store::list_slices(results.path()).unwrap().into_iter().map(|s| s.key).collect();
    assert_eq!(listed, keys);
    let stranger = recording(key("tbs", "PTX", "A1", 1), 1, 3);
    store::write_slice(results.path(), &stranger).unwrap();
    let error = store::list_slices(results.path()).unwrap_err();
    assert!(error.to_string().contains("condition \"PTX\" is not in the manifest"), "{error}");
}

#[test]
fn a_folder_without_manifest_is_no_results_folder() {
    let results = tempdir().unwrap();
    let error = store::list_slices(results.path()).unwrap_err();
    assert!(matches!(&error, StoreError::Missing { path, .. } if path.ends_with("manifest.toml")));
    assert!(error.to_string().ends_with("does not exist: expected the manifest of a results folder"));
}

#[test]
fn leftovers_are_ignored_and_swept() {
    let results = tempdir().unwrap();
    manifest().write(&results.path().join("manifest.toml")).unwrap();
    let folder = store::write_slice(results.path(), &small()).unwrap();
    let leftover: PathBuf = folder.with_file_name(".a08-s1.4242-0.tmp");
    fs::create_dir(&leftover).unwrap();
    fs::write(leftover.join("sweeps.parquet"), "PAR1").unwrap();
    fs::write(results.path().join(".findings.json.4242-1.tmp"), "{").unwrap();
    fs::write(results.path().join("notes.tmp"), "mine").unwrap();
    assert_eq!(store::list_slices(results.path()).unwrap().len(), 1);
    assert_eq!(store::sweep_leftovers(results.path()).unwrap(), 2);
    assert_eq!(store::sweep_leftovers(results.path()).unwrap(), 0);
    assert!(!leftover.exists() && results.path().join("notes.tmp").exists());
    assert_eq!(store::read_slice(&folder).unwrap(), small());
    assert_eq!(store::sweep_leftovers(&results.path().join("absent")).unwrap(), 0);
}

/// Cut files and flipped bits give an error that names the file; nothing
/// panics, nothing passes.
#[test]
fn damage_is_always_found() {
    let results = tempdir().unwrap();
    let slice = recording(key("tbs", "APV", "A01", 1), 2, 4);
    let folder = store::write_slice(results.path(), &slice).unwrap();
    for name in [store::SWEEPS, store::HEAD] {
        let path = folder.join(name);
        let intact = fs::read(&path).unwrap();
        let expect_error = |bytes: &[u8], how: String| {
            fs::write(&path, bytes).unwrap();
            let error = store::read_slice(&folder).expect_err(&how);
            assert!(error.to_string().contains(&*path.to_string_lossy()), "{how}: {error}");
            assert!(!store::is_complete(results.path(), &slice.key), "{how}");
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
    let folder = store::write_slice(results.path(), &small()).unwrap();
    let body = "format = 2\nunknown = \"layout\"\n";
    let sum = recording::atomic::sha256_hex(body.as_bytes());
    fs::write(folder.join(store::HEAD), format!("{body}# sha256 {sum}\n")).unwrap();
    let error = store::read_slice(&folder).unwrap_err();
    assert!(matches!(error, StoreError::Format { found: 2, expected: 1, .. }), "{error}");
}

#[test]
fn impossible_numbers_are_not_written() {
    let results = tempdir().unwrap();
    let faults: [fn(&mut SliceRecording); 8] = [
        |slice| slice.sweeps[1].start_s = f64::NAN,
        |slice| slice.sweeps[1].stimulus_ms[0] = f64::INFINITY,
        |slice| slice.sweeps[1].rate_hz = 0.0,
        |slice| slice.sweeps[1].scale_mv = -1.0,
        |slice| slice.induction_s = Some(f64::NAN),
        |slice| slice.events[0].time_s = f64::NAN,
        |slice| slice.exposure[0].tissue_um[0] = f64::NAN,
        |slice| slice.exposure[0].time_s.truncate(1),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let mut slice = small();
        fault(&mut slice);
        let refused = store::write_slice(results.path(), &slice);
        assert!(matches!(refused, Err(StoreError::Invalid { .. })), "fault {number}");
    }
    assert!(!results.path().join("recordings").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let results = tempdir().unwrap();
    fs::write(results.path().join("recordings"), "a file in the way").unwrap();
    let error = store::write_slice(results.path(), &small()).unwrap_err();
    assert!(matches!(&error, StoreError::Unwritable { path, .. } if path.ends_with("a07-s2")), "{error}");
}

fn any_sweep() -> impl Strategy<Value = Sweep> {
    let number = || prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    let above_zero = || prop::num::f64::NORMAL.prop_map(f64::abs);
    let lists = (prop::collection::vec(number(), 0..4), prop::collection::vec(any::<i16>(), 0..50));
    (any::<u32>(), "\\PC{0,8}", 0..4_usize, number(), lists, above_zero(), above_zero(), number()).prop_map(
        |(index, pathway, phase, start_s, (stimulus_ms, samples), rate_hz, scale_mv, offset_mv)| {
            let phase = Phase::ALL[phase];
            Sweep { index, pathway, phase, start_s, stimulus_ms, rate_hz, scale_mv, offset_mv, samples }
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
        let folder = store::write_slice(results.path(), &slice).unwrap();
        prop_assert!(folder.starts_with(results.path().join("recordings")));
        prop_assert_eq!(store::read_slice(&folder).unwrap(), slice);
    }
}
