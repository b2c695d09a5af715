//! Bad inputs: every file of `tests/bad` must be refused with exactly the
//! faults that are written in it, and every bad output with its exit code.

mod program;

use program::{Assert, Command};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A fault as the museum writes it and as the program reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Exhibit {
    line: u64,
    column: u64,
    message: String,
    remedy: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schaffer() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(root());
    command
}

/// The standard error output; fails if the program panicked.
fn complaint(assert: &Assert) -> String {
    let text = String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8");
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// The faults written into a file.
fn written(text: &str) -> Vec<Exhibit> {
    let mut exhibits: Vec<Exhibit> = Vec::new();
    let mut above = 0;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(rest) = line.strip_prefix("#^") {
            let (column, message) = rest.split_once(' ').expect("`#^column message`");
            let column = column.parse().expect("a column");
            exhibits.push(Exhibit { line: above, column, message: message.to_owned(), ..Exhibit::default() });
        } else if let Some(message) = line.strip_prefix("#! ") {
            exhibits.push(Exhibit { message: message.to_owned(), ..Exhibit::default() });
        } else if let Some(remedy) = line.strip_prefix("#? ") {
            exhibits.last_mut().expect("a fault before its remedy").remedy = remedy.to_owned();
        } else {
            above = number;
        }
    }
    exhibits.sort();
    exhibits
}

/// The faults that `schaffer check --json` reports. Remedies are compared only
/// where the file writes one.
fn reported(path: &Path, written: &[Exhibit]) -> Vec<Exhibit> {
    let assert = schaffer().args(["check", "--json"]).arg(path).assert().code(65);
    let report: serde_json::Value = serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let faults = report["faults"].as_array().expect("a list of faults");
    let mut exhibits: Vec<Exhibit> = faults
        .iter()
        .map(|fault| {
            let mut exhibit = Exhibit {
                line: fault["line"].as_u64().unwrap_or(0),
                column: fault["column"].as_u64().unwrap_or(0),
                message: text(&fault["message"]),
                remedy: String::new(),
            };
            let alike = |other: &&Exhibit| {
                (other.line, other.column, &other.message) == (exhibit.line, exhibit.column, &exhibit.message)
            };
            if written.iter().find(alike).is_some_and(|other| !other.remedy.is_empty()) {
                exhibit.remedy = text(&fault["help"]);
            }
            exhibit
        })
        .collect();
    exhibits.sort();
    exhibits
}

/// Every file of the museum.
fn exhibits() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("crates/schaffer/tests/bad"))
        .expect("the museum")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 30, "the museum has lost exhibits: {}", files.len());
    files
}

