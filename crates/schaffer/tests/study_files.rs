//! Study files are read as strictly as experiments: names, times and windows are checked
//! before a recording is opened, and a proposed study file is one that can be read.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use program::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_schaffer");

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments/recorded-ca3-ca1")
}

/// The shipped study with something replaced, analysed: its exit code and what it says.
fn analysed(from: &str, to: &str) -> (i32, String) {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    for entry in fs::read_dir(shipped().join("data")).unwrap().flatten() {
        fs::copy(entry.path(), folder.path().join("data").join(entry.file_name())).unwrap();
    }
    let text = fs::read_to_string(shipped().join("study.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(folder.path().join("study.toml"), text.replace(from, to)).unwrap();
    let mut analyse = Command::new(BINARY);
    analyse.current_dir(folder.path()).args(["analyse", "study.toml", "--out", "out"]);
    let output = analyse.assert().get_output().clone();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap(), said)
}

fn refused(from: &str, to: &str, expected: &str) {
    let (code, said) = analysed(from, to);
    // A terminal of 80 columns breaks lines between words.
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(code, 65, "{to}: {said}");
    assert!(flat.contains(expected) && said.contains("study.toml:"), "{to}: {said}");
}

#[test]
fn names_that_cannot_be_printed_are_refused_with_their_place() {
    for (name, expected) in [
        (r"Ig\u0000G", "the control character U+0000"),
        (r"\u001b[31mIgG", "the control character U+001B"),
        (r"Ig\u202eG", "the mark of the direction of writing U+202E"),
        (r"Ig\u200bG", "the character without width U+200B"),
        (" IgG", "begins or ends with a space"),
    ] {
        refused("\"IgG\"", &format!("\"{name}\""), expected);
    }
    refused("\"IgG\"", &format!("\"{}\"", "x".repeat(61)), "61 characters, more than 60");
    // Other texts are read by the same rule.
    refused("title  = \"", "title  = \"a\\u0007", "the control character U+0007");
}

#[test]
fn windows_lie_within_what_was_recorded() {
    let text = fs::read_to_string(shipped().join("study.toml")).unwrap();
    let line = text.lines().find(|line| line.starts_with("window")).unwrap();
    let window = |to: &str| refused(line, &format!("window = {to}"), to_be_said(to));
    for to in [r#"["15 min", "1e300 min"]"#, r#"["100 min", "120 min"]"#, r#"["20 min", "15 min"]"#] {
        window(to);
    }
}

fn to_be_said(window: &str) -> &'static str {
    match window {
        window if window.contains("1e300") => "longer than a century",
        window if window.contains("120") => "no recording lasts until this window begins",
        _ => "expected the earlier time first",
    }
}

#[test]
fn more_conditions_than_a_report_can_show_are_refused() {
    let many: String = (0..5_000).map(|n| format!("[[condition]]\nname = \"c{n}\"\n\n")).collect();
    let first = "[[condition]]\nname = \"control\"\n";
    refused(first, &format!("{first}\n{many}"), "expected at most 500");
}

/// Whatever files are called, and whatever the columns of a table: what `init` writes can be
/// read, and nothing of a name becomes a line of it.
#[test]
fn proposed_files_hold_names_as_text() {
    let folder = TempDir::new().unwrap();
    let long = "long ".repeat(30);
    let names = [
        "plain",
        "new\nline\n[[condition]]\nname = \"injected\"\n#",
        "quo\"te",
        "back\\slash",
        "tab\tin",
        "ctl\u{1}x",
        "rtl\u{202e}gpj",
        "turn\u{2067}ed",
        "no\u{200b}width",
        "tag\u{e0041}ged",
        "\u{202e}",
        &long,
    ];
    for name in names {
        let mut table = format!("time_min,{0}a,{0}b\n", name.replace(['\n', '"'], "_"));
        for minute in -10..40 {
            table.push_str(&format!("{minute},{},{}\n", 1.0 + 0.01 * f64::from(minute % 3), 1.0));
        }
        fs::write(folder.path().join(format!("{name}.csv")), table).unwrap();
    }
    let mut init = Command::new(BINARY);
    let output = init.arg("init").arg(folder.path()).assert().get_output().clone();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    let text = fs::read_to_string(folder.path().join("study.toml")).unwrap();
    let study: toml::Table = text.parse().unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    let conditions = study["condition"].as_array().unwrap();
    assert!(!text.contains("\nname = \"injected\""), "{text}");
    let listed = study["table"].as_array().unwrap().iter().map(|table| table["file"].as_str().unwrap());
    let mut listed: Vec<&str> = listed.collect();
    listed.sort_unstable();
    listed.dedup();
    assert!(listed.len() >= 11, "{listed:?}");
    // No sign of the file hides or reverses others, and each name is one that studies take.
    assert!(text.chars().all(|sign| sign == '\n' || form::is_of_a_line(sign)), "{text:?}");
    let named: Vec<&str> = conditions.iter().map(|condition| condition["name"].as_str().unwrap()).collect();
    assert!(named.iter().all(|name| form::unfit_name(name).is_none()), "{named:?}");
    for table in study["table"].as_array().unwrap() {
        assert!(named.contains(&table["condition"].as_str().unwrap()), "{table}");
    }
    assert!(listed.iter().all(|file| folder.path().join(file).is_file()), "{listed:?}");
}

#[test]
fn faults_of_files_that_are_no_text_are_json_too() {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in [("empty", &b""[..]), ("blank", b"\n \n"), ("bytes", b"format = 1\nname = \"\xff\"\n")] {
        let file = folder.path().join(name).with_extension("toml");
        fs::write(&file, bytes).unwrap();
        let mut check = Command::new(BINARY);
        let output = check.args(["check", "--json"]).arg(&file).assert().code(65).get_output().clone();
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(told["sound"], false, "{name}");
        assert_eq!(told["faults"].as_array().map(Vec::len), Some(1), "{name}: {told}");
    }
}

/// Pipes and devices would never end.
#[test]
#[cfg(target_os = "linux")]
fn only_plain_files_are_read() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let library = folder.path().join("library/compounds");
    fs::create_dir_all(&library).unwrap();
    std::os::unix::fs::symlink("/dev/zero", library.join("x.toml")).unwrap();
    let experiment = shipped().join("../quick.toml");
    let calls: [&[&Path]; 4] = [
        &[Path::new("check"), &pipe],
        &[Path::new("analyse"), &pipe],
        &[Path::new("check"), Path::new("/dev/zero")],
        &[Path::new("check"), &experiment, Path::new("--library"), &folder.path().join("library")],
    ];
    for words in calls {
        let output = Command::new(BINARY).args(words).assert().get_output().clone();
        let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!([Some(65), Some(66)].contains(&output.status.code()), "{words:?}: {said}");
        assert!(said.contains("a pipe or a device"), "{words:?}: {said}");
    }
}
