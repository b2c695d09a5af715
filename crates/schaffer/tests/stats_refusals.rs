//! Tables and calls that `schaffer stats` must refuse, with column and row.

mod program;

use program::Command;
use std::fs;
use tempfile::TempDir;

fn command(method: &str, file: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
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
        ("welch", "group,y\na,1\na,2\n", &[], "column \"group\" holds 1 group (a): welch needs two"),
        ("welch", "group,y\na,1\na,3\nb,2\n", &[], "column \"group\": group \"b\" has 1 row: welch needs at least two"),
        ("welch", "group,y\na,1\na,1\nb,1\nb,1\n", &[], "constant"),
        ("welch", "group,y\na,1\na,2\nb,3\nb,4\n", &["--reference", "c"], "column \"group\" has no group \"c\""),
        (
            "welch",
            "group,animal,y\na,A,1\na,B,2\nb,A,3\nb,C,4\n",
            &[],
            "row 3: animal \"A\" is in the groups \"a\" and \"b\"",
        ),
        (
            "mixed",
            "group,animal,y\na,A,1\na,B,2\nb,C,3\nb,D,4\n",
            &["--variances", "equal"],
            "every animal holds one observation",
        ),
        ("paired", "group,animal,y\na,A,1\nb,A,2\na,B,3\n", &[], "column \"group\": B has 0 values under \"b\""),
        ("adjust", "p\n0.1\n1.5\n", &[], "column \"p\", row 2: 1.5 is no p value"),
    ];
    for (method, table, options, complaint) in cases {
        let told = refused(65, method, table, options);
        assert!(told.contains(complaint), "{told}");
    }
}

/// A table with a column for every method; `y` gives the responses of a row.
fn table(rows: &[(&str, usize, usize)], y: impl Fn(usize) -> String) -> String {
    let mut text = String::from("group,b,animal,slice,within,dose,dose2,y,y2,p\n");
    for (i, (group, animal, slice)) in rows.iter().enumerate() {
        let b = if animal % 2 == 0 { "u" } else { "v" };
        let (dose, second) = (animal, 2 * slice);
        let animal = format!("{group}{animal}");
        text.push_str(&format!("{group},{b},{animal},{animal}s{slice},{slice},{dose},{second},{},{0},{0}\n", y(i)));
    }
    text
}

/// Every method with what it needs on [`table`]; two have a question of another kind.
const METHODS: [(&str, &[&str]); 38] = [
    ("welch", &[]),
    ("student", &[]),
    ("paired", &["--response", "y,y2"]),
    ("one-sample", &[]),
    ("sign", &["--response", "y,y2"]),
    ("sign", &["--against", "3"]),
    ("mann-whitney", &[]),
    ("wilcoxon", &["--response", "y,y2"]),
    ("brunner-munzel", &[]),
    ("shapiro", &[]),
    ("levene", &[]),
    ("anova", &[]),
    ("welch-anova", &[]),
    ("kruskal", &[]),
    ("anova2", &["--group", "group,b"]),
    ("rm-anova", &["--within", "within"]),
    ("mixed", &[]),
    ("mixed", &["--within", "within", "--means"]),
    ("dunnett", &[]),
    ("tukey", &[]),
    ("games-howell", &[]),
    ("yuen", &[]),
    ("huber", &[]),
    ("counts", &[]),
    ("proportions", &[]),
    ("bootstrap", &[]),
    ("permutation", &[]),
    ("cluster", &["--within", "within"]),
    ("tost", &["--low", "-1", "--high", "1"]),
    ("bayes", &[]),
    ("dose-response", &[]),
    ("schild", &["--dose", "dose,dose2"]),
    ("allosteric", &["--dose", "dose,dose2"]),
    ("operational", &["--reference", "c"]),
    ("synergy", &["--dose", "dose,dose2"]),
    ("power", &[]),
    ("ancova", &["--covariate", "dose"]),
    ("input-output", &["--covariate", "dose"]),
];

