//! What the checks on single files need to know of a file.

use std::collections::BTreeSet;

/// Findings in the code of one file, tests left out.
#[derive(Default)]
pub struct Facts {
    /// Text literals, those in macros too.
    pub texts: Vec<Found<String>>,
    /// Number literals as digits, without underscores and suffix.
    pub numbers: Vec<Found<String>>,
    /// Functions: name and number of lines.
    pub functions: Vec<Found<(String, usize)>>,
    /// Searches in the text of a remark, as `receiver.method`.
    pub searches: Vec<Found<String>>,
    /// Paths of two or more segments.
    pub long_paths: Vec<Found<Vec<String>>>,
    /// Calls of elementary functions of the system, by name.
    pub elementary: Vec<Found<String>>,
    /// Names of rows: the text of the field `name` in a literal of type `Rule`.
    pub rule_names: Vec<String>,
    /// Types in what its public items ask for and yield.
    pub signature_types: BTreeSet<String>,
    /// Whether it holds an `impl`.
    pub has_impls: bool,
}

/// Something and its line.
pub struct Found<T> {
    /// What was found.
    pub what: T,
    /// Its line, from 1.
    pub line: usize,
}
