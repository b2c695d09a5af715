//! Outcomes of every week, from files of a rig to findings: records without gaps,
//! several outcomes in one report, stages, and what is refused.

mod program;

use program::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

/// Sampling rate of the made-up records, Hz.
const RATE_HZ: f64 = 5_000.0;

/// An ABF1 file after the published layout: `mode` 3 without gaps, 5 in sweeps; one code
/// is 10/32768 mV. `codes` holds the channels in turn.
fn abf1(mode: i16, names: &[&str], sweeps: i32, codes: &[i16]) -> Vec<u8> {
    let mut image = vec![0_u8; 2_048];
    let mut put = |at: usize, bytes: &[u8]| image[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"ABF ");
    put(4, &1.83_f32.to_le_bytes());
    put(8, &mode.to_le_bytes());
    put(10, &(codes.len() as i32).to_le_bytes());
    put(16, &sweeps.to_le_bytes());
    put(20, &20_240_229_i32.to_le_bytes());
    put(40, &4_i32.to_le_bytes());
    put(120, &(names.len() as i16).to_le_bytes());
    put(122, &((1e6 / RATE_HZ) as f32 / names.len() as f32).to_le_bytes());
    put(244, &10.0_f32.to_le_bytes());
    put(252, &32_768_i32.to_le_bytes());
    for input in 0..16 {
        put(410 + 2 * input, &(input as i16).to_le_bytes());
        let name = names.get(input).copied().unwrap_or("unused");
        put(442 + 10 * input, format!("{name:<10}").as_bytes());
        put(602 + 8 * input, b"mV      ");
        for at in [730, 922, 1050] {
            put(at + 4 * input, &1.0_f32.to_le_bytes());
        }
    }
    image.extend(codes.iter().flat_map(|code| code.to_le_bytes()));
    image
}

fn code(mv: f64) -> i16 {
    (mv * 3276.8).round().clamp(-32768.0, 32767.0) as i16
}

/// A negative-going response of two exponentials, mV, ms after its stimulus.
fn response(t: f64) -> f64 {
    if t < 2.0 { 0.0 } else { -1.2 * ((-(t - 2.0) / 8.0).exp() - (-(t - 2.0) / 1.5).exp()) }
}

/// Noise of ± `size` mV that is the same in every run.
fn noise(i: usize, size: f64) -> f64 {
    size * (((i * 7919 + 104_729) % 1009) as f64 / 1009.0 - 0.5)
}

/// Fifteen minutes: 45 pulses 10 s apart, 100 pulses at 100 Hz, 45 pulses of which every
/// response is half as large again. `artefact` is the height of the stimulus artefact.
fn session(artefact: f64) -> (Vec<f64>, Vec<usize>) {
    let pulse = |k: usize| 20_000 + 50_000 * k + if k < 45 { 0 } else { 50_000 };
    let train = (0..100).map(|k| 20_000 + 50_000 * 45 + 50 * k);
    let mut field: Vec<f64> = (0..4_650_000).map(|i| 0.2 + noise(i, 0.02)).collect();
    let mut add = |at: usize, gain: f64| {
        field[at] += artefact;
        field[at + 1] -= artefact;
        for i in 0..300 {
            field[at + i] += gain * response(i as f64 * 1000.0 / RATE_HZ);
        }
    };
    let mut stimuli: Vec<usize> = (0..90).map(pulse).collect();
    stimuli.iter().enumerate().for_each(|(k, at)| add(*at, if k < 45 { 1.0 } else { 1.5 }));
    train.clone().for_each(|at| add(at, 0.2));
    stimuli.extend(train);
    (field, stimuli)
}

const STUDY: &str = "format = 1\nname = \"session\"\n[analysis]\nreference_window = \"5 min\"\n\
                     window = [\"2 min\", \"7 min\"]\nshort_term = [\"0 min\", \"1 min\"]\n\
                     exclude = { baseline_drift = \"10 %\", volley_change = \"off\" }\n\
                     [report]\nformats = [\"svg\"]\n[[condition]]\nname = \"control\"\n";

fn analysed(folder: &Path, study: &str) -> Value {
    let (path, out) = (folder.join("study.toml"), folder.join("out"));
    fs::write(&path, study).expect("written");
    Command::new(BINARY).arg("analyse").arg(&path).arg("--out").arg(&out).assert().success();
    let text = fs::read_to_string(out.join("findings.json")).expect("findings");
    serde_json::from_str(&text).expect("JSON")
}

