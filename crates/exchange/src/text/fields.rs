//! Lines of text files, taken apart.

use crate::error::exchange::ExchangeError;
use std::path::Path;

/// Reads a whole text file. What is not UTF-8 (names typed under an old code page)
/// becomes a replacement character: numbers are not concerned.
pub(crate) fn read(path: &Path) -> Result<String, ExchangeError> {
    let unreadable = |source| ExchangeError::Unreadable { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}

/// The fields of a line: quoted texts, which may hold spaces, and bare words.
pub(crate) fn fields(line: &str) -> Vec<&str> {
    let mut fields = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (field, next) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once([' ', '\t', ',']).unwrap_or((rest, "")),
        };
        fields.push(field.trim());
        rest = next.trim_start_matches([' ', '\t', ',']);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn fields_are_quoted_or_bare() {
        assert_eq!(fields("\"NumSamples\"\t2000"), ["NumSamples", "2000"]);
        assert_eq!(fields("  \"AD 0\" \"AD1\"  3 , 4"), ["AD 0", "AD1", "3", "4"]);
        assert_eq!(fields("\"open"), ["open"]);
        assert!(fields("").is_empty());
    }
}
