//! The key above an overlay: marker, name and n of every condition.

use crate::drawing::{Anchor, Appearance, Canvas, Stroke, Text};
use crate::figures::scene::Scene;

/// Breaks the entries of the key into rows of at most `limit` mm.
pub fn layout(scene: &Scene, entries: &[(Appearance, String)], limit: f64) -> Vec<Vec<(Appearance, String)>> {
    let mut rows: Vec<Vec<(Appearance, String)>> = vec![Vec::new()];
    let mut used = 0.0;
    for (look, text) in entries {
        let width = scene.fonts.width(text, scene.style.tick_pt, false) + 7.0;
        if used + width > limit && used > 0.0 {
            rows.push(Vec::new());
            used = 0.0;
        }
        used += width;
        if let Some(row) = rows.last_mut() {
            row.push((*look, text.clone()));
        }
    }
    rows
}

/// Draws one row of entries around the height `middle`.
pub fn draw(canvas: &mut Canvas, scene: &Scene, row: &[(Appearance, String)], left: f64, middle: f64) {
    let text = Text::new(scene.style.tick_pt).anchor(Anchor::Start);
    let mut x = left;
    for (look, label) in row {
        canvas.line((x - 0.6, middle), (x + 2.6, middle), Stroke::new(look.colour, 0.6));
        look.draw(canvas, x + 1.0, middle, 0.9, 0.5);
        canvas.text(label, x + 3.4, middle + text.capital() / 2.0, text);
        x += scene.fonts.width(label, text.pt, false) + 7.0;
    }
}
