//! The commands that write, each with what it needs beforehand and how it is taken up again.

use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use tempfile::TempDir;

pub const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

/// Four slices of a thin model, less than a second: two conditions, two animals each.
pub const EXPERIMENT: &str = r#"
format = 1
name   = "torture"
title  = "Two conditions, two animals each"
seed   = 7

[protocol]
baseline  = "2 min"
test      = { interval = "20 s" }
wash_in   = "1 min"
induction = "tbs"
follow_up = "3 min"

[synapse]
changes = [{ parameter = "spines.number", value = 16, reason = "a short test" }]

[[condition]]
name = "control"

[[condition]]
name = "ISO 3 µM"
bath = [{ compound = "isopregnanolone", concentration = "3 uM" }]

[design]
animals           = 2
slices_per_animal = 1
assignment        = "between-animal"

[analysis]
reference_window = "1 min"
window           = ["1 min", "3 min"]
short_term       = ["20 s", "1 min"]
exclude          = { baseline_drift = "off", volley_change = "off" }

[prediction]
draws = 0

[statistics]
reference = "control"

[report]
formats = ["svg"]
"#;

/// Where the tests work: in memory where there is such a disk, since a try writes hundreds
/// of files and waits for each.
pub fn workplace() -> TempDir {
    let memory = Path::new("/dev/shm");
    let beside = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("torture-").tempdir_in(beside).unwrap()
}

/// A folder of the project.
pub fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// What a command finds before it starts.
#[derive(Clone, Copy)]
pub enum Before {
    /// No folder.
    Nothing,
    /// An empty folder.
    Empty,
    /// A finished run.
    Run,
}

/// A command that writes into a folder, `{d}` in its words.
pub struct Call {
    pub name: &'static str,
    pub before: Before,
    pub first: &'static str,
    /// What takes it up again.
    pub again: &'static str,
}

const fn call(name: &'static str, before: Before, first: &'static str, again: &'static str) -> Call {
    Call { name, before, first, again }
}

/// Every command that writes. `{e}` is the experiment, `{s}` the recorded study.
pub const CALLS: [Call; 14] = [
    call("run", Before::Nothing, "run {e} --out {d} -q", "run {e} --out {d} -q --resume"),
    call("run-over", Before::Run, "run {e} --out {d} -q --overwrite", "run {e} --out {d} -q --resume"),
    call("analyse", Before::Run, "analyse {d} -q", "analyse {d} -q"),
    call("report", Before::Run, "report {d}", "report {d}"),
    call("study", Before::Nothing, "analyse {s} --out {d} -q", "analyse {s} --out {d} -q --overwrite"),
    call("patch", Before::Nothing, "patch {e} --out {d}", "patch {e} --out {d} --resume"),
    call(
        "fit",
        Before::Nothing,
        "fit {s} --out {d} --evaluations 7 --draws 2 --animals 2",
        "fit {s} --out {d} --evaluations 7 --draws 2 --animals 2 --resume",
    ),
    call("nwb", Before::Run, "export nwb {d}", "export nwb {d}"),
    call("xlsx", Before::Run, "export xlsx {d}", "export xlsx {d}"),
    call("csv", Before::Run, "export csv {d}", "export csv {d}"),
    call("parquet", Before::Run, "export parquet {d}", "export parquet {d}"),
    call("prism", Before::Run, "export prism {d}", "export prism {d}"),
    call(
        "sensitivity",
        Before::Run,
        "sensitivity {e} --animals 2 --slices 1 --parameters nmda.conductance --results {d}",
        "sensitivity {e} --animals 2 --slices 1 --parameters nmda.conductance --results {d}",
    ),
    call("validate", Before::Empty, "validate --rules --page {d}/page.html", "validate --rules --page {d}/page.html"),
];

impl Call {
    pub fn named(name: &str) -> &'static Self {
        CALLS.iter().find(|call| call.name == name).unwrap()
    }

    /// Makes the folder as the command finds it.
    pub fn prepare(&self, folder: &Path) {
        tree::remove(folder);
        match self.before {
            Before::Nothing => {}
            Before::Empty => fs::create_dir(folder).unwrap(),
            Before::Run => tree::copy(&FINISHED.1, folder),
        }
    }
}

/// The experiment, and a finished run of it.
static FINISHED: LazyLock<(PathBuf, PathBuf, TempDir)> = LazyLock::new(|| {
    let place = workplace();
    let (file, folder) = (place.path().join("torture.toml"), place.path().join("finished"));
    fs::write(&file, EXPERIMENT).unwrap();
    let run = Command::new(BINARY).args(["run", "-q"]).arg(&file).arg("--out").arg(&folder).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    (file, folder, place)
});

/// The program with the words of a call, for a folder.
pub fn program(words: &str, folder: &Path) -> Command {
    let study = project("experiments/recorded-ca3-ca1/study.toml");
    let mut program = Command::new(BINARY);
    for word in words.split(' ') {
        program.arg(match word {
            "{e}" => FINISHED.0.clone().into_os_string(),
            "{s}" => study.clone().into_os_string(),
            word => word.replace("{d}", folder.to_str().unwrap()).into(),
        });
    }
    program.stdin(Stdio::null());
    program
}

/// Starts it without waiting.
pub fn start(words: &str, folder: &Path) -> Child {
    program(words, folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs it to its end.
pub fn output(words: &str, folder: &Path) -> Output {
    program(words, folder).output().unwrap()
}

/// What it said on the error stream.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}