/// Kept test sweeps of the table of measures.
fn kept(folder: &Path) -> usize {
    let text = fs::read_to_string(folder.join("out/measures.csv")).expect("measures");
    let mut lines = text.lines();
    let place = lines.next().and_then(|head| head.split(',').position(|title| title == "kept")).expect("a column kept");
    lines.filter(|line| line.split(',').nth(place) == Some("true")).count()
}

#[test]
fn all_90_responses_of_a_session_without_gaps_are_found_by_the_artefact_though_the_animal_moved() {
    let folder = TempDir::new().expect("a folder");
    let (mut field, _) = session(2.5);
    field[2_345_678..].iter_mut().for_each(|y| *y += 4.0);
    let codes: Vec<i16> = field.iter().map(|mv| code(*mv)).collect();
    fs::write(folder.path().join("session.abf"), abf1(3, &["field"], 1, &codes)).expect("written");
    let slice = "[[slice]]\nfiles = [\"session.abf\"]\ncondition = \"control\"\nanimal = \"m1\"\n";
    let found = analysed(folder.path(), &(STUDY.to_owned() + slice));
    // The movement itself may be taken for a pulse without a response; no pulse is lost.
    let n = kept(folder.path());
    assert!((90..=91).contains(&n), "{n} of 90 responses");
    let change = found["groups"][0]["mean"].as_f64().expect("a mean");
    assert!((change - 50.0).abs() < 2.0, "{change}");
}

#[test]
fn a_channel_that_marks_the_pulses_is_read_where_no_artefact_stands_out() {
    let folder = TempDir::new().expect("a folder");
    let (field, stimuli) = session(0.0);
    let mut ttl = vec![0.0; field.len()];
    for at in stimuli {
        ttl[at..at + 5].iter_mut().for_each(|y| *y = 5.0);
    }
    let codes: Vec<i16> = field.iter().zip(&ttl).flat_map(|(mv, v)| [code(*mv), code(*v)]).collect();
    fs::write(folder.path().join("session.abf"), abf1(3, &["field", "TTL"], 1, &codes)).expect("written");
    let slice = "[[slice]]\nfiles = [\"session.abf\"]\ncondition = \"control\"\nanimal = \"m1\"\n";
    let found = analysed(folder.path(), &(STUDY.to_owned() + slice));
    assert_eq!(kept(folder.path()), 90);
    let change = found["groups"][0]["mean"].as_f64().expect("a mean");
    assert!((change - 50.0).abs() < 2.0, "{change}");
}

/// Sweeps of 150 ms with two pulses 20 ms apart: 20 before and 20 after the induction, in
/// which the response grows to `gain` and the paired-pulse ratio falls from 1.6 to 1.3.
fn pairs(gain: f64, seed: usize) -> Vec<u8> {
    let length = (0.15 * RATE_HZ) as usize;
    let codes: Vec<i16> = (0..40 * length)
        .map(|i| {
            let (sweep, t) = (i / length, (i % length) as f64 * 1000.0 / RATE_HZ - 20.0);
            let (size, ratio) = if sweep < 20 { (1.0, 1.6) } else { (gain, 1.3) };
            let spike = |t: f64| if (0.0..0.19).contains(&t) { 3.0 } else { 0.0 };
            let synaptic = size * (response(t) + ratio * response(t - 20.0));
            code(0.1 + spike(t) + spike(t - 20.0) + synaptic + noise(i + 31 * seed, 0.02))
        })
        .collect();
    abf1(5, &["field"], 40, &codes)
}

/// Two conditions of three animals each, analysed with `keys` in `[analysis]`.
fn study_of_pairs(folder: &Path, keys: &str) -> String {
    let mut text = format!(
        "format = 1\nname = \"pairs\"\n[recording]\ninterval = \"15 s\"\nstimulus = [\"20 ms\", \"40 ms\"]\n[analysis]\n\
         reference_window = \"5 min\"\nwindow = [\"2 min\", \"5 min\"]\nshort_term = [\"0 min\", \"1 min\"]\n\
         exclude = {{ baseline_drift = \"10 %\", volley_change = \"off\" }}\n{keys}[report]\nformats = [\"svg\"]\n\
         [[condition]]\nname = \"control\"\n[[condition]]\nname = \"drug\"\n"
    );
    for (condition, gain) in [("control", 1.5), ("drug", 1.2)] {
        for k in 0..3 {
            let file = format!("{condition}{k}.abf");
            fs::write(folder.join(&file), pairs(gain + 0.03 * k as f64, k)).expect("written");
            text += &format!(
                "[[slice]]\nfiles = [\"{file}\"]\ncondition = \"{condition}\"\nanimal = \"{condition}{k}\"\n\
                 induction_sweep = 20\n"
            );
        }
    }
    text
}

