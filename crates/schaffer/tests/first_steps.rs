//! What a new user and a program meet first: scaffolds, the standard input, faults as
//! JSON, manual pages.

mod program;

use program::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn schaffer(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(folder);
    command
}

fn printed(command: &mut Command, code: i32) -> String {
    String::from_utf8_lossy(&command.assert().code(code).get_output().stdout).into_owned()
}

#[test]
fn a_new_experiment_passes_check_and_replaces_nothing() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    schaffer(at).args(["new", "mine"]).assert().success();
    let text = fs::read_to_string(at.join("mine.toml")).expect("the file");
    assert!(text.contains("name   = \"mine\"") && text.contains("schaffer run mine.toml"), "{text}");
    let comments = text.lines().filter(|line| line.contains('#')).count();
    assert!(comments > 15, "{comments} comments");
    let plan = printed(schaffer(at).args(["check", "mine.toml"]), 0);
    assert!(plan.starts_with("mine: mine") && !plan.contains("warning"), "{plan}");
    fs::write(at.join("mine.toml"), "mine alone").expect("written");
    schaffer(at).args(["new", "mine"]).assert().code(73);
    assert_eq!(fs::read_to_string(at.join("mine.toml")).expect("the file"), "mine alone");
    for bad in ["a b", "", ".hidden", "no/such/folder"] {
        let code = if bad.contains('/') { 66 } else { 2 };
        schaffer(at).args(["new", bad]).assert().code(code);
    }
    assert_eq!(fs::read_dir(at).expect("a folder").count(), 1);
}

#[test]
fn a_new_study_passes_check_and_can_be_analysed() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    schaffer(at).args(["new", "lab", "--study"]).assert().success();
    let told = printed(schaffer(at).args(["check", "lab/study.toml"]), 0);
    assert!(told.contains("control, drug") && told.contains("2 tables of time courses"), "{told}");
    let json: Value =
        serde_json::from_str(&printed(schaffer(at).args(["check", "lab/study.toml", "--json"]), 0)).expect("JSON");
    assert_eq!(json["sound"], true);
    schaffer(at).args(["lint", "lab/study.toml"]).assert().success();
    let answer = printed(schaffer(at).args(["analyse", "lab/study.toml"]), 0);
    assert!(answer.contains("10 slices analysed, 0 excluded"), "{answer}");
    schaffer(at).args(["new", "lab", "--study"]).assert().code(73);
}

#[test]
fn the_standard_input_is_read_where_a_file_is() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    schaffer(at).args(["new", "mine"]).assert().success();
    let text = fs::read(at.join("mine.toml")).expect("the file");
    let by_name = printed(schaffer(at).args(["check", "mine.toml"]), 0);
    assert_eq!(printed(schaffer(at).args(["check", "-"]).input(&text), 0), by_name);
    let faulty = schaffer(at).args(["check", "-"]).input(b"format = 1\nnam = \"x\"\n").assert().code(65);
    let told = String::from_utf8_lossy(&faulty.get_output().stderr).into_owned();
    assert!(told.contains("the standard input:2:1") && told.contains("did you mean `name`?"), "{told}");
    // A study, which is read more than once, with its files beside the folder one is in.
    schaffer(at).args(["new", "lab", "--study"]).assert().success();
    let study = fs::read(at.join("lab/study.toml")).expect("the file");
    let answer = printed(schaffer(&at.join("lab")).args(["analyse", "-"]).input(&study), 0);
    assert!(answer.contains("10 slices analysed"), "{answer}");
    let table = b"animal,group,value\na,x,1\nb,x,2\nc,x,4\nd,y,5\ne,y,7\nf,y,9\n";
    let by_pipe = ["stats", "welch", "-", "--response", "value", "--group", "group", "--animal", "animal"];
    assert!(printed(schaffer(at).args(by_pipe).input(table), 0).contains("Welch"));
}

#[test]
fn faults_for_programs_are_json_whatever_is_wrong() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    fs::write(at.join("bytes.toml"), b"format = 1\nname = \"\xb5\"\n").expect("written");
    fs::write(at.join("empty.toml"), b"\n").expect("written");
    fs::write(at.join("key.toml"), b"format = 1\nnam = \"x\"\n").expect("written");
    fs::write(at.join("study.toml"), b"format = 1\nname = \"x\"\n[[slice]]\nfile = \"a\"\n").expect("written");
    let told = |call: &[&str], code: i32| -> Value {
        let text = printed(schaffer(at).args(call), code);
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{call:?}: {fault}: {text}"));
        assert_eq!(value["sound"], false, "{call:?}");
        assert_eq!(value["exit_code"], code, "{call:?}");
        value
    };
    for command in ["check", "run", "patch", "power", "sensitivity"] {
        let bytes = told(&[command, "bytes.toml", "--json"], 65);
        assert_eq!((&bytes["faults"][0]["line"], &bytes["faults"][0]["column"]), (&Value::from(2), &Value::from(9)));
        assert!(bytes["faults"][0]["message"].as_str().is_some_and(|text| text.contains("not UTF-8")), "{bytes}");
        let empty = told(&[command, "empty.toml", "--json"], 65);
        assert!(empty["faults"][0]["message"].as_str().is_some_and(|text| text.contains("is empty")), "{empty}");
        let key = told(&[command, "key.toml", "--json"], 65);
        let meant = |fault: &Value| fault["help"] == "did you mean `name`?" && fault["line"] == 2;
        assert!(key["faults"].as_array().is_some_and(|faults| faults.iter().any(meant)), "{key}");
        told(&[command, "none.toml", "--json"], 66);
    }
    for command in ["check", "lint", "fit"] {
        let study = told(&[command, "study.toml", "--json"], 65);
        let lines: Vec<_> = study["faults"].as_array().expect("faults").iter().map(|fault| &fault["line"]).collect();
        assert!(lines.contains(&&Value::from(4)), "{study}");
    }
    told(&["stats", "welch", "none.csv", "--json"], 66);
    told(&["compounds", "caffeine", "--json"], 65);
    told(&["inspect", "none.abf", "--json"], 66);
}

#[test]
fn every_command_has_its_manual_page() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    schaffer(at).args(["man", "man1"]).assert().success();
    let help = printed(schaffer(at).args(["--help"]), 0);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() > 25, "{names:?}");
    for name in names
        .iter()
        .map(|name| format!("schaffer-{name}.1"))
        .chain(["schaffer.1", "schaffer-export-nwb.1"].map(String::from))
    {
        let page = fs::read_to_string(at.join("man1").join(&name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        for part in [".TH ", ".SH NAME", ".SH SYNOPSIS"] {
            assert!(page.contains(part), "{name}: {part}");
        }
    }
    assert!(!at.join("man1/schaffer-docs.1").exists());
    assert!(printed(schaffer(at).args(["man"]), 0).contains(".SH SUBCOMMANDS"));
    assert!(printed(schaffer(at).args(["completions", "zsh"]), 0).contains("schaffer"));
}
