//! Every group and data set of an HDF5 file in short, for inspection.

use crate::error::exchange::ExchangeError;
use crate::nwb::read::hdf::{Hdf, attribute_text, is_number, type_name};
use crate::nwb::read::number::Number;
use crate::sweeps::statistics::{ChannelStatistics, Running};
use hdf5_reader::group::Group;
use hdf5_reader::{Attribute, Dataset, Datatype};
use serde::Serialize;
use std::collections::BTreeMap;

/// Texts that are shown of a data set.
const SHOWN: usize = 5;
/// Groups within groups that are looked into.
const DEEPEST: usize = 12;
/// Objects that are listed.
const MOST: usize = 20_000;

/// The value of an attribute, or the texts of a data set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Several texts.
    Texts(Vec<String>),
    /// Several numbers.
    Numbers(Vec<f64>),
}

/// A group or data set of an HDF5 file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Object {
    /// `group` or `dataset`.
    pub kind: &'static str,
    /// The attributes; references are `<ref>`.
    pub attrs: BTreeMap<String, Value>,
    /// Lengths of the dimensions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<Vec<u64>>,
    /// Type of the values: `int16`, `float64`, `object` for texts and references.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dtype: Option<String>,
    /// Lengths of a chunk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunks: Option<Vec<u32>>,
    /// The first texts; a text of no dimension is the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Value>,
    /// The numbers as stored, in numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<ChannelStatistics>,
    /// Why its content cannot be read, such as a filter that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// All objects by path. What a link leads to is listed under the link, too, but
/// no group within itself.
pub(crate) fn all(hdf: &Hdf) -> Result<BTreeMap<String, Object>, ExchangeError> {
    let mut objects = BTreeMap::new();
    collect(hdf, &hdf.root()?, String::new(), &mut Vec::new(), &mut objects)?;
    Ok(objects)
}

fn collect(
    hdf: &Hdf,
    group: &Group,
    path: String,
    above: &mut Vec<u64>,
    objects: &mut BTreeMap<String, Object>,
) -> Result<(), ExchangeError> {
    let failed = |error| hdf.fault(&path, &error);
    let attrs = attributes(group.attributes().map_err(failed)?);
    objects.insert(
        if path.is_empty() { String::from("/") } else { path.clone() },
        Object { kind: "group", attrs, ..Object::empty() },
    );
    if above.contains(&group.address()) || above.len() > DEEPEST {
        return Ok(());
    }
    let (mut groups, mut datasets) = group.member_names().map_err(failed)?;
    groups.sort();
    datasets.sort();
    for name in datasets {
        if objects.len() >= MOST {
            return Ok(());
        }
        let place = format!("{path}/{name}");
        let object = match group.dataset(&name) {
            Ok(dataset) => described(hdf, &place, &dataset),
            Err(error) => Object { fault: Some(hdf.fault(&place, &error).to_string()), ..Object::empty() },
        };
        objects.insert(place, object);
    }
    above.push(group.address());
    for name in groups {
        let place = format!("{path}/{name}");
        let child = group.group(&name).map_err(|error| hdf.fault(&place, &error))?;
        if objects.len() < MOST {
            collect(hdf, &child, place, above, objects)?;
        }
    }
    above.pop();
    Ok(())
}

impl Object {
    fn empty() -> Self {
        let attrs = BTreeMap::new();
        Self { kind: "dataset", attrs, shape: None, dtype: None, chunks: None, first: None, values: None, fault: None }
    }
}

fn described(hdf: &Hdf, path: &str, dataset: &Dataset) -> Object {
    let mut object = Object {
        attrs: attributes(dataset.attributes()),
        shape: Some(dataset.shape().to_vec()),
        dtype: Some(type_name(dataset.dtype())),
        chunks: dataset.chunks(),
        ..Object::empty()
    };
    if is_number(dataset.dtype()) && dataset.ndim() <= 2 {
        match numbers(hdf, path, dataset) {
            Ok(values) => object.values = Some(values),
            Err(error) => object.fault = Some(error.to_string()),
        }
    } else if let Some(mut texts) = hdf.texts(dataset) {
        object.first = match texts.len() {
            1 if dataset.ndim() == 0 => texts.pop().map(Value::Text),
            _ => {
                texts.truncate(SHOWN);
                Some(Value::Texts(texts))
            }
        };
    }
    object
}

/// The numbers of a data set in the order of storage.
fn numbers(hdf: &Hdf, path: &str, dataset: &Dataset) -> Result<ChannelStatistics, ExchangeError> {
    let mut running = Running::new(0, 0);
    if dataset.ndim() == 0 {
        running.add(&hdf.numbers(dataset, 1).unwrap_or_default());
        return Ok(running.finish());
    }
    hdf.rows(path, dataset, &mut |values| running.add(values))?;
    Ok(running.finish())
}

fn attributes(attributes: Vec<Attribute>) -> BTreeMap<String, Value> {
    attributes.into_iter().map(|attribute| (attribute.name.clone(), value(&attribute))).collect()
}

fn value(attribute: &Attribute) -> Value {
    if is_number(&attribute.datatype) {
        let numbers: Vec<f64> =
            attribute.read_1d::<Number>().unwrap_or_default().into_iter().map(|number| number.0).collect();
        return match numbers[..] {
            [number] if attribute.shape.is_empty() => Value::Number(number),
            _ => Value::Numbers(numbers),
        };
    }
    if let Datatype::Reference { .. } = attribute.datatype {
        return Value::Text(String::from("<ref>"));
    }
    match attribute_text(attribute) {
        Some(text) if attribute.shape.is_empty() => Value::Text(text),
        _ => attribute.read_strings().map_or_else(|_| Value::Text(String::from("?")), Value::Texts),
    }
}
