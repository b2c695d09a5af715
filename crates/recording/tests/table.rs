//! Tables: Parquet and CSV there and back, and files by other hands.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use proptest::prelude::*;
use recording::StoreError;
use recording::table::{Column, Table, TableError};
use std::fs;

fn sample() -> Table {
    Table::new()
        .with("condition", vec!["control", "ISO 3 µM", "a,\"b\"\nc"])
        .unwrap()
        .with("slope_percent", vec![100.0, f64::NAN, 0.1 + 0.2])
        .unwrap()
        .with("sweep", vec![1_i64, -2, i64::MAX])
        .unwrap()
        .with("kept", vec![true, false, true])
        .unwrap()
        .with("reason", Column::Text(vec![None, Some(String::from("drift")), Some(String::new())]))
        .unwrap()
}

#[test]
fn csv_is_what_a_spreadsheet_expects() {
    let text = String::from_utf8(sample().to_csv().unwrap()).unwrap();
    assert_eq!(
        text,
        "condition,slope_percent,sweep,kept,reason\n\
         control,100.0,1,true,\n\
         ISO 3 µM,,-2,false,drift\n\
         \"a,\"\"b\"\"\nc\",0.30000000000000004,9223372036854775807,true,\n"
    );
}

#[test]
fn csv_comes_back() {
    let mut expected = sample();
    // An empty text and a missing one are the same cell.
    expected = Table::from_csv(&expected.to_csv().unwrap()).unwrap();
    assert_eq!(expected.column("reason").unwrap(), &Column::Text(vec![None, Some(String::from("drift")), None]));
    assert_eq!(expected.numbers("slope_percent").unwrap(), [Some(100.0), None, Some(0.1 + 0.2)]);
    assert_eq!(expected.whole_numbers("sweep").unwrap(), [1, -2, i64::MAX]);
    assert_eq!(expected.truths("kept").unwrap(), [true, false, true]);
    assert_eq!(expected.texts("condition").unwrap()[2], "a,\"b\"\nc");
}

#[test]
fn files_are_whole_and_equal() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, parquet) = (folder.path().join("measures.csv"), folder.path().join("measures.parquet"));
    sample().write_csv(&csv).unwrap();
    sample().write_parquet(&parquet).unwrap();
    assert_eq!(fs::read(&parquet).unwrap(), sample().to_parquet().unwrap());
    let back = Table::read_parquet(&parquet).unwrap();
    let names: Vec<_> = back.names().collect();
    assert_eq!(names, ["condition", "slope_percent", "sweep", "kept", "reason"]);
    assert_eq!(back.column("reason"), sample().column("reason"), "Parquet tells empty from missing");
    assert_eq!(back, sample());
    assert_eq!(Table::read_csv(&csv).unwrap().rows(), 3);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    let absent = Table::read_csv(&folder.path().join("no.csv")).unwrap_err();
    assert!(matches!(absent, StoreError::Missing { .. }));
}

#[test]
fn empty_tables_come_back() {
    let empty = Table::new().with("a", Vec::<f64>::new()).unwrap().with("b", Vec::<&str>::new()).unwrap();
    assert_eq!(Table::from_parquet(&empty.to_parquet().unwrap()).unwrap(), empty);
    let back = Table::from_csv(&empty.to_csv().unwrap()).unwrap();
    assert_eq!((back.rows(), back.names().count()), (0, 2));
    // A column of empty cells can be asked for numbers.
    let blank = Table::from_csv(b"a,b\n,1\n,2\n").unwrap();
    assert_eq!(blank.numbers("a").unwrap(), [None, None]);
}

