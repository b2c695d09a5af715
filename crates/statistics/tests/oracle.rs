//! Mixed models of random unbalanced designs against an independent, slow
//! computation with dense matrices: likelihood, its optimum, Kenward–Roger and
//! Satterthwaite from their definitions. Nested and crossed factors, variances of
//! each group and negative ones.
#![allow(clippy::unwrap_used)]

use nalgebra::{DMatrix, DVector};
use statistics::DfMethod;
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, MixedFit, Term, fit};
use statistics::random::Stream;

/// A data set with the matrices of its variance parameters.
#[derive(Default)]
struct Case {
    y: Vec<f64>,
    columns: Vec<(&'static str, Vec<f64>)>,
    cluster: Vec<usize>,
    nested: Option<Vec<usize>>,
    /// A factor crossed with the clusters.
    crossed: Option<Vec<usize>>,
    /// Groups with variances of their own.
    group: Option<Vec<usize>>,
    negative: bool,
}

/// Sum of four uniform numbers, SD 1.
fn normal(stream: &mut Stream) -> f64 {
    (0..4).map(|_| stream.unit() - 0.5).sum::<f64>() * 3f64.sqrt()
}

/// Clusters of 1 to 5 units (with sub-clusters of 1 to 3 rows), a factor between
/// or within clusters and a covariate.
fn case(seed: u64, with_nested: bool) -> Case {
    let mut s = Stream::new(seed, 0);
    let clusters = 5 + s.below(5);
    let within = s.below(2) == 1;
    let mut case = Case::default();
    let (mut group, mut covariate, mut nested) = (Vec::new(), Vec::new(), Vec::new());
    let (sd_cluster, sd_nested) = (3.0 * s.unit() + 0.3, 2.0 * s.unit() + 0.3);
    for c in 0..clusters {
        let level = sd_cluster * normal(&mut s);
        for unit in 0..1 + s.below(5) {
            let own = if with_nested { sd_nested * normal(&mut s) } else { 0.0 };
            for _ in 0..if with_nested { 1 + s.below(3) } else { 1 } {
                let g = if within { (unit % 2) as f64 } else { (c % 2) as f64 };
                let x = normal(&mut s);
                case.y.push(50.0 + 2.0 * g + 0.7 * x + level + own + 1.5 * normal(&mut s));
                case.cluster.push(c);
                nested.push(unit);
                group.push(g);
                covariate.push(x);
            }
        }
    }
    let n = case.y.len();
    case.columns = vec![("intercept", vec![1.0; n]), ("group", group), ("covariate", covariate)];
    case.nested = with_nested.then_some(nested);
    case
}

impl Case {
    fn fit(&self) -> Option<MixedFit> {
        let design = Design::from_columns(&self.columns).ok()?;
        let mut data = MixedData::new(&self.y, &design, &self.cluster);
        data.variances_by = self.group.as_deref();
        data.negative = self.negative;
        if let Some(nested) = &self.nested {
            data = data.with_nested(nested);
        }
        if let Some(crossed) = &self.crossed {
            data = data.with_term(Term::across("crossed", crossed));
        }
        fit(&data, Method::Reml).ok().filter(|model| model.merged.is_empty())
    }

    fn x(&self) -> DMatrix<f64> {
        DMatrix::from_fn(self.y.len(), self.columns.len(), |i, j| self.columns[j].1[i])
    }

    /// dV/dσ² of each variance: clusters, (sub-clusters, crossed factor,) residual; of
    /// each group its own where the factor lies in groups.
    fn parts(&self) -> Vec<DMatrix<f64>> {
        let n = self.y.len();
        let same = |i: usize, j: usize| self.cluster[i] == self.cluster[j];
        let one = |is: bool| f64::from(u8::from(is));
        let mut factors = vec![DMatrix::from_fn(n, n, |i, j| one(same(i, j)))];
        if let Some(nested) = &self.nested {
            factors.push(DMatrix::from_fn(n, n, |i, j| one(same(i, j) && nested[i] == nested[j])));
        }
        if let Some(crossed) = &self.crossed {
            factors.push(DMatrix::from_fn(n, n, |i, j| one(crossed[i] == crossed[j])));
        }
        factors.push(DMatrix::identity(n, n));
        let Some(group) = &self.group else { return factors };
        let mut parts = Vec::new();
        for factor in factors {
            let split = (0..n).all(|i| (0..n).all(|j| factor[(i, j)] == 0.0 || group[i] == group[j]));
            if split {
                parts.extend((0..2).map(|g| {
                    DMatrix::from_fn(n, n, |i, j| if group[i] == g && group[j] == g { factor[(i, j)] } else { 0.0 })
                }));
            } else {
                parts.push(factor);
            }
        }
        parts
    }

