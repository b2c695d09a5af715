//! Hierarchical bootstrap: clusters are drawn, then units within each drawn
//! cluster (Saravanan, Berman & Sober 2020, Neurons Behav Data Anal Theory 3:5),
//! because units of one cluster are not independent.

use crate::bootstrap::bootstrap::{FEW_CLUSTERS, FEWEST_RESAMPLES};
use crate::error::{StatisticsError, require_count, require_finite, require_open_unit};
use crate::estimate::Interval;
use crate::random::Stream;
use crate::sample::quantile_of_sorted;
use serde::{Deserialize, Serialize};

/// Difference of two groups of clusters with its percentile interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HierarchicalBootstrap {
    /// Mean of the cluster means of group a minus that of group b.
    pub difference: f64,
    /// Lower percentile limit.
    pub ci_low: f64,
    /// Upper percentile limit.
    pub ci_high: f64,
    /// Confidence level of the limits.
    pub level: f64,
    /// The difference in each resample, in the order of the resamples.
    pub differences: Vec<f64>,
    /// A group has fewer than [`FEW_CLUSTERS`] clusters: the interval is then
    /// too narrow and says so wherever it is printed.
    pub few_clusters: bool,
}

/// Bootstrap of mean of cluster means of `clusters_a` minus that of
/// `clusters_b`; each inner vector holds the units of one cluster.
///
/// Resample i depends on `seed`, i and the values only: more resamples extend a
/// run without changing its beginning, and the order of clusters and units does
/// not matter.
///
/// # Errors
/// Fewer than two clusters in a group, a cluster without units, a value not
/// finite, fewer than 100 resamples, level outside (0, 1).
pub fn hierarchical(
    clusters_a: &[Vec<f64>],
    clusters_b: &[Vec<f64>],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Result<HierarchicalBootstrap, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("resamples", resamples, FEWEST_RESAMPLES)?;
    let origin = origin(clusters_a);
    let a = Clusters::new("first group", clusters_a, origin)?;
    let b = Clusters::new("second group", clusters_b, origin)?;
    let differences: Vec<f64> = (0..resamples as u64)
        .map(|index| {
            let mut stream = Stream::new(seed, index);
            a.drawn_mean(&mut stream) - b.drawn_mean(&mut stream)
        })
        .collect();
    let (ci_low, ci_high) = limits(&differences, level);
    Ok(HierarchicalBootstrap {
        difference: a.mean() - b.mean(),
        ci_low,
        ci_high,
        level,
        differences,
        few_clusters: clusters_a.len().min(clusters_b.len()) < FEW_CLUSTERS,
    })
}

/// Mean of the cluster means of one group with its percentile interval.
///
/// # Errors
/// As [`hierarchical`].
pub fn hierarchical_mean(
    clusters: &[Vec<f64>],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Result<Interval, StatisticsError> {
    require_open_unit("confidence level", level)?;
    require_count("resamples", resamples, FEWEST_RESAMPLES)?;
    let origin = origin(clusters);
    let group = Clusters::new("group", clusters, origin)?;
    let means: Vec<f64> = (0..resamples as u64).map(|index| group.drawn_mean(&mut Stream::new(seed, index))).collect();
    let (low, high) = limits(&means, level);
    Ok(Interval { value: origin + group.mean(), low: origin + low, high: origin + high, level })
}

/// The smallest value: a large common offset is taken out before sums are formed.
fn origin(clusters: &[Vec<f64>]) -> f64 {
    let smallest = clusters.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    if smallest.is_finite() { smallest } else { 0.0 }
}

fn limits(replicates: &[f64], level: f64) -> (f64, f64) {
    let mut sorted = replicates.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let tail = 0.5 * (1.0 - level);
    (quantile_of_sorted(&sorted, tail), quantile_of_sorted(&sorted, 1.0 - tail))
}

/// Units of all clusters in one row, less a common origin.
struct Clusters {
    units: Vec<f64>,
    /// First unit and number of units of each cluster.
    spans: Vec<(usize, usize)>,
}

impl Clusters {
    fn new(what: &str, clusters: &[Vec<f64>], origin: f64) -> Result<Clusters, StatisticsError> {
        require_count(&format!("clusters of the {what}"), clusters.len(), 2)?;
        let mut sorted = Vec::with_capacity(clusters.len());
        for (level, cluster) in clusters.iter().enumerate() {
            if cluster.is_empty() {
                return Err(StatisticsError::EmptyLevel { what: format!("clusters of the {what}"), level });
            }
            require_finite(&format!("cluster {level} of the {what}"), cluster)?;
            let mut cluster: Vec<f64> = cluster.iter().map(|v| v - origin).collect();
            cluster.sort_by(f64::total_cmp);
            sorted.push(cluster);
        }
        // The result must not depend on the order in which the data are listed.
        sorted.sort_by(|a, b| {
            let differ = a.iter().zip(b).map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne());
            differ.unwrap_or(a.len().cmp(&b.len()))
        });
        let mut spans = Vec::with_capacity(sorted.len());
        let mut units = Vec::new();
        for cluster in sorted {
            spans.push((units.len(), cluster.len()));
            units.extend(cluster);
        }
        Ok(Clusters { units, spans })
    }

    fn mean(&self) -> f64 {
        let means = self.spans.iter().map(|&(first, n)| self.units[first..first + n].iter().sum::<f64>() / n as f64);
        means.sum::<f64>() / self.spans.len() as f64
    }

    fn drawn_mean(&self, stream: &mut Stream) -> f64 {
        let mut total = 0.0;
        for _ in 0..self.spans.len() {
            let (first, n) = self.spans[stream.below(self.spans.len())];
            let units = &self.units[first..first + n];
            let sum: f64 = (0..n).map(|_| units[stream.below(n)]).sum();
            total += sum / n as f64;
        }
        total / self.spans.len() as f64
    }
}
