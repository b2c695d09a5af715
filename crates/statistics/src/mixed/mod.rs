//! Linear mixed models: clusters, further random factors nested in them or crossed
//! with them, random slopes, variances of each group its own, AR(1) residuals.
//!
//!   y = X β + Z b + ε,  b ~ N(0, D),  ε ~ N(0, σ² R), σ² of all or of each group
//!
//! Fitted by restricted (REML) or full maximum likelihood; tests of fixed
//! effects with the degrees of freedom of Kenward & Roger (1997) or
//! Satterthwaite. References: Laird & Ware 1982 (Biometrics 38:963); Patterson &
//! Thompson 1971 (Biometrika 58:545); Luke 2017 (Behav Res Methods 49:1494) on
//! why z and likelihood-ratio tests of fixed effects reject too often in small
//! samples.
//!
//! When to use it: units measured in clusters, treatment given to clusters or
//! to units. Assumes normal random effects and residuals.
//! Limits: what crossed factors connect is inverted as one dense block; with
//! AR(1) the degrees of freedom are conditional on the estimated correlation.

mod autoregression;
mod blocks;
mod data;
mod estimate;
mod fitted;
mod grouping;
mod identified;
mod inference;
mod information;
mod model;
mod moments;
mod optimise;
mod prepare;
mod profile;
mod start;

pub use crate::estimate::FTest;
pub use data::{Method, MixedData, Term};
pub use fitted::{ClusterEffect, Health, MixedFit, Variance};
pub use model::fit;
pub use moments::{ClusterMean, NestedAnova, cluster_means, nested_anova, require_one_group_per_cluster};
pub use profile::{ComponentTest, ProfileIntervals, profile_intervals, variance_tests};
