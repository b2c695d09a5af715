//! Two groups: tests of means, effect sizes, equivalence, Bayes factors, and the
//! checks of what they assume.

pub mod bayes;
pub mod effect;
pub mod equivalence;
pub mod normality;
pub mod surprise;
pub mod two_sample;
