//! The paper that figures are drawn on: a canvas in millimetres with measured
//! text, axes, markers, colours and journal styles, and its export to files.

pub(crate) mod axis;
pub(crate) mod canvas;
pub(crate) mod colour;
pub(crate) mod export;
pub(crate) mod fonts;
pub(crate) mod grid;
pub(crate) mod marker;
pub(crate) mod names;
pub(crate) mod scale;
pub(crate) mod style;
pub(crate) mod svg;
pub(crate) mod unit;

pub(crate) use crate::drawing::axis::{Axis, Frame};
pub(crate) use crate::drawing::canvas::{Anchor, Canvas, Rect, Stroke, Text};
pub use crate::drawing::colour::Colour;
pub use crate::drawing::fonts::Fonts;
pub(crate) use crate::drawing::grid::Grid;
pub(crate) use crate::drawing::marker::{Appearance, Filling, Marker};
pub(crate) use crate::drawing::scale::{Scale, Tick};
pub(crate) use crate::drawing::style::Style;
pub use crate::drawing::unit::MM_PER_PT;