#[test]
fn spreadsheets_of_other_countries() {
    let german = Table::from_csv("\u{feff}Gruppe;Wert\r\nKontrolle;1,5\r\n\"ISO; 3\";-2\r\n".as_bytes()).unwrap();
    assert_eq!(german.numbers("Wert").unwrap(), [Some(1.5), Some(-2.0)]);
    assert_eq!(german.texts("Gruppe").unwrap(), ["Kontrolle", "ISO; 3"]);
    let tabs = Table::from_csv(b"animal\tvalue\n7\t 1e-3 \n\n8\tNA\n").unwrap();
    assert_eq!(tabs.numbers("value").unwrap(), [Some(0.001), None]);
    assert_eq!(tabs.texts("animal").unwrap(), ["7", "8"]);
    let old_mac = Table::from_csv(b"a,b\r1,x\r2,y").unwrap();
    assert_eq!(old_mac.whole_numbers("a").unwrap(), [1, 2]);
    // Thousands separators are no numbers.
    let grouped = Table::from_csv(b"a,b\n\"1,234\",1\n").unwrap();
    assert!(matches!(grouped.numbers("a"), Err(TableError::Kind { .. })));
}

#[test]
fn faults_of_csv_name_the_line() {
    let cases: [(&[u8], usize, &str); 5] = [
        (b"", 1, "the file is empty"),
        (b"a,b\n1,2\n\n3\n", 4, "1 cells: expected 2 as in the header"),
        (b"a,b\n\"1\n2\",3\n\"4,5\n", 4, "a quotation mark is not closed"),
        (b"a,b\n\"1\"x,2\n", 2, "text follows a closing quotation mark"),
        (b"a,b\n1,\xff\n", 2, "not UTF-8"),
    ];
    for (bytes, line, reason) in cases {
        match Table::from_csv(bytes) {
            Err(TableError::Csv { line: found, reason: said }) => {
                assert_eq!(found, line, "{said}");
                assert!(said.contains(reason), "{said}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(Table::from_csv(b"a,a\n1,2\n"), Err(TableError::Twice(name)) if name == "a"));
}

#[test]
fn faults_of_use_name_the_remedy() {
    let table = sample();
    let error = table.numbers("slope").unwrap_err().to_string();
    assert_eq!(error, "no column \"slope\"; the columns are condition, slope_percent, sweep, kept, reason");
    let error = table.numbers("condition").unwrap_err().to_string();
    assert_eq!(error, "column \"condition\" holds text: expected numbers");
    let short = Table::new().with("a", vec![1.0]).unwrap().with("b", vec![1.0, 2.0]).unwrap_err();
    assert_eq!(short.to_string(), "column \"b\" has 2 rows: expected 1");
    let gap = Table::new().with("n", Column::I64(vec![Some(1), None])).unwrap();
    assert_eq!(gap.whole_numbers("n").unwrap_err().to_string(), "column \"n\" has no value in row 2");
}

/// No truncation and no flipped bit of a Parquet file passes, and none panics.
#[test]
fn damaged_parquet_is_refused() {
    let intact = sample().to_parquet().unwrap();
    for length in 0..intact.len() {
        assert!(Table::from_parquet(&intact[..length]).is_err(), "cut to {length}");
    }
    for bit in 0..intact.len() * 8 {
        let mut flipped = intact.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let refused = Table::from_parquet(&flipped);
        assert!(matches!(refused, Err(TableError::Parquet(_))), "bit {bit}: {refused:?}");
    }
    assert!(Table::from_parquet(b"PAR1 is not enough PAR1").is_err());
}

fn cells() -> impl Strategy<Value = Table> {
    (0..20_usize).prop_flat_map(|rows| {
        let numbers = prop::collection::vec(prop::option::of(prop::num::f64::ANY), rows);
        let texts = prop::collection::vec(prop::option::of("\\PC{0,12}"), rows);
        let whole = prop::collection::vec(prop::option::of(any::<i64>()), rows);
        (numbers, texts, whole).prop_map(|(numbers, texts, whole)| {
            let numbers = numbers.into_iter().map(|x| x.filter(|x| !x.is_nan())).collect();
            Table::new()
                .with("x", Column::F64(numbers))
                .unwrap()
                .with("text, \"quoted\"", Column::Text(texts))
                .unwrap()
                .with("n", Column::I64(whole))
                .unwrap()
        })
    })
}

proptest! {
    #[test]
    fn any_table_comes_back_from_parquet(table in cells()) {
        prop_assert_eq!(Table::from_parquet(&table.to_parquet().unwrap()).unwrap(), table);
    }

    #[test]
    fn any_number_comes_back_from_csv(table in cells()) {
        let back = Table::from_csv(&table.to_csv().unwrap()).unwrap();
        let bits = |table: &Table| -> Vec<Option<u64>> {
            table.numbers("x").unwrap().into_iter().map(|x| x.map(f64::to_bits)).collect()
        };
        prop_assert_eq!(bits(&back), bits(&table));
        let texts = |table: &Table| table.texts("text, \"quoted\"").unwrap();
        let number_like = |text: &String| text.trim().parse::<f64>().is_ok() || ["NA", "#N/A"].contains(&text.trim());
        if !texts(&table).iter().any(number_like) {
            prop_assert_eq!(texts(&back), texts(&table));
        }
    }

    #[test]
    fn any_bytes_give_a_table_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[a,;\"\r\n1\\. \t]{0,40}") {
        let _ = Table::from_csv(&bytes);
        let _ = Table::from_csv(text.as_bytes());
        prop_assert!(Table::from_parquet(&bytes).is_err());
    }
}

/// A table of `rows` rows with every kind of column, from row `first` on.
fn part(first: usize, rows: usize) -> Table {
    let at = || first..first + rows;
    Table::new()
        .with("name", at().map(|k| format!("A{}", k % 7)).collect::<Vec<_>>())
        .unwrap()
        .with(
            "note",
            Column::Text(
                at().map(|k| (k % 3 == 0).then(|| "a, \"longer\" note of more than twelve".to_owned())).collect(),
            ),
        )
        .unwrap()
        .with("count", at().map(|k| k as i64).collect::<Vec<_>>())
        .unwrap()
        .with("value", at().map(|k| if k % 5 == 0 { f64::NAN } else { (k as f64).sqrt() }).collect::<Vec<_>>())
        .unwrap()
        .with("kept", at().map(|k| k % 2 == 0).collect::<Vec<_>>())
        .unwrap()
}

#[test]
fn a_table_written_in_parts_has_the_bytes_of_the_whole() {
    use recording::table::{CsvStream, ParquetStream};
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    part(0, 1_000).write_csv(&path("whole.csv")).unwrap();
    part(0, 1_000).write_parquet(&path("whole.parquet")).unwrap();
    let (mut csv, mut parquet) =
        (CsvStream::create(&path("parts.csv")).unwrap(), ParquetStream::create(&path("parts.parquet")).unwrap());
    for (first, rows) in [(0, 1), (1, 399), (400, 0), (400, 600)] {
        csv.add(&part(first, rows)).unwrap();
        parquet.add(&part(first, rows)).unwrap();
    }
    assert!(!path("parts.csv").exists());
    csv.finish().unwrap();
    parquet.finish().unwrap();
    let same = |one: &str, other: &str| fs::read(path(one)).unwrap() == fs::read(path(other)).unwrap();
    assert!(same("whole.csv", "parts.csv"));
    assert!(same("whole.parquet", "parts.parquet"));
}

/// More rows than a row group holds: the file is read back whole.
#[test]
fn a_long_table_has_several_row_groups() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.parquet");
    let mut parquet = recording::table::ParquetStream::create(&path).unwrap();
    for k in 0..3 {
        parquet.add(&part(k * 70_000, 70_000)).unwrap();
    }
    parquet.finish().unwrap();
    assert!(
        Table::read_parquet(&path).unwrap() == Table::from_parquet(&part(0, 210_000).to_parquet().unwrap()).unwrap()
    );
}
