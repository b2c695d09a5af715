//! Figures and the page, drawn from findings.
//!
//! [`write()`] reads what a run and its analysis left in the results folder and
//! writes figures, their source data, `report.html` and `report.md`. It
//! formats; every number that it prints stands in `findings.json` or
//! `manifest.toml`.

mod asked;
mod document;
pub mod drawing;
mod error;
mod exposure;
mod figures;
mod files;
mod numbers;
mod options;
mod patch;
mod pictures;
mod sections;
mod sources;
mod write;

pub use crate::error::ReportError;
pub use crate::options::{
    ConditionColour, Drawing, Errors, FigureOptions, LimitedAxis, Limits, RenderOptions, ReportSummary, Watch,
};
pub use crate::patch::write::write_patch;
pub use crate::pictures::curves::{CurveFigure, CurveSeries, draw_curves};
pub use crate::pictures::forest::{ForestCohort, ForestFigure, draw_forest};
pub use crate::pictures::growth;
pub use crate::pictures::scoreboard::{ScoreGroup, ScoreLine, scoreboard_page};
pub use crate::write::{write, write_watched};
