//! The crates of the house, read once: their files, modules and what stands in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::facts::Facts;
use crate::reader;

/// All crates, parsed. Only plain data are kept, so that tests in several
/// threads can share them.
pub static HOUSE: LazyLock<Vec<Crate>> = LazyLock::new(|| crate_names().iter().map(|name| Crate::read(name)).collect());

/// A crate of the house.
pub struct Crate {
    /// Name of its folder, which is its name.
    pub name: String,
    /// Files that belong to the build without tests, in the order of reading.
    pub files: Vec<SourceFile>,
    /// Modules, inline ones too; parents before children.
    pub modules: Vec<Module>,
    /// The module at the root of the library, or of the program if there is none.
    pub root: usize,
}

/// A file of a crate.
pub struct SourceFile {
    /// Path below `src`.
    pub path: String,
    /// Whether it stands for a folder: `lib.rs`, `main.rs`, `mod.rs`, or `foo.rs` beside `foo/`.
    pub face: bool,
    /// What was found in its code.
    pub facts: Facts,
}

/// A module and the names in it.
#[derive(Default)]
pub struct Module {
    /// Its file, as a place in [`Crate::files`].
    pub file: usize,
    /// What `crate` means in it.
    pub root: usize,
    /// Its parent.
    pub parent: Option<usize>,
    /// Child modules by name, with whether they are `pub`.
    pub children: BTreeMap<String, (usize, bool)>,
    /// Items that it defines, with whether they are `pub`.
    pub items: BTreeMap<String, bool>,
    /// Those of the items that are macros.
    pub macros: BTreeSet<String>,
    /// Its imports, those inside functions too.
    pub uses: Vec<Use>,
    /// Paths in its code.
    pub mentions: Vec<Mention>,
}

/// One leaf of a `use` tree.
#[derive(Clone)]
pub struct Use {
    /// From the first segment to the last.
    pub path: Vec<String>,
    /// The name that it brings; none for a glob.
    pub name: Option<String>,
    /// Whether it carries any `pub`, and so hands the name on.
    pub exported: bool,
    /// Whether it is `pub` without restriction.
    pub public: bool,
}

/// A path in code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// From the first segment to the last.
    pub path: Vec<String>,
    /// A macro: its names are apart from all others, and can be in scope without an import.
    pub is_macro: bool,
}

impl Crate {
    /// Reads the crate in `crates/<name>`.
    fn read(name: &str) -> Self {
        let mut house = Self { name: name.to_owned(), files: Vec::new(), modules: Vec::new(), root: 0 };
        for root in ["lib.rs", "main.rs"] {
            if house.src().join(root).exists() {
                let module = house.modules.len();
                house.modules.push(Module { root: module, ..Module::default() });
                reader::read_file(&mut house, module, &PathBuf::from(root));
            }
        }
        house
    }

    /// Its folder of sources.
    pub fn src(&self) -> PathBuf {
        root().join("crates").join(&self.name).join("src")
    }

    /// A file as it is written in messages.
    pub fn shown(&self, file: usize) -> String {
        format!("{}/src/{}", self.name, self.files[file].path)
    }

    /// Whether a file defines anything, rather than only handing names on.
    pub fn defines_items(&self, file: usize) -> bool {
        self.modules.iter().any(|module| module.file == file && !module.items.is_empty())
            || self.files[file].facts.has_impls
    }
}

/// The crate of a name, if the house has it.
pub fn find(name: &str) -> Option<&'static Crate> {
    HOUSE.iter().find(|house| house.name == name)
}

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_path_buf()
}

/// Names of the folders in `crates/`, sorted.
fn crate_names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("crates"))
        .expect("crates/")
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Every `.rs` file below a folder, sorted; nothing if there is no such folder.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
