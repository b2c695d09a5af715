//! TODO: what the room `groups` holds.

pub mod bayes;
pub mod effect;
pub mod equivalence;
pub mod normality;
pub mod two_sample;
