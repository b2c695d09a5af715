//! WinLTP, ATF and Parquet: small files by hand or by another writer.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::{TimeCourseTable, TraceFile, inspect};
use std::fs;
use std::path::{Path, PathBuf};

fn file(folder: &tempfile::TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/parquet").join(name)
}

fn trace(file: &TraceFile, sweep: usize, channel: usize) -> Vec<f64> {
    let mut trace = Vec::new();
    file.read_sweep(sweep, channel, &mut trace).unwrap();
    trace
}

const WINLTP: &str = "\"WinLTP\"\t\"3.01\"\r\n\"Protocol\"\t\"LTP two paths\"\r\n\"NumSamples\"\t4\r\n\
    \"SampleInterval_ms\"\t0.05\r\n\"S0_PrePulseDur_ms\"\t5.0\r\n\"S1_PrePulseDur_ms\"\t7.5\r\n\
    \"RsRmPulseAmp_mV_mV\" -5 -5\r\n\"AD0\"\t\"AD1\"\r\n\"pA\"\t\"mV\"\r\n\
    1.5\t-70\r\n2.5\t-69.5\r\n\t\r\n-3e-1\t-69\r\n 0\t-68\r\n";

#[test]
fn a_winltp_sweep_with_two_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| TraceFile::open(&file(&folder, name, WINLTP.as_bytes())).unwrap();
    let pulse = open("exp_001.P0");
    assert_eq!((pulse.format(), pulse.version(), pulse.rate_hz()), ("WinLTP", "3.01", 20_000.0));
    let units: Vec<_> = pulse.channels().iter().map(|c| (c.name.as_str(), c.unit.as_str())).collect();
    assert_eq!((units, pulse.sweep_len(0)), (vec![("AD0", "pA"), ("AD1", "mV")], 4));
    assert_eq!(
        (trace(&pulse, 0, 0), trace(&pulse, 0, 1)),
        (vec![1.5, 2.5, -0.3, 0.0], vec![-70.0, -69.5, -69.0, -68.0])
    );
    assert_eq!(pulse.protocol(), Some("LTP two paths"));
    let of = |file: &TraceFile| (file.note(0).unwrap().pathway.clone(), file.note(0).unwrap().stimulus_ms.clone());
    assert_eq!(of(&pulse), (Some(String::from("S0")), vec![5.0]));
    for name in ["exp_001.P1", "exp_001.AP1"] {
        assert_eq!(of(&open(name)), (Some(String::from("S1")), vec![7.5]));
    }
}

#[test]
fn missing_samples_of_winltp_are_no_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let text = WINLTP.replace("2.5\t-69.5", "2.5\t--").replace(" 0\t-68", "7");
    let open = TraceFile::open(&file(&folder, "a.T0", text.as_bytes())).unwrap();
    let second = trace(&open, 0, 1);
    assert!(second[1].is_nan() && second[3].is_nan() && second[2] == -69.0);
    assert_eq!(open.remarks(), ["2 samples are missing"]);
}

#[test]
fn faults_of_winltp_name_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let said = |from: &str, to: &str| {
        TraceFile::open(&file(&folder, "a.P0", WINLTP.replace(from, to).as_bytes())).unwrap_err().to_string()
    };
    let cases = [
        ("\t4\r", "\t5\r", "line 3: NumSamples is 5: expected 4, the rows of samples"),
        ("\t4\r", "\tfour\r", "line 3: NumSamples is \"four\": expected a whole number"),
        ("0.05", "-0.05", "line 4: SampleInterval_ms is -0.05: expected an interval above zero"),
        ("0.05", "x", "line 4: SampleInterval_ms is \"x\": expected a number"),
        ("\"SampleInterval_ms\"\t0.05", "\"x\" 1", "no line \"SampleInterval_ms\""),
        ("\"AD0\"", "\"ADX\"", "the end of the file: expected a line of columns that begins with \"AD0\""),
        ("2.5\t-69.5", "2.5\t1\t2", "line 11: 3 samples: expected 2, as many as channels"),
    ];
    for (from, to, expected) in cases {
        let found = said(from, to);
        assert!(found.contains(expected), "{found}");
    }
}

/// Keys of WinLTP 2.32's published file structure: the day without marks, the time as
/// seconds after midnight, columns of series resistance that are shorter or empty.
#[test]
fn a_sweep_of_winltp_2_says_when_it_began() {
    let folder = tempfile::tempdir().unwrap();
    let text = "\"LTP_ASF\"\t\"2.18V\"\r\n\"DateFileSaved\"\t20000611\r\n\"TimeFileStarted\"\t\"13:53:20.0\"\r\n\
        \"TimeStartedMidnite_s\"\t50000.0\r\n\"NumSamples\"\t3\r\n\"SampleInterval_ms\"\t0.1\r\n\
        \"Rs_NumSamples\"\tRS\r\n\"S0_PrePulseDur_ms\"\t10.0\r\n\"AD0\"\t\"AD0_Rs\"\r\n\"mV\"\t\"mV\"\r\n\
        0.5\tR\r\n0.25\r\n-1\r\n";
    let open = |rs: &str, first: &str| {
        let text = text.replace("RS", rs).replace("\tR\r", &format!("{first}\r"));
        TraceFile::open(&file(&folder, "00611000.P0", text.as_bytes())).unwrap()
    };
    let none = open("0", "");
    assert_eq!((none.version(), none.started()), ("2.18V", Some("2000-06-11T13:53:20.000")));
    assert_eq!((none.channels().len(), trace(&none, 0, 0)), (1, vec![0.5, 0.25, -1.0]));
    assert!(none.remarks().is_empty(), "{:?}", none.remarks());
    let short = open("1", "\t0.75");
    assert_eq!((short.channels().len(), trace(&short, 0, 0)), (1, vec![0.5, 0.25, -1.0]));
    assert!(short.remarks()[0].contains("AD0_Rs"), "{:?}", short.remarks());
    let later = TraceFile::open(&file(
        &folder,
        "b.P0",
        text.replace("RS", "0").replace("\tR\r", "\r").replace("50000.0", "50040.5").as_bytes(),
    ))
    .unwrap();
    assert_eq!(later.started_s().zip(none.started_s()).map(|(b, a)| b - a), Some(40.5));
}

