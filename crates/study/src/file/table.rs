//! `[[table]]` of a study: time courses that were measured elsewhere.

use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// `[[table]]`: a column for each recording, or with `recording` a row for each time
/// of each recording.
#[derive(Clone, Debug)]
pub struct TablePart {
    /// The table.
    pub file: Spanned<PathBuf>,
    /// Condition of its recordings.
    pub condition: Spanned<String>,
    /// Columns that are used, in long form names of recordings; all if not given.
    pub columns: Option<Vec<String>>,
    /// Animal of each recording used, in order; without it each is its own animal.
    pub animals: Option<Vec<String>>,
    /// What was measured.
    pub quantity: String,
    /// Unit of the values, e.g. `mV/ms`, `% of baseline`, `ratio to baseline`.
    pub unit: Option<String>,
    /// Time of the induction in the table.
    pub induction: Option<String>,
    /// Column of times; the first titled `time` if not given.
    pub time: Option<String>,
    /// Unit of the times, if the title does not say it, e.g. `min`.
    pub time_unit: Option<String>,
    /// Long form: columns that name the recording of a row.
    pub recording: Option<Titles>,
    /// Long form: column of the values.
    pub value: Option<String>,
    /// Long form: column of the standard errors; the values are means of groups.
    pub error: Option<String>,
    /// Long form: column that names the animal of a recording.
    pub animal: Option<String>,
    /// Long form: rows that count, by title and text.
    pub rows: BTreeMap<String, String>,
}

impl TablePart {
    /// Whether the table holds published means of groups, not recordings.
    pub fn is_of_means(&self) -> bool {
        self.error.is_some()
    }
}

/// One title of a column, or several.
#[derive(Clone, Debug)]
pub enum Titles {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Titles {
    /// The titles.
    pub fn list(&self) -> Vec<String> {
        match self {
            Self::One(title) => vec![title.clone()],
            Self::Several(titles) => titles.clone(),
        }
    }
}
