//! Whole-cell recordings: what a cell yields in each phase and over time, and
//! what groups of cells show.

pub(crate) mod cell;
pub(crate) mod conclude;
pub(crate) mod course;
pub(crate) mod events;
pub(crate) mod findings;
pub(crate) mod folder;
pub(crate) mod reading;
pub(crate) mod steps;

pub use course::{AverageCurrent, CoursePoint, FOLLOWED, FiringPoint, Mean};
pub use events::{AverageEvent, DecayFit};
pub use findings::{PatchCell, PatchContrast, PatchFindings, PatchGroup};
pub use folder::analyse_patch_folder;
pub use reading::Reading;
