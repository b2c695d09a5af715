//! Nonlinear least squares: multi-start Levenberg–Marquardt, covariance from
//! J′J, and profile-likelihood intervals.
//!
//! Steps solve (J′J + λD²) δ = J′r by orthogonal factorisation (Moré 1978,
//! Lecture Notes in Mathematics 630:105). Convergence is the relative offset of
//! Bates & Watts (1981, Technometrics 23:179): the part of the residual that
//! the tangent plane still explains, over the part that it does not.

pub(crate) mod descent;
pub(crate) mod factor;
pub(crate) mod fit;
pub(crate) mod model;
pub(crate) mod profile;

pub use fit::fit;
pub use model::{LeastSquares, Model};
