//! Groups compared beside a covariate: analysis of covariance, and responses along a
//! covariate (input–output) whose slopes are compared.
//!
//!   y = μ_g + β (x − x̄) + u + ε              one slope for all groups
//!   y = μ_g + β_g (x − x̄) + u + v (x − x̄) + ε   slopes of each group; v where slopes
//!                                           vary between clusters
//!
//! u, v and ε normal, u and v of one cluster correlated. Where each cluster has one
//! observation there is no u, and the model is that of least squares. Adjusted means
//! are values of the lines at one covariate, its mean if none is stated (Searle, Speed &
//! Milliken 1980, Am Stat 34:216). The test of equal slopes is that of the model with
//! slopes of each group. It is reported and never acted on: choosing the model by a
//! test on the same data spoils the level of what follows (Giles & Giles 1993, J Econ
//! Surv 7:145), so that the slopes are the caller's to state.
//!
//! When to use it: a covariate that the treatment cannot change (age, volley before the
//! drug). Limits: lines; a saturating curve is [`crate::nested_curve`].

mod data;
mod fit;
mod fitted;

pub use data::{CovariateData, CovariateModel, Slopes};
pub use fit::{Covariance, fit};
pub use fitted::Fitted;
