//! `schaffer validate` and `schaffer sensitivity` as a user types them.

mod program;

use program::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn schaffer() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    command
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).expect("JSON")
}

fn complaint(assert: &program::Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8")
}

const OWN: &str = r#"
[[outcome]]
id = "own-train"
title = "a short train of my own"
role = "validation"
source = "my laboratory notebook, 2026"
evidence = "measured"
[[outcome.arm]]
name = "train"
window = ["5 min", "8 min"]
[outcome.arm.protocol]
baseline = "2 min"
wash_in = "0 s"
follow_up = "8 min"
train = [{ pulses = 50, frequency = "100 Hz" }]
[[outcome.expect]]
arm = "train"
mean = 500.0
tolerance = 10.0
[[outcome.expect]]
arm = "train"
low = 0.0
"#;

#[test]
fn an_outcome_of_ones_own_is_simulated_and_judged_and_a_miss_stays_red() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("own.toml"), OWN).unwrap();
    let page = folder.path().join("page.html");
    let run = |animals: &str| {
        let assert = schaffer()
            .args(["validate", "own-train", "--json", "--animals", animals, "--folder"])
            .arg(folder.path())
            .arg("--page")
            .arg(&page)
            .assert()
            .code(0);
        json(&assert.get_output().stdout)
    };
    let scored = run("3");
    let outcome = &scored["outcomes"][0];
    assert_eq!(scored["outcomes"].as_array().unwrap().len(), 1);
    let values = outcome["arms"][0]["values"].as_array().unwrap();
    assert_eq!(values.len(), 3);
    let mean = values.iter().map(|value| value.as_f64().unwrap()).sum::<f64>() / 3.0;
    assert!((outcome["arms"][0]["spread"]["mean"].as_f64().unwrap() - mean).abs() < 1e-9);
    assert!((5.0..150.0).contains(&mean), "{mean}");
    assert_eq!(outcome["checks"][0]["verdict"], "fail");
    assert_eq!(outcome["checks"][1]["verdict"], "pass");
    assert!(fs::read_to_string(&page).unwrap().contains("my laboratory notebook"));
    // The first animals of a larger sample are the same animals.
    let more = run("4");
    assert_eq!(more["outcomes"][0]["arms"][0]["values"].as_array().unwrap()[..3], values[..]);
}

#[test]
fn the_list_names_roles_and_sources() {
    let assert = schaffer().args(["validate", "--list"]).assert().code(0);
    let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(text.contains("C4 (calibration)") && text.contains("G02-CPP (validation)"), "{text}");
    assert!(text.contains("Dudek and Bear 1992"), "{text}");
}

#[test]
fn faulty_outcomes_are_named() {
    let folder = TempDir::new().unwrap();
    let empty = schaffer().args(["validate", "--folder"]).arg(folder.path()).assert().code(66);
    assert!(complaint(&empty).contains("no file ends in .toml"));
    fs::write(folder.path().join("own.toml"), OWN.replace("\"8 min\"]", "\"9 min\"]")).unwrap();
    let late = schaffer().args(["validate", "own-train", "--folder"]).arg(folder.path()).assert().code(65);
    let text = complaint(&late);
    assert!(text.contains("outcome \"own-train\", arm \"train\"") && text.contains("window"), "{text}");
    fs::write(folder.path().join("own.toml"), OWN.replace("role = \"validation\"", "role = \"hope\"")).unwrap();
    let role = complaint(&schaffer().args(["validate", "--folder"]).arg(folder.path()).assert().code(65));
    assert!(role.contains("line 5") && role.contains("expected `calibration` or `validation`"), "{role}");
    let unknown = complaint(&schaffer().args(["validate", "C99"]).assert().code(65));
    assert!(unknown.contains("unknown outcome \"C99\"; known: C1, C2"), "{unknown}");
}

const SHORT: &str = r#"
format = 1
name = "short"
title = "short"
seed = 3
[protocol]
baseline = "2 min"
wash_in = "2 min"
follow_up = "8 min"
induction = "hfs-1x100"
[[condition]]
name = "control"
[[condition]]
name = "APV"
bath = [{ compound = "D-APV", concentration = "50 uM" }]
[design]
animals = 3
slices_per_animal = 1
[analysis]
reference_window = "2 min"
window = ["5 min", "8 min"]
short_term = ["1 min", "3 min"]
exclude = { baseline_drift = "off" }
[statistics]
reference = "control"
[report]
formats = ["svg"]
"#;

#[test]
fn a_sensitivity_analysis_enters_the_report() {
    let folder = TempDir::new().unwrap();
    let experiment = folder.path().join("short.toml");
    fs::write(&experiment, SHORT).unwrap();
    let results = folder.path().join("results");
    schaffer().arg("run").arg(&experiment).arg("--quiet").arg("--out").arg(&results).assert().code(0);
    let assert = schaffer()
        .arg("sensitivity")
        .arg(&experiment)
        .args(["--json", "--animals", "1", "--parameters", "rule.weight_ratio,nmda.magnesium", "--results"])
        .arg(&results)
        .assert()
        .code(0);
    let found = json(&assert.get_output().stdout);
    assert_eq!(found["simulations"], 6);
    assert_eq!(found["outcomes"].as_array().unwrap().len(), 3);
    let place = |path: &str| {
        let parameters = found["parameters"].as_array().unwrap();
        parameters.iter().position(|parameter| parameter["path"] == path).unwrap()
    };
    let effect = &found["effects"][place("rule.weight_ratio")][0];
    assert!(effect["at_high"].as_f64() > effect["at_low"].as_f64(), "{effect}");
    let report = fs::read_to_string(results.join("report.html")).unwrap();
    assert!(report.contains("What the prediction rests on"));
    assert!(results.join("figures/sensitivity.svg").exists() && results.join("figures/sensitivity.csv").exists());
}

