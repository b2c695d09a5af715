//! The observations of a mixed model and what they are grouped by.

use crate::fault::Fault;
use crate::mixed::random::Factors;
use crate::question::{Question, Variances};
use crate::table::data::{Data, Record};
use recording::table::Table;
use statistics::StatisticsError;
use statistics::design::Design;
use statistics::mixed::MixedData;

/// The observations and what they are grouped by.
pub(crate) struct Observations {
    /// Groups, the reference first; one without a name if there is no column of groups.
    pub(crate) groups: Vec<String>,
    /// Conditions or times within slices; none without `within`.
    pub(crate) conditions: Vec<String>,
    /// Cell of each row: condition × groups + group.
    pub(crate) cell: Vec<usize>,
    /// Group of each row.
    pub(crate) group: Vec<usize>,
    /// Responses.
    pub(crate) response: Vec<f64>,
    /// Covariate of each row.
    pub(crate) covariate: Option<Vec<f64>>,
    /// Time of each row, about the mean, if slopes along it vary between animals.
    pub(crate) slope_time: Option<Vec<f64>>,
    /// Time of each row, if residuals are correlated along it.
    pub(crate) time: Option<Vec<f64>>,
    /// The random factors.
    pub(crate) factors: Factors,
    /// Number of different slices, if a column names them.
    pub(crate) n_slices: Option<usize>,
}

impl Observations {
    /// Groups the rows of a table.
    pub(crate) fn new(table: &Table, data: &Data, question: &Question) -> Result<Observations, Fault> {
        let groups = if data.group.is_empty() { vec![String::new()] } else { data.levels(0, question)? };
        let mut conditions: Vec<String> = Vec::new();
        for condition in data.records.iter().filter_map(|r| r.within.clone()) {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        // Times come in their order, names in that of the table.
        let timed = !conditions.is_empty() && conditions.iter().all(|c| c.parse::<f64>().is_ok());
        if timed {
            conditions.sort_by(|a, b| a.parse().unwrap_or(0.0_f64).total_cmp(&b.parse().unwrap_or(0.0)));
        }
        let place = |list: &[String], name: &str| list.iter().position(|x| x == name).unwrap_or_default();
        let group_of = |r: &Record| r.groups.first().map_or(0, |name| place(&groups, name));
        let condition_of = |r: &Record| r.within.as_ref().map_or(0, |w| place(&conditions, w));
        let cell = data.records.iter().map(|r| condition_of(r) * groups.len() + group_of(r)).collect();
        let group = data.records.iter().map(group_of).collect();
        let factors = Factors::new(table, data, question, if timed { conditions.len() } else { 0 })?;
        let time = (question.autoregression || factors.slopes_in_time).then(|| times(data)).transpose()?;
        let slope_time = time.as_ref().filter(|_| factors.slopes_in_time).map(|time| {
            let centre = time.iter().sum::<f64>() / time.len() as f64;
            time.iter().map(|t| t - centre).collect()
        });
        Ok(Observations {
            groups,
            conditions,
            cell,
            group,
            response: data.records.iter().map(|r| r.values[0]).collect(),
            covariate: (!data.dose.is_empty()).then(|| data.records.iter().map(|r| r.doses[0]).collect()),
            slope_time,
            time: time.filter(|_| question.autoregression),
            factors,
            n_slices: data.slices(),
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

    /// The observations as the mixed model takes them, and the random factors that the
    /// rows cannot tell from others.
    pub(crate) fn data<'a>(
        &'a self,
        design: &'a Design,
        question: &Question,
    ) -> Result<(MixedData<'a>, Vec<String>), Fault> {
        let mut data = MixedData::new(&self.response, design, &self.factors.list[0].1);
        data.slope = if question.random_slope { self.covariate.as_deref() } else { self.slope_time.as_deref() };
        data.time = self.time.as_deref();
        data.variances_by = (question.variances == Some(Variances::ByGroup)).then_some(&self.group);
        self.factors.add(data)
    }

    /// Weights on the coefficients: `of(group, condition)` for each cell.
    pub(crate) fn weights(&self, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let g = self.groups.len();
        let mut weights: Vec<f64> = (0..self.cells()).map(|cell| of(cell % g, cell / g)).collect();
        weights.extend(self.covariate.iter().map(|_| 0.0));
        weights
    }

    /// Weights of the only cell at a covariate of 0.
    pub(crate) fn intercept(&self) -> Vec<f64> {
        self.weights(|_, _| 1.0)
    }

    /// Weights of the mean of a cell at the mean of the covariate.
    pub(crate) fn cell_mean(&self, cell: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.cells()];
        weights[cell] = 1.0;
        weights.extend(self.covariate.iter().map(|values| values.iter().sum::<f64>() / values.len() as f64));
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
