//! Who each slice and each cell is. The random streams of a slice follow from these names
//! alone: adding a condition, changing the order or the number of threads
//! leaves every other slice as it was.

use crate::plan::patch::PROTOCOL;
use crate::plan::plan::Plan;
use recording::SliceKey;
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

/// FNV-1a, 64 bit, over the texts with a separator after each: the same on
/// every machine and in every version, unlike the hashes of the standard library.
/// Constants: Fowler, Noll and Vo, IETF draft-eastlake-fnv.
fn stable_hash(texts: &[&str]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(induction: &str, condition: &str, animal: &str, slice: u32) -> SliceKey {
        SliceKey { induction: induction.to_owned(), condition: condition.to_owned(), animal: animal.to_owned(), slice }
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // Published test vector of the 64-bit FNV-1a hash: "foobar" has
        // 0x85944171f73967e8; with our separator byte one more step follows.
        let published: u64 = 0x8594_4171_f739_67e8;
        let step = (published ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
        assert_eq!(stable_hash(&["foobar"]), step);
    }

    #[test]
    fn neighbouring_texts_do_not_run_together() {
        assert_ne!(stable_hash(&["ab", "c"]), stable_hash(&["a", "bc"]));
    }

    #[test]
    fn slices_of_one_animal_share_its_stream_only() {
        let (a, b) = (key("tbs", "control", "A01", 1), key("tbs", "control", "A01", 2));
        let (a, b) = (identity(7, &a), identity(7, &b));
        assert_eq!(a.animal, b.animal);
        assert_ne!(a.slice, b.slice);
    }
}
