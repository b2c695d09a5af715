//! Rooms are folders: small, without circles between their parts, each with one face.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::graph::{self, Arrows};
use crate::imports::{FileArrows, arrows};
use crate::ratchet::{self, Findings};
use crate::source::{Crate, HOUSE, rust_files};

/// Files at the root of a crate.
const AT_ROOT: usize = 12;
/// Files in any other folder.
const IN_ROOM: usize = 16;

/// A circle between parts of a room.
pub struct RoomCircle {
    /// The room, as a path below `src`; empty at the root.
    pub room: String,
    /// Its files and folders in the circle.
    pub parts: BTreeSet<String>,
}

/// The folders that lead to a file; a `foo.rs` beside `foo/` stands in `foo`.
fn folders(house: &Crate, file: usize) -> Vec<String> {
    let path = Path::new(&house.files[file].path);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let plain = ["lib.rs", "main.rs", "mod.rs"].contains(&name.as_str()) || !house.files[file].face;
    let path = if plain { path.parent().map(Path::to_path_buf).unwrap_or_default() } else { path.with_extension("") };
    path.iter().map(|part| part.to_string_lossy().into_owned()).collect()
}

/// The name of a file as a part of its own room; none for a face without items,
/// which only hands on what the parts define.
fn as_part(house: &Crate, file: usize) -> Option<String> {
    if house.files[file].face {
        return house.defines_items(file).then(|| "face".to_owned());
    }
    Path::new(&house.files[file].path).file_name().map(|name| name.to_string_lossy().into_owned())
}

/// Circles between the parts of any room of a crate.
pub fn room_circles(house: &Crate, arrows: &FileArrows) -> Vec<RoomCircle> {
    let mut rooms: BTreeMap<String, Arrows<String>> = BTreeMap::new();
    for (from, to) in arrows.keys() {
        let (start, end) = (folders(house, *from), folders(house, *to));
        // The one room in which the two files lie in different parts.
        let common = start.iter().zip(&end).take_while(|(a, b)| a == b).count();
        let part = |folders: &[String], file| {
            folders.get(common).map(|name| format!("{name}/")).or_else(|| as_part(house, file))
        };
        if let (Some(from), Some(to)) = (part(&start, *from), part(&end, *to)) {
            rooms.entry(start[..common].join("/")).or_default().entry(from).or_default().insert(to);
        }
    }
    let circles = |(room, arrows): (&String, &Arrows<String>)| {
        let room = room.clone();
        graph::circles(arrows).into_iter().map(move |parts| RoomCircle { room: room.clone(), parts })
    };
    rooms.iter().flat_map(circles).collect()
}

/// Parts of rooms that stand in a circle, by crate.
pub fn parts_in_circles() -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        for RoomCircle { room, parts } in room_circles(house, &arrows(house)) {
            let shown = parts.iter().map(|part| format!("{}/src/{room}: {part}", house.name));
            findings.entry(house.name.clone()).or_default().extend(shown);
        }
    }
    findings
}

/// Files above what a folder may hold, by crate.
fn crowd(limit_of: impl Fn(&str) -> Option<usize>) -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        let src = house.src();
        let mut rooms: BTreeMap<String, usize> = BTreeMap::new();
        for path in rust_files(&src) {
            let folder = path.parent().and_then(|folder| folder.strip_prefix(&src).ok()).unwrap_or(Path::new(""));
            *rooms.entry(folder.to_string_lossy().into_owned()).or_default() += 1;
        }
        for (room, files) in rooms {
            let Some(limit) = limit_of(&room) else { continue };
            let shown = format!("{}/src/{room} holds {files} files, {limit} are permitted", house.name);
            let above = std::iter::repeat_n(shown, files.saturating_sub(limit));
            findings.entry(house.name.clone()).or_default().extend(above);
        }
    }
    findings
}

/// Files above the limit at roots.
pub fn crowded_roots() -> Findings {
    crowd(|room| room.is_empty().then_some(AT_ROOT))
}

/// Files above the limit in rooms.
pub fn crowded_rooms() -> Findings {
    crowd(|room| (!room.is_empty()).then_some(IN_ROOM))
}

/// Files `foo.rs` beside a folder `foo`: a room has its face inside.
pub fn faces_outside() -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        for path in rust_files(&house.src()).into_iter().filter(|path| path.with_extension("").is_dir()) {
            let below = path.strip_prefix(house.src()).unwrap_or(&path);
            let shown = format!("{}/src/{} stands beside its folder", house.name, below.display());
            findings.entry(house.name.clone()).or_default().push(shown);
        }
    }
    findings
}

#[test]
fn parts_of_a_room_stand_in_no_circle() {
    ratchet::hold("parts_in_circles");
}

#[test]
fn roots_are_small() {
    ratchet::hold("crowded_roots");
}

#[test]
fn rooms_are_small() {
    ratchet::hold("crowded_rooms");
}

#[test]
fn rooms_have_their_face_inside() {
    ratchet::hold("faces_outside");
}
