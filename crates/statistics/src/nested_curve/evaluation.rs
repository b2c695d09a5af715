//! The linearised model at given variances.
//!
//!   V = σ² I + Σ θ_k Z_k Z_k′,  C = (X′V⁻¹X)⁻¹,  P = V⁻¹ − V⁻¹X C X′V⁻¹
//!   −2 ln L_R = ln|V| + ln|X′V⁻¹X| + y′P y + (n − p) ln 2π
//!   ∂/∂θ_k = tr(P V_k) − y′P V_k P y,  E ∂²/∂θ_k∂θ_l = tr(P V_k P V_l)

use crate::nested_curve::layout::LinearBlock;
use nalgebra::{DMatrix, DVector};

/// −2 ln L and what follows from it; the residual variance is the last component.
pub(crate) struct Evaluation {
    /// −2 ln L.
    pub(crate) deviance: f64,
    /// Generalised least-squares estimates.
    pub(crate) fixed: DVector<f64>,
    /// C.
    pub(crate) covariance: DMatrix<f64>,
    /// Derivatives of −2 ln L along the variances.
    pub(crate) gradient: DVector<f64>,
    /// Their expected second derivatives.
    pub(crate) information: DMatrix<f64>,
    /// X′V⁻¹V_kV⁻¹X of each component.
    pub(crate) first: Vec<DMatrix<f64>>,
    /// X′V⁻¹V_kV⁻¹V_lV⁻¹X of each pair.
    pub(crate) second: Vec<Vec<DMatrix<f64>>>,
    /// Best predictions of the random effects: `[block][component][unit]`.
    pub(crate) random: Vec<Vec<Vec<f64>>>,
}

/// Products of one block.
struct Part {
    /// V⁻¹.
    inverse: DMatrix<f64>,
    /// V⁻¹ X.
    vx: DMatrix<f64>,
}

/// Evaluates the model; `None` where V or X′V⁻¹X is not positive definite.
pub(crate) fn evaluate(blocks: &[LinearBlock], theta: &[f64], restricted: bool) -> Option<Evaluation> {
    let p = blocks[0].x.ncols();
    let count = theta.len();
    let sigma2 = theta[count - 1];
    let (mut gram, mut right) = (DMatrix::zeros(p, p), DVector::zeros(p));
    let (mut log_det, mut n) = (0.0, 0);
    let mut parts = Vec::with_capacity(blocks.len());
    for block in blocks {
        let rows = block.y.len();
        n += rows;
        let mut v = DMatrix::identity(rows, rows) * sigma2;
        for (z, variance) in block.z.iter().zip(theta) {
            if *variance != 0.0 {
                v += z * z.transpose() * *variance;
            }
        }
        let cholesky = v.cholesky()?;
        log_det += 2.0 * cholesky.l_dirty().diagonal().iter().map(|d| libm::log(*d)).sum::<f64>();
        let inverse = cholesky.inverse();
        let vx = &inverse * &block.x;
        gram += block.x.transpose() * &vx;
        right += vx.transpose() * &block.y;
        parts.push(Part { inverse, vx });
    }
    let cholesky = gram.cholesky()?;
    let covariance = cholesky.inverse();
    let fixed = cholesky.solve(&right);
    if restricted {
        log_det += 2.0 * cholesky.l_dirty().diagonal().iter().map(|d| libm::log(*d)).sum::<f64>();
    }
    let mut found = Evaluation {
        deviance: 0.0,
        gradient: DVector::zeros(count),
        information: DMatrix::zeros(count, count),
        first: vec![DMatrix::zeros(p, p); count],
        second: vec![vec![DMatrix::zeros(p, p); count]; count],
        random: Vec::with_capacity(blocks.len()),
        fixed,
        covariance,
    };
    let mut quadratic = 0.0;
    for (block, part) in blocks.iter().zip(&parts) {
        quadratic += add_block(&mut found, block, part, theta);
    }
    let left = if restricted { n - p } else { n };
    found.deviance = log_det + quadratic + left as f64 * libm::log(std::f64::consts::TAU);
    if restricted {
        restrict(&mut found);
    }
    found.deviance.is_finite().then_some(found)
}

/// Adds the sums of one animal, and returns r′V⁻¹r.
fn add_block(found: &mut Evaluation, block: &LinearBlock, part: &Part, theta: &[f64]) -> f64 {
    let count = theta.len();
    let residual = &block.y - &block.x * &found.fixed;
    let weighted = &part.inverse * &residual;
    let rows = block.y.len();
    // Z′V⁻¹ of each component; the residual has Z = I.
    let identity = DMatrix::identity(rows, rows);
    let columns: Vec<&DMatrix<f64>> = block.z.iter().chain(std::iter::once(&identity)).collect();
    let through: Vec<DMatrix<f64>> = columns.iter().map(|z| z.transpose() * &part.inverse).collect();
    let seen: Vec<DMatrix<f64>> = columns.iter().map(|z| z.transpose() * &part.vx).collect();
    let mut own = Vec::with_capacity(count - 1);
    for k in 0..count {
        let along = columns[k].transpose() * &weighted;
        if k + 1 < count {
            own.push(along.iter().map(|v| theta[k] * v).collect());
        }
        let trace: f64 = through[k].component_mul(&columns[k].transpose()).sum();
        found.gradient[k] += trace - along.norm_squared();
        found.first[k] += seen[k].transpose() * &seen[k];
        for l in 0..count {
            let between = &through[k] * columns[l];
            found.information[(k, l)] += between.norm_squared();
            found.second[k][l] += seen[k].transpose() * between * &seen[l];
        }
    }
    found.random.push(own);
    residual.dot(&weighted)
}

/// What estimating the fixed effects takes from traces: P in the place of V⁻¹.
fn restrict(found: &mut Evaluation) {
    let c = &found.covariance;
    let count = found.first.len();
    let through: Vec<DMatrix<f64>> = found.first.iter().map(|a| c * a).collect();
    for k in 0..count {
        found.gradient[k] -= through[k].trace();
        for l in 0..count {
            let twice = (c * &found.second[k][l]).trace();
            found.information[(k, l)] += (&through[k] * &through[l]).trace() - 2.0 * twice;
        }
    }
}
