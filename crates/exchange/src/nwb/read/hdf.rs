//! An HDF5 file: groups, data sets and attributes, read in bounded pieces.
//!
//! Nothing in the file is believed before its length has been compared with that
//! of the file: a header may promise more than was ever written.

use crate::error::abf::Fault;
use crate::error::exchange::ExchangeError;
use crate::nwb::read::number::Number;
use hdf5_reader::error::Error;
use hdf5_reader::group::Group;
use hdf5_reader::{Attribute, Dataset, Datatype, Hdf5File, OpenOptions, SliceInfo, SliceInfoElem};
use std::path::{Path, PathBuf};

/// The first bytes of an HDF5 file.
pub(crate) const SIGNATURE: &[u8] = b"\x89HDF\r\n\x1a\n";
/// Most that deflate makes of one byte (RFC 1951: 258 bytes from 2 bits).
const INFLATION: u64 = 1032;
/// Rows that are read at a time.
pub(crate) const ROWS: u64 = 1 << 16;
/// What a text column may grow to, bytes.
const TEXT: u64 = 64 << 20;
/// Where versions 0 and 1 of the superblock, and 2 and 3, state the end of the file.
const END_OLD: u64 = 40;
const END_NEW: u64 = 28;

/// An open HDF5 file.
pub(crate) struct Hdf {
    pub path: PathBuf,
    pub bytes: u64,
    file: Hdf5File,
}

impl Hdf {
    pub fn open(path: &Path, bytes: u64) -> Result<Self, ExchangeError> {
        let within = usize::try_from(bytes.saturating_mul(INFLATION)).unwrap_or(usize::MAX);
        let header = usize::try_from(bytes).unwrap_or(usize::MAX).clamp(1 << 16, 64 << 20);
        let options = OpenOptions::default()
            .with_max_chunk_bytes(within.clamp(1 << 20, 256 << 20))
            .with_max_read_bytes(within.clamp(1 << 20, 256 << 20))
            .with_max_object_header_bytes(header);
        let file = Hdf5File::open_with_options(path, options).map_err(|error| fault(path, "/", &error))?;
        let about = file.superblock();
        // Counted from the start of the file, a user block included.
        let end = about.eof_address;
        if end > bytes {
            let offset = if about.version < 2 { END_OLD } else { END_NEW } + about.base_address;
            let expected = format!("an end within the {bytes} bytes of the file; it is not whole");
            let fault = Fault::new(offset, "the end of the file", end, expected);
            return Err(ExchangeError::Faulty { path: path.to_owned(), fault });
        }
        Ok(Self { path: path.to_owned(), bytes, file })
    }

    /// A fault of an object.
    pub fn fault(&self, object: &str, error: &Error) -> ExchangeError {
        fault(&self.path, object, error)
    }

    /// A fault of an object in our words.
    pub fn wrong(&self, object: &str, found: impl Into<String>, expected: impl Into<String>) -> ExchangeError {
        let (path, object) = (self.path.clone(), object.to_owned());
        ExchangeError::Object { path, object, found: found.into(), expected: expected.into() }
    }

    pub fn root(&self) -> Result<Group, ExchangeError> {
        self.file.root_group().map_err(|error| self.fault("/", &error))
    }

    /// The group of that path; `None` if there is none.
    pub fn group(&self, path: &str) -> Option<Group> {
        self.file.group(path).ok()
    }

    /// The data set of that path; `None` if there is none.
    pub fn dataset(&self, path: &str) -> Option<Dataset> {
        self.file.dataset(path).ok()
    }

    /// The text of a scalar data set; `None` if there is none or it is no text.
    pub fn text(&self, path: &str) -> Option<String> {
        self.texts(&self.dataset(path)?)?.into_iter().next()
    }

    /// The texts of a data set; `None` if it holds none.
    pub fn texts(&self, dataset: &Dataset) -> Option<Vec<String>> {
        let budget = self.bytes.saturating_mul(4).clamp(1 << 20, TEXT);
        if dataset.raw_byte_len().ok()? as u64 > budget {
            return None;
        }
        if let Datatype::VarLen { .. } = dataset.dtype() {
            // Each element states its own length, and many may share one text.
            let raw = dataset.read_raw_bytes().ok()?;
            let size = dataset.vlen_reference_size();
            let length =
                |element: &[u8]| u64::from(u32::from_le_bytes([element[0], element[1], element[2], element[3]]));
            if size < 4 || raw.chunks_exact(size).map(length).sum::<u64>() > budget {
                return None;
            }
        }
        dataset.read_strings().ok()
    }

    /// All numbers of a data set of one dimension, or of one number; `None` if it
    /// holds none. `most` bounds how many there may be.
    pub fn numbers(&self, dataset: &Dataset, most: u64) -> Option<Vec<f64>> {
        if dataset.ndim() > 1 || dataset.num_elements().ok()? > most || !is_number(dataset.dtype()) {
            return None;
        }
        let numbers = dataset.read_array::<Number>().ok()?;
        Some(numbers.iter().map(|number| number.0).collect())
    }

