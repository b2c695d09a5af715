//! The pages of the documentation are what the program prints: tables of parameters
//! and figures of the model.

mod program;

use program::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn files(folder: &Path, extension: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(extension)).collect();
    names.sort();
    names
}

#[test]
fn tables_and_figures_are_current() {
    let copy = TempDir::new().expect("a folder");
    for folder in ["", "model", "figures"] {
        fs::create_dir_all(copy.path().join(folder)).expect("a folder");
    }
    for folder in ["", "model"] {
        for name in files(&docs().join(folder), ".md") {
            fs::copy(docs().join(folder).join(&name), copy.path().join(folder).join(&name)).expect("a page");
        }
    }
    Command::new(env!("CARGO_BIN_EXE_schaffer")).arg("docs").arg(copy.path()).assert().code(0);
    for folder in ["", "model"] {
        for name in files(&docs().join(folder), ".md") {
            let read = |root: &Path| fs::read_to_string(root.join(folder).join(&name)).expect("a page");
            assert_eq!(read(&docs()), read(copy.path()), "{name}: run `just docs`");
        }
    }
    let drawn = files(&copy.path().join("figures"), ".svg");
    assert!(drawn.len() >= 14, "{drawn:?}");
    for name in drawn {
        let read = |root: &Path| fs::read(root.join("figures").join(&name)).expect("a figure");
        assert!(read(&docs()) == read(copy.path()), "{name}: run `just docs`");
    }
}

/// Every part of the model has its page with equation, table or numbers, what it
/// ignores, and a figure that exists; every link between pages leads somewhere.
#[test]
fn every_part_has_its_page() {
    let pages = files(&docs().join("model"), ".md");
    assert!(pages.len() >= 14, "{pages:?}");
    let index = fs::read_to_string(docs().join("model.md")).expect("the index");
    for page in &pages {
        let text = fs::read_to_string(docs().join("model").join(page)).expect("a page");
        for part in ["## Equation", "## What it ignores", "](../figures/"] {
            assert!(text.contains(part), "{page}: {part}");
        }
        assert!(index.contains(&format!("](model/{page})")), "{page} is not in model.md");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let local = !link.is_empty() && !link.starts_with("http");
            assert!(!local || docs().join("model").join(link).exists(), "{page}: {link}");
        }
    }
}

#[test]
fn a_block_without_end_or_meaning_is_refused() {
    for (text, complaint) in [
        ("<!-- parameters: release. -->\n", "has no <!-- end -->"),
        ("<!-- parameters: nothing. -->\n<!-- end -->\n", "no parameter begins with \"nothing.\""),
        ("<!-- rule: hebb -->\n<!-- end -->\n", "unknown rule"),
    ] {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("page.md"), text).expect("a page");
        let assert = Command::new(env!("CARGO_BIN_EXE_schaffer")).arg("docs").arg(folder.path()).assert().code(65);
        let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(told.contains(complaint), "{told}");
    }
    Command::new(env!("CARGO_BIN_EXE_schaffer")).args(["docs", "nowhere"]).assert().code(66);
}
