//! Groups beside a covariate and equivalence at the command. The numbers of R stand in
//! `crates/statistics/tests/covariates.rs`, with their calls.

mod program;

use program::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn table(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../statistics/tests/data/covariates").join(name)
}

fn found(method: &str, name: &str, options: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.arg("stats").arg(method).arg(table(name)).args(options).arg("--json");
    serde_json::from_slice(&command.assert().success().get_output().stdout).expect("JSON")
}

fn number(found: &Value, term: &str, field: &str) -> f64 {
    let rows = found["results"].as_array().expect("results");
    let row = rows.iter().find(|row| row["term"] == term).unwrap_or_else(|| panic!("no \"{term}\" in {found}"));
    row[field].as_f64().unwrap_or_else(|| panic!("no {field} in {row}"))
}

#[track_caller]
fn close(ours: f64, truth: f64) {
    assert!((ours - truth).abs() <= 2e-5 * truth.abs(), "{ours} against {truth}");
}

#[test]
fn ancova_reports_the_test_of_slopes_and_keeps_the_model_that_was_stated() {
    let equal = found("ancova", "volley.csv", &["--covariate", "volley"]);
    close(number(&equal, "drug - control", "estimate"), 17.1324779362);
    close(number(&equal, "drug - control", "p"), 0.00123686477149);
    close(number(&equal, "equal slopes (group x volley)", "p"), 0.088239);
    assert_eq!(equal["details"]["slopes"], "equal");
    let own = found("ancova", "volley.csv", &["--covariate", "volley", "--slopes", "by-group", "--at", "0.5"]);
    close(number(&own, "drug - control", "estimate"), 16.533872482);
    close(number(&own, "slope per unit of volley (drug)", "estimate"), 47.0407999823);
    // The test of equal slopes is the same, whichever model is stated.
    close(number(&own, "equal slopes (group x volley)", "p"), 0.088239);
}

#[test]
fn input_output_tests_the_gain_between_animals() {
    let lines = found("input-output", "input_output.csv", &["--covariate", "volley"]);
    close(number(&lines, "slope drug - control", "estimate"), 0.609321965083);
    close(number(&lines, "slope drug - control", "df"), 10.0);
    close(number(&lines, "slope drug - control", "p"), 0.000263486114315);
}

#[test]
fn equivalence_is_the_interval_of_level_one_minus_two_alpha() {
    // Bounds just outside and just inside the far limit of the 90 % interval.
    let options = ["--covariate", "volley", "--equivalence", "1"];
    let wide = found("ancova", "volley.csv", &options);
    let far = number(&wide, "drug - control", "equivalence_ci_high");
    close(number(&wide, "drug - control", "equivalence_ci_level"), 0.9);
    for (bound, equivalent) in [(far * 1.001, true), (far * 0.999, false)] {
        let bound = bound.to_string();
        let told = found("ancova", "volley.csv", &["--covariate", "volley", "--equivalence", &bound]);
        assert_eq!(number(&told, "drug - control", "equivalence_p") < 0.05, equivalent);
        assert!(told["sentence"].as_str().expect("a sentence").contains("90 % CI"));
    }
    let mixed = found("mixed", "volley.csv", &["--equivalence", "40"]);
    assert!(number(&mixed, "drug - control", "equivalence_p") < 0.05);
}

#[test]
fn what_is_lacking_is_named() {
    let refused = |method: &str, name: &str, options: &[&str], code: i32| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
        command.arg("stats").arg(method).arg(table(name)).args(options);
        String::from_utf8_lossy(&command.assert().code(code).get_output().stderr).into_owned()
    };
    assert!(refused("ancova", "volley.csv", &[], 2).contains("--covariate"));
    assert!(refused("welch", "volley.csv", &["--covariate", "volley"], 2).contains("ancova, input-output"));
    assert!(refused("mixed", "volley.csv", &["--equivalence", "-3"], 2).contains("--equivalence"));
    let told = refused("input-output", "volley.csv", &["--covariate", "animal"], 65);
    assert!(told.contains("animal"), "{told}");
}