    fn variance(&self, theta: &[f64]) -> DMatrix<f64> {
        let n = self.y.len();
        self.parts().iter().zip(theta).fold(DMatrix::zeros(n, n), |v, (g, t)| v + g * *t)
    }

    /// −2 REML log likelihood, constant as in lme4.
    fn deviance(&self, theta: &[f64]) -> f64 {
        let (x, y) = (self.x(), DVector::from_column_slice(&self.y));
        // Negative variances are allowed while this exists.
        let Some(v) = self.variance(theta).cholesky() else { return f64::INFINITY };
        let inverse = v.inverse();
        let info = (x.transpose() * &inverse * &x).cholesky().unwrap();
        let b = info.solve(&(x.transpose() * &inverse * &y));
        let r = &y - &x * b;
        let free = (self.y.len() - x.ncols()) as f64;
        free * std::f64::consts::TAU.ln()
            + v.ln_determinant()
            + info.ln_determinant()
            + (r.transpose() * inverse * r)[(0, 0)]
    }
}

struct Dense {
    phi: DMatrix<f64>,
    adjusted: DMatrix<f64>,
    w: DMatrix<f64>,
    /// −∂(X'V⁻¹X)/∂σ²_c.
    p: Vec<DMatrix<f64>>,
}

/// Kenward & Roger 1997 from its definition; R_ij = 0, as V is linear.
fn kenward_roger(case: &Case, theta: &[f64]) -> Dense {
    let (x, parts) = (case.x(), case.parts());
    let inverse = case.variance(theta).try_inverse().unwrap();
    let phi = (x.transpose() * &inverse * &x).try_inverse().unwrap();
    let projection = &inverse - &inverse * &x * &phi * x.transpose() * &inverse;
    let k = parts.len();
    let information = DMatrix::from_fn(k, k, |i, j| 0.5 * (&projection * &parts[i] * &projection * &parts[j]).trace());
    let w = information.try_inverse().unwrap();
    let p: Vec<_> = parts.iter().map(|g| x.transpose() * &inverse * g * &inverse * &x).collect();
    let mut inner = DMatrix::zeros(x.ncols(), x.ncols());
    for i in 0..k {
        for j in 0..k {
            let q = x.transpose() * &inverse * &parts[i] * &inverse * &parts[j] * &inverse * &x;
            inner += (q - &p[i] * &phi * &p[j]) * w[(i, j)];
        }
    }
    let adjusted = &phi + &phi * inner * &phi * 2.0;
    Dense { phi, adjusted, w, p }
}

fn theta(model: &MixedFit) -> Vec<f64> {
    model.variances.iter().map(|v| v.value).collect()
}

#[track_caller]
fn close(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance * (1.0 + theirs.abs()), "{what}: {ours:e} against {theirs:e}");
}

#[test]
fn random_designs_agree_with_dense_matrices() {
    let (mut regular, mut singular) = (0, 0);
    for seed in 0..120 {
        let case = case(seed, seed % 3 == 2);
        let Some(model) = case.fit() else { continue };
        agrees(&format!("seed {seed}, {} rows", case.y.len()), &case, &model);
        if model.singular { singular += 1 } else { regular += 1 }
    }
    assert!(regular > 60 && singular > 3, "{regular} regular and {singular} singular fits");
}

