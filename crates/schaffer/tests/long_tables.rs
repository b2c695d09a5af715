//! Time courses in long form at the command: a row for each time of each recording;
//! published means, from which no test is made.

mod program;

use program::Command;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");
const HARRIS: &str = include_str!("golden/time_courses/harris_fenton.csv");

/// Means of the 15 values before induction and of the last ten, and their ratio in
/// per cent, by Python from the published column.
const TRUTH: [(&str, f64); 2] = [("avoidable", 122.029_673_234_022_08), ("unavoidable", 119.021_107_086_045_8)];

fn schaffer() -> Command {
    Command::new(BINARY)
}

fn analysed(folder: &Path) -> (Value, String) {
    let out = folder.join("results");
    let study = folder.join("study.toml");
    schaffer().args(["analyse", "--overwrite"]).arg(study).arg("--out").arg(&out).assert().success();
    let text = fs::read_to_string(out.join("findings.json")).expect("findings");
    (serde_json::from_str(&text).expect("JSON"), fs::read_to_string(out.join("report.md")).expect("report"))
}

fn refused(folder: &Path, study: &str) -> String {
    fs::write(folder.join("study.toml"), study).expect("a study");
    let output = schaffer().arg("analyse").arg(folder.join("study.toml")).arg("--out").arg(folder.join("no")).assert();
    String::from_utf8_lossy(&output.code(65).get_output().stderr).into_owned()
}

fn percent(found: &Value, place: usize) -> f64 {
    found["of_baseline"][place]["mean_percent"].as_f64().expect("a number")
}

#[test]
fn published_means_are_proposed_and_never_compared() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("LTP.csv"), HARRIS).expect("a table");
    schaffer().arg("init").arg(folder.path()).assert().success();
    let proposed = fs::read_to_string(folder.path().join("study.toml")).expect("a study");
    for expected in [
        "recording = \"Treatment\"",
        "value = \"fEPSPslope\"",
        "error = \"SE\"",
        "time_unit = \"min\"      # review: the table does not say it",
        "means of groups, not recordings",
        "unit = \"% of baseline\"",
    ] {
        assert!(proposed.contains(expected), "{expected}\n{proposed}");
    }
    let (found, page) = analysed(folder.path());
    for (place, (name, truth)) in TRUTH.into_iter().enumerate() {
        assert_eq!(found["of_baseline"][place]["condition"], name, "{found}");
        let ours = percent(&found, place);
        assert!((ours / truth - 1.0).abs() < 1e-10, "{name}: {ours}, expected {truth}");
    }
    assert_eq!(found["animal_mean_contrasts"].as_array().map_or(0, Vec::len), 0, "no test between means");
    assert_eq!(found["contrasts"].as_array().map_or(0, Vec::len), 0, "no test between means");
    assert!(page.contains("no comparison between groups is possible"), "{page}");
    // With recordings beside them a mean would count as an animal.
    let table = "time_min,r1,r2\n-2,1,1\n-1,1,1\n1,2,2\n2,2,2\n";
    fs::write(folder.path().join("own.csv"), table).expect("a table");
    let mixed = format!("{proposed}\n[[table]]\nfile = \"own.csv\"\ncondition = \"avoidable\"\n");
    let told = refused(folder.path(), &mixed);
    assert!(told.contains("means of groups") && told.contains("study of its own"), "{told}");
    let joined = proposed.replace("condition = \"unavoidable\"", "condition = \"avoidable\"");
    let told = refused(folder.path(), &joined);
    assert!(told.contains("holds 2 means of groups (avoidable, unavoidable)"), "{told}");
    let told = refused(folder.path(), &proposed.replace("time_unit = \"min\"", "#"));
    assert!(told.contains("the unit of the column of times"), "{told}");
}

/// The same recordings wide and long, in any order of rows, CSV and with numbers as names.
#[test]
fn long_and_wide_tables_give_the_same() {
    let folder = TempDir::new().expect("a folder");
    let value = |animal: u32, minute: i32| {
        let noise = f64::from((animal * 7 + minute.unsigned_abs() * 13) % 11) / 100.0;
        if minute < 0 { 0.4 + noise } else { 0.5 + 0.05 * f64::from(animal) + noise }
    };
    let minutes: Vec<i32> = (-20..0).chain(1..=60).collect();
    let (mut wide, mut long) = (String::from("time_min,1,2,3\n"), String::from("slope,slice,minute\n"));
    for minute in &minutes {
        let _ = writeln!(wide, "{minute},{},{},{}", value(1, *minute), value(2, *minute), value(3, *minute));
    }
    for minute in minutes.iter().rev() {
        for animal in 1..=3 {
            let _ = writeln!(long, "{},{animal},{minute}", value(animal, *minute));
        }
    }
    let study = |keys: &str| {
        format!(
            "format = 1\nname = \"t\"\n[analysis]\nreference_window = \"20 min\"\nwindow = [\"51 min\", \"60 min\"]\n\
             [[condition]]\nname = \"control\"\n[[table]]\nfile = \"t.csv\"\ncondition = \"control\"\nunit = \"mV/ms\"\n{keys}"
        )
    };
    let keys = "time = \"minute\"\ntime_unit = \"min\"\nrecording = \"slice\"\nvalue = \"slope\"\n";
    let mut means = Vec::new();
    for (table, keys) in [(&wide, ""), (&long, keys)] {
        fs::write(folder.path().join("t.csv"), table).expect("a table");
        fs::write(folder.path().join("study.toml"), study(keys)).expect("a study");
        let (found, _) = analysed(folder.path());
        assert_eq!(found["of_baseline"][0]["n"], 3);
        means.push(percent(&found, 0).to_bits());
    }
    assert_eq!(means[0], means[1]);
    // The same time twice is a fault with its line.
    let twice = format!("{long}0.5,2,60\n");
    fs::write(folder.path().join("t.csv"), twice).expect("a table");
    let told = refused(folder.path(), &study(keys));
    assert!(told.contains("242") && told.contains("another value of \"2\""), "{told}");
    let told = refused(folder.path(), &study(&keys.replace("\"slice\"", "\"Slice\"")));
    assert!(told.contains("Slice"), "{told}");
    let told = refused(folder.path(), &study(&keys.replace("value = \"slope\"\n", "")));
    assert!(told.contains("recording without value"), "{told}");
}
