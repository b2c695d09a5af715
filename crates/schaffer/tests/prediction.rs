//! An experiment predicted: what moves, what is stated, which draws are refused.

mod program;

use program::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

/// A short experiment with few draws; `more` ends it.
fn experiment(folder: &Path, more: &str) -> PathBuf {
    let text = format!(
        "format = 1\nname = \"short\"\nseed = 5\n[protocol]\nbaseline = \"2 min\"\nwash_in = \"3 min\"\n\
         follow_up = \"6 min\"\ninduction = \"hfs-1x100\"\n[design]\nanimals = 2\n[analysis]\n\
         reference_window = \"2 min\"\nwindow = [\"3 min\", \"6 min\"]\nshort_term = [\"30 s\", \"2 min\"]\n\
         exclude = {{ baseline_drift = \"off\", volley_change = \"off\" }}\n[report]\nformats = [\"svg\"]\n\
         [prediction]\ndraws = 8\n[[condition]]\nname = \"control\"\n{more}"
    );
    let path = folder.join("short.toml");
    fs::write(&path, text).expect("written");
    path
}

/// Runs it and gives the prediction.
fn predicted(more: &str, options: &[&str]) -> Value {
    let folder = TempDir::new().expect("a folder");
    let (path, out) = (experiment(folder.path(), more), folder.path().join("out"));
    Command::new(BINARY).arg("run").arg(&path).args(options).arg("--out").arg(&out).assert().success();
    serde_json::from_slice(&fs::read(out.join("prediction.json")).expect("a prediction")).expect("JSON")
}

fn outcome<'v>(prediction: &'v Value, kind: &str, condition: &str) -> &'v Value {
    let all = prediction["outcomes"].as_array().expect("outcomes");
    all.iter().find(|one| one["kind"] == kind && one["condition"] == condition).expect("the outcome")
}

/// Twins under the same bath are one slice: their difference is nothing, not chance.
#[test]
fn the_same_treatment_twice_differs_by_nothing() {
    let prediction = predicted("[[condition]]\nname = \"again\"\n", &[]);
    for value in outcome(&prediction, "effect", "again")["values"].as_array().expect("draws") {
        assert_eq!(value.as_f64(), Some(0.0));
    }
    assert_eq!(prediction["draws"], 16);
}

#[test]
fn what_the_experiment_states_wins_and_threads_do_not_matter() {
    let more = "[[condition]]\nname = \"APV\"\nbath = [{ compound = \"D-APV\", concentration = \"50 uM\" }]\n[synapse]\n\
                changes = [{ parameter = \"gaba_a.slow\", value = 9.0, reason = \"measured here\" }]\n";
    let one = predicted(more, &["--jobs", "1"]);
    assert_eq!(one, predicted(more, &["--jobs", "3"]));
    assert_eq!(one["stated"], serde_json::json!(["gaba_a.slow"]));
    // A block of NMDA receptors takes potentiation away whatever else is not known.
    let effect = outcome(&one, "effect", "APV");
    assert!(effect["central_95"][1].as_f64().expect("an end") < 0.0, "{effect}");
    assert!(effect["sd"].as_f64().expect("a spread") > 0.0);
}

#[test]
fn no_draws_no_prediction() {
    let folder = TempDir::new().expect("a folder");
    let path = experiment(folder.path(), "");
    let text = fs::read_to_string(&path).expect("text").replace("draws = 8", "draws = 0");
    fs::write(&path, text).expect("written");
    let out = folder.path().join("out");
    Command::new(BINARY).arg("run").arg(&path).arg("--out").arg(&out).assert().success();
    assert!(!out.join("prediction.json").exists());
    assert!(!fs::read_to_string(out.join("report.md")).expect("a report").contains("## Prediction"));
}

/// Each fault of a file of draws is refused before anything is simulated.
#[test]
fn draws_that_do_not_hold_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = experiment(folder.path(), "");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../posterior/data/posterior.toml");
    let text = fs::read_to_string(shipped).expect("the shipped draws");
    let mut table: toml::Table = text.parse().expect("TOML");
    let draws = table["draws"].as_array().expect("draws").clone();
    let refused = |table: &toml::Table, expected: &str| {
        let file = folder.path().join("draws.toml");
        fs::write(&file, toml::to_string(table).expect("TOML")).expect("written");
        let out = folder.path().join("out");
        let told =
            Command::new(BINARY).arg("run").arg(&path).arg("--posterior").arg(&file).arg("--out").arg(&out).assert();
        let said = String::from_utf8_lossy(&told.code(65).get_output().stderr).into_owned();
        assert!(said.contains(expected), "{said}");
        assert!(!out.exists(), "{expected}");
    };
    let mut few = table.clone();
    few["draws"] = draws[..12].to_vec().into();
    refused(&few, "12 draws; at least 20 are needed");
    let mut beyond = table.clone();
    let mut bad = draws.clone();
    bad[3].as_array_mut().expect("a draw")[1] = 1e9.into();
    beyond["draws"] = bad.into();
    refused(&beyond, "draw 4: ");
    let mut short = table.clone();
    let mut bad = draws;
    bad[0].as_array_mut().expect("a draw").pop();
    short["draws"] = bad.into();
    refused(&short, "draw 1: found ");
    table["model"] = "0123456789abcdef".into();
    refused(&table, "it holds for another version of the model");
}
