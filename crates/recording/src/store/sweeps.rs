//! `sweeps.parquet`: one row per sweep.
//!
//! | column | type | unit |
//! |---|---|---|
//! | `index` | u32 | – |
//! | `pathway`, `phase` | text | – |
//! | `start_s` | f64 | s |
//! | `stimulus_ms` | list of f64 | ms after the first sample |
//! | `rate_hz` | f64 | Hz |
//! | `scale_mv`, `offset_mv` | f64 | value of a code and of code 0; mV, or pA for currents |
//! | `samples` | list of i16 | codes |

use crate::error::store::StoreError;
use crate::slice::{Phase, Sweep};
use crate::table::frame;
use polars::prelude::{
    ChunkedArray, Column, DataFrame, DataType, Float64Type, Int16Type, IntoColumn, IntoSeries, ListBuilderTrait,
    ListPrimitiveChunkedBuilder, NamedFrom, PlSmallStr, PolarsNumericType, PolarsResult, Series,
};
use std::path::Path;

pub(super) fn encode(sweeps: &[Sweep]) -> PolarsResult<Vec<u8>> {
    let phases: Vec<&str> = sweeps.iter().map(|sweep| sweep.phase.name()).collect();
    let pathways: Vec<&str> = sweeps.iter().map(|sweep| sweep.pathway.as_str()).collect();
    let indices: Vec<u32> = sweeps.iter().map(|sweep| sweep.index).collect();
    let number = |name: &'static str, field: fn(&Sweep) -> f64| {
        let values: Vec<f64> = sweeps.iter().map(field).collect();
        Series::new(PlSmallStr::from_static(name), values).into_column()
    };
    let stimuli = sweeps.iter().map(|sweep| sweep.stimulus_ms.as_slice());
    let samples = sweeps.iter().map(|sweep| sweep.samples.as_slice());
    let columns = vec![
        Series::new(PlSmallStr::from_static("index"), indices).into_column(),
        Series::new(PlSmallStr::from_static("pathway"), pathways).into_column(),
        Series::new(PlSmallStr::from_static("phase"), phases).into_column(),
        number("start_s", |sweep| sweep.start_s),
        list::<Float64Type>("stimulus_ms", DataType::Float64, stimuli),
        number("rate_hz", |sweep| sweep.rate_hz),
        number("scale_mv", |sweep| sweep.scale),
        number("offset_mv", |sweep| sweep.offset),
        list::<Int16Type>("samples", DataType::Int16, samples),
    ];
    frame::to_parquet(&mut DataFrame::new(sweeps.len(), columns)?)
}

/// A column of lists.
fn list<'s, T: PolarsNumericType>(
    name: &'static str,
    inner: DataType,
    rows: impl ExactSizeIterator<Item = &'s [T::Native]> + Clone,
) -> Column {
    let values = rows.clone().map(<[T::Native]>::len).sum();
    let name = PlSmallStr::from_static(name);
    let mut builder = ListPrimitiveChunkedBuilder::<T>::new(name, rows.len(), values, inner);
    rows.for_each(|row| builder.append_slice(row));
    builder.finish().into_series().into_column()
}

pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<Vec<Sweep>, StoreError> {
    let content = frame::from_parquet(bytes).map_err(|found| StoreError::damaged(path, "a Parquet file", found))?;
    let rows = Rows { path, content: &content };
    let index = rows.cast("index", &DataType::UInt32)?;
    let mut index = index.u32().map_err(|e| rows.invalid(e))?.iter();
    let (pathway, phase) = (rows.cast("pathway", &DataType::String)?, rows.cast("phase", &DataType::String)?);
    let mut pathway = pathway.str().map_err(|e| rows.invalid(e))?.iter();
    let mut phase = phase.str().map_err(|e| rows.invalid(e))?.iter();
    let mut start_s = rows.numbers("start_s")?.into_iter();
    let mut rate_hz = rows.numbers("rate_hz")?.into_iter();
    let mut scale = rows.numbers("scale_mv")?.into_iter();
    let mut offset = rows.numbers("offset_mv")?.into_iter();
    let mut stimulus_ms = rows.lists::<Float64Type>("stimulus_ms", DataType::Float64, Series::f64)?.into_iter();
    let mut samples = rows.lists::<Int16Type>("samples", DataType::Int16, Series::i16)?.into_iter();
    let mut sweeps = Vec::with_capacity(content.height());
    for row in 0..content.height() {
        let sweep = (|| {
            Some(Sweep {
                index: index.next()??,
                pathway: pathway.next()??.to_owned(),
                phase: Phase::named(phase.next()??)?,
                start_s: start_s.next()??,
                stimulus_ms: stimulus_ms.next()?,
                rate_hz: rate_hz.next()??,
                scale: scale.next()??,
                offset: offset.next()??,
                samples: samples.next()?,
            })
        })();
        let named = Phase::ALL.map(Phase::name).join(", ");
        sweeps.push(sweep.ok_or_else(|| {
            rows.invalid(format!("row {}: expected a value in every cell and a phase among {named}", row + 1))
        })?);
    }
    Ok(sweeps)
}

/// The rows of a file, with the path for messages.
struct Rows<'f> {
    path: &'f Path,
    content: &'f DataFrame,
}

impl Rows<'_> {
    fn invalid(&self, reason: impl ToString) -> StoreError {
        StoreError::invalid(self.path, reason.to_string())
    }

    /// A column as `dtype`, without loss.
    fn cast(&self, name: &str, dtype: &DataType) -> Result<Series, StoreError> {
        let column = self
            .content
            .column(name)
            .map_err(|_| self.invalid(format!("no column {name}: expected the columns of a slice")))?;
        let series = column.as_materialized_series();
        series
            .strict_cast(dtype)
            .map_err(|_| self.invalid(format!("column {name} holds {}: expected {dtype}", series.dtype())))
    }

    fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, StoreError> {
        let series = self.cast(name, &DataType::Float64)?;
        let numbers = series.f64().map_err(|e| self.invalid(e))?;
        Ok(numbers.iter().collect())
    }

    /// The lists of a column, none missing and none with a gap.
    fn lists<T: PolarsNumericType>(
        &self,
        name: &str,
        inner: DataType,
        flat: fn(&Series) -> PolarsResult<&ChunkedArray<T>>,
    ) -> Result<Vec<Vec<T::Native>>, StoreError> {
        let series = self.cast(name, &DataType::List(Box::new(inner)))?;
        let gap = || self.invalid(format!("column {name} has a missing value: expected none"));
        let lists = series.list().map_err(|e| self.invalid(e))?;
        let mut rows = Vec::with_capacity(lists.len());
        for place in 0..lists.len() {
            let row = lists.get_as_series(place).ok_or_else(gap)?;
            let values = flat(&row).map_err(|e| self.invalid(e))?;
            rows.push(values.iter().collect::<Option<Vec<_>>>().ok_or_else(gap)?);
        }
        Ok(rows)
    }
}
