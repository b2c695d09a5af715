//! Several groups of independent values: F test, Welch's test, Kruskal–Wallis.
//!
//! One-way:  F = (SS_b/(k−1)) / (SS_w/(N−k)); equal variances assumed.
//! Welch:    wᵢ = nᵢ/s²ᵢ, x̃ = Σwᵢx̄ᵢ/Σwᵢ, Λ = Σ(1 − wᵢ/Σw)²/(nᵢ − 1),
//!           F = (Σwᵢ(x̄ᵢ − x̃)²/(k−1)) / (1 + 2(k−2)Λ/(k²−1)), ν₂ = (k²−1)/(3Λ)
//!           (Welch 1951, Biometrika 38:330); no equal variances needed.
//! Kruskal–Wallis: H = (12/(N(N+1)) ΣR²ᵢ/nᵢ − 3(N+1)) / (1 − Σ(t³−t)/(N³−N)),
//!           χ² with k − 1 (Kruskal & Wallis 1952, JASA 47:583).

use crate::dist::chi_squared;
use crate::error::{Part, StatisticsError, require_count};
use crate::estimate::{DfMethod, FTest};
use crate::rank::midranks::{midranks_of_samples, tie_sum};
use crate::sample::{Sample, compensated};
use serde::{Deserialize, Serialize};

/// One-way analysis of variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OneWay {
    /// The F test.
    pub test: FTest,
    /// Sum of squares between groups.
    pub ss_between: f64,
    /// Sum of squares within groups.
    pub ss_within: f64,
    /// η² = SS_b/SS_t, biased upward.
    pub eta_squared: f64,
    /// ω², nearly unbiased.
    pub omega_squared: f64,
    /// ε², nearly unbiased.
    pub epsilon_squared: f64,
}

/// One-way analysis of variance of two or more groups.
///
/// # Errors
/// Fewer than two groups, no more values than groups, no variance within groups.
pub fn one_way(groups: &[Sample]) -> Result<OneWay, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    let total: usize = groups.iter().map(Sample::n).sum();
    require_count("values of all groups", total, groups.len() + 1)?;
    if groups.iter().all(Sample::is_constant) {
        return Err(StatisticsError::ZeroVariance { what: "every group".to_owned() });
    }
    let means = centred_means(groups);
    let n = |g: &Sample| g.n() as f64;
    let grand = compensated(groups.iter().zip(&means).map(|(g, m)| n(g) * m)) / total as f64;
    let ss_between = compensated(groups.iter().zip(&means).map(|(g, m)| n(g) * (m - grand).powi(2)));
    let ss_within = compensated(groups.iter().map(Sample::sum_of_squares));
    let df_between = groups.len() as f64 - 1.0;
    let df_within = (total - groups.len()) as f64;
    let ms_within = ss_within / df_within;
    let ss_total = ss_between + ss_within;
    Ok(OneWay {
        test: FTest::from_sums(ss_between, df_between, ss_within, df_within),
        ss_between,
        ss_within,
        eta_squared: ss_between / ss_total,
        omega_squared: (ss_between - df_between * ms_within) / (ss_total + ms_within),
        epsilon_squared: (ss_between - df_between * ms_within) / ss_total,
    })
}

/// Welch's analysis of variance: variances may differ between groups.
///
/// # Errors
/// Fewer than two groups, a group of one value or without variance.
pub fn welch(groups: &[Sample]) -> Result<FTest, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    for (index, group) in groups.iter().enumerate() {
        let of_group = |problem: StatisticsError| problem.of(Part::Group, index);
        require_count("values", group.n(), 2).map_err(of_group)?;
        if group.is_constant() {
            return Err(of_group(StatisticsError::ZeroVariance { what: "values".to_owned() }));
        }
    }
    let k = groups.len() as f64;
    let means = centred_means(groups);
    let weights: Vec<f64> = groups.iter().map(|g| g.n() as f64 / g.variance()).collect();
    let total: f64 = weights.iter().sum();
    let centre = weights.iter().zip(&means).map(|(w, m)| w * m).sum::<f64>() / total;
    let between: f64 = weights.iter().zip(&means).map(|(w, m)| w * (m - centre).powi(2)).sum::<f64>() / (k - 1.0);
    let lambda: f64 = groups.iter().zip(&weights).map(|(g, w)| (1.0 - w / total).powi(2) / (g.n() as f64 - 1.0)).sum();
    let f = between / (1.0 + 2.0 * (k - 2.0) * lambda / (k * k - 1.0));
    let test = FTest::new(f, k - 1.0, (k * k - 1.0) / (3.0 * lambda));
    Ok(FTest { df_method: DfMethod::Satterthwaite, ..test })
}

/// Kruskal–Wallis test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct KruskalWallis {
    /// Statistic H, corrected for ties.
    pub h: f64,
    /// Degrees of freedom k − 1.
    pub df: f64,
    /// χ² p value; rough for groups below about five values.
    pub p: f64,
}

/// Kruskal–Wallis test of equal location by ranks.
///
/// # Errors
/// Fewer than two groups, all values tied.
pub fn kruskal_wallis(groups: &[Sample]) -> Result<KruskalWallis, StatisticsError> {
    require_count("groups", groups.len(), 2)?;
    let (ranks, runs) = midranks_of_samples(groups);
    let n = ranks.len() as f64;
    let mut rest = ranks.as_slice();
    let mut rank_sums = Vec::with_capacity(groups.len());
    for group in groups {
        let (own, others) = rest.split_at(group.n());
        rank_sums.push(own.iter().sum::<f64>());
        rest = others;
    }
    let correction = 1.0 - tie_sum(&runs) / (n.powi(3) - n);
    if correction <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "all groups together".to_owned() });
    }
    // Deviations from the mean rank avoid the cancellation of the textbook form.
    let spread: f64 =
        groups.iter().zip(&rank_sums).map(|(g, r)| g.n() as f64 * (r / g.n() as f64 - (n + 1.0) / 2.0).powi(2)).sum();
    let h = 12.0 / (n * (n + 1.0)) * spread / correction;
    let df = groups.len() as f64 - 1.0;
    Ok(KruskalWallis { h, df, p: chi_squared::upper(h, df) })
}

/// Group means less the first value of all, summed without loss to an offset.
fn centred_means(groups: &[Sample]) -> Vec<f64> {
    let origin = groups[0].values()[0];
    groups.iter().map(|g| compensated(g.values().iter().map(|v| v - origin)) / g.n() as f64).collect()
}
