//! Blinding: the study names its conditions by codes; the key that says what
//! they stand for is kept apart and used only when every exclusion is decided.

use crate::error::StudyError;
use crate::file::file::StudyFile;
use form::FileKind;
use recording::digest::sha256_hex;
use recording::input;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What the codes stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    codes: BTreeMap<String, String>,
    /// SHA-256 of the key file.
    pub sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    codes: BTreeMap<String, String>,
}

const KEY_FILE: FileKind = FileKind { name: "a key", largest_bytes: input::LARGEST, needs: "`[codes]`" };

impl Key {
    /// Reads a key: `[codes]` with a line such as `A = "control"` for each code.
    ///
    /// # Errors
    /// [`StudyError::Unreadable`] or [`StudyError::Unblinding`].
    pub fn read(path: &Path) -> Result<Self, StudyError> {
        let text = if path == Path::new(form::STANDARD_INPUT) {
            form::read_text(path, KEY_FILE)?
        } else {
            input::read_text(path, input::LARGEST)
                .map_err(|source| StudyError::Unreadable { path: path.to_owned(), source })?
        };
        let file: KeyFile = toml::from_str(&text).map_err(|fault| StudyError::Unblinding {
            path: path.to_owned(),
            reason: format!("{}: expected [codes] with lines such as A = \"control\"", fault.message().trim()),
        })?;
        Ok(Self { codes: file.codes, sha256: sha256_hex(text.as_bytes()) })
    }

    /// The study with the conditions by their true names.
    ///
    /// # Errors
    /// [`StudyError::Unblinding`] naming a condition without a code, or two codes of one meaning.
    pub fn unblind(&self, file: &StudyFile, path: &Path) -> Result<StudyFile, StudyError> {
        let fault = |reason: String| StudyError::Unblinding { path: path.to_owned(), reason };
        let mut meanings: Vec<&String> = self.codes.values().collect();
        meanings.sort_unstable();
        if let Some(pair) = meanings.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(fault(format!("two codes stand for \"{}\": expected one for each condition", pair[0])));
        }
        let mut open = file.clone();
        let own = open.condition.iter_mut().map(|c| c.name.get_mut());
        let slices = open.slice.iter_mut().map(|s| s.condition.get_mut());
        let tables = open.table.iter_mut().map(|t| t.condition.get_mut());
        let reference = open.statistics.reference.iter_mut().map(|r| &mut r.value);
        let decisions = open.overrides.iter_mut().filter_map(|o| o.condition.as_mut());
        for name in own.chain(slices).chain(tables).chain(reference).chain(decisions) {
            let known: Vec<&str> = self.codes.keys().map(String::as_str).collect();
            let meaning = self
                .codes
                .get(name)
                .ok_or_else(|| fault(format!("no code \"{name}\" in the key: it has {}", known.join(", "))))?;
            *name = meaning.clone();
        }
        open.blinding = None;
        Ok(open)
    }

    /// The code of a condition.
    pub fn code<'k>(&'k self, condition: &'k str) -> &'k str {
        self.codes.iter().find(|(_, meaning)| *meaning == condition).map_or(condition, |(code, _)| code)
    }
}
