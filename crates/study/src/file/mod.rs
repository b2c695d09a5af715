//! The study file: its parts, what they must not contradict, and the recording files
//! that they name.

pub(crate) mod check;
pub(crate) mod file;
pub(crate) mod files;
pub(crate) mod fit;
pub(crate) mod input_output;
pub(crate) mod placed;
pub(crate) mod read;
pub(crate) mod read_recording;
pub(crate) mod read_table;
pub(crate) mod table;

pub use crate::file::file::{
    BathPart, BlindingPart, ChannelChoice, ConditionPart, Design, FORMAT, LintPart, OverridePart, ProtocolPart,
    RecordingPart, SlicePart, StepPart, StudyFile,
};
pub use crate::file::fit::{BoundedPart, FitPart, FreePart, PairedPulsePart};
pub use crate::file::input_output::InputOutputPart;
pub use crate::file::table::{TablePart, Titles};
