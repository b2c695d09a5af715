//! Kinds of faults, and one fault with its place.

use serde::Serialize;
use std::path::Path;

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Two recordings, or sweeps, are the same.
    Duplicate,
    /// Two recordings are the same but for rounding or a factor, or share their noise.
    NearDuplicate,
    /// A stretch of values occurs twice.
    CopiedRows,
    /// Values of another order of magnitude than the unit or the other recordings.
    Unit,
    /// The response points the other way.
    Polarity,
    /// The signal reached the end of the converter or amplifier.
    Saturated,
    /// Time is missing.
    ClockGap,
    /// Fewer values before induction than a baseline needs.
    ShortBaseline,
    /// The recording ends before the others or before the outcome window.
    EndsEarly,
    /// Channels or pathways were exchanged.
    ChannelMixUp,
    /// The stimulus moved.
    StimulusMoved,
    /// The response is gone.
    ResponseLost,
    /// Part of the file is not read, or was rejected when it was recorded.
    LeftOut,
    /// The mains are in the recording.
    Hum,
    /// The signal stands still for a while.
    DropOut,
    /// Files of one study were recorded with different settings.
    Parameters,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LintFault {
    /// Kind.
    pub rule: Rule,
    /// File.
    pub file: String,
    /// Sweep, column or rows within it.
    pub place: String,
    /// What was found.
    pub found: String,
}

impl LintFault {
    pub(crate) fn new(rule: Rule, file: &Path, place: impl Into<String>, found: impl Into<String>) -> Self {
        Self { rule, file: file.display().to_string(), place: place.into(), found: found.into() }
    }
}

impl std::fmt::Display for LintFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: {}", self.file, self.place, self.found)
    }
}

/// `sweep 4`, `sweeps 4, 7`, `sweeps 4, 7 and 12 more`.
pub(super) fn listed(sweeps: &[usize]) -> String {
    let shown: Vec<String> = sweeps.iter().take(6).map(usize::to_string).collect();
    let more = sweeps.len().saturating_sub(shown.len());
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{} {}{rest}", if sweeps.len() == 1 { "sweep" } else { "sweeps" }, shown.join(", "))
}
