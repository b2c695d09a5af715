//! Every rule of `schaffer lint`: a small file with the fault, and the same file
//! without it, which must stay silent.

mod program;

use program::Command;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Rules and files of the faults found in some files.
fn faults(files: &[&Path], options: &[&str]) -> Vec<(String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.arg("lint").arg("--json").args(options);
    files.iter().for_each(|file| {
        command.arg(file);
    });
    // 0 or 65; anything else is no verdict.
    let finished = command.assert();
    let output = finished.get_output();
    assert!(matches!(output.status.code(), Some(0 | 65)), "{}", String::from_utf8_lossy(&output.stderr));
    let list: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |fault: &Value, key: &str| fault[key].as_str().expect("text").to_owned();
    list.iter().map(|fault| (text(fault, "rule"), text(fault, "place"))).collect()
}

fn rules(files: &[&Path]) -> Vec<String> {
    faults(files, &[]).into_iter().map(|(rule, _)| rule).collect()
}

/// Noise that is the same on every machine, −0.5 to 0.5.
fn noise(seed: u64) -> f64 {
    let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
}

/// A sweep at 20 kHz with the stimulus at `at_ms`; `rise_ms` shapes the response.
fn shaped(size: f64, at_ms: f64, rise_ms: f64, seed: u64) -> Vec<f64> {
    let sample = |i: u64| {
        let t = (i as f64 - 20.0 * at_ms) / 20.0;
        let artefact = if (0.0..0.2).contains(&t) { 4.0 + 0.2 * noise(seed * 7 + i) } else { 0.0 };
        let s = (t - 2.2).max(0.0);
        artefact - size * s / rise_ms * (1.0 - s / rise_ms).exp() + 0.01 * noise(seed * 1_000_003 + i)
    };
    (0..1000).map(sample).collect()
}

fn sweep(size: f64, seed: u64) -> Vec<f64> {
    shaped(size, 10.0, 3.0, seed)
}

/// Columns of samples, one for each sweep.
fn samples(folder: &Path, name: &str, unit: &str, sweeps: &[Vec<f64>]) -> PathBuf {
    let mut text = String::from("time_ms");
    (0..sweeps.len()).for_each(|k| write!(text, ",sweep{k}_{unit}").expect("text"));
    for i in 0..sweeps[0].len() {
        write!(text, "\n{}", i as f64 * 0.05).expect("text");
        sweeps.iter().for_each(|sweep| write!(text, ",{:.6}", sweep[i]).expect("text"));
    }
    let path = folder.join(name);
    fs::write(&path, text + "\n").expect("written");
    path
}

fn clean() -> Vec<Vec<f64>> {
    (0..12).map(|k| sweep(0.8, 100 + k)).collect()
}

