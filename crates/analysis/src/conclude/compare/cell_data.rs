//! The values of one cell as the models take them.

use crate::conclude::cells::Cell;
use statistics::StatisticsError;
use statistics::clustered::{ClusterMeans, GroupMean};

/// How the slices lie over animals and conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The same animals in several cells.
    pub inside: bool,
    /// One slice of every animal in every cell.
    pub single: bool,
}

/// One cell: its animals with the potentiations of their slices, %.
#[derive(Clone, Debug)]
pub(crate) struct CellData {
    pub induction: String,
    pub condition: String,
    pub animals: Vec<(String, Vec<f64>)>,
}

impl CellData {
    pub fn of(cell: &Cell) -> Self {
        Self::with(cell, |animal| animal.potentiations())
    }

    /// One value per animal, the mean of its slices.
    pub fn of_animal_means(cell: &Cell) -> Self {
        Self::with(cell, |animal| vec![animal.mean()])
    }

    fn with(cell: &Cell, values: impl Fn(&crate::conclude::cells::Animal) -> Vec<f64>) -> Self {
        Self {
            induction: cell.induction.to_owned(),
            condition: cell.condition.name.clone(),
            animals: cell.animals.iter().map(|animal| (animal.name.to_owned(), values(animal))).collect(),
        }
    }

    pub fn is(&self, induction: &str, condition: &str) -> bool {
        self.induction == induction && self.condition == condition
    }

    pub fn is_of_single_slices(&self) -> bool {
        self.animals.iter().all(|(_, slices)| slices.len() == 1)
    }

    pub fn slices_of(&self, animal: &str) -> Option<&[f64]> {
        self.animals.iter().find(|(name, _)| name == animal).map(|(_, slices)| slices.as_slice())
    }

    pub fn n_slices(&self) -> usize {
        self.animals.iter().map(|(_, slices)| slices.len()).sum()
    }

    /// Means of the animals.
    pub fn means(&self) -> Vec<f64> {
        self.animals.iter().map(|(_, slices)| slices.iter().sum::<f64>() / slices.len() as f64).collect()
    }

    /// The mean of the cell with variances of its own.
    pub fn mean(&self) -> Result<GroupMean, StatisticsError> {
        let slices: Vec<Vec<f64>> = self.animals.iter().map(|(_, slices)| slices.clone()).collect();
        GroupMean::of(&ClusterMeans::of_group(&slices)?)
    }
}
