//! The slices of an experiment, sorted into cells: one per induction protocol
//! and condition, animals inside, slices inside those.

use crate::measure::measures::{Measured, SliceRow};
use crate::measure::spread::mean;
use results::Manifest;
use results::plan::ConditionPlan;

/// The included slices of one animal in one cell.
#[derive(Clone, Debug)]
pub(crate) struct Animal<'a> {
    pub name: &'a str,
    pub slices: Vec<&'a SliceRow>,
}

impl Animal<'_> {
    pub fn potentiations(&self) -> Vec<f64> {
        self.slices.iter().map(|s| s.potentiation_percent).collect()
    }

    /// Mean of a slice property over the slices that have it; NaN if none has.
    pub fn mean_of(&self, property: impl Fn(&SliceRow) -> f64) -> f64 {
        let values: Vec<f64> = self.slices.iter().map(|s| property(s)).filter(|v| v.is_finite()).collect();
        mean(&values)
    }

    pub fn mean(&self) -> f64 {
        self.mean_of(|s| s.potentiation_percent)
    }
}

/// One condition under one induction protocol.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    pub induction: &'a str,
    pub condition: &'a ConditionPlan,
    /// Every slice, included or not, in the order given.
    pub measured: Vec<&'a Measured>,
    /// Animals with at least one included slice, in the order of their first.
    pub animals: Vec<Animal<'a>>,
}

impl<'a> Cell<'a> {
    pub fn included(&self) -> impl Iterator<Item = &'a Measured> + '_ {
        self.measured.iter().copied().filter(|m| m.slice.included)
    }

    pub fn n_slices(&self) -> usize {
        self.animals.iter().map(|a| a.slices.len()).sum()
    }

    pub fn n_animals(&self) -> usize {
        self.animals.len()
    }

    pub fn is_empty(&self) -> bool {
        self.animals.is_empty()
    }

    /// Whether a single animal gave all slices: nothing can be said of animals.
    pub fn is_one_animal(&self) -> bool {
        self.animals.len() == 1
    }

    /// Mean potentiation of each animal, %.
    pub fn animal_means(&self) -> Vec<f64> {
        self.animals.iter().map(Animal::mean).collect()
    }
}

/// All cells of one induction protocol, in the order of the conditions.
#[derive(Clone, Debug)]
pub(crate) struct Arm<'a> {
    pub induction: &'a str,
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Arm<'a> {
    pub fn cell(&self, condition: &str) -> Option<&Cell<'a>> {
        self.cells.iter().find(|c| c.condition.name == condition)
    }

    /// Cells with included slices.
    pub fn filled(&self) -> impl Iterator<Item = &Cell<'a>> {
        self.cells.iter().filter(|c| !c.is_empty())
    }
}

/// Sorts slices into the cells of the manifest. Also yields how many slices
/// belong to no cell.
pub(crate) fn arms<'a>(manifest: &'a Manifest, measured: &'a [Measured]) -> (Vec<Arm<'a>>, usize) {
    let mut strays = measured.len();
    let arms = manifest
        .inductions
        .iter()
        .map(|induction| Arm {
            induction: &induction.name,
            cells: manifest
                .conditions
                .iter()
                .map(|condition| {
                    let cell = cell(&induction.name, condition, measured);
                    strays -= cell.measured.len();
                    cell
                })
                .collect(),
        })
        .collect();
    (arms, strays)
}

fn cell<'a>(induction: &'a str, condition: &'a ConditionPlan, measured: &'a [Measured]) -> Cell<'a> {
    let own: Vec<&Measured> = measured
        .iter()
        .filter(|m| m.slice.key.induction == induction && m.slice.key.condition == condition.name)
        .collect();
    let mut animals: Vec<Animal> = Vec::new();
    for m in own.iter().filter(|m| m.slice.included) {
        // Slices of an animal are neighbours, mostly the last one's.
        match animals.iter_mut().rfind(|a| a.name == m.slice.key.animal) {
            Some(known) => known.slices.push(&m.slice),
            None => animals.push(Animal { name: &m.slice.key.animal, slices: vec![&m.slice] }),
        }
    }
    Cell { induction, condition, measured: own, animals }
}
