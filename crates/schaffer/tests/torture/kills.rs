//! Every command that writes, killed, stopped or told to end at any moment, up to five
//! times: no file with a final name is a part of one, and the command taken up again ends
//! with the bytes of an undisturbed one.

use crate::calls::{self, CALLS, Call};
use crate::tree::{self, Tree};
use crate::tries::{Dice, tries};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Tries of `just torture`, over all commands.
const ALL: usize = 1_500;

const KILL: &str = "KILL";
/// Killing is the hardest, so it is half of them.
const SIGNALS: [&str; 8] = [KILL, KILL, KILL, KILL, "TERM", "INT", "HUP", "STOP"];

fn signal(child: &Child, name: &str) {
    // The process may have ended meanwhile.
    let _ = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).output();
}

/// Starts a command and disturbs it after a while.
fn disturbed(words: &str, folder: &Path, name: &str, after: Duration) {
    let child = calls::start(words, folder);
    std::thread::sleep(after);
    if name == "STOP" {
        signal(&child, "STOP");
        std::thread::sleep(Duration::from_millis(30));
        signal(&child, "CONT");
    } else {
        signal(&child, name);
    }
    let output = child.wait_with_output().unwrap();
    let said = calls::told(&output);
    assert!(!said.contains("panicked"), "{words}: {said}");
    let code = output.status.code();
    // Interrupted work that can go on, the same that cannot, or nothing left to interrupt;
    // a folder in the midst of a first write is not taken by a second one.
    let known = [None, Some(0), Some(65), Some(73), Some(75), Some(129), Some(130), Some(143)];
    assert!(known.contains(&code), "{words} after {name}: {code:?}: {said}");
}

/// An undisturbed call: its files, and how long it took.
fn undisturbed(call: &Call, folder: &Path) -> (Tree, Duration) {
    call.prepare(folder);
    let start = Instant::now();
    let output = calls::output(call.first, folder);
    assert!(output.status.success(), "{}: {}", call.name, calls::told(&output));
    (tree::of(folder), start.elapsed())
}

fn tried(call: &Call, count: usize) {
    let place = calls::workplace();
    let (whole, time) = undisturbed(call, &place.path().join("whole"));
    // The reports name no folder, but exports lie in it under names of their own.
    let folder = place.path().join("disturbed");
    let mut dice = Dice::of(call.name);
    for n in 0..count {
        call.prepare(&folder);
        let before = tree::of(&folder);
        let disturbances = *dice.pick(&[1, 1, 1, 2, 5]);
        for k in 0..disturbances {
            let name = dice.pick(&SIGNALS);
            // Half of them in the last third, where files are many and small.
            let share = if dice.below(2) == 0 { dice.share() } else { 0.65 + 0.4 * dice.share() };
            disturbed(if k == 0 { call.first } else { call.again }, &folder, name, time.mul_f64(share));
            let torn = tree::torn(&tree::of(&folder), &whole, &before);
            assert!(torn.is_empty(), "{} {n}: {name} at {share:.2} left parts of {torn:?}", call.name);
        }
        let output = calls::output(call.again, &folder);
        assert!(output.status.success(), "{} {n}: {}", call.name, calls::told(&output));
        let differ = tree::differences(&tree::of(&folder), &whole);
        assert!(differ.is_empty(), "{} {n}: taken up again, these differ: {differ:?}", call.name);
    }
}

#[test]
fn a_disturbed_run_ends_with_the_same_bytes() {
    tried(Call::named("run"), tries(8, ALL * 2 / 3));
}

#[test]
fn every_disturbed_command_ends_with_the_same_bytes() {
    for call in CALLS.iter().filter(|call| call.name != "run") {
        tried(call, tries(1, ALL / 3 / (CALLS.len() - 1)));
    }
}
