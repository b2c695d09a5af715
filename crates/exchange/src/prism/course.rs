//! Time courses: the slopes of each slice in bins of the plan.

use crate::prism::error::PrismError;
use crate::prism::grid::Grid;
use crate::prism::legend::note;
use crate::prism::slices::{Names, Results};
use recording::table::{Table, TableError};
use results::Entry;
use std::collections::BTreeMap;
use std::path::Path;

/// Slack in units of the bin width, so that a sweep at a bin's start falls into
/// that bin in spite of rounding.
const SLACK: f64 = 1e-6;

/// Mean slope (% of baseline) of a slice in a bin: sum and number of sweeps.
type Cell = (f64, u32);

/// Bin `k` holds the kept sweeps at `k · width ≤ t < (k + 1) · width` from
/// induction, for each slice by its place among the groups.
pub(crate) struct Bins {
    width_min: f64,
    cells: BTreeMap<i64, BTreeMap<(usize, usize), Cell>>,
}

impl Bins {
    /// Reads `measures.csv`.
    pub fn read(results: &Path, slices: &Results, width_min: f64) -> Result<Self, PrismError> {
        let mut this = Self { width_min, cells: BTreeMap::new() };
        if width_min.is_nan() || width_min <= 0.0 {
            return Ok(this);
        }
        // Names that look like numbers read alike from two CSV files only.
        let path = Entry::MeasuresCsv.within(results);
        let table = Table::read_csv(&path)?;
        let at = |fault| PrismError::Table { path: path.clone(), fault };
        let mut inductions: Vec<&str> = slices.groups.iter().map(|group| group.induction.as_str()).collect();
        inductions.dedup();
        let names = Names::of(&table, &inductions).map_err(at)?;
        // Slices without pathway would get the sweeps of all pathways.
        let several = names.pathway.windows(2).any(|pair| pair[0] != pair[1]);
        if several && slices.groups.iter().any(|group| group.pathway.is_empty()) {
            let fault = TableError::NoColumn { asked: String::from("pathway"), present: Vec::new() };
            return Err(PrismError::Table { path: Entry::Slices.within(results), fault });
        }
        let times = table.numbers("time_min").map_err(at)?;
        let slopes = table.numbers("slope_percent").map_err(at)?;
        let kept = if table.rows() == 0 { Vec::new() } else { table.truths("kept").map_err(at)? };
        for row in 0..table.rows() {
            let (Some(time), Some(slope)) = (times[row], slopes[row]) else { continue };
            let Some(place) = slices.find(&names, row).filter(|_| kept[row]) else { continue };
            let bin = (time / width_min + SLACK).floor() as i64;
            let cell = this.cells.entry(bin).or_default().entry(place).or_insert((0.0, 0));
            *cell = (cell.0 + slope, cell.1 + 1);
        }
        Ok(this)
    }
}

/// Middle of each bin, then a sub-column for each slice of each group.
pub(crate) fn table(results: &Results, bins: &Bins, legend: &mut Grid) -> Grid {
    let most = results.groups.iter().map(|group| group.slices.len()).max().unwrap_or(0);
    let titles = results.groups.iter().flat_map(|group| std::iter::repeat_n(group.title.as_str(), most));
    let mut grid = Grid::titled(std::iter::once("Time from induction (min)").chain(titles));
    let column = |(group, slice): (usize, usize)| 1 + group * most + slice;
    for (row, (bin, cells)) in bins.cells.iter().enumerate() {
        grid.put(row, 0, ((*bin as f64 + 0.5) * bins.width_min).to_string());
        for (&place, &(sum, n)) in cells {
            grid.put(row, column(place), (sum / f64::from(n)).to_string());
        }
    }
    for (group, members) in results.groups.iter().enumerate() {
        for (slice, member) in members.slices.iter().enumerate() {
            note(legend, "time_course.csv", column((group, slice)), None, members, member);
        }
    }
    grid
}
