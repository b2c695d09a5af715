//! The measures of a slice, from the table of the results.

use crate::error::exchange::ExchangeError;
use crate::nwb::write::error::NwbExportError;
use crate::nwb::write::signal::Signal;
use recording::SliceKey;
use recording::table::Table;
use results::Entry;
use std::path::Path;

/// Columns of numbers of field potentials: name in the results and in the file, factor to the unit of
/// the file, and what it is. 1 mV/ms is 1 V/s.
const FIELD: [Number; 5] = [
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

/// The same of potentials of a cell.
const POTENTIALS: [Number; 3] = [
    (
        "slope_mv_per_ms",
        "epsp_slope",
        1.0,
        "slope of the EPSP in V/s, positive for a response of the expected direction",
    ),
    ("slope_percent", "epsp_slope_norm_percent", 1.0, "slope in per cent of the mean of the baseline"),
    ("amplitude_mv", "epsp_amplitude", 1e-3, "amplitude of the EPSP in V"),
];

/// The same of currents: 1 pA/ms is 1e-9 A/s.
const CURRENTS: [Number; 3] = [
    (
        "slope_pa_per_ms",
        "epsc_slope",
        1e-9,
        "slope of the EPSC in A/s, positive for a response of the expected direction",
    ),
    ("slope_percent", "epsc_slope_norm_percent", 1.0, "slope in per cent of the mean of the baseline"),
    ("amplitude_pa", "epsc_amplitude", 1e-12, "amplitude of the EPSC in A"),
];

/// Name in the results and in the file, factor, what it is.
type Number = (&'static str, &'static str, f64, &'static str);

/// The columns of a signal.
pub(crate) fn numbers(signal: Signal) -> &'static [Number] {
    match signal {
        Signal::Field => &FIELD,
        Signal::VoltageClamp => &CURRENTS,
        Signal::CurrentClamp => &POTENTIALS,
    }
}

/// The rows of one slice.
pub(crate) struct Measures {
    /// Index of the sweep of each row.
    pub sweeps: Vec<i64>,
    /// Place among [`numbers`], and the value of each row.
    pub numbers: Vec<(usize, Vec<f64>)>,
    /// Whether each sweep takes part, or why not.
    pub decisions: Option<Vec<String>>,
}

/// The table of all slices; `None` if the results have none.
pub(crate) fn read(results: &Path) -> Result<Option<Table>, NwbExportError> {
    let path = Entry::Measures.within(results);
    if !path.is_file() {
        return Ok(None);
    }
    Ok(Some(Table::read_parquet(&path)?))
}

impl Measures {
    /// The rows of a slice; `None` if there are none.
    pub fn of(table: &Table, key: &SliceKey, signal: Signal) -> Result<Option<Self>, NwbExportError> {
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
        for (place, (name, _, factor, _)) in self::numbers(signal).iter().enumerate() {
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
