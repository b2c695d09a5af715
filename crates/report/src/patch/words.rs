//! Words that the figures and the page of whole-cell recordings share.

use recording::Phase;

/// A phase in words.
pub(crate) fn phase_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Baseline => "baseline",
        Phase::WashIn => "drug",
        _ => "wash-out",
    }
}

/// Words of a figure.
pub(crate) struct Words {
    /// File name without extension.
    pub(crate) slug: &'static str,
    /// Headline of the legend.
    pub(crate) title: &'static str,
    /// The rest of the legend.
    pub(crate) legend: String,
    /// Alternative text.
    pub(crate) alt: &'static str,
}