#[test]
fn crossed_factors_agree_with_dense_matrices() {
    let mut fits = 0;
    for seed in 200..240 {
        let mut case = case(seed, seed % 2 == 0);
        let crossed: Vec<usize> = (0..case.y.len()).map(|i| (i * 7 + seed as usize) % 4).collect();
        for (y, level) in case.y.iter_mut().zip(&crossed) {
            *y += 1.5 * (*level as f64 - 1.5);
        }
        case.crossed = Some(crossed);
        let Some(model) = case.fit() else { continue };
        agrees(&format!("crossed, seed {seed}"), &case, &model);
        fits += 1;
    }
    assert!(fits > 30, "{fits}");
}

#[test]
fn variances_of_groups_and_negative_ones_agree_with_dense_matrices() {
    let (mut fits, mut below) = (0, 0);
    for seed in 300..480 {
        let mut case = case(seed, seed % 3 == 0);
        case.negative = true;
        if seed % 2 == 0 {
            case.group = Some(case.columns[1].1.iter().map(|g| *g as usize).collect());
        }
        let Some(model) = case.fit() else { continue };
        // On the edge of what is positive definite there is no stationary point, and
        // close to it differences of the likelihood are no derivatives.
        let spread = case.variance(&theta(&model)).symmetric_eigenvalues();
        if !model.converged || spread.min() < 0.03 * spread.max() {
            continue;
        }
        agrees(&format!("groups, seed {seed}"), &case, &model);
        fits += 1;
        below += usize::from(model.variances.iter().any(|v| v.value < 0.0));
    }
    assert!(fits > 80 && below > 12, "{fits} fits, {below} with a negative variance");
}

/// Compares a fit with dense matrices.
fn agrees(what: &str, case: &Case, model: &MixedFit) {
    assert!(model.converged, "{what}: {:?}", model.health);
    let at = theta(model);
    close(what, model.deviance(), case.deviance(&at), 1e-9);
    // No neighbour is better: one per cent up or down, zero variances up.
    for c in 0..at.len() {
        for factor in [0.99, 1.01] {
            let mut moved = at.clone();
            moved[c] = if at[c] == 0.0 { 0.01 * at[at.len() - 1] } else { factor * at[c] };
            assert!(case.deviance(&moved) > model.deviance() - 1e-9, "{what}: parameter {c}");
        }
    }
    let dense = kenward_roger(case, &at);
    let size = dense.phi.norm();
    for (i, row) in model.covariance_kenward_roger().unwrap().iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            close(what, value / size, dense.adjusted[(i, j)] / size, 1e-7);
        }
    }
    for weights in [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.5, -0.3]] {
        let l = DVector::from_column_slice(&weights);
        let (variance, gradient) = slopes(&dense, &l);
        let spread = (gradient.transpose() * &dense.w * &gradient)[(0, 0)];
        let c = model.contrast(&weights, DfMethod::KenwardRoger, 0.95).unwrap();
        close(what, c.df, 2.0 * variance * variance / spread, 1e-6);
        close(what, c.se, (l.transpose() * &dense.adjusted * &l)[(0, 0)].sqrt(), 1e-7);
        if !model.singular {
            let c = model.contrast(&weights, DfMethod::Satterthwaite, 0.95).unwrap();
            let h = hessian(case, &at);
            let spread = 2.0 * (gradient.transpose() * h.try_inverse().unwrap() * &gradient)[(0, 0)];
            close(what, c.df, 2.0 * variance * variance / spread, 2e-3);
            close(what, c.se, variance.sqrt(), 1e-7);
        }
    }
    joint(what, model, &dense);
}

/// l'Φl and its slopes.
fn slopes(dense: &Dense, l: &DVector<f64>) -> (f64, DVector<f64>) {
    let v = &dense.phi * l;
    let gradient = dense.p.iter().map(|p| (v.transpose() * p * &v)[(0, 0)]);
    (l.dot(&v), DVector::from_iterator(dense.p.len(), gradient))
}

/// Second differences of the deviance, extrapolated to no step.
fn hessian(case: &Case, at: &[f64]) -> DMatrix<f64> {
    (second_differences(case, at, 5e-4) * 4.0 - second_differences(case, at, 1e-3)) / 3.0
}

