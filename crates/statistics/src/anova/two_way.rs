//! Two crossed factors, unbalanced allowed: sums of squares of type I, II, III,
//! each what one term explains beyond others.
//!
//!   type I   A, then B given A, then AB
//!   type II  A given B, B given A, AB given both: for main effects when there
//!            is no interaction
//!   type III each term given all others, sum-to-zero coding: main effects are
//!            those of unweighted cell means

use crate::error::{StatisticsError, require_count, require_finite};
use crate::estimate::FTest;
use crate::least_squares::factor::reduce;
use crate::sample::Sample;
use serde::{Deserialize, Serialize};

/// Which models a term is tested between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SumsOfSquares {
    /// Sequential: depends on the order of the factors.
    TypeI,
    /// Main effects without regard to the interaction.
    TypeII,
    /// Main effects of unweighted cell means.
    TypeIII,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Sum of squares.
    pub ss: f64,
    /// Test against the residual.
    pub test: FTest,
    /// Partial η² = SS/(SS + SS_residual).
    pub partial_eta_squared: f64,
}

/// Two-way analysis of variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TwoWay {
    /// Which sums of squares.
    pub kind: SumsOfSquares,
    /// First factor.
    pub a: Term,
    /// Second factor.
    pub b: Term,
    /// Interaction.
    pub interaction: Term,
    /// Residual sum of squares.
    pub ss_residual: f64,
    /// Residual degrees of freedom.
    pub df_residual: f64,
}

/// Two-way analysis of variance with interaction; `a[i]` and `b[i]` are the
/// levels (counted from 0) of observation i.
///
/// # Errors
/// Different lengths, a value not finite, a factor of one level, an empty level
/// or cell, one observation per cell, no variance within cells.
pub fn two_way(y: &[f64], a: &[usize], b: &[usize], kind: SumsOfSquares) -> Result<TwoWay, StatisticsError> {
    let (levels_a, levels_b) = levels_of(y, a, b)?;
    require_finite("response", y)?;
    let cells = levels_a * levels_b;
    let residual = within(&cells_of(y, a, b, levels_a, levels_b)?)?;
    require_count("observations (one more than cells)", y.len(), cells + 1)?;
    let df_residual = (y.len() - cells) as f64;

    let code_a = sum_to_zero(a, levels_a);
    let code_b = sum_to_zero(b, levels_b);
    let mut code_ab = Vec::new();
    for left in &code_a {
        for right in &code_b {
            code_ab.push(left.iter().zip(right).map(|(l, r)| l * r).collect::<Vec<f64>>());
        }
    }
    // The intercept stays in every model, so the offset of y may go.
    let origin = y[0];
    let centred: Vec<f64> = y.iter().map(|v| v - origin).collect();
    let gain = |before: &[&[Vec<f64>]], term: &[Vec<f64>]| gain_of(&centred, before, term);
    let (ss_a, ss_b) = match kind {
        SumsOfSquares::TypeI => (gain(&[], &code_a), gain(&[&code_a], &code_b)),
        SumsOfSquares::TypeII => (gain(&[&code_b], &code_a), gain(&[&code_a], &code_b)),
        SumsOfSquares::TypeIII => (gain(&[&code_b, &code_ab], &code_a), gain(&[&code_a, &code_ab], &code_b)),
    };
    let ss_interaction = gain(&[&code_a, &code_b], &code_ab);
    let term = |ss: f64, df: usize| Term {
        ss,
        test: FTest::from_sums(ss, df as f64, residual, df_residual),
        partial_eta_squared: ss / (ss + residual),
    };
    Ok(TwoWay {
        kind,
        a: term(ss_a, levels_a - 1),
        b: term(ss_b, levels_b - 1),
        interaction: term(ss_interaction, (levels_a - 1) * (levels_b - 1)),
        ss_residual: residual,
        df_residual,
    })
}

/// Numbers of levels of both factors.
pub(super) fn levels_of(y: &[f64], a: &[usize], b: &[usize]) -> Result<(usize, usize), StatisticsError> {
    for (what, found) in [("first factor", a.len()), ("second factor", b.len())] {
        if found != y.len() {
            let (what, expected) = (what.to_owned(), y.len());
            return Err(StatisticsError::LengthMismatch { what, expected, found });
        }
    }
    require_count("observations", y.len(), 1)?;
    Ok((levels("first factor", a)?, levels("second factor", b)?))
}

/// Number of levels; every one from 0 must occur.
fn levels(what: &str, factor: &[usize]) -> Result<usize, StatisticsError> {
    let count = factor.iter().max().map_or(0, |m| m + 1);
    if count < 2 {
        return Err(StatisticsError::OneLevel { what: what.to_owned() });
    }
    // More levels than observations leave some empty; no list is built for them.
    let mut seen = vec![false; count.min(factor.len() + 1)];
    for &level in factor {
        if let Some(flag) = seen.get_mut(level) {
            *flag = true;
        }
    }
    match seen.iter().position(|s| !s) {
        Some(level) => Err(StatisticsError::EmptyLevel { what: what.to_owned(), level }),
        None => Ok(count),
    }
}

/// Observations per cell, cells of one level of the first factor together.
pub(super) fn cells_of(
    y: &[f64],
    a: &[usize],
    b: &[usize],
    levels_a: usize,
    levels_b: usize,
) -> Result<Vec<Vec<f64>>, StatisticsError> {
    if levels_a.saturating_mul(levels_b) > y.len() {
        return Err(StatisticsError::TooFew {
            what: "observations (one per cell)".to_owned(),
            found: y.len(),
            needed: levels_a.saturating_mul(levels_b),
        });
    }
    let mut cells = vec![Vec::new(); levels_a * levels_b];
    for ((value, i), j) in y.iter().zip(a).zip(b) {
        cells[i * levels_b + j].push(*value);
    }
    match cells.iter().position(Vec::is_empty) {
        Some(index) => Err(StatisticsError::EmptyLevel {
            what: format!("second factor within level {} of the first", index / levels_b),
            level: index % levels_b,
        }),
        None => Ok(cells),
    }
}

/// Residual sum of squares of the full model: within the cells.
fn within(cells: &[Vec<f64>]) -> Result<f64, StatisticsError> {
    let mut total = 0.0;
    let mut constant = true;
    for cell in cells {
        let cell = Sample::new(cell)?;
        constant &= cell.is_constant();
        total += cell.sum_of_squares();
    }
    if constant && cells.iter().any(|cell| cell.len() > 1) {
        return Err(StatisticsError::ZeroVariance { what: "every cell".to_owned() });
    }
    Ok(total)
}

/// Columns 1 for level k, −1 for the last level, 0 otherwise.
fn sum_to_zero(factor: &[usize], levels: usize) -> Vec<Vec<f64>> {
    let code = |level: usize, k: usize| match level {
        l if l == k => 1.0,
        l if l == levels - 1 => -1.0,
        _ => 0.0,
    };
    (0..levels - 1).map(|k| factor.iter().map(|&l| code(l, k)).collect()).collect()
}

/// Sum of squares that `term` explains beyond an intercept and the columns of
/// `before`: the squares of Q′y along its columns, free of cancellation.
fn gain_of(y: &[f64], before: &[&[Vec<f64>]], term: &[Vec<f64>]) -> f64 {
    let mut columns = vec![vec![1.0; y.len()]];
    columns.extend(before.iter().flat_map(|part| part.iter().cloned()));
    let known = columns.len();
    columns.extend_from_slice(term);
    let mut along = y.to_vec();
    reduce(&mut columns, &mut along);
    along[known..columns.len()].iter().map(|v| v * v).sum()
}
