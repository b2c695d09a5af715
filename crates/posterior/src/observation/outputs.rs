//! What is simulated of a parameter set: one number per arm of a published outcome and
//! per row of the table of physiology.
//!
//! An arm is simulated as a few slices of different animals, the same virtual ones for every
//! parameter set, without noise and drift, so that the numbers are as smooth in the
//! parameters as the spines allow. The mean of these few is not that of a population; the
//! [`offset`](Outputs::offset) between both is taken at the shipped parameters and added.

use crate::error::PosteriorError;
use crate::observation::record::{ObservationFile, Scale, Use, shipped};
use synapse::Parameters;
use toml::Value;
use validation::physiology::physiology;
use validation::{Options, Record, embedded, scoreboard};

/// Parameters that make sweeps noisy; these slices have none of them.
const SILENT: [&str; 3] = ["field.noise", "field.sweep_cv", "field.drift"];

/// Between test pulses: without noise a window needs few.
const TEST_INTERVAL: &str = "60 s";

/// Animals that stand for a population when the offset is taken.
const POPULATION: u32 = 64;

/// What is simulated of every parameter set.
#[derive(Clone, Debug)]
pub(crate) struct Outputs {
    /// Records with the arms that are needed, test pulses thinned out.
    records: Vec<Record>,
    /// Rows of the table of physiology.
    cells: Vec<(String, Scale)>,
    /// Names of all outputs, in order.
    names: Vec<String>,
}

impl Outputs {
    /// The outputs that the shipped observations of a kind need.
    ///
    /// # Errors
    /// An observation that names no record or no arm.
    pub(crate) fn of(file: &ObservationFile, role: Use) -> Result<Self, PosteriorError> {
        let mut records: Vec<Record> = Vec::new();
        let known = embedded()?;
        for seen in file.observation.iter().filter(|seen| seen.role == role) {
            let wrong =
                |what: &str| PosteriorError::Observations(format!("{what} \"{}\", \"{}\"", seen.record, seen.arm));
            let from = known.iter().find(|record| record.id == seen.record).ok_or_else(|| wrong("no record"))?;
            if !records.iter().any(|record| record.id == seen.record) {
                records.push(Record { arms: Vec::new(), expectations: Vec::new(), ..from.clone() });
            }
            let Some(record) = records.iter_mut().find(|record| record.id == seen.record) else { continue };
            for name in std::iter::once(&seen.arm).chain(&seen.below) {
                let arm = from.arms.iter().find(|arm| arm.name == *name).ok_or_else(|| wrong("no arm"))?;
                if record.arms.iter().all(|arm| arm.name != *name) {
                    let mut arm = arm.clone();
                    let test =
                        toml::Table::from_iter([("interval".to_owned(), Value::String(TEST_INTERVAL.to_owned()))]);
                    arm.protocol.insert("test".to_owned(), Value::Table(test));
                    record.arms.push(arm);
                }
            }
        }
        let cells = match role {
            Use::Sets => file.physiology.iter().map(|row| (row.id.clone(), row.scale)).collect(),
            Use::Held => Vec::new(),
        };
        let arms = records.iter().flat_map(|record| record.arms.iter().map(|arm| name(&record.id, &arm.name)));
        let names = arms.chain(cells.iter().map(|(id, _)| id.clone())).collect();
        Ok(Self { records, cells, names })
    }

    /// Those of the shipped observations that set parameters.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub(crate) fn that_set() -> Result<Self, PosteriorError> {
        Self::of(&shipped()?, Use::Sets)
    }

    /// Scale of an output of the mean cell.
    pub(crate) fn scale(&self, id: &str) -> Option<Scale> {
        self.cells.iter().find(|(known, _)| known == id).map(|(_, scale)| *scale)
    }

    /// Names of all outputs, in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// All outputs of a parameter set as means of `animals` slices of different animals; none
    /// if the model cannot finish a slice or a response cannot be measured.
    pub(crate) fn simulate(&self, parameters: &Parameters, animals: u32, seed: u64) -> Option<Vec<f64>> {
        let mut changes = changes(parameters);
        changes.extend(SILENT.iter().map(|path| ((*path).to_owned(), 0.0)));
        let rows = scoreboard(&self.records, &Options { animals, seed, changes }, &mut |_| ()).ok()?;
        let arms = rows.iter().flat_map(|row| &row.arms);
        let mut means: Vec<f64> = arms.map(|arm| arm.values.iter().sum::<f64>() / arm.values.len() as f64).collect();
        let table = if self.cells.is_empty() { Vec::new() } else { physiology(parameters) };
        let of_row = |(id, scale): &(String, Scale)| {
            table.iter().find(|row| row.id == id).map_or(f64::NAN, |row| scaled(row.value, row.range, *scale))
        };
        means.extend(self.cells.iter().map(of_row));
        means.iter().all(|mean| mean.is_finite()).then_some(means)
    }

    /// Mean of a population of slices minus that of `animals` slices, at the shipped
    /// parameters.
    ///
    /// # Errors
    /// The shipped parameters cannot be simulated.
    pub(crate) fn offset(&self, animals: u32, seed: u64) -> Result<Vec<f64>, PosteriorError> {
        let shipped = Parameters::default();
        let population = self.simulate(&shipped, POPULATION, seed).ok_or(PosteriorError::Shipped)?;
        let few = self.simulate(&shipped, animals, seed).ok_or(PosteriorError::Shipped)?;
        Ok(population.iter().zip(&few).map(|(population, few)| population - few).collect())
    }
}

/// A quantity of the mean cell as an output, on its scale. What is smaller than a twentieth of
/// its published size counts as that on a logarithmic scale.
pub(crate) fn scaled(value: f64, range: [f64; 2], scale: Scale) -> f64 {
    match scale {
        Scale::Linear => value,
        Scale::Log => {
            let [one, other] = range.map(f64::abs);
            let least = if one.min(other) > 0.0 { one.min(other) } else { one.max(other) };
            libm::log(value.abs().max(least / 20.0))
        }
    }
}

/// Name of the output of an arm.
pub(crate) fn name(record: &str, arm: &str) -> String {
    format!("{record}, {arm}")
}

fn specs() -> impl Iterator<Item = &'static str> {
    Parameters::specs().iter().map(|spec| spec.path)
}

/// Every parameter that is not as shipped.
pub(crate) fn changes(parameters: &Parameters) -> Vec<(String, f64)> {
    let shipped = Parameters::default();
    let changed = |path: &'static str| {
        let value = parameters.get(path)?;
        (shipped.get(path) != Some(value)).then(|| (path.to_owned(), value))
    };
    specs().filter_map(changed).collect()
}
