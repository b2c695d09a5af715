//! Mixed models of tables: the model that the design asks for, stated random effects,
//! and the check of their level.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_schaffer")).arg("stats").args(arguments).output().unwrap()
}

fn public(name: &str) -> String {
    format!("{}/../statistics/tests/public/{name}.csv", env!("CARGO_MANIFEST_DIR"))
}

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&[arguments, &["--json"]].concat())).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn row<'v>(answer: &'v Value, term: &str) -> &'v Value {
    let rows = answer["results"].as_array().unwrap();
    rows.iter().find(|row| row["term"] == term).unwrap_or_else(|| panic!("{term}: {rows:?}"))
}

#[track_caller]
fn near(value: &Value, truth: f64, tolerance: f64) {
    let value = value.as_f64().unwrap();
    assert!((value - truth).abs() <= tolerance, "{value} for {truth}");
}

#[test]
fn conditions_of_the_same_animals_are_compared_within_animals() {
    // lmerTest: animal and animal:condition random.
    let stated = ["--random", "animal, animal:condition"];
    for options in [&[][..], &stated, &["--variances", "equal"]] {
        let ours = json(&[&["mixed", &public("within_animal")], options].concat());
        let own = row(&ours, "drg - ctl");
        near(&own["se"], 5.77318, 1e-5);
        near(&own["df"], 4.0, 1e-6);
        near(&own["p"], 0.169592, 1e-6);
        near(&own["ci_low"], -25.69, 5e-3);
        near(&own["ci_high"], 6.37, 5e-3);
        let formula = ours["details"]["formula"].as_str().unwrap();
        assert!(formula.contains("(1 | animal) + (1 | animal:condition)"), "{formula}");
    }
}

#[test]
fn published_models_by_name() {
    let sleep = json(&["mixed", &public("sleepstudy"), "--dose", "dose", "--random-slope"]);
    near(&row(&sleep, "per unit of dose")["estimate"], 10.467, 5e-4);
    near(&row(&sleep, "per unit of dose")["se"], 1.546, 5e-4);
    near(&row(&sleep, "per unit of dose")["df"], 17.0, 1e-4);
    near(&row(&sleep, "mean at dose 0")["estimate"], 251.405, 5e-4);
    near(&row(&sleep, "mean at dose 0")["se"], 6.825, 1e-3);
    near(&sleep["details"]["sd_slope"], 5.922, 5e-4);
    near(&sleep["details"]["sd_animal"], 24.741, 5e-3);
    near(&sleep["details"]["slope_correlation"], 0.066, 5e-4);
    let machines = [
        "mixed",
        &public("Machines"),
        "--response",
        "score",
        "--group",
        "machine",
        "--random",
        "worker, worker:machine",
    ];
    let machines = json(&machines);
    near(&row(&machines, "B - A")["estimate"], 7.966_667, 1e-6);
    near(&row(&machines, "B - A")["df"], 10.0, 1e-5);
    near(&machines["details"]["sd_worker"], 4.781, 1e-3);
    near(&machines["details"]["sd_worker_machine"], 3.7295, 1e-3);
    near(&machines["details"]["sd_residual"], 0.96158, 1e-5);
    let crossed = json(&["mixed", &public("Penicillin"), "--response", "diameter", "--random", "plate, sample"]);
    near(&crossed["details"]["sd_plate"], 0.8467, 5e-5);
    near(&crossed["details"]["sd_sample"], 1.9316, 6e-5);
    near(&row(&crossed, "mean")["se"], 0.8086, 1e-4);
}

/// Two groups of 6 and 3 animals, the smaller one three times as variable.
fn uneven() -> String {
    let mut table = String::from("group,animal,slice,y\n");
    for (group, animals, spread) in [("control", 6, 4.0), ("drug", 3, 12.0), ("other", 4, 6.0)] {
        for animal in 0..animals {
            for slice in 0..3 {
                let y = 100.0 + spread * f64::from((animal * 7 + 3) % 5 - 2) + f64::from((slice * 5 + animal) % 4);
                table.push_str(&format!("{group},{group}{animal},{slice},{y}\n"));
            }
        }
    }
    table
}

#[test]
fn variances_of_each_group_are_usual_and_equal_ones_can_be_stated() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("uneven.csv").display().to_string();
    let two: String = uneven().lines().filter(|line| !line.contains("other")).fold(String::new(), |t, l| t + l + "\n");
    fs::write(&path, &two).unwrap();
    let (usual, welch) = (json(&["mixed", &path]), json(&["welch", &path]));
    for key in ["estimate", "se", "df", "p"] {
        near(&usual[key], welch[key].as_f64().unwrap(), 1e-9);
    }
    let equal = json(&["mixed", &path, "--variances", "equal"]);
    assert!((equal["df"].as_f64().unwrap() - 7.0).abs() < 1e-6, "{}", equal["df"]);
    assert!(usual["sentence"].as_str().unwrap().contains("variances of each group"));
    assert!(equal["sentence"].as_str().unwrap().contains("equal variances"));
    let told = refused(&["mixed", &path, "--variances", "by-group", "--df", "kenward-roger"]);
    assert!(told.contains("--variances equal"), "{told}");
}

#[test]
fn joint_tests_do_not_depend_on_the_reference() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("uneven.csv").display().to_string();
    fs::write(&path, uneven()).unwrap();
    for options in
        [&["--df", "satterthwaite"][..], &["--df", "kenward-roger"], &[], &["--means", "--df", "satterthwaite"]]
    {
        let of = |reference: &str| {
            let ours = json(&[&["mixed", &path, "--reference", reference], options].concat());
            let f = row(&ours, "group");
            [f["statistic"].as_f64().unwrap(), f["df_denominator"].as_f64().unwrap(), f["p"].as_f64().unwrap()]
        };
        let first = of("control");
        for reference in ["drug", "other"] {
            for (a, b) in first.iter().zip(of(reference)) {
                assert!((a - b).abs() <= 1e-7 * a.abs(), "{options:?}: {a} and {b}");
            }
        }
    }
    let sentence = text(&["mixed", &path, "--means"]);
    assert!(sentence.contains("adjusted p = ") || sentence.contains("adjusted p < "), "{sentence}");
}

#[test]
fn stated_random_effects_name_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("uneven.csv").display().to_string();
    fs::write(&path, uneven()).unwrap();
    for (random, complaint) in [
        ("animal, animal:cage", "no column \"cage\""),
        ("animal, animal:slice", "cannot tell animal:slice from the residual"),
        ("animal, animal:group", "cannot tell animal:group"),
        ("animal,,slice", "expected terms between commas"),
        ("animal, animal", "stands twice"),
    ] {
        let told = refused(&["mixed", &path, "--random", random]);
        assert!(told.contains(complaint), "{random}: {told}");
    }
}

#[test]
fn the_check_of_level_is_the_same_on_any_number_of_threads() {
    let check = |threads: &str| {
        let arguments = ["stats", "check-level", "--replicates", "40", "--only", "SD 8"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
        let output = command.args(arguments).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let one = check("1");
    assert_eq!(one, check("2"));
    assert!(one.contains("mixed (usual)") && one.contains("paired"), "{one}");
    let told = refused(&["check-level", "--only", "no such design"]);
    assert!(told.contains("no design and no method"), "{told}");
}
