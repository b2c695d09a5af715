//! The yardstick: SHA-256 of every file that the program leaves in a results
//! folder, for a few small experiments and studies. A change of structure must leave
//! all of them as they are; a change that means to move them blesses the lists anew
//! (`just bless`, or `just bless NAME` for one).

mod program;

use program::Command;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The commit that the program says it was built from.
const COMMIT: &str = env!("SCHAFFER_COMMIT");

/// Digest of each file by its path, with `/` on every system.
type List = BTreeMap<String, String>;

#[test]
fn quick() {
    let case = Case::new("quick");
    case.copy(&shipped("quick.toml"), "quick.toml");
    case.call(&["run", "quick.toml", "--out", "results"]);
    case.compare();
}

#[test]
fn two_by_two() {
    let case = Case::new("two_by_two");
    case.call(&["run", "two_by_two.toml", "--out", "results"]);
    case.compare();
}

#[test]
fn patch() {
    let case = Case::new("patch");
    case.call(&["patch", "patch.toml", "--out", "results"]);
    case.compare();
}

/// Published tables.
#[test]
fn study() {
    let case = Case::new("study");
    case.copy(&shipped("recorded-ca3-ca1/study.toml"), "study.toml");
    case.recorded();
    case.call(&["analyse", "study.toml", "--out", "results"]);
    case.compare();
}

/// Sweeps as an amplifier leaves them.
#[test]
fn sweeps() {
    let case = Case::new("sweeps");
    for (name, growth, first) in [("a1", 0.5, 0), ("a2", 0.55, 100), ("b1", 0.0, 200), ("b2", 0.04, 300)] {
        fs::write(case.folder.path().join(name).with_extension("csv"), two_pathways(growth, first)).expect("sweeps");
    }
    case.call(&["analyse", "sweeps.toml", "--out", "results"]);
    case.compare();
}

#[test]
fn fit() {
    let case = Case::new("fit");
    case.recorded();
    case.call(&["fit", "fit.toml", "--evaluations", "6", "--draws", "2", "--out", "results"]);
    case.compare();
}

/// A call of the program in a folder of its own. Every path given to it is relative
/// to that folder, because the results name the files they come from.
struct Case {
    name: &'static str,
    folder: TempDir,
}

impl Case {
    /// A folder with the input file of this name, if it is one of the yardstick's own.
    fn new(name: &'static str) -> Self {
        let case = Self { name, folder: TempDir::new().expect("a folder") };
        let own = lists().join(name).with_extension("toml");
        if own.exists() {
            case.copy(&own, &format!("{name}.toml"));
        }
        case
    }

    fn copy(&self, from: &Path, to: &str) {
        fs::copy(from, self.folder.path().join(to)).expect("a copy");
    }

    /// The tables of the recorded data set.
    fn recorded(&self) {
        fs::create_dir(self.folder.path().join("data")).expect("a folder");
        for name in ["ca3-ca1-control", "ca3-ca1-igg", "ca3-ca3-control", "ca3-ca3-igg"] {
            let file = format!("data/{name}.csv");
            self.copy(&shipped("recorded-ca3-ca1").join(&file), &file);
        }
    }

    fn call(&self, arguments: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
        command.current_dir(self.folder.path()).args(arguments).assert().success();
    }

    /// Compares the results with the list of this name, or writes the list anew.
    fn compare(self) {
        self.call(&["verify", "results"]);
        let path = lists().join(self.name).with_extension("sha256");
        let found = digests(&self.folder.path().join("results"));
        let Some(machine) = machine() else {
            assert!(!blessing(), "the lists are those of x86-64 with FMA and glibc: bless them on such a machine");
            return say(&format!("{}: the list does not apply to this machine", self.name));
        };
        if blessing() {
            fs::write(&path, in_words(machine, &found)).expect("a list");
            return;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text.is_empty() || text.starts_with(&format!("# {machine}")),
            "{} is no list of {machine}",
            path.display()
        );
        let told = differences(&read(&text), &found);
        if !told.is_empty() {
            let kept = self.folder.keep();
            panic!(
                "{}: {} of {} files are not as listed\n{}\nThe files lie in {}. If this is meant: just bless {}",
                self.name,
                told.len(),
                found.len(),
                told.join("\n"),
                kept.display(),
                self.name
            );
        }
    }
}

/// Where the lists and their input files lie.
fn lists() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/bytes")
}

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments").join(name)
}

/// Whether the lists are to be written instead of compared.
fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// The kind of machine for which the lists hold, if this is one. The simulation is the
/// same to the bit everywhere. The analysis takes logarithms from the C library and matrix
/// products from a kernel that is chosen by the processor; both may end in another digit.
fn machine() -> Option<&'static str> {
    #[cfg(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu"))]
    if std::arch::is_x86_feature_detected!("fma") && std::arch::is_x86_feature_detected!("avx2") {
        return Some("x86-64 with FMA, glibc");
    }
    None
}

#[allow(clippy::print_stderr, reason = "a comparison that does not take place has to be told")]
fn say(line: &str) {
    eprintln!("{line}");
}

