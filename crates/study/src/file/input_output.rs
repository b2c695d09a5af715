//! `[[input_output]]` of a study: tables of input–output curves, a row for each response.

use crate::file::placed::placed;
use analysis::curves::When;
use form::Section;
use std::path::PathBuf;
use toml::Spanned;

/// `[[input_output]]`.
#[derive(Clone, Debug)]
pub struct InputOutputPart {
    /// The table.
    pub file: Spanned<PathBuf>,
    /// Condition of its rows.
    pub condition: Spanned<String>,
    /// Rows that are used: the word that a column holds in them; all if not given.
    pub only: Option<[String; 2]>,
    /// Column of the intensities, or of the volleys.
    pub input: String,
    /// Column of the responses.
    pub response: String,
    /// Column that names the animal; without it the table is one curve.
    pub animal: Option<String>,
    /// Column that names the slice within the animal.
    pub slice: Option<String>,
    /// When the curves were taken.
    pub when: When,
    /// What was measured, with its unit.
    pub quantity: Option<String>,
}

/// Reads one table of curves.
pub(super) fn read_input_output(mut section: Section<'_>) -> Option<InputOutputPart> {
    section.needs("file", "e.g. file = \"io.csv\"");
    section.needs("condition", "e.g. condition = \"control\"");
    section.needs("input", "the column of the intensities or volleys, e.g. input = \"intensity_uA\"");
    section.needs("response", "the column of the responses, e.g. response = \"slope_mv_per_ms\"");
    let file = section.text("file");
    let condition = section.text("condition");
    let mut text = |key| section.text(key).map(|text| text.value);
    let (input, response) = (text("input"), text("response"));
    let (animal, slice, quantity) = (text("animal"), text("slice"), text("quantity"));
    let (column, word) = (text("column"), text("is"));
    let when = section.choice("when", &[("before", When::Before), ("after", When::After)]).unwrap_or(When::Once);
    section.close();
    let file = file?;
    Some(InputOutputPart {
        file: Spanned::new(file.span, PathBuf::from(file.value)),
        condition: placed(condition?),
        only: column.zip(word).map(|(column, word)| [column, word]),
        input: input?,
        response: response?,
        animal,
        slice,
        when,
        quantity,
    })
}