#[test]
fn every_bad_file_is_refused_with_the_faults_written_in_it() {
    let mut wrong = Vec::new();
    for path in &exhibits() {
        let written = written(&fs::read_to_string(path).expect("UTF-8"));
        assert!(!written.is_empty(), "{} says nothing about its faults", path.display());
        let reported = reported(path, &written);
        if reported != written {
            wrong.push(format!("{}\nwritten:  {written:#?}\nreported: {reported:#?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_fault_is_shown_with_its_line_a_caret_and_the_remedy() {
    let assert = schaffer().args(["check", "crates/schaffer/tests/bad/unknown-compound.toml"]).assert().code(65);
    let text = complaint(&assert);
    for part in [
        "error: unknown compound \"isopregnanolon\"",
        "--> crates/schaffer/tests/bad/unknown-compound.toml:10:22",
        "10 | bath = [{ compound = \"isopregnanolon\", concentration = \"3 uM\" }]",
        "^^^^^^^^^^^^^^^^",
        "isopregnanolone (ISO)",
        "did you mean \"isopregnanolone\"",
        "2 faults in crates/schaffer/tests/bad/unknown-compound.toml",
    ] {
        assert!(text.contains(part), "missing {part:?} in\n{text}");
    }
    let drawn = |letter: char| letter == '\u{1b}' || ('\u{2500}'..='\u{257f}').contains(&letter);
    assert!(!text.contains(drawn), "without a terminal neither colours nor boxes are drawn:\n{text}");
}

#[test]
fn run_refuses_what_check_refuses_and_writes_nothing() {
    let folder = TempDir::new().expect("folder");
    let out = folder.path().join("out");
    for path in exhibits() {
        let checked = complaint(&schaffer().arg("check").arg(&path).assert().code(65));
        let run = complaint(&schaffer().arg("run").arg(&path).arg("--out").arg(&out).assert().code(65));
        assert_eq!(run, checked, "{}", path.display());
        assert!(!out.exists(), "{}", path.display());
    }
}

#[test]
fn files_that_are_no_text() {
    let folder = TempDir::new().expect("folder");
    let case = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("file");
        complaint(&schaffer().arg("check").arg(path).assert().code(65))
    };
    let latin = case("latin.toml", b"format = 1\nname = \"x\"\ntitle = \"3 \xb5M\"\n");
    assert!(latin.contains("latin.toml:3:12: byte 0xB5 is not UTF-8 text"), "{latin}");
    for (name, bytes) in [("empty.toml", &b""[..]), ("blank.toml", b" \n\n"), ("mark.toml", b"\xef\xbb\xbf")] {
        let text = case(name, bytes);
        assert!(text.contains("is empty; `format`, `name`"), "{text}");
    }
    let zeros = case("zeros.toml", &[0; 4096]);
    assert!(zeros.contains("not TOML"), "{zeros}");
}

#[test]
fn a_100_mb_file_is_refused_without_being_read() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("recording.toml");
    fs::File::create(&path).and_then(|file| file.set_len(100_000_000)).expect("sparse file");
    let text = complaint(&schaffer().arg("check").arg(&path).assert().code(65));
    assert!(text.contains("has 100 MB: an experiment file is a few kB"), "{text}");
    assert!(text.contains("is this a recording?"), "{text}");
}

#[test]
fn files_that_are_not_there() {
    let text = complaint(&schaffer().args(["check", "experiments/quack.toml"]).assert().code(66));
    assert!(text.contains("there is no file experiments/quack.toml"), "{text}");
    let text = complaint(&schaffer().args(["check", "experiments"]).assert().code(65));
    assert!(text.contains("is a folder"), "{text}");
    let text = complaint(&schaffer().args(["report", "results/absent"]).assert().code(66));
    assert!(text.contains("there is no folder results/absent"), "{text}");
    let text = complaint(&schaffer().args(["analyse", "experiments"]).assert().code(65));
    assert!(text.contains("it has no manifest.toml"), "{text}");
}

#[test]
fn output_that_cannot_be_written() {
    let folder = TempDir::new().expect("folder");
    let file = folder.path().join("file");
    fs::write(&file, "in the way").expect("file");
    let run =
        |out: &Path| complaint(&schaffer().args(["run", "experiments/quick.toml", "--out"]).arg(out).assert().code(73));
    let text = run(&file.join("below"));
    assert!(text.contains("cannot be written"), "{text}");
    let text = run(&file);
    assert!(text.contains("is not a results folder"), "{text}");
    assert_eq!(fs::read_to_string(&file).expect("file"), "in the way");
}

#[test]
fn a_folder_of_something_else_is_left_alone_even_by_overwrite() {
    let folder = TempDir::new().expect("folder");
    fs::write(folder.path().join("thesis.tex"), "\\chapter{One}").expect("file");
    for option in ["--overwrite", "--resume", "--quiet"] {
        let mut run = schaffer();
        run.args(["run", "experiments/quick.toml", option, "--out"]).arg(folder.path());
        let text = complaint(&run.assert().code(73));
        assert!(text.contains("is not a results folder (it has no manifest.toml) and is left alone"), "{text}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);
}

#[test]
fn wrong_usage() {
    for arguments in [
        &["walk"][..],
        &["run"],
        &["run", "experiments/quick.toml", "--resume", "--overwrite"],
        &["run", "experiments/quick.toml", "--jobs", "0"],
        &["run", "experiments/quick.toml", "--seed", "-1"],
    ] {
        complaint(&schaffer().args(arguments).assert().code(2));
    }
}

#[test]
fn a_reader_that_leaves_early_ends_the_program_quietly() {
    use std::process::{Command as Process, Stdio};
    let mut child = Process::new(env!("CARGO_BIN_EXE_schaffer"))
        .args(["rules", "--parameters"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("program");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("end");
    assert!(output.status.success(), "{:?}", output.status);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
