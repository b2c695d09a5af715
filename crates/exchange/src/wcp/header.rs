//! The header of a WinWCP file: lines `KEY=value`, in a block of 1,024 bytes or more.

use crate::binary::source::Source;
use crate::binary::text::{label, plain};
use crate::date::spelt;
use crate::error::abf::{Fault, Problem};
use std::collections::BTreeMap;

/// How a file begins.
pub(crate) const SIGNATURE: &[u8] = b"VER=";
/// Blocks are a whole number of these, bytes.
const SECTOR: u64 = 512;
/// Longest header, bytes: 128 channels have 18,432.
const LONGEST: u64 = 64 << 10;
/// Most channels.
const CHANNELS: i64 = 128;
/// Most records.
const RECORDS: u64 = 1 << 20;
/// Largest code of the converter where the file does not say: 12 bits.
const TWELVE_BITS: f64 = 2047.0;

/// What the header says.
#[derive(Debug)]
pub(crate) struct Header {
    entries: BTreeMap<String, String>,
    /// Length of the header, bytes.
    pub length: u64,
    /// Length of the analysis block and of the samples of a record, bytes.
    pub record: (u64, u64),
    /// Records.
    pub records: u64,
    /// Largest code of the converter.
    pub largest_code: f64,
    /// Recorded channels, as they are listed.
    pub channels: Vec<Channel>,
}

/// A recorded channel.
#[derive(Debug)]
pub(crate) struct Channel {
    pub name: String,
    pub unit: String,
    /// Volts at the converter for a unit.
    pub gain: f64,
    /// Place among the samples of a scan.
    pub place: u64,
}

impl Header {
    /// Reads the header of a file.
    pub fn read(source: &Source) -> Result<Self, Problem> {
        let length = length(source)?;
        let block = source.block(0, length, "the header")?;
        let bytes = block.bytes(0, block.len())?;
        let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        let text: String = bytes[..end].iter().map(|&byte| char::from(byte)).collect();
        let entry = |line: &str| line.split_once('=').map(|(key, value)| (key.trim().to_owned(), plain(value.chars())));
        let entries: BTreeMap<String, String> = text.lines().filter_map(entry).collect();
        let mut header =
            Self { entries, length, record: (0, 0), records: 0, largest_code: TWELVE_BITS, channels: Vec::new() };
        let analysis = header.whole("NBA", 0..=1024, Some(2))?.unsigned_abs() * SECTOR;
        header.record = (analysis, header.whole("NBD", 1..=i64::from(i32::MAX), None)?.unsigned_abs() * SECTOR);
        header.records = header.whole("NR", 0..=i64::from(i32::MAX), Some(0))?.unsigned_abs();
        header.largest_code = match header.number("ADCMAX") {
            Some(code) if code >= 1.0 => code,
            _ => TWELVE_BITS,
        };
        let channels = header.whole("NC", 1..=CHANNELS, None)?;
        header.channels = (0..channels).map(|channel| header.channel(channel, channels)).collect::<Result<_, _>>()?;
        header.fits(source.len())?;
        Ok(header)
    }

    /// Whether the records fit into the file; those of a file that lost its count
    /// are counted.
    fn fits(&mut self, length: u64) -> Result<(), Fault> {
        let record = self.record.0 + self.record.1;
        let there = length.saturating_sub(self.length) / record;
        if self.records == 0 {
            self.records = there;
        }
        if self.records > there || self.records > RECORDS {
            let expected = format!("{} at most, which the {length} bytes of the file hold", there.min(RECORDS));
            return Err(Fault::new(0, "the number of records (NR)", self.records, expected));
        }
        Ok(())
    }

    fn channel(&self, channel: i64, channels: i64) -> Result<Channel, Fault> {
        let text = |key: &str| self.entries.get(&format!("{key}{channel}")).map(String::as_str).unwrap_or_default();
        let gain = self.number(&format!("YG{channel}")).filter(|gain| gain.is_finite() && *gain != 0.0);
        let Some(gain) = gain else {
            let found = format!("\"{}\"", text("YG"));
            return Err(Fault::new(0, format!("the gain YG{channel}"), found, "a number other than 0, V per unit"));
        };
        // Where the file does not say: the last first from version 6.0 on, as WinWCP
        // itself takes it.
        let usual = match self.number("VER") {
            Some(version) if version > 0.0 && version < 6.0 => channel,
            _ => channels - 1 - channel,
        };
        let place = self.whole(&format!("YO{channel}"), 0..=channels - 1, Some(usual))?.unsigned_abs();
        Ok(Channel { name: label(text("YN")), unit: label(text("YU")), gain, place })
    }

    /// A number; a comma may stand for the point.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.entries.get(key)?.replace(',', ".").parse().ok()
    }

    /// A text; `None` if it is empty.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn whole(&self, key: &str, range: std::ops::RangeInclusive<i64>, usual: Option<i64>) -> Result<i64, Fault> {
        let expected = || format!("a whole number from {} to {}", range.start(), range.end());
        match (self.entries.get(key), usual) {
            (None, Some(usual)) => Ok(usual),
            (None, None) => Err(Fault::new(0, format!("the entry {key} of the header"), "missing", expected())),
            (Some(text), _) => text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
                Fault::new(0, format!("the entry {key} of the header"), format!("\"{text}\""), expected())
            }),
        }
    }

    /// Start of the recording: `RTIME`, in older files the making of the file,
    /// `CTIME`, both `DD/MM/YYYY hh:mm:ss`.
    pub fn started(&self) -> Option<String> {
        ["RTIME", "CTIME"].into_iter().find_map(|key| date(self.text(key)?))
    }
}

/// The header ends where the first record begins: its status is `ACCEPTED` or
/// `REJECTED`. WinWCP finds it in the same way.
fn length(source: &Source) -> Result<u64, Problem> {
    for at in (SECTOR..=LONGEST.min(source.len().saturating_sub(4))).step_by(512) {
        let status = source.block(at, 4, "the status of a record")?.array::<4>(0)?;
        if status.eq_ignore_ascii_case(b"acce") || status.eq_ignore_ascii_case(b"reje") {
            return Ok(at);
        }
    }
    Err(Fault::new(0, "the first record", "not there", "a block that begins with ACCEPTED or REJECTED").into())
}

/// `DD/MM/YYYY hh:mm:ss` by ISO 8601.
fn date(text: &str) -> Option<String> {
    let (day, clock) = text.split_once(' ')?;
    let numbers =
        |text: &str, mark| text.split(mark).map(|part| part.trim().parse().ok()).collect::<Option<Vec<u32>>>();
    let (day, clock) = (numbers(day, '/')?, numbers(clock.trim(), ':')?);
    let (&[day, month, year], &[hour, minute, second]) = (&day[..], &clock[..]) else {
        return None;
    };
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    spelt(i32::try_from(year).ok()?, month, day, seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_have_the_day_first() {
        assert_eq!(date("26/03/2024 14:16:02").as_deref(), Some("2024-03-26T14:16:02.000"));
        for none in ["", "2024", "32/01/2024 10:00:00", "03/26/2024 14:16:02", "1/2/2024 99:00:00"] {
            assert_eq!(date(none), None, "{none}");
        }
    }
}
