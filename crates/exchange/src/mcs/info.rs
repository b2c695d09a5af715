//! What a stream says of its channels: a table of records, one for each channel.
//!
//! A value is `(code − ADZero) · ConversionFactor · 10^Exponent`.
//!
//! Format: "MCS HDF5 raw data protocol" of Multi Channel Systems (McsPyDataTools).

use crate::binary::text::{label, text};
use crate::error::exchange::ExchangeError;
use crate::nwb::read::hdf::Hdf;
use crate::nwb::read::number::Number;
use hdf5_reader::{Dataset, Datatype, H5Type};

/// Most channels.
const CHANNELS: u64 = 4096;
/// Longest label, bytes.
const LABEL: u32 = 1024;
/// Largest exponent of ten.
const LARGEST: f64 = 30.0;

/// A channel of a stream.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub name: String,
    pub unit: String,
    /// Its row among the data.
    pub row: u64,
    pub scale: f64,
    /// The code that is 0.
    pub zero: f64,
    /// From sample to sample, µs.
    pub tick_us: f64,
}

/// The channels of a stream.
pub(crate) fn channels(hdf: &Hdf, path: &str) -> Result<Vec<Channel>, ExchangeError> {
    let missing = || hdf.wrong(path, "no table of channels", "the data set InfoChannel");
    let dataset = hdf.dataset(path).ok_or_else(missing)?;
    hdf.within(path, &dataset)?;
    let count = dataset.num_elements().map_err(|error| hdf.fault(path, &error))?;
    if count > CHANNELS {
        return Err(hdf.wrong(path, format!("{count} channels"), format!("{CHANNELS} at most")));
    }
    let raw = dataset.read_raw_bytes().map_err(|error| hdf.fault(path, &error))?;
    let size = dataset.raw_element_size().map_err(|error| hdf.fault(path, &error))?;
    raw.chunks_exact(size.max(1)).map(|record| channel(hdf, path, &Record { dataset: &dataset, record })).collect()
}

/// One record with the types of its fields.
struct Record<'r> {
    dataset: &'r Dataset,
    record: &'r [u8],
}

impl Record<'_> {
    /// The type and the bytes from the start of a field on.
    fn field(&self, name: &str) -> Option<(&Datatype, &[u8])> {
        let Datatype::Compound { fields, .. } = self.dataset.dtype() else {
            return None;
        };
        let field = fields.iter().find(|field| field.name == name)?;
        let bytes = self.record.get(usize::try_from(field.byte_offset).ok()?..)?;
        match &field.datatype {
            Datatype::Array { base, .. } => Some((base, bytes)),
            other => Some((other, bytes)),
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        let (datatype, bytes) = self.field(name)?;
        Number::from_bytes(bytes, datatype).ok().map(|number| number.0)
    }

    fn text(&self, name: &str) -> Option<String> {
        let (datatype, bytes) = self.field(name)?;
        if let Datatype::VarLen { .. } = datatype {
            let reference = bytes.get(..self.dataset.vlen_reference_size())?;
            let length = u32::from_le_bytes(*reference.first_chunk()?);
            if length > LABEL {
                return None;
            }
            return self.dataset.resolve_vlen_reference_bytes(reference, 1).ok().map(|bytes| text(&bytes));
        }
        match datatype {
            Datatype::String { .. } => Some(text(bytes.get(..self.fixed(name)?.min(bytes.len()))?)),
            _ => None,
        }
    }

    /// Length of a text of fixed length: up to the next field.
    fn fixed(&self, name: &str) -> Option<usize> {
        let Datatype::Compound { size, fields } = self.dataset.dtype() else {
            return None;
        };
        let at = fields.iter().find(|field| field.name == name)?.byte_offset;
        let next = fields.iter().map(|field| field.byte_offset).filter(|other| *other > at).min().unwrap_or(*size);
        usize::try_from(next - at).ok()
    }
}

fn channel(hdf: &Hdf, path: &str, record: &Record) -> Result<Channel, ExchangeError> {
    let number = |name: &str| {
        let found = record.number(name).filter(|number| number.is_finite());
        found.ok_or_else(|| hdf.wrong(path, format!("no number {name}"), "the fields of the MCS protocol"))
    };
    let exponent = number("Exponent")?;
    let tick_us = number("Tick")?;
    let row = number("RowIndex")?;
    if exponent.abs() > LARGEST || tick_us <= 0.0 || row < 0.0 {
        let found = format!("exponent {exponent}, tick {tick_us} µs, row {row}");
        return Err(hdf.wrong(path, found, "an exponent of 30 at most, a tick above 0, a row of 0 or more"));
    }
    let name = record.text("Label").unwrap_or_default();
    Ok(Channel {
        name: label(&name),
        unit: label(&record.text("Unit").unwrap_or_default()),
        row: row as u64,
        scale: number("ConversionFactor")? * 10_f64.powi(exponent as i32),
        zero: number("ADZero")?,
        tick_us,
    })
}
