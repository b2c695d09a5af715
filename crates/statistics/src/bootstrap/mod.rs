//! Bootstrap: studentized, percentile, basic and BCa intervals, resampling of clusters
//! and then units, and the density of replicates for plots.
//!
//! With fewer than about ten independent units per group percentile, basic and BCa
//! intervals are too narrow; the studentized interval keeps its level from four units on.

mod bootstrap;
mod clusters;
mod kernel;
mod resample;
mod studentized;

pub use bootstrap::{Bootstrap, FEW_CLUSTERS};
pub use clusters::{HierarchicalBootstrap, hierarchical, hierarchical_mean};
pub use kernel::{Density, density};
pub use resample::{mean_difference, one_sample, two_sample, with_indices};
pub use studentized::{Studentized, studentized_difference, studentized_mean};
