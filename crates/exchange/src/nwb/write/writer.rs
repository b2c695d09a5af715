//! The objects that an NWB file consists of, as HDF5: typed groups, texts, tables,
//! references. References are set last, when what they name exists.

use recording::digest::sha256_hex;
use rust_hdf5::types::VarLenUnicode;
use rust_hdf5::{DatatypeMessage, H5Dataset, H5File, H5Group, H5Type, Result};
use std::cell::RefCell;
use std::path::Path;

/// Rows of a chunk.
const CHUNK: usize = 8192;
/// Level of deflate.
const LEVEL: u32 = 4;

/// A file that is being written.
pub(crate) struct Writer {
    file: H5File,
    /// Seed of the identifiers of objects.
    seed: String,
    references: RefCell<Vec<(Place, &'static str, String)>>,
}

/// What has an attribute that is a reference.
enum Place {
    Dataset(H5Dataset),
    /// The elements of a data set.
    Elements(H5Dataset),
}

impl Writer {
    pub fn create(path: &Path, seed: &str) -> Result<Self> {
        let file = H5File::options().track_times(false).create(path)?;
        Ok(Self { file, seed: seed.to_owned(), references: RefCell::default() })
    }

    /// A text that the whole file has.
    pub fn root_attribute(&self, name: &str, value: &str) -> Result<()> {
        self.file.set_attr_string(name, value)
    }

    pub fn root(&self) -> H5Group {
        self.file.root_group()
    }

    /// Sets the references and ends the file.
    pub fn close(self) -> Result<()> {
        for (place, name, target) in self.references.into_inner() {
            match place {
                Place::Dataset(dataset) => {
                    dataset.new_attr::<u64>().shape(()).create(name)?.write_object_references(&[&target])?;
                }
                Place::Elements(dataset) => dataset.write_object_references(&[&target])?,
            }
        }
        self.file.close()
    }

    /// A group of a type of the schema.
    pub fn typed(&self, within: &H5Group, name: &str, namespace: &str, kind: &str) -> Result<H5Group> {
        let group = within.create_group(name)?;
        group.set_attr_string("namespace", namespace)?;
        group.set_attr_string("neurodata_type", kind)?;
        group.set_attr_string("object_id", &self.identifier(&format!("{}/{name}", within.name())))?;
        Ok(group)
    }

    /// An identifier that depends on the seed and the place only, in the form of a
    /// UUID (version 5: from a hash).
    pub fn identifier(&self, place: &str) -> String {
        uuid(&format!("{}\n{place}", self.seed))
    }

    fn is_typed(&self, dataset: &H5Dataset, namespace: &str, kind: &str, place: &str) -> Result<()> {
        text_attribute(dataset, "namespace", namespace)?;
        text_attribute(dataset, "neurodata_type", kind)?;
        text_attribute(dataset, "object_id", &self.identifier(place))
    }

    /// A table: its group and the titles of its columns; the row numbers are written.
    pub fn table(
        &self,
        within: &H5Group,
        name: &str,
        (namespace, kind): (&str, &str),
        description: &str,
        columns: &[&str],
        rows: usize,
    ) -> Result<H5Group> {
        let table = self.typed(within, name, namespace, kind)?;
        table.set_attr_string("description", description)?;
        table.set_attr_string_array("colnames", columns)?;
        let rows: Vec<i64> = (0..rows as i64).collect();
        let id = numbers(&table, "id", &rows)?;
        self.is_typed(&id, "hdmf-common", "ElementIdentifiers", &format!("{}/id", table.name()))?;
        Ok(table)
    }

    fn column(&self, dataset: &H5Dataset, table: &H5Group, name: &str, description: &str) -> Result<()> {
        text_attribute(dataset, "description", description)?;
        self.is_typed(dataset, "hdmf-common", "VectorData", &format!("{}/{name}", table.name()))
    }

