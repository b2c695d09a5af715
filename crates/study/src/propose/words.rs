//! Texts and paths as a study file writes them.

use std::path::Path;

/// A text in quotation marks, as TOML reads it back.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            sign if sign.is_control() => quoted.extend(format!("\\u{:04X}", u32::from(sign)).chars()),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// A text of a file within a remark: on its line, whatever it holds.
pub(crate) fn remark(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// A path from the folder of the study, in quotation marks.
pub(crate) fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path).display().to_string();
    // Elsewhere a backslash is a letter like others.
    quoted(&if cfg!(windows) { path.replace('\\', "/") } else { path })
}
