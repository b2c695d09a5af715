//! Igor text: `IGOR`, then blocks `WAVES names`, `BEGIN`, rows of numbers, `END`, and
//! commands that begin with `X`, of which `SetScale` is understood.

use crate::binary::strided::{Stored, Stretch};
use crate::error::exchange::ExchangeError;
use crate::igor::wave::Wave;
use crate::text::fields::read;
use std::path::Path;

/// How a file begins.
pub(crate) const SIGNATURE: &[u8] = b"IGOR";
/// Bytes of a number as it is held.
const NUMBER: u64 = 8;
/// Most waves of one block.
const WAVES: usize = 4096;

/// The waves of a file and their numbers, 64-bit floats one behind the other.
pub(crate) fn waves(path: &Path) -> Result<(Vec<Wave>, Vec<u8>), ExchangeError> {
    let text = read(path)?;
    let mut lines = text.lines().enumerate().map(|(place, line)| (place + 1, line.trim()));
    let (mut waves, mut bytes) = (Vec::new(), Vec::new());
    while let Some((line, words)) = lines.next() {
        if let Some(rest) = words.strip_prefix("WAVES") {
            let columns = block(path, line, rest, &mut lines)?;
            waves.extend(columns.into_iter().map(|column| column.wave(&mut bytes)));
        } else if let Some(command) = words.strip_prefix("X ").map(str::trim)
            && command.get(..8).is_some_and(|name| name.eq_ignore_ascii_case("SetScale"))
        {
            set_scale(&command[8..], &mut waves);
        }
    }
    Ok((waves, bytes))
}

/// A wave of a block: its name, rows and columns, and numbers.
struct Column {
    name: String,
    rows: u64,
    columns: u64,
    numbers: Vec<f64>,
}

impl Column {
    /// The wave, with its numbers behind those that are held already.
    fn wave(self, bytes: &mut Vec<u8>) -> Wave {
        let data = Stretch {
            offset: bytes.len() as u64,
            stride: NUMBER,
            stored: Stored::F64,
            big_endian: false,
            scale: 1.0,
            zero: 0.0,
        };
        bytes.extend(self.numbers.iter().flat_map(|number| number.to_le_bytes()));
        let (folder, unit, x_unit, labels) = (String::new(), String::new(), String::new(), Vec::new());
        let (rows, columns) = (self.rows, self.columns);
        Wave { folder, name: self.name, unit, x_unit, step: 1.0, rows, columns, data, labels, created: 0 }
    }
}

/// The words behind `WAVES`: `/D/N=(100,3) name other`.
fn names(rest: &str) -> (String, Vec<String>) {
    let mut flags = String::new();
    let mut rest = rest.trim_start();
    while let Some(flag) = rest.strip_prefix('/') {
        let inner = flag.find('(').filter(|open| !flag[..*open].contains([' ', '\t', '/']));
        let end = match inner {
            Some(open) => flag[open..].find(')').map_or(flag.len(), |close| open + close + 1),
            None => flag.find([' ', '\t', '/', ',']).unwrap_or(flag.len()),
        };
        flags.push('/');
        flags.push_str(&flag[..end]);
        rest = flag[end..].trim_start_matches([' ', '\t', ',']);
    }
    let names = rest.split([' ', '\t', ',']).filter(|name| !name.is_empty());
    (flags, names.map(|name| name.trim_matches('\'').to_owned()).collect())
}

type Lines<'l> = dyn Iterator<Item = (usize, &'l str)> + 'l;

