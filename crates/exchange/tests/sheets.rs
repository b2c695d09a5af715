//! Tables as laboratories keep them: each spelling has the numbers of the plain one, or
//! an error that says where and what.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::{Sheet, Stated, TimeCourseTable, TraceFile, inspect};
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tables").join(name)
}

/// Samples of each sweep of a file of one channel.
fn sweeps(file: &TraceFile) -> Vec<Vec<f64>> {
    let mut values = Vec::new();
    let sweep = |sweep| {
        file.read_sweep(sweep, 0, &mut values).unwrap();
        values.clone()
    };
    (0..file.sweep_count()).map(sweep).collect()
}

#[test]
fn every_spelling_has_the_numbers_of_the_plain_table() {
    let plain = TraceFile::open(&golden("c16_comment.csv")).unwrap();
    let known = sweeps(&plain);
    assert_eq!((known.len(), known[0].len(), plain.rate_hz()), (3, 38, 10_000.0));
    assert_eq!((known[0][0], known[0][1], known[2][0]), (0.0408, -0.0511, -0.0206));
    for name in [
        "c02_tab_comma.txt",
        "c05_utf16.txt",
        "c06_unitrow.csv",
        "c07_units3.csv",
        "c12_merged.csv",
        "c15_excelsep.csv",
    ] {
        let file = TraceFile::open(&golden(name)).unwrap_or_else(|fault| panic!("{fault}"));
        let found = sweeps(&file);
        assert_eq!((file.rate_hz(), file.channels()[0].unit.as_str(), found.len()), (10_000.0, "mV", 3), "{name}");
        for (found, known) in found.iter().zip(&known) {
            assert_eq!(found[..38], known[..], "{name}");
        }
    }
    let latin = TraceFile::open(&golden("c03_latin1.csv")).unwrap();
    assert_eq!(latin.channels()[0].unit, "uV");
    assert_eq!(sweeps(&latin)[1][..38], known[1]);
    assert!(latin.remarks().iter().any(|remark| remark.contains("Latin-1")), "{:?}", latin.remarks());
}

#[test]
fn thousands_in_quotation_marks_are_thousands() {
    let file = TraceFile::open(&golden("c08_quoted_thousands.csv")).unwrap();
    assert_eq!(file.channels()[0].unit, "uV");
    let values = &sweeps(&file)[0];
    assert!(values.contains(&11_981.0), "{values:?}");
}

#[test]
fn one_row_a_sweep_needs_the_unit_of_its_times() {
    let said = TraceFile::open(&golden("c31_transposed.csv")).unwrap_err().to_string();
    assert!(said.contains("one row a sweep") && said.contains("sweep (ms)"), "{said}");
    assert!(inspect(&golden("c31_transposed.csv"), false).is_err());
    let stated = Stated { rate_hz: Some(10_000.0), ..Stated::default() };
    let file = TraceFile::open_stated(&golden("c31_transposed.csv"), &stated).unwrap();
    let known = sweeps(&TraceFile::open(&golden("c16_comment.csv")).unwrap());
    let found = sweeps(&file);
    assert_eq!(found.len(), 3);
    for (found, known) in found.iter().zip(&known) {
        assert_eq!(found[..38], known[..]);
    }
}

#[test]
fn a_missing_sample_is_named() {
    let said = inspect(&golden("c24_na.csv"), false).unwrap_err().to_string();
    assert!(said.contains("row 3") && said.contains("s3"), "{said}");
}

#[test]
fn clocks_and_dates_are_times() {
    let clock = TimeCourseTable::open(&golden("c09_hms.csv")).unwrap();
    assert_eq!((clock.times_s[..3].to_vec(), clock.courses[0].values[2]), (vec![0.0, 20.0, 40.0], Some(102.0)));
    let dates = TimeCourseTable::open(&golden("c32_date.csv")).unwrap();
    assert_eq!((dates.times_s[..3].to_vec(), dates.courses[0].values[1]), (vec![0.0, 20.0, 40.0], Some(0.501)));
}

#[test]
fn workbooks_have_the_numbers_of_their_cells() {
    let ods = TimeCourseTable::open(&golden("course.ods")).unwrap();
    assert_eq!(ods.times_s, [-30.0, 0.0, 30.0]);
    let xlsx = TimeCourseTable::open(&golden("course.xlsx")).unwrap();
    assert_eq!(xlsx.times_s, [0.0, 20.0, 40.0]);
    for table in [ods, xlsx] {
        let of = |k: usize| (table.courses[k].name.as_str(), table.courses[k].unit.as_deref());
        assert_eq!((of(0), of(1)), (("A", Some("mV/ms")), ("B", Some("mV/ms"))));
        assert_eq!(table.courses[0].values, [Some(-0.25), Some(-0.5), Some(-1.125)]);
        assert_eq!(table.courses[1].values, [Some(-0.5), Some(-0.75), None]);
    }
    assert!(
        Sheet::read(b"PK\x03\x04 xl/ nothing of the kind").unwrap_err().to_string().contains("not an intact workbook")
    );
}

#[test]
fn faults_name_line_and_column() {
    let said = |text: &str| Sheet::read(text.as_bytes()).unwrap_err().to_string();
    assert!(said("time (ms)\ta\n0\t1,234\n1\t2,345\n").contains("line 2: \"1,234\" may have a decimal comma"));
    assert!(said("a;b\n0,5;0.25\n1;1.234\n").contains("\"1.234\" may have decimals"));
    assert!(said("time (ms),slope, normalised\n0,1\n1,2\n").contains("line 2: 2 cells: expected 3"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "Rig 2,\ntime (min),a\n-2,1\n-1,1\n1,2 V\n2,2\n3,2\n4,2\n").unwrap();
    let said = TimeCourseTable::open(&path).unwrap_err().to_string();
    assert!(said.contains("line 5: column \"a\" has \"2 V\": expected a number"), "{said}");
}

#[test]
fn titles_over_several_columns_go_before_each() {
    let text = "Control,,LTP,\ntime (min),s1,s2,s3\n-1,1,2,3\n1,2,3,4\n";
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    assert_eq!(sheet.table.names().collect::<Vec<_>>(), ["time (min)", "Control s1", "LTP s2", "LTP s3"]);
    let numpy = Sheet::read(b"# time (ms),s1\n0,1\n0.1,2\n").unwrap();
    assert_eq!(numpy.table.names().collect::<Vec<_>>(), ["time (ms)", "s1"]);
    let empty = Sheet::read(b"time (ms),s1,,\n0,1,,\n0.1,2,,\n").unwrap();
    assert_eq!(empty.table.names().collect::<Vec<_>>(), ["time (ms)", "s1"]);
}

#[test]
fn midnight_and_halves_of_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "clock,a\n23:59:40,1\n00:00:00,2\n00:00:20,3\n").unwrap();
    assert_eq!(TimeCourseTable::open(&path).unwrap().times_s, [0.0, 20.0, 40.0]);
    std::fs::write(&path, "time;a\n11:59:40 AM;1\n12:00:00 PM;2\n").unwrap();
    assert_eq!(TimeCourseTable::open(&path).unwrap().times_s, [0.0, 20.0]);
    std::fs::write(&path, "time;a\n00:20;1\n00:40;2\n").unwrap();
    assert!(TimeCourseTable::open(&path).unwrap_err().to_string().contains("line 2: column \"time\" has \"00:20\""));
}
