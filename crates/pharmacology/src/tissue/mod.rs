//! TODO: what the room `tissue` holds.

pub mod biosynthesis;
pub mod chloride;
pub mod dosing;
pub(crate) mod endogenous;
pub mod expression;
pub(crate) mod linear;
