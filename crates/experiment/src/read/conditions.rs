//! `[[condition]]`: what is in the bath.

use crate::fault::Fault;
use crate::plan::Condition;
use crate::section::{At, Section};
use pharmacology::{BathCompound, Library, Scenario, ScenarioError, UnknownCompound};
use quantity::Concentration;

/// Highest concentration that is taken for a bath, µM; above it the unit is
/// probably wrong.
const HIGHEST_UM: f64 = 10_000.0;

/// Longest name, characters; longer ones do not fit into a figure.
const LONGEST_NAME: usize = 60;

/// Reads all conditions in the order of the file.
pub(super) fn read(top: &mut Section<'_>, library: &Library) -> Vec<Condition> {
    let present = top.has("condition");
    let tables = top.sections("condition", "[[condition]]");
    if tables.is_empty() && !present {
        top.page.note(
            Fault::of_file("there is no [[condition]]")
                .remedy("add [[condition]] with name = \"control\", then one for each drug"),
        );
    }
    let mut conditions: Vec<Condition> = Vec::new();
    let mut names: Vec<At<String>> = Vec::new();
    for mut table in tables {
        let name = read_name(&mut table, &names);
        let mut remarks = Vec::new();
        let bath = read_bath(&mut table, library, &mut remarks);
        let scenario = read_scenario(&mut table, library);
        table.close();
        if let Some(name) = name {
            conditions.push(Condition { name: name.value.clone(), bath, scenario, remarks });
            names.push(name);
        }
    }
    conditions
}

/// Reads a name that no other condition has.
fn read_name(table: &mut Section<'_>, names: &[At<String>]) -> Option<At<String>> {
    if !table.has("name") {
        table.missing("name", "e.g. name = \"ISO 3 µM\"");
    }
    let name = table.text("name")?;
    let length = name.chars().count();
    if name.trim() != name.value || name.is_empty() || length > LONGEST_NAME || name.contains(char::is_control) {
        table.page.note(
            Fault::at(name.span.clone(), "this name of a condition cannot be printed in a figure")
                .found(format!("{length} characters"))
                .accepts(format!("accepted: 1 to {LONGEST_NAME} characters, no space at either end")),
        );
        return None;
    }
    let folder = recording::slug::slug(&name);
    if let Some(first) = names.iter().find(|other| recording::slug::slug(other) == folder) {
        let message = if first.value == name.value {
            format!("two conditions are named \"{}\"", name.value)
        } else {
            format!("\"{}\" and \"{}\" would share the folder {folder}", first.value, name.value)
        };
        table.page.note(
            Fault::at(name.span.clone(), message)
                .found("second of this name")
                .see_also(first.span.clone(), "first of this name")
                .remedy("give every condition a name of its own"),
        );
        return None;
    }
    Some(name)
}

/// Reads what is in the bath; nothing for a drug-free condition.
fn read_bath(table: &mut Section<'_>, library: &Library, remarks: &mut Vec<String>) -> Vec<BathCompound> {
    let mut bath: Vec<BathCompound> = Vec::new();
    for mut entry in table.sections("bath", "`bath`") {
        if let Some(compound) = read_compound(&mut entry, library, &bath, remarks) {
            bath.push(compound);
        }
        entry.close();
    }
    bath
}

/// Reads one compound and its concentration.
fn read_compound(
    entry: &mut Section<'_>,
    library: &Library,
    bath: &[BathCompound],
    remarks: &mut Vec<String>,
) -> Option<BathCompound> {
    for (key, example) in
        [("compound", "e.g. compound = \"isopregnanolone\""), ("concentration", "e.g. concentration = \"3 uM\"")]
    {
        if !entry.has(key) {
            entry.missing(key, example);
        }
    }
    let name = entry.text("compound");
    let concentration = entry.quantity::<Concentration>("concentration");
    let name = name?;
    let compound = match library.lookup(&name) {
        Ok(found) => {
            remarks.extend(found.remark.map(|remark| format!("\"{}\": {remark}", name.value)));
            found.compound.clone()
        }
        Err(error) => {
            entry.page.note(unknown_compound(&name, &error));
            return None;
        }
    };
    if bath.iter().any(|other| other.compound.name == compound.name) {
        entry.page.note(
            Fault::at(name.span.clone(), format!("{} is in this bath twice", compound.name))
                .found("second time")
                .remedy("write one entry with the total concentration"),
        );
        return None;
    }
    let concentration = concentration?;
    if !(concentration.um() > 0.0 && concentration.um() <= HIGHEST_UM) {
        entry.page.note(
            Fault::at(concentration.span.clone(), "`concentration` is out of range")
                .found(format!("found {}", concentration.value))
                .accepts("accepted: above 0 and up to 10 mM")
                .remedy("a condition without the drug has no such entry in its bath"),
        );
        return None;
    }
    Some(BathCompound { compound, concentration: concentration.value })
}

/// The fault of a compound that is not in the library.
fn unknown_compound(name: &At<String>, error: &UnknownCompound) -> Fault {
    let found = error.confusion.clone().unwrap_or_else(|| "not in the library".to_owned());
    let fault = Fault::at(name.span.clone(), format!("unknown compound \"{}\"", name.value))
        .found(found)
        .accepts(format!("known: {}", error.known.join(", ")));
    with_suggestions(fault, &error.suggestions)
}

/// Reads the named scenarios of a condition.
fn read_scenario(table: &mut Section<'_>, library: &Library) -> Scenario {
    let Some(names) = table.texts("scenarios") else { return Scenario::default() };
    let texts: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    let error = match library.scenario(&texts) {
        Ok(scenario) => return scenario,
        Err(error) => error,
    };
    let span_of = |text: &str| {
        let named = names.iter().find(|name| name.value == text);
        named.map_or_else(|| table.span.clone(), |name| name.span.clone())
    };
    table.page.note(match &error {
        ScenarioError::Unknown { asked, suggestions, known } => with_suggestions(
            Fault::at(span_of(asked), format!("unknown scenario \"{asked}\""))
                .found("not known")
                .accepts(format!("known: {}", known.join(", "))),
            suggestions,
        ),
        ScenarioError::Exclusive { one, other } => {
            Fault::at(span_of(one), error.to_string()).found("one of the two").see_also(span_of(other), "the other")
        }
        ScenarioError::NoSuchAction { .. } => Fault::at(table.span.clone(), error.to_string()),
    });
    Scenario::default()
}

/// A fault with the names that were probably meant.
fn with_suggestions(fault: Fault, suggestions: &[String]) -> Fault {
    if suggestions.is_empty() {
        return fault;
    }
    fault.remedy(format!("did you mean \"{}\"?", suggestions.join("\" or \"")))
}
