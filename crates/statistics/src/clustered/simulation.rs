//! Power of the comparison of two groups, or of two conditions inside clusters, by
//! the very analysis of this room over the layout as it is.

use crate::clustered::family::combine;
use crate::clustered::group::GroupMean;
use crate::clustered::means::ClusterMeans;
use crate::error::{StatisticsError, require_count, require_open_unit, require_range};
use crate::estimate::Comparison;
use crate::power::simulation::{Normals, share_of};
use crate::power::{Layout, SimulatedPower};

/// What is assumed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assumed {
    /// True difference, second minus first, in the unit of the response.
    pub effect: f64,
    /// SD between clusters of the first and the second group; inside clusters both
    /// are the SD of the difference between clusters.
    pub sd_cluster: [f64; 2],
    /// SD of units within a cluster, first and second.
    pub sd_unit: [f64; 2],
    /// Two-sided level.
    pub alpha: f64,
    /// Simulated experiments.
    pub replicates: usize,
    /// Seed.
    pub seed: u64,
}

/// Power of the comparison of two groups of different clusters.
///
/// # Errors
/// A group of fewer than two clusters, a cluster without units, negative SDs or no
/// variance at all, `alpha` outside (0, 1), no replicate.
pub fn simulate(layout: &Layout, assumed: &Assumed) -> Result<SimulatedPower, StatisticsError> {
    check(assumed)?;
    let groups = [&layout.first, &layout.second];
    for sizes in groups {
        require_count("clusters of a group", sizes.len(), 2)?;
    }
    replicate(assumed, |normals| {
        let mut means = Vec::with_capacity(2);
        for (g, sizes) in groups.iter().enumerate() {
            let shift = if g == 1 { assumed.effect } else { 0.0 };
            let clusters: Vec<Vec<f64>> = sizes
                .iter()
                .map(|units| {
                    let level = shift + assumed.sd_cluster[g] * normals.next();
                    (0..*units).map(|_| level + assumed.sd_unit[g] * normals.next()).collect()
                })
                .collect();
            means.push(GroupMean::of(&ClusterMeans::of_group(&clusters)?)?);
        }
        let c = combine(&[-1.0, 1.0], &means, 0.95)?;
        Ok((c, means.iter().any(|m| m.at_zero)))
    })
}

/// Power of the comparison of two conditions inside clusters: units of each cluster
/// in the first and in the second. Clusters without units in both do not count.
///
/// # Errors
/// Fewer than two clusters with units in both conditions, else as [`simulate`].
pub fn simulate_within(layout: &[[usize; 2]], assumed: &Assumed) -> Result<SimulatedPower, StatisticsError> {
    check(assumed)?;
    let both: Vec<[usize; 2]> = layout.iter().copied().filter(|units| units[0] > 0 && units[1] > 0).collect();
    require_count("clusters with units in both conditions", both.len(), 2)?;
    replicate(assumed, |normals| {
        let clusters: Vec<[Vec<f64>; 2]> = both
            .iter()
            .map(|sizes| {
                let change = assumed.effect + assumed.sd_cluster[0] * normals.next();
                [0, 1].map(|c| {
                    let level = if c == 1 { change } else { 0.0 };
                    (0..sizes[c]).map(|_| level + assumed.sd_unit[c] * normals.next()).collect()
                })
            })
            .collect();
        let rows: Vec<Vec<&[f64]>> = clusters.iter().map(|pair| pair.iter().map(Vec::as_slice).collect()).collect();
        let mean = GroupMean::of(&ClusterMeans::inside(&rows, &[-1.0, 1.0])?)?;
        Ok((combine(&[1.0], &[mean], 0.95)?, mean.at_zero))
    })
}

fn check(assumed: &Assumed) -> Result<(), StatisticsError> {
    require_open_unit("alpha", assumed.alpha)?;
    require_count("replicates", assumed.replicates, 1)?;
    require_range("effect", assumed.effect, f64::MIN, f64::MAX)?;
    for g in 0..2 {
        require_range("SD between clusters", assumed.sd_cluster[g], 0.0, f64::MAX)?;
        require_range("SD of units", assumed.sd_unit[g], 0.0, f64::MAX)?;
        if assumed.sd_cluster[g] + assumed.sd_unit[g] <= 0.0 {
            return Err(StatisticsError::ZeroVariance { what: "clusters and units".to_owned() });
        }
    }
    Ok(())
}

fn replicate(
    assumed: &Assumed,
    draw: impl Fn(&mut Normals) -> Result<(Comparison, bool), StatisticsError>,
) -> Result<SimulatedPower, StatisticsError> {
    let (mut rejected, mut singular) = (0, 0);
    for replicate in 0..assumed.replicates {
        let (c, at_zero) = draw(&mut Normals::of(assumed.seed, replicate as u64))?;
        rejected += usize::from(c.p < assumed.alpha);
        singular += usize::from(at_zero);
    }
    Ok(share_of(rejected, assumed.replicates, singular))
}
