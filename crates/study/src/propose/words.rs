//! Texts and paths as a study file writes them.

use std::path::Path;

/// A text in quotation marks, as TOML reads it back: what would hide or move others is
/// spelt by its number.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            sign if form::is_of_a_line(sign) => quoted.push(sign),
            sign if u32::from(sign) > 0xffff => quoted.push_str(&format!("\\U{:08X}", u32::from(sign))),
            sign => quoted.push_str(&format!("\\u{:04X}", u32::from(sign))),
        }
    }
    quoted.push('"');
    quoted
}

/// What of a text can name a condition or an animal; `unknown` where nothing can.
pub(crate) fn name(text: &str) -> String {
    let name = form::fit_name(text);
    if name.is_empty() { "unknown".to_owned() } else { name }
}

/// A text of a file within a remark: on its line, whatever it holds.
pub(crate) fn remark(text: &str) -> String {
    text.chars().map(|sign| if form::is_of_a_line(sign) { sign } else { ' ' }).collect()
}

/// A path from the folder of the study, in quotation marks.
pub(crate) fn relative(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path).display().to_string();
    // Elsewhere a backslash is a letter like others.
    quoted(&if cfg!(windows) { path.replace('\\', "/") } else { path })
}