    /// A column of numbers.
    pub fn numbers<T: H5Type>(&self, table: &H5Group, name: &str, about: &str, values: &[T]) -> Result<()> {
        self.column(&numbers(table, name, values)?, table, name, about)
    }

    /// A column of texts.
    pub fn texts(&self, table: &H5Group, name: &str, about: &str, values: &[&str]) -> Result<()> {
        self.column(&table.write_vlen_strings(name, values)?, table, name, about)
    }

    /// A column with a reference to one object, for a table of one row.
    pub fn reference(&self, table: &H5Group, name: &str, about: &str, target: &str) -> Result<()> {
        let dataset = table.new_dataset::<u64>().object_references().shape([1]).create(name)?;
        self.column(&dataset, table, name, about)?;
        self.references.borrow_mut().push((Place::Elements(dataset), "", target.to_owned()));
        Ok(())
    }

    /// A column of rows of another table.
    pub fn rows_of(&self, table: &H5Group, name: &str, about: &str, rows: &[i64], target: &str) -> Result<()> {
        let dataset = numbers(table, name, rows)?;
        text_attribute(&dataset, "description", about)?;
        self.is_typed(&dataset, "hdmf-common", "DynamicTableRegion", &format!("{}/{name}", table.name()))?;
        self.references.borrow_mut().push((Place::Dataset(dataset), "table", target.to_owned()));
        Ok(())
    }
}

/// A text in the form of a UUID of version 5.
fn uuid(text: &str) -> String {
    let hash = sha256_hex(text.as_bytes());
    format!("{}-{}-5{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// A scalar text. Of fixed length, in UTF-8.
pub(crate) fn text(within: &H5Group, name: &str, value: &str) -> Result<H5Dataset> {
    // No text of length 0 in HDF5.
    let value = if value.is_empty() { "none" } else { value };
    let size = u32::try_from(value.len()).unwrap_or(u32::MAX);
    let datatype = DatatypeMessage::fixed_string_utf8(size);
    let dataset = within.new_dataset::<u8>().datatype(datatype).scalar().create(name)?;
    dataset.write_raw_bytes(value.as_bytes())?;
    Ok(dataset)
}

/// A list of numbers, uncompressed.
fn numbers<T: H5Type>(within: &H5Group, name: &str, values: &[T]) -> Result<H5Dataset> {
    let dataset = within.new_dataset::<T>().shape([values.len()]).create(name)?;
    dataset.write_raw(values)?;
    Ok(dataset)
}

/// Many numbers, compressed; `columns` is 0 for one dimension.
pub(crate) fn samples<T: H5Type>(within: &H5Group, name: &str, values: &[T], columns: usize) -> Result<H5Dataset> {
    let rows = values.len() / columns.max(1);
    let chunk = rows.clamp(1, CHUNK);
    let builder = within.new_dataset::<T>();
    let builder = match columns {
        0 => builder.shape([rows]).chunk(&[chunk]),
        _ => builder.shape([rows, columns]).chunk(&[chunk, columns]),
    };
    let dataset = builder.shuffle_deflate(LEVEL).create(name)?;
    dataset.write_raw(values)?;
    Ok(dataset)
}

/// An attribute that is a text.
pub(crate) fn text_attribute(dataset: &H5Dataset, name: &str, value: &str) -> Result<()> {
    dataset.new_attr::<VarLenUnicode>().shape(()).create(name)?.write_string(value)
}

/// An attribute that is a number.
pub(crate) fn number_attribute<T: H5Type>(dataset: &H5Dataset, name: &str, value: T) -> Result<()> {
    dataset.new_attr::<T>().shape(()).create(name)?.write_numeric(&value)
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn identifiers_have_the_form_of_a_uuid() {
        let id = uuid("a");
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert!(id.as_bytes()[14] == b'5' && id.as_bytes()[19] == b'8', "{id}");
        assert_ne!(id, uuid("b"));
    }
}
