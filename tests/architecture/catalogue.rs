//! Every published rule has a row in the catalogue, and every row its code.

use std::collections::BTreeSet;
use std::path::Path;

use crate::source::{Crate, find, rust_files};

/// Where the catalogue stands.
const CATALOGUES: [&str; 2] = ["catalogue/catalogue.rs", "rules/catalogue.rs"];

/// Names of the rows.
fn rows(synapse: &Crate) -> BTreeSet<String> {
    let file = synapse.files.iter().find(|file| CATALOGUES.contains(&file.path.as_str())).expect("the catalogue");
    file.facts.rule_names.iter().cloned().collect()
}

/// `authors_2012`: a name by publication.
fn by_publication(name: &str) -> bool {
    let year = name.rsplit('_').next().unwrap_or_default();
    name.len() > 5 && year.len() == 4 && year.chars().all(|digit| digit.is_ascii_digit())
}

/// Names of files and folders below a folder of sources.
fn names_below(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in rust_files(folder) {
        let below = path.strip_prefix(folder).expect("below the folder").with_extension("");
        names.extend(below.iter().map(|part| part.to_string_lossy().into_owned()));
    }
    names
}

#[test]
fn every_published_rule_has_a_row() {
    let synapse = find("synapse").expect("the synapse");
    let rows = rows(synapse);
    assert!(!rows.is_empty(), "the catalogue has no rows");
    let without: Vec<String> = names_below(&synapse.src().join("rules"))
        .into_iter()
        .filter(|name| by_publication(name) && !rows.contains(name))
        .collect();
    assert!(without.is_empty(), "no row in the catalogue: {without:?}");
}

#[test]
fn every_row_has_a_file() {
    let synapse = find("synapse").expect("the synapse");
    let names = names_below(&synapse.src());
    // A rule of synaptic tagging and capture lives with the late phase under its authors.
    let missing: Vec<String> = rows(synapse)
        .into_iter()
        .filter(|row| !names.contains(row) && !names.contains(row.trim_start_matches("stc_")))
        .collect();
    assert!(missing.is_empty(), "no file of the name of the row: {missing:?}");
}
