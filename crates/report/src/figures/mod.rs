//! TODO: what the room `figures` holds.

pub(crate) mod all;
pub(crate) mod averaged_sweeps;
pub(crate) mod beside;
pub(crate) mod diagnostics;
pub(crate) mod dose_response;
pub(crate) mod ensemble;
pub(crate) mod estimation;
pub(crate) mod interaction;
pub(crate) mod mechanism;
pub(crate) mod panels;
pub(crate) mod potentiation;
pub(crate) mod rows;
pub(crate) mod scene;
pub(crate) mod schematic;
pub(crate) mod slice_grid;
pub(crate) mod time_course;
pub(crate) mod tornado;

pub use crate::figures::scene::{Figure, PanelTable, Scene};
