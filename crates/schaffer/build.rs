//! Tells the program which commit it was built from, for the manifest of its runs.

use std::path::Path;
use std::process::Command;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    println!("cargo::rerun-if-changed=build.rs");
    // These two change with every commit and checkout; the index, which also
    // changes with every `git status`, is left out.
    for file in [".git/HEAD", ".git/logs/HEAD"] {
        let path = root.join(file);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("--no-optional-locks").args(arguments).current_dir(&root).output();
        let output = output.ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short=12", "HEAD"]).unwrap_or_default();
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]);
    let dirty = !commit.is_empty() && changed.is_some_and(|files| !files.is_empty());
    println!("cargo::rustc-env=SCHAFFER_COMMIT={commit}{}", if dirty { "-dirty" } else { "" });
}
