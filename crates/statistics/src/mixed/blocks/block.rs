//! One block: its factorised Z, and V⁻¹ at one value of the variance parameters.

use crate::mixed::blocks::products::{add_product, dot, invert, multiply, remove, scale};
use crate::mixed::blocks::structure::Part;

/// Rows of a block that share a residual variance.
#[derive(Debug, Clone)]
pub(crate) struct Stratum {
    /// Their residual variance, among all variance parameters.
    pub component: usize,
    /// Their rows of R: from `first` to before `last`.
    pub first: usize,
    pub last: usize,
    /// Observations beyond the rank of their Z.
    pub spare: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Random effects.
    pub q: usize,
    /// Rank of Z, summed over the strata.
    pub r: usize,
    /// R, r × q.
    pub root: Vec<f64>,
    /// Q'W, r × w.
    pub b: Vec<f64>,
    /// Variance parameters of the random effects.
    pub parts: Vec<Part>,
    pub strata: Vec<Stratum>,
}

impl Block {
    /// A block without observations yet, of q random effects.
    pub fn new(q: usize, parts: Vec<Part>) -> Self {
        Block { q, r: 0, root: Vec::new(), b: Vec::new(), parts, strata: Vec::new() }
    }

    /// Adds the observations of one residual variance: factorises their Z (columns)
    /// and takes its span out of the observed columns.
    pub fn add_stratum(&mut self, component: usize, z: &[Vec<f64>], observed: &mut [Vec<f64>]) {
        let w = observed.len();
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
        for direction in &basis {
            self.root.extend(z.iter().map(|column| dot(direction, column)));
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
        self.b.extend(b);
        let spare = observed[0].len() - r;
        self.strata.push(Stratum { component, first: self.r, last: self.r + r, spare });
        self.r += r;
    }
}

/// Buffers reused from block to block.
#[derive(Default)]
pub(crate) struct Scratch {
    /// K, r × r.
    pub k: Vec<f64>,
    /// K Q'W, r × w.
    pub kb: Vec<f64>,
    /// K R, r × q.
    pub kr: Vec<f64>,
    /// Z'V⁻¹Z, q × q.
    pub u: Vec<f64>,
    /// Z'V⁻¹W, q × w.
    pub t: Vec<f64>,
    inverse: Vec<f64>,
}

impl Scratch {
    /// Sets K and returns ln|V| of the block; NaN where V is not positive definite.
    pub fn invert(&mut self, block: &Block, theta: &[f64]) -> f64 {
        let (q, r) = (block.q, block.r);
        let mut spare = 0.0;
        self.k.clear();
        self.k.resize(r * r, 0.0);
        for stratum in &block.strata {
            let residual = theta[stratum.component];
            if stratum.spare > 0 {
                spare += stratum.spare as f64 * libm::log(residual);
            }
            for i in stratum.first..stratum.last {
                self.k[i * r + i] = residual;
            }
        }
        for part in &block.parts {
            part.add_spread(theta[part.component], &block.root, r, q, &mut self.k);
        }
        if r == 1 {
            let inner = self.k[0];
            self.k[0] = 1.0 / inner;
            return spare + libm::log(inner);
        }
        spare + invert(&mut self.k, r, &mut self.inverse)
    }

    pub fn derivative_parts(&mut self, block: &Block, w: usize) {
        let (q, r) = (block.q, block.r);
        multiply(&self.k, &block.b, r, r, w, &mut self.kb);
        multiply(&self.k, &block.root, r, r, q, &mut self.kr);
        let fill = |out: &mut Vec<f64>, a: &[f64], b: &[f64], columns: usize| {
            out.clear();
            out.resize(q * columns, 0.0);
            add_product(out, a, b, r, q, columns);
        };
        fill(&mut self.u, &block.root, &self.kr, q);
        fill(&mut self.t, &block.root, &self.kb, w);
    }
}
