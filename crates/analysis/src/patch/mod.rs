//! TODO: what the room `patch` holds.

pub mod cell;
pub(crate) mod course;
pub(crate) mod events;
pub(crate) mod findings;
pub(crate) mod folder;
pub(crate) mod steps;

pub use crate::patch::course::{AverageCurrent, CoursePoint, FOLLOWED, FiringPoint, Mean};
pub use crate::patch::events::{AverageEvent, DecayFit, EventRule, Events, events_and_average, spontaneous_events};
pub use crate::patch::findings::{PatchCell, PatchContrast, PatchFindings, PatchGroup, Reading, conclude_patch};
pub use crate::patch::folder::analyse_patch_folder;
pub use crate::patch::steps::{StepResponse, Steps, steps};
pub use cell::{CellCourse, CellMeasures, Stretch, course_of_cell, measure_cell};
