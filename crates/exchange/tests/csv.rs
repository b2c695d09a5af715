//! Sweeps from text tables: values and faults by hand.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::csv::CsvError;
use exchange::{ExchangeError, Stated, TraceFile};

/// A table opened as a recording.
fn open(csv: &str, stated: &Stated) -> Result<TraceFile, ExchangeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording.csv");
    std::fs::write(&path, csv).unwrap();
    TraceFile::open_stated(&path, stated)
}

/// Sweeps of these titles.
fn of(sweeps: &[&str]) -> Stated {
    Stated { sweeps: Some(sweeps.iter().map(|title| (*title).to_owned()).collect()), ..Stated::default() }
}

fn trace(file: &TraceFile, sweep: usize) -> Vec<f64> {
    let mut trace = Vec::new();
    file.read_sweep(sweep, 0, &mut trace).unwrap();
    trace
}

#[test]
fn a_shorter_sweep_of_a_wide_table_ends_where_its_cells_end() {
    let csv = "time_ms,note,s1,s2\n0,x,100,-500\n0.005,x,200,-400\n0.01,x,300,\n0.015,x,400,\n";
    let stated = Stated { interval_s: Some(20.0), ..of(&["s1", "s2"]) };
    let file = open(csv, &stated).unwrap();
    assert_eq!((file.sweep_count(), file.rate_hz(), file.sweep_start_s(1)), (2, 200_000.0, 20.0));
    assert_eq!(trace(&file, 0), [100.0, 200.0, 300.0, 400.0]);
    assert_eq!(trace(&file, 1), [-500.0, -400.0]);
}

#[test]
fn long_tables_keep_the_order_of_their_sweeps() {
    let csv = "sweep;time (s);v (mV)\nb;0;1,5\na;0;-2\nb;0,001;2,5\na;0,001;-3\nb;0,002;3,5\n";
    let file = open(csv, &Stated::default()).unwrap();
    let names: Vec<_> = (0..2).map(|sweep| file.note(sweep).unwrap().name.clone().unwrap()).collect();
    assert_eq!((names, file.rate_hz()), (vec!["b".to_owned(), "a".to_owned()], 1_000.0));
    assert_eq!((trace(&file, 0), trace(&file, 1)), (vec![1.5, 2.5, 3.5], vec![-2.0, -3.0]));
}

#[test]
fn a_stated_rate_needs_no_column_of_times() {
    let stated = Stated { rate_hz: Some(20_000.0), ..of(&["s1"]) };
    let file = open("sample,s1\n0,0.001\n1,0.002\n", &stated).unwrap();
    assert_eq!((file.rate_hz(), trace(&file, 0)), (20_000.0, vec![0.001, 0.002]));
}

#[test]
fn faults_are_named_with_row_and_expectation() {
    let even = "time_ms,s1\n0,1\n1,2\n2,3\n3,4\n";
    assert!(open(even, &of(&["s1"])).is_ok());
    let cases = [
        (even.replace("2,3", "2.5,3"), "row 3: the time of sweep \"s1\" is 0.0025 s: expected 0.002 s"),
        (even.replace("1,2", "1,"), "row 2: sweep \"s1\" has no value"),
        (even.replace("1,2", "1,inf"), "row 2: sweep \"s1\" is inf"),
        (even.replace("1,2", ",2"), "row 2: column \"time_ms\" has no time"),
        (even.replace("3,4", "0,4"), "the sampling rate is inf Hz"),
        (even.replace("s1", "s2"), "no column \"s1\"; the columns are time_ms, s2"),
        (String::from("time_ms,s1\n0,1\n"), "sweep \"s1\" has 1 samples: expected 2 or more"),
        (String::from("sweep,time_ms,s1\na,0,1\n,1,2\n"), "row 2: column \"sweep\" is empty"),
    ];
    for (csv, expected) in cases {
        let said = open(&csv, &of(&["s1"])).unwrap_err().to_string();
        assert!(said.contains(expected), "{expected}\nbut: {said}");
    }
    let gap = open(&even.replace("1,2", "1,"), &of(&["s1"])).unwrap_err();
    assert!(matches!(gap, ExchangeError::Csv { fault: CsvError::Gap { row: 2, .. }, .. }), "{gap}");
}
