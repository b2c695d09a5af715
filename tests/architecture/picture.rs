//! The picture of floors and rooms in `docs/design.md`, held against the folders.

use std::collections::BTreeMap;

use crate::manifests::{ALLOWED, manifests};
use crate::source::root;

/// Where the picture begins in the page.
const MARK: &str = "<!-- The picture";

/// A line of the picture: the floor of a crate, and its rooms.
struct Drawn {
    floor: u32,
    rooms: Vec<String>,
}

/// The picture by crate.
fn picture() -> BTreeMap<String, Drawn> {
    let page = std::fs::read_to_string(root().join("docs/design.md")).expect("docs/design.md");
    let after = page.split_once(MARK).expect("the mark of the picture").1;
    let block = after.split_once("```text\n").and_then(|(_, rest)| rest.split_once("```")).expect("a block of text").0;
    let mut floor = 0;
    let mut drawn = BTreeMap::new();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        let (left, rooms) = line.split_once(':').unwrap_or_else(|| panic!("no colon in the line `{line}`"));
        let words: Vec<&str> = left.split_whitespace().collect();
        let name = match words.as_slice() {
            [number, name] => {
                floor = number.parse().unwrap_or_else(|_| panic!("no floor in the line `{line}`"));
                name
            }
            [name] => name,
            _ => panic!("neither `floor crate: rooms` nor `crate: rooms`: `{line}`"),
        };
        let rooms = rooms.split_whitespace().map(str::to_owned).collect();
        drawn.insert((*name).to_owned(), Drawn { floor, rooms });
    }
    drawn
}

/// The folders at the top of a crate's `src`, sorted.
fn rooms_of(name: &str) -> Vec<String> {
    let source = root().join("crates").join(name).join("src");
    let entries = std::fs::read_dir(source).expect("src").flatten();
    let mut rooms: Vec<String> = entries
        .filter(|entry| entry.path().join("mod.rs").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    rooms.sort();
    rooms
}

#[test]
fn the_picture_shows_every_crate_with_its_rooms() {
    let drawn = picture();
    let mut wrong = Vec::new();
    for name in manifests().keys() {
        let rooms = rooms_of(name);
        match drawn.get(name) {
            Some(line) if line.rooms == rooms => {}
            _ => wrong.push(format!("{name}: {}", rooms.join(" "))),
        }
    }
    assert!(wrong.is_empty(), "docs/design.md draws other rooms than these:\n{}", wrong.join("\n"));
    assert_eq!(drawn.len(), manifests().len(), "docs/design.md draws a crate that does not exist");
}

#[test]
fn crates_use_lower_floors_only() {
    let drawn = picture();
    for (name, allowed) in ALLOWED {
        let Some(here) = drawn.get(name) else { continue };
        for other in allowed.split_whitespace().filter_map(|other| Some((other, drawn.get(other)?))) {
            assert!(other.1.floor < here.floor, "`{name}` may use `{}`, which is not on a lower floor", other.0);
        }
    }
}
