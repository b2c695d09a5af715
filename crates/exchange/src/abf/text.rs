//! Texts, dates and identifiers as ABF headers hold them.

use crate::date::spelt;

/// Text of a fixed field: up to the first NUL, UTF-8 or else Latin-1, without control
/// characters and outer blanks. The micro sign becomes `u`, as in the ASCII
/// spelling of units (`um`, `uV`) that most software writes; so does that of code
/// page 850 before a unit.
pub(super) fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let field = &bytes[..end];
    let spelt: String = match std::str::from_utf8(field) {
        Ok(text) => text.replace(['\u{b5}', '\u{3bc}'], "u"),
        Err(_) => field.iter().enumerate().map(|(place, &byte)| letter(byte, field.get(place + 1).copied())).collect(),
    };
    let text: String = spelt.chars().filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}

/// A letter of Latin-1, the micro signs of Latin-1 and of code page 850 as `u`.
fn letter(byte: u8, next: Option<u8>) -> char {
    match (byte, next) {
        (0xb5, _) | (0xe6, Some(b'V' | b'A' | b'M' | b'm' | b's' | b'S')) => 'u',
        (other, _) => char::from(other),
    }
}

/// Name or unit: at most 256 characters, `?` if there is none.
pub(super) fn label(text: String) -> String {
    if text.is_empty() { String::from("?") } else { text.chars().take(256).collect() }
}

/// Name of the protocol file without folders and ending; `None` unless the path
/// is that of a protocol file (`.pro`).
pub(super) fn protocol(path: &str) -> Option<String> {
    let name = path.rsplit(['\\', '/']).next()?;
    let (stem, ending) = name.rsplit_once('.')?;
    (ending.eq_ignore_ascii_case("pro") && !stem.is_empty()).then(|| stem.to_owned())
}

/// The 16 bytes of a GUID in the usual spelling: the first three groups are
/// little-endian numbers.
pub(super) fn guid(bytes: &[u8; 16]) -> String {
    const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    let mut spelt = String::with_capacity(36);
    for (place, &from) in ORDER.iter().enumerate() {
        if [4, 6, 8, 10].contains(&place) {
            spelt.push('-');
        }
        spelt.push_str(&format!("{:02X}", bytes[from]));
    }
    spelt
}

/// `YYYY-MM-DDThh:mm:ss.mmm` from the number `YYYYMMDD` (or `YYMMDD`, as the
/// first versions of the format had it: 80–99 are 1980–1999, 00–79 are
/// 2000–2079) and the milliseconds since midnight; `None` unless both exist.
pub(super) fn date(day: i64, since_midnight_ms: i64) -> Option<String> {
    let day = match day {
        0..800_000 => 20_000_000 + day,
        800_000..1_000_000 => 19_000_000 + day,
        _ => day,
    };
    let year = i32::try_from(day / 10_000).ok().filter(|year| (1980..=9999).contains(year))?;
    let (month, day) = (u32::try_from(day / 100 % 100).ok()?, u32::try_from(day % 100).ok()?);
    spelt(year, month, day, since_midnight_ms)
}

/// A level in user units; `None` if it is none: NaN, or too large to be one
/// (software that fills the header by halves leaves such values). Tiny ones are 0.
pub(super) fn level(value: f64) -> Option<f64> {
    match value.abs() {
        size if size < 1e-6 => Some(0.0),
        size if size <= 1e6 => Some(value),
        _ => None,
    }
}

/// The numbers of a comma-separated list; empty unless all are numbers.
pub(super) fn numbers(list: &str) -> Vec<f64> {
    let cells = list.split(',').map(str::trim).filter(|cell| !cell.is_empty());
    cells.map(|cell| cell.parse().ok()).collect::<Option<Vec<f64>>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_at_nul_and_lose_what_cannot_be_printed() {
        assert_eq!(text(b"  IN 0  \0rest"), "IN 0");
        assert_eq!(text(b"\xb5m\x7f "), "um");
        assert_eq!(
            (text("µV".as_bytes()), text("μV".as_bytes()), text(b"\xe6V")),
            ("uV".into(), "uV".into(), "uV".into())
        );
        assert_eq!(text(b"\xb0C"), "°C");
        assert_eq!(label(text(b"\0\0\0\0")), "?");
    }

    #[test]
    fn protocols_are_named_by_their_file() {
        assert_eq!(protocol(r"S:\Protocols\0501 opto -50.pro").as_deref(), Some("0501 opto -50"));
        assert_eq!(protocol("/rig/LTP.v2.PRO").as_deref(), Some("LTP.v2"));
        for none in ["(untitled)", "", ".pro", r"C:\data\x.abf"] {
            assert_eq!(protocol(none), None, "{none}");
        }
    }

    #[test]
    fn dates_of_both_kinds_and_none() {
        assert_eq!(date(20_171_005, 52_871_044).as_deref(), Some("2017-10-05T14:41:11.044"));
        assert_eq!(date(180_618, 63_267_000).as_deref(), Some("2018-06-18T17:34:27.000"));
        assert_eq!(date(991_231, 0).as_deref(), Some("1999-12-31T00:00:00.000"));
        assert!(date(20_240_229, 0).is_some() && date(20_230_229, 0).is_none());
        for (day, ms) in [(-1, -1000), (0, 0), (20_201_301, 0), (20_200_101, 86_400_000), (i64::MAX, 0)] {
            assert_eq!(date(day, ms), None, "{day} {ms}");
        }
    }

    #[test]
    fn levels_and_lists() {
        assert_eq!(level(f64::NAN), None);
        assert_eq!((level(-2e37), level(7e-39), level(-70.0)), (None, Some(0.0), Some(-70.0)));
        assert_eq!(numbers("4000, 6000,"), [4000.0, 6000.0]);
        assert!(numbers("mV").is_empty());
        let bytes = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
        assert_eq!(guid(&bytes), "00010203-0405-0607-0809-0A0B0C0D0E0F");
    }
}
