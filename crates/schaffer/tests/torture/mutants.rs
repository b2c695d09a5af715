//! Experiment, study and library files with something in them changed: read or refused
//! with line and column, never a panic, and soon.

use crate::calls;
use crate::tree;
use crate::tries::{Dice, tries};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Mutants of each kind of file in `just torture`.
const ALL: usize = 34_000;
/// What one file may take. Test machines are busy.
const SLOWEST: Duration = Duration::from_secs(20);

/// Values that nobody would write, or that lie at an edge.
const VALUES: [&str; 58] = [
    "\"0 s\"",
    "\"-1 s\"",
    "\"1e300 min\"",
    "\"-1e300 min\"",
    "\"1e-320 s\"",
    "\"inf s\"",
    "\"nan s\"",
    "\"NaN\"",
    "\"48 h\"",
    "\"2881 min\"",
    "\"0 uM\"",
    "\"-3 uM\"",
    "\"1e400 uM\"",
    "\"1e9 kHz\"",
    "\"0 Hz\"",
    "\"100000 %\"",
    "\"80-20 %\"",
    "\"off\"",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\u001b[31m\"",
    "\"\\u202e3 uM\"",
    "\"3 µM\"",
    "\"٣ uM\"",
    "\"1_000 s\"",
    "\"1e s\"",
    "\"s\"",
    "0",
    "-1",
    "1",
    "1e308",
    "-1e308",
    "1e400",
    "inf",
    "nan",
    "9223372036854775807",
    "9223372036854775808",
    "4294967296",
    "0.1",
    "-0.0",
    "true",
    "[]",
    "{}",
    "[[]]",
    "1979-05-27T07:32:00Z",
    "[\"control\"]",
    "\"../../x\"",
    "[\"0 min\", \"0 min\"]",
    "[\"60 min\", \"1e99 min\"]",
    "{ interval = \"0 s\" }",
    "{ age = \"P999999\" }",
    "\"P-1\"",
    "\"within-animal\"",
    "\"/dev/zero\"",
    "\"/etc\"",
    "\"-300 degC\"",
    "[1, 2, 3]",
];
/// Numbers in place of a number within a text.
const NUMBERS: [&str; 12] = ["0", "-1", "1e300", "1e-300", "999999", "0.5", "1e9", "00", "3.", "1e", "٣", "2880"];
/// Signs that do not belong.
const SIGNS: [&str; 12] =
    ["\u{202e}", "\0", "\u{feff}", "\u{2028}", "\r", "\u{7f}", "\u{200b}", "\"\"\"", "'''", "\\", "\\u12", "\t"];

/// A file with `changes` things changed.
fn mutant(text: &str, others: &[String], dice: &mut Dice) -> Vec<u8> {
    let mut text = text.to_owned();
    for _ in 0..*dice.pick(&[1, 1, 1, 2, 2, 3, 5]) {
        text = match dice.below(12) {
            0..=3 => value_replaced(&text, dice),
            4 | 5 => number_replaced(&text, dice),
            6 => lines_changed(&text, dice, |lines, at, _| drop(lines.remove(at))),
            7 => lines_changed(&text, dice, |lines, at, _| lines.insert(at, lines[at].clone())),
            8 => {
                let other = dice.pick(others).clone();
                lines_changed(&text, dice, |lines, at, _| lines.insert(at, other.clone()))
            }
            9 => lines_changed(&text, dice, |lines, at, dice| {
                let other = dice.below(lines.len());
                lines.swap(at, other);
            }),
            10 => {
                let at = boundary(&text, dice.below(text.len() + 1));
                format!("{}{}{}", &text[..at], dice.pick(&SIGNS), &text[at..])
            }
            _ => many(&text, dice),
        };
    }
    let mut bytes = text.into_bytes();
    if dice.below(10) == 0 && !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
    }
    bytes
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The value of a key replaced by another.
fn value_replaced(text: &str, dice: &mut Dice) -> String {
    lines_changed(text, dice, |lines, at, dice| {
        if let Some((key, _)) = lines[at].split_once('=') {
            lines[at] = format!("{key}= {}", dice.pick(&VALUES));
        }
    })
}

/// A number, wherever it stands, replaced by another.
fn number_replaced(text: &str, dice: &mut Dice) -> String {
    lines_changed(text, dice, |lines, at, dice| {
        let line = &lines[at];
        if let Some(from) = line.find(|sign: char| sign.is_ascii_digit()) {
            let to =
                line[from..].find(|sign: char| !sign.is_ascii_digit() && sign != '.').map_or(line.len(), |n| from + n);
            lines[at] = format!("{}{}{}", &line[..from], dice.pick(&NUMBERS), &line[to..]);
        }
    })
}

fn lines_changed(text: &str, dice: &mut Dice, change: impl Fn(&mut Vec<String>, usize, &mut Dice)) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        let at = dice.below(lines.len());
        change(&mut lines, at, dice);
    }
    lines.join("\n") + "\n"
}

/// Rarely, very many of something.
fn many(text: &str, dice: &mut Dice) -> String {
    match dice.below(20) {
        0 => text.to_owned() + &(0..5_000).map(|n| format!("\n[[condition]]\nname = \"c{n}\"\n")).collect::<String>(),
        1 => format!("{text}\ny = {}{}\n", "[".repeat(5_000), "]".repeat(5_000)),
        2 => format!("{text}\n[a{}]\nb = 1\n", ".a".repeat(5_000)),
        3 => text.replace("name", &"x".repeat(100_000)),
        _ => text[..boundary(text, dice.below(text.len() + 1))].to_owned(),
    }
}

