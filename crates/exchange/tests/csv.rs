//! Sweeps from text tables: values by hand.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::csv::{Columns, CsvError, PotentialUnit, Shape, Starts, TimeAxis, TimeUnit, digitise, sweeps};
use quantity::{Frequency, Time};
use recording::Phase;
use recording::table::Table;

fn table(text: &str) -> Table {
    Table::from_csv(text.as_bytes()).unwrap()
}

fn wide(columns: &[&str]) -> Columns {
    Columns {
        time: TimeAxis::Column { name: String::from("time_ms"), unit: TimeUnit::Milliseconds },
        shape: Shape::Wide { sweeps: columns.iter().map(|name| (*name).to_owned()).collect() },
        unit: PotentialUnit::Microvolts,
        starts: Starts::Interval(Time::from_s(20.0)),
    }
}

#[test]
fn wide_tables_in_stated_units() {
    let csv = "time_ms,note,s1,s2\n0,x,100,-500\n0.005,x,200,-400\n0.01,x,300,\n0.015,x,400,\n";
    let read = sweeps(&table(csv), &wide(&["s1", "s2"])).unwrap();
    assert_eq!((read[0].name.as_str(), read[0].rate_hz, read[0].start_s), ("s1", 200_000.0, 0.0));
    assert_eq!(read[0].field_mv, [0.1, 0.2, 0.3, 0.4].map(|v: f64| v * 1000.0 * 1e-3));
    // A shorter sweep ends where its cells end.
    assert_eq!((read[1].field_mv.len(), read[1].start_s, read[1].rate_hz), (2, 20.0, 200_000.0));
}

#[test]
fn long_tables_keep_the_order_of_their_sweeps() {
    let csv = "sweep;t;v\nb;0;1,5\na;0;-2\nb;0,001;2,5\na;0,002;-3\nb;0,002;3,5\n";
    let columns = Columns {
        time: TimeAxis::Column { name: String::from("t"), unit: TimeUnit::Seconds },
        shape: Shape::Long { sweep: String::from("sweep"), potential: String::from("v") },
        unit: PotentialUnit::Millivolts,
        starts: Starts::Listed(vec![Time::from_s(3.0), Time::from_s(7.0)]),
    };
    let read = sweeps(&table(csv), &columns).unwrap();
    let short: Vec<_> = read.iter().map(|s| (s.name.as_str(), s.start_s, s.rate_hz, s.field_mv.clone())).collect();
    assert_eq!(short, [("b", 3.0, 1_000.0, vec![1.5, 2.5, 3.5]), ("a", 7.0, 500.0, vec![-2.0, -3.0])]);
}

#[test]
fn a_stated_rate_needs_no_column_of_times() {
    let mut columns = wide(&["s1"]);
    columns.time = TimeAxis::Rate(Frequency::from_hz(20_000.0));
    columns.unit = PotentialUnit::Volts;
    let read = sweeps(&table("sample,s1\n0,0.001\n1,0.002\n"), &columns).unwrap();
    assert_eq!((read[0].rate_hz, read[0].field_mv.as_slice()), (20_000.0, &[1.0, 2.0][..]));
}

#[test]
fn sweeps_become_pieces_of_a_recording() {
    let csv = "time_ms,s1,s2\n0,0,-640\n0.1,-320,10\n0.2,327.67,0\n";
    let read = sweeps(&table(csv), &wide(&["s1", "s2"])).unwrap();
    let pieces = digitise(read.clone(), 40, "S1", Phase::FollowUp, &[0.1]).unwrap();
    assert_eq!((pieces[1].index, pieces[1].start_s, pieces[1].stimulus_ms.as_slice()), (41, 20.0, &[0.1][..]));
    assert_eq!((pieces[0].phase, pieces[0].pathway.as_str(), pieces[0].rate_hz), (Phase::FollowUp, "S1", 10_000.0));
    for (piece, given) in pieces.iter().zip(&read) {
        // Half a step of the smallest range that holds 0.64 mV.
        let half = 0.64 / 32_767.0 / 2.0 * 1.000_001;
        for (stored, given) in piece.values().zip(&given.field_mv) {
            assert!((stored - given).abs() <= half, "{stored} for {given}");
        }
    }
    assert_eq!(pieces[1].samples[0], -32_767);
}

#[test]
fn faults_are_named_with_row_and_expectation() {
    let said = |csv: &str, columns: &Columns| sweeps(&table(csv), columns).unwrap_err().to_string();
    let s1 = wide(&["s1"]);
    let even = "time_ms,s1\n0,1\n1,2\n2,3\n3,4\n";
    assert!(sweeps(&table(even), &s1).is_ok());
    let cases = [
        (even.replace("2,3", "2.5,3"), "row 3: the time of sweep \"s1\" is 0.0025 s: expected 0.002 s"),
        (even.replace("1,2", "1,"), "row 2: sweep \"s1\" has no value"),
        (even.replace("1,2", "1,inf"), "row 2: sweep \"s1\" is inf"),
        (even.replace("1,2", ",2"), "row 2: column \"time_ms\" has no time"),
        (even.replace("3,4", "0,4"), "the sampling rate is inf Hz"),
        (even.replace("s1", "s2"), "no column \"s1\"; the columns are time_ms, s2"),
        (String::from("time_ms,s1\n0,1\n"), "sweep \"s1\" has 1 samples: expected 2 or more"),
    ];
    for (csv, expected) in cases {
        let error = said(&csv, &s1);
        assert!(error.contains(expected), "{expected}\nbut: {error}");
    }
    let mut listed = s1.clone();
    listed.starts = Starts::Listed(Vec::new());
    assert!(matches!(sweeps(&table(even), &listed), Err(CsvError::Starts { stated: 0, sweeps: 1 })));
    assert!(matches!(sweeps(&table(even), &wide(&[])), Err(CsvError::NoSweep)));
}
