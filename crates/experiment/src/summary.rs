//! `mechanism.csv`: what the model knows about the groups, written once every
//! slice is on disk and read back from there, so that a resumed run writes the
//! same table.

use crate::folder;
use crate::mechanism::{Group, TABLE_NAME};
use crate::run::run::{RunError, stored_mechanism};
use recording::SliceKey;
use recording::table::line::{line, number};
use std::path::Path;

/// Writes the table for all slices of the plan, in its order.
pub(crate) fn write_mechanism(dir: &Path, keys: &[SliceKey]) -> Result<(), RunError> {
    let mut table = line(["induction", "condition", "quantity", "unit", "mean", "sd"]);
    let same_group = |a: &SliceKey, b: &SliceKey| a.induction == b.induction && a.condition == b.condition;
    for slices in keys.chunk_by(same_group) {
        let mut group = Group::default();
        for key in slices {
            group.add(stored_mechanism(dir, key)?);
        }
        for (name, unit, mean, sd) in group.rows() {
            let (mean, sd) = (number(mean), number(sd));
            table.push_str(&line([
                slices[0].induction.as_str(),
                slices[0].condition.as_str(),
                name,
                if unit == "1" { "" } else { unit },
                mean.as_str(),
                sd.as_str(),
            ]));
        }
    }
    folder::write(&dir.join(TABLE_NAME), &table)
}