#[test]
fn a_report_tells_several_outcomes_with_unit_and_window_and_a_ratio_of_1_6_as_1_6() {
    let folder = TempDir::new().expect("a folder");
    let keys = "outcomes = [\"amplitude\", \"paired-pulse ratio\", { measure = \"slope\", name = \"early\", window = [\"0 \
                min\", \"1 min\"] }]\n";
    let found = analysed(folder.path(), &study_of_pairs(folder.path(), keys));
    let outcomes = found["outcomes"].as_array().expect("outcomes");
    let names: Vec<&str> = outcomes.iter().filter_map(|outcome| outcome["name"].as_str()).collect();
    assert_eq!(names, ["amplitude", "paired-pulse ratio", "early"]);
    let ratio = &outcomes[1]["groups"][0];
    for (key, right) in [("before", 1.6), ("after", 1.3)] {
        let value = ratio[key].as_f64().expect("a ratio");
        assert!((value - right).abs() < 0.04, "{key}: {value}");
    }
    let between = outcomes[0]["contrasts"][0]["contrast"]["estimate"].as_f64().expect("a difference");
    assert!((between + 30.0).abs() < 2.0, "drug against control, amplitude: {between}");
    assert_eq!(outcomes[2]["window_min"], serde_json::json!([0.0, 1.0]));
    let page = fs::read_to_string(folder.path().join("out/report.md")).expect("a report");
    for told in
        ["## Further outcomes", "paired-pulse ratio, difference from the reference", "p over outcomes", "Every pulse"]
    {
        assert!(page.contains(told), "the report lacks: {told}");
    }
    assert!(folder.path().join("out/figures/outcome-amplitude-time-course.svg").is_file());
}

#[test]
fn what_cannot_be_measured_is_refused_with_the_remedy() {
    let folder = TempDir::new().expect("a folder");
    for (keys, told) in [
        ("outcome = \"EPSC amplitude\"\n", "EPSC amplitude, but the recordings hold potentials"),
        ("outcome = \"amplitud\"\n", "amplitude"),
        ("outcomes = [\"area\", \"area\"]\n", "two outcomes are named \"area\""),
        ("outcomes = [{ measure = \"area\", interval = \"20 ms\" }]\n", "the area is read from one pulse"),
        ("outcomes = [{ window = [\"5 min\", \"2 min\"] }]\n", "expected the earlier time first"),
        ("reference_window = [\"-1 min\", \"-4 min\"]\n", "expected the earlier time first"),
    ] {
        let mut text = study_of_pairs(folder.path(), keys);
        if keys.starts_with("reference_window") {
            text = text.replacen("reference_window = \"5 min\"\n", "", 1);
        }
        let path = folder.path().join("study.toml");
        fs::write(&path, text).expect("written");
        let output = Command::new(BINARY).arg("analyse").arg(&path).arg("--out").arg(folder.path().join("no")).assert();
        let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(!output.get_output().status.success() && said.contains(told), "{keys}: {said}");
    }
}

#[test]
fn measure_reads_a_paired_pulse_ratio_of_1_6_at_20_ms_as_1_6() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("pairs.abf");
    fs::write(&file, pairs(1.0, 1)).expect("written");
    let mut command = Command::new(BINARY);
    command.arg("measure").arg(&file).args(["--stimulus", "20,40", "--json"]);
    let output = command.assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    let found: Value = serde_json::from_str(&text).expect("JSON");
    let pairs = found["paired_pulses"].as_array().or_else(|| found[0]["paired_pulses"].as_array()).expect("pairs");
    assert_eq!(pairs.len(), 40);
    for key in ["slope_ratio", "amplitude_ratio"] {
        let mean = pairs[..20].iter().filter_map(|pair| pair[key].as_f64()).sum::<f64>() / 20.0;
        assert!((mean - 1.6).abs() < 0.05, "{key}: {mean}");
    }
}

/// Curves of six animals in each of two conditions before and after, response = gain · intensity
/// up to a largest value, with a spread of the gain that is known.
fn curves_table() -> String {
    let mut text = String::from("group,id,phase,intensity,slope\n");
    for (group, gain) in [("control", 0.010), ("drug", 0.020)] {
        for k in 0..6 {
            for (phase, factor) in [("pre", 1.0), ("post", 1.5)] {
                for step in 1..=8 {
                    let own = gain * (1.0 + 0.05 * (f64::from(k) - 2.5)) * factor;
                    let wobble = 1.0 + 0.01 * f64::from((step * 7 + k * 3) % 5 - 2);
                    let slope = -own * 10.0 * f64::from(step) * wobble;
                    text += &format!("{group},{group}{k},{phase},{},{slope:.6}\n", 10 * step);
                }
            }
        }
    }
    text
}

