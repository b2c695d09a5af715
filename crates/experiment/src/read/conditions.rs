//! `[[condition]]`: what is in the bath, and what the animals bring along.

use crate::plan::animals::Physiology;
use crate::plan::course::Course;
use crate::plan::plan::Condition;
use crate::plan::solution::Solution;
use crate::plan::synapse::SynapsePlan;
use crate::read::{animals, bath, physiology, solution};
use evidence::{Remark, RemarkKind};
use form::{At, Fault, LONGEST_NAME, Section};
use pharmacology::{Library, Mode, PotencyKind, Scenario, ScenarioError};

/// Most conditions that a report can show.
const MOST_CONDITIONS: usize = 500;

/// What holds for all conditions.
pub(super) struct Common<'a> {
    pub(super) library: &'a Library,
    pub(super) physiology: &'a Physiology,
    pub(super) solution: &'a Solution,
    pub(super) synapse: &'a SynapsePlan,
    pub(super) course: Option<&'a Course>,
}

/// Reads all conditions in the order of the file.
pub(super) fn read(top: &mut Section<'_>, common: &Common<'_>) -> Vec<Condition> {
    top.essential("condition");
    let present = top.has("condition");
    let tables = top.sections("condition", "[[condition]]");
    if tables.is_empty() && !present {
        top.page.note(
            Fault::of_file("there is no [[condition]]")
                .remedy("add [[condition]] with name = \"control\", then one for each drug"),
        );
    }
    if tables.len() > MOST_CONDITIONS {
        top.page.note(
            Fault::at(tables[MOST_CONDITIONS].span.clone(), "more conditions than a report can show")
                .found(format!("found {}", tables.len()))
                .accepts(format!("accepted: at most {MOST_CONDITIONS}")),
        );
        return Vec::new();
    }
    let mut conditions: Vec<Condition> = Vec::new();
    let mut names: Vec<At<String>> = Vec::new();
    for mut table in tables {
        let name = read_name(&mut table, &names);
        let mut remarks = Vec::new();
        let library = common.library;
        let (bath, regimens) = bath::read(&mut table, library, common.course, &mut remarks);
        let scenario = read_scenario(&mut table, library);
        let own = physiology::read(&mut table, library, common.physiology);
        let changes = physiology::read_own_changes(&mut table, common.synapse);
        let solution = solution::read(&mut table, common.solution);
        let animals = animals::animals(&table, own, &solution, &changes, library, common.synapse);
        let ends = table.texts("prior_ends").unwrap_or_default();
        if let Some(name) = name {
            let condition =
                Condition { name: name.value.clone(), bath, regimens, scenario, animals, solution, remarks };
            let more = prior_ends(&table, &condition, &ends, library);
            conditions.push(condition);
            conditions.extend(more);
            names.push(name);
        }
        table.close();
    }
    conditions
}

/// Reads a name that no other condition has.
fn read_name(table: &mut Section<'_>, names: &[At<String>]) -> Option<At<String>> {
    table.needs("name", "e.g. name = \"ISO 3 µM\"");
    let name = table.text("name")?;
    if let Some(reason) = form::unfit_name(&name) {
        let accepted = format!("accepted: one line of 1 to {LONGEST_NAME} characters, no space at either end");
        table.page.note(
            Fault::at(name.span.clone(), "this name of a condition cannot be printed in a figure")
                .found(format!("it {reason}"))
                .accepts(accepted),
        );
        return None;
    }
    let folder = results::folder::slug::slug(&name);
    if let Some(first) = names.iter().find(|other| results::folder::slug::slug(other) == folder) {
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

/// Reads the named scenarios of a condition.
fn read_scenario(table: &mut Section<'_>, library: &Library) -> Scenario {
    table.knows("scenarios", library.scenarios().iter().map(|scenario| scenario.name.as_str()), false);
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
        ScenarioError::Unknown { asked, suggestions, known } => {
            Fault::at(span_of(asked), format!("unknown scenario \"{asked}\""))
                .found("not known")
                .accepts(format!("known: {}", known.join(", ")))
                .suggests(suggestions)
        }
        ScenarioError::Exclusive { one, other } => {
            Fault::at(span_of(one), error.to_string()).found("one of the two").see_also(span_of(other), "the other")
        }
        ScenarioError::NoSuchAction { .. } => Fault::at(table.span.clone(), error.to_string()),
    });
    Scenario::default()
}

/// The condition once more for either end of the range of a potency that is not
/// known better: the doubt is run, not only stated.
fn prior_ends(
    table: &Section<'_>,
    condition: &Condition,
    compounds: &[At<String>],
    library: &Library,
) -> Vec<Condition> {
    let mut more = Vec::new();
    for asked in compounds {
        let entry = library
            .find(asked)
            .ok()
            .and_then(|compound| condition.bath.iter().find(|entry| entry.compound.name == compound.name));
        let uncertain = entry.and_then(|entry| {
            let in_force = |action: &&pharmacology::Action| {
                condition.scenario.admits(action) && action.takes_part() && action.potency.range.is_some()
            };
            // The antagonism of potentiation is what the prior is about; otherwise the first.
            let mut actions = entry.compound.targets.iter().filter(in_force);
            let gamsa = actions.clone().find(|action| action.mode == Mode::Gamsa);
            gamsa.or_else(|| actions.next()).map(|action| (&entry.compound, action))
        });
        let Some((compound, action)) = uncertain else {
            table.page.note(
                Fault::at(asked.span.clone(), format!("\"{}\" has no prior to run in this condition", asked.value))
                    .found("not in the bath, or its potencies have no range")
                    .remedy("name a compound of the bath whose potency has a range, e.g. \"isopregnanolone\""),
            );
            continue;
        };
        let [low, high] = action.potency.range.unwrap_or([action.potency.value; 2]);
        let kind = match action.potency_kind {
            PotencyKind::Ec50 => "EC50",
            PotencyKind::Ic50 => "IC50",
            PotencyKind::Ki => "Ki",
        };
        for end in [low, high] {
            let scenario = library.with_potency(condition.scenario.clone(), compound, action.target, end);
            let name = format!("{}, {} {kind} {end}", condition.name, compound.label);
            let text = format!("{name}: one end of the range {low} to {high} of this {kind}.");
            let Ok(scenario) = scenario else { continue };
            if name.chars().count() > LONGEST_NAME {
                let fault = Fault::at(asked.span.clone(), "the name of the condition is too long to be extended")
                    .found(format!("\"{name}\" has more than {LONGEST_NAME} characters"));
                table.page.note(fault);
                continue;
            }
            let mut remarks = condition.remarks.clone();
            remarks.push(Remark::new(RemarkKind::Scenario, text));
            more.push(Condition { name, scenario, remarks, ..condition.clone() });
        }
    }
    more
}
