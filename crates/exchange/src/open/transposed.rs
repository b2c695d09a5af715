//! Tables with one row a sweep and the times above the columns.

use crate::csv::trace::TimeUnit;
use crate::error::exchange::ExchangeError;
use crate::heading::{Heading, seconds};
use crate::sheet::sheet::Sheet;
use crate::sweeps::rate::SLACK;
use recording::table::{Column, Table};
use std::path::Path;

/// Titles that make the axis of a table with one row a sweep, at least.
const AXIS: usize = 8;

/// A table with one row a sweep, turned: titles that are even, increasing numbers are
/// times; a column before them names the sweeps. `None` for any other table.
pub(super) fn transposed(
    path: &Path,
    sheet: &Sheet,
    stated: Option<TimeUnit>,
    rate: bool,
) -> Result<Option<Table>, ExchangeError> {
    let titles: Vec<&str> = sheet.table.names().collect();
    let first = titles.iter().position(|title| title.trim().parse::<f64>().is_ok()).unwrap_or(titles.len());
    let times: Option<Vec<f64>> = titles[first..].iter().map(|title| title.trim().parse().ok()).collect();
    let Some(times) = times.filter(|times| times.len() >= AXIS && first < 2) else { return Ok(None) };
    let step = (times[times.len() - 1] - times[0]) / (times.len() - 1) as f64;
    let even = |(place, time): (usize, &f64)| (time - times[0] - place as f64 * step).abs() <= SLACK * step;
    if step <= 0.0 || !step.is_finite() || !times.iter().enumerate().all(even) {
        return Ok(None);
    }
    let head = titles.first().filter(|_| first == 1).map_or_else(|| Heading::of(""), |title| Heading::of(title));
    let unit = stated.map(TimeUnit::text).or(head.unit.filter(|unit| seconds(unit).is_some())).or(rate.then_some("s"));
    let Some(unit) = unit else {
        let found = "one row a sweep, without the unit of the times above the columns";
        let expected = "the first title to say it, as \"sweep (ms)\", or the sampling rate stated in Hz";
        return Err(ExchangeError::Kind { path: path.to_owned(), found, expected });
    };
    if let Some(misfit) = sheet.misfits.first() {
        return Err(misfit.fault(path));
    }
    let fault = ExchangeError::table(path);
    let mut turned = Table::new().with(&format!("time ({unit})"), times).map_err(&fault)?;
    let names = if first == 1 { sheet.table.texts(titles[0]).map_err(&fault)? } else { Vec::new() };
    let columns: Vec<Vec<Option<f64>>> =
        titles[first..].iter().map(|title| sheet.table.numbers(title)).collect::<Result<_, _>>().map_err(&fault)?;
    for row in 0..sheet.table.rows() {
        let named = names.get(row).filter(|name| !name.is_empty()).cloned();
        let name = named.unwrap_or_else(|| format!("sweep {}", row + 1));
        let name = if name.parse::<f64>().is_ok() { format!("sweep {name}") } else { name };
        let cells = columns.iter().map(|column| column[row]).collect();
        turned.push(&name, Column::F64(cells)).map_err(&fault)?;
    }
    Ok(Some(turned))
}
