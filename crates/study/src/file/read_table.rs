//! `[[table]]` of a study: time courses that were measured elsewhere.

use crate::file::placed::placed;
use crate::file::table::{TablePart, Titles};
use form::Section;
use std::path::PathBuf;
use toml::Spanned;

/// Reads one table.
pub(super) fn read_table(mut section: Section<'_>) -> Option<TablePart> {
    section.needs("file", "e.g. file = \"control.csv\"");
    section.needs("condition", "e.g. condition = \"control\"");
    let file = section.text("file");
    let condition = section.text("condition");
    let mut names = |key| section.list(key).map(|names| names.into_iter().map(|name| name.value).collect());
    let (columns, animals) = (names("columns"), names("animals"));
    let mut text = |key| section.text(key).map(|text| text.value);
    let (quantity, unit, induction) = (text("quantity"), text("unit"), text("induction"));
    let (time, time_unit) = (text("time"), text("time_unit"));
    let (value, error, animal) = (text("value"), text("error"), text("animal"));
    let rows = section.words("where").unwrap_or_default();
    let recording = section.by_type(
        "recording",
        |section| section.text("recording").map(|title| Titles::One(title.value)),
        |section| {
            let titles = section.list("recording")?;
            Some(Titles::Several(titles.into_iter().map(|title| title.value).collect()))
        },
    );
    section.close();
    let file = file?;
    Some(TablePart {
        file: Spanned::new(file.span, PathBuf::from(file.value)),
        condition: placed(condition?),
        columns,
        animals,
        quantity: quantity.unwrap_or_else(|| "fEPSP slope".to_owned()),
        unit,
        induction,
        time,
        time_unit,
        recording,
        value,
        error,
        animal,
        rows,
    })
}
