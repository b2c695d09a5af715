//! What was measured on each sweep, and what happened when.

use crate::error::exchange::ExchangeError;
use crate::nwb::write::export::{Content, NwbExportError};
use crate::nwb::write::sweeps::{Laid, TRIALS};
use crate::nwb::write::writer::Writer;
use recording::SliceKey;
use recording::table::Table;
use results::Entry;
use rust_hdf5::{H5Group, Result};
use std::path::Path;

/// Columns of numbers: name in the results and in the file, factor to the unit of
/// the file, and what it is. 1 mV/ms is 1 V/s.
const NUMBERS: [(&str, &str, f64, &str); 5] = [
    (
        "slope_mv_per_ms",
        "fepsp_slope",
        1.0,
        "slope of the field EPSP in V/s, positive for a response of the expected direction",
    ),
    ("slope_percent", "fepsp_slope_norm_percent", 1.0, "slope in per cent of the mean of the baseline"),
    ("amplitude_mv", "fepsp_amplitude", 1e-3, "amplitude of the field EPSP in V"),
    ("volley_mv", "fiber_volley_amplitude", 1e-3, "amplitude of the fibre volley in V"),
    ("pop_spike_mv", "population_spike_amplitude", 1e-3, "amplitude of the population spike in V"),
];

/// The rows of one slice.
pub(crate) struct Measures {
    sweeps: Vec<i64>,
    numbers: Vec<(usize, Vec<f64>)>,
    decisions: Option<Vec<String>>,
}

/// The table of all slices; `None` if the results have none.
pub(crate) fn read(results: &Path) -> std::result::Result<Option<Table>, NwbExportError> {
    let path = Entry::Measures.within(results);
    if !path.is_file() {
        return Ok(None);
    }
    Ok(Some(Table::read_parquet(&path)?))
}

impl Measures {
    /// The rows of a slice; `None` if there are none.
    pub fn of(table: &Table, key: &SliceKey) -> std::result::Result<Option<Self>, NwbExportError> {
        let fault = ExchangeError::table(Path::new(Entry::Measures.name()));
        let texts = |name: &str| table.texts(name).map_err(&fault);
        let (induction, condition) = (texts("induction")?, texts("condition")?);
        let (animal, slice) = (texts("animal")?, texts("slice")?);
        let number = key.slice.to_string();
        let is_of = |&row: &usize| {
            induction[row] == key.induction
                && condition[row] == key.condition
                && animal[row] == key.animal
                && slice[row] == number
        };
        let rows: Vec<usize> = (0..table.rows()).filter(is_of).collect();
        if rows.is_empty() {
            return Ok(None);
        }
        let all = table.whole_numbers("sweep").map_err(&fault)?;
        let sweeps = rows.iter().map(|&row| all[row]).collect();
        let mut numbers = Vec::new();
        for (place, (name, _, factor, _)) in NUMBERS.iter().enumerate() {
            if table.column(name).is_none() {
                continue;
            }
            let column = table.numbers(name).map_err(&fault)?;
            let values: Vec<f64> = rows.iter().map(|&row| column[row].unwrap_or(f64::NAN) * factor).collect();
            // A column without any number says nothing.
            if values.iter().any(|value| value.is_finite()) {
                numbers.push((place, values));
            }
        }
        let decisions = match (table.column("kept"), table.column("reason")) {
            (Some(_), Some(_)) => {
                let (kept, reasons) = (texts("kept")?, texts("reason")?);
                let decision = |&row: &usize| match (kept[row].as_str(), reasons[row].as_str()) {
                    ("true", _) => String::from("kept"),
                    (_, "") => String::from("left out"),
                    (_, reason) => format!("left out: {reason}"),
                };
                Some(rows.iter().map(decision).collect())
            }
            _ => None,
        };
        Ok(Some(Self { sweeps, numbers, decisions }))
    }
}

pub(crate) fn write(writer: &Writer, content: &Content, laid: &Laid) -> Result<()> {
    let processing = writer.root().group("processing")?;
    let module = writer.typed(&processing, "ecephys", "core", "ProcessingModule")?;
    module.set_attr_string("description", "measures of the field potentials, and the log of the experiment")?;
    if let Some(measures) = &content.measures {
        table(writer, &module, measures, content, laid)?;
    }
    log(writer, &module, content, laid)
}

fn table(writer: &Writer, module: &H5Group, measures: &Measures, content: &Content, laid: &Laid) -> Result<()> {
    // Rows of sweeps that are in the file.
    let indices: Vec<i64> = laid.sweeps(&content.slice).map(|sweep| i64::from(sweep.index)).collect();
    let trial = |&index: &i64| indices.iter().position(|known| *known == index).map(|place| place as i64);
    let (rows, trials): (Vec<usize>, Vec<i64>) =
        measures.sweeps.iter().enumerate().filter_map(|(row, index)| Some((row, trial(index)?))).unzip();
    if rows.len() < 2 {
        return Ok(());
    }
    let mut columns = vec!["trial"];
    columns.extend(measures.numbers.iter().map(|(place, _)| NUMBERS[*place].1));
    columns.extend(measures.decisions.iter().map(|_| "decision"));
    let plan = &content.manifest.analysis;
    let about = format!(
        "one row for each measured sweep; slope between {} and {} of the amplitude",
        plan.slope.low, plan.slope.high
    );
    let kind = ("hdmf-common", "DynamicTable");
    let table = writer.table(module, "fepsp_measures", kind, &about, &columns, rows.len())?;
    writer.rows_of(&table, "trial", "the sweep, a row of the trials", &trials, TRIALS)?;
    for (place, values) in &measures.numbers {
        let (_, name, _, about) = NUMBERS[*place];
        let values: Vec<f64> = rows.iter().map(|&row| values[row]).collect();
        writer.numbers(&table, name, about, &values)?;
    }
    if let Some(decisions) = &measures.decisions {
        let decisions: Vec<&str> = rows.iter().map(|&row| decisions[row].as_str()).collect();
        writer.texts(&table, "decision", "whether the sweep takes part, or why not", &decisions)?;
    }
    Ok(())
}

/// Protocol events between the start and the end of the recording.
fn log(writer: &Writer, module: &H5Group, content: &Content, laid: &Laid) -> Result<()> {
    let zero_s = laid.zero_s;
    let end_s = laid.sweeps(&content.slice).map(crate::nwb::write::sweeps::end_s).fold(0.0, f64::max);
    let mut log = vec![(0.0, String::from("recording begins"))];
    log.extend(content.slice.events.iter().map(|event| (event.time_s - zero_s, event.what.clone())));
    log.push((end_s - zero_s, String::from("recording ends")));
    log.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (times, texts): (Vec<f64>, Vec<String>) = log.into_iter().unzip();
    let (kind, columns) = (("hdmf-common", "DynamicTable"), ["timestamp", "text"]);
    let table = writer.table(module, "annotations", kind, "log of the experiment", &columns, times.len())?;
    writer.numbers(&table, "timestamp", "time in seconds", &times)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    writer.texts(&table, "text", "what happened", &texts)
}
