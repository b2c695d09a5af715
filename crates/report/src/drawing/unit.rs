//! The figure layer: a canvas in millimetres over the plotters SVG backend,
//! with measured text, axes, markers and export. It knows nothing of slices.

/// Millimetres per typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;
