//! The figure layer: a canvas in millimetres over the plotters SVG backend,
//! with measured text, axes, markers and export. It knows nothing of slices.

pub mod axis;
pub mod canvas;
pub mod export;
pub mod fonts;
pub mod grid;
pub mod marker;
pub mod scale;
pub mod style;
mod svg;

pub use axis::{Axis, Frame};
pub use canvas::{Anchor, Canvas, Rect, Stroke, Text, Turn};
pub use fonts::Fonts;
pub use grid::Grid;
pub use marker::{Appearance, Marker};
pub use scale::{Scale, Tick};
pub use style::{Colour, Style};

/// Millimetres per typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;
