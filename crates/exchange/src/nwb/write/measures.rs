//! What was measured on each sweep, and what happened when.

use crate::nwb::write::content::Content;
use crate::nwb::write::measured::{Measures, numbers};
use crate::nwb::write::signal::Signal;
use crate::nwb::write::sweeps::{Laid, TRIALS, end_s};
use crate::nwb::write::writer::Writer;
use rust_hdf5::{H5Group, Result};

/// Writes the processing module of the slice.
pub(crate) fn write(writer: &Writer, content: &Content, laid: &Laid) -> Result<()> {
    let processing = writer.root().group("processing")?;
    let (name, what) = match content.signal {
        Signal::Field => ("ecephys", "field potentials"),
        Signal::VoltageClamp => ("icephys", "currents"),
        Signal::CurrentClamp => ("icephys", "potentials of the cell"),
    };
    let module = writer.typed(&processing, name, "core", "ProcessingModule")?;
    module.set_attr_string("description", &format!("measures of the {what}, and the log of the experiment"))?;
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
    let known = numbers(content.signal);
    columns.extend(measures.numbers.iter().map(|(place, _)| known[*place].1));
    columns.extend(measures.decisions.iter().map(|_| "decision"));
    let plan = &content.manifest.analysis;
    let [low, high] = plan.slope.shares();
    let about = format!("one row for each measured sweep; slope between {low} and {high} of the amplitude");
    let kind = ("hdmf-common", "DynamicTable");
    let name = format!("{}_measures", content.signal.response().to_ascii_lowercase());
    let table = writer.table(module, &name, kind, &about, &columns, rows.len())?;
    writer.rows_of(&table, "trial", "the sweep, a row of the trials", &trials, TRIALS)?;
    for (place, values) in &measures.numbers {
        let (_, name, _, about) = known[*place];
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
    let end_s = laid.sweeps(&content.slice).map(end_s).fold(0.0, f64::max);
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