/// A table of recordings, a value each minute from −20 to 59 min, as `value` says.
fn table(folder: &Path, name: &str, value: &dyn Fn(usize, i32) -> Option<f64>) -> PathBuf {
    let mut text = String::from("time_min,a,b,c,d\n");
    for t in -20..60 {
        let cell = |column: usize| value(column, t).map_or("--".to_owned(), |value| format!("{value:.6}"));
        writeln!(text, "{t},{},{},{},{}", cell(0), cell(1), cell(2), cell(3)).expect("text");
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("written");
    path
}

/// A sound recording: 1 before and 1.4 after induction, with noise.
fn sound(column: usize, t: i32) -> f64 {
    let level = if t < 0 { 1.0 } else { 1.4 };
    level + 0.1 * noise(column as u64 * 4001 + (t + 100) as u64)
}

#[test]
fn sound_sweeps_and_tables_are_silent() {
    let folder = TempDir::new().expect("a folder");
    let one = samples(folder.path(), "one.csv", "mV", &clean());
    let other: Vec<Vec<f64>> = (0..12).map(|k| sweep(0.7, 900 + k)).collect();
    let other = samples(folder.path(), "other.csv", "mV", &other);
    let courses = table(folder.path(), "table.csv", &|column, t| Some(sound(column, t)));
    assert_eq!(faults(&[&one, &other, &courses], &[]), []);
}

#[test]
fn duplicates_and_near_duplicates_of_sweeps() {
    let folder = TempDir::new().expect("a folder");
    let one = samples(folder.path(), "one.csv", "mV", &clean());
    let mut twice = clean();
    twice[7] = twice[2].clone();
    let twice = samples(folder.path(), "twice.csv", "mV", &twice);
    assert_eq!(faults(&[&twice], &[]), [("duplicate".to_owned(), "sweep 7 of channel 0".to_owned())]);
    // A sweep of the other file, scaled and shifted.
    let mut copied: Vec<Vec<f64>> = (0..12).map(|k| sweep(0.7, 900 + k)).collect();
    copied[5] = clean()[4].iter().map(|value| 1.3 * value + 0.2).collect();
    let copied = samples(folder.path(), "copied.csv", "mV", &copied);
    assert_eq!(faults(&[&one, &copied], &[]), [("near-duplicate".to_owned(), "sweep 5 of channel 0".to_owned())]);
}

#[test]
fn hum_of_the_mains_is_no_copied_noise() {
    let folder = TempDir::new().expect("a folder");
    let hum = |k: u64| -> Vec<f64> {
        let phase = 1.7 * k as f64;
        let at = |i: usize| 0.05 * (std::f64::consts::TAU * i as f64 / 20.0 + phase).sin();
        sweep(0.8, 300 + k).iter().enumerate().map(|(i, value)| value + at(i)).collect()
    };
    let sweeps: Vec<Vec<f64>> = (0..14).map(hum).collect();
    assert_eq!(rules(&[&samples(folder.path(), "hum.csv", "mV", &sweeps)]), [""; 0]);
}

/// Sweeps of 100 ms; what `more` gives is added to each sample.
fn longer(more: &dyn Fn(u64, usize) -> f64) -> Vec<Vec<f64>> {
    let one = |k: u64| -> Vec<f64> {
        let mut values = sweep(0.8, 700 + k);
        values.extend((1000..2000).map(|i| 0.01 * noise((700 + k) * 1_000_003 + i)));
        values.iter().enumerate().map(|(i, value)| value + more(k, i)).collect()
    };
    (0..12).map(one).collect()
}

#[test]
fn hum_of_the_mains_with_its_frequency() {
    let folder = TempDir::new().expect("a folder");
    let said = |name: &str, hz: f64, size: f64, turn: f64| {
        let wave =
            |k: u64, i: usize| size * (std::f64::consts::TAU * (hz * i as f64 / 20_000.0 + turn * k as f64)).sin();
        rules(&[&samples(folder.path(), name, "mV", &longer(&wave))])
    };
    assert_eq!(said("none.csv", 60.0, 0.0, 0.0), [""; 0]);
    assert_eq!(said("locked.csv", 60.0, 0.15, 0.0), ["hum"]);
    assert_eq!(said("free.csv", 50.0, 0.15, 0.37), ["hum"]);
    // A slow wave of another frequency is not of the mains.
    assert_eq!(said("slow.csv", 4.0, 0.15, 0.37), [""; 0]);
}

#[test]
fn a_signal_that_stands_still() {
    let folder = TempDir::new().expect("a folder");
    let mut sweeps = longer(&|_, _| 0.0);
    for at in [4, 9] {
        let level = sweeps[at][1_200];
        sweeps[at][1_200..1_260].fill(level);
    }
    let path = samples(folder.path(), "dropped.csv", "mV", &sweeps);
    assert_eq!(faults(&[&path], &[]), [("drop-out".to_owned(), "channel 0, sweeps 4, 9".to_owned())]);
}

#[test]
fn files_of_other_settings_are_told_with_both() {
    let folder = TempDir::new().expect("a folder");
    let one = samples(folder.path(), "one.csv", "mV", &clean());
    let again: Vec<Vec<f64>> = (0..12).map(|k| sweep(0.7, 900 + k)).collect();
    let again = samples(folder.path(), "again.csv", "mV", &again);
    let faster = folder.path().join("faster.csv");
    let other: Vec<Vec<f64>> = (0..12).map(|k| sweep(0.7, 1_900 + k)).collect();
    let text = fs::read_to_string(samples(folder.path(), "other.csv", "mV", &other)).expect("text");
    // The same samples at half the interval.
    let halved = |line: &str| match line.split_once(',') {
        Some((time, rest)) => time.parse::<f64>().map_or(line.to_owned(), |ms| format!("{},{rest}", ms / 2.0)),
        None => line.to_owned(),
    };
    fs::write(&faster, text.lines().map(halved).collect::<Vec<_>>().join("\n")).expect("written");
    let found = faults(&[&one, &again, &faster], &[]);
    assert!(found.contains(&("parameters".to_owned(), "sampling rate".to_owned())), "{found:?}");
    assert_eq!(faults(&[&one, &again], &[]), []);
}

/// A copy of a whole file is one line with its factor, however many sweeps it has.
#[test]
fn a_scaled_copy_of_a_file_is_one_line() {
    let folder = TempDir::new().expect("a folder");
    let one = samples(folder.path(), "one.csv", "mV", &clean());
    let copied: Vec<Vec<f64>> = clean().iter().map(|sweep| sweep.iter().map(|v| -1.25 * v + 0.1).collect()).collect();
    let copied = samples(folder.path(), "copied.csv", "mV", &copied);
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    let finished = command.arg("lint").arg("--json").arg(&one).arg(&copied).assert();
    let list: Vec<Value> = serde_json::from_slice(&finished.get_output().stdout).expect("JSON");
    assert_eq!(list.len(), 1, "{list:?}");
    assert_eq!(list[0]["place"], "channel 0, sweeps 0, 1, 2, 3, 4, 5 and 6 more");
    assert!(list[0]["found"].as_str().expect("text").contains("-1.25 times its size"), "{list:?}");
}

#[test]
fn a_response_that_points_the_other_way() {
    let folder = TempDir::new().expect("a folder");
    let mut sweeps = clean();
    sweeps[3] = sweep(-0.8, 50);
    let path = samples(folder.path(), "turned.csv", "mV", &sweeps);
    assert_eq!(faults(&[&path], &[]), [("polarity".to_owned(), "channel 0, sweep 3".to_owned())]);
}

#[test]
fn a_unit_that_makes_giants_of_field_potentials() {
    let folder = TempDir::new().expect("a folder");
    let volts = samples(folder.path(), "volts.csv", "V", &clean());
    assert_eq!(rules(&[&volts]), ["unit"]);
    assert_eq!(rules(&[&samples(folder.path(), "mv.csv", "mV", &clean())]), [""; 0]);
}

#[test]
fn a_saturated_artefact() {
    let folder = TempDir::new().expect("a folder");
    let clip = |sweep: &Vec<f64>| -> Vec<f64> {
        // Artefacts of a millisecond and more, cut off at 5 mV.
        let long = |i: usize, v: f64| if (200..224).contains(&i) { (9.0 - 0.1 * (i - 200) as f64).min(5.0) } else { v };
        sweep.iter().enumerate().map(|(i, value)| long(i, *value)).collect()
    };
    let sweeps: Vec<Vec<f64>> = clean().iter().map(clip).collect();
    assert_eq!(rules(&[&samples(folder.path(), "flat.csv", "mV", &sweeps)]), ["saturated"]);
}

#[test]
fn a_stimulus_that_moved_and_a_response_that_is_lost() {
    let folder = TempDir::new().expect("a folder");
    let mut moved = clean();
    moved[6] = shaped(0.8, 14.0, 3.0, 60);
    let found = rules(&[&samples(folder.path(), "moved.csv", "mV", &moved)]);
    assert!(found.contains(&"stimulus-moved".to_owned()), "{found:?}");
    let lost: Vec<Vec<f64>> = (0..12).map(|k| sweep(if k < 8 { 0.8 } else { 0.0 }, 70 + k)).collect();
    assert_eq!(rules(&[&samples(folder.path(), "lost.csv", "mV", &lost)]), ["response-lost"]);
}

/// Two channels side by side need a file with several channels: a long table.
fn two_channels(folder: &Path, name: &str, exchanged: &[usize]) -> PathBuf {
    let mut text = String::from("sweep,time_ms,apical_mV,basal_mV\n");
    for k in 0..10_u64 {
        let mut pair = [shaped(0.9, 10.0, 2.0, 200 + k), shaped(-0.6, 10.0, 6.0, 400 + k)];
        if exchanged.contains(&(k as usize)) {
            pair.swap(0, 1);
        }
        for (i, (apical, basal)) in pair[0].iter().zip(&pair[1]).enumerate() {
            writeln!(text, "{k},{},{apical:.6},{basal:.6}", i as f64 * 0.05).expect("text");
        }
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("written");
    path
}

#[test]
fn channels_that_were_exchanged() {
    let folder = TempDir::new().expect("a folder");
    let sound = two_channels(folder.path(), "sound.csv", &[]);
    assert_eq!(faults(&[&sound], &["--unit", "mV"]), []);
    let mixed = two_channels(folder.path(), "mixed.csv", &[4]);
    let found = faults(&[&mixed], &["--unit", "mV"]);
    let expected = ("channel-mix-up".to_owned(), "channels 0 and 1, sweep 4".to_owned());
    assert!(found.contains(&expected), "{found:?}");
}

#[test]
fn faults_of_tables() {
    let folder = TempDir::new().expect("a folder");
    let found = |name: &str, value: &dyn Fn(usize, i32) -> Option<f64>| {
        faults(&[&table(folder.path(), &format!("{name}.csv"), value)], &[])
    };
    let only = |rule: &str, place: &str| vec![(rule.to_owned(), place.to_owned())];
    let twice = |column: usize, t: i32| Some(sound(if column == 2 { 1 } else { column }, t));
    assert_eq!(found("twice", &twice), only("duplicate", "column b"));
    let scaled = |column: usize, t: i32| Some(if column == 2 { 3.0 * sound(1, t) + 0.01 } else { sound(column, t) });
    assert_eq!(found("scaled", &scaled), only("near-duplicate", "column b"));
    let copied =
        |column: usize, t: i32| Some(sound(column, if column == 3 && (30..45).contains(&t) { t - 20 } else { t }));
    assert_eq!(found("copied", &copied), only("copied-rows", "column d"));
    let rows = |column: usize, t: i32| Some(sound(column, if (40..43).contains(&t) { t - 30 } else { t }));
    assert_eq!(found("rows", &rows), only("copied-rows", "rows"));
    let unit = |column: usize, t: i32| Some(sound(column, t) * if column == 0 { 100.0 } else { 1.0 });
    assert_eq!(found("unit", &unit), only("unit", "column a"));
    let sign = |column: usize, t: i32| Some(sound(column, t) * if column == 3 { -1.0 } else { 1.0 });
    assert_eq!(found("sign", &sign), only("polarity", "column d"));
    let short = |column: usize, t: i32| (column != 1 || t >= -6).then(|| sound(column, t));
    assert_eq!(found("short", &short), only("short-baseline", "column b"));
    let early = |column: usize, t: i32| (column != 2 || t < 35).then(|| sound(column, t));
    assert_eq!(found("early", &early), only("ends-early", "column c"));
}

#[test]
fn a_gap_of_the_clock() {
    let folder = TempDir::new().expect("a folder");
    let sound = table(folder.path(), "sound.csv", &|column, t| Some(sound(column, t)));
    let gap = folder.path().join("gap.csv");
    let text = fs::read_to_string(sound).expect("table");
    let missing = |line: &&str| !(32..38).any(|t: i32| line.starts_with(&format!("{t},")));
    fs::write(&gap, text.lines().filter(missing).collect::<Vec<_>>().join("\n")).expect("written");
    assert_eq!(faults(&[&gap], &[]), [("clock-gap".to_owned(), "time".to_owned())]);
}

/// Slices of a study: too few sweeps before induction, and one that ends too soon.
#[test]
fn slices_with_a_short_baseline_or_an_early_end() {
    let folder = TempDir::new().expect("a folder");
    let sweeps: Vec<Vec<f64>> = (0..40).map(|k| sweep(0.8, 5000 + k)).collect();
    samples(folder.path(), "slice.csv", "mV", &sweeps);
    let study = |induction: usize| {
        let path = folder.path().join("study.toml");
        let text = format!(
            "format = 1\nname = \"x\"\n[recording]\ninterval = \"60 s\"\n[analysis]\nwindow = [\"20 min\", \"30 min\"]\n\
             [[condition]]\nname = \"control\"\n[[slice]]\nfiles = [\"slice.csv\"]\ncondition = \"control\"\n\
             animal = \"m1\"\ninduction_sweep = {induction}\n"
        );
        fs::write(&path, text).expect("written");
        rules(&[&path])
    };
    assert_eq!(study(12), [""; 0]);
    assert_eq!(study(6), ["short-baseline"]);
    assert_eq!(study(30), ["ends-early"]);
}