/// Every method and a table on which it has nothing to say.
fn every_method(table: &str, more: &[&str], named: &str, except: &[&str]) {
    for (method, options) in METHODS.iter().filter(|(method, _)| !except.contains(method)) {
        let told = refused(65, method, table, &[options, more].concat());
        assert!(told.starts_with("error: ") && told.contains(named), "{method}: {told}");
    }
}

#[test]
fn every_method_is_tried() {
    for method in tabular::Method::ALL.map(tabular::Method::name) {
        let tried = METHODS.iter().any(|(name, _)| *name == method);
        assert!(
            tried || ["interaction", "adjust", "meta", "sequential"].contains(&method),
            "{method} is not in METHODS"
        );
    }
}

#[test]
fn every_method_refuses_what_no_method_can_use() {
    let all: Vec<(&str, usize, usize)> =
        ["c", "d"].into_iter().flat_map(|g| (0..4).flat_map(move |a| (0..2).map(move |s| (g, a, s)))).collect();
    // No value at all.
    every_method(&table(&all, |_| "NA".to_owned()), &["--drop-missing"], "column \"y\" has no value at all", &[]);
    // A missing value that nobody allowed to leave out.
    every_method(
        &table(&all, |i| if i == 4 { "NaN".to_owned() } else { i.to_string() }),
        &[],
        "has no value in row 5",
        &[],
    );
    // One level: every comparison of groups.
    let one: Vec<_> = all.iter().copied().filter(|(g, ..)| *g == "c").collect();
    let alone = [
        "paired",
        "one-sample",
        "wilcoxon",
        "sign",
        "shapiro",
        "rm-anova",
        "mixed",
        "dose-response",
        "schild",
        "allosteric",
        "synergy",
        "input-output",
    ];
    every_method(&table(&one, |i| (i * 5 % 7).to_string()), &[], "group", &alone);
    // One animal in each group.
    let single = [("c", 0, 0), ("d", 1, 0)];
    let responses = table(&single, |i| i.to_string());
    every_method(&responses, &[], "column", &["paired", "wilcoxon", "sign"]);
    // No spread: constant, except where counting gives p = 1.
    let flat = table(&all, |_| "5".to_owned());
    every_method(&flat, &[], "", &["permutation", "sign", "counts"]);
    let command_line = ["--response", "y,y2"];
    for method in ["welch", "anova", "mixed", "adjust", "schild"] {
        let told = refused(2, method, &flat, &command_line);
        assert!(told.contains("--response takes 1 column here: y, y2"), "{told}");
    }
    let told = refused(65, "welch", &flat, &["--response", "slope"]);
    assert!(told.contains("no column \"slope\"; the columns are group, b, animal"), "{told}");
}

#[test]
fn models_name_what_they_lack() {
    let rows = "group,animal,slice,within,y\na,A,1,1,1\na,A,1,2,2\na,B,1,1,3\nb,C,1,1,4\nb,C,2,1,6\nb,D,1,1,5\n";
    let told = refused(65, "mixed", rows, &["--within", "within"]);
    assert!(told.contains("column \"within\": the table has 0 values under \"b, 2\""), "{told}");
    let told = refused(2, "mixed", rows, &["--autoregression"]);
    assert!(told.contains("--within"), "{told}");
    let told = refused(2, "mixed", rows, &["--random-slope"]);
    assert!(told.contains("--dose"), "{told}");
    let bare = "group,animal,y\na,A,1\na,B,3\nb,C,4\nb,D,6\n";
    let told = refused(2, "mixed", bare, &["--random", "animal-slice"]);
    assert!(told.contains("--slice"), "{told}");
    let named = "group,animal,slice,within,y\na,A,1,early,1\na,A,1,late,2\nb,C,1,early,4\nb,C,1,late,6\n";
    let told = refused(65, "mixed", named, &["--within", "within", "--autoregression"]);
    assert!(told.contains("column \"within\", row 1: \"early\" is not a finite number"), "{told}");
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
