//! Texts and paths as a study file writes them.

use std::path::Path;

/// A text in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path from the folder of the study, in quotation marks.
pub(crate) fn relative(folder: &Path, path: &Path) -> String {
    quoted(&path.strip_prefix(folder).unwrap_or(path).display().to_string().replace('\\', "/"))
}
