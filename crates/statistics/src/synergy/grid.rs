//! Interaction of two drugs in a grid of doses, from cell means alone.
//!
//!   Bliss  E_ab − (E_a + E_b − E_a E_b), effects as fractions of the possible
//!   HSA    E_ab − max(E_a, E_b)
//!
//! Standard errors by the delta method from the scatter within cells, degrees
//! of freedom after Satterthwaite. Cells that share a single-drug cell are
//! correlated, and there are many: adjust the p values.

use crate::error::{StatisticsError, require_count, require_finite, require_open_unit, require_range};
use crate::estimate::{Comparison, DfMethod};
use crate::sample::Sample;
use crate::synergy::estimate::satterthwaite;
use serde::{Deserialize, Serialize};

/// What two drugs would do without interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// Independent action (Bliss 1939).
    Bliss,
    /// Highest single agent: the better drug alone (Berenbaum 1989).
    HighestSingleAgent,
}

/// One cell with both drugs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// Dose of the first drug.
    pub dose_a: f64,
    /// Dose of the second drug.
    pub dose_b: f64,
    /// Mean effect observed.
    pub mean_effect: f64,
    /// Effect expected without interaction.
    pub expected: f64,
    /// Observed minus expected: above 0 synergy, below 0 antagonism.
    pub excess: Comparison,
}

/// A cell of the grid.
pub(super) struct Cell {
    pub(super) dose_a: f64,
    pub(super) dose_b: f64,
    pub(super) sample: Sample,
}

impl Cell {
    /// Variance of the mean and its degrees of freedom.
    pub(super) fn variance(&self) -> (f64, f64) {
        let n = self.sample.n() as f64;
        (self.sample.variance() / n, n - 1.0)
    }
}

/// Excess over `reference` in every cell with both drugs, ordered by the second
/// dose, then the first.
///
/// # Errors
/// Different lengths, a value not finite, a negative dose, an effect that is no
/// fraction (Bliss), no cell with both drugs, a cell without its single-drug
/// cells or with one observation, no scatter, level outside (0, 1).
pub fn interaction(
    reference: Reference,
    dose_a: &[f64],
    dose_b: &[f64],
    effect: &[f64],
    level: f64,
) -> Result<Vec<Interaction>, StatisticsError> {
    require_open_unit("confidence level", level)?;
    let cells = cells(dose_a, dose_b, effect)?;
    if reference == Reference::Bliss {
        for (index, e) in effect.iter().enumerate() {
            // Scatter may carry a fraction beyond 0 and 1; percent may not pass.
            let what = format!("effect at position {index} (a fraction, counted from 0)");
            require_range(&what, *e, -1.0, 2.0)?;
        }
    }
    let find = |a: f64, b: f64| {
        cells.iter().find(|c| c.dose_a == a && c.dose_b == b).ok_or(StatisticsError::Undefined {
            what: "interaction".to_owned(),
            why: format!("there is no cell with doses {a} and {b}"),
        })
    };
    let mut found = Vec::new();
    for cell in cells.iter().filter(|c| c.dose_a > 0.0 && c.dose_b > 0.0) {
        let (alone_a, alone_b) = (find(cell.dose_a, 0.0)?, find(0.0, cell.dose_b)?);
        for part in [cell, alone_a, alone_b] {
            let what = format!("observations at doses {} and {}", part.dose_a, part.dose_b);
            require_count(&what, part.sample.n(), 2)?;
        }
        let (e_a, e_b) = (alone_a.sample.mean(), alone_b.sample.mean());
        let (expected, along_a, along_b) = match reference {
            Reference::Bliss => (e_a + e_b - e_a * e_b, 1.0 - e_b, 1.0 - e_a),
            Reference::HighestSingleAgent if e_a >= e_b => (e_a, 1.0, 0.0),
            Reference::HighestSingleAgent => (e_b, 0.0, 1.0),
        };
        let (own, own_df) = cell.variance();
        let (v_a, df_a) = alone_a.variance();
        let (v_b, df_b) = alone_b.variance();
        let parts = [(own, own_df), (along_a * along_a * v_a, df_a), (along_b * along_b * v_b, df_b)];
        let se = parts.iter().map(|(v, _)| v).sum::<f64>().sqrt();
        if se == 0.0 {
            return Err(StatisticsError::ZeroVariance {
                what: format!("cell with doses {} and {}", cell.dose_a, cell.dose_b),
            });
        }
        let mean_effect = cell.sample.mean();
        let df = satterthwaite(&parts);
        found.push(Interaction {
            dose_a: cell.dose_a,
            dose_b: cell.dose_b,
            mean_effect,
            expected,
            excess: Comparison::from_t(mean_effect - expected, se, df, level, DfMethod::Satterthwaite),
        });
    }
    require_count("cells with both drugs", found.len(), 1)?;
    Ok(found)
}

/// Cells ordered by the second dose, then the first.
pub(super) fn cells(dose_a: &[f64], dose_b: &[f64], effect: &[f64]) -> Result<Vec<Cell>, StatisticsError> {
    for (what, doses) in [("first drug", dose_a), ("second drug", dose_b)] {
        if doses.len() != effect.len() {
            return Err(StatisticsError::LengthMismatch {
                what: format!("doses of the {what}"),
                expected: effect.len(),
                found: doses.len(),
            });
        }
        for (index, x) in doses.iter().enumerate() {
            let what = format!("dose of the {what} at position {index} (counted from 0)");
            require_range(&what, *x, 0.0, f64::MAX)?;
        }
    }
    require_finite("effects", effect)?;
    let mut order: Vec<usize> = (0..effect.len()).collect();
    order.sort_by(|&i, &j| dose_b[i].total_cmp(&dose_b[j]).then(dose_a[i].total_cmp(&dose_a[j])));
    let mut cells = Vec::new();
    let same = |i: &usize, j: &usize| dose_a[*i] == dose_a[*j] && dose_b[*i] == dose_b[*j];
    for run in order.chunk_by(same) {
        let effects: Vec<f64> = run.iter().map(|&i| effect[i]).collect();
        cells.push(Cell { dose_a: dose_a[run[0]], dose_b: dose_b[run[0]], sample: Sample::new(&effects)? });
    }
    Ok(cells)
}
