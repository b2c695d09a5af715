//! Tables as Parquet files.

use crate::error::table::TableError;
use crate::table::table::{Column, Table};
use crate::table::{foreign, frame, seal};
use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, PlSmallStr, Series};

pub(super) fn write(table: &Table) -> Result<Vec<u8>, TableError> {
    let plain = frame::to_parquet(&mut data_frame(table)?).map_err(|error| TableError::Parquet(error.to_string()))?;
    seal::seal(plain).ok_or_else(|| TableError::Parquet(String::from("no footer was written")))
}

pub(super) fn read(bytes: &[u8]) -> Result<Table, TableError> {
    if !seal::is_intact(bytes) {
        let reason = "it is damaged, or written by another program; expected its checksum to match";
        return Err(TableError::Parquet(String::from(reason)));
    }
    table(bytes)
}

/// Reads a file of another program: no checksum says that it is whole, so its
/// headers are looked through before.
pub(super) fn read_foreign(bytes: &[u8]) -> Result<Table, TableError> {
    foreign::check(bytes).map_err(TableError::Parquet)?;
    table(bytes)
}

fn table(bytes: &[u8]) -> Result<Table, TableError> {
    let content = frame::from_parquet(bytes).map_err(TableError::Parquet)?;
    let mut table = Table::new();
    for column in content.columns() {
        let values = values(column.as_materialized_series())?;
        table.push(column.name().as_str(), values)?;
    }
    Ok(table)
}

/// The table as a data frame; NaN becomes a missing value.
pub(super) fn data_frame(table: &Table) -> Result<DataFrame, TableError> {
    let column = |(name, column): (&str, &Column)| {
        let name = PlSmallStr::from_str(name);
        match column {
            Column::F64(values) => Series::new(name, numbers(values).collect::<Vec<_>>()),
            Column::I64(values) => Series::new(name, values),
            Column::Text(values) => Series::new(name, values),
            Column::Bool(values) => Series::new(name, values),
        }
        .into_column()
    };
    DataFrame::new(table.rows(), table.columns().map(column).collect())
        .map_err(|error| TableError::Parquet(error.to_string()))
}

fn numbers(values: &[Option<f64>]) -> impl Iterator<Item = Option<f64>> {
    values.iter().map(|x| x.filter(|x| !x.is_nan()))
}

/// The values of a series of the types that [`data_frame`] makes.
fn values(series: &Series) -> Result<Column, TableError> {
    let unfit = |_| TableError::Kind {
        column: series.name().to_string(),
        expected: "numbers, text or true/false",
        found: series.dtype().to_string(),
    };
    Ok(match series.dtype() {
        DataType::Float64 => Column::F64(series.f64().map_err(unfit)?.iter().collect()),
        DataType::Int64 => Column::I64(series.i64().map_err(unfit)?.iter().collect()),
        DataType::Float32 => Column::F64(series.f32().map_err(unfit)?.iter().map(|x| x.map(f64::from)).collect()),
        DataType::Int32 => Column::I64(series.i32().map_err(unfit)?.iter().map(|x| x.map(i64::from)).collect()),
        DataType::UInt32 => Column::I64(series.u32().map_err(unfit)?.iter().map(|x| x.map(i64::from)).collect()),
        DataType::Int16 => Column::I64(series.i16().map_err(unfit)?.iter().map(|x| x.map(i64::from)).collect()),
        DataType::UInt8 => Column::I64(series.u8().map_err(unfit)?.iter().map(|x| x.map(i64::from)).collect()),
        DataType::UInt64 => Column::F64(series.u64().map_err(unfit)?.iter().map(|x| x.map(|x| x as f64)).collect()),
        DataType::Boolean => Column::Bool(series.bool().map_err(unfit)?.iter().collect()),
        _ => {
            let texts = series.str().map_err(unfit)?;
            Column::Text(texts.iter().map(|text| text.map(str::to_owned)).collect())
        }
    })
}