/// SHA-256 of every file below a folder. `run.log` is left out: it tells times of day;
/// and the seal: it follows from the other files, commit included.
fn digests(results: &Path) -> List {
    let mut found = List::new();
    let mut folders = vec![results.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "run.log" && name != "seal.sha256") {
                let parts = path.strip_prefix(results).expect("below").components();
                let name: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
                let bytes = without_commit(&path, fs::read(&path).expect("a file"));
                found.insert(name.join("/"), sha256(&bytes));
            }
        }
    }
    found
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The manifest and the pages name the commit of the program, which is another one
/// after every commit, and the pages the digest of the manifest. Only the places where
/// these stand are made alike.
fn without_commit(path: &Path, bytes: Vec<u8>) -> Vec<u8> {
    let name = path.file_name().unwrap_or_default();
    if !["manifest.toml", "report.html", "report.md"].iter().any(|named| name == *named) {
        return bytes;
    }
    let shown = if COMMIT.is_empty() { "unknown" } else { COMMIT };
    let mut text = String::from_utf8(bytes).expect("UTF-8");
    for (before, commit, after) in [
        ("\ncommit = \"", COMMIT, "\""),
        ("(commit ", shown, ""),
        (", commit ", shown, ", seed"),
        ("| Commit | ", shown, " |"),
        ("<dt>Commit</dt><dd><code>", shown, "</code>"),
    ] {
        text = text.replace(&format!("{before}{commit}{after}"), &format!("{before}COMMIT{after}"));
    }
    if let Ok(manifest) = fs::read(path.with_file_name("manifest.toml")) {
        text = text.replace(&sha256(&manifest), "MANIFEST");
    }
    text.into_bytes()
}

/// The list as a file; `sha256sum --check` reads it, too.
fn in_words(machine: &str, list: &List) -> String {
    let mut text = format!("# {machine}; every file but run.log, the commit of the program replaced by COMMIT\n");
    for (path, digest) in list {
        writeln!(text, "{digest}  {path}").expect("text");
    }
    text
}

fn read(text: &str) -> List {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once("  ")).map(|(digest, path)| (path.to_owned(), digest.to_owned())).collect()
}

/// A line for each file that changed, appeared or vanished.
fn differences(listed: &List, found: &List) -> Vec<String> {
    let changed = listed.iter().filter(|(path, digest)| found.get(*path).is_some_and(|other| other != *digest));
    let vanished = listed.keys().filter(|path| !found.contains_key(*path));
    let appeared = found.keys().filter(|path| !listed.contains_key(*path));
    changed
        .map(|(path, _)| format!("  changed:  {path}"))
        .chain(appeared.map(|path| format!("  appeared: {path}")))
        .chain(vanished.map(|path| format!("  vanished: {path}")))
        .collect()
}

#[test]
fn a_difference_names_each_file() {
    let listed = "# x\nab  kept.csv\ncd  figures/changed.svg\nef  gone.md\n";
    let found = [("kept.csv", "ab"), ("figures/changed.svg", "00"), ("new.md", "11")];
    let found: List = found.map(|(path, digest)| (path.to_owned(), digest.to_owned())).into();
    assert_eq!(
        differences(&read(listed), &found),
        ["  changed:  figures/changed.svg", "  appeared: new.md", "  vanished: gone.md"]
    );
    assert_eq!(read(&in_words("x", &found)), found);
}

/// A table of 80 sweeps of two interleaved pathways; the first grows after the 40th.
fn two_pathways(growth: f64, first: usize) -> String {
    let sweeps: Vec<Vec<f64>> =
        (0..80).map(|k| sweep(0.5 * if k % 2 == 0 && k >= 40 { 1.0 + growth } else { 1.0 }, first + k)).collect();
    let mut text = String::from("time_ms");
    (0..sweeps.len()).for_each(|k| write!(text, ",sweep{k}_mV").expect("text"));
    for i in 0..sweeps[0].len() {
        write!(text, "\n{:.2}", i as f64 * 0.05).expect("text");
        sweeps.iter().for_each(|sweep| write!(text, ",{:.4}", sweep[i]).expect("text"));
    }
    text + "\n"
}

/// 30 ms at 20 kHz with the stimulus at 5 ms, drawn with straight lines so that it is
/// the same everywhere: artefact, volley, fEPSP, noise.
fn sweep(size: f64, seed: usize) -> Vec<f64> {
    let peak = |t: f64, at: f64, rise: f64, fall: f64| {
        let away = if t < at { (at - t) / rise } else { (t - at) / fall };
        (1.0 - away).max(0.0)
    };
    (0..600)
        .map(|i| {
            let t = (i as f64 - 100.0) / 20.0;
            let artefact = if (0.0..0.2).contains(&t) { 4.0 } else { 0.0 };
            let noise = ((i * 7919 + seed * 104_729) % 1009) as f64 / 1009.0 - 0.5;
            artefact - 0.12 * peak(t, 1.3, 0.3, 0.3) - size * peak(t, 5.0, 2.8, 12.0) + 0.004 * noise
        })
        .collect()
}
