//! Bootstrap: percentile, basic and BCa intervals, resampling of clusters and
//! then units, and the density of replicates for plots.
//!
//! With fewer than about ten independent units per group a bootstrap interval
//! is too narrow, whichever kind; the t interval is then the better one.

mod bootstrap;
mod clusters;
mod kernel;
mod resample;

pub use bootstrap::{Bootstrap, FEW_CLUSTERS};
pub use clusters::{HierarchicalBootstrap, hierarchical, hierarchical_mean};
pub use kernel::{Density, density};
pub use resample::{mean_difference, one_sample, two_sample, with_indices};
