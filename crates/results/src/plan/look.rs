//! How figures and page look.

use serde::{Deserialize, Serialize};

/// Journal whose column width and lettering the figures follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JournalStyle {
    /// The Journal of Neuroscience: 85 mm column.
    Jneurosci,
    /// Nature: 89 mm column.
    Nature,
    /// eLife.
    Elife,
    /// Cell: 85 mm column.
    Cell,
}

/// File format of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureFormat {
    /// Scalable vector graphics, text as text.
    Svg,
    /// Portable document format, vector.
    Pdf,
    /// Portable network graphics, 600 dpi.
    Png,
}

/// How the report looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportPlan {
    /// Journal style.
    pub style: JournalStyle,
    /// Figure formats to write.
    pub formats: Vec<FigureFormat>,
}
