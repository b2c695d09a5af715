//! Which random effects there are, and the variance parameters they bring.

/// No column: the effect was left out, because the residual says the same.
pub(crate) const NO_COLUMN: usize = usize::MAX;

/// What a variance parameter is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Variance of intercepts.
    Intercept,
    /// Covariance of intercepts and slopes.
    Covariance,
    /// Variance of slopes.
    Slope,
    /// Residual variance; those of all groups are the last ones.
    Residual,
}

/// One variance parameter; V is linear in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Component {
    pub kind: Kind,
    /// Place of its term; 0 for residuals.
    pub term: usize,
    /// Place of its group; 0 if all groups share it.
    pub group: usize,
}

/// Terms with random effects and all variance parameters, ordered by term, group
/// and kind, residuals last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    /// For each term, whether it has slopes.
    pub slopes: Vec<bool>,
    pub components: Vec<Component>,
    /// Number of residual variances.
    pub residuals: usize,
    /// Variances of random effects may be negative.
    pub negative: bool,
}

impl Shape {
    /// First residual variance.
    pub fn first_residual(&self) -> usize {
        self.components.len() - self.residuals
    }

    /// Place of a variance parameter.
    pub fn position(&self, kind: Kind, term: usize, group: usize) -> Option<usize> {
        self.components.iter().position(|c| *c == Component { kind, term, group })
    }

    pub fn has_slopes(&self) -> bool {
        self.slopes.iter().any(|slope| *slope)
    }
}

/// One observation's part in Z for one term: column of its intercept in the block
/// (its slope is the next one) and the two entries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub column: usize,
    pub intercept: f64,
    pub slope: f64,
}

/// One random effect of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub term: usize,
    pub group: usize,
    /// Level of the term, counted over all blocks.
    pub level: usize,
    pub slope: bool,
}

/// Which observations and which random effects a block has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    pub rows: Vec<usize>,
    pub columns: Vec<Column>,
}

/// Where a variance parameter stands in the D of a block.
#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    /// On the diagonal.
    Diagonal(Vec<usize>),
    /// At (a, b) and (b, a).
    Pairs(Vec<(usize, usize)>),
}

/// A variance parameter that a block has.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub component: usize,
    pub pattern: Pattern,
}

impl Part {
    /// The parts of a block, in the order of the components.
    pub fn list(shape: &Shape, columns: &[Column]) -> Vec<Part> {
        let mut parts = Vec::new();
        for (component, c) in shape.components[..shape.first_residual()].iter().enumerate() {
            let own = columns.iter().enumerate().filter(|(_, column)| column.term == c.term && column.group == c.group);
            let at = |slope: bool| own.clone().filter(move |(_, column)| column.slope == slope).map(|(i, _)| i);
            let pattern = match c.kind {
                Kind::Covariance => Pattern::Pairs(at(true).map(|slope| (slope - 1, slope)).collect()),
                kind => Pattern::Diagonal(at(kind == Kind::Slope).collect()),
            };
            let empty = match &pattern {
                Pattern::Diagonal(list) => list.is_empty(),
                Pattern::Pairs(list) => list.is_empty(),
            };
            if !empty {
                parts.push(Part { component, pattern });
            }
        }
        parts
    }

    /// out = D_c · source (q × columns).
    pub fn apply(&self, source: &[f64], q: usize, columns: usize, out: &mut Vec<f64>) {
        out.clear();
        out.resize(q * columns, 0.0);
        let mut copy = |to: usize, from: usize| {
            out[to * columns..(to + 1) * columns].copy_from_slice(&source[from * columns..(from + 1) * columns]);
        };
        match &self.pattern {
            Pattern::Diagonal(list) => list.iter().for_each(|&i| copy(i, i)),
            Pattern::Pairs(list) => list.iter().for_each(|&(a, b)| {
                copy(a, b);
                copy(b, a);
            }),
        }
    }

    /// tr(D_c · matrix) of a q × q matrix.
    pub fn trace_of(&self, matrix: &[f64], q: usize) -> f64 {
        match &self.pattern {
            Pattern::Diagonal(list) => list.iter().map(|i| matrix[i * q + i]).sum(),
            Pattern::Pairs(list) => list.iter().map(|(a, b)| matrix[a * q + b] + matrix[b * q + a]).sum(),
        }
    }

    /// Adds θ R D_c R' to the lower triangle of `sum` (r × r); `root` is R (r × q).
    pub fn add_spread(&self, theta: f64, root: &[f64], r: usize, q: usize, sum: &mut [f64]) {
        let mut add = |a: usize, b: usize| {
            for i in 0..r {
                let factor = theta * root[i * q + a];
                if factor != 0.0 {
                    for j in 0..=i {
                        sum[i * r + j] += factor * root[j * q + b];
                    }
                }
            }
        };
        match &self.pattern {
            Pattern::Diagonal(list) => list.iter().for_each(|&i| add(i, i)),
            Pattern::Pairs(list) => list.iter().for_each(|&(a, b)| {
                add(a, b);
                add(b, a);
            }),
        }
    }
}
