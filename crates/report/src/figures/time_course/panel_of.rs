//! One panel of the time course, before it is drawn.

use analysis::findings::TimeCourse;

/// One panel: its heading, the groups in it, the reference behind them.
pub(crate) struct Panel<'a> {
    /// Name of the condition or of the protocol; empty if there is one panel.
    pub(crate) heading: String,
    /// The groups.
    pub(crate) courses: Vec<&'a TimeCourse>,
    /// The reference group as a grey line.
    pub(crate) behind: Option<&'a TimeCourse>,
}