    /// Rows and columns of a data set of samples, which the file must be able to hold.
    pub fn size(&self, path: &str, dataset: &Dataset) -> Result<(u64, u64), ExchangeError> {
        let size = match *dataset.shape() {
            [rows] => (rows, 1),
            [rows, columns] => (rows, columns),
            ref other => {
                return Err(self.wrong(path, format!("{} dimensions", other.len()), "1 (time) or 2 (time, channel)"));
            }
        };
        if !is_number(dataset.dtype()) {
            return Err(self.wrong(path, format!("values of type {}", type_name(dataset.dtype())), "numbers"));
        }
        self.within(path, dataset)?;
        Ok(size)
    }

    /// Whether the file can hold what a data set claims to hold.
    pub fn within(&self, path: &str, dataset: &Dataset) -> Result<(), ExchangeError> {
        let claimed = dataset.raw_byte_len().map_err(|error| self.fault(path, &error))? as u64;
        let most = self.bytes.saturating_mul(INFLATION);
        if claimed <= most {
            return Ok(());
        }
        let expected = format!("{most} bytes at most, which a file of {} bytes can hold", self.bytes);
        Err(self.wrong(path, format!("{claimed} bytes"), expected))
    }

    /// Hands over all numbers of a data set of one or two dimensions in pieces.
    pub fn rows(&self, path: &str, dataset: &Dataset, each: &mut dyn FnMut(&[f64])) -> Result<(), ExchangeError> {
        let (rows, columns) = self.size(path, dataset)?;
        let at_once = (ROWS / columns.max(1)).max(1);
        let (mut at, mut values) = (0, Vec::new());
        while at < rows && columns > 0 {
            let next = rows.min(at + at_once);
            let mut selection = SliceInfo::all(dataset.ndim());
            selection.selections[0] = SliceInfoElem::Slice { start: at, end: next, step: 1 };
            let piece = dataset.read_slice::<Number>(&selection).map_err(|error| self.fault(path, &error))?;
            values.clear();
            values.extend(piece.iter().map(|number| number.0));
            each(&values);
            at = next;
        }
        Ok(())
    }

    /// Hands over rows `from..from + rows` of a column in pieces.
    pub fn column(
        &self,
        path: &str,
        dataset: &Dataset,
        column: u64,
        (from, rows): (u64, u64),
        each: &mut dyn FnMut(&mut Vec<f64>),
    ) -> Result<(), ExchangeError> {
        let mut values = Vec::new();
        let (mut at, end) = (from, from.saturating_add(rows));
        while at < end {
            let next = end.min(at.saturating_add(ROWS));
            let mut selections = vec![SliceInfoElem::Slice { start: at, end: next, step: 1 }];
            if dataset.ndim() == 2 {
                selections.push(SliceInfoElem::Slice { start: column, end: column + 1, step: 1 });
            }
            let piece =
                dataset.read_slice::<Number>(&SliceInfo { selections }).map_err(|error| self.fault(path, &error))?;
            if piece.len() as u64 != next - at {
                return Err(self.wrong(path, format!("{} of its rows", piece.len()), format!("{}", next - at)));
            }
            values.clear();
            values.extend(piece.iter().map(|number| number.0));
            each(&mut values);
            at = next;
        }
        Ok(())
    }
}

/// A fault that the package found, with the place if it knows it.
fn fault(path: &Path, object: &str, error: &Error) -> ExchangeError {
    let path = path.to_owned();
    match error {
        Error::Io(source) => {
            ExchangeError::Unreadable { path, source: std::io::Error::new(source.kind(), source.to_string()) }
        }
        Error::UnexpectedEof { offset, needed, available } => {
            let found = format!("{available} bytes long");
            let fault = Fault::new(*offset, format!("{object} of the HDF5 file"), found, format!("{needed} bytes"));
            ExchangeError::Faulty { path, fault }
        }
        other => {
            let expected = String::from("an intact HDF5 file");
            ExchangeError::Object { path, object: object.to_owned(), found: other.to_string(), expected }
        }
    }
}

/// Whether values of that type are numbers.
pub(crate) fn is_number(datatype: &Datatype) -> bool {
    matches!(datatype, Datatype::FixedPoint { .. } | Datatype::FloatingPoint { .. })
}

/// Name of a type as numerical programs have it.
pub(crate) fn type_name(datatype: &Datatype) -> String {
    match datatype {
        Datatype::FixedPoint { size, signed: true, .. } => format!("int{}", 8 * u32::from(*size)),
        Datatype::FixedPoint { size, .. } => format!("uint{}", 8 * u32::from(*size)),
        Datatype::FloatingPoint { size, .. } => format!("float{}", 8 * u32::from(*size)),
        Datatype::Compound { .. } => String::from("compound"),
        Datatype::Enum { .. } => String::from("enum"),
        _ => String::from("object"),
    }
}

/// The text of an attribute, of variable or fixed length.
pub(crate) fn attribute_text(attribute: &Attribute) -> Option<String> {
    let text = attribute.read_string().ok()?;
    Some(text.trim_end_matches('\0').to_owned())
}

/// An attribute of a group as text.
pub(crate) fn text_of(group: &Group, name: &str) -> Option<String> {
    attribute_text(&group.attribute(name).ok()?)
}

/// An attribute of a data set as text.
pub(crate) fn text_at(dataset: &Dataset, name: &str) -> Option<String> {
    attribute_text(&dataset.attribute(name).ok()?)
}

/// An attribute of a data set as a number.
pub(crate) fn number_at(dataset: &Dataset, name: &str) -> Option<f64> {
    dataset.attribute(name).ok()?.read_1d::<Number>().ok()?.first().map(|number| number.0)
}
