//! TODO: what the room `drawing` holds.

pub mod axis;
pub mod canvas;
pub mod export;
pub mod fonts;
pub mod grid;
pub mod marker;
pub mod scale;
pub mod style;
pub(crate) mod svg;
pub mod unit;

pub use crate::drawing::axis::{Axis, Frame};
pub use crate::drawing::canvas::{Anchor, Canvas, Rect, Stroke, Text, Turn};
pub use crate::drawing::fonts::Fonts;
pub use crate::drawing::grid::Grid;
pub use crate::drawing::marker::{Appearance, Marker};
pub use crate::drawing::scale::{Scale, Tick};
pub use crate::drawing::style::{Colour, Style};
pub use unit::MM_PER_PT;
