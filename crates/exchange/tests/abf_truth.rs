//! Real ABF files against what another reader makes of them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod truth;

use exchange::abf::Abf;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/abf")
}

fn open(name: &str) -> Abf {
    Abf::open(&golden().join(name)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_value_of_every_file() {
    let text = std::fs::read_to_string(golden().join("truth.json")).unwrap();
    let files: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(files.len(), 5);
    for known in &files {
        truth::compare(&open(known["file"].as_str().unwrap()), known);
    }
}

/// Places by hand from the synch array: 90 s apart in units of 12.5 µs; events
/// at 14479, 44979 and 147479 samples of 10 kHz.
#[test]
fn sweeps_start_where_the_synch_array_says() {
    let starts = |name: &str| -> Vec<f64> {
        let abf = open(name);
        (0..abf.sweep_count()).map(|sweep| abf.sweep(sweep).unwrap().start_s).collect()
    };
    assert_eq!(starts("File_axon_3.abf"), [0.0, 90.0, 180.0, 270.0, 360.0]);
    assert_eq!(open("File_axon_3.abf").sweep_interval_s(), 90.0);
    for (found, known) in starts("2020_06_16_0000.abf").iter().zip([1.4479, 4.4979, 14.7479]) {
        assert!((found - known).abs() < 1e-9, "{found}");
    }
}

#[test]
fn codes_and_values_are_one() {
    let abf = open("File_axon_3.abf");
    let codes = abf.codes(3, 1).unwrap().unwrap();
    let channel = &abf.channels()[1];
    let values: Vec<f64> = codes.iter().map(|&code| f64::from(code) * channel.scale + channel.offset).collect();
    assert_eq!(values, abf.channel(3, 1).unwrap());
}

#[test]
fn what_is_not_there_is_named() {
    let abf = open("18807005.abf");
    assert!(abf.channel(2, 0).unwrap_err().to_string().contains("no sweep 2: expected 0 to 1"));
    assert!(abf.channel(0, 1).unwrap_err().to_string().contains("no channel 1: expected 0 to 0"));
    assert!(Abf::open(&golden().join("absent.abf")).unwrap_err().to_string().contains("absent.abf"));
    assert!(Abf::open(&golden()).unwrap_err().to_string().contains("not a file"));
}

#[test]
fn inspection_reads_samples_only_if_asked() {
    let path = golden().join("2018_11_16_sh_0006.abf");
    let short = serde_json::to_value(exchange::inspect(&path, false).unwrap()).unwrap();
    assert!(short.get("statistics").is_none());
    assert_eq!(short["sweeps"].as_array().unwrap().len(), 60);
    assert_eq!(short["tags"][0]["comment"], "+drug at 3min");
    assert_eq!(short["mode"], "episodic");
    let full = serde_json::to_value(exchange::inspect(&path, true).unwrap()).unwrap();
    assert_eq!(full["statistics"].as_array().unwrap().len(), 60);
    assert_eq!(full["statistics"][59]["n"], 2000);
}

/// 10 GiB of gap-free recording as a sparse file: the header is read, the rest
/// is not.
#[test]
fn ten_gibibytes_are_inspected_without_loading_them() {
    let mut head = std::fs::read(golden().join("18807005.abf")).unwrap()[..6656].to_vec();
    let samples: u64 = 5 << 30;
    head[244..252].copy_from_slice(&samples.to_le_bytes());
    head[512..514].copy_from_slice(&3_i16.to_le_bytes());
    // No synch array: gap-free.
    head[316..332].fill(0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.abf");
    std::fs::write(&path, &head).unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(6656 + 2 * samples).unwrap();
    let inspection = exchange::inspect(&path, false).unwrap();
    assert_eq!((inspection.sweep_count, inspection.sweeps[0].points), (1, samples));
    // One sample less, and the header lies.
    file.set_len(6656 + 2 * samples - 1).unwrap();
    let error = exchange::inspect(&path, false).unwrap_err().to_string();
    assert!(error.contains("long.abf: byte 6656: the data section of 5368709120 samples"), "{error}");
}
