//! TODO: what the room `findings` holds.

pub(crate) mod course;
pub(crate) mod findings;
pub(crate) mod number;
pub(crate) mod pathway;

pub use crate::conclude::compare::sensitivity::MethodRow;
pub use crate::conclude::diagnostics::{OfBaseline, SliceDiagnostic};
pub use crate::findings::course::{CourseCluster, CourseComparison};
pub use crate::findings::pathway::PathwayEffect;
pub use findings::{
    AnimalPoint, AveragedSweeps, Contrast, DoseFit, DoseResponse, Equivalence, Estimation, Exclusion, Findings, Group,
    Interaction, Interval, ModelFit, Outcome, RequiredAnimals, SliceCourse, SlicePoint, TimeCourse, Trend,
};
