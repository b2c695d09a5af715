//! Nested analysis of variance: moment estimates for groups, clusters, units.
//!
//!   σ̂_c² = (MS_clusters − MS_within) / n₀,  n₀ = (N − Σ_g Σ n_i²/N_g) / (K − G)
//!   ICC = σ̂_c² / (σ̂_c² + MS_within)
//!
//! Searle, Casella & McCulloch 1992, chapter 3. Equal to REML when balanced
//! and the estimate is positive; may be negative otherwise.

use crate::dist::f;
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::sample::Sample;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Mean squares and what follows from them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NestedAnova {
    /// Mean square between clusters (inside groups).
    pub ms_cluster: f64,
    /// Mean square within clusters.
    pub ms_within: f64,
    /// Clusters − groups.
    pub df_cluster: f64,
    /// Units − clusters.
    pub df_within: f64,
    /// Effective units per cluster.
    pub n0: f64,
    /// Variance between clusters; may be negative.
    pub variance_cluster: f64,
    /// Intraclass correlation.
    pub icc: f64,
    /// Lower limit of the ICC (exact when balanced).
    pub icc_low: f64,
    /// Upper limit of the ICC.
    pub icc_high: f64,
    /// F of clusters against units.
    pub f: f64,
    /// Its p value.
    pub p: f64,
    /// Variance of a mean relative to independent units, 1 + (m̄ − 1) ICC.
    pub design_effect: f64,
}

/// Mean of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClusterMean {
    /// Label of the cluster as given.
    pub cluster: usize,
    /// Mean of its units.
    pub mean: f64,
    /// Number of its units.
    pub units: usize,
}

/// Means of the clusters, ascending labels.
///
/// # Errors
/// Lengths that differ, values not finite.
pub fn cluster_means(response: &[f64], cluster: &[usize]) -> Result<Vec<ClusterMean>, StatisticsError> {
    require_finite("response", response)?;
    if cluster.len() != response.len() {
        return Err(StatisticsError::LengthMismatch {
            what: "clusters".to_owned(),
            expected: response.len(),
            found: cluster.len(),
        });
    }
    let mut values: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (y, c) in response.iter().zip(cluster) {
        values.entry(*c).or_default().push(*y);
    }
    values
        .into_iter()
        .map(|(cluster, own)| {
            let mean = Sample::new(&own)?.mean();
            Ok(ClusterMean { cluster, mean, units: own.len() })
        })
        .collect()
}

/// Refuses a cluster whose units belong to two groups, for designs where the
/// cluster is what is treated.
///
/// # Errors
/// [`StatisticsError::ClusterInTwoGroups`], lengths that differ.
pub fn require_one_group_per_cluster(cluster: &[usize], group: &[usize]) -> Result<(), StatisticsError> {
    if cluster.len() != group.len() {
        return Err(StatisticsError::LengthMismatch {
            what: "groups".to_owned(),
            expected: cluster.len(),
            found: group.len(),
        });
    }
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    for (c, g) in cluster.iter().zip(group) {
        let first = *seen.entry(*c).or_insert(*g);
        if first != *g {
            return Err(StatisticsError::ClusterInTwoGroups { cluster: *c, first, second: *g });
        }
    }
    Ok(())
}

/// Mean squares of units in clusters, clusters in `group` (all one group if
/// `None`).
///
/// # Errors
/// Lengths that differ, values not finite, no spare cluster or unit, a cluster
/// in two groups, no variance within clusters.
pub fn nested_anova(
    response: &[f64],
    cluster: &[usize],
    group: Option<&[usize]>,
    level: f64,
) -> Result<NestedAnova, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_finite("response", response)?;
    for (what, found) in [("clusters", cluster.len()), ("groups", group.map_or(response.len(), <[usize]>::len))] {
        if found != response.len() {
            return Err(StatisticsError::LengthMismatch { what: what.to_owned(), expected: response.len(), found });
        }
    }
    let origin = response.first().copied().unwrap_or(0.0);
    let clusters = cluster_sums(response, cluster, group, origin)?;
    let groups = group_sums(&clusters);
    let total = response.len() as f64;
    require_count("clusters beyond the number of groups", clusters.len().saturating_sub(groups.len()), 1)?;
    require_count("units beyond the number of clusters", response.len().saturating_sub(clusters.len()), 1)?;
    let df_cluster = (clusters.len() - groups.len()) as f64;
    let df_within = total - clusters.len() as f64;
    let mut between = 0.0;
    for (g, n, sum) in clusters.values() {
        let (count, all, _) = groups[g];
        between += n * (sum / n - all / count).powi(2);
    }
    let mut within = 0.0;
    for (i, y) in response.iter().enumerate() {
        let (_, n, sum) = clusters[&cluster[i]];
        within += (y - origin - sum / n).powi(2);
    }
    let (ms_cluster, ms_within) = (between / df_cluster, within / df_within);
    if ms_within <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "units within clusters".to_owned() });
    }
    let n0 = (total - groups.values().map(|(n, _, squares)| squares / n).sum::<f64>()) / df_cluster;
    let variance_cluster = (ms_cluster - ms_within) / n0;
    let icc = variance_cluster / (variance_cluster + ms_within);
    let ratio = ms_cluster / ms_within;
    let alpha = 1.0 - level;
    let low = ratio / f::quantile_upper(alpha / 2.0, df_cluster, df_within);
    let high = ratio / f::quantile(alpha / 2.0, df_cluster, df_within);
    Ok(NestedAnova {
        ms_cluster,
        ms_within,
        df_cluster,
        df_within,
        n0,
        variance_cluster,
        icc,
        icc_low: (low - 1.0) / (low + n0 - 1.0),
        icc_high: (high - 1.0) / (high + n0 - 1.0),
        f: ratio,
        p: f::upper(ratio, df_cluster, df_within),
        design_effect: 1.0 + (total / clusters.len() as f64 - 1.0) * icc,
    })
}

/// Of each cluster its group, count, and sum of the values less `origin`.
fn cluster_sums(
    response: &[f64],
    cluster: &[usize],
    group: Option<&[usize]>,
    origin: f64,
) -> Result<BTreeMap<usize, (usize, f64, f64)>, StatisticsError> {
    let mut clusters: BTreeMap<usize, (usize, f64, f64)> = BTreeMap::new();
    for (i, y) in response.iter().enumerate() {
        let g = group.map_or(0, |g| g[i]);
        let entry = clusters.entry(cluster[i]).or_insert((g, 0.0, 0.0));
        if entry.0 != g {
            return Err(StatisticsError::ClusterInTwoGroups { cluster: cluster[i], first: entry.0, second: g });
        }
        entry.1 += 1.0;
        entry.2 += y - origin;
    }
    Ok(clusters)
}

/// Of each group its count, sum of centred values, and sum of the squared counts
/// of its clusters.
fn group_sums(clusters: &BTreeMap<usize, (usize, f64, f64)>) -> BTreeMap<usize, (f64, f64, f64)> {
    let mut groups: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
    for (g, n, sum) in clusters.values() {
        let entry = groups.entry(*g).or_insert((0.0, 0.0, 0.0));
        entry.0 += n;
        entry.1 += sum;
        entry.2 += n * n;
    }
    groups
}
