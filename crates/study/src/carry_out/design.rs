//! Whether conditions are compared between or within animals: as the study states.
//! Names alone do not say it: an animal may have given slices to two conditions, or
//! the animals of every condition may be numbered from 1.

use crate::error::StudyError;
use crate::file::Design;
use crate::file::file::StudyFile;
use crate::recordings::table::TableSlice;
use form::{Fault, Faults};
use quantity::counted;
use recording::SliceKey;
use results::plan::DesignPlan;
use std::collections::BTreeMap;
use std::path::Path;

/// Animals that are named in a fault.
const NAMED: usize = 4;

/// Conditions of each animal, in the order of their first slice.
type Conditions<'k> = BTreeMap<&'k str, Vec<&'k str>>;

fn conditions<'k>(file: &'k StudyFile, tables: &'k [TableSlice]) -> Conditions<'k> {
    let of_slices = file.slice.iter().map(|slice| (slice.animal.as_str(), slice.condition.get_ref().as_str()));
    let of_tables = tables.iter().map(|slice| (slice.animal.as_str(), slice.condition.as_str()));
    let mut of_animal = Conditions::new();
    for (animal, condition) in of_slices.chain(of_tables) {
        let own = of_animal.entry(animal).or_default();
        if !own.contains(&condition) {
            own.push(condition);
        }
    }
    of_animal
}

/// Refuses a study whose design would have to be guessed, or that contradicts what
/// it states.
///
/// # Errors
/// [`StudyError::Faulty`] with the animals and what to write.
pub(crate) fn check(file: &StudyFile, tables: &[TableSlice], text: &str, path: &Path) -> Result<(), StudyError> {
    let of_animal = conditions(file, tables);
    let shared: Vec<(&str, &Vec<&str>)> =
        of_animal.iter().filter(|(_, own)| own.len() > 1).map(|(name, own)| (*name, own)).collect();
    let faulty = |fault| Err(StudyError::Faulty(Faults::new(&path.display().to_string(), text, vec![fault])));
    match &file.design {
        None if !shared.is_empty() => faulty(unstated(&shared, of_animal.len())),
        Some(stated) if *stated.get_ref() == Design::Within && shared.is_empty() && file.condition.len() > 1 => faulty(
            Fault::at(
                stated.span(),
                "design = \"within-animal\", but no animal has slices in two conditions: give an animal the same name in \
                 all its conditions, or write design = \"between-animals\"",
            )
            .found(format!("{}, each in one condition", counted(of_animal.len(), "animal"))),
        ),
        _ => Ok(()),
    }
}

fn unstated(shared: &[(&str, &Vec<&str>)], animals: usize) -> Fault {
    let mut list: Vec<String> =
        shared.iter().take(NAMED).map(|(name, own)| format!("\"{name}\" in {}", own.join(" and "))).collect();
    if shared.len() > NAMED {
        list.push(format!("{} more", shared.len() - NAMED));
    }
    let verb = if shared.len() == 1 { "occurs" } else { "occur" };
    Fault::of_file(format!(
        "the design is not stated, and {} of {} {verb} in more than one condition: {}; write above the first [section] \
         design = \"within-animal\" (an animal of one name is one animal that gave slices to several conditions) or design \
         = \"between-animals\" (names begin anew in each condition: they are different animals); if a name is a slip, \
         correct it",
        counted(shared.len(), "name"),
        counted(animals, "animal"),
        list.join(", ")
    ))
}

/// The design of the plan.
pub(crate) fn plan(file: &StudyFile, keys: &[SliceKey]) -> DesignPlan {
    let mut slices: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for key in keys {
        *slices.entry((&key.condition, &key.animal)).or_default() += 1;
    }
    let mut animals: BTreeMap<&str, u32> = BTreeMap::new();
    for (condition, _) in slices.keys() {
        *animals.entry(condition).or_default() += 1;
    }
    // The number that stands for unequal ones: variances of means go by 1/n.
    let share = slices.values().map(|n| 1.0 / f64::from(*n)).sum::<f64>() / slices.len().max(1) as f64;
    DesignPlan {
        within_animal: file.design.as_ref().is_some_and(|stated| *stated.get_ref() == Design::Within),
        animals: animals.values().copied().max().unwrap_or(0),
        slices_per_animal: if share > 0.0 { (1.0 / share).round().max(1.0) as u32 } else { 1 },
    }
}
