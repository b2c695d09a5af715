//! Which cells are compared, and what animals have in common.

use crate::conclude::cells::{Arm, Cell};
use crate::conclude::comparing::Setting;

/// Cells to compare with the reference cell; none if the reference is empty.
pub(crate) fn pairs<'c, 'a>(arm: &'c Arm<'a>, setting: &Setting) -> Vec<(&'c Cell<'a>, &'c Cell<'a>)> {
    let reference = arm.cell(setting.reference).filter(|c| !c.is_empty());
    let Some(reference) = reference else { return Vec::new() };
    arm.filled().filter(|c| c.condition.name != setting.reference).map(|c| (c, reference)).collect()
}

/// Means of the animals that gave slices to both cells.
pub(crate) fn paired_means(first: &Cell, second: &Cell) -> (Vec<f64>, Vec<f64>) {
    first
        .animals
        .iter()
        .filter_map(|a| {
            let other = second.animals.iter().find(|b| b.name == a.name)?;
            Some((a.mean(), other.mean()))
        })
        .unzip()
}
