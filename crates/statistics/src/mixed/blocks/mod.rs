//! Cross products of a mixed model, block by block.

mod block;
mod blocks;
mod products;
mod structure;
mod sums;

pub(super) use blocks::Blocks;
pub(super) use products::{dot, remove};
pub(super) use structure::{Column, Component, Entry, Kind, NO_COLUMN, Plan, Shape};
pub(super) use sums::Tables;
