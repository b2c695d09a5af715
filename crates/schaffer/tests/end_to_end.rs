//! The main job from file to report: the same bytes for a seed, for any number
//! of threads, and after a kill in the midst.

mod program;

use program::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

fn experiment(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments").join(name)
}

/// Runs the quick experiment into a folder.
fn run_quick(out: &Path, options: &[&str]) {
    let mut run = Command::new(BINARY);
    run.arg("run").arg(experiment("quick.toml")).args(options).arg("--out").arg(out).assert().success();
}

/// Every file below a folder with its bytes, apart from `run.log`.
fn bytes_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "run.log") {
                let name = path.strip_prefix(folder).expect("below").to_owned();
                files.insert(name, fs::read(&path).expect("file"));
            }
        }
    }
    files
}

/// Fails with the names of the files that differ.
fn assert_same_bytes(one: &Path, other: &Path) {
    let (one, other) = (bytes_below(one), bytes_below(other));
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    let differ: Vec<_> = one.iter().filter(|(name, bytes)| other[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}

/// Complete slices in a results folder.
fn slices_on_disk(out: &Path) -> usize {
    let mut found = 0;
    let mut folders = vec![out.join("recordings")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.path().is_dir() && !hidden {
                folders.push(entry.path());
            } else if entry.file_name() == "slice.toml" {
                found += 1;
            }
        }
    }
    found
}

#[test]
fn one_seed_gives_the_same_bytes_for_any_number_of_threads() {
    let folder = TempDir::new().expect("folder");
    let [one, two, three] = ["one", "two", "three"].map(|name| folder.path().join(name));
    run_quick(&one, &["--jobs", "1"]);
    run_quick(&two, &["--jobs", "2"]);
    run_quick(&three, &["--jobs", "2", "--seed", "2"]);
    assert_same_bytes(&one, &two);
    for file in [
        "experiment.toml",
        "manifest.toml",
        "mechanism.csv",
        "measures.csv",
        "slices.csv",
        "findings.json",
        "report.html",
        "report.md",
        "run.log",
    ] {
        assert!(one.join(file).is_file(), "{file} is missing");
    }
    let slices = |out: &Path| fs::read(out.join("slices.csv")).expect("slices.csv");
    assert_ne!(slices(&one), slices(&three), "another seed gives other slices");
}

#[test]
fn an_existing_folder_is_refused_kept_or_replaced_as_told() {
    let folder = TempDir::new().expect("folder");
    let (out, again) = (folder.path().join("out"), folder.path().join("again"));
    run_quick(&out, &[]);
    run_quick(&again, &[]);
    let mut fresh = Command::new(BINARY);
    let assert = fresh.arg("run").arg(experiment("quick.toml")).arg("--out").arg(&out).assert().code(73);
    let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(text.contains("--resume") && text.contains("--overwrite"), "{text}");
    run_quick(&out, &["--resume"]);
    assert_same_bytes(&out, &again);
    run_quick(&out, &["--overwrite"]);
    assert_same_bytes(&out, &again);

    let mut other = Command::new(BINARY);
    other.arg("run").arg(experiment("quick.toml")).args(["--resume", "--seed", "9", "--out"]).arg(&out);
    let assert = other.assert().code(73);
    let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(text.contains("it was started with seed 1, this run has seed 9"), "{text}");
    assert_same_bytes(&out, &again);
}

/// The quick experiment with more slices, so that a stop falls in between.
fn longer(folder: &Path) -> PathBuf {
    let text = fs::read_to_string(experiment("quick.toml")).expect("quick.toml");
    let file = folder.join("longer.toml");
    fs::write(&file, text.replace("slices_per_animal = 1", "slices_per_animal = 6")).expect("file");
    file
}

/// Starts a run and waits until some slices are on disk.
fn started(file: &Path, out: &Path) -> Child {
    let mut run = Process::new(BINARY);
    run.arg("run").arg(file).args(["--jobs", "2", "--out"]).arg(out);
    let child = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("program");
    let start = Instant::now();
    while slices_on_disk(out) < 2 {
        assert!(start.elapsed() < Duration::from_secs(120), "no slice appeared");
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

/// Resumes a run; gives the number of slices kept.
fn resume(file: &Path, out: &Path) -> u64 {
    let mut run = Command::new(BINARY);
    let assert = run.arg("run").arg(file).args(["--resume", "--json", "--out"]).arg(out).assert().success();
    let summary: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    assert_eq!(summary["slices"], 36);
    summary["kept"].as_u64().expect("a count")
}

#[test]
fn a_killed_run_resumes_to_the_same_bytes() {
    let folder = TempDir::new().expect("folder");
    let (killed, stopped, whole) =
        (folder.path().join("killed"), folder.path().join("stopped"), folder.path().join("whole"));
    let file = longer(folder.path());
    let mut undisturbed = Command::new(BINARY);
    undisturbed.arg("run").arg(&file).args(["--quiet", "--out"]).arg(&whole).assert().success();

    let mut child = started(&file, &killed);
    for option in ["--resume", "--overwrite"] {
        let mut second = Command::new(BINARY);
        let assert = second.arg("run").arg(&file).args([option, "--out"]).arg(&killed).assert().code(73);
        let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(text.contains("another run is writing into"), "{text}");
    }
    // On Unix this is SIGKILL: nothing can be tidied up.
    child.kill().expect("kill");
    child.wait().expect("end");
    let left = slices_on_disk(&killed);
    assert!(left < 36, "the run was over before the kill");
    assert!(!killed.join("findings.json").exists());
    // Debris as of a write that the kill cut short.
    fs::create_dir_all(killed.join("recordings/.half.1-1.tmp")).expect("debris");
    assert_eq!(resume(&file, &killed), left as u64, "complete slices are kept");
    assert_same_bytes(&killed, &whole);

    if cfg!(unix) {
        let mut child = started(&file, &stopped);
        let told = Process::new("kill").arg("-INT").arg(child.id().to_string()).status().expect("kill");
        assert!(told.success());
        assert_eq!(child.wait().expect("end").code(), Some(75));
        let left = slices_on_disk(&stopped);
        assert_eq!(resume(&file, &stopped), left as u64);
        assert_same_bytes(&stopped, &whole);
    }
}

#[test]
fn stopped_patching_resumes_to_the_same_bytes() {
    let folder = TempDir::new().expect("folder");
    let (path, out, whole) = (folder.path().join("x.toml"), folder.path().join("out"), folder.path().join("whole"));
    let text = "format = 1\nname = \"x\"\n[protocol]\ninduction = \"tbs\"\n[[condition]]\nname = \"vehicle\"\n\
                [[condition]]\nname = \"ALLO\"\nbath = [{ compound = \"ALLO\", concentration = \"300 nM\" }]\n\
                [patch]\nstretch = \"10 s\"\nsteps = [\"-100 pA\", \"100 pA\"]\nstep = \"100 pA\"\n[report]\n\
                formats = [\"svg\"]\n[design]\nanimals = 2\n";
    fs::write(&path, text).expect("file");
    let patch = |out: &Path, options: &[&str]| {
        let mut command = Command::new(BINARY);
        command.arg("patch").arg(&path).args(options).arg("--out").arg(out).assert()
    };
    patch(&out, &[]).success();
    patch(&whole, &[]).success();
    let told = String::from_utf8_lossy(&patch(&out, &[]).code(73).get_output().stderr).into_owned();
    assert!(told.contains("--resume") && told.contains("--overwrite"), "{told}");
    let cells = slices_on_disk(&out);
    fs::remove_dir_all(out.join("recordings/patch/allo")).expect("cells");
    fs::remove_file(out.join("findings.json")).expect("findings");
    patch(&out, &["--resume"]).success();
    assert_same_bytes(&out, &whole);
    let log = fs::read_to_string(out.join("run.log")).expect("log");
    assert!(log.contains("resumed: ") && log.contains(&format!("{cells} slices (2 kept)")), "{log}");
    // Only a folder of whole-cell recordings is replaced by one.
    let slices = folder.path().join("slices");
    run_quick(&slices, &["--quiet"]);
    patch(&slices, &["--overwrite"]).code(73);
    patch(&out, &["--overwrite"]).success();
    assert_same_bytes(&out, &whole);
}

#[test]
fn a_slice_that_fails_does_not_stop_the_others() {
    let folder = TempDir::new().expect("folder");
    let (out, whole) = (folder.path().join("out"), folder.path().join("whole"));
    run_quick(&out, &["--quiet"]);
    run_quick(&whole, &["--quiet"]);
    let recordings = out.join("recordings/hfs-1x100");
    let (control, other) = (recordings.join("control"), recordings.join("iso-3-um/a02-iso-3-um-hfs-1x100-s1"));
    fs::remove_dir_all(&control).expect("a folder");
    fs::remove_dir_all(&other).expect("a slice");
    // A file in the place of the folder: the slices of the control cannot be stored.
    fs::write(&control, "in the way").expect("file");
    let mut run = Command::new(BINARY);
    run.arg("run").arg(experiment("quick.toml")).args(["--resume", "--out"]).arg(&out);
    let assert = run.assert().code(70);
    let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(text.contains("3 of 6 slices failed; the first: slice 1 of animal A01 control hfs-1x100"), "{text}");
    assert!(other.join("slice.toml").is_file(), "the others are run all the same");

    fs::remove_file(&control).expect("file");
    run_quick(&out, &["--resume"]);
    assert_same_bytes(&out, &whole);
}

#[test]
fn adding_a_condition_leaves_the_other_slices_as_they_were() {
    let folder = TempDir::new().expect("folder");
    let (two, three) = (folder.path().join("two"), folder.path().join("three"));
    run_quick(&two, &["--quiet"]);
    let text = fs::read_to_string(experiment("quick.toml")).expect("quick.toml");
    // Before the others, so that every position changes.
    let added =
        "[[condition]]\nname = \"ALLO\"\nbath = [{ compound = \"ALLO\", concentration = \"100 nM\" }]\n\n[[condition]]";
    let file = folder.path().join("three.toml");
    fs::write(&file, text.replacen("[[condition]]", added, 1)).expect("file");
    let mut run = Command::new(BINARY);
    run.arg("run").arg(&file).args(["--quiet", "--out"]).arg(&three).assert().success();

    let (two, three) = (bytes_below(&two.join("recordings")), bytes_below(&three.join("recordings")));
    assert!(two.len() >= 12 && three.len() > two.len());
    for (name, bytes) in &two {
        assert!(three.get(name) == Some(bytes), "{} changed", name.display());
    }
}

#[test]
fn a_pipe_gets_the_contrasts_and_the_path_of_the_report_only() {
    let folder = TempDir::new().expect("folder");
    let out = folder.path().join("out");
    let mut run = Command::new(BINARY);
    let assert = run.arg("run").arg(experiment("quick.toml")).arg("--out").arg(&out).assert().success();
    let output = assert.get_output();
    // On a slow machine a line may say how far it is.
    let told = String::from_utf8_lossy(&output.stderr);
    let progress = |line: &str| {
        ["recording: ", "predicting: ", "measuring: ", "drawing "].iter().any(|what| line.starts_with(what))
    };
    assert!(told.lines().all(progress), "{told}");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("ISO 3 µM − control"), "{text}");
    let last = text.lines().last().unwrap_or_default();
    assert_eq!(last, format!("report: {}", out.join("report.html").display()));
}
