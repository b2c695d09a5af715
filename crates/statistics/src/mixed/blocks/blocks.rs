//! Cross products of a mixed model, cluster by cluster.
//!
//! V = σ² I + Z D Z' is block diagonal over clusters. With Z = Q R (Q'Q = I, r
//! columns, r = rank of Z), W = design and response side by side, and
//!
//!   K  = (σ² I + R D R')⁻¹                                  (r × r)
//!   V⁻¹ = (I − QQ')/σ² + Q K Q'
//!   ln|V| = (m − r) ln σ² − ln|K|
//!
//! every quantity of the (restricted) likelihood, its two derivatives and the
//! Kenward–Roger matrices follows from R, Q'W and W'(I − QQ')W alone: one pass
//! over the observations, then work per cluster only. All sums have positive
//! terms, so no digits are lost when σ² is small beside the other variances.

use crate::mixed::blocks::block::{Block, Scratch, random_columns};
use crate::mixed::blocks::products::{add_product, dot, multiply, product_trace};
use crate::mixed::blocks::structure::{Component, RandomRow, Structure};
use nalgebra::DMatrix;

#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    pub structure: Structure,
    pub components: Vec<Component>,
    /// Observations.
    pub n: usize,
    /// Columns of W: fixed columns and the response.
    pub w: usize,
    /// W'(I − QQ')W over all clusters.
    within: Vec<f64>,
    list: Vec<Block>,
}

/// Sums over clusters at one value of the variance parameters. Matrices are
/// w × w, the response in the last row and column.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    /// W'V⁻¹W.
    pub s1: DMatrix<f64>,
    /// ln|V|.
    pub log_det: f64,
    /// tr(V⁻¹G_c).
    pub trace: Vec<f64>,
    /// tr(V⁻¹G_c V⁻¹G_d).
    pub trace2: DMatrix<f64>,
    /// W'V⁻¹G_cV⁻¹W.
    pub p: Vec<DMatrix<f64>>,
    /// W'V⁻¹G_cV⁻¹G_dV⁻¹W for d ≤ c, index c(c+1)/2 + d.
    pub q: Vec<DMatrix<f64>>,
}

impl Blocks {
    /// Sums the rows: `rows` is n × w, row-major, response last.
    pub fn new(structure: Structure, w: usize, rows: &[f64], random: &[RandomRow], sizes: &[usize]) -> Self {
        let mut members = vec![Vec::new(); sizes.len()];
        for (i, z) in random.iter().enumerate() {
            members[z.block].push(i);
        }
        let mut within = vec![0.0; w * w];
        let list = members
            .iter()
            .zip(sizes)
            .map(|(own, &subs)| {
                let q = structure.first_nested() + if structure.nested { subs } else { 0 };
                let z = random_columns(structure, q, own.iter().map(|&i| random[i]));
                let mut observed: Vec<Vec<f64>> =
                    (0..w).map(|j| own.iter().map(|&i| rows[i * w + j]).collect()).collect();
                let block = Block::new(&z, &mut observed);
                for i in 0..w {
                    for j in 0..=i {
                        let sum = dot(&observed[i], &observed[j]);
                        within[i * w + j] += sum;
                        if i != j {
                            within[j * w + i] += sum;
                        }
                    }
                }
                block
            })
            .collect();
        Blocks { structure, components: structure.components(), n: random.len(), w, within, list }
    }

    /// W'V⁻¹W and ln|V| alone.
    pub fn criterion_sums(&self, theta: &[f64]) -> (DMatrix<f64>, f64) {
        let residual = theta[theta.len() - 1];
        let w = self.w;
        let mut s1: Vec<f64> = self.within.iter().map(|v| v / residual).collect();
        let mut log_det = 0.0;
        let mut scratch = Scratch::default();
        for block in &self.list {
            log_det += scratch.invert(self.structure, block, theta);
            multiply(&scratch.k, &block.b, block.r, block.r, w, &mut scratch.kb);
            add_product(&mut s1, &block.b, &scratch.kb, block.r, w, w);
        }
        (DMatrix::from_row_slice(w, w, &s1), log_det)
    }

