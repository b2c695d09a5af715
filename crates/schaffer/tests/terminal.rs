//! What people see: lines as wide as their terminal, no word broken, true minus signs, no
//! command to the terminal in a name, colours only where they are wanted, and a line of
//! progress where it takes long.

mod program;

use program::Command;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schaffer() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    command.current_dir(root());
    command
}

/// What a call prints, whatever its exit code: the standard output and the error output.
fn told(command: &mut Command) -> String {
    let ended = command.assert();
    let output = ended.get_output();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Commands of every kind, that print tables, sentences, lists, help and faults.
const CALLS: [&[&str]; 31] = [
    &["--help"],
    &["run", "--help"],
    &["stats", "--help"],
    &["measure", "--help"],
    &["new", "--help"],
    &["check", "experiments/gamsa-2x2.toml"],
    &["check", "experiments/luteal-mixture-pulses.toml"],
    &["check", "experiments/recorded-ca3-ca1/study.toml"],
    &["check", "crates/schaffer/tests/bad/unknown-compound.toml"],
    &["check", "crates/schaffer/tests/bad/wrong-unit.toml"],
    &["check", "crates/schaffer/tests/bad/states.toml"],
    &["check", "crates/schaffer/tests/bad/duplicate-condition.toml"],
    &["compounds"],
    &["compounds", "PS"],
    &["compounds", "allopregnanolon"],
    &["states"],
    &["states", "luteal"],
    &["states", "--claims"],
    &["protocols"],
    &["protocols", "tbs"],
    &["rules"],
    &["rules", "graupner_brunel_2012"],
    &["rules", "--parameters"],
    &["receptors", "PS 30 uM"],
    &["rule", "graupner_brunel_2012", "--n", "60", "--frequency", "1 Hz", "--dt", "-40 ms,10 ms"],
    &["rule", "graupner_brunell"],
    &["validate", "--list"],
    &["power", "experiments/quick.toml", "--effect", "-40", "--between-animal-sd", "20", "--within-animal-sd", "10"],
    &["inspect", "experiments/recorded-ca3-ca1/data/ca3-ca1-control.csv"],
    &["stats", "no-such-method", "table.csv"],
    &["runn"],
];

#[test]
fn every_line_fits_and_no_word_is_broken() {
    for call in CALLS {
        let wide = words(&told(schaffer().args(call)));
        // Help is laid out by the parser, which does not go below its own options.
        let narrow: &[usize] = if call.contains(&"--help") { &[80, 120] } else { &[40, 80, 120] };
        for &width in narrow {
            let page = told(schaffer().args(call).env("COLUMNS", width.to_string()));
            // Of a line of the file itself the faulty place is shown whole, the rest as far as it fits.
            let own = |line: &str| {
                line.split_once(" | ").is_some_and(|(n, _)| n.trim().parse::<u32>().is_ok())
                    || line.trim_start().trim_start_matches(['|', ' ']).starts_with('^')
            };
            for line in page.lines().filter(|line| line.chars().count() > width && !own(line)) {
                // A word of a path may be longer than the terminal, or stand behind the margin of a fault.
                let long = line.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
                assert!(long + 12 > width && line.split_whitespace().count() <= 3, "{call:?} at {width}: {line}");
            }
            // Lists of entries repeat the names of their columns, sources of faults are cut with dots.
            let cut = words(&page).into_iter().find(|word| {
                let bare = word.trim_end_matches([':', '.', ',']);
                !wide.contains(word)
                    && !wide.iter().any(|whole| whole.trim_end_matches([':', '.', ',']) == bare)
                    && !word.starts_with("...")
                    && !word.ends_with("...")
            });
            // What does not fit beside the place of a fault becomes a note.
            let named = |word: &String| {
                if word == "note:" {
                    return true;
                }
                let key = word.trim_end_matches(':');
                word.ends_with(':') && wide.iter().any(|whole| whole == key)
            };
            assert!(cut.as_ref().is_none_or(named), "{call:?} at {width}: the word {cut:?}\n{page}");
        }
    }
}

#[test]
fn numbers_have_a_true_minus_sign_but_in_json() {
    let call =
        ["power", "experiments/quick.toml", "--effect", "-40", "--between-animal-sd", "20", "--within-animal-sd", "10"];
    let page = told(schaffer().args(call));
    assert!(page.contains("−40.0 points") && page.contains("treatment − reference"), "{page}");
    assert!(!page.contains("-40") && !page.contains(" - "), "{page}");
    let json = told(schaffer().args(call).args(["--json"]));
    assert!(json.contains("\"effect\": -40.0"), "{json}");
}

#[test]
fn a_name_cannot_command_the_terminal() {
    let hostile = "a\u{1b}[31m\u{1b}]0;title\u{7}\u{202e}b\u{9b}2J.toml";
    for command in ["check", "analyse", "lint", "inspect", "report", "run"] {
        let page = told(schaffer().args([command, hostile]));
        assert!(!page.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{command}: {page:?}");
        assert!(page.contains("a␛[31m"), "{command}: {page:?}");
    }
    // In the content of a file as well.
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("x.toml");
    std::fs::write(&path, "format = 1\nname = \"a\\u001b[31mb\"\n[\"\\u001b[2J\"]\n").expect("written");
    let page = told(schaffer().args(["check"]).arg(&path));
    assert!(
        !page.contains('\u{1b}') && page.contains("control character U+001B") && page.contains("`␛[2J`"),
        "{page:?}"
    );
    // And in the name of a file that is faulty.
    let hostile = folder.path().join("a\u{1b}[31m\u{9b}b.toml");
    std::fs::write(&hostile, "format = 1\nnam = \"\u{9b}\"\n\"\u{202e}x\" = 1\n").expect("written");
    let page = told(schaffer().arg("check").arg(&hostile));
    assert!(!page.contains(['\u{1b}', '\u{9b}']) && page.contains("a␛[31m"), "{page:?}");
    // In JSON they are spelt by their number.
    let output = schaffer().args(["check", "--json"]).arg(&hostile).assert().get_output().clone();
    let json = String::from_utf8(output.stdout).expect("text");
    assert!(!json.contains(['\u{9b}', '\u{202e}']) && json.contains("\\u202ex`"), "{json:?}");
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json:?}");
}

#[test]
fn colours_are_those_asked_for() {
    let fault = ["check", "crates/schaffer/tests/bad/wrong-unit.toml"];
    let usage = ["runn"];
    for call in [&fault[..], &usage] {
        let coloured = |extra: &[&str], variable: Option<(&str, &str)>| {
            let mut command = schaffer();
            command.args(call).args(extra);
            if let Some((name, value)) = variable {
                command.env(name, value);
            }
            told(&mut command).contains('\u{1b}')
        };
        assert!(coloured(&["--color", "always"], None), "{call:?}");
        assert!(coloured(&["--color=always"], Some(("NO_COLOR", "1"))), "{call:?}");
        assert!(!coloured(&["--color", "never"], None), "{call:?}");
        assert!(!coloured(&[], None), "{call:?}: no terminal");
        assert!(!coloured(&[], Some(("NO_COLOR", "1"))), "{call:?}");
    }
}

/// Without a terminal: lines with how far it is, how fast, and how long it takes yet; none
/// if nothing is to be said.
#[test]
fn long_work_says_how_far_it_is() {
    let ended = schaffer().args(["recover", "--data-sets", "60", "--json"]).assert().success();
    let lines = String::from_utf8_lossy(&ended.get_output().stderr).into_owned();
    let first = lines.lines().next().expect("a line of progress");
    assert!(first.starts_with("simulating and measuring: ") && first.contains(" of 60 data sets ("), "{lines}");
    assert!(first.contains(" per ") && first.contains(" left"), "{lines}");
    assert!(lines.lines().count() <= 20, "{lines}");
    let silent = schaffer().args(["compounds", "--json"]).assert().success();
    assert!(silent.get_output().stderr.is_empty());
}

#[test]
fn check_warns_of_a_design_that_can_show_nothing() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("one.toml");
    let quick = std::fs::read_to_string(root().join("experiments/quick.toml")).expect("a file");
    let checked = |animals: &str| {
        let text = quick.replace("animals           = 3\nslices_per_animal = 1", animals);
        assert_ne!(text, quick);
        std::fs::write(&path, text).expect("written");
        (told(schaffer().arg("check").arg(&path)), told(schaffer().args(["check", "--json"]).arg(&path)))
    };
    let (page, json) = checked("animals = 1");
    assert!(page.contains("warning      1 animal per condition: there is no variance between animals"), "{page}");
    assert!(json.contains("1 animal per condition"), "{json}");
    assert!(page.contains("design       1 animal per condition, 1 slice from each"), "{page}");
    let (page, _) = checked("animals = 6");
    assert!(page.contains("warning      1 slice from each animal"), "{page}");
    let (page, _) = checked("animals = 6\nslices_per_animal = 2");
    assert!(!page.contains("warning"), "{page}");
}

