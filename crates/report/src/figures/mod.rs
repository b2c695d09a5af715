//! The figures of a report, a file each, and what they share: the scene, rows of
//! conditions, panels of curves. A figure is drawn from findings; it knows no page.

pub(crate) mod all;
pub(crate) mod averaged_sweeps;
pub(crate) mod beside;
pub(crate) mod diagnostics;
pub(crate) mod dose_response;
pub(crate) mod estimation;
pub(crate) mod exposure_bars;
pub(crate) mod further;
pub(crate) mod interaction;
pub(crate) mod model;
pub(crate) mod panels;
pub(crate) mod potentiation;
pub(crate) mod rows;
pub(crate) mod scene;
pub(crate) mod schematic;
pub(crate) mod sheets;
pub(crate) mod slice_grid;
pub(crate) mod time_course;