#[test]
fn a_sensitivity_analysis_refuses_what_it_cannot_do() {
    let folder = TempDir::new().unwrap();
    let experiment = folder.path().join("short.toml");
    fs::write(&experiment, SHORT).unwrap();
    let unknown = schaffer().arg("sensitivity").arg(&experiment).args(["--parameters", "nmda.magic"]).assert().code(65);
    assert!(complaint(&unknown).contains("unknown parameter \"nmda.magic\""));
    let missing = schaffer().arg("sensitivity").arg(&experiment).args(["--results", "nowhere"]).assert().code(66);
    assert!(complaint(&missing).contains("run the experiment first: schaffer run"));
}

/// Every published set of a rule has a row, the closed forms pass, and what the
/// original solver of a model got wrong stays red.
#[test]
fn rules_have_rows_of_their_own() {
    let assert = schaffer().args(["validate", "--rules", "--json"]).assert().code(0);
    let board = json(&assert.get_output().stdout);
    assert_eq!(board["outcomes"].as_array().unwrap().len(), 0);
    let rows = board["rules"].as_array().unwrap();
    let verdict = |id: &str| rows.iter().find(|row| row["id"] == id).map(|row| row["verdict"].clone()).unwrap();
    for id in ["R-GB-DP", "R-GB-cortical", "R-Shouval", "R-Clopath-aeif", "R-Dainauskas", "R-Deperrois", "R-STC"] {
        assert_eq!(verdict(id), "pass", "{id}");
    }
    assert_eq!((verdict("R-NJ-converged"), verdict("R-NJ-published")), ("pass".into(), "fail".into()));
    let one = schaffer().args(["validate", "R-GB-DP"]).assert().code(0);
    let text = String::from_utf8(one.get_output().stdout.clone()).expect("UTF-8");
    assert!(text.contains("Rules:") && !text.contains("Calibration:"), "{text}");
}

/// A direction in two arms with the same animals, and the preparation of an arm.
#[test]
fn differences_and_preparations_are_judged() {
    let own = r#"
[[outcome]]
id = "own-calcium"
title = "less calcium, less potentiation"
role = "validation"
source = "my laboratory notebook, 2026"
evidence = "measured"
[[outcome.arm]]
name = "2 mM"
window = ["5 min", "8 min"]
protocol = { induction = "tbs", baseline = "2 min", wash_in = "0 s", follow_up = "8 min" }
[[outcome.arm]]
name = "1 mM"
window = ["5 min", "8 min"]
preparation = { calcium = "1 mM" }
protocol = { induction = "tbs", baseline = "2 min", wash_in = "0 s", follow_up = "8 min" }
[[outcome.expect]]
difference = ["2 mM", "1 mM"]
[[outcome.expect]]
differences = [["1 mM", "2 mM"], ["2 mM", "1 mM"]]
"#;
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("own.toml"), own).unwrap();
    let run = || {
        schaffer().args(["validate", "own-calcium", "--json", "--animals", "4", "--folder"]).arg(folder.path()).assert()
    };
    let board = json(&run().code(0).get_output().stdout);
    let checks = &board["outcomes"][0]["checks"];
    assert_eq!((checks[0]["verdict"].clone(), checks[1]["verdict"].clone()), ("pass".into(), "fail".into()));
    let both = own.replace("difference = [\"2 mM\", \"1 mM\"]", "difference = [\"2 mM\", \"1 mM\"]\narm = \"2 mM\"");
    fs::write(folder.path().join("own.toml"), both).unwrap();
    assert!(complaint(&run().code(65)).contains("one of `arm`, `order`, `difference` and `differences`"));
}

/// The sign pattern of inhibition, NMDA receptors, T-type channels and the
/// autoreceptor, over animals. Rows that the model misses stand in
/// docs/validation.md and are not asked for here.
#[test]
fn the_sign_pattern_holds_where_it_is_said_to_hold() {
    let ids = ["S-alpha5", "S-T-type", "S-autoreceptor"];
    let assert = schaffer().arg("validate").args(ids).args(["--json", "--animals", "16"]).assert().code(0);
    let board = json(&assert.get_output().stdout);
    let rows = board["outcomes"].as_array().unwrap();
    assert_eq!(rows.len(), ids.len());
    for row in rows {
        assert_eq!(row["role"], "validation", "{}", row["id"]);
        for check in row["checks"].as_array().unwrap() {
            assert_ne!(check["verdict"], "fail", "{}: {check}", row["id"]);
        }
    }
}

/// More calcium outside, more potentiation by pairs; none in 1.3 mM.
#[test]
fn pairs_depress_less_with_more_calcium_outside() {
    let assert = schaffer().args(["validate", "P-Ca-pre-post", "--json", "--animals", "6"]).assert().code(0);
    let board = json(&assert.get_output().stdout);
    let arms = board["outcomes"][0]["arms"].as_array().unwrap();
    let means: Vec<f64> = arms.iter().map(|arm| arm["spread"]["mean"].as_f64().unwrap()).collect();
    // Published is potentiation in 2.5 and 3 mM, which the synapse misses (docs/validation.md).
    assert!(means[2] < means[3] && means[3] < means[4], "{means:?}");
}
