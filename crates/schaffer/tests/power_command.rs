//! `schaffer power`: own numbers, results of a run, and a run of its own.

mod program;

use program::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

fn experiment(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments").join(name)
}

fn power(folder: &Path, name: &str, options: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.current_dir(folder).arg("power").arg(experiment(name)).args(options);
    command
}

fn json(mut command: Command) -> Value {
    let assert = command.arg("--json").assert().success();
    serde_json::from_slice(&assert.get_output().stdout).expect("JSON")
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer} in {value}"))
}

#[test]
fn own_numbers_need_no_results() {
    let folder = TempDir::new().expect("a folder");
    let own = ["--effect", "21 %", "--between-animal-sd", "14", "--within", "12", "--simulations", "1000"];
    let costs = ["--cost-animal", "100", "--cost-slice", "20"];
    let answer = json(power(folder.path(), "isopregnanolone-hfs.toml", &[&own[..], &costs[..]].concat()));
    let found = &answer["comparisons"][0];
    assert_eq!((number(found, "/effect"), number(found, "/sd_animal"), number(found, "/sd_slice")), (21.0, 14.0, 12.0));
    let (closed, simulated) = (number(found, "/closed_form"), number(found, "/simulated/power"));
    assert!((closed - simulated).abs() < 4.0 * number(found, "/simulated/se"), "{found}");
    assert!(number(found, "/simulated/low") < simulated && simulated < number(found, "/simulated/high"));
    // sqrt(100 / 20) 12 / 14 = 1.92 slices an animal.
    assert!((number(found, "/optimum/slices_continuous") - 5f64.sqrt() * 12.0 / 14.0).abs() < 1e-12);
    assert_eq!(number(found, "/optimum/slices_per_animal"), 2.0);
    assert_eq!(answer, json(power(folder.path(), "isopregnanolone-hfs.toml", &[&own[..], &costs[..]].concat())));
    let text = power(folder.path(), "isopregnanolone-hfs.toml", &own).assert().success();
    let text = String::from_utf8_lossy(&text.get_output().stdout).into_owned();
    assert!(text.contains("from your numbers") && text.contains("To detect a difference of +21.0 percentage points"));
    // An ICC and one SD give the other.
    let icc = json(power(folder.path(), "quick.toml", &["--effect", "20", "--icc", "0.5", "--within", "9"]));
    assert_eq!(number(&icc, "/comparisons/0/sd_animal"), 9.0);
}

#[test]
fn results_give_what_is_left_open() {
    let folder = TempDir::new().expect("a folder");
    // Without results the experiment is run in a temporary folder.
    let answer = json(power(folder.path(), "quick.toml", &["--simulations", "200"]));
    let effect = number(&answer, "/comparisons/0/effect");
    assert!(!folder.path().join("results").exists());
    // With them, the same numbers are read.
    Command::new(BINARY)
        .current_dir(folder.path())
        .arg("run")
        .arg(experiment("quick.toml"))
        .arg("--quiet")
        .assert()
        .success();
    let again = json(power(folder.path(), "quick.toml", &["--simulations", "200"]));
    assert_eq!(number(&again, "/comparisons/0/effect"), effect);
    assert_eq!(answer, again);
    assert_eq!(number(&again, "/comparisons/0/simulated/slices"), 6.0);
    assert!(again["notes"].to_string().contains("Every animal gave one slice"));
    let other = json(power(folder.path(), "quick.toml", &["--effect", "-40", "--from", "results/quick"]));
    assert_eq!(number(&other, "/comparisons/0/effect"), -40.0);
    assert!(number(&other, "/comparisons/0/closed_form") > number(&again, "/comparisons/0/closed_form"));
}

#[test]
fn contradictions_and_missing_files_are_refused() {
    let folder = TempDir::new().expect("a folder");
    power(folder.path(), "no-such.toml", &[]).assert().code(66);
    power(folder.path(), "quick.toml", &["--from", "nowhere"]).assert().code(65);
    power(folder.path(), "quick.toml", &["--effect", "0"]).assert().code(2);
    power(folder.path(), "quick.toml", &["--alpha", "1.5"]).assert().code(2);
    power(folder.path(), "quick.toml", &["--cost-animal", "5"]).assert().code(2);
    let all = ["--effect", "9", "--icc", "0.4", "--within", "3", "--between-animal-sd", "3"];
    let told = power(folder.path(), "quick.toml", &all).assert().code(65);
    assert!(String::from_utf8_lossy(&told.get_output().stderr).contains("intraclass correlation"));
}
