//! One cluster: its factorised Z, and V⁻¹ at one value of the variance parameters.

use crate::mixed::blocks::products::{add_product, dot, multiply, remove, scale};
use crate::mixed::blocks::structure::{RandomRow, Structure};
use nalgebra::DMatrix;

#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Observations.
    pub m: usize,
    /// Random effects.
    pub q: usize,
    /// Rank of Z.
    pub r: usize,
    /// R, r × q.
    pub root: Vec<f64>,
    /// Q'W, r × w.
    pub b: Vec<f64>,
}

/// Z of one cluster by columns.
pub(crate) fn random_columns(structure: Structure, q: usize, rows: impl Iterator<Item = RandomRow>) -> Vec<Vec<f64>> {
    let mut z = vec![Vec::new(); q];
    for row in rows {
        for column in &mut z {
            column.push(0.0);
        }
        let last = z[0].len() - 1;
        z[0][last] = row.intercept;
        if structure.slope {
            z[1][last] = row.slope;
        }
        if structure.nested {
            z[structure.first_nested() + row.place][last] = row.nested;
        }
    }
    z
}

impl Block {
    /// Factorises Z (columns) and takes its span out of the observed columns.
    pub fn new(z: &[Vec<f64>], observed: &mut [Vec<f64>]) -> Self {
        let (q, w) = (z.len(), observed.len());
        let mut basis: Vec<Vec<f64>> = Vec::new();
        for column in z {
            let mut rest = column.clone();
            for _ in 0..2 {
                for direction in &basis {
                    let share = dot(direction, &rest);
                    remove(&mut rest, direction, share);
                }
            }
            let length = dot(&rest, &rest).sqrt();
            if length > 1e-10 * dot(column, column).sqrt() {
                scale(&mut rest, 1.0 / length);
                basis.push(rest);
            }
        }
        let r = basis.len();
        let mut root = Vec::with_capacity(r * q);
        for direction in &basis {
            root.extend(z.iter().map(|column| dot(direction, column)));
        }
        let mut b = vec![0.0; r * w];
        for _ in 0..2 {
            for (i, direction) in basis.iter().enumerate() {
                for (j, column) in observed.iter_mut().enumerate() {
                    let share = dot(direction, column);
                    b[i * w + j] += share;
                    remove(column, direction, share);
                }
            }
        }
        Block { m: z[0].len(), q, r, root, b }
    }
}

/// Buffers reused from block to block.
#[derive(Default)]
pub(crate) struct Scratch {
    /// K, r × r.
    pub k: Vec<f64>,
    /// K Q'W and K² Q'W, r × w.
    pub kb: Vec<f64>,
    pub kkb: Vec<f64>,
    /// K R, r × q.
    pub kr: Vec<f64>,
    /// Z'V⁻¹Z, Z'V⁻²Z, q × q.
    pub u: Vec<f64>,
    pub u2: Vec<f64>,
    /// Z'V⁻¹W, Z'V⁻²W, q × w.
    pub t: Vec<f64>,
    pub t2: Vec<f64>,
}

impl Scratch {
    /// Sets K and returns ln|V| of the block.
    pub fn invert(&mut self, structure: Structure, block: &Block, theta: &[f64]) -> f64 {
        let (q, r) = (block.q, block.r);
        let residual = theta[theta.len() - 1];
        let spare = (block.m - r) as f64 * libm::log(residual);
        self.k.clear();
        self.k.resize(r * r, f64::NAN);
        if q == 1 && r == 1 {
            let inner = residual + block.root[0] * block.root[0] * theta[0];
            self.k[0] = 1.0 / inner;
            return spare + libm::log(inner);
        }
        let half = DMatrix::from_row_slice(r, q, &block.root) * cholesky_root(structure, q, theta);
        let mut inner = &half * half.transpose();
        for i in 0..r {
            inner[(i, i)] += residual;
        }
        let Some(factor) = inner.cholesky() else { return f64::NAN };
        let log_det = 2.0 * factor.l_dirty().diagonal().iter().map(|d| libm::log(*d)).sum::<f64>();
        // K is symmetric: its order of storage does not matter.
        self.k.copy_from_slice(factor.inverse().as_slice());
        spare + log_det
    }

    pub fn derivative_parts(&mut self, block: &Block, w: usize) {
        let (q, r) = (block.q, block.r);
        multiply(&self.k, &block.b, r, r, w, &mut self.kb);
        multiply(&self.k, &self.kb, r, r, w, &mut self.kkb);
        multiply(&self.k, &block.root, r, r, q, &mut self.kr);
        let fill = |out: &mut Vec<f64>, a: &[f64], b: &[f64], columns: usize| {
            out.clear();
            out.resize(q * columns, 0.0);
            add_product(out, a, b, r, q, columns);
        };
        fill(&mut self.u, &block.root, &self.kr, q);
        fill(&mut self.u2, &self.kr, &self.kr, q);
        fill(&mut self.t, &block.root, &self.kb, w);
        fill(&mut self.t2, &block.root, &self.kkb, w);
    }
}

/// L with D = L L' for q random effects; D may be singular.
fn cholesky_root(structure: Structure, q: usize, theta: &[f64]) -> DMatrix<f64> {
    let mut root = DMatrix::zeros(q, q);
    let first = theta[0].max(0.0).sqrt();
    root[(0, 0)] = first;
    let mut next = 1;
    if structure.slope {
        let below = if first > 0.0 { theta[1] / first } else { 0.0 };
        root[(1, 0)] = below;
        root[(1, 1)] = (theta[2] - below * below).max(0.0).sqrt();
        next = 3;
    }
    if structure.nested {
        for i in structure.first_nested()..q {
            root[(i, i)] = theta[next].max(0.0).sqrt();
        }
    }
    root
}
