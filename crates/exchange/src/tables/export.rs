//! The tables of a results folder as one workbook (XLSX) or as files (CSV, Parquet):
//! slices, measures, parameters, mechanism, and the data of every figure panel.

use crate::error::exchange::ExchangeError;
use crate::tables::error::TablesError;
use crate::tables::workbook;
use recording::atomic;
use recording::table::{Table, TableError};
use results::manifest::Origin;
use results::{Entry, Manifest, Results};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the tables become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One workbook with a sheet for each table.
    Xlsx,
    /// A file of comma-separated values for each table.
    Csv,
    /// A Parquet file for each table.
    Parquet,
}

/// The tables at the top of a results folder; the first file that is there is read.
const TABLES: [(&str, &[Entry]); 4] = [
    ("slices", &[Entry::Slices]),
    ("measures", &[Entry::Measures, Entry::MeasuresCsv]),
    ("parameters", &[Entry::Parameters]),
    ("mechanism", &[Entry::MechanismTable]),
];

/// Writes the tables of a results folder: `tables.xlsx` in the folder `out`, or a
/// file for each table there. Gives the paths.
///
/// # Errors
/// [`TablesError`].
pub fn export(results: &Path, out: &Path, shape: Shape) -> Result<Vec<PathBuf>, TablesError> {
    let manifest = Results::open(results)?.manifest;
    let tables = tables(results)?;
    if tables.is_empty() {
        return Err(TablesError::Empty { path: results.to_owned() });
    }
    fs::create_dir_all(out).map_err(|source| TablesError::Folder { path: out.to_owned(), source })?;
    if shape == Shape::Xlsx {
        let path = out.join("tables.xlsx");
        atomic::write(&path, &workbook::of(&about(&manifest, out)?, &tables)?)?;
        return Ok(vec![path]);
    }
    let mut files = Vec::new();
    for (name, table) in &tables {
        let path = out.join(format!("{name}.{}", if shape == Shape::Csv { "csv" } else { "parquet" }));
        if shape == Shape::Csv {
            table.write_csv(&path)?
        } else {
            table.write_parquet(&path)?
        }
        files.push(path);
    }
    Ok(files)
}

/// All tables with their names: figures as `figure-NAME`.
fn tables(results: &Path) -> Result<Vec<(String, Table)>, TablesError> {
    let mut tables = Vec::new();
    for (name, files) in TABLES {
        if let Some(path) = files.iter().map(|file| file.within(results)).find(|path| path.is_file()) {
            let is_parquet = path.extension().is_some_and(|ending| ending == "parquet");
            tables.push((
                name.to_owned(),
                if is_parquet { Table::read_parquet(&path)? } else { Table::read_csv(&path)? },
            ));
        }
    }
    let figures = Entry::Figures.within(results);
    if figures.is_dir() {
        let unreadable = |source| TablesError::Folder { path: figures.clone(), source };
        let entries: io::Result<Vec<_>> = fs::read_dir(&figures).map_err(unreadable)?.collect();
        let mut paths: Vec<PathBuf> = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
        paths.sort();
        for path in paths {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            tables.push((format!("figure-{name}"), Table::read_csv(&path)?));
        }
    }
    Ok(tables)
}

/// What the tables rest on, for the first sheet.
fn about(manifest: &Manifest, out: &Path) -> Result<Table, TablesError> {
    let origin = match manifest.origin {
        Origin::Simulated => "simulated: in-silico slices, no animal was used",
        Origin::Recorded => Entry::Recorded.name(),
    };
    let rows = [
        ("title", manifest.title.clone()),
        ("name", manifest.name.clone()),
        ("origin", origin.to_owned()),
        ("program", manifest.program.clone()),
        ("seed", manifest.seed.to_string()),
        ("input SHA-256", manifest.input_sha256.clone()),
    ];
    let (keys, values): (Vec<String>, Vec<String>) =
        rows.into_iter().map(|(key, value)| (key.to_owned(), value)).unzip();
    let table = |fault: TableError| TablesError::Table(ExchangeError::Table { path: out.to_owned(), fault });
    Table::new().with("what", keys).and_then(|about| about.with("value", values)).map_err(table)
}
