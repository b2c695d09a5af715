//! The observations of a mixed model and what they are grouped by.

use crate::fault::Fault;
use crate::mixed::nested::numbered;
use crate::question::{Question, Random};
use crate::table::data::{Data, Record};
use statistics::StatisticsError;
use statistics::design::Design;
use statistics::mixed::MixedData;
use std::collections::BTreeSet;

/// The observations and what they are grouped by.
pub(crate) struct Observations {
    /// Groups, the reference first.
    pub(crate) groups: Vec<String>,
    /// Conditions or times within slices; none without `within`.
    pub(crate) conditions: Vec<String>,
    /// Cell of each row: condition × groups + group.
    pub(crate) cell: Vec<usize>,
    /// Responses.
    pub(crate) response: Vec<f64>,
    /// Animal of each row.
    pub(crate) animal: Vec<usize>,
    /// Slice of each row, if slices are random effects.
    pub(crate) slice: Option<Vec<usize>>,
    /// Covariate of each row, about its mean.
    pub(crate) covariate: Option<Vec<f64>>,
    /// Time of each row, if residuals are correlated along it.
    pub(crate) time: Option<Vec<f64>>,
    /// Number of different slices.
    pub(crate) n_slices: usize,
}

impl Observations {
    /// Groups the rows of a table.
    pub(crate) fn new(data: &Data, question: &Question) -> Result<Observations, Fault> {
        let groups = data.levels(0, question)?;
        let mut conditions: Vec<String> = Vec::new();
        for condition in data.records.iter().filter_map(|r| r.within.clone()) {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        // Times come in their order, names in that of the table.
        if conditions.iter().all(|c| c.parse::<f64>().is_ok()) {
            conditions.sort_by(|a, b| a.parse().unwrap_or(0.0_f64).total_cmp(&b.parse().unwrap_or(0.0)));
        }
        let place = |list: &[String], name: &str| list.iter().position(|x| x == name).unwrap_or_default();
        let cell = data
            .records
            .iter()
            .map(|r| {
                let condition = r.within.as_ref().map_or(0, |w| place(&conditions, w));
                condition * groups.len() + place(&groups, &r.groups[0])
            })
            .collect();
        let names: Vec<String> = data.records.iter().map(|r| format!("{:?} {:?}", r.animal, r.slice)).collect();
        let distinct: BTreeSet<&String> = names.iter().collect();
        let repeated = data.slice.is_some() && distinct.len() < names.len();
        let nested = match question.random {
            Some(Random::Animal) => false,
            Some(Random::AnimalSlice) if data.slice.is_none() => {
                return Err(Fault::asked("--random animal-slice needs the column of the slice: --slice COL"));
            }
            Some(Random::AnimalSlice) => true,
            None => repeated,
        };
        let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
        let covariate: Option<Vec<f64>> = (!data.dose.is_empty()).then(|| {
            let values: Vec<f64> = data.records.iter().map(|r| r.doses[0]).collect();
            let centre = mean(&values);
            values.into_iter().map(|v| v - centre).collect()
        });
        let time = question.autoregression.then(|| times(data)).transpose()?;
        Ok(Observations {
            groups,
            conditions,
            cell,
            response: data.records.iter().map(|r| r.values[0]).collect(),
            animal: numbered(data.records.iter().filter_map(|r| r.animal.as_ref())),
            slice: nested.then(|| numbered(names.iter())),
            covariate,
            time,
            n_slices: distinct.len(),
        })
    }

    /// Number of cells: groups × conditions.
    pub(crate) fn cells(&self) -> usize {
        self.groups.len() * self.conditions.len().max(1)
    }

    /// "drug, 60 min".
    pub(crate) fn cell_name(&self, cell: usize) -> String {
        let group = &self.groups[cell % self.groups.len()];
        match self.conditions.get(cell / self.groups.len()) {
            Some(condition) => format!("{group}, {condition}"),
            None => group.clone(),
        }
    }

    /// Means of cells, and the covariate.
    pub(crate) fn design(&self) -> Result<Design, StatisticsError> {
        let names: Vec<String> = (0..self.cells()).map(|cell| self.cell_name(cell)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let design = if names.len() == 1 {
            Design::intercept(self.cell.len())?
        } else {
            Design::cell_means(&self.cell, &names)?
        };
        match &self.covariate {
            Some(covariate) => design.with_column("covariate", covariate),
            None => Ok(design),
        }
    }

    /// The observations as the mixed model takes them.
    pub(crate) fn data<'a>(&'a self, design: &'a Design, random_slope: bool) -> MixedData<'a> {
        let mut data = MixedData::new(&self.response, design, &self.animal);
        if let Some(slice) = &self.slice {
            data = data.with_nested(slice);
        }
        if let (Some(covariate), true) = (&self.covariate, random_slope) {
            data = data.with_slope(covariate);
        }
        match &self.time {
            Some(time) => data.with_autoregression(time),
            None => data,
        }
    }

    /// Weights on the coefficients: `of(group, condition)` for each cell.
    pub(crate) fn weights(&self, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let g = self.groups.len();
        let mut weights: Vec<f64> = (0..self.cells()).map(|cell| of(cell % g, cell / g)).collect();
        weights.extend(self.covariate.iter().map(|_| 0.0));
        weights
    }

    /// Unweighted mean of a group over the conditions.
    pub(crate) fn group_mean(&self, group: usize) -> Vec<f64> {
        let share = 1.0 / self.conditions.len().max(1) as f64;
        self.weights(|g, _| if g == group { share } else { 0.0 })
    }

    /// Unweighted mean of a condition over the groups.
    pub(crate) fn condition_mean(&self, condition: usize) -> Vec<f64> {
        let share = 1.0 / self.groups.len() as f64;
        self.weights(|_, c| if c == condition { share } else { 0.0 })
    }
}

/// The column within as numbers.
fn times(data: &Data) -> Result<Vec<f64>, Fault> {
    let read = |r: &Record| {
        let text = r.within.clone().unwrap_or_default();
        let found = text.parse::<f64>().ok().filter(|t| t.is_finite());
        found.ok_or(Fault::NotANumber { column: data.within.clone(), row: r.row, found: text })
    };
    data.records.iter().map(read).collect()
}

/// Element by element.
pub(crate) fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(x, y)| x - y).collect()
}
