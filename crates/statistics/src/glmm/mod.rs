//! Mixed models of counts and proportions.
//!
//!   g(E[y | b]) = o + X β + b_cluster (+ b_nested),  b ~ N(0, σ²)
//!
//! Binomial with the logit (log odds), Poisson and negative binomial (variance μ + μ²/θ)
//! with the log (log rate, `o` = ln exposure). The likelihood is that of the counts with
//! the random effects integrated out: by adaptive Gauss–Hermite quadrature (Pinheiro &
//! Chao 2006, J Comput Graph Stat 15:58) or Laplace's approximation, which is quadrature
//! at one node. As in lme4 and glmmTMB coefficients are conditional on the animal.

mod cluster;
mod data;
mod family;
mod fit;
mod hermite;
mod independent;
mod likelihood;
mod model;

pub use data::{CountData, Quadrature};
pub use family::Family;
pub use fit::fit;
pub use model::{CountFit, LikelihoodRatio, likelihood_ratio};
