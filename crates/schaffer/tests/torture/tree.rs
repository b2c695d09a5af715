//! The files of a folder by their digests.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Digest of each file by its path below the folder, without the logs, which tell the time.
pub type Tree = BTreeMap<String, [u8; 32]>;

pub fn of(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            // A file may go between the list and the reading of it.
            if path.file_name().is_some_and(|own| own != "run.log")
                && let Ok(bytes) = fs::read(&path)
            {
                tree.insert(name, Sha256::digest(&bytes).into());
            }
        }
    }
    tree
}

/// Whether a file, or a folder above it, is one that is being written.
pub fn is_temporary(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part.ends_with(".tmp"))
}

/// Names that only one of two trees has, or that differ.
pub fn differences(one: &Tree, other: &Tree) -> Vec<String> {
    let names = one.keys().chain(other.keys());
    let mut differ: Vec<String> = names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    differ.sort();
    differ.dedup();
    differ
}

/// The list of checksums: whoever writes anew takes what follows out of it first.
const SEAL: &str = "seal.sha256";

/// Files with a final name that are neither of the undisturbed run nor were there before.
pub fn torn(now: &Tree, whole: &Tree, before: &Tree) -> Vec<String> {
    let as_in = |tree: &Tree, name: &String, digest| tree.get(name) == Some(digest);
    now.iter()
        .filter(|(name, _)| !is_temporary(name) && *name != SEAL)
        .filter(|(name, digest)| !as_in(whole, name, digest) && !as_in(before, name, digest))
        .map(|(name, _)| name.clone())
        .collect()
}

/// A copy of a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// Takes a folder or file away, if it is there.
pub fn remove(path: &Path) {
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else {
        let _ = fs::remove_file(path);
    }
}
