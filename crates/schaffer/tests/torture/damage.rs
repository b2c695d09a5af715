//! Anything changed in a finished results folder: `verify` names the file, and no command
//! makes something else of it without a word.

use crate::calls;
use crate::tree::{self, Tree};
use crate::tries::{Dice, tries};
use std::fs;
use std::path::{Path, PathBuf};

/// One file at least of each kind that a run leaves: the end of its path.
const KINDS: [&str; 12] = [
    "sweeps.parquet",
    "slice.toml",
    "mechanism.toml",
    "manifest.toml",
    "experiment.toml",
    "findings.json",
    "measures.parquet",
    "measures.csv",
    "slices.csv",
    "mechanism.csv",
    "estimation.csv",
    "report.html",
];

/// What reads a results folder, as in [`calls::Call`].
const READERS: [&str; 8] = [
    "analyse {d} -q",
    "report {d}",
    "export csv {d}",
    "export xlsx {d}",
    "export parquet {d}",
    "export nwb {d}",
    "export prism {d}",
    "run {e} --out {d} -q --resume",
];

/// A file of that kind, chosen by the dice.
fn of_kind(folder: &Path, kind: &str, dice: &mut Dice) -> PathBuf {
    let names: Vec<String> = tree::of(folder).into_keys().filter(|name| name.ends_with(kind)).collect();
    assert!(!names.is_empty(), "no {kind}");
    PathBuf::from(dice.pick(&names))
}

/// Bytes with one thing changed.
fn damaged(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = dice.below(bytes.len());
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    match dice.below(7) {
        0 | 1 => bytes[at] ^= 1 << dice.below(8),
        2 | 3 => {
            let digits: Vec<usize> = (0..bytes.len()).filter(|k| bytes[*k].is_ascii_digit()).collect();
            if let Some(k) = digits.get(dice.below(digits.len())) {
                bytes[*k] = b'0' + (bytes[*k] - b'0' + 1 + dice.below(8) as u8) % 10;
            }
        }
        4 => bytes.truncate(at),
        5 => {
            let mut lines = lines();
            let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
            lines.swap(one, other);
            bytes = lines.concat();
        }
        _ => {
            let mut lines = lines();
            let line = dice.below(lines.len());
            lines.insert(line, lines[line].clone());
            bytes = lines.concat();
        }
    }
    bytes
}

/// What a reader makes of the undamaged folder.
fn undamaged(finished: &Path, folder: &Path, reader: &str) -> Tree {
    tree::remove(folder);
    tree::copy(finished, folder);
    let output = calls::output(reader, folder);
    assert!(output.status.success(), "{reader}: {}", calls::told(&output));
    tree::of(folder)
}

#[test]
fn no_damage_goes_unnoticed() {
    let place = calls::workplace();
    let (finished, folder) = (place.path().join("finished"), place.path().join("damaged"));
    let run = calls::output("run {e} --out {d} -q", &finished);
    assert!(run.status.success(), "{}", calls::told(&run));
    let wholes = READERS.map(|reader| undamaged(&finished, &folder, reader));
    let mut dice = Dice::of("damage");
    for n in 0..tries(24, 2_400) {
        let kind = KINDS[n % KINDS.len()];
        let name = of_kind(&finished, kind, &mut dice);
        let old = fs::read(finished.join(&name)).unwrap();
        let new = damaged(&old, &mut dice);
        if new == old {
            continue;
        }
        let fresh = || {
            tree::remove(&folder);
            tree::copy(&finished, &folder);
            fs::write(folder.join(&name), &new).unwrap();
        };
        fresh();
        let verified = calls::output("verify {d}", &folder);
        let said = format!("{}{}", String::from_utf8_lossy(&verified.stdout), calls::told(&verified));
        let base = name.file_name().unwrap().to_str().unwrap();
        assert!(!verified.status.success() && said.contains(base), "{}: {said}", name.display());
        // One reader a try, in turn; all of them over the tries.
        let k = (n / KINDS.len() + n) % READERS.len();
        let output = calls::output(READERS[k], &folder);
        let said = calls::told(&output);
        assert!(!said.contains("panicked"), "{said}");
        if output.status.success() {
            let mut differ = tree::differences(&tree::of(&folder), &wholes[k]);
            // What was changed may stay as it is where nobody reads it; then the folder says so.
            differ.retain(|other| *other != name.to_string_lossy());
            assert!(differ.is_empty(), "{} after {}: {differ:?} {said}", READERS[k], name.display());
        } else {
            let names_it = said.contains(base) || said.contains(name.parent().unwrap().to_str().unwrap());
            assert!(names_it, "{} after {}: {said}", READERS[k], name.display());
        }
    }
}
