//! The unit of lettering and lines.

/// Millimetres per typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;
