//! Calls that `schaffer rule` must refuse, and what it says.

mod program;

use program::Command;
use std::fs;
use tempfile::TempDir;

/// The complaint about a call that ends with `code` and prints nothing.
fn refused(code: i32, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    let assert = command.arg("rule").args(arguments).assert().code(code);
    let output = assert.get_output();
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn faulty_calls_are_refused_by_name() {
    let gb = "graupner_brunel_2012";
    let cases: [(i32, &[&str], &str); 24] = [
        (65, &["graupner_brunell_2012"], "did you mean \"graupner_brunel_2012\"?"),
        (65, &["hebb"], "known rules: effective_calcium"),
        (65, &[gb, "--set", "cortical_slice"], "did you mean \"cortical_slices\"?"),
        (65, &[gb, "--set", "dp"], "did you mean \"DP\"?"),
        (65, &[gb, "--protocol", "pair"], "did you mean \"pairs\"?"),
        (65, &["stc_luboeinski_2021", "--protocol", "STETT"], "did you mean \"STET\"?"),
        (65, &[gb, "--protocol", "clamp", "--voltage", "-30 mV"], "does not depend on the membrane potential"),
        (65, &["narayanan_johnston_2010", "--protocol", "pairs"], "its protocols: pulses"),
        (65, &[gb, "--frequency", "10 Hz", "--dt", "100 ms"], "at 10 Hz the repetitions follow every 100 ms"),
        (65, &["shouval_2002", "--frequency", "20 Hz", "--dt", "-60 ms"], "delta t of -60 ms does not fit"),
        (
            65,
            &[gb, "--protocol", "bursts", "--post", "30", "--frequency", "5 Hz", "--dt", "0 ms"],
            "a burst of 333.5 ms",
        ),
        (65, &[gb, "--frequency", "0 Hz"], "the frequency = 0"),
        (65, &["chindemi_2022", "--step", "1 ms"], "fastest time constant, the NMDA rise, is 0.29 ms"),
        (65, &["narayanan_johnston_2010", "--step", "0.5 ms", "--n", "2"], "too large"),
        (65, &[gb, "--step", "0.1 ms"], "closed form"),
        (2, &[gb, "--frequency", "10"], "--frequency"),
        (2, &[gb, "--frequency", "10 mV"], "--frequency"),
        (2, &[gb, "--dt", "NaN ms"], "--dt"),
        (2, &[gb, "--dt", "1 ms..5 ms"], "a range needs a step"),
        (2, &[gb, "--n", "0"], "--n"),
        (2, &["shouval_2002", "--protocol", "clamp"], "--voltage"),
        (2, &["shouval_2002", "--simulate", "10"], "a rule with noise"),
        (2, &["shouval_2002", "--anisomycin"], "--late-phase"),
        (2, &["shouval_2002", "--protocol", "pulses", "--dt", "10 ms"], "--dt belongs to pairs and bursts"),
    ];
    for (code, arguments, complaint) in cases {
        let told = refused(code, arguments);
        assert!(told.contains(complaint), "{arguments:?}: {told}");
    }
}

#[test]
fn faulty_sets_are_refused_with_their_line() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("mine.toml");
    let cases = [
        ("[parameters]\ntau_ca_ms = 20\n", "the set lacks c_pre, c_post"),
        ("based_on = \"DP\"\n[parameters]\ntau_ca = 20\n", "line 3: graupner_brunel_2012 has no parameter \"tau_ca\""),
        ("based_on = \"DP\"\n[parameters]\ntau_ca_ms = -1\n", "tau_ca_ms = -1 ms is outside its range"),
        ("based_on = \"DP\"\n[parameters]\ntau_ca_ms = nan\n", "outside its range"),
        ("based_on = \"DPP\"\n[parameters]\n", "did you mean \"DP\"?"),
        ("based_on = \"DP\"\n", "parameters"),
        ("based_on = \"DP\"\nbased = 1\n[parameters]\n", "unknown field `based`"),
        ("rule = \"shouval_2002\"\nbased_on = \"DP\"\n[parameters]\n", "the set is for shouval_2002"),
        ("based_on = \"DP\"\n[parameters]\ntau_ca_ms = \"20 ms\"\n", "line 3"),
    ];
    for (text, complaint) in cases {
        fs::write(&path, text).expect("a file");
        let told = refused(65, &["graupner_brunel_2012", "--parameters", &path.display().to_string()]);
        assert!(told.contains(complaint), "{text}: {told}");
    }
    let told = refused(66, &["graupner_brunel_2012", "--parameters", "nowhere.toml"]);
    assert!(told.contains("there is no file nowhere.toml"), "{told}");
    fs::write(&path, "[parameters]\n").expect("a file");
    let told = refused(65, &["effective_calcium", "--parameters", &path.display().to_string()]);
    assert!(told.contains("takes no set of its own"), "{told}");
}

#[test]
fn files_that_exist_are_kept() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("rows.csv");
    fs::write(&path, "mine").expect("a file");
    let file = path.display().to_string();
    let told = refused(73, &["shouval_2002", "--csv", &file]);
    assert!(told.contains("--overwrite"), "{told}");
    assert_eq!(fs::read_to_string(&path).expect("the file"), "mine");
    let nowhere = folder.path().join("no/folder.csv").display().to_string();
    refused(73, &["graupner_brunel_2012", "--csv", &nowhere]);
}
