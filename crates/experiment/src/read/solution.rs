//! Temperature and ions of the bath; they may stand in `[preparation]` for all
//! conditions, and in a `[[condition]]` for one.

use crate::plan::solution::Solution;
use form::{Fault, Section};
use quantity::{Concentration, Temperature};
use std::ops::RangeInclusive;

/// Temperatures at which slices are kept, °C.
const LIVING_CELSIUS: RangeInclusive<f64> = 10.0..=40.0;

/// Extracellular calcium and magnesium of solutions for slices, mM: a slip by a
/// thousand is refused, low calcium and solutions without magnesium are not.
const CALCIUM_MM: RangeInclusive<f64> = 0.1..=10.0;
const MAGNESIUM_MM: RangeInclusive<f64> = 0.0..=4.0;

/// Reads the keys; what is not said is taken from `before`.
pub(super) fn read(section: &mut Section<'_>, before: &Solution) -> Solution {
    let mut solution = *before;
    if let Some(temperature) = section.quantity::<Temperature>("temperature") {
        if LIVING_CELSIUS.contains(&temperature.celsius()) {
            solution.temperature = Some(temperature.value);
        } else {
            section.page.note(
                Fault::at(temperature.span.clone(), "`temperature` is outside what a slice survives")
                    .found(format!("found {}", temperature.value))
                    .accepts(format!("accepted: {} to {} degC", LIVING_CELSIUS.start(), LIVING_CELSIUS.end())),
            );
        }
    }
    solution.calcium = ion(section, "calcium", CALCIUM_MM).or(solution.calcium);
    solution.magnesium = ion(section, "magnesium", MAGNESIUM_MM).or(solution.magnesium);
    solution
}

/// Reads the concentration of an ion.
fn ion(section: &mut Section<'_>, key: &'static str, range: RangeInclusive<f64>) -> Option<Concentration> {
    let stated = section.quantity::<Concentration>(key)?;
    if range.contains(&stated.mm()) {
        return Some(stated.value);
    }
    section.page.note(
        Fault::at(stated.span.clone(), format!("`{key}` is no concentration of a solution for slices"))
            .found(format!("found {}", stated.value))
            .accepts(format!("accepted: {} to {} mM outside the cells", range.start(), range.end())),
    );
    None
}
