//! Mixed models beyond one mean per group: conditions or times within slices,
//! slices nested in animals, a covariate with a random slope, AR(1) residuals,
//! full likelihood, profile intervals, marginal means and all pairs.

use super::Found;
use super::arguments::{Likelihood, Random, Stats};
use super::data::{Data, Wanted, refuse_column_of_sweeps, usage};
use super::fault::StatsFault;
use super::mixed::numbered;
use super::outcome::{Outcome, Row, p_words, short};
use super::units::name;
use recording::table::Table;
use serde_json::json;
use statistics::adjust::{Adjustment, adjust};
use statistics::contrasts::{self, AdjustedComparison};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, fit};
use statistics::{DfMethod, StatisticsError};
use std::collections::BTreeSet;

mod rows;

/// The observations and what they are grouped by.
struct Observations {
    groups: Vec<String>,
    conditions: Vec<String>,
    /// Cell of each row: condition × groups + group.
    cell: Vec<usize>,
    response: Vec<f64>,
    animal: Vec<usize>,
    slice: Option<Vec<usize>>,
    covariate: Option<Vec<f64>>,
    time: Option<Vec<f64>>,
    n_slices: usize,
}

impl Observations {
    fn new(data: &Data, arguments: &Stats) -> Result<Observations, StatsFault> {
        let groups = data.levels(0, arguments)?;
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
        let nested = match arguments.random {
            Some(Random::Animal) => false,
            Some(Random::AnimalSlice) if data.slice.is_none() => {
                return Err(usage("--random animal-slice needs the column of the slice: --slice COL"));
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
        let time = arguments.autoregression.then(|| times(data)).transpose()?;
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

    fn cells(&self) -> usize {
        self.groups.len() * self.conditions.len().max(1)
    }

    fn cell_name(&self, cell: usize) -> String {
        let group = &self.groups[cell % self.groups.len()];
        match self.conditions.get(cell / self.groups.len()) {
            Some(condition) => format!("{group}, {condition}"),
            None => group.clone(),
        }
    }

    fn design(&self) -> Result<Design, StatisticsError> {
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

    fn data<'a>(&'a self, design: &'a Design, random_slope: bool) -> MixedData<'a> {
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
    fn weights(&self, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let g = self.groups.len();
        let mut weights: Vec<f64> = (0..self.cells()).map(|cell| of(cell % g, cell / g)).collect();
        weights.extend(self.covariate.iter().map(|_| 0.0));
        weights
    }

    /// Unweighted mean of a group over the conditions.
    fn group_mean(&self, group: usize) -> Vec<f64> {
        let share = 1.0 / self.conditions.len().max(1) as f64;
        self.weights(|g, _| if g == group { share } else { 0.0 })
    }

    fn condition_mean(&self, condition: usize) -> Vec<f64> {
        let share = 1.0 / self.groups.len() as f64;
        self.weights(|_, c| if c == condition { share } else { 0.0 })
    }
}

/// The column within as numbers.
fn times(data: &Data) -> Result<Vec<f64>, StatsFault> {
    let read = |r: &super::data::Record| {
        let text = r.within.clone().unwrap_or_default();
        let found = text.parse::<f64>().ok().filter(|t| t.is_finite());
        found.ok_or(StatsFault::NotANumber { column: data.within.clone(), row: r.row, found: text })
    };
    data.records.iter().map(read).collect()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(x, y)| x - y).collect()
}

/// Fits the model and tests what it holds.
pub fn model(table: &Table, arguments: &Stats) -> Found {
    let within = arguments.within.is_some();
    if arguments.autoregression && !within {
        return Err(usage("--autoregression needs the column of the times: --within COL"));
    }
    if arguments.random_slope && arguments.dose.is_empty() {
        return Err(usage("--random-slope needs the column of the covariate: --dose COL"));
    }
    let wanted = Wanted { groups: 1, doses: usize::from(!arguments.dose.is_empty()), within };
    let mut data = Data::new(table, arguments, wanted)?;
    if data.animal.is_none() {
        return Err(usage("a mixed model needs the column of the animal: --animal COL"));
    }
    if data.slice.is_none() {
        refuse_column_of_sweeps(table)?;
    }
    data.unit = Some(super::arguments::Unit::Animal);
    let observations = Observations::new(&data, arguments)?;
    let refused = data.refused(arguments.method, &observations.groups);
    let design = observations.design().map_err(|why| empty_cell(&data, &observations, why, &refused))?;
    let mixed = observations.data(&design, arguments.random_slope);
    let method = if arguments.likelihood == Likelihood::Ml { Method::Ml } else { Method::Reml };
    let found = fit(&mixed, method).map_err(&refused)?;
    // At the boundary Satterthwaite does not exist; full likelihood has z only.
    let df = match (method, found.singular) {
        (Method::Ml, _) => DfMethod::Normal,
        (Method::Reml, true) => DfMethod::KenwardRoger,
        (Method::Reml, false) => arguments.df.into(),
    };
    let mut outcome = Outcome { title: title(&observations, arguments, df), ..Outcome::default() };
    describe(&mut outcome, &observations, &found);
    compare(&mut outcome, &observations, &found, df, arguments).map_err(&refused)?;
    rows::joint(&mut outcome, &data, &observations, &found, df).map_err(&refused)?;
    if observations.covariate.is_some() {
        let mut weights = observations.weights(|_, _| 0.0);
        if let Some(last) = weights.last_mut() {
            *last = 1.0;
        }
        let c = found.contrast(&weights, df, arguments.interval).map_err(&refused)?;
        outcome.rows.push(Row::comparison(format!("per unit of {}", data.dose[0]), &c));
    }
    if arguments.means {
        rows::means(&mut outcome, &observations, &found, df, arguments.interval).map_err(&refused)?;
    }
    if arguments.profile {
        rows::profiles(&mut outcome, &observations, &mixed, arguments.interval).map_err(&refused)?;
    }
    outcome.sentence = sentence(&outcome, &observations, &found);
    Ok((data, outcome))
}

/// Names the cell that has no row.
fn empty_cell(
    data: &Data,
    observations: &Observations,
    why: StatisticsError,
    refused: &impl Fn(StatisticsError) -> StatsFault,
) -> StatsFault {
    match why {
        StatisticsError::EmptyLevel { level, .. } => StatsFault::Incomplete {
            column: if data.within.is_empty() { data.group[0].clone() } else { data.within.clone() },
            unit: "the table".to_owned(),
            condition: observations.cell_name(level),
            found: 0,
        },
        StatisticsError::OneLevel { .. } => StatsFault::Groups {
            column: data.group[0].clone(),
            found: observations.groups.len(),
            levels: observations.groups.clone(),
            method: name(super::arguments::Method::Mixed),
            needed: "at least two groups or conditions",
        },
        other => refused(other),
    }
}

fn title(observations: &Observations, arguments: &Stats, df: DfMethod) -> String {
    let likelihood = if arguments.likelihood == Likelihood::Ml { "ML" } else { "REML" };
    let mut parts = vec![likelihood.to_owned(), df.name().to_owned()];
    parts.push(if observations.slice.is_some() { "animals and slices" } else { "animals" }.to_owned());
    parts.extend(arguments.random_slope.then(|| "random slope".to_owned()));
    parts.extend(arguments.autoregression.then(|| "AR(1) residuals".to_owned()));
    format!("Mixed model ({})", parts.join(", "))
}

fn describe(outcome: &mut Outcome, observations: &Observations, found: &MixedFit) {
    for (group, name) in observations.groups.iter().enumerate() {
        let own = observations.cell.iter().zip(&observations.animal);
        let animals: BTreeSet<_> =
            own.filter(|(cell, _)| **cell % observations.groups.len() == group).map(|(_, animal)| animal).collect();
        outcome.units.push((name.clone(), animals.len()));
    }
    let mut detail = |name: &str, value: serde_json::Value| outcome.details.insert(name.to_owned(), value);
    detail("sd_animal", json!(found.sd_cluster));
    if let Some(sd) = found.sd_nested {
        detail("sd_slice", json!(sd));
    }
    detail("sd_residual", json!(found.sd_residual));
    if let Some(sd) = found.sd_slope {
        detail("sd_slope", json!(sd));
        detail("slope_correlation", json!(found.slope_correlation));
    }
    if let Some(phi) = found.autocorrelation {
        detail("autocorrelation", json!(phi));
    }
    detail("icc", json!(found.icc()));
    let name = if found.method == Method::Ml { "log_likelihood_ml" } else { "log_likelihood_reml" };
    detail(name, json!(found.log_likelihood));
    detail("aic", json!(found.aic()));
    detail("bic", json!(found.bic()));
    detail("observations", json!(found.observations));
    detail("animals", json!(found.clusters));
    detail("slices", json!(observations.n_slices));
    detail("singular", json!(found.singular));
    detail("converged", json!(found.converged));
    if found.singular {
        outcome.warnings.push(format!("singular fit: {} estimated as zero", found.health.at_zero.join(" and ")));
    }
    if !found.converged {
        outcome.warnings.push(String::from("the fit did not reach its tolerance"));
    }
    if found.method == Method::Ml {
        outcome.warnings.push(String::from(
            "full likelihood: z tests reject too often with few animals; use it to compare models, REML to test",
        ));
    }
}

/// Groups with each other, averaged over the conditions.
fn compare(
    outcome: &mut Outcome,
    observations: &Observations,
    found: &MixedFit,
    df: DfMethod,
    arguments: &Stats,
) -> Result<(), StatisticsError> {
    let k = observations.groups.len();
    if k < 2 {
        return Ok(());
    }
    let means: Vec<Vec<f64>> = (0..k).map(|g| observations.group_mean(g)).collect();
    let names = &observations.groups;
    let list: Vec<(String, AdjustedComparison)> = if arguments.pairs {
        let pairs = contrasts::tukey(found, &means, df, arguments.interval)?;
        pairs.into_iter().map(|p| (format!("{} - {}", names[p.second], names[p.first]), p.adjusted)).collect()
    } else {
        let weights: Vec<Vec<f64>> = (1..k).map(|g| minus(&means[g], &means[0])).collect();
        let found = contrasts::dunnett(found, &weights, df, arguments.interval)?;
        names[1..].iter().map(|name| format!("{name} - {}", names[0])).zip(found).collect()
    };
    let plain: Vec<f64> = list.iter().map(|(_, c)| c.comparison.p).collect();
    let other = arguments.adjust.map(|method| adjust(&plain, method.into())).transpose()?;
    for (index, (term, c)) in list.iter().enumerate() {
        let mut row = Row::comparison(term, &c.comparison);
        if list.len() > 1 {
            row.p_adjusted = Some(other.as_ref().map_or(c.p_adjusted, |p| p[index]));
            row = row.with("ci_low_simultaneous", c.ci_low_adjusted).with("ci_high_simultaneous", c.ci_high_adjusted);
        }
        outcome.rows.push(row);
    }
    if list.len() > 1 {
        let usual = if arguments.pairs { "tukey" } else { "dunnett" };
        let method = arguments.adjust.map_or(usual, |method| Adjustment::from(method).name());
        outcome.details.insert("p_adjusted_by".to_owned(), json!(method));
    }
    Ok(())
}

fn sentence(outcome: &Outcome, observations: &Observations, found: &MixedFit) -> String {
    let number = |value: Option<f64>| short(value.unwrap_or(f64::NAN));
    let parts: Vec<String> = outcome
        .rows
        .iter()
        .filter_map(|row| match (row.estimate, row.p, row.df_denominator) {
            (None, Some(p), Some(df2)) => Some(format!(
                "{}: F({}, {}) = {}, {}",
                row.term,
                number(row.df),
                short(df2),
                number(row.statistic),
                p_words(p)
            )),
            (Some(estimate), Some(_), _) => {
                let p = row.p_adjusted.or(row.p).unwrap_or(f64::NAN);
                Some(format!("{} {} (SE {}, {})", row.term, short(estimate), number(row.se), p_words(p)))
            }
            _ => None,
        })
        .collect();
    format!(
        "{}: {} ({} rows of {} slices of {} animals).",
        outcome.title,
        parts.join("; "),
        found.observations,
        observations.n_slices,
        found.clusters
    )
}
