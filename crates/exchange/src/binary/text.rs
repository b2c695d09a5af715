//! Texts of fixed fields, as recording programs of many ages wrote them.

/// Text up to the first NUL, without control characters and outer blanks: UTF-8, or
/// Latin-1 where it is none. Either micro sign becomes `u`, as in `uV`.
pub(crate) fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let bytes = &bytes[..end];
    match std::str::from_utf8(bytes) {
        Ok(text) => plain(text.chars()),
        Err(_) => plain(bytes.iter().map(|&byte| char::from(byte))),
    }
}

/// Text of two bytes a character, the first the more significant (UTF-16).
pub(crate) fn wide_text(bytes: &[u8]) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or('?')).collect()
}

/// Text that begins with its length in one byte.
pub(crate) fn pascal(bytes: &[u8]) -> String {
    let Some((&length, rest)) = bytes.split_first() else {
        return String::new();
    };
    text(&rest[..usize::from(length).min(rest.len())])
}

/// Without control characters and outer blanks.
pub(crate) fn plain(chars: impl Iterator<Item = char>) -> String {
    let spelt = chars.map(|c| if matches!(c, 'µ' | 'μ') { 'u' } else { c });
    let text: String = spelt.filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}

/// Name or unit: at most 256 characters, `?` if there is none.
pub(crate) fn label(text: &str) -> String {
    if text.is_empty() { String::from("?") } else { text.chars().take(256).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_kind() {
        assert_eq!(text(b" \xb5V\0rest"), "uV");
        assert_eq!(text("µV".as_bytes()), "uV");
        assert_eq!(pascal(b"\x03mV \0\0"), "mV");
        assert_eq!(pascal(b"\xffmV"), "mV");
        assert_eq!(pascal(b""), "");
        assert_eq!(wide_text(b"\0m\0V\0"), "mV");
        assert_eq!(label(""), "?");
    }
}
