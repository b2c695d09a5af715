//! The slices of a results folder, by group in the order of the manifest.

use crate::prism::error::PrismError;
use recording::table::{Column, Table, TableError};
use results::{Entry, Manifest};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A number of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// % change in the outcome window.
    Potentiation,
    /// % change in the short-term window.
    ShortTerm,
    /// Slope of the baseline, mV/ms.
    Baseline,
}

/// One slice with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slice {
    pub animal: String,
    pub slice: String,
    /// Empty if the table has no such column.
    pub pathway: String,
    /// In the order of [`Value`].
    pub values: [Option<f64>; 3],
    pub reason: String,
}

impl Slice {
    /// That number, if the slice has it.
    pub fn value(&self, value: Value) -> Option<f64> {
        self.values[value as usize]
    }
}

/// Slices of one condition under one induction, and of one pathway.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub induction: String,
    pub condition: String,
    pub pathway: String,
    pub title: String,
    /// The slices that take part, in the order of the table.
    pub slices: Vec<Slice>,
}

impl Group {
    /// Whether a row of a table belongs to the group.
    fn is_of(&self, names: &Names, row: usize) -> bool {
        self.induction == names.induction[row]
            && self.condition == names.condition[row]
            && self.pathway == names.pathway[row]
    }

    /// Names of the animals in the order of their first slice.
    pub fn animals(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for slice in &self.slices {
            if !names.contains(&slice.animal.as_str()) {
                names.push(&slice.animal);
            }
        }
        names
    }
}

/// All groups, and what is in none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Results {
    pub groups: Vec<Group>,
    /// Title of the group and the slice, with the reason.
    pub excluded: Vec<(String, Slice)>,
}

/// The columns that name a slice.
pub(crate) struct Names {
    pub induction: Vec<String>,
    pub condition: Vec<String>,
    pub animal: Vec<String>,
    pub slice: Vec<String>,
    pub pathway: Vec<String>,
}

impl Names {
    /// Inductions may be left out if there is one only, pathways altogether.
    pub fn of(table: &Table, manifest_inductions: &[&str]) -> Result<Self, TableError> {
        let or = |name: &str, otherwise: &str| match table.column(name) {
            Some(_) => table.texts(name),
            None => Ok(vec![otherwise.to_owned(); table.rows()]),
        };
        let induction = match manifest_inductions {
            [only] => or("induction", only)?,
            _ => table.texts("induction")?,
        };
        let (condition, animal, slice) = (table.texts("condition")?, table.texts("animal")?, table.texts("slice")?);
        Ok(Self { induction, condition, animal, slice, pathway: or("pathway", "")? })
    }
}

