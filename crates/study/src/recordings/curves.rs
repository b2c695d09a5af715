//! Input–output curves from the tables of a study.

use crate::error::StudyError;
use crate::file::{InputOutputPart, StudyFile};
use analysis::curves::{IoCurve, IoCurves};
use recording::table::{Column, Table};
use std::path::Path;

/// All curves of a study; `None` if it has none.
///
/// # Errors
/// [`StudyError`] naming the table and the column.
pub(crate) fn read(file: &StudyFile, folder: &Path) -> Result<Option<IoCurves>, StudyError> {
    let Some(first) = file.input_output.first() else { return Ok(None) };
    let mut curves = IoCurves {
        input: first.input.clone(),
        response: first.quantity.clone().unwrap_or_else(|| first.response.clone()),
        curve: Vec::new(),
    };
    for part in &file.input_output {
        let found = read_part(part, folder)?;
        if found.is_empty() {
            let path = folder.join(part.file.get_ref());
            let what =
                part.only.as_ref().map_or_else(String::new, |[column, word]| format!(" with {column} = \"{word}\""));
            return Err(StudyError::recording(&path, format!("no row{what}: expected the rows of a curve")));
        }
        curves.curve.extend(found);
    }
    Ok(Some(curves))
}

/// The words of a column, numbers as they are printed.
fn words(table: &Table, name: &str, path: &Path) -> Result<Vec<String>, StudyError> {
    let column = table.column(name).ok_or_else(|| {
        let known: Vec<&str> = table.names().collect();
        StudyError::recording(path, format!("no column \"{name}\": expected one of {}", known.join(", ")))
    })?;
    Ok(match column {
        Column::Text(texts) => texts.iter().map(|text| text.clone().unwrap_or_default()).collect(),
        _ => table
            .numbers(name)
            .map_err(|fault| StudyError::recording(path, fault.to_string()))?
            .into_iter()
            .map(|number| number.map_or_else(String::new, |number| number.to_string()))
            .collect(),
    })
}

fn read_part(part: &InputOutputPart, folder: &Path) -> Result<Vec<IoCurve>, StudyError> {
    let path = folder.join(part.file.get_ref());
    let table = Table::read_csv(&path)?;
    let numbers = |name: &str| {
        words(&table, name, &path)?;
        table.numbers(name).map_err(|fault| StudyError::recording(&path, fault.to_string()))
    };
    let (input, response) = (numbers(&part.input)?, numbers(&part.response)?);
    let of = |name: &Option<String>| name.as_ref().map(|name| words(&table, name, &path)).transpose();
    let (animals, slices) = (of(&part.animal)?, of(&part.slice)?);
    let chosen = part.only.as_ref().map(|[column, _]| words(&table, column, &path)).transpose()?;
    let mut curves: Vec<(String, IoCurve)> = Vec::new();
    for row in 0..table.rows() {
        if let (Some(chosen), Some([_, word])) = (&chosen, &part.only)
            && chosen[row] != *word
        {
            continue;
        }
        let (Some(x), Some(y)) = (input[row], response[row]) else { continue };
        let animal = animals.as_ref().map_or_else(|| part.condition.get_ref().clone(), |names| names[row].clone());
        let slice = slices.as_ref().map_or_else(String::new, |names| names[row].clone());
        match curves.iter_mut().find(|(name, curve)| curve.animal == animal && *name == slice) {
            Some((_, curve)) => {
                curve.input.push(x);
                curve.response.push(y);
            }
            None => {
                let number = 1 + curves.iter().filter(|(_, curve)| curve.animal == animal).count();
                let curve = IoCurve {
                    condition: part.condition.get_ref().clone(),
                    animal,
                    slice: u32::try_from(number).unwrap_or(u32::MAX),
                    when: part.when,
                    input: vec![x],
                    response: vec![y],
                };
                curves.push((slice, curve));
            }
        }
    }
    Ok(curves.into_iter().map(|(_, curve)| curve).collect())
}
