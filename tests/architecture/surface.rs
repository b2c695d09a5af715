//! What a crate shows and no one else uses could be private.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::imports::{Target, targets};
use crate::ratchet::{self, Findings};
use crate::source::{Crate, HOUSE, root, rust_files};
use crate::tokens::identifiers;

/// Items that can be named from outside a crate: their name and file.
fn shown_items(house: &Crate) -> BTreeSet<(String, usize)> {
    let mut items = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![house.root];
    while let Some(place) = open.pop() {
        if !seen.insert(place) {
            continue;
        }
        let module = &house.modules[place];
        items.extend(module.items.iter().filter(|(_, public)| **public).map(|(name, _)| (name.clone(), module.file)));
        open.extend(module.children.values().filter(|(_, public)| *public).map(|(child, _)| *child));
        for leaf in module.uses.iter().filter(|leaf| leaf.public) {
            for target in targets(house, place, &leaf.path) {
                match target {
                    Target::Module(inner) => open.push(inner),
                    Target::Item(owner, name) => {
                        items.insert((name, house.modules[owner].file));
                    }
                }
            }
        }
    }
    items
}

/// Every identifier in the files below a folder.
fn words(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // The words of these checks are no use of the house.
    let here = root().join("tests/architecture");
    for path in rust_files(folder).into_iter().filter(|path| !path.starts_with(&here)) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let stream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        identifiers(stream, &mut found);
    }
    found
}

/// Public items whose name occurs neither in another crate nor in tests and
/// benches, nor as a type in what a public item asks for or yields.
pub fn unused_items() -> Findings {
    let sources: BTreeMap<&str, BTreeSet<String>> =
        HOUSE.iter().map(|house| (house.name.as_str(), words(&house.src()))).collect();
    let mut beside = words(&root().join("tests"));
    for house in HOUSE.iter() {
        for folder in ["tests", "benches", "examples"] {
            beside.extend(words(&house.src().with_file_name(folder)));
        }
    }
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        let elsewhere = |name: &String| {
            beside.contains(name) || sources.iter().any(|(other, words)| *other != house.name && words.contains(name))
        };
        let in_signature = |name: &String| house.files.iter().any(|file| file.facts.signature_types.contains(name));
        let unused = |name: &String| !elsewhere(name) && !in_signature(name);
        for (name, file) in shown_items(house).into_iter().filter(|(name, _)| unused(name)) {
            findings.entry(house.name.clone()).or_default().push(format!("{} `{name}`", house.shown(file)));
        }
    }
    findings
}

#[test]
fn public_items_are_used_elsewhere() {
    ratchet::hold("unused_items");
}
