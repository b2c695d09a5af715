//! The usual comparison of groups whose slices are nested in animals: every group,
//! or every comparison inside animals, with variances of its own.

use crate::fault::Fault;
use crate::mixed::nested::Nested;
use crate::question::{Design, Method};
use crate::table::data::Data;
use statistics::clustered::{ClusterMeans, GroupMean};
use statistics::{Comparison, StatisticsError, clustered};
use std::collections::BTreeMap;

/// Slices of each animal in each cell.
pub(crate) struct Cells {
    animals: Vec<BTreeMap<usize, Vec<f64>>>,
    /// Whether comparisons are differences within animals.
    pub(crate) inside: bool,
}

impl Cells {
    /// Sorts the slices; refuses a cell of one animal.
    pub(crate) fn new(data: &Data, nested: &Nested, method: Method) -> Result<Cells, Fault> {
        let mut animals = vec![BTreeMap::new(); nested.names.len()];
        for ((cell, animal), value) in nested.level.iter().zip(&nested.animal).zip(&nested.response) {
            let own: &mut BTreeMap<usize, Vec<f64>> = &mut animals[*cell];
            own.entry(*animal).or_default().push(*value);
        }
        let cells = Cells { animals, inside: data.design == Design::WithinAnimal };
        if let Some(cell) = cells.animals.iter().position(|own| own.len() < 2) {
            let (column, group) = (data.group.join(" and "), nested.names[cell].clone());
            let found = cells.animals[cell].len();
            return Err(Fault::FewUnits { column, group, found, unit: "animal", method: method.name() });
        }
        Ok(cells)
    }

    /// The mean of one cell.
    pub(crate) fn mean(&self, cell: usize) -> Result<GroupMean, StatisticsError> {
        GroupMean::of(&ClusterMeans::of_group(&self.animals[cell].values().cloned().collect::<Vec<_>>())?)
    }

    /// Animals that have slices in all cells with a weight, each with those slices.
    fn shared(&self, weights: &[f64]) -> Vec<Vec<&[f64]>> {
        let used: Vec<usize> = (0..weights.len()).filter(|&c| weights[c] != 0.0).collect();
        let row = |animal: &usize| used.iter().map(|&c| self.animals[c].get(animal).map(Vec::as_slice)).collect();
        used.first().map_or_else(Vec::new, |&first| self.animals[first].keys().filter_map(row).collect())
    }

    /// The weighted sum of cells inside animals.
    fn within(&self, weights: &[f64]) -> Result<GroupMean, StatisticsError> {
        let own: Vec<f64> = weights.iter().copied().filter(|w| *w != 0.0).collect();
        GroupMean::of(&ClusterMeans::inside(&self.shared(weights), &own)?)
    }

    /// A weighted sum of cells, each with variances of its own; inside animals where
    /// the animals are the same, between them where they are not.
    pub(crate) fn combine(&self, weights: &[f64], level: f64) -> Result<Comparison, StatisticsError> {
        let parts = self.parts(weights);
        if parts.len() == weights.iter().filter(|w| **w != 0.0).count() {
            let used: Vec<usize> = (0..weights.len()).filter(|&c| weights[c] != 0.0).collect();
            let means = used.iter().map(|&c| self.mean(c)).collect::<Result<Vec<_>, _>>()?;
            return clustered::combine(&used.iter().map(|&c| weights[c]).collect::<Vec<_>>(), &means, level);
        }
        let means = parts.iter().map(|part| self.within(part)).collect::<Result<Vec<_>, _>>()?;
        clustered::combine(&vec![1.0; means.len()], &means, level)
    }

    /// The weights split into sets of cells that share no animal.
    fn parts(&self, weights: &[f64]) -> Vec<Vec<f64>> {
        let mut left: Vec<usize> = (0..weights.len()).filter(|&c| weights[c] != 0.0).collect();
        let mut parts = Vec::new();
        while let Some(first) = left.pop() {
            let mut own = vec![first];
            let mut grown = true;
            while grown {
                let near = |c: &usize| {
                    own.iter().any(|o| self.animals[*o].keys().any(|animal| self.animals[*c].contains_key(animal)))
                };
                let (joined, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|c| near(c));
                grown = !joined.is_empty();
                own.extend(joined);
                left = rest;
            }
            parts.push((0..weights.len()).map(|c| if own.contains(&c) { weights[c] } else { 0.0 }).collect());
        }
        parts
    }

    /// Correlations of the comparisons of each further cell with the first: of their
    /// estimates, and inside animals the mean one of the animals' differences (one
    /// half, that of equal variances, with fewer than three animals).
    pub(crate) fn correlations(&self) -> Result<Vec<Vec<f64>>, StatisticsError> {
        let k = self.animals.len();
        if !self.inside {
            let variance = (0..k).map(|c| self.mean(c).map(|m| m.variance)).collect::<Result<Vec<_>, _>>()?;
            let sd = |c: usize| (variance[0] + variance[c]).sqrt();
            return Ok(square(k - 1, |i, j| variance[0] / (sd(i + 1) * sd(j + 1))));
        }
        let mut found = Vec::new();
        for i in 1..k {
            for j in 1..i {
                let mut weights = vec![0.0; k];
                (weights[0], weights[i], weights[j]) = (1.0, 1.0, 1.0);
                let mean = |units: &[f64]| units.iter().sum::<f64>() / units.len() as f64;
                // The cells stand in their order: 0, j, i.
                let pairs = self.shared(&weights).into_iter();
                let pairs: Vec<(f64, f64)> =
                    pairs.map(|row| (mean(row[2]) - mean(row[0]), mean(row[1]) - mean(row[0]))).collect();
                found.extend(correlation(&pairs));
            }
        }
        let mean = if found.is_empty() { 0.5 } else { found.iter().sum::<f64>() / found.len() as f64 };
        // Below this bound a matrix of equal correlations is not positive definite.
        let lowest = -1.0 / k as f64;
        Ok(square(k - 1, |_, _| mean.clamp(lowest, 0.999)))
    }
}

fn square(n: usize, of: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { of(i, j) }).collect()).collect()
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |of: fn(f64, f64) -> f64| pairs.iter().map(|p| of(p.0 - mx, p.1 - my)).sum::<f64>();
    let r = sum(|x, y| x * y) / (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt();
    (pairs.len() >= 3 && r.is_finite()).then_some(r)
}
