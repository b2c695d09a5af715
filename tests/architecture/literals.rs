//! Names of files, spellings of clamps, constants of nature and doors to the
//! disk: each has one owner.

use crate::facts::{Facts, Found};
use crate::ratchet::{self, Findings};
use crate::source::{Crate, HOUSE, find};

/// The file of crate `results` that names the entries of the results folder.
const ENTRIES: &str = "folder/entry.rs";
/// The file of crate `recording` that spells clamps.
const CLAMP: &str = "clamp.rs";
/// Where constants of Jahr & Stevens, of Faraday and of gases belong.
const HOMES_OF_CONSTANTS: [&str; 2] = ["kinetics/", "published/"];

/// What `pick` finds in the files for which `watched` holds; by crate.
fn gather<'a>(
    watched: impl Fn(&Crate, &str) -> bool,
    pick: impl Fn(&'a Facts) -> Vec<(String, usize)>,
    key: impl Fn(&Crate, usize) -> String,
) -> Findings {
    let mut findings = Findings::new();
    for house in HOUSE.iter() {
        for (place, file) in house.files.iter().enumerate().filter(|(_, file)| watched(house, &file.path)) {
            for (what, line) in pick(&file.facts) {
                let shown = format!("{}:{line} {what}", house.shown(place));
                findings.entry(key(house, place)).or_default().push(shown);
            }
        }
    }
    findings
}

fn by_crate(house: &Crate, _: usize) -> String {
    house.name.clone()
}

fn texts(facts: &Facts, wanted: impl Fn(&str) -> bool) -> Vec<(String, usize)> {
    let found = facts.texts.iter().filter(|found| wanted(&found.what));
    found.map(|Found { what, line }| (format!("\"{what}\""), *line)).collect()
}

/// The facts of a file, if the crate has it.
fn facts_of(house: &str, path: &str) -> Option<&'static Facts> {
    find(house)?.files.iter().find(|file| file.path == path).map(|file| &file.facts)
}

/// Literals that name an entry of the results folder, outside the crate that owns the names.
pub fn entry_names() -> Findings {
    let Some(owner) = facts_of("results", ENTRIES) else { return Findings::new() };
    let Some(Found { what: (_, lines), line }) = owner.functions.iter().find(|found| found.what.0 == "name") else {
        panic!("results/src/{ENTRIES} has no `fn name`");
    };
    let inside = *line..*line + *lines;
    let names: Vec<&str> =
        owner.texts.iter().filter(|text| inside.contains(&text.line)).map(|text| text.what.as_str()).collect();
    gather(|house, _| house.name != "results", |facts| texts(facts, |text| names.contains(&text)), by_crate)
}

/// Literals that begin as a clamp is spelt, outside the file that spells it.
pub fn clamp_spellings() -> Findings {
    if facts_of("recording", CLAMP).is_none() {
        return Findings::new();
    }
    let spelt = |text: &str| text.starts_with("vc ") || text.starts_with("cc ");
    gather(|house, path| !(house.name == "recording" && path == CLAMP), |facts| texts(facts, spelt), by_crate)
}

/// Constants that stand outside the rooms that own them, by file.
pub fn strayed_constants() -> Findings {
    let constant = |digits: &str| {
        ["3.57", "0.062"].contains(&digits) || ["96485", "8.314"].iter().any(|start| digits.starts_with(start))
    };
    gather(
        |house, path| !(house.name == "synapse" && HOMES_OF_CONSTANTS.iter().any(|home| path.starts_with(home))),
        |facts| {
            let found = facts.numbers.iter().filter(|found| constant(&found.what));
            found.map(|Found { what, line }| (what.clone(), *line)).collect()
        },
        |house, place| house.shown(place),
    )
}

/// Calls that write, make or remove files in the program, which only parses and prints.
pub fn written_files() -> Findings {
    let writes = |path: &[String]| {
        matches!(path, [.., fs, call] if fs == "fs"
            && (["write", "create_dir", "create_dir_all"].contains(&call.as_str()) || call.starts_with("remove_")))
    };
    gather(
        |house, _| house.name == "schaffer",
        |facts| {
            let found = facts.long_paths.iter().filter(|found| writes(&found.what));
            found.map(|Found { what, line }| (what.join("::"), *line)).collect()
        },
        by_crate,
    )
}

#[test]
fn entries_of_the_results_folder_are_named_once() {
    ratchet::hold("entry_names");
}

#[test]
fn clamps_are_spelt_once() {
    ratchet::hold("clamp_spellings");
}

#[test]
fn constants_stay_in_their_rooms() {
    ratchet::hold("strayed_constants");
}

#[test]
fn the_program_writes_no_files() {
    ratchet::hold("written_files");
}
