//! Who each slice and each cell is. The random streams of a slice follow from these names
//! alone: adding a condition, changing the order or the number of threads
//! leaves every other slice as it was.

use crate::plan::patch::PROTOCOL;
use crate::plan::plan::Plan;
use recording::SliceKey;
use recording::digest::stable_hash;
use synapse::SliceIdentity;

/// All slices of the experiment, in the order of the plan: induction,
/// condition, animal, slice.
pub fn slices(plan: &Plan) -> Vec<SliceKey> {
    let mut keys = Vec::with_capacity(plan.slices());
    for induction in &plan.inductions {
        for condition in &plan.conditions {
            for number in 1..=plan.design.animals {
                let animal = if plan.design.within_animal {
                    format!("A{number:02}")
                } else {
                    own_animal(&induction.name, &condition.name, number)
                };
                keys.extend((1..=plan.design.slices_per_animal).map(|slice| SliceKey {
                    induction: induction.name.clone(),
                    condition: condition.name.clone(),
                    animal: animal.clone(),
                    slice,
                }));
            }
        }
    }
    keys
}

/// All cells of the plan: condition, animal, cell.
pub(crate) fn cells(plan: &Plan) -> Vec<SliceKey> {
    let mut keys = Vec::new();
    for condition in &plan.conditions {
        for number in 1..=plan.design.animals {
            let animal = match plan.design.within_animal {
                true => format!("A{number:02}"),
                false => format!("A{number:02} {}", condition.name),
            };
            keys.extend((1..=plan.patch.cells_per_animal).map(|cell| SliceKey {
                induction: PROTOCOL.to_owned(),
                condition: condition.name.clone(),
                animal: animal.clone(),
                slice: cell,
            }));
        }
    }
    keys
}

/// Identifier of an animal that serves one condition under one induction only.
/// It holds their names, not a running number, so that it stays the same when
/// the file gains a condition.
fn own_animal(induction: &str, condition: &str, number: u32) -> String {
    format!("A{number:02} {condition} {induction}")
}

/// Keys of the random streams of one slice.
pub fn identity(seed: u64, key: &SliceKey) -> SliceIdentity {
    let number = key.slice.to_string();
    SliceIdentity {
        seed,
        animal: stable_hash(&[&key.animal]),
        slice: stable_hash(&[&key.induction, &key.condition, &number]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(induction: &str, condition: &str, animal: &str, slice: u32) -> SliceKey {
        SliceKey { induction: induction.to_owned(), condition: condition.to_owned(), animal: animal.to_owned(), slice }
    }

    #[test]
    fn slices_of_one_animal_share_its_stream_only() {
        let (a, b) = (key("tbs", "control", "A01", 1), key("tbs", "control", "A01", 2));
        let (a, b) = (identity(7, &a), identity(7, &b));
        assert_eq!(a.animal, b.animal);
        assert_ne!(a.slice, b.slice);
    }
}
