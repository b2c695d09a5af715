//! The mean of one group of clusters with its standard error and degrees of freedom.
//!
//! ```text
//! y_j = μ + a_j + e_j      a ~ N(0, τ²), e_j ~ N(0, σ² h_j)      v_j = τ² + σ² h_j
//! −2 ℓ_R = ν ln σ² + S/σ² + Σ ln v_j + ln Σ 1/v_j + Σ (y_j − μ̂)²/v_j
//! μ̂ = Σ (y_j/v_j) / W,  Var(μ̂) = 1/W,  W = Σ 1/v_j
//! ```
//!
//! the restricted likelihood of the random-intercept model, written in means of
//! clusters. Degrees of freedom of μ̂ by Satterthwaite's rule from the observed
//! information (as in lmerTest: Kuznetsova et al. 2017, J Stat Softw 82(13)),
//!
//! ```text
//! ν_μ = 2 Var(μ̂)² / (gᵀ 2H⁻¹ g),  g = ∂Var(μ̂)/∂(σ², τ²),  H = ∂²(−2 ℓ_R)/∂(σ², τ²)²
//! ```
//!
//! With equal h the solution is that of the analysis of variance, v = Σ (y_j − ȳ)²/(k − 1)
//! with k − 1 degrees of freedom, and τ² = v − σ² h may be negative: the standard
//! error is never that of units counted as independent (Nelder 1954, Biometrika
//! 41:544, on why a negative component is kept). With unequal h a τ² below 0 would
//! let the largest cluster decide alone; there the clusters count by their units,
//!
//! ```text
//! v_j = φ h_j,  φ = Σ ((y_j − μ̂)²/h_j) / (k − 1),  ν_μ = k − 1
//! ```
//!
//! which is exact if clusters do not differ at all, and the former for equal h.

use crate::clustered::means::ClusterMeans;
use crate::dist::quadrature;
use crate::error::StatisticsError;
use crate::sample::compensated;

/// The mean of one group, or of one comparison inside clusters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupMean {
    /// μ̂, in the unit of the response.
    pub mean: f64,
    /// Var(μ̂).
    pub variance: f64,
    /// Degrees of freedom of that variance.
    pub df: f64,
    /// τ², the variance between clusters beyond that of their units; may be negative.
    pub between: f64,
    /// σ², the variance of units within clusters; NaN with one unit a cluster, where
    /// `between` holds both.
    pub within: f64,
    /// Variance of the mean of a cluster with the harmonic mean number of units.
    pub of_cluster: f64,
    /// Mean of h_j: 1 / the harmonic mean of the units of a cluster, in a group.
    pub share: f64,
    /// Clusters.
    pub clusters: usize,
    /// Whether τ² came out below or at 0.
    pub at_zero: bool,
}

impl GroupMean {
    /// Estimates the mean of `clusters`.
    ///
    /// # Errors
    /// [`StatisticsError::ZeroVariance`] if the clusters do not differ at all.
    pub fn of(clusters: &ClusterMeans) -> Result<Self, StatisticsError> {
        let scale = clusters.means.iter().fold(0.0_f64, |most, m| most.max(m.abs()));
        let origin = clusters.means[0];
        let spread = clusters.means.iter().fold(0.0_f64, |most, m| most.max((m - origin).abs()));
        if spread <= 10.0 * f64::EPSILON * scale {
            return Err(StatisticsError::ZeroVariance { what: "means of the clusters".to_owned() });
        }
        if clusters.is_of_single_units() || clusters.is_balanced() {
            return Ok(balanced(clusters));
        }
        let search = Search(clusters);
        Ok(match search.ratio() {
            Some(ratio) => search.interior(ratio),
            None => below_zero(clusters),
        })
    }
}

/// Every cluster counts alike.
fn balanced(clusters: &ClusterMeans) -> GroupMean {
    let k = clusters.means.len() as f64;
    let origin = clusters.means[0];
    let mean = origin + compensated(clusters.means.iter().map(|y| y - origin)) / k;
    let of_cluster = compensated(clusters.means.iter().map(|y| (y - mean).powi(2))) / (k - 1.0);
    let share = clusters.shares.iter().sum::<f64>() / k;
    let single = clusters.df_within == 0.0;
    let within = if single { f64::NAN } else { clusters.squares / clusters.df_within };
    let between = if single { of_cluster } else { of_cluster - within * share };
    let at_zero = !single && between <= 0.0;
    GroupMean {
        mean,
        variance: of_cluster / k,
        df: k - 1.0,
        between,
        within,
        of_cluster,
        share,
        clusters: clusters.means.len(),
        at_zero,
    }
}

/// Clusters count by their units.
fn below_zero(clusters: &ClusterMeans) -> GroupMean {
    let k = clusters.means.len() as f64;
    let weight: f64 = clusters.shares.iter().map(|h| 1.0 / h).sum();
    let mean = weighted_mean(clusters, |h| 1.0 / h);
    let phi = compensated(clusters.means.iter().zip(&clusters.shares).map(|(y, h)| (y - mean).powi(2) / h)) / (k - 1.0);
    let share = clusters.shares.iter().sum::<f64>() / k;
    let within = clusters.squares / clusters.df_within;
    GroupMean {
        mean,
        variance: phi / weight,
        df: k - 1.0,
        between: ((phi - within) * k / weight).min(0.0),
        within,
        of_cluster: phi * share,
        share,
        clusters: clusters.means.len(),
        at_zero: true,
    }
}

fn weighted_mean(clusters: &ClusterMeans, weight: impl Fn(f64) -> f64) -> f64 {
    let origin = clusters.means[0];
    let total: f64 = clusters.shares.iter().map(|h| weight(*h)).sum();
    origin + compensated(clusters.means.iter().zip(&clusters.shares).map(|(y, h)| weight(*h) * (y - origin))) / total
}

