//! TODO: what the room `file` holds.

pub(crate) mod check;
pub(crate) mod file;
pub(crate) mod files;
pub(crate) mod fit;
pub(crate) mod table;

pub use crate::file::fit::{BoundedPart, FitPart, FreePart, PairedPulsePart};
pub use crate::file::table::{TablePart, Titles};
pub use file::{
    AnalysisPart, BathPart, BlindingPart, ChannelChoice, ConditionPart, ExcludePart, FORMAT, Limit, LintPart,
    OverridePart, ProtocolPart, RecordingPart, ReportPart, SlicePart, StatisticsPart, StepPart, StudyFile,
};
