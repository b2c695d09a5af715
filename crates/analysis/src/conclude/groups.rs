//! Group summaries: slices → animal means → mean, SD and interval over animals.

use crate::conclude::cells::{Animal, Cell};
use crate::findings::groups::{AnimalPoint, Exclusion, Group, SlicePoint};
use crate::findings::interval::Interval;
use crate::measure::measures::SliceRow;
use crate::measure::spread::{mean, sem, standard_deviation};
use statistics::Sample;

/// The interval of an estimate that does not exist.
pub(crate) const NO_INTERVAL: Interval = Interval { low: f64::NAN, high: f64::NAN };

/// Summary of one cell at confidence level `level`.
pub(crate) fn summarise(cell: &Cell, level: f64) -> Group {
    let means = cell.animal_means();
    let over_animals = |property: fn(&SliceRow) -> f64| {
        let values: Vec<f64> = cell.animals.iter().map(|a| a.mean_of(property)).filter(|v| v.is_finite()).collect();
        (mean(&values), sem(&values))
    };
    let (stp_mean, stp_sem) = over_animals(|s| s.stp_percent);
    let (drug_effect_mean, drug_effect_sem) = over_animals(|s| s.drug_effect_percent);
    let ci = Sample::new(&means)
        .and_then(|sample| sample.mean_interval(level))
        .map_or(NO_INTERVAL, |i| Interval { low: i.low, high: i.high });
    Group {
        induction: cell.induction.to_owned(),
        condition: cell.condition.name.clone(),
        n_slices: cell.n_slices(),
        n_animals: cell.n_animals(),
        n_excluded: cell.measured.len() - cell.n_slices(),
        mean: mean(&means),
        sd: standard_deviation(&means),
        sem: sem(&means),
        ci,
        stp_mean,
        stp_sem,
        drug_effect_mean,
        drug_effect_sem,
        slices: cell
            .animals
            .iter()
            .flat_map(|animal| &animal.slices)
            .map(|slice| SlicePoint {
                animal: slice.key.animal.clone(),
                slice: slice.key.slice,
                potentiation_percent: slice.potentiation_percent,
            })
            .collect(),
        animals: cell.animals.iter().map(animal_point).collect(),
    }
}

fn animal_point(animal: &Animal) -> AnimalPoint {
    AnimalPoint { animal: animal.name.to_owned(), n_slices: animal.slices.len(), potentiation_percent: animal.mean() }
}

/// Each text once, in the order of the first.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if all.iter().all(|known| known != text) {
            all.push(text.to_owned());
        }
    }
    all
}

/// The excluded slices of one cell.
pub(crate) fn exclusions<'a>(cell: &'a Cell) -> impl Iterator<Item = Exclusion> + 'a {
    cell.measured.iter().filter(|m| !m.slice.included).map(|m| Exclusion {
        induction: m.slice.key.induction.clone(),
        condition: m.slice.key.condition.clone(),
        animal: m.slice.key.animal.clone(),
        slice: m.slice.key.slice,
        reason: m.slice.reason.clone(),
        rules: distinct(m.slice.rules.iter().map(|rule| rule.in_words())),
    })
}