fn second_differences(case: &Case, at: &[f64], share: f64) -> DMatrix<f64> {
    let largest = at.iter().copied().fold(0.0, f64::max);
    let step: Vec<f64> = at.iter().map(|t| share * (t.abs() + 0.1 * largest)).collect();
    let value = |moves: &[(usize, f64)]| {
        let mut theta = at.to_vec();
        for (c, sign) in moves {
            theta[*c] += sign * step[*c];
        }
        case.deviance(&theta)
    };
    DMatrix::from_fn(at.len(), at.len(), |i, j| {
        let both = |a: f64, b: f64| value(&[(i, a), (j, b)]);
        (both(1.0, 1.0) - both(1.0, -1.0) - both(-1.0, 1.0) + both(-1.0, -1.0)) / (4.0 * step[i] * step[j])
    })
}

/// The scaled F of two rows, Kenward & Roger 1997, section 2.
fn joint(what: &str, model: &MixedFit, dense: &Dense) {
    let hypothesis = vec![vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
    let l = DMatrix::from_fn(2, 3, |i, j| hypothesis[i][j]);
    let theta = l.transpose() * (&l * &dense.phi * l.transpose()).try_inverse().unwrap() * &l;
    let (mut a1, mut a2) = (0.0, 0.0);
    let part: Vec<_> = dense.p.iter().map(|p| &theta * &dense.phi * p * &dense.phi).collect();
    for i in 0..part.len() {
        for j in 0..part.len() {
            a1 += dense.w[(i, j)] * part[i].trace() * part[j].trace();
            a2 += dense.w[(i, j)] * (&part[i] * &part[j]).trace();
        }
    }
    let q = 2.0;
    let b = (a1 + 6.0 * a2) / (2.0 * q);
    let g = ((q + 1.0) * a1 - (q + 4.0) * a2) / ((q + 2.0) * a2);
    let below = 3.0 * q + 2.0 * (1.0 - g);
    let (c1, c2, c3) = (g / below, (q - g) / below, (q + 2.0 - g) / below);
    let e = 1.0 / (1.0 - a2 / q);
    let v = 2.0 / q * (1.0 + c1 * b) / ((1.0 - c2 * b).powi(2) * (1.0 - c3 * b));
    let rho = v / (2.0 * e * e);
    let df = 4.0 + (q + 2.0) / (q * rho - 1.0);
    let scale = df / (e * (df - 2.0));
    let beta = DVector::from_column_slice(model.coefficients());
    let value = &l * beta;
    let middle = (&l * &dense.adjusted * l.transpose()).try_inverse().unwrap();
    let f = scale * (value.transpose() * middle * &value)[(0, 0)] / q;
    let ours = model.f_test(&hypothesis, DfMethod::KenwardRoger).unwrap();
    close(what, ours.df2, df, 1e-5);
    close(what, ours.f, f, 1e-5);
}

#[test]
fn kenward_roger_intervals_cover_the_truth() {
    // 16 clusters of 1 to 4 units, ICC 0.3, effect 1: 95 % intervals of the difference.
    let sizes = [2, 2, 2, 4, 4, 4, 3, 4, 1, 3, 2, 3, 2, 3, 2, 4];
    let (mut cluster, mut group) = (Vec::new(), Vec::new());
    for (c, size) in sizes.iter().enumerate() {
        cluster.extend(std::iter::repeat_n(c, *size));
        group.extend(std::iter::repeat_n(usize::from(c >= 8), *size));
    }
    let design = Design::treatment(&group, &["a", "b"]).unwrap();
    let replicates = 2000;
    let mut covered = 0;
    for replicate in 0..replicates {
        let mut s = Stream::new(11, replicate);
        let level: Vec<f64> = sizes.iter().map(|_| 0.3_f64.sqrt() * normal(&mut s)).collect();
        let y: Vec<f64> =
            cluster.iter().zip(&group).map(|(c, g)| *g as f64 + level[*c] + 0.7_f64.sqrt() * normal(&mut s)).collect();
        let model = fit(&MixedData::new(&y, &design, &cluster), Method::Reml).unwrap();
        let c = model.contrast(&[0.0, 1.0], DfMethod::KenwardRoger, 0.95).unwrap();
        covered += u32::from(c.ci_low <= 1.0 && 1.0 <= c.ci_high);
    }
    let share = f64::from(covered) / replicates as f64;
    assert!((0.93..=0.97).contains(&share), "{share}");
}
