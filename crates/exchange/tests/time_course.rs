//! Spreadsheets of measured values, by hand.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::{Scale, TimeCourseTable};
use std::fs;

fn open(content: &str) -> Result<TimeCourseTable, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courses.csv");
    fs::write(&path, content).unwrap();
    TimeCourseTable::open(&path).map_err(|error| error.to_string())
}

#[test]
fn one_column_for_each_recording() {
    let table = open("time_min,CA3-CA1_01,CA3-CA1_02\n-1.0,1.25,0.75\n-0.5,0.75,\n0.5,1.5,2\n").unwrap();
    assert_eq!(table.times_s, [-60.0, -30.0, 30.0]);
    assert_eq!(table.courses[0].name, "CA3-CA1_01");
    assert_eq!(table.courses[1].values, [Some(0.75), None, Some(2.0)]);
    assert_eq!(table.scale(), Some(Scale::Ratio));
}

#[test]
fn spreadsheets_of_europe_with_dashes_and_notes() {
    let text = "\u{feff}Zeit [s];Notiz;A (mV/ms);B (mV/ms)\r\n-60;ok;-0,5;--\r\n0;HFS;-0,25;--\r\n60;;-1;-0.5\r\n";
    let table = open(text).unwrap();
    let names: Vec<_> = table.courses.iter().map(|c| (c.name.as_str(), c.unit.as_deref())).collect();
    assert_eq!(names, [("A", Some("mV/ms")), ("B", Some("mV/ms"))]);
    assert_eq!(table.courses[0].values, [Some(-0.5), Some(-0.25), Some(-1.0)]);
    assert_eq!(table.courses[1].values, [None, None, Some(-0.5)]);
    assert_eq!(table.scale(), Some(Scale::Raw));
}

#[test]
fn per_cent_is_told_from_its_level() {
    let table = open("time (min),a\n-2,98\n-1,103\n1,150\n").unwrap();
    assert_eq!(table.scale(), Some(Scale::Percent));
    assert_eq!(open("time (min),a\n1,98\n2,103\n").unwrap().scale(), None);
}

#[test]
fn faults_name_the_line_and_the_remedy() {
    let said = |content: &str| open(content).unwrap_err();
    assert!(said("minute,a\n1,2\n").contains("the time of the rows is not in the file"));
    assert!(said("time,a\n1,2\n").contains("the unit of the column of times"));
    assert!(said("time_min,a\n1,2\n1,2\n").contains("line 3: time 60 s: expected a time later"));
    assert!(said("time_min,a\n1,2\n,2\n").contains("line 3: no time"));
    assert!(said("time_min,note\n1,x\n").contains("no column of values"));
}
