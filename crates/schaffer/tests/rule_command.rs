//! `schaffer rule` and `schaffer rules` as a user calls them.

mod program;

use program::Command;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.args(arguments);
    command
}

fn json(arguments: &[&str]) -> Vec<Value> {
    let assert = command(arguments).arg("--json").assert().success();
    serde_json::from_slice(&assert.get_output().stdout).expect("an array of rows")
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("no number {key} in {row}"))
}

/// Fig 2 and 3 of Graupner & Brunel 2012 through the command, to the digits that the
/// reference prints.
#[test]
fn pairs_bursts_and_pulses_of_graupner_and_brunel() {
    let rows = json(&[
        "rule",
        "graupner_brunel_2012",
        "--set",
        "DP,P",
        "--protocol",
        "pairs",
        "--n",
        "60",
        "--frequency",
        "1 Hz",
        "--dt",
        "-40 ms,10 ms",
    ]);
    let expected = [("DP", -40.0, 0.85142001), ("DP", 10.0, 1.2214), ("P", -40.0, 1.0456), ("P", 10.0, 1.2299)];
    assert_eq!(rows.len(), expected.len());
    for (row, (set, dt, ratio)) in rows.iter().zip(expected) {
        assert_eq!((row["set"].as_str(), row["protocol"].as_str()), (Some(set), Some("pairs")));
        assert_eq!((number(row, "n"), number(row, "frequency_hz"), number(row, "dt_ms")), (60.0, 1.0, dt));
        assert!((number(row, "ratio") - ratio).abs() < 6e-5, "{row}");
    }
    let burst = json(&[
        "rule",
        "graupner_brunel_2012",
        "--set",
        "hippocampal_slices",
        "--protocol",
        "bursts",
        "--post",
        "2",
        "--post-interval",
        "11.5 ms",
        "--n",
        "100",
        "--frequency",
        "5 Hz",
        "--dt",
        "10 ms",
    ]);
    assert!(number(&burst[0], "ratio") > 1.2);
    let pulses = json(&[
        "rule",
        "graupner_brunel_2012",
        "--set",
        "hippocampal_slices",
        "--protocol",
        "pulses",
        "--n",
        "900",
        "--frequency",
        "5 Hz..25 Hz step 10 Hz",
    ]);
    let ratios: Vec<f64> = pulses.iter().map(|row| number(row, "ratio")).collect();
    assert_eq!(ratios.len(), 3);
    assert!(ratios[0] < 0.95 && ratios[2] > 1.2, "{ratios:?}");
    assert!(pulses[0]["dt_ms"].is_null());
}

/// Numbers of the reference files, one for each rule that has a paper of its own to agree
/// with; Graupner and Brunel have theirs above.
#[test]
fn every_rule_gives_a_number_of_its_paper() {
    let cases: [(&[&str], f64, f64); 7] = [
        (&["shouval_2002", "--n", "100", "--frequency", "1 Hz", "--dt", "10 ms"], 1.9144, 1e-4),
        (&["deperrois_2020", "--set", "sHFullSim1", "--frequency", "20 Hz", "--dt", "10 ms"], 1.3398, 5e-5),
        (
            &["clopath_2010", "--set", "hh_zero", "--n", "5", "--frequency", "10 Hz", "--dt", "-10 ms"],
            0.7014343863,
            1e-5,
        ),
        (&["clopath_2010", "--set", "aeif", "--n", "5", "--frequency", "50 Hz", "--dt", "-10 ms"], 1.4943359357, 1e-5),
        (&["dainauskas_2023", "--n", "20", "--frequency", "10 Hz", "--dt", "10 ms"], 1.1943782, 1e-6),
        (&["stc_luboeinski_2021", "--protocol", "pulses", "--n", "900", "--frequency", "1 Hz"], 1.0, 1e-6),
        (&["narayanan_johnston_2010", "--protocol", "pulses", "--n", "900", "--frequency", "20 Hz"], 4.0, 1e-3),
    ];
    for (arguments, ratio, tolerance) in cases {
        let mut all = vec!["rule"];
        all.extend(arguments);
        let rows = json(&all);
        assert_eq!(rows.len(), 1, "{arguments:?}");
        assert!((number(&rows[0], "ratio") - ratio).abs() < tolerance, "{arguments:?}: {}", rows[0]);
    }
    let rows = json(&["rule", "chindemi_2022", "--n", "10", "--frequency", "1 Hz", "--dt", "10 ms"]);
    assert!((number(&rows[0], "rho_end") - 0.549863281).abs() < 1e-4, "{}", rows[0]);
    // The rules of this program follow calcium that no paper has.
    let elsewhere = ["chindemi_2022", "graupner_brunel_2012", "effective_calcium", "gb_calcium"];
    for rule in json(&["rules"]) {
        let name = rule["name"].as_str().expect("a name");
        let here = cases.iter().any(|(arguments, ..)| arguments[0] == name);
        assert!(here || elsewhere.contains(&name), "{name} has no number here");
    }
}

/// Simulated calcium: nothing at a low rate, potentiation at a high one.
#[test]
fn rules_on_simulated_calcium_follow_the_frequency() {
    let ratios = |rule: &str, protocol: &[&str]| -> Vec<f64> {
        let mut all = vec!["rule", rule];
        all.extend(protocol);
        json(&all).iter().map(|row| number(row, "ratio")).collect()
    };
    let gb = ratios("gb_calcium", &["--protocol", "pulses", "--n", "900", "--frequency", "0.5 Hz,50 Hz"]);
    assert!((gb[0] - 1.0).abs() < 0.01 && gb[1] > 1.5, "{gb:?}");
    let slice = ratios("effective_calcium", &["--protocol", "pulses", "--n", "100", "--frequency", "100 Hz"]);
    assert!(slice[0] > 1.2, "{slice:?}");
    let held = ratios("shouval_2002", &["--protocol", "clamp", "--n", "100", "--voltage", "-65 mV,-55 mV,-10 mV"]);
    assert!((held[0] - 1.0).abs() < 0.05 && held[1] < 0.9 && held[2] > 1.5, "{held:?}");
}

