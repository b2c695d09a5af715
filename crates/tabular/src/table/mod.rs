//! From a table to independent values: which column is what, what is one unit,
//! and what a row must not be.

pub(crate) mod columns;
pub(crate) mod data;
mod design;
pub(crate) mod order;
pub(crate) mod pairs;
pub(crate) mod roles;
mod sorting;
pub(crate) mod units;
pub(crate) mod within;
