//! No two files need each other.

use std::collections::BTreeSet;

use crate::graph::{self, Arrows};
use crate::imports::{FileArrows, arrows};
use crate::ratchet::{self, Findings};
use crate::source::{Crate, HOUSE};

/// The circles of files of a crate.
pub fn file_circles(house: &Crate, arrows: &FileArrows) -> Vec<BTreeSet<usize>> {
    let mut plain = Arrows::new();
    for (from, to) in arrows.keys() {
        plain.entry(*from).or_insert_with(BTreeSet::new).insert(*to);
    }
    let mut circles = graph::circles(&plain);
    circles.sort_by_key(|circle| circle.iter().map(|file| house.files[*file].path.clone()).min());
    circles
}

/// Files that stand in a circle, by crate. Files are counted and not circles,
/// because a circle of five that falls apart into two of two is progress.
pub fn files_in_circles() -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        for (number, circle) in file_circles(house, &arrows(house)).iter().enumerate() {
            for file in circle {
                let shown = format!("circle {}: {}", number + 1, house.shown(*file));
                findings.entry(house.name.clone()).or_default().push(shown);
            }
        }
    }
    findings
}

#[test]
fn files_stand_in_no_circle() {
    ratchet::hold("files_in_circles");
}