#[test]
fn the_late_phase_of_named_protocols_and_of_any_rule() {
    let rows = json(&["rule", "stc_luboeinski_2021", "--protocol", "STET"]);
    let last = &rows[rows.len() - 1];
    assert!((number(last, "ratio") - 1.7737776).abs() < 2e-4, "{last}");
    let blocked = json(&["rule", "stc_luboeinski_2021", "--protocol", "STET", "--anisomycin"]);
    assert!((number(&blocked[blocked.len() - 1], "ratio") - 1.0).abs() < 0.02);
    let attached = |options: &[&str]| {
        let mut all = vec![
            "rule",
            "graupner_brunel_2012",
            "--set",
            "hippocampal_slices",
            "--protocol",
            "pulses",
            "--n",
            "100",
            "--frequency",
            "50 Hz",
            "--late-phase",
        ];
        all.extend(options);
        let rows = json(&all);
        (number(&rows[0], "strength_1h"), number(&rows[0], "strength_8h"))
    };
    let (one, three) = (attached(&["--trains", "1"]), attached(&["--trains", "3"]));
    assert!(one.0 > 1.4 && one.1 < 1.05, "{one:?}");
    assert!(three.0 > 1.4 && three.1 > 1.4, "{three:?}");
    for block in ["--anisomycin", "--pka-block"] {
        let blocked = attached(&["--trains", "3", block]);
        assert!(blocked.0 > 1.4 && blocked.1 < 1.05, "{block}: {blocked:?}");
    }
}

#[test]
fn simulated_runs_are_reproducible_and_agree_with_theory() {
    let call = |seed: &str| {
        let all = [
            "rule",
            "graupner_brunel_2012",
            "--set",
            "DP",
            "--n",
            "60",
            "--frequency",
            "1 Hz",
            "--dt",
            "10 ms",
            "--simulate",
            "4000",
            "--seed",
            seed,
        ];
        number(&json(&all)[0], "simulated_ratio")
    };
    assert_eq!(call("1"), call("1"));
    assert_ne!(call("1"), call("2"));
    assert!((call("1") - 1.2147).abs() < 0.05, "{}", call("1"));
}

/// The same rows as CSV, a figure with every curve, a table for reading.
#[test]
fn csv_figure_and_table() {
    let folder = TempDir::new().expect("a folder");
    let (csv, svg) = (folder.path().join("rows.csv"), folder.path().join("curve.svg"));
    let all = ["rule", "graupner_brunel_2012", "--set", "DP,DPD'", "--n", "60", "--frequency", "1 Hz", "--dt"];
    let mut call = command(&all);
    call.arg("-100 ms..100 ms step 10 ms").arg("--csv").arg(&csv).arg("--plot").arg(&svg).assert().success();
    let text = fs::read_to_string(&csv).expect("the rows");
    let mut lines = text.lines();
    assert!(lines.next().expect("a header").starts_with("set,protocol,n,frequency_hz,dt_ms,ratio,"));
    assert_eq!(lines.count(), 42);
    let drawing = fs::read_to_string(&svg).expect("the figure");
    for label in ["DP", "DPD", "Strength after / before", "Δt, post − pre (ms)"] {
        assert!(drawing.contains(label), "{label}");
    }
    let table =
        command(&["rule", "shouval_2002", "--n", "10", "--frequency", "1 Hz", "--dt", "10 ms"]).assert().success();
    let shown = String::from_utf8_lossy(&table.get_output().stdout).into_owned();
    assert!(shown.contains("ratio") && shown.lines().count() == 2, "{shown}");
}

#[test]
fn a_set_of_ones_own() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("mine.toml");
    fs::write(&path, "name = \"fast potentiation\"\nbased_on = \"DP\"\n[parameters]\ngamma_p = 600\n").expect("a file");
    let path = path.display().to_string();
    let rows = json(&[
        "rule",
        "graupner_brunel_2012",
        "--parameters",
        &path,
        "--n",
        "60",
        "--frequency",
        "1 Hz",
        "--dt",
        "10 ms",
    ]);
    assert_eq!(rows[0]["set"].as_str(), Some("fast potentiation"));
    // More potentiation than the 1.2214 of the set that it is based on.
    assert!(number(&rows[0], "ratio") > 1.3, "{}", rows[0]);
}

#[test]
fn the_list_of_rules_names_sources_and_uses() {
    let rules = json(&["rules"]);
    let names: Vec<&str> = rules.iter().filter_map(|rule| rule["name"].as_str()).collect();
    for name in [
        "effective_calcium",
        "gb_calcium",
        "graupner_brunel_2012",
        "shouval_2002",
        "clopath_2010",
        "dainauskas_2023",
        "deperrois_2020",
        "chindemi_2022",
        "stc_luboeinski_2021",
        "narayanan_johnston_2010",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    for rule in &rules {
        assert!(rule["source"].as_str().is_some_and(|source| source.contains("20")), "{rule}");
    }
    let one = command(&["rules", "graupner_brunel_2012"]).assert().success();
    let text = String::from_utf8_lossy(&one.get_output().stdout).into_owned();
    for word in ["DPD'", "cortical_slices", "tau_ca_ms", "measured", "times of spikes"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}
