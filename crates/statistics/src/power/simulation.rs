//! Power by simulation over the real, unbalanced layout.
//!
//! Each replicate draws cluster and unit deviations, fits the random-intercept
//! model and tests the difference of the two groups. Replicates have their own
//! random stream (seed, replicate), so results do not depend on order.

use crate::design::Design;
use crate::dist::{f, normal};
use crate::error::{StatisticsError, require_count, require_open_unit, require_range};
use crate::estimate::DfMethod;
use crate::groups::two_sample::student;
use crate::mixed::{Method, MixedData, fit};
use crate::sample::Sample;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

/// Units of every cluster of the two groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Units of each cluster of the first group.
    pub first: Vec<usize>,
    /// Units of each cluster of the second group.
    pub second: Vec<usize>,
}

/// What is assumed and how it is tested.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// Mean of the second group minus mean of the first.
    pub effect: f64,
    /// SD between clusters.
    pub sd_cluster: f64,
    /// SD of units within a cluster.
    pub sd_unit: f64,
    /// Significance level.
    pub alpha: f64,
    /// Degrees of freedom of the test.
    pub df_method: DfMethod,
    /// Replicates.
    pub replicates: usize,
    /// Seed.
    pub seed: u64,
}

/// Simulated power with its Monte-Carlo error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SimulatedPower {
    /// Share of replicates with p below alpha.
    pub power: f64,
    /// Monte-Carlo standard error of that share.
    pub se: f64,
    /// Lower 95 % limit (Clopper–Pearson).
    pub low: f64,
    /// Upper 95 % limit.
    pub high: f64,
    /// Replicates with p below alpha.
    pub rejected: usize,
    /// Replicates.
    pub replicates: usize,
    /// Replicates whose cluster variance was estimated as zero.
    pub singular: usize,
}

/// Standard normal numbers by inversion: one draw, one number.
pub(crate) struct Normals(ChaCha8Rng);

impl Normals {
    /// The stream of one replicate.
    pub(crate) fn of(seed: u64, replicate: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(replicate);
        Self(generator)
    }

    pub(crate) fn next(&mut self) -> f64 {
        // 53 bits, centred in their cell: never 0 or 1.
        let unit = ((self.0.next_u64() >> 11) as f64 + 0.5) * 2f64.powi(-53);
        normal::quantile(unit)
    }
}

/// Power of the two-group comparison under `simulation`.
///
/// # Errors
/// A group of fewer than two clusters, a cluster without units, negative SDs or
/// no variance at all, `alpha` outside (0, 1), no replicate.
pub fn simulate(layout: &Layout, simulation: &Simulation) -> Result<SimulatedPower, StatisticsError> {
    check(simulation)?;
    require_count("clusters of the first group", layout.first.len(), 2)?;
    require_count("clusters of the second group", layout.second.len(), 2)?;
    let (mut cluster, mut group) = (Vec::new(), Vec::new());
    let sizes = layout.first.iter().map(|m| (0, *m)).chain(layout.second.iter().map(|m| (1, *m)));
    for (index, (g, units)) in sizes.enumerate() {
        require_count("units of a cluster", units, 1)?;
        cluster.extend(std::iter::repeat_n(index, units));
        group.extend(std::iter::repeat_n(g, units));
    }
    let alone = (layout.first.len() + layout.second.len() == cluster.len()).then_some(layout.first.len());
    replicate(&cluster, &group, alone, simulation)
}

