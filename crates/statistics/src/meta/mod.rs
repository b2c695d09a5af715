//! Estimates of several cohorts or experiments taken together.

mod pooled;

pub use pooled::{Heterogeneity, Pooled, Pooling, pool};
