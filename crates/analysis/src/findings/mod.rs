//! All that an analysis found, as values that are written to and read from
//! `findings.json`. Nothing here computes.

pub(crate) mod comparisons;
pub(crate) mod course;
pub(crate) mod doses;
pub(crate) mod findings;
pub(crate) mod groups;
pub(crate) mod input_output;
pub(crate) mod interval;
pub(crate) mod number;
pub(crate) mod outcomes;
pub(crate) mod pathway;
pub(crate) mod quality;

pub use comparisons::{
    Contrast, Equivalence, Estimation, Interaction, InteractionKind, ModelFit, RequiredAnimals, Variances,
};
pub use course::{CourseCluster, CourseComparison, CourseSpread, ExcludedCourse, SliceCourse, TimeCourse};
pub use doses::{DoseFit, DoseResponse, DoseTurn, Trend};
pub use findings::Findings;
pub use groups::{AnimalPoint, AveragedSweeps, Exclusion, Group, Outcome, SlicePoint};
pub use input_output::{CurveMeasure, EqualSlopes, GroupCurve, InputOutputFindings};
pub use interval::Interval;
pub use outcomes::{FurtherOutcome, OutcomeContrast, OutcomeGroup, PulseGroup};
pub use pathway::PathwayEffect;
pub use quality::{MethodRow, OfBaseline, SliceDiagnostic};
