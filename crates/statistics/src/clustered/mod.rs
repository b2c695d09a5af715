//! Groups whose units come in clusters (slices in animals), every group with
//! variances of its own; and comparisons inside clusters, every comparison with
//! variances of its own.
//!
//! When to use it: the question is about means of clusters, and nobody knows that
//! all groups vary alike. Groups of different clusters are independent, so that the
//! mixed model with a variance between and a variance within clusters for each
//! group falls into one small model a group; comparisons join them as Welch's test
//! joins two means. With equal numbers of units the answers are Welch's test
//! on the means of the clusters and, inside clusters, the paired t test: both keep
//! their level whatever the intraclass correlation.
//! Limits: two clusters in each group at the least; a cluster that misses a
//! condition tells nothing about a comparison inside clusters.

mod family;
mod group;
mod joint;
mod means;
mod simulation;

pub use family::{Family, adjusted, combine, pointwise_level};
pub use group::GroupMean;
pub use joint::joint;
pub use means::ClusterMeans;
pub use simulation::{Assumed, simulate, simulate_within};
