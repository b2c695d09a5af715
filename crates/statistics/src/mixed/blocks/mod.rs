//! Cross products of a mixed model, cluster by cluster.

mod block;
mod blocks;
mod products;
mod structure;

pub(super) use blocks::{Blocks, Tables};
pub(super) use products::{dot, remove};
pub(super) use structure::{Component, RandomRow, Structure};
