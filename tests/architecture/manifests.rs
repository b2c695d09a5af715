//! One direction of imports: every manifest is read, all dependency tables.

use std::collections::BTreeMap;

use crate::source::root;

/// The crates of the house, each with those that it may use.
pub const ALLOWED: [(&str, &str); 18] = [
    ("quantity", ""),
    ("evidence", ""),
    ("statistics", ""),
    ("form", "quantity"),
    ("synapse", "evidence"),
    ("recording", "quantity"),
    ("pharmacology", "quantity evidence form synapse"),
    ("results", "quantity evidence form recording"),
    ("tabular", "statistics recording"),
    ("experiment", "quantity evidence form synapse recording pharmacology results"),
    ("analysis", "quantity evidence statistics recording results"),
    ("exchange", "quantity recording results"),
    ("study", "quantity evidence form recording results exchange analysis"),
    ("report", "quantity evidence statistics recording results analysis"),
    ("validation", "quantity evidence statistics form synapse recording pharmacology results experiment analysis"),
    (
        "posterior",
        "quantity evidence statistics form synapse recording pharmacology results experiment analysis validation",
    ),
    (
        "laboratory",
        "quantity evidence statistics form synapse recording pharmacology results experiment analysis \
         exchange study report validation posterior",
    ),
    (
        "schaffer",
        "quantity evidence statistics form synapse recording pharmacology results tabular experiment analysis \
         exchange study report validation posterior laboratory",
    ),
];

/// Packages that only the named crates may use directly.
const RESERVED: [(&str, &[&str]); 6] = [
    ("polars", &["recording"]),
    ("polars-io", &["recording"]),
    ("plotters", &["report"]),
    ("clap", &["schaffer"]),
    ("terminal_size", &["schaffer"]),
    ("pyo3", &["python"]),
];

/// Every package that a manifest names, in whichever table.
fn dependencies(table: &toml::Table) -> Vec<String> {
    let mut names = Vec::new();
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            for (name, entry) in inner {
                names.push(entry.get("package").and_then(|p| p.as_str()).unwrap_or(name).to_owned());
            }
        } else if key == "target" || key.starts_with("cfg") {
            names.extend(inner.values().filter_map(|t| t.as_table()).flat_map(dependencies));
        }
    }
    names
}

/// Every crate with the packages that its manifest names.
pub fn manifests() -> BTreeMap<String, Vec<String>> {
    let crates = std::fs::read_dir(root().join("crates")).expect("crates/");
    crates
        .filter_map(|entry| Some(entry.ok()?.path().join("Cargo.toml")).filter(|path| path.exists()))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a manifest");
            let table: toml::Table = text.parse().expect("a manifest is TOML");
            let name = table["package"]["name"].as_str().expect("a package name").to_owned();
            (name, dependencies(&table))
        })
        .collect()
}

#[test]
fn crates_import_in_one_direction() {
    let manifests = manifests();
    for name in manifests.keys() {
        assert!(ALLOWED.iter().any(|(known, _)| known == name), "the crate `{name}` is missing from the map");
    }
    for (name, allowed) in ALLOWED {
        let allowed: Vec<&str> = allowed.split_whitespace().collect();
        let ours = manifests.get(name).into_iter().flatten();
        for dependency in ours.filter(|dependency| ALLOWED.iter().any(|(known, _)| known == dependency)) {
            assert!(allowed.contains(&dependency.as_str()), "`{name}` must not use `{dependency}`");
        }
    }
}

#[test]
fn packages_stay_in_their_rooms() {
    for (name, dependencies) in manifests() {
        for (package, rooms) in RESERVED {
            assert!(
                !dependencies.iter().any(|d| d == package) || rooms.contains(&name.as_str()),
                "`{name}` must not use `{package}`"
            );
        }
    }
}

#[test]
fn the_map_names_every_crate_and_the_top_level_is_as_agreed() {
    let map = std::fs::read_to_string(root().join("crates/README.md")).expect("the map");
    for (name, _) in ALLOWED {
        assert!(map.contains(&format!("| `{name}` |")), "crates/README.md does not list `{name}`");
    }
    let agreed = [
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "crates",
        "docs",
        "experiments",
        "justfile",
        "results",
        "rust-toolchain.toml",
        "target",
        "tests",
    ];
    for entry in std::fs::read_dir(root()).expect("the workspace").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || agreed.contains(&name.as_str()), "`{name}` does not belong to the top level");
    }
}
