//! Where slices lie in a results folder, and what is found there.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::slice::{key, recording};
use common::{manifest, stamps};
use recording::{SliceRecording, StoreError};
use results::{Layout, Results, StoredSlice};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn slices_or_fault(results: &Path) -> Result<Vec<StoredSlice>, StoreError> {
    Results::open(results)?.slices()
}

fn small() -> SliceRecording {
    recording(key("tbs", "ISO 3 µM", "A07", 2), 9, 40)
}

#[test]
fn a_slice_lies_under_its_induction_and_condition() {
    let results = tempdir().unwrap();
    let layout = Layout::new(results.path(), stamps());
    let folder = layout.write_slice(&small(), &[]).unwrap();
    assert_eq!(folder, results.path().join("recordings/tbs/iso-3-um/a07-s2"));
    assert_eq!(folder, layout.slice_dir(&small().key));
    assert!(layout.is_complete(&small().key));
    assert!(!layout.is_complete(&key("tbs", "ISO 3 µM", "A07", 1)));
    assert!(!layout.is_complete(&key("tbs", "iso 3 µM", "A07", 2)), "another condition");
    let twin = recording(key("tbs", "iso 3 um", "A07", 2), 1, 1);
    assert!(matches!(layout.write_slice(&twin, &[]), Err(StoreError::Collision { .. })));
}

#[test]
fn the_manifest_keeps_alike_names_apart() {
    let results = tempdir().unwrap();
    let mut plan = manifest();
    plan.conditions[0].name = String::from("iso 3 um");
    plan.statistics.reference = String::from("APV");
    plan.write(&results.path().join("manifest.toml")).unwrap();
    let layout = Layout::of(results.path(), &plan).unwrap();
    let twins = [small(), recording(key("tbs", "iso 3 um", "A07", 2), 1, 1)];
    for twin in &twins {
        layout.write_slice(twin, &[]).unwrap();
        assert!(layout.is_complete(&twin.key));
    }
    let found = Results::open(results.path()).unwrap().slices().unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].read().unwrap(), found[1].read().unwrap()), (twins[1].clone(), twins[0].clone()));
}

#[test]
fn slices_are_listed_in_the_order_of_the_manifest() {
    let results = tempdir().unwrap();
    manifest().write(&results.path().join("manifest.toml")).unwrap();
    assert_eq!(Results::open(results.path()).unwrap().slices().unwrap(), []);
    let mut keys = Vec::new();
    for induction in ["tbs", "hfs-2x100"] {
        for condition in ["control", "ISO 3 µM", "APV"] {
            for animal in ["A2", "A10"] {
                keys.extend((1..=2).map(|slice| key(induction, condition, animal, slice)));
            }
        }
    }
    for key in keys.iter().rev() {
        Layout::new(results.path(), stamps()).write_slice(&recording(key.clone(), 1, 3), &[]).unwrap();
    }
    let listed: Vec<_> = Results::open(results.path()).unwrap().slices().unwrap().into_iter().map(|s| s.key).collect();
    assert_eq!(listed, keys);
    let stranger = recording(key("tbs", "PTX", "A1", 1), 1, 3);
    Layout::new(results.path(), stamps()).write_slice(&stranger, &[]).unwrap();
    let error = slices_or_fault(results.path()).unwrap_err();
    assert!(error.to_string().contains("condition \"PTX\" is not in the manifest"), "{error}");
}

#[test]
fn a_folder_without_manifest_is_no_results_folder() {
    let results = tempdir().unwrap();
    let error = slices_or_fault(results.path()).unwrap_err();
    assert!(matches!(&error, StoreError::Missing { path, .. } if path.ends_with("manifest.toml")));
    assert!(error.to_string().ends_with("does not exist: expected the manifest of a results folder"));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let results = tempdir().unwrap();
    fs::write(results.path().join("recordings"), "a file in the way").unwrap();
    let error = Layout::new(results.path(), stamps()).write_slice(&small(), &[]).unwrap_err();
    assert!(matches!(&error, StoreError::Unwritable { path, .. } if path.ends_with("a07-s2")), "{error}");
}
