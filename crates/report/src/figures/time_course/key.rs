//! The key above an overlay: marker, name and n of every condition.

use crate::drawing::{Anchor, Appearance, Canvas, Stroke, Text};
use crate::figures::scene::Scene;

/// Marker and gaps beside the text of an entry, mm.
const MARK: f64 = 7.0;

/// One entry: its mark, its text in lines and the width that it takes, mm.
struct Entry {
    look: Appearance,
    lines: Vec<String>,
    width: f64,
}

/// A key, broken into rows.
pub struct Key {
    rows: Vec<Vec<Entry>>,
    line: f64,
    row_gap: f64,
}

impl Key {
    /// Breaks the entries into rows of at most `limit` mm; an entry wider than that is
    /// wrapped.
    pub fn new(scene: &Scene, entries: &[(Appearance, String)], limit: f64) -> Self {
        let pt = scene.style.tick_pt;
        let mut rows: Vec<Vec<Entry>> = vec![Vec::new()];
        let mut used = 0.0;
        for (look, text) in entries {
            let lines = scene.fonts.wrap(text, pt, false, limit - MARK);
            let width = scene.fonts.widest(&lines, pt, false) + MARK;
            if used + width > limit && used > 0.0 {
                rows.push(Vec::new());
                used = 0.0;
            }
            used += width;
            if let Some(row) = rows.last_mut() {
                row.push(Entry { look: *look, lines, width });
            }
        }
        let line = Text::new(pt).line_height();
        Self { rows, line, row_gap: 0.35 * line }
    }

    fn row_height(&self, row: &[Entry]) -> f64 {
        row.iter().map(|entry| entry.lines.len()).max().unwrap_or(1) as f64 * self.line + self.row_gap
    }

    /// Height of all rows, mm.
    pub fn height(&self) -> f64 {
        self.rows.iter().map(|row| self.row_height(row)).sum()
    }

    /// Draws the key with its upper left corner at (`left`, `top`) mm.
    pub fn draw(&self, canvas: &mut Canvas, scene: &Scene, left: f64, top: f64) {
        let text = Text::new(scene.style.tick_pt).anchor(Anchor::Start);
        let mut y = top;
        for row in &self.rows {
            let mut x = left;
            let middle = y + (self.line + self.row_gap) / 2.0;
            for entry in row {
                canvas.line((x - 0.6, middle), (x + 2.6, middle), Stroke::new(entry.look.colour, 0.6));
                entry.look.draw(canvas, x + 1.0, middle, 0.9, 0.5);
                canvas.lines(&entry.lines, x + 3.4, middle + text.capital() / 2.0, text);
                x += entry.width;
            }
            y += self.row_height(row);
        }
    }
}