    /// All sums that the derivatives need.
    pub fn tables(&self, theta: &[f64]) -> Tables {
        let k = self.components.len();
        let residual = theta[k - 1];
        let w = self.w;
        let powered = |power: i32| -> Vec<f64> { self.within.iter().map(|v| v / residual.powi(power)).collect() };
        let (mut s1, mut s2, mut s3) = (powered(1), powered(2), powered(3));
        let mut log_det = 0.0;
        let mut trace = vec![0.0; k];
        let mut trace2 = vec![0.0; k * k];
        let mut p = vec![vec![0.0; w * w]; k];
        let mut qq = vec![vec![0.0; w * w]; k * (k + 1) / 2];
        let mut scratch = Scratch::default();
        let mut dt = vec![Vec::new(); k];
        let mut udt = Vec::new();
        let mut du = vec![Vec::new(); k];
        for block in &self.list {
            let (q, r) = (block.q, block.r);
            log_det += scratch.invert(self.structure, block, theta);
            scratch.derivative_parts(block, w);
            let s = &scratch;
            add_product(&mut s1, &block.b, &s.kb, r, w, w);
            add_product(&mut s2, &s.kb, &s.kb, r, w, w);
            add_product(&mut s3, &s.kb, &s.kkb, r, w, w);
            let spare = (block.m - r) as f64;
            trace[k - 1] += spare / residual + (0..r).map(|i| s.k[i * r + i]).sum::<f64>();
            trace2[k * k - 1] += spare / (residual * residual) + product_trace(&s.k, &s.k, r);
            for (c, &component) in self.components[..k - 1].iter().enumerate() {
                self.apply(component, &s.t, q, w, &mut dt[c]);
                self.apply(component, &s.u, q, q, &mut du[c]);
                trace[c] += (0..q).map(|i| du[c][i * q + i]).sum::<f64>();
                add_product(&mut p[c], &s.t, &dt[c], q, w, w);
                // With the residual: T2' D T and its trace tr(D U2).
                add_product(&mut qq[k * (k - 1) / 2 + c], &s.t2, &dt[c], q, w, w);
                let mixed = self.trace_of(component, &s.u2, q);
                trace2[c * k + k - 1] += mixed;
                trace2[(k - 1) * k + c] += mixed;
                multiply(&s.u, &dt[c], q, q, w, &mut udt);
                for d in 0..=c {
                    add_product(&mut qq[c * (c + 1) / 2 + d], &dt[d], &udt, q, w, w);
                    let both = product_trace(&du[c], &du[d], q);
                    trace2[c * k + d] += both;
                    if d != c {
                        trace2[d * k + c] += both;
                    }
                }
            }
        }
        let matrix = |values: &[f64]| DMatrix::from_row_slice(w, w, values);
        p[k - 1] = s2;
        qq[k * (k + 1) / 2 - 1] = s3;
        Tables {
            s1: matrix(&s1),
            log_det,
            trace,
            trace2: DMatrix::from_row_slice(k, k, &trace2),
            p: p.iter().map(|v| matrix(v)).collect(),
            q: qq.iter().map(|v| matrix(v)).collect(),
        }
    }

    /// Conditional means of the random effects, D Z'V⁻¹(response − fixed part):
    /// one vector per block. `h` = (−coefficients, 1).
    pub fn random_effects(&self, theta: &[f64], h: &[f64]) -> Vec<Vec<f64>> {
        let k = self.components.len();
        let mut scratch = Scratch::default();
        let mut applied = Vec::new();
        self.list
            .iter()
            .map(|block| {
                scratch.invert(self.structure, block, theta);
                scratch.derivative_parts(block, self.w);
                let e: Vec<f64> =
                    scratch.t.chunks_exact(self.w).map(|row| row.iter().zip(h).map(|(a, b)| a * b).sum()).collect();
                let mut effect = vec![0.0; block.q];
                for (c, &component) in self.components[..k - 1].iter().enumerate() {
                    self.apply(component, &e, block.q, 1, &mut applied);
                    for (slot, value) in effect.iter_mut().zip(&applied) {
                        *slot += theta[c] * value;
                    }
                }
                effect
            })
            .collect()
    }

    /// out = D_c · source, where D_c is the pattern of a component (q × columns).
    fn apply(&self, component: Component, source: &[f64], q: usize, columns: usize, out: &mut Vec<f64>) {
        out.clear();
        out.resize(q * columns, 0.0);
        let row = |i: usize| i * columns..(i + 1) * columns;
        match component {
            Component::Intercept => out[row(0)].copy_from_slice(&source[row(0)]),
            Component::Slope => out[row(1)].copy_from_slice(&source[row(1)]),
            Component::Covariance => {
                out[row(0)].copy_from_slice(&source[row(1)]);
                out[row(1)].copy_from_slice(&source[row(0)]);
            }
            Component::Nested => {
                let from = self.structure.first_nested() * columns;
                out[from..].copy_from_slice(&source[from..]);
            }
            Component::Residual => {}
        }
    }

    /// tr(D_c · matrix) of a q × q matrix.
    fn trace_of(&self, component: Component, matrix: &[f64], q: usize) -> f64 {
        match component {
            Component::Intercept => matrix[0],
            Component::Slope => matrix[q + 1],
            Component::Covariance => matrix[1] + matrix[q],
            Component::Nested => (self.structure.first_nested()..q).map(|i| matrix[i * q + i]).sum(),
            Component::Residual => 0.0,
        }
    }
}