const ATF: &str = "ATF\t1.0\r\n5\t5\r\n\"AcquisitionMode=Episodic Stimulation\"\r\n\"Comment=slice 3\"\r\n\
    \"SweepStartTimesMS=0.000,15000.000\"\r\n\"SignalsExported=Vm,Im\"\r\n\"Signals=\"\t\"Vm\"\t\"Im\"\t\"Vm\"\t\"Im\"\r\n\
    \"Time (ms)\"\t\"Trace #1 (mV)\"\t\"Trace #1 (pA)\"\t\"Trace #2 (mV)\"\t\"Trace #2 (pA)\"\r\n\
    0\t-70\t1\t-71\t5\r\n0.1\t-70.5\t2\t-71.5\t6\r\n0.2\t-70\t3\t-71\t7\r\n";

#[test]
fn an_axon_text_file_of_two_signals() {
    let folder = tempfile::tempdir().unwrap();
    let open = TraceFile::open(&file(&folder, "a.txt", ATF.as_bytes())).unwrap();
    assert_eq!((open.format(), open.version(), open.rate_hz(), open.sweep_count()), ("ATF", "1.0", 10_000.0, 2));
    let units: Vec<_> = open.channels().iter().map(|c| (c.name.as_str(), c.unit.as_str())).collect();
    assert_eq!((units, open.comment()), (vec![("Vm", "mV"), ("Im", "pA")], "slice 3"));
    assert_eq!((trace(&open, 1, 0), trace(&open, 0, 1)), (vec![-71.0, -71.5, -71.0], vec![1.0, 2.0, 3.0]));
    assert_eq!((open.sweep_start_s(1), open.note(1).unwrap().name.as_deref()), (15.0, Some("Trace #2")));
    for (from, to, expected) in [
        ("5\t5", "6\t5", "line 8: 5 titles"),
        ("5\t5", "5\tx", "line 2: \"5\tx\": expected the number of header lines"),
        ("0.1\t-70.5", "0.15\t-70.5", "times that are not even"),
        ("\t-71.5\t6", "\t-71.5", "line 10: 4 cells: expected 5"),
        ("\t3\t", "\tx\t", "line 11: \"x\": expected a number"),
    ] {
        let path = file(&folder, "b.atf", ATF.replacen(from, to, 1).as_bytes());
        let found = TraceFile::open(&path).unwrap_err().to_string();
        assert!(found.contains(expected) || from == "5\t5" && found.contains("line 9: "), "{found}");
    }
}

/// Values by the rule in `golden/parquet/make.py`.
#[test]
fn parquet_of_another_writer_in_every_compression() {
    for name in ["none", "snappy", "gzip", "zstd"] {
        let open = TraceFile::open(&golden(&format!("{name}.parquet"))).unwrap();
        assert_eq!((open.format(), open.rate_hz(), open.sweep_count()), ("Parquet", 10_000.0, 2));
        assert_eq!(open.channels()[0].unit, "mV");
        assert_eq!(trace(&open, 0, 0), (0..40).map(|k| f64::from(k) * 0.5 - 3.0).collect::<Vec<_>>());
        assert_eq!(trace(&open, 1, 0), (0..40).map(|k| -f64::from(k)).collect::<Vec<_>>());
    }
    let course = TimeCourseTable::open(&golden("course.parquet")).unwrap();
    assert_eq!(course.times_s, [-60.0, -30.0, 30.0]);
    assert_eq!(course.courses[0].values, [Some(-0.5), None, Some(-1.0)]);
}

#[test]
fn damaged_parquet_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(golden("gzip.parquet")).unwrap();
    let said = |bytes: &[u8]| TraceFile::open(&file(&folder, "a.csv", bytes)).unwrap_err().to_string();
    assert!(said(&whole[..whole.len() - 40]).contains("do not begin and end with PAR1: it is not whole"));
    let mut lying = whole.clone();
    let end = lying.len() - 8;
    lying[end..end + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let found = said(&lying);
    assert!(found.contains("a.csv") && found.contains("the footer is 4294967295 bytes long"), "{found}");
}

/// A table that is no recording is described by its columns.
#[test]
fn tables_of_values_are_inspected_by_column() {
    let found = inspect(&golden("course.parquet"), true).unwrap();
    assert_eq!((found.sweep_count, found.rate_hz, found.columns.len()), (0, None, 3));
    let column = &found.columns[1];
    assert_eq!(
        (column.name.as_str(), column.unit.as_deref(), column.filled, column.missing),
        ("a", Some("mV/ms"), 2, 1)
    );
    assert_eq!(column.values.as_ref().unwrap().mean, -0.75);
    assert_eq!(found.remarks, ["measured values over time: 2 recordings at 3 times"]);
}