/// One animal is told once, not by every method that fails for want of others.
#[test]
fn a_single_animal_has_one_note() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("one.toml");
    let quick = std::fs::read_to_string(root().join("experiments/quick.toml")).expect("a file");
    let text = quick.replace("animals           = 3", "animals = 1");
    assert_ne!(text, quick);
    std::fs::write(&path, text).expect("written");
    let page = told(schaffer().arg("run").arg(&path).arg("--out").arg(folder.path().join("out")));
    let notes: Vec<&str> = page.lines().filter(|line| line.contains("note: hfs-1x100")).collect();
    assert!(notes.len() == 1 && notes[0].contains("one animal in control, ISO 3 µM"), "{page}");
    assert!(!page.contains("intervals and p-values are rough") && !page.contains("clusters"), "{page}");
}

/// A recording from the standard input is read as its file is, and named as what it is.
#[test]
fn recordings_are_read_from_the_standard_input() {
    let file = root().join("crates/exchange/tests/golden/abf/File_axon_3.abf");
    let bytes = std::fs::read(&file).expect("a recording");
    for call in [&["inspect", "--json"][..], &["measure", "--json", "--stimulus", "20"]] {
        let of_file = schaffer().args(call).arg(&file).assert();
        let of_input = schaffer().args(call).arg("-").input(&bytes).assert();
        assert_eq!(of_file.get_output().status.code(), of_input.get_output().status.code(), "{call:?}");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (mut of_file, of_input) = (of_file.get_output().clone(), of_input.get_output().clone());
        let named = text(&of_file.stdout).replace(&file.display().to_string(), "the standard input");
        of_file.stdout = named.into_bytes();
        assert!(!of_file.stdout.is_empty() && text(&of_input.stdout).contains("the standard input"), "{call:?}");
        assert_eq!(text(&of_file.stdout), text(&of_input.stdout), "{call:?}");
    }
    let garbage = schaffer().args(["inspect", "-"]).input(b"no recording at all").assert().code(65);
    let said = String::from_utf8_lossy(&garbage.get_output().stderr).into_owned();
    assert!(said.contains("the standard input") && !said.contains("schaffer-input"), "{said}");
}