#[test]
fn input_output_tables_become_a_report_with_gain_change_and_equal_slopes() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("io.csv"), curves_table()).expect("written");
    let mut study = String::from(
        "format = 1\nname = \"io\"\n[report]\nformats = [\"svg\"]\n[[condition]]\nname = \"control\"\n\
         [[condition]]\nname = \"drug\"\n",
    );
    for condition in ["control", "drug"] {
        for (phase, when) in [("pre", "before"), ("post", "after")] {
            let file = format!("{condition}-{phase}.csv");
            let rows = curves_table();
            let own = |line: &&str| line.starts_with("group,") || line.contains(&format!(",{phase},"));
            fs::write(folder.path().join(&file), rows.lines().filter(own).collect::<Vec<_>>().join("\n") + "\n")
                .expect("written");
            study += &format!(
                "[[input_output]]\nfile = \"{file}\"\ncondition = \"{condition}\"\ncolumn = \"group\"\nis = \
                 \"{condition}\"\ninput = \"intensity\"\nresponse = \"slope\"\nanimal = \"id\"\nwhen = \"{when}\"\n"
            );
        }
    }
    let found = analysed(folder.path(), &study);
    let io = &found["input_output"];
    let measure = |name: &str, when: &str| -> Value {
        let all = io["measures"].as_array().expect("measures");
        all.iter()
            .find(|m| m["name"] == name && m["when"] == when)
            .cloned()
            .unwrap_or_else(|| panic!("no {name} {when}"))
    };
    let gain = measure("gain", "before");
    for (place, right) in [(0, 0.010), (1, 0.020)] {
        let mean = gain["groups"][place]["mean"].as_f64().expect("a mean");
        assert!((mean / right - 1.0).abs() < 0.03, "gain {mean}, right {right}");
        assert_eq!(gain["groups"][place]["n_animals"], 6);
    }
    let difference = gain["contrasts"][0]["estimate"].as_f64().expect("a difference");
    assert!((difference - 0.010).abs() < 0.001, "{difference}");
    let change = measure("gain", "change")["groups"][0]["mean"].as_f64().expect("a change");
    assert!((change - 50.0).abs() < 0.5, "{change}");
    let largest = measure("largest response", "before")["groups"][0]["mean"].as_f64().expect("a mean");
    assert!((largest / 0.8 - 1.0).abs() < 0.05, "{largest}");
    let tests = io["equal_slopes"].as_array().expect("tests");
    assert!(
        tests.iter().any(|t| t["of"] == "conditions, before" && t["p"].as_f64().is_some_and(|p| p < 1e-3)),
        "{tests:?}"
    );
    let page = fs::read_to_string(folder.path().join("out/report.md")).expect("a report");
    assert!(page.contains("## Input–output curves") && page.contains("Equal slopes (conditions, before)"));
}

#[test]
fn a_published_table_of_mean_curves_is_told_without_a_comparison() {
    // The first three intensities of the input–output table of Harris and Fenton (CC0-1.0,
    // raynamharris/DissociationTest, commit 10334c6), means of groups.
    let table = "Treatment,Stimulus,fEPSP,SE\navoidable,5,-6.74869E-05,0.000130968\navoidable,10,-0.000175783,0.000112284\n\
                 avoidable,15,-0.000832684,0.000147093\n";
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("io.csv"), table).expect("written");
    let study = "format = 1\nname = \"io\"\n[report]\nformats = [\"svg\"]\n[[condition]]\nname = \"avoidable\"\n\
                 [[input_output]]\nfile = \"io.csv\"\ncondition = \"avoidable\"\ncolumn = \"Treatment\"\nis = \"avoidable\"\n\
                 input = \"Stimulus\"\nresponse = \"fEPSP\"\n";
    let found = analysed(folder.path(), study);
    let gain = found["input_output"]["measures"][0]["groups"][0]["mean"].as_f64().expect("a gain");
    // Least squares through three points 5 apart: (y3 − y1)/10, turned upwards.
    assert!((gain - (0.000832684 - 6.74869e-05) / 10.0).abs() < 1e-12, "{gain}");
    assert_eq!(found["input_output"]["equal_slopes"].as_array().map(Vec::len), Some(0));
}
