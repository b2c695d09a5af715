//! TODO: what the room `least_squares` holds.

pub(crate) mod descent;
pub(crate) mod factor;
pub mod fit;
pub(crate) mod profile;

pub(crate) use crate::least_squares::factor::reduce;
pub use fit::{LeastSquares, Model, fit};
