//! What the tissue does by itself: steroid synthesis, chloride, receptor expression,
//! systemic dosing.

pub mod biosynthesis;
pub mod chloride;
pub mod dosing;
pub(crate) mod endogenous;
pub mod expression;
pub(crate) mod linear;
