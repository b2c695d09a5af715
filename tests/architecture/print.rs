//! The structure on request, for work on it:
//! `cargo test -p tests --test architecture -- --ignored --nocapture print_structure`.
//! `CRATE=name` limits it to one crate.
#![allow(clippy::print_stdout, reason = "these two are run to be read")]

use std::collections::BTreeSet;

use crate::circles::file_circles;
use crate::imports::{FileArrows, arrows};
use crate::ratchet::CHECKS;
use crate::rooms::room_circles;
use crate::source::{Crate, HOUSE};

fn names(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn print_circle(house: &Crate, arrows: &FileArrows, circle: &BTreeSet<usize>) {
    let files: BTreeSet<String> = circle.iter().map(|file| house.files[*file].path.clone()).collect();
    println!("  circle of {} files: {}", files.len(), names(&files));
    for ((from, to), riding) in arrows {
        if circle.contains(from) && circle.contains(to) {
            println!("    {} -> {}: {}", house.files[*from].path, house.files[*to].path, names(riding));
        }
    }
}

#[test]
#[ignore = "prints the circles with their arrows and checks nothing"]
fn print_structure() {
    let wanted = std::env::var("CRATE").ok().filter(|name| !name.is_empty());
    let mut total = (0, 0, 0);
    for house in HOUSE.iter().filter(|house| wanted.as_ref().is_none_or(|name| *name == house.name)) {
        let arrows = arrows(house);
        let circles = file_circles(house, &arrows);
        let rooms = room_circles(house, &arrows);
        println!(
            "{}: {} files, {} arrows, {} circles of files, {} of rooms",
            house.name,
            house.files.len(),
            arrows.len(),
            circles.len(),
            rooms.len()
        );
        circles.iter().for_each(|circle| print_circle(house, &arrows, circle));
        for room in &rooms {
            println!("  in room src/{}: {}", room.room, names(&room.parts));
        }
        total = (
            total.0 + circles.len(),
            total.1 + circles.iter().map(BTreeSet::len).sum::<usize>(),
            total.2 + rooms.len(),
        );
    }
    println!("in all {} circles of files with {} files, {} circles of rooms", total.0, total.1, total.2);
}

#[test]
#[ignore = "prints today's counts in the form of ratchet.toml and checks nothing"]
fn print_ratchet() {
    for (check, run) in CHECKS {
        println!("[{check}]");
        for (key, lines) in run().into_iter().filter(|(_, lines)| !lines.is_empty()) {
            let key = if key.contains('/') { format!("\"{key}\"") } else { key };
            println!("{key} = {}", lines.len());
        }
        println!();
    }
}
