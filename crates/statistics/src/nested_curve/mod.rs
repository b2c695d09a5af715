//! Dose–response curves of animals that give several doses: a nonlinear mixed
//! model with random level, span and half-effective dose of each animal, and of
//! each curve in an animal where animals give several.
//!
//!   y = d + u + (a + v) h((ln x − μ − w)) + ε,  u, v, w, ε normal, independent
//!
//! d baseline, a span (top − baseline), μ ln EC₅₀, h a logistic step, or a Gaussian
//! bell with μ the ln dose of the peak. Fitted by the alternating algorithm of
//! Lindstrom & Bates 1990 (Biometrics 46:673; that of R's nlme): with the variances
//! fixed a penalised nonlinear least-squares step, then the variances by REML in the
//! linearised model. Tests of fixed effects in that model take the adjusted
//! covariance of Kenward & Roger 1997 (Biometrics 53:983) and the degrees of freedom
//! that belong to it. Limits of the EC₅₀ follow the profile of the penalised sum of
//! squares, so that they need not be symmetric or bounded.
//!
//! When to use it: animals (or slices) that get several doses. An animal that gets
//! one dose is an independent value for [`crate::dose_response`].

pub(crate) mod components;
pub(crate) mod contrast;
pub(crate) mod differences;
pub(crate) mod evaluation;
pub(crate) mod fit;
pub(crate) mod form;
pub(crate) mod goodness;
pub(crate) mod judge;
pub(crate) mod layout;
pub(crate) mod limits;
pub(crate) mod outcome;

pub use fit::fit;
pub use form::Form;
pub use judge::{NestedVerdict, judge};
pub use layout::{Effect, NestedData, NestedParameter, Stage};
pub use outcome::{NestedCurve, NestedFit, NestedOutcome, RandomSd};
