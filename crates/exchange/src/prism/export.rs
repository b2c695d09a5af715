//! Results as tables in the shapes that GraphPad Prism takes, as CSV or as one project
//! (`.pzfx`).
//!
//! | file | table type in Prism | content |
//! |---|---|---|
//! | `potentiation.csv`, `short_term.csv`, `baseline_slope.csv` | column | a column for each group, a row for each slice |
//! | `potentiation_nested.csv` | nested | as above, with a sub-column for each animal |
//! | `time_course.csv` | XY, replicates side by side | bins of the slope in % of baseline, a sub-column for each slice |
//! | `legend.csv` | – | which slice of which animal is in which cell or column |
//! | `excluded.csv` | – | slices that are in none of the tables, with the reason |
//!
//! A group is a condition under an induction (and a pathway, if there are
//! several). Sub-columns are padded to the same number in each group, as Prism
//! wants them, and each bears the title of its group.

use crate::prism::course;
use crate::prism::course::Bins;
use crate::prism::error::PrismError;
use crate::prism::grid::Grid;
use crate::prism::legend::note;
use crate::prism::project::{Kind, Sheet, project};
use crate::prism::slices::{Results, Value};
use recording::atomic;
use results::folder::slug::slug;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub struct PrismExport {
    /// The files, in the order of writing.
    pub files: Vec<PathBuf>,
    /// Groups, in the order of their columns.
    pub groups: Vec<String>,
    /// Slices in the tables.
    pub slices: usize,
    /// Slices in none of them.
    pub excluded: usize,
}

/// Writes the tables of a results folder into the folder `out`, which is made if
/// need be; files of an earlier export are replaced.
///
/// # Errors
/// [`PrismError`].
pub fn export(results: &Path, out: &Path) -> Result<PrismExport, PrismError> {
    let sheets = Sheets::of(results)?;
    std::fs::create_dir_all(out).map_err(|source| PrismError::Folder { path: out.to_owned(), source })?;
    let mut files = Vec::new();
    let mut write = |name: &str, text: String| -> Result<(), PrismError> {
        let path = out.join(name);
        atomic::write(&path, text.as_bytes())?;
        files.push(path);
        Ok(())
    };
    for sheet in sheets.tables.iter().chain([&sheets.legend, &sheets.excluded]) {
        write(&format!("{}.csv", sheet.name), sheet.grid.to_csv())?;
    }
    Ok(sheets.written(files))
}

/// Writes all tables of a results folder as one project of Prism, `NAME.pzfx` in the
/// folder `out`; the legend and the slices left out are tables of it as well.
///
/// # Errors
/// [`PrismError`].
pub fn export_project(results: &Path, out: &Path) -> Result<PrismExport, PrismError> {
    let sheets = Sheets::of(results)?;
    std::fs::create_dir_all(out).map_err(|source| PrismError::Folder { path: out.to_owned(), source })?;
    let path = out.join(format!("{}.pzfx", slug(&sheets.about.0)));
    let (name, title) = &sheets.about;
    atomic::write(&path, project(&format!("{name}: {title}"), &sheets.tables, &sheets.notes()).as_bytes())?;
    Ok(sheets.written(vec![path]))
}

/// The tables, their legend, and the slices that are in none.
struct Sheets {
    /// Name and title of the experiment.
    about: (String, String),
    tables: Vec<Sheet>,
    legend: Sheet,
    excluded: Sheet,
    groups: Vec<String>,
    slices: usize,
}

impl Sheets {
    fn of(results: &Path) -> Result<Self, PrismError> {
        let manifest = results::Results::open(results)?.manifest;
        let read = Results::read(results, &manifest)?;
        let bins = Bins::read(results, &read, manifest.analysis.bin.min())?;
        let mut legend = Grid::titled(["table", "column", "row", "group", "animal", "slice"]);
        let sheet = |name: &'static str, kind, grid| Sheet { name, kind, grid };
        let mut tables = Vec::new();
        for (name, value) in COLUMN_TABLES {
            if read.has(value) {
                tables.push(sheet(name, Kind::Column, column_table(&read, name, value, &mut legend)));
            }
        }
        tables.push(sheet("potentiation_nested", Kind::Grouped, nested_table(&read, &mut legend)));
        tables.push(sheet("time_course", Kind::Xy, course::table(&read, &bins, &mut legend)));
        let slices = read.groups.iter().map(|group| group.slices.len()).sum();
        let groups = read.groups.iter().map(|group| group.title.clone()).collect();
        let (legend, excluded) =
            (sheet("legend", Kind::Words, legend), sheet("excluded", Kind::Words, excluded_table(&read)));
        Ok(Self { about: (manifest.name, manifest.title), tables, legend, excluded, groups, slices })
    }

    /// What the tables do not say themselves, a line each.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![String::from("Which slice is where (table, column, row, group, animal, slice):")];
        notes.extend(self.legend.grid.lines());
        notes.push(String::from("Left out (group, animal, slice, reason):"));
        notes.extend(self.excluded.grid.lines());
        notes
    }

    fn written(self, files: Vec<PathBuf>) -> PrismExport {
        PrismExport { files, groups: self.groups, slices: self.slices, excluded: self.excluded.grid.rows() }
    }
}

/// Tables of one number for each slice, with their names.
const COLUMN_TABLES: [(&str, Value); 3] =
    [("potentiation", Value::Potentiation), ("short_term", Value::ShortTerm), ("baseline_slope", Value::Baseline)];

/// A column for each group, the slices below one another.
fn column_table(results: &Results, name: &str, value: Value, legend: &mut Grid) -> Grid {
    let mut grid = Grid::titled(results.groups.iter().map(|group| group.title.as_str()));
    for (column, group) in results.groups.iter().enumerate() {
        let values = group.slices.iter().filter_map(|slice| Some((slice, slice.value(value)?)));
        for (row, (slice, value)) in values.enumerate() {
            grid.put(row, column, value.to_string());
            note(legend, &format!("{name}.csv"), column, Some(row), group, slice);
        }
    }
    grid
}

/// A sub-column for each animal of each group, its slices below one another.
fn nested_table(results: &Results, legend: &mut Grid) -> Grid {
    let most = results.groups.iter().map(|group| group.animals().len()).max().unwrap_or(0);
    let titles = results.groups.iter().flat_map(|group| std::iter::repeat_n(group.title.as_str(), most));
    let mut grid = Grid::titled(titles);
    for (place, group) in results.groups.iter().enumerate() {
        for (animal, name) in group.animals().into_iter().enumerate() {
            let column = place * most + animal;
            for (row, slice) in group.slices.iter().filter(|slice| slice.animal == name).enumerate() {
                if let Some(value) = slice.value(Value::Potentiation) {
                    grid.put(row, column, value.to_string());
                    note(legend, "potentiation_nested.csv", column, Some(row), group, slice);
                }
            }
        }
    }
    grid
}

/// Slices left out, with the reason.
fn excluded_table(results: &Results) -> Grid {
    let mut grid = Grid::titled(["group", "animal", "slice", "reason"]);
    for (row, (title, slice)) in results.excluded.iter().enumerate() {
        for (column, cell) in [title, &slice.animal, &slice.slice, &slice.reason].into_iter().enumerate() {
            grid.put(row, column, cell.clone());
        }
    }
    grid
}
