//! How recordings are made, analysed, compared and drawn: fixed before the first
//! slice, written into the manifest, read by the analysis.

pub(crate) mod analysis;
pub(crate) mod compared;
pub(crate) mod design;
pub(crate) mod exposure;
pub(crate) mod look;
pub(crate) mod moment;
pub(crate) mod outcome;
pub mod read;
pub(crate) mod read_outcomes;
pub(crate) mod rig;
pub(crate) mod slope;
pub(crate) mod statistics;
pub(crate) mod stored;

pub use analysis::{AnalysisPlan, ExclusionRules};
pub use compared::{StatedStatistics, read_report};
pub use design::{BathEntry, ConditionPlan, DesignPlan, InductionPlan, Timeline};
pub use exposure::{Regimen, Treatment};
pub use look::{FigureFormat, JournalStyle, ReportPlan};
pub use moment::Moment;
pub use outcome::{Change, ControlBy, Measure, OutcomeOrder, OutcomePlan};
pub use read_outcomes::read_stage;
pub use rig::{Deflection, RigPlan, Signal, VoltageStep};
pub use slope::{LevelFit, SlopeRule, SlopeRuleError};
pub use statistics::{Adjustment, ControlPathway, DegreesOfFreedom, StatisticsPlan, Variances};
