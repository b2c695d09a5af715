//! Sums over blocks at one value of the variance parameters.

use crate::mixed::blocks::block::{Block, Scratch};
use crate::mixed::blocks::products::{add_product, multiply, product_trace};
use nalgebra::DMatrix;

/// Sums over blocks at one value of the variance parameters. Matrices are
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

/// Place of the pair (c, d), d ≤ c.
fn pair(c: usize, d: usize) -> usize {
    c * (c + 1) / 2 + d
}

/// The sums while they grow, row-major.
pub(crate) struct Sums {
    w: usize,
    k: usize,
    pub s1: Vec<f64>,
    pub log_det: f64,
    pub trace: Vec<f64>,
    pub trace2: Vec<f64>,
    pub p: Vec<Vec<f64>>,
    pub q: Vec<Vec<f64>>,
    /// D_c T and D_c U of the parts of one block.
    dt: Vec<Vec<f64>>,
    du: Vec<Vec<f64>>,
}

impl Sums {
    pub fn new(w: usize, k: usize) -> Self {
        Sums {
            w,
            k,
            s1: vec![0.0; w * w],
            log_det: 0.0,
            trace: vec![0.0; k],
            trace2: vec![0.0; k * k],
            p: vec![vec![0.0; w * w]; k],
            q: vec![vec![0.0; w * w]; k * (k + 1) / 2],
            dt: Vec::new(),
            du: Vec::new(),
        }
    }

    /// What a residual variance adds beyond the span of Z: `within` = W'(I − QQ')W
    /// of its observations, of which `spare` are beyond the rank.
    pub fn add_within(&mut self, component: usize, within: &[f64], spare: f64, residual: f64) {
        let add = |sum: &mut [f64], power: i32| {
            let divisor = residual.powi(power);
            for (slot, value) in sum.iter_mut().zip(within) {
                *slot += value / divisor;
            }
        };
        add(&mut self.s1, 1);
        add(&mut self.p[component], 2);
        add(&mut self.q[pair(component, component)], 3);
        self.trace[component] += spare / residual;
        self.trace2[component * self.k + component] += spare / (residual * residual);
    }

    pub fn add_block(&mut self, block: &Block, s: &Scratch) {
        add_product(&mut self.s1, &block.b, &s.kb, block.r, self.w, self.w);
        self.add_residuals(block, s);
        self.add_effects(block, s);
    }

    fn both(&mut self, c: usize, d: usize, value: f64) {
        self.trace2[c * self.k + d] += value;
        if c != d {
            self.trace2[d * self.k + c] += value;
        }
    }

    fn add_residuals(&mut self, block: &Block, s: &Scratch) {
        let (w, r) = (self.w, block.r);
        let mut part = Vec::new();
        let mut product = Vec::new();
        for (index, one) in block.strata.iter().enumerate() {
            let own = one.last - one.first;
            let kb = &s.kb[one.first * w..one.last * w];
            add_product(&mut self.p[one.component], kb, kb, own, w, w);
            self.trace[one.component] += (one.first..one.last).map(|i| s.k[i * r + i]).sum::<f64>();
            for other in &block.strata[..=index] {
                let columns = other.last - other.first;
                part.clear();
                for i in one.first..one.last {
                    part.extend_from_slice(&s.k[i * r + other.first..i * r + other.last]);
                }
                self.both(one.component, other.component, part.iter().map(|v| v * v).sum());
                multiply(&part, &s.kb[other.first * w..other.last * w], own, columns, w, &mut product);
                add_product(&mut self.q[pair(one.component, other.component)], kb, &product, own, w, w);
            }
        }
    }

    fn add_effects(&mut self, block: &Block, s: &Scratch) {
        let (w, q) = (self.w, block.q);
        let mut dt = std::mem::take(&mut self.dt);
        let mut du = std::mem::take(&mut self.du);
        dt.resize(dt.len().max(block.parts.len()), Vec::new());
        du.resize(dt.len(), Vec::new());
        let mut udt = Vec::new();
        for (i, one) in block.parts.iter().enumerate() {
            let c = one.component;
            one.apply(&s.t, q, w, &mut dt[i]);
            one.apply(&s.u, q, q, &mut du[i]);
            self.trace[c] += one.trace_of(&s.u, q);
            add_product(&mut self.p[c], &s.t, &dt[i], q, w, w);
            multiply(&s.u, &dt[i], q, q, w, &mut udt);
            for (j, other) in block.parts[..=i].iter().enumerate() {
                add_product(&mut self.q[pair(c, other.component)], &dt[j], &udt, q, w, w);
                self.both(c, other.component, product_trace(&du[i], &du[j], q));
            }
        }
        // With a residual: Z'V⁻¹G_sV⁻¹W and Z'V⁻¹G_sV⁻¹Z.
        let (mut t2, mut u2) = (Vec::new(), Vec::new());
        for stratum in &block.strata {
            let own = stratum.last - stratum.first;
            let kr = &s.kr[stratum.first * q..stratum.last * q];
            t2.clear();
            t2.resize(q * w, 0.0);
            add_product(&mut t2, kr, &s.kb[stratum.first * w..stratum.last * w], own, q, w);
            u2.clear();
            u2.resize(q * q, 0.0);
            add_product(&mut u2, kr, kr, own, q, q);
            for (i, part) in block.parts.iter().enumerate() {
                add_product(&mut self.q[pair(stratum.component, part.component)], &t2, &dt[i], q, w, w);
                self.both(stratum.component, part.component, part.trace_of(&u2, q));
            }
        }
        self.dt = dt;
        self.du = du;
    }

    pub fn tables(self) -> Tables {
        let w = self.w;
        let matrix = |values: &Vec<f64>| DMatrix::from_row_slice(w, w, values);
        Tables {
            s1: matrix(&self.s1),
            log_det: self.log_det,
            trace: self.trace,
            trace2: DMatrix::from_row_slice(self.k, self.k, &self.trace2),
            p: self.p.iter().map(matrix).collect(),
            q: self.q.iter().map(matrix).collect(),
        }
    }
}
