//! The exclusion log (ARRIVE 2.0, items 3a and 3b): which slices and sweeps take
//! no part, by which rule or by whose decision, and at which stage.

use crate::carry_out::blinding::Key;
use crate::error::StudyError;
use crate::file::file::StudyFile;
use recording::table::Table;
use results::manifest::Blinding;
use results::{Entry, Results};
use std::path::Path;

/// Stage of a decision in a study without codes.
pub(crate) const NOT_BLINDED: &str = "not blinded";
/// Stage of a decision before anyone knew what the codes stand for.
pub(crate) const BLINDED: &str = "before unblinding";

/// One decision about a slice or some sweeps.
#[derive(Clone, Debug, PartialEq)]
struct Decision {
    condition: String,
    animal: String,
    slice: String,
    what: String,
    taken: bool,
    reason: String,
}

/// Writes the log of a results folder again from the study file in it. That of a study
/// that was unblinded stays: its conditions are told by a key that is not there.
///
/// # Errors
/// [`StudyError`] if the study file, the manifest or `slices.csv` cannot be read, or the
/// log not written.
pub fn write_exclusions(results: &Path) -> Result<(), StudyError> {
    let stage = match Results::open(results)?.manifest.blinding {
        Some(Blinding::Unblinded { .. }) => return Ok(()),
        Some(Blinding::Blinded { .. }) => BLINDED,
        None => NOT_BLINDED,
    };
    let (file, _) = StudyFile::read(&Entry::Study.within(results))?;
    write(&file, results, stage)
}

/// Writes the log of a results folder from its `slices.csv` and the decisions of
/// the study.
///
/// # Errors
/// [`StudyError::Store`] if `slices.csv` cannot be read or the log not written.
pub fn write(file: &StudyFile, results: &Path, stage: &str) -> Result<(), StudyError> {
    let entries = entries(file, results)?;
    let path = Entry::Exclusions.within(results);
    let text = |pick: fn(&Decision) -> &str| entries.iter().map(|e| pick(e).to_owned()).collect::<Vec<String>>();
    let broken = |fault| StudyError::Store(recording::StoreError::Table { path: path.clone(), fault });
    let table = Table::new()
        .with("condition", text(|e| &e.condition))
        .and_then(|t| t.with("animal", text(|e| &e.animal)))
        .and_then(|t| t.with("slice", text(|e| &e.slice)))
        .and_then(|t| t.with("what", text(|e| &e.what)))
        .and_then(|t| t.with("included", entries.iter().map(|e| e.taken).collect::<Vec<bool>>()))
        .and_then(|t| t.with("reason", text(|e| &e.reason)))
        .and_then(|t| t.with("stage", vec![stage; entries.len()]))
        .map_err(broken)?;
    Ok(table.write_csv(&path)?)
}

fn entries(file: &StudyFile, results: &Path) -> Result<Vec<Decision>, StudyError> {
    let path = Entry::Slices.within(results);
    let table = Table::read_csv(&path)?;
    let broken = |fault| StudyError::Store(recording::StoreError::Table { path: path.clone(), fault });
    let column = |name: &str| table.texts(name).map_err(broken);
    let (condition, animal, slice) = (column("condition")?, column("animal")?, column("slice")?);
    let (pathway, reason, included) = (column("pathway")?, column("reason")?, column("included")?);
    let mut entries: Vec<Decision> = Vec::new();
    for k in 0..table.rows() {
        entries.push(Decision {
            condition: condition[k].clone(),
            animal: animal[k].clone(),
            slice: slice[k].clone(),
            what: format!("slice, pathway {}", pathway[k]),
            taken: included[k] == "true",
            reason: reason[k].clone(),
        });
    }
    for part in &file.overrides {
        let Some([first, last]) = part.sweeps else { continue };
        entries.push(Decision {
            condition: part.condition.clone().unwrap_or_default(),
            animal: part.animal.get_ref().clone(),
            slice: part.slice.to_string(),
            what: format!("sweeps {first} to {last}"),
            taken: false,
            reason: format!("{} (decided by {})", part.reason, part.who),
        });
    }
    Ok(entries)
}

/// Checks that the analysis of `unblinded` excluded what that of `blinded` did.
///
/// # Errors
/// [`StudyError::Unblinding`] naming the first slice that differs.
pub fn compare(blinded: &Path, unblinded: &Path, key: &Key) -> Result<(), StudyError> {
    let path = Entry::Exclusions.within(blinded);
    let fault = |reason: String| StudyError::Unblinding { path: path.clone(), reason };
    if !path.is_file() {
        return Err(fault("there is no blinded analysis: run analyse without --key first".to_owned()));
    }
    let rows = |folder: &Path, open: bool| -> Result<Vec<String>, StudyError> {
        let path = Entry::Exclusions.within(folder);
        let table = Table::read_csv(&path)?;
        let broken = |fault| StudyError::Store(recording::StoreError::Table { path: path.clone(), fault });
        let columns: Vec<Vec<String>> = ["condition", "animal", "slice", "what", "included", "reason"]
            .iter()
            .map(|name| table.texts(name))
            .collect::<Result<_, _>>()
            .map_err(broken)?;
        let mut lines: Vec<String> = (0..table.rows())
            .map(|k| {
                let condition = if open { key.code(&columns[0][k]) } else { &columns[0][k] };
                let rest: Vec<&str> = columns[1..].iter().map(|column| column[k].as_str()).collect();
                format!("{condition}: {}", rest.join(", "))
            })
            .collect();
        lines.sort_unstable();
        Ok(lines)
    };
    let (before, after) = (rows(blinded, false)?, rows(unblinded, true)?);
    match before.iter().zip(&after).find(|(one, other)| one != other) {
        Some((one, other)) => Err(fault(format!(
            "exclusions changed since the blinded analysis: {one} is now {other}; exclusions are decided blind"
        ))),
        None if before.len() != after.len() => Err(fault(format!(
            "{} entries in the blinded analysis, {} now: exclusions are decided blind",
            before.len(),
            after.len()
        ))),
        None => Ok(()),
    }
}
