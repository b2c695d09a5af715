//! Two writers in one folder: one of them has it, the other is told so, and what is left is
//! the work of one.

use crate::calls::{self, EXPERIMENT};
use crate::tree;
use crate::tries::{Dice, tries};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Both ends, and what is left equals the work of a writer that ended well; if neither did,
/// nothing has to be whole.
struct Pair<'p> {
    place: &'p Path,
    /// Files of the two experiments, which differ in their seed.
    files: [String; 2],
    wholes: [tree::Tree; 2],
    time: Duration,
}

impl<'p> Pair<'p> {
    fn new(place: &'p Path) -> Self {
        let files = [7, 8].map(|seed| {
            let file = place.join(format!("seed{seed}.toml"));
            fs::write(&file, EXPERIMENT.replace("seed   = 7", &format!("seed   = {seed}"))).unwrap();
            file.to_str().unwrap().to_owned()
        });
        let start = Instant::now();
        let wholes = [0, 1].map(|k| {
            let folder = place.join(format!("whole{k}"));
            let output = run(&files[k], &folder, None).wait_with_output().unwrap();
            assert!(output.status.success(), "{}", calls::told(&output));
            tree::of(&folder)
        });
        Self { place, files, wholes, time: start.elapsed() / 2 }
    }

    fn judged(&self, folder: &Path, outputs: &[Output; 2], seeds: [usize; 2]) {
        let said = outputs.each_ref().map(calls::told);
        let codes = outputs.each_ref().map(|output| output.status.code());
        assert!(said.iter().all(|said| !said.contains("panicked")), "{said:?}");
        // 73: the other has the folder, or took it away.
        assert!(codes.iter().all(|code| [Some(0), Some(73)].contains(code)), "{codes:?}: {said:?}");
        assert!(codes.contains(&Some(0)), "neither ended: {said:?}");
        let left = tree::of(folder);
        let of = |k: usize| tree::differences(&left, &self.wholes[seeds[k]]);
        // The later of two that both ended well has the last word.
        let whole = (0..2).any(|k| codes[k] == Some(0) && of(k).is_empty());
        assert!(whole, "{codes:?}: differ {:?} {:?}: {said:?}", of(0), of(1));
    }
}

fn run(file: &str, folder: &Path, option: Option<&str>) -> std::process::Child {
    let mut program = Command::new(calls::BINARY);
    program.args(["run", "-q", "-j", "1", file, "--out"]).arg(folder).args(option);
    program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn two_writers_leave_the_work_of_one() {
    let place = calls::workplace();
    let pair = Pair::new(place.path());
    let mut dice = Dice::of("writers");
    let folder = pair.place.join("both");
    for n in 0..tries(12, 600) {
        tree::remove(&folder);
        // Fresh both; two that go on with a begun run; one that replaces the other's.
        let (options, seeds) = match n % 3 {
            0 => ([None, None], [0, 0]),
            1 => {
                run(&pair.files[0], &folder, None).wait_with_output().unwrap();
                tree::remove(&folder.join("recordings/tbs/control"));
                fs::remove_file(folder.join("findings.json")).unwrap();
                ([Some("--resume"), Some("--resume")], [0, 0])
            }
            _ => ([None, Some("--overwrite")], [0, 1]),
        };
        let first = run(&pair.files[seeds[0]], &folder, options[0]);
        std::thread::sleep(pair.time.mul_f64(dice.share()));
        let second = run(&pair.files[seeds[1]], &folder, options[1]).wait_with_output().unwrap();
        pair.judged(&folder, &[first.wait_with_output().unwrap(), second], seeds);
    }
}

#[test]
fn a_folder_taken_away_is_told() {
    let place = calls::workplace();
    let pair = Pair::new(place.path());
    let mut dice = Dice::of("taken away");
    let folder = pair.place.join("gone");
    for _ in 0..tries(4, 200) {
        tree::remove(&folder);
        let child = run(&pair.files[0], &folder, None);
        std::thread::sleep(pair.time.mul_f64(dice.share()));
        let aside = pair.place.join("aside");
        tree::remove(&aside);
        let taken = fs::rename(&folder, &aside).is_ok();
        let output = child.wait_with_output().unwrap();
        let said = calls::told(&output);
        assert!(!said.contains("panicked"), "{said}");
        let whole = |folder: &Path| tree::differences(&tree::of(folder), &pair.wholes[0]).is_empty();
        if output.status.success() {
            // It may have been over before; then all of it went.
            assert!(whole(&folder) || taken && whole(&aside), "ended well without its folder: {said}");
        } else {
            assert!(!said.is_empty());
        }
    }
}
