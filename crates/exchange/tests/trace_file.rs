//! One door for every format: values and faults by hand.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::csv::TimeUnit;
use exchange::{ExchangeError, Stated, TraceFile};
use std::fs;
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/abf").join(name)
}

/// A file of that content; the name says nothing about it.
fn file(folder: &tempfile::TempDir, content: &[u8]) -> PathBuf {
    let path = folder.path().join("recording.dat");
    fs::write(&path, content).unwrap();
    path
}

fn traces(file: &TraceFile) -> Vec<Vec<f64>> {
    let mut trace = Vec::new();
    let mut read = |sweep, channel| {
        file.read_sweep(sweep, channel, &mut trace).unwrap();
        trace.clone()
    };
    (0..file.sweep_count()).map(|sweep| read(sweep, 0)).collect()
}

#[test]
fn an_axon_file_under_another_name_is_an_axon_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, &fs::read(golden("File_axon_3.abf")).unwrap());
    let file = TraceFile::open(&path).unwrap();
    assert_eq!((file.format(), file.sweep_count(), file.rate_hz()), ("ABF1", 5, 20_000.0));
    assert_eq!((file.sweep_len(4), file.sweep_start_s(4)), (20_644, 360.0));
    assert!(file.sweep_start_s(5).is_nan() && file.sweep_len(5) == 0);
    let abf = exchange::abf::Abf::open(&path).unwrap();
    assert_eq!(file.channels().len(), abf.channels().len());
    let mut trace = vec![9.0];
    file.read_sweep(3, 1, &mut trace).unwrap();
    assert_eq!(trace, abf.channel(3, 1).unwrap());
    assert_eq!(file.statistics(3, 1).unwrap(), abf.statistics(3).unwrap()[1]);
    let said = file.read_sweep(5, 0, &mut trace).unwrap_err().to_string();
    assert!(said.contains("no sweep 5: expected 0 to 4"), "{said}");
    assert!(matches!(file.read_sweep(0, 9, &mut trace), Err(ExchangeError::NoChannel { asked: 9, .. })));
}

#[test]
fn a_wide_table_says_its_units_in_its_titles() {
    let folder = tempfile::tempdir().unwrap();
    let table = "\u{feff}time (ms);sweep_1_uV;sweep_2_uV\r\n0,1;16,1;-3\r\n0,2;20,8;4,5\r\n0,3;1;2\r\n";
    let file = TraceFile::open(&file(&folder, table.as_bytes())).unwrap();
    assert_eq!((file.format(), file.sweep_count(), file.rate_hz()), ("CSV", 2, 10_000.0));
    assert_eq!((file.channels()[0].name.as_str(), file.channels()[0].unit.as_str()), ("field", "uV"));
    assert_eq!(traces(&file), [[16.1, 20.8, 1.0], [-3.0, 4.5, 2.0]]);
    assert_eq!(file.note(1).unwrap().name.as_deref(), Some("sweep_2"));
    assert!((file.sweep_start_s(1) - 0.3e-3).abs() < 1e-12);
    assert!(file.remarks()[0].contains("back to back"));
}

#[test]
fn columns_of_different_units_are_channels_of_one_sweep() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, b"Time (s),Vm (mV),Im (pA)\n0,-70,1\n0.0001,-69,2\n0.0002,-68,\n");
    let file = TraceFile::open(&path).unwrap();
    let names: Vec<_> = file.channels().iter().map(|c| (c.name.as_str(), c.unit.as_str())).collect();
    assert_eq!((file.sweep_count(), names), (1, vec![("Vm", "mV"), ("Im", "pA")]));
    let mut trace = Vec::new();
    file.read_sweep(0, 1, &mut trace).unwrap();
    assert_eq!(trace, [1.0, 2.0]);
}

#[test]
fn a_long_table_has_a_column_that_names_the_sweep() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, b"sweep\ttime_us\tfield_mV\na\t0\t1\na\t50\t2\nb\t0\t3\nb\t50\t4\n");
    let file = TraceFile::open(&path).unwrap();
    assert_eq!((file.rate_hz(), file.channels()[0].name.as_str()), (20_000.0, "field"));
    assert_eq!(traces(&file), [[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(file.note(1).unwrap().name.as_deref(), Some("b"));
}

#[test]
fn what_a_table_does_not_say_has_to_be_stated() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, b"sample,20uA_rep1,note,20uA_rep2\n0,1,x,5\n1,2,x,6\n");
    let said = TraceFile::open(&path).unwrap_err().to_string();
    assert!(said.contains("the sampling rate is not in the file: state it in Hz"), "{said}");
    let mut stated = Stated { rate_hz: Some(20_000.0), interval_s: Some(30.0), ..Stated::default() };
    let open = TraceFile::open_stated(&path, &stated).unwrap();
    assert_eq!((open.sweep_count(), open.rate_hz(), open.sweep_start_s(1)), (2, 20_000.0, 30.0));
    assert_eq!(open.channels()[0].unit, "?");
    stated.unit = Some(String::from("mV"));
    stated.sweeps = Some(vec![String::from("20uA_rep2")]);
    let open = TraceFile::open_stated(&path, &stated).unwrap();
    assert_eq!((traces(&open), open.channels()[0].unit.as_str()), (vec![vec![5.0, 6.0]], "mV"));
    stated.sweeps = Some(vec![String::from("absent")]);
    assert!(TraceFile::open_stated(&path, &stated).unwrap_err().to_string().contains("no column \"absent\""));

    let bare = file(&folder, b"t,a\n0,1\n1,2\n");
    let said = TraceFile::open(&bare).unwrap_err().to_string();
    assert!(said.contains("the unit of the column of times is not in the file"), "{said}");
    let stated = Stated { time_unit: Some(TimeUnit::Milliseconds), ..Stated::default() };
    assert_eq!(TraceFile::open_stated(&bare, &stated).unwrap().rate_hz(), 1000.0);
}

#[test]
fn other_files_are_refused_by_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let said = |content: &[u8]| TraceFile::open(&file(&folder, content)).unwrap_err().to_string();
    assert!(said(b"").contains("recording.dat: byte 0: the content begins with nothing: the file is empty"));
    assert!(said(b"\x00\x01PNG").contains("\"\\x00\\x01PNG\": expected ABF 1 or 2, NWB"));
    assert!(said(b"time_min,a\n0,1\n0.25,2\n").contains("a time course of measured values"));
    assert!(said(b"time_ms,a\n0,1\n0.1,x\n").contains("no column of samples"));
    assert!(said(b"time_ms,a\n0,1\n0.1\n").contains("line 3: 1 cells: expected 2"));
    let absent = TraceFile::open(&folder.path().join("absent.abf")).unwrap_err();
    assert!(absent.is_missing() && absent.to_string().contains("absent.abf"));
}