/// The search for ρ = τ²/σ².
struct Search<'a>(&'a ClusterMeans);

impl Search<'_> {
    /// −2 ℓ_R with σ² at its optimum, up to a constant, and its derivative by ρ.
    fn profile(&self, ratio: f64) -> (f64, f64) {
        let clusters = self.0;
        let mean = weighted_mean(clusters, |h| 1.0 / (ratio + h));
        let (mut total, mut square, mut log, mut rest, mut slope) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (y, h) in clusters.means.iter().zip(&clusters.shares) {
            let w = 1.0 / (ratio + h);
            let away = (y - mean).powi(2) * w;
            total += w;
            square += w * w;
            log -= libm::log(w);
            rest += away;
            slope += away * w;
        }
        let df = clusters.df_within + clusters.means.len() as f64 - 1.0;
        let q = clusters.squares + rest;
        (df * libm::log(q) + log + libm::log(total), total - square / total - df * slope / q)
    }

    /// ρ at the lowest −2 ℓ_R; `None` if that is at 0.
    fn ratio(&self) -> Option<f64> {
        let scale = self.0.shares.iter().sum::<f64>() / self.0.shares.len() as f64;
        // Three values a decade from a thousandth of the units' share to a million times it.
        let grid: Vec<f64> = (-9..=18).map(|step| scale * libm::pow(10.0, f64::from(step) / 3.0)).collect();
        let values: Vec<f64> = grid.iter().map(|ratio| self.profile(*ratio).0).collect();
        let mut best: Option<(f64, f64)> = None;
        let at_zero = self.profile(0.0);
        for k in 0..grid.len() - 1 {
            let low = if k == 0 { 0.0 } else { grid[k - 1] };
            let below = if k == 0 { at_zero.0 } else { values[k - 1] };
            if values[k] > below || values[k] > values[k + 1] {
                continue;
            }
            let found = quadrature::root(|ratio| self.profile(ratio).1, low, grid[k + 1]);
            let candidate = found.map(|ratio| (ratio, self.profile(ratio).0));
            if let Some(candidate) = candidate.filter(|c| best.is_none_or(|b| c.1 < b.1)) {
                best = Some(candidate);
            }
        }
        // An optimum between 0 and the first value of the grid.
        if at_zero.1 < 0.0 && best.is_none() {
            let found = quadrature::root(|ratio| self.profile(ratio).1, 0.0, grid[0]);
            best = found.map(|ratio| (ratio, self.profile(ratio).0));
        }
        best.filter(|(ratio, value)| *ratio > 0.0 && *value < at_zero.0).map(|(ratio, _)| ratio)
    }

    /// The estimates at ρ > 0.
    fn interior(&self, ratio: f64) -> GroupMean {
        let clusters = self.0;
        let k = clusters.means.len() as f64;
        let mean = weighted_mean(clusters, |h| 1.0 / (ratio + h));
        let rest =
            compensated(clusters.means.iter().zip(&clusters.shares).map(|(y, h)| (y - mean).powi(2) / (ratio + h)));
        let within = (clusters.squares + rest) / (clusters.df_within + k - 1.0);
        let between = ratio * within;
        let share = clusters.shares.iter().sum::<f64>() / k;
        let total: f64 = clusters.shares.iter().map(|h| 1.0 / (between + within * h)).sum();
        let df = self.degrees(mean, between, within).unwrap_or(k - 1.0);
        GroupMean {
            mean,
            variance: 1.0 / total,
            df,
            between,
            within,
            of_cluster: between + within * share,
            share,
            clusters: clusters.means.len(),
            at_zero: false,
        }
    }

    /// Satterthwaite's degrees of freedom; `None` where the information is not
    /// positive.
    fn degrees(&self, mean: f64, between: f64, within: f64) -> Option<f64> {
        let clusters = self.0;
        let mut total = 0.0;
        // Sums over clusters of w² c, w² c c', w³ c c', w³ c c' r², w² c r; c = (h, 1).
        let (mut first, mut second, mut third) = ([0.0; 2], [0.0; 3], [0.0; 3]);
        let (mut spread, mut lean) = ([0.0; 3], [0.0; 2]);
        for (y, h) in clusters.means.iter().zip(&clusters.shares) {
            let w = 1.0 / (between + within * h);
            let r = y - mean;
            let c = [*h, 1.0];
            total += w;
            for i in 0..2 {
                first[i] += w * w * c[i];
                lean[i] += w * w * c[i] * r;
            }
            for (at, (i, j)) in [(0, 0), (0, 1), (1, 1)].into_iter().enumerate() {
                second[at] += w * w * c[i] * c[j];
                third[at] += w * w * w * c[i] * c[j];
                spread[at] += w * w * w * c[i] * c[j] * r * r;
            }
        }
        let mut hessian = [0.0; 3];
        for (at, (i, j)) in [(0, 0), (0, 1), (1, 1)].into_iter().enumerate() {
            hessian[at] = -second[at] + 2.0 * third[at] / total - first[i] * first[j] / (total * total)
                + 2.0 * spread[at]
                - 2.0 * lean[i] * lean[j] / total;
        }
        hessian[0] += 2.0 * clusters.squares / within.powi(3) - clusters.df_within / (within * within);
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        let gradient = [first[0] / (total * total), first[1] / (total * total)];
        let form = hessian[2] * gradient[0] * gradient[0] - 2.0 * hessian[1] * gradient[0] * gradient[1]
            + hessian[0] * gradient[1] * gradient[1];
        let variance = 1.0 / total;
        let df = variance * variance * determinant / form;
        (determinant > 0.0 && hessian[0] > 0.0 && df > 0.0).then_some(df)
    }
}