/// One block of numbers.
fn block<'l>(path: &Path, line: usize, rest: &str, lines: &mut Lines<'l>) -> Result<Vec<Column>, ExchangeError> {
    let (flags, names) = names(rest);
    if names.is_empty() || names.len() > WAVES {
        let expected = format!("1 to {WAVES} names of waves");
        return Err(ExchangeError::line(path, line, format!("{} names", names.len()), expected));
    }
    if flags.to_ascii_uppercase().contains("/T") || flags.to_ascii_uppercase().contains("/C") {
        return Err(ExchangeError::line(path, line, format!("WAVES{flags}"), "waves of real numbers"));
    }
    let two = flags
        .to_ascii_uppercase()
        .find("/N=(")
        .is_some_and(|at| flags[at..].split(')').next().is_some_and(|inner| inner.contains(',')));
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    let (mut begun, mut wide, mut rows) = (false, 1, 0_u64);
    for (line, words) in lines {
        if !begun {
            begun = words == "BEGIN";
            continue;
        }
        if words == "END" {
            return shaped(path, line, names, columns, (rows, if two { wide } else { 1 }));
        }
        let cells: Vec<&str> = words.split([' ', '\t']).filter(|cell| !cell.is_empty()).collect();
        if cells.is_empty() {
            continue;
        }
        let expected = if two { if rows == 0 { cells.len() } else { wide } } else { names.len() };
        if cells.len() != expected {
            return Err(ExchangeError::line(path, line, format!("{} numbers", cells.len()), format!("{expected}")));
        }
        wide = cells.len();
        for (place, cell) in cells.into_iter().enumerate() {
            let number =
                cell.parse().map_err(|_| ExchangeError::line(path, line, format!("\"{cell}\""), "a number"))?;
            columns[if two { 0 } else { place }].push(number);
        }
        rows += 1;
    }
    Err(ExchangeError::line(path, line, "WAVES without END", "BEGIN, rows of numbers, END"))
}

/// The waves of a block; those of two dimensions are turned, so that columns lie
/// one behind the other.
fn shaped(
    path: &Path,
    line: usize,
    names: Vec<String>,
    mut columns: Vec<Vec<f64>>,
    (rows, wide): (u64, usize),
) -> Result<Vec<Column>, ExchangeError> {
    if wide > 1 {
        if names.len() > 1 {
            return Err(ExchangeError::line(path, line, "several waves of two dimensions", "one for each block"));
        }
        let across = std::mem::take(&mut columns[0]);
        columns[0] = (0..wide).flat_map(|column| across.iter().skip(column).step_by(wide).copied()).collect();
    }
    let waves = names.into_iter().zip(columns);
    Ok(waves.map(|(name, numbers)| Column { name, rows, columns: wide as u64, numbers }).collect())
}

/// `/P x 0,0.05,"ms", name; SetScale y 0,0,"mV", name`.
fn set_scale(command: &str, waves: &mut [Wave]) {
    for command in command.split(';') {
        let command = command.trim();
        let command = command.strip_prefix("SetScale").unwrap_or(command).trim_start();
        let (flag, rest) = match command.strip_prefix('/') {
            Some(rest) => rest.split_once(' ').unwrap_or((rest, "")),
            None => ("", command),
        };
        let mut parts = rest.trim().splitn(2, [' ', ',']);
        let (axis, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let parts: Vec<&str> = rest.split(',').map(|part| part.trim().trim_matches('"')).collect();
        let [first, second, unit, names @ ..] = &parts[..] else {
            continue;
        };
        let (first, second): (Result<f64, _>, Result<f64, _>) = (first.parse(), second.parse());
        for name in names.iter().map(|name| name.trim_matches('\'')) {
            let Some(wave) = waves.iter_mut().rev().find(|wave| wave.name == name) else {
                continue;
            };
            match (axis, &first, &second) {
                ("x", Ok(first), Ok(second)) => {
                    let rows = wave.rows as f64;
                    (*unit).clone_into(&mut wave.x_unit);
                    wave.step = match flag.to_ascii_uppercase().as_str() {
                        "P" => *second,
                        "I" => (second - first) / (rows - 1.0),
                        _ => (second - first) / rows,
                    };
                }
                ("d" | "y", ..) => (*unit).clone_into(&mut wave.unit),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn flags_and_names() {
        assert_eq!(names("/D/N=(3, 2) a 'b c'").0, "/D/N=(3, 2)");
        assert_eq!(names(" wave0\twave1").1, ["wave0", "wave1"]);
        assert_eq!(names("/S, x").1, ["x"]);
        assert!(names("/N=(").1.is_empty());
    }
}
