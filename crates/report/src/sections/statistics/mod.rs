//! The statistics of the page: comparisons of groups, of time courses and of
//! pathways, the mixed models behind them, interactions and doses.

pub(crate) mod contrasts;
pub(crate) mod courses;
pub(crate) mod doses;
pub(crate) mod models;
pub(crate) mod pathways;
pub(crate) mod statistics;
