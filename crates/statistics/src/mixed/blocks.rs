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

use nalgebra::DMatrix;

/// Which random effects a cluster has. Order of the random effects of a block:
/// intercept, slope (if any), then one per sub-cluster (if any).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Structure {
    pub slope: bool,
    pub nested: bool,
}

/// One variance parameter; V is linear in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Component {
    /// Variance of the cluster intercepts.
    Intercept,
    /// Covariance of cluster intercepts and slopes.
    Covariance,
    /// Variance of the cluster slopes.
    Slope,
    /// Variance of the sub-clusters.
    Nested,
    /// Residual variance; always the last one.
    Residual,
}

impl Structure {
    pub fn components(self) -> Vec<Component> {
        let mut list = vec![Component::Intercept];
        if self.slope {
            list.extend([Component::Covariance, Component::Slope]);
        }
        if self.nested {
            list.push(Component::Nested);
        }
        list.push(Component::Residual);
        list
    }

    /// First sub-cluster effect in a block.
    pub fn first_nested(self) -> usize {
        1 + usize::from(self.slope)
    }
}

/// One observation's part in Z: intercept, slope and sub-cluster multiplier,
/// and the place of its sub-cluster inside the block.
#[derive(Debug, Clone, Copy)]
pub(super) struct RandomRow {
    pub block: usize,
    pub intercept: f64,
    pub slope: f64,
    pub nested: f64,
    pub place: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Observations.
    m: usize,
    /// Random effects.
    q: usize,
    /// Rank of Z.
    r: usize,
    /// R, r × q.
    root: Vec<f64>,
    /// Q'W, r × w.
    b: Vec<f64>,
}

#[derive(Debug, Clone)]
pub(super) struct Blocks {
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
pub(super) struct Tables {
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

/// Z of one cluster by columns.
fn random_columns(structure: Structure, q: usize, rows: impl Iterator<Item = RandomRow>) -> Vec<Vec<f64>> {
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
    fn new(z: &[Vec<f64>], observed: &mut [Vec<f64>]) -> Self {
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
struct Scratch {
    /// K, r × r.
    k: Vec<f64>,
    /// K Q'W and K² Q'W, r × w.
    kb: Vec<f64>,
    kkb: Vec<f64>,
    /// K R, r × q.
    kr: Vec<f64>,
    /// Z'V⁻¹Z, Z'V⁻²Z, q × q.
    u: Vec<f64>,
    u2: Vec<f64>,
    /// Z'V⁻¹W, Z'V⁻²W, q × w.
    t: Vec<f64>,
    t2: Vec<f64>,
}

impl Scratch {
    /// Sets K and returns ln|V| of the block.
    fn invert(&mut self, structure: Structure, block: &Block, theta: &[f64]) -> f64 {
        let (q, r) = (block.q, block.r);
        let residual = theta[theta.len() - 1];
        let spare = (block.m - r) as f64 * residual.ln();
        self.k.clear();
        self.k.resize(r * r, f64::NAN);
        if q == 1 && r == 1 {
            let inner = residual + block.root[0] * block.root[0] * theta[0];
            self.k[0] = 1.0 / inner;
            return spare + inner.ln();
        }
        let half = DMatrix::from_row_slice(r, q, &block.root) * cholesky_root(structure, q, theta);
        let mut inner = &half * half.transpose();
        for i in 0..r {
            inner[(i, i)] += residual;
        }
        let Some(factor) = inner.cholesky() else { return f64::NAN };
        let log_det = 2.0 * factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum::<f64>();
        // K is symmetric: its order of storage does not matter.
        self.k.copy_from_slice(factor.inverse().as_slice());
        spare + log_det
    }

    fn derivative_parts(&mut self, block: &Block, w: usize) {
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

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn remove(from: &mut [f64], direction: &[f64], share: f64) {
    for (value, d) in from.iter_mut().zip(direction) {
        *value -= share * d;
    }
}

fn scale(values: &mut [f64], factor: f64) {
    for value in values {
        *value *= factor;
    }
}

/// out = a (rows × inner) · b (inner × columns).
fn multiply(a: &[f64], b: &[f64], rows: usize, inner: usize, columns: usize, out: &mut Vec<f64>) {
    out.clear();
    out.resize(rows * columns, 0.0);
    for i in 0..rows {
        for k in 0..inner {
            let factor = a[i * inner + k];
            for j in 0..columns {
                out[i * columns + j] += factor * b[k * columns + j];
            }
        }
    }
}

/// sum += a' b for a (inner × rows) and b (inner × columns).
fn add_product(sum: &mut [f64], a: &[f64], b: &[f64], inner: usize, rows: usize, columns: usize) {
    for k in 0..inner {
        for i in 0..rows {
            let factor = a[k * rows + i];
            for j in 0..columns {
                sum[i * columns + j] += factor * b[k * columns + j];
            }
        }
    }
}

/// tr(a b) of two q × q matrices.
fn product_trace(a: &[f64], b: &[f64], q: usize) -> f64 {
    (0..q).map(|i| (0..q).map(|j| a[i * q + j] * b[j * q + i]).sum::<f64>()).sum()
}
