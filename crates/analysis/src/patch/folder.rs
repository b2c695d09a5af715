//! A results folder of whole-cell recordings: sweeps in, `cells.csv` and
//! `findings.json` out.

use crate::error::AnalysisError;
use crate::patch::cell::{CellMeasures, course_of_cell, measure_cell};
use crate::patch::conclude::conclude_patch;
use crate::patch::findings::PatchFindings;
use crate::patch::reading::Reading;
use recording::atomic;
use recording::table::inert::inert;
use results::{Entry, Results, WholeCellRig};
use std::path::Path;

/// Measures and compares the whole-cell recordings of a results folder; writes
/// `cells.csv` and `findings.json`, each whole or not at all, and returns the findings.
///
/// # Errors
/// [`AnalysisError`] if the manifest, the settings of the rig or a recording cannot
/// be read, there is no recording, or a result cannot be written.
pub fn analyse_patch_folder(results: &Path) -> Result<PatchFindings, AnalysisError> {
    let folder = Results::open(results)?;
    let rig = WholeCellRig::read(results)?;
    let (mut cells, mut courses) = (Vec::new(), Vec::new());
    for stored in folder.slices()? {
        let recording = stored.read()?;
        cells.extend(measure_cell(&recording));
        courses.push(course_of_cell(&recording));
    }
    let cells_recorded = courses.len();
    if cells.is_empty() {
        return Err(AnalysisError::NoRecordings { folder: results.to_owned() });
    }
    let manifest = &folder.manifest;
    let names: Vec<String> = manifest.conditions.iter().map(|condition| condition.name.clone()).collect();
    let statistics = &manifest.statistics;
    let mut findings = conclude_patch(&cells, &courses, &names, &statistics.reference, statistics.interval.value());
    findings.warnings.extend(rig.warnings);
    findings.warnings.splice(0..0, folder.unfinished(cells_recorded));
    let path = Entry::Findings.within(results);
    let json =
        serde_json::to_string_pretty(&findings).map_err(|fault| AnalysisError::Json { path: path.clone(), fault })?;
    atomic::write(&Entry::Cells.within(results), table(&cells).as_bytes())?;
    atomic::write(&path, json.as_bytes())?;
    Ok(findings)
}

/// One row per cell and phase.
fn table(cells: &[CellMeasures]) -> String {
    let mut text = String::from("condition,animal,cell,phase");
    for reading in Reading::ALL {
        text.push_str(&format!(",\"{}\"", reading.title()));
    }
    text.push_str(",\"F-I curve, pA:Hz\"\n");
    for cell in cells {
        let key = &cell.key;
        let quoted = |name: &str| inert(name).replace('"', "\"\"");
        let (condition, animal) = (quoted(&key.condition), quoted(&key.animal));
        text.push_str(&format!("\"{condition}\",\"{animal}\",{},{}", key.slice, cell.phase.name()));
        for reading in Reading::ALL {
            text.push_str(&reading.of(cell).map_or(",".to_owned(), |value| format!(",{value:.4}")));
        }
        let curve: Vec<String> =
            cell.steps.firing.iter().map(|step| format!("{}:{}", step.current_pa, step.rate_hz)).collect();
        text.push_str(&format!(",\"{}\"\n", curve.join(" ")));
    }
    text
}