/// Power of the comparison of two conditions that every cluster may have seen:
/// units of each cluster in the first and in the second condition. The effect
/// is taken to be the same in all clusters.
///
/// # Errors
/// Fewer than two clusters with units in both conditions, else as [`simulate`].
pub fn simulate_within(layout: &[[usize; 2]], simulation: &Simulation) -> Result<SimulatedPower, StatisticsError> {
    check(simulation)?;
    let both = layout.iter().filter(|units| units[0] > 0 && units[1] > 0).count();
    require_count("clusters with units in both conditions", both, 2)?;
    let (mut cluster, mut group) = (Vec::new(), Vec::new());
    for (index, units) in layout.iter().enumerate() {
        for (g, count) in units.iter().enumerate() {
            cluster.extend(std::iter::repeat_n(index, *count));
            group.extend(std::iter::repeat_n(g, *count));
        }
    }
    replicate(&cluster, &group, None, simulation)
}

fn check(simulation: &Simulation) -> Result<(), StatisticsError> {
    require_open_unit("alpha", simulation.alpha)?;
    require_count("replicates", simulation.replicates, 1)?;
    require_range("SD between clusters", simulation.sd_cluster, 0.0, f64::MAX)?;
    require_range("SD of units", simulation.sd_unit, 0.0, f64::MAX)?;
    if simulation.sd_cluster + simulation.sd_unit <= 0.0 {
        return Err(StatisticsError::ZeroVariance { what: "clusters and units".to_owned() });
    }
    require_range("effect", simulation.effect, f64::MIN, f64::MAX)
}

/// Draws and tests all replicates. `alone`: one unit a cluster, so many of them
/// in the first group.
fn replicate(
    cluster: &[usize],
    group: &[usize],
    alone: Option<usize>,
    simulation: &Simulation,
) -> Result<SimulatedPower, StatisticsError> {
    let design = Design::treatment(group, &["first", "second"])?;
    let clusters = cluster.iter().max().map_or(0, |last| last + 1);
    let weights = [0.0, 1.0];
    let (mut rejected, mut singular) = (0, 0);
    let mut response = vec![0.0; cluster.len()];
    let mut deviation = vec![0.0; clusters];
    for replicate in 0..simulation.replicates {
        let mut normals = Normals::of(simulation.seed, replicate as u64);
        for d in &mut deviation {
            *d = simulation.sd_cluster * normals.next();
        }
        for (i, y) in response.iter_mut().enumerate() {
            *y = simulation.effect * group[i] as f64 + deviation[cluster[i]] + simulation.sd_unit * normals.next();
        }
        let p = if let Some(cut) = alone {
            // One unit a cluster: the t test is the exact analysis.
            let (a, b) = (Sample::new(&response[..cut])?, Sample::new(&response[cut..])?);
            student(&b, &a, 0.95)?.p
        } else {
            let model = fit(&MixedData::new(&response, &design, cluster), Method::Reml)?;
            singular += usize::from(model.singular);
            model.contrast(&weights, simulation.df_method, 0.95)?.p
        };
        rejected += usize::from(p < simulation.alpha);
    }
    Ok(share_of(rejected, simulation.replicates, singular))
}

/// The share of replicates that were rejected, with its Monte-Carlo error.
pub(crate) fn share_of(rejected: usize, replicates: usize, singular: usize) -> SimulatedPower {
    let n = replicates as f64;
    let power = rejected as f64 / n;
    let (low, high) = clopper_pearson(rejected, replicates, 0.95);
    SimulatedPower { power, se: (power * (1.0 - power) / n).sqrt(), low, high, rejected, replicates, singular }
}

/// Exact binomial limits through quantiles of F.
fn clopper_pearson(hits: usize, n: usize, level: f64) -> (f64, f64) {
    let half = (1.0 - level) / 2.0;
    let (x, m) = (hits as f64, (n - hits) as f64);
    let low = if hits == 0 {
        0.0
    } else {
        let q = f::quantile_upper(half, 2.0 * (m + 1.0), 2.0 * x);
        x / (x + (m + 1.0) * q)
    };
    let high = if hits == n {
        1.0
    } else {
        let q = f::quantile_upper(half, 2.0 * (x + 1.0), 2.0 * m);
        (x + 1.0) * q / (m + (x + 1.0) * q)
    };
    (low, high)
}