impl Results {
    /// Reads `slices.csv`.
    pub fn read(results: &Path, manifest: &Manifest) -> Result<Self, PrismError> {
        let path = Entry::Slices.within(results);
        let table = Table::read_csv(&path)?;
        let at = |fault| PrismError::Table { path: path.clone(), fault };
        let inductions: Vec<&str> = manifest.inductions.iter().map(|plan| plan.name.as_str()).collect();
        let conditions: Vec<&str> = manifest.conditions.iter().map(|plan| plan.name.as_str()).collect();
        let names = Names::of(&table, &inductions).map_err(at)?;
        planned(&path, "induction", &names.induction, &inductions)?;
        planned(&path, "condition", &names.condition, &conditions)?;
        let optional = |name: &str| match table.column(name) {
            Some(_) => table.numbers(name),
            None => Ok(vec![None; table.rows()]),
        };
        // Recordings of currents have columns in pA.
        let current = table.column("baseline_slope_pa_per_ms").is_some();
        let baseline = if current { "baseline_slope_pa_per_ms" } else { "baseline_slope_mv_per_ms" };
        let values = [
            table.numbers("potentiation_percent").map_err(at)?,
            optional("stp_percent").map_err(at)?,
            optional(baseline).map_err(at)?,
        ];
        let included = match table.column("included") {
            // A table without rows has columns without kind.
            Some(Column::Text(cells)) if cells.iter().all(Option::is_none) => vec![true; table.rows()],
            _ => table.truths("included").map_err(at)?,
        };
        let reasons = match table.column("reason") {
            Some(_) => table.texts("reason").map_err(at)?,
            None => vec![String::new(); table.rows()],
        };

        let mut this = Self { groups: groups(&inductions, &conditions, &names.pathway), excluded: Vec::new() };
        let mut seen = BTreeSet::new();
        for row in 0..table.rows() {
            let place = this.groups.iter().position(|group| group.is_of(&names, row));
            // `planned` has seen to the names, and the pathways are those of the table.
            let Some(place) = place else { continue };
            let (animal, slice) = (names.animal[row].clone(), names.slice[row].clone());
            if !seen.insert((place, animal.clone(), slice.clone())) {
                let slice = format!("slice {slice} of animal {animal}, {}", this.groups[place].title);
                return Err(PrismError::Twice { path, row: row + 1, slice });
            }
            let number = |value: &Vec<Option<f64>>| value[row].filter(|value| value.is_finite());
            let values = [number(&values[0]), number(&values[1]), number(&values[2])];
            let mut slice =
                Slice { animal, slice, pathway: names.pathway[row].clone(), values, reason: reasons[row].clone() };
            if included[row] && slice.value(Value::Potentiation).is_some() {
                this.groups[place].slices.push(slice);
            } else {
                if slice.reason.is_empty() {
                    slice.reason = String::from(if included[row] { "no potentiation measured" } else { "not stated" });
                }
                this.excluded.push((this.groups[place].title.clone(), slice));
            }
        }
        Ok(this)
    }

    /// Whether a slice has such a number.
    pub fn has(&self, value: Value) -> bool {
        value == Value::Potentiation
            || self.groups.iter().flat_map(|group| &group.slices).any(|slice| slice.value(value).is_some())
    }

    /// The group and the slice of that name that takes part.
    pub fn find(&self, names: &Names, row: usize) -> Option<(usize, usize)> {
        self.groups.iter().enumerate().find_map(|(place, group)| {
            let fits = group.induction == names.induction[row]
                && group.condition == names.condition[row]
                && (group.pathway.is_empty() || names.pathway[row].is_empty() || group.pathway == names.pathway[row]);
            let slice = |slice: &Slice| slice.animal == names.animal[row] && slice.slice == names.slice[row];
            if fits { Some((place, group.slices.iter().position(slice)?)) } else { None }
        })
    }
}

/// All groups: inductions and conditions in the order of the manifest, pathways
/// in that of the table. A title says what tells the groups apart.
fn groups(inductions: &[&str], conditions: &[&str], pathways: &[String]) -> Vec<Group> {
    let mut paths: Vec<&str> = Vec::new();
    for pathway in pathways {
        if !paths.contains(&pathway.as_str()) {
            paths.push(pathway);
        }
    }
    if paths.is_empty() {
        paths.push("");
    }
    let mut groups = Vec::new();
    for &induction in inductions {
        for &condition in conditions {
            for &pathway in &paths {
                let mut parts = Vec::new();
                parts.extend((inductions.len() > 1).then_some(induction));
                parts.push(condition);
                parts.extend((paths.len() > 1 && !pathway.is_empty()).then_some(pathway));
                let (induction, condition) = (induction.to_owned(), condition.to_owned());
                let (pathway, title) = (pathway.to_owned(), parts.join(", "));
                groups.push(Group { induction, condition, pathway, title, slices: Vec::new() });
            }
        }
    }
    groups
}

/// Whether each name is in the manifest.
fn planned(path: &Path, what: &'static str, names: &[String], known: &[&str]) -> Result<(), PrismError> {
    match names.iter().position(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(place) => Err(PrismError::Unplanned {
            path: PathBuf::from(path),
            row: place + 1,
            what,
            found: names[place].clone(),
            expected: known.join(", "),
        }),
    }
}
