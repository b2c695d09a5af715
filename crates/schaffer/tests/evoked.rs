//! `schaffer measure` against values by NumPy, and what it refuses.

mod program;

use program::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");
/// Relative to the value, as both sides compute in 64 bit.
const TOLERANCE: f64 = 1e-9;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/evoked").join(name)
}

fn measured(options: &[&str]) -> Value {
    let mut command = Command::new(BINARY);
    command.arg("measure").arg(golden("sweeps.csv")).arg("--json").args(options);
    let output = command.assert().success();
    let all: Value = serde_json::from_slice(&output.get_output().stdout).expect("JSON");
    all[0].clone()
}

fn close(found: &Value, truth: &Value, what: &str) {
    match (found.as_f64(), truth.as_f64()) {
        (Some(found), Some(truth)) => {
            assert!((found - truth).abs() <= TOLERANCE * truth.abs().max(1e-3), "{what}: {found}, expected {truth}");
        }
        (found, truth) => assert_eq!(found, truth, "{what}"),
    }
}

#[test]
fn every_measure_is_that_of_numpy() {
    let text = std::fs::read_to_string(golden("truth.json")).expect("truth");
    let truth: Value = serde_json::from_str(&text).expect("JSON");
    let names: Vec<String> = truth[0]["slopes"].as_object().expect("slopes").keys().cloned().collect();
    let mut options = vec!["--stimulus", "10", "--baseline", "-9..-0.5", "--peak", "2.5..20", "--search", "1.5..12"];
    options.extend(["--area", "1.5..30", "--spike", "4..9@2.5..14", "--polarity", "negative"]);
    options.extend(names.iter().flat_map(|name| ["--slope", name.as_str()]));
    let found = measured(&options);
    let rows = found["rows"].as_array().expect("rows");
    assert_eq!((rows.len(), found["unit"].as_str()), (12, Some("mV")));
    for (k, (row, truth)) in rows.iter().zip(truth.as_array().expect("truth")).enumerate() {
        for key in ["baseline", "baseline_sd", "peak_index", "amplitude", "area"] {
            close(&row[key], &truth[key], &format!("sweep {k}, {key}"));
        }
        for (slope, name) in row["slopes"].as_array().expect("slopes").iter().zip(&names) {
            assert_eq!(slope["method"].as_str(), Some(name.as_str()));
            close(&slope["value"], &truth["slopes"][name], &format!("sweep {k}, slope {name}"));
        }
        for key in ["amplitude", "latency_ms"] {
            close(&row["pop_spike"][key], &truth["pop_spike"][key], &format!("sweep {k}, spike {key}"));
        }
    }
}

#[test]
fn artefact_volley_and_polarity_are_seen_without_help() {
    let found = measured(&[]);
    let seen = &found["detection"];
    let at = seen["stimulus_ms"][0].as_f64().expect("a stimulus");
    assert!((at - 10.0).abs() < 0.1, "{at}");
    assert_eq!((seen["polarity"].as_str(), seen["response"].as_bool()), (Some("negative"), Some(true)));
    let volley = seen["volley_ms"][1].as_f64().expect("a volley");
    assert!((volley - 1.3).abs() < 0.15, "{volley}");
    let sizes: Vec<f64> =
        found["rows"].as_array().expect("rows").iter().filter_map(|row| row["volley"].as_f64()).collect();
    let mean = sizes.iter().sum::<f64>() / sizes.len() as f64;
    assert!((mean - 0.15).abs() < 0.03, "{mean}");
}

#[test]
fn each_line_of_the_table_has_method_and_window() {
    let mut command = Command::new(BINARY);
    command.arg("measure").arg(golden("sweeps.csv")).args(["--csv", "--slope", "all"]);
    let output = command.assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    let slopes: Vec<&str> = text.lines().filter(|line| line.contains(",slope,")).collect();
    assert_eq!(slopes.len(), 12 * 9);
    for line in slopes.iter().filter(|line| !line.ends_with(",,,,mV/ms")) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 12, "{line}");
        assert!(!cells[7].is_empty() && cells[8].parse::<f64>().is_ok() && cells[9].parse::<f64>().is_ok(), "{line}");
    }
}

#[test]
fn mistakes_are_told_with_a_remedy() {
    let told = |options: &[&str], code: i32| {
        let mut command = Command::new(BINARY);
        command.arg("measure").args(options);
        let output = command.assert().code(code);
        String::from_utf8_lossy(&output.get_output().stderr).into_owned()
    };
    let file = golden("sweeps.csv");
    let file = file.to_str().expect("a path");
    assert!(told(&[file, "--slope", "steep"], 2).contains("expected e.g. \"20-80 %\""));
    assert!(told(&[file, "--peak", "20..4"], 2).contains("e.g. 4..20"));
    assert!(told(&[file, "--channel", "7"], 65).contains("no channel 7: expected one of 0"));
    assert!(told(&["no-such.abf"], 66).contains("no-such.abf"));
    let folder = tempfile::tempdir().expect("a folder");
    let flat = folder.path().join("flat.csv");
    let rows: String = (0..400).map(|k| format!("{},{}\n", f64::from(k) * 0.05, (k * 7) % 5)).collect();
    std::fs::write(&flat, format!("time_ms,a_mV\n{rows}")).expect("written");
    assert!(told(&[flat.to_str().expect("a path")], 65).contains("state it with --stimulus"));
}
