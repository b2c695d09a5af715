//! Text of a table from its bytes: UTF-8, UTF-16, or the code page of a Western
//! computer.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use recording::table::TableError;
use std::borrow::Cow;

/// Bytes that are looked at to know UTF-16 without a byte order mark.
const LOOKED_AT: usize = 256;

/// The text, and what a reader must know of its coding.
pub(crate) fn decoded(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<String>), TableError> {
    if let Some(wide) = utf_16(bytes) {
        return wide_text(bytes, wide).map(|text| (text, None));
    }
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let plain = marked.unwrap_or(bytes);
    if let Some(place) = plain.iter().position(|&byte| byte < 9) {
        let line = line_of(plain, place);
        return Err(TableError::Csv { line, reason: "a byte that is no text: expected a text table".to_owned() });
    }
    match std::str::from_utf8(plain) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) if marked.is_some() => {
            let line = line_of(plain, error.valid_up_to());
            Err(TableError::Csv {
                line,
                reason: "not UTF-8 text, though the file says so: save it as UTF-8".to_owned(),
            })
        }
        Err(error) => {
            let line = line_of(plain, error.valid_up_to());
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(plain);
            let said = format!("line {line} is not UTF-8: the text is read as Latin-1 (Windows-1252)");
            Ok((text, Some(said)))
        }
    }
}

/// Whether the bytes are UTF-16: by their mark, or by zeros in every second place.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    utf_16(bytes).is_some()
}

fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, all) = (zeros(0), zeros(1), head.len() / 2);
    match all >= 4 {
        true if odd * 10 >= all * 9 && even == 0 => Some(UTF_16LE),
        true if even * 10 >= all * 9 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn wide_text<'b>(bytes: &'b [u8], wide: &'static Encoding) -> Result<Cow<'b, str>, TableError> {
    let (text, faulty) = wide.decode_with_bom_removal(bytes);
    if !faulty && !text.contains(|c: char| (c as u32) < 9) {
        return Ok(text);
    }
    let before = text.split(['\u{fffd}', '\0']).next().unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    Err(TableError::Csv { line, reason: "not intact UTF-16 text: save the file as CSV UTF-8".to_owned() })
}

fn line_of(bytes: &[u8], place: usize) -> usize {
    bytes[..place].iter().filter(|&&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn codings_are_told_apart() {
        let text = "time (ms),a (µV)\n0.1,2\n";
        let wide = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for bytes in
            [text.as_bytes().to_vec(), wide(false, true), wide(true, true), wide(false, false), wide(true, false)]
        {
            assert_eq!(decoded(&bytes).unwrap(), (Cow::Borrowed(text), None));
        }
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        let (read, said) = decoded(&latin).unwrap();
        assert_eq!((read.as_ref(), said.is_some()), (text, true));
        assert!(decoded(b"\xef\xbb\xbf\xb5").is_err() && decoded(b"\xff\xfea").is_err() && decoded(b"a\0b").is_err());
    }
}
