//! Cross products of a mixed model, block by block.
//!
//! V = Λ + Z D Z' is block diagonal; Λ holds the residual variances σ_s² of the
//! strata s (one, or one a group). With Z_s = Q_s R_s for the observations of each
//! stratum (Q_s'Q_s = I, rank r_s), Q and R the strata side by side and above each
//! other, W = design and response side by side, and
//!
//!   K  = (diag(σ_s² I) + R D R')⁻¹                          (r × r, r = Σ r_s)
//!   V⁻¹ = Σ_s (I − Q_sQ_s')/σ_s² + Q K Q'
//!   ln|V| = Σ_s (m_s − r_s) ln σ_s² − ln|K|
//!
//! every quantity of the (restricted) likelihood, its two derivatives and the
//! Kenward–Roger matrices follows from R, Q'W and W_s'(I − Q_sQ_s')W_s alone: one
//! pass over the observations, then work per block only. With variances ≥ 0 all
//! sums have positive terms, so no digits are lost when σ² is small beside the
//! other variances.

use crate::mixed::blocks::block::{Block, Scratch};
use crate::mixed::blocks::products::{add_product, dot, multiply};
use crate::mixed::blocks::structure::{Entry, NO_COLUMN, Part, Plan, Shape};
use crate::mixed::blocks::sums::{Sums, Tables};
use nalgebra::DMatrix;

#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    pub shape: Shape,
    /// Observations.
    pub n: usize,
    /// Columns of W: fixed columns and the response.
    pub w: usize,
    /// W'(I − QQ')W over all blocks, for each residual variance.
    within: Vec<Vec<f64>>,
    /// Observations beyond the rank of Z, for each residual variance.
    spare: Vec<f64>,
    list: Vec<Block>,
}

impl Blocks {
    /// Sums the rows: `rows` is n × w, row-major, response last; `entries` n × terms;
    /// `class` the place of the residual variance of each row.
    pub fn new(shape: Shape, w: usize, rows: &[f64], entries: &[Entry], class: &[usize], plans: &[Plan]) -> Self {
        let terms = shape.slopes.len();
        let mut within = vec![vec![0.0; w * w]; shape.residuals];
        let mut spare = vec![0.0; shape.residuals];
        let list = plans
            .iter()
            .map(|plan| {
                let q = plan.columns.len();
                let mut block = Block::new(q, Part::list(&shape, &plan.columns));
                for s in 0..shape.residuals {
                    let own: Vec<usize> = plan.rows.iter().copied().filter(|&i| class[i] == s).collect();
                    if own.is_empty() {
                        continue;
                    }
                    let z = columns_of(q, &own, entries, terms, &shape.slopes);
                    let mut observed: Vec<Vec<f64>> =
                        (0..w).map(|j| own.iter().map(|&i| rows[i * w + j]).collect()).collect();
                    block.add_stratum(shape.first_residual() + s, &z, &mut observed);
                    spare[s] += block.strata.last().map_or(0.0, |stratum| stratum.spare as f64);
                    for i in 0..w {
                        for j in 0..=i {
                            let sum = dot(&observed[i], &observed[j]);
                            within[s][i * w + j] += sum;
                            if i != j {
                                within[s][j * w + i] += sum;
                            }
                        }
                    }
                }
                block
            })
            .collect();
        Blocks { shape, n: class.len(), w, within, spare, list }
    }

    /// W'V⁻¹W and ln|V| alone.
    pub fn criterion_sums(&self, theta: &[f64]) -> (DMatrix<f64>, f64) {
        let w = self.w;
        let first = self.shape.first_residual();
        let mut s1 = vec![0.0; w * w];
        for (s, within) in self.within.iter().enumerate() {
            for (slot, value) in s1.iter_mut().zip(within) {
                *slot += value / theta[first + s];
            }
        }
        let mut log_det = 0.0;
        let mut scratch = Scratch::default();
        for block in &self.list {
            log_det += scratch.invert(block, theta);
            multiply(&scratch.k, &block.b, block.r, block.r, w, &mut scratch.kb);
            add_product(&mut s1, &block.b, &scratch.kb, block.r, w, w);
        }
        (DMatrix::from_row_slice(w, w, &s1), log_det)
    }

    /// All sums that the derivatives need.
    pub fn tables(&self, theta: &[f64]) -> Tables {
        let first = self.shape.first_residual();
        let mut sums = Sums::new(self.w, self.shape.components.len());
        for (s, within) in self.within.iter().enumerate() {
            sums.add_within(first + s, within, self.spare[s], theta[first + s]);
        }
        let mut scratch = Scratch::default();
        for block in &self.list {
            sums.log_det += scratch.invert(block, theta);
            scratch.derivative_parts(block, self.w);
            sums.add_block(block, &scratch);
        }
        sums.tables()
    }

    /// Conditional means of the random effects, D Z'V⁻¹(response − fixed part):
    /// one vector per block. `h` = (−coefficients, 1).
    pub fn random_effects(&self, theta: &[f64], h: &[f64]) -> Vec<Vec<f64>> {
        let mut scratch = Scratch::default();
        let mut applied = Vec::new();
        self.list
            .iter()
            .map(|block| {
                scratch.invert(block, theta);
                scratch.derivative_parts(block, self.w);
                let e: Vec<f64> =
                    scratch.t.chunks_exact(self.w).map(|row| row.iter().zip(h).map(|(a, b)| a * b).sum()).collect();
                let mut effect = vec![0.0; block.q];
                for part in &block.parts {
                    part.apply(&e, block.q, 1, &mut applied);
                    for (slot, value) in effect.iter_mut().zip(&applied) {
                        *slot += theta[part.component] * value;
                    }
                }
                effect
            })
            .collect()
    }
}

/// Z of some rows of one block by columns.
fn columns_of(q: usize, own: &[usize], entries: &[Entry], terms: usize, slopes: &[bool]) -> Vec<Vec<f64>> {
    let mut z = vec![vec![0.0; own.len()]; q];
    for (row, &i) in own.iter().enumerate() {
        for (entry, slope) in entries[i * terms..(i + 1) * terms].iter().zip(slopes) {
            if entry.column == NO_COLUMN {
                continue;
            }
            z[entry.column][row] = entry.intercept;
            if *slope {
                z[entry.column + 1][row] = entry.slope;
            }
        }
    }
    z
}
