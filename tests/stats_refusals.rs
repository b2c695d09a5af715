//! Tables and calls that `schaffer stats` must refuse, with column and row.

mod program;

use program::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn command(method: &str, file: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    command.arg("stats").arg(method).arg(file).args(options);
    command
}

fn data(name: &str) -> String {
    format!("tests/golden/statistics/data/{name}.csv")
}

/// The complaint about a table, and its exit code.
fn refused(code: i32, method: &str, table: &str, options: &[&str]) -> String {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("bad.csv");
    fs::write(&path, table).expect("a file");
    let assert = command(method, &path.display().to_string(), options).assert().code(code);
    let output = assert.get_output();
    assert!(output.stdout.is_empty());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn faulty_tables_are_refused_with_column_and_row() {
    let cases: [(&str, &str, &[&str], &str); 13] = [
        ("welch", "group,y\na,1\na,x\nb,2\n", &[], "column \"y\", row 2: \"x\" is not a finite number"),
        ("welch", "group,y\na,1\na,NA\nb,2\n", &[], "column \"y\" has no value in row 2"),
        ("welch", "group,y\na,1\na,inf\nb,2\n", &[], "column \"y\", row 2: \"inf\" is not a finite number"),
        ("welch", "group,y\na,1\n,3\nb,2\n", &[], "column \"group\" has no value in row 2"),
        ("welch", "arm,y\na,1\n", &[], "no column \"group\"; the columns are arm, y"),
        ("welch", "group,y\na,1\na,2\n", &[], "column \"group\" holds 1 groups (a): welch needs two"),
        (
            "welch",
            "group,y\na,1\na,3\nb,2\n",
            &[],
            "column \"group\": group \"b\" has 1 row(s): welch needs at least two",
        ),
        ("welch", "group,y\na,1\na,1\nb,1\nb,1\n", &[], "constant"),
        ("welch", "group,y\na,1\na,2\nb,3\nb,4\n", &["--reference", "c"], "column \"group\" has no group \"c\""),
        (
            "welch",
            "group,animal,y\na,A,1\na,B,2\nb,A,3\nb,C,4\n",
            &[],
            "row 3: animal \"A\" is in the groups \"a\" and \"b\"",
        ),
        ("mixed", "group,animal,y\na,A,1\na,B,2\nb,C,3\nb,D,4\n", &[], "every cluster holds one observation"),
        ("paired", "group,animal,y\na,A,1\nb,A,2\na,B,3\n", &[], "column \"group\": B has 0 values under \"b\""),
        ("adjust", "p\n0.1\n1.5\n", &[], "column \"p\", row 2: 1.5 is no p value"),
    ];
    for (method, table, options, complaint) in cases {
        let told = refused(65, method, table, options);
        assert!(told.contains(complaint), "{told}");
    }
}

#[test]
fn sweeps_are_never_n() {
    let table = "group,animal,slice,sweep,y\na,A,1,1,1\na,A,1,2,2\nb,B,1,1,3\nb,B,1,2,4\n";
    for method in ["welch", "mixed", "anova", "mann-whitney", "bootstrap"] {
        let told = refused(65, method, table, &[]);
        assert!(told.contains("column \"slice\", row 2: slice \"1\" already stands in row 1"), "{told}");
    }
    let told = refused(65, "welch", table, &["--slice", "sweep", "--unit", "slice"]);
    assert!(told.contains("column \"sweep\" names sweeps"), "{told}");
    let told = refused(65, "mixed", "group,animal,sweep,y\na,A,1,1\na,A,2,2\nb,B,1,3\nb,B,2,5\n", &[]);
    assert!(told.contains("column \"sweep\" names sweeps"), "{told}");
    let told = refused(65, "welch", "group,sweep,y\na,1,1\na,2,2\nb,1,3\nb,2,5\n", &[]);
    assert!(told.contains("column \"sweep\" names sweeps"), "{told}");
}

#[test]
fn other_ends() {
    command("welch", "no/such/file.csv", &[]).assert().code(66);
    command("guess", &data("a_nested2"), &[]).assert().code(2);
    command("welch", &data("a_nested2"), &["--interval", "1.5"]).assert().code(2);
    command("tost", &data("a_nested2"), &[]).assert().code(2);
    command("rm-anova", &data("d_timecourse"), &[]).assert().code(2);
    command("anova2", &data("b2_balanced"), &["--group", "allo,iso", "--reference", "0"]).assert().code(2);
}