/// Files below a folder of the project.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(calls::project(folder)).unwrap().map(|e| e.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|ext| ext == "toml"));
    found.sort();
    found
}

/// Mutants of these files, each read by a command, whose only argument more is the file.
fn read(name: &str, files: &[PathBuf], few: usize, place: &Path, command: impl Fn(&Path, &Path) -> Command) {
    let texts: Vec<(PathBuf, String)> =
        files.iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect();
    assert!(!texts.is_empty());
    let others: Vec<String> = texts.iter().flat_map(|(_, text)| text.lines().map(str::to_owned)).collect();
    let mut dice = Dice::of(name);
    for n in 0..tries(few, ALL) {
        let (file, text) = dice.pick(&texts);
        let bytes = mutant(text, &others, &mut dice);
        let mutant = place.join(file.file_name().unwrap());
        fs::write(&mutant, &bytes).unwrap();
        let start = Instant::now();
        let output = command(&mutant, file).stdin(Stdio::null()).output().unwrap();
        if let Some(wrong) = wrong(&output).or_else(|| (start.elapsed() > SLOWEST).then(|| "slow".to_owned())) {
            let kept = std::env::temp_dir().join(format!("mutant-{name}-{n}.toml"));
            fs::write(&kept, &bytes).unwrap();
            panic!("{name} {n}: {wrong}: {}: {}", kept.display(), calls::told(&output));
        }
        fs::remove_file(&mutant).unwrap();
    }
}

/// What is wrong with an answer: a panic or a signal, an exit code that means something
/// else, a fault without a place.
fn wrong(output: &Output) -> Option<String> {
    let said = calls::told(output);
    let has_place = || {
        let place = said.split_whitespace().any(|word| {
            let mut parts = word.rsplitn(3, ':');
            parts.next().is_some_and(|n| n.parse::<u32>().is_ok())
                && parts.next().is_some_and(|n| n.parse::<u32>().is_ok())
        });
        // Of a whole file: what is missing in it, what a recording lacks, or that it is no text.
        place || ["-->", ".toml", "cannot be read"].iter().any(|words| said.contains(words))
    };
    match output.status.code() {
        None => Some("ended by a signal".to_owned()),
        Some(_) if said.contains("panicked") => Some("panic".to_owned()),
        Some(0) => None,
        Some(65 | 66) if said.len() > 20 && has_place() => None,
        Some(code) => Some(format!("exit code {code}")),
    }
}

#[test]
fn mutants_of_experiments_are_read_or_refused() {
    let place = calls::workplace();
    read("experiment", &files("experiments"), 300, place.path(), |mutant, _| {
        let mut check = Command::new(calls::BINARY);
        check.arg("check").arg(mutant);
        check
    });
}

#[test]
fn mutants_of_studies_are_read_or_refused() {
    let place = calls::workplace();
    tree::copy(&calls::project("experiments/recorded-ca3-ca1/data"), &place.path().join("data"));
    let out = place.path().join("out");
    read("study", &files("experiments/recorded-ca3-ca1"), 60, place.path(), |mutant, _| {
        let mut analyse = Command::new(calls::BINARY);
        analyse.args(["analyse", "-q", "--overwrite", "--out"]).arg(&out).arg(mutant);
        analyse
    });
}

#[test]
fn mutants_of_libraries_are_read_or_refused() {
    let place = calls::workplace();
    let library = place.path().join("library");
    let experiment = calls::project("experiments/luteal-mixture-pulses.toml");
    let data = "crates/pharmacology/data";
    let all = [files(&format!("{data}/compounds")), files(&format!("{data}/states"))].concat();
    read("library", &all, 200, place.path(), |mutant, file| {
        tree::remove(&library);
        let folder = library.join(file.parent().unwrap().file_name().unwrap());
        fs::create_dir_all(&folder).unwrap();
        fs::copy(mutant, folder.join(file.file_name().unwrap())).unwrap();
        let mut check = Command::new(calls::BINARY);
        check.arg("check").arg(&experiment).arg("--library").arg(&library);
        check
    });
}

#[test]
fn of_very_many_faults_the_first_are_shown_soon() {
    let place = calls::workplace();
    let file = place.path().join("many.toml");
    let keys: String = (0..40_000).map(|n| format!("key{n} = {n}\n")).collect();
    fs::write(&file, calls::EXPERIMENT.replace("[design]\n", &format!("[design]\n{keys}"))).unwrap();
    let start = Instant::now();
    let output = Command::new(calls::BINARY).arg("check").arg(&file).output().unwrap();
    let said = calls::told(&output);
    assert!(start.elapsed() < SLOWEST, "{:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(65));
    assert_eq!(said.matches("error: ").count(), 100);
    assert!(
        said.ends_with("many.toml; the first 100 are shown") && said.contains("40000 faults in "),
        "{}",
        &said[said.len() - 100..]
    );
    let output = Command::new(calls::BINARY).args(["check", "--json"]).arg(&file).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((told["faults"].as_array().unwrap().len(), told["more"].as_u64()), (100, Some(39_900)));
}
