//! Findings of whole-cell recordings, as they are written to `findings.json`.

use crate::patch::course::{AverageCurrent, CoursePoint, FiringPoint};
use crate::patch::reading::Reading;
use recording::Phase;
use serde::{Deserialize, Serialize};

/// One condition in one phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchGroup {
    /// Condition.
    pub condition: String,
    /// Part of the recording.
    pub phase: Phase,
    /// What was read.
    pub reading: Reading,
    /// Cells.
    pub n_cells: usize,
    /// Animals.
    pub n_animals: usize,
    /// Mean over cells.
    pub mean: f64,
    /// Standard deviation over cells; `None` for one cell.
    pub sd: Option<f64>,
    /// Standard error over cells, which describes and does not test: cells of one
    /// animal are alike.
    pub sem: Option<f64>,
}

/// The change from the baseline in a condition against that in the reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchContrast {
    /// Condition.
    pub condition: String,
    /// Reference.
    pub reference: String,
    /// Part of the recording that is compared with the baseline.
    pub phase: Phase,
    /// What was read.
    pub reading: Reading,
    /// Difference of the changes.
    pub estimate: f64,
    /// Lower confidence limit.
    pub ci_low: f64,
    /// Upper confidence limit.
    pub ci_high: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// p, not adjusted.
    pub p: f64,
}

impl PatchContrast {
    /// Decimals that show two digits of the width of the interval, from two to five: a
    /// change of 0.004 mV between −0.001 and 0.009 is not printed as zero.
    pub fn decimals(&self) -> usize {
        const FEWEST: usize = 2;
        const MOST: usize = 5;
        let width = self.ci_high - self.ci_low;
        (FEWEST..MOST).find(|&decimals| width * libm::pow(10.0, decimals as f64) >= 10.0).unwrap_or(MOST)
    }
}

/// One reading of one cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchCell {
    /// Condition.
    pub condition: String,
    /// Animal.
    pub animal: String,
    /// Number of the cell.
    pub cell: u32,
    /// Part of the recording.
    pub phase: Phase,
    /// What was read.
    pub reading: Reading,
    /// Its value.
    pub value: f64,
}

/// Findings of whole-cell recordings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PatchFindings {
    /// Groups.
    pub groups: Vec<PatchGroup>,
    /// Contrasts.
    pub contrasts: Vec<PatchContrast>,
    /// F–I curves.
    pub firing: Vec<FiringPoint>,
    /// Average spontaneous currents.
    pub averages: Vec<AverageCurrent>,
    /// Readings over time.
    pub course: Vec<CoursePoint>,
    /// Tonic current of every cell.
    pub cells: Vec<PatchCell>,
    /// What the reader must know.
    pub warnings: Vec<String>,
}
