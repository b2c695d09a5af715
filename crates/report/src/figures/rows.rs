//! Layout of the figures that list conditions from top to bottom, so
//! that names of any length are horizontal and never collide.

use crate::drawing::{Anchor, Axis, Canvas, Frame, Rect, Scale, Text};
use crate::figures::scene::Scene;
use crate::figures::sheets;
use std::ops::Range;

/// Single slices or animals drawn per group; more only hide each other.
pub const MOST_SINGLES: usize = 200;

/// What a legend says if a group has more slices than are drawn.
pub fn singles_left_out(scene: &Scene) -> String {
    let most = scene.sources.findings.groups.iter().map(|group| group.slices.len()).max().unwrap_or(0);
    if most <= MOST_SINGLES {
        return String::new();
    }
    format!(" Of larger groups the first {MOST_SINGLES} are drawn one by one; the data of the time course hold all.")
}

/// Conditions as rows, induction protocols as columns of panels.
#[derive(Clone)]
pub struct Rows {
    /// Width of the sheet, mm.
    pub sheet: f64,
    /// Names, wrapped.
    pub names: Vec<Vec<String>>,
    /// Width of the column of names, mm.
    pub label: f64,
    /// Room right of each panel for numbers, mm.
    pub notes: f64,
    /// Height of a row, mm.
    pub row: f64,
    /// Least height at which names keep apart, mm.
    pub least: f64,
    /// Panels side by side.
    pub columns: usize,
    /// Panels altogether.
    pub panels: usize,
    /// Room above the first row of panels, mm.
    pub head: f64,
    /// Room below each panel for its axis, mm.
    pub foot: f64,
}

impl Rows {
    /// Lays out `names` for `panels` panels with `notes` mm of numbers beside each
    /// and rows of at least `row` mm.
    pub fn new(scene: &Scene, names: &[&str], panels: usize, (notes, row): (f64, f64)) -> Self {
        let style = &scene.style;
        let sheet = if panels > 1 { style.two_columns } else { style.one_column };
        let limit = 0.3 * style.one_column;
        let wrapped: Vec<Vec<String>> =
            names.iter().map(|name| scene.fonts.wrap(name, style.tick_pt, false, limit)).collect();
        let text = Text::new(style.tick_pt);
        let lines = wrapped.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let label = scene.fonts.widest(wrapped.iter().flatten(), style.tick_pt, false) + 3.2;
        Self {
            sheet,
            label,
            notes,
            row: (lines * text.line_height() + 1.5).max(row),
            least: (lines * text.line_height() + 1.2).max(0.55 * row),
            columns: panels.clamp(1, 2),
            panels: panels.max(1),
            head: if panels > 1 { Text::new(style.letter_pt).line_height() + 1.6 } else { 3.6 },
            foot: 0.0,
            names: wrapped,
        }
    }

    /// Sets the room below each panel from its axis.
    pub fn with_axis(mut self, scene: &Scene, axis: &Axis) -> Self {
        self.foot = axis.height(scene.fonts, &scene.style, self.width()) + 0.8;
        self
    }

    /// The rows on sheets no higher than `height` mm, with the conditions on each: lower
    /// rows first, then more sheets.
    pub fn sheets(&self, height: f64) -> Vec<(Self, Range<usize>)> {
        let room = height / self.panels.div_ceil(self.columns) as f64 - self.head - self.foot;
        let most = ((room / self.least).floor() as usize).max(1);
        let mut begin = 0;
        let parts = sheets::parts(&self.names, most, 1);
        let part = |names: &[Vec<String>]| {
            let row = self.row.min(room / names.len() as f64).max(self.least);
            let shown = begin..begin + names.len();
            begin = shown.end;
            (Self { names: names.to_vec(), row, ..self.clone() }, shown)
        };
        parts.into_iter().map(part).collect()
    }

    /// Width of one panel, mm.
    pub fn width(&self) -> f64 {
        let columns = self.columns as f64;
        (self.sheet - self.label - columns * self.notes - 1.5 - (columns - 1.0) * 5.0) / columns
    }

    fn block(&self) -> f64 {
        self.head + self.names.len() as f64 * self.row + self.foot
    }

    /// Height of the sheet, mm.
    pub fn height(&self) -> f64 {
        self.panels.div_ceil(self.columns) as f64 * self.block()
    }

    /// Frame of panel `k`; the vertical scale counts rows from the top.
    pub fn frame(&self, k: usize, x: Scale) -> Frame {
        let (column, line) = (k % self.columns, k / self.columns);
        let rows = self.names.len() as f64;
        let area = Rect {
            x: self.label + column as f64 * (self.width() + self.notes + 5.0),
            y: line as f64 * self.block() + self.head,
            width: self.width(),
            height: rows * self.row,
        };
        Frame { area, x, y: Scale::Linear { low: rows, high: 0.0 } }
    }

    /// Writes the names left of panel `k` if it is the first of its line.
    pub fn label(&self, canvas: &mut Canvas, scene: &Scene, k: usize, frame: &Frame) {
        if !k.is_multiple_of(self.columns) {
            return;
        }
        let look = Text::new(scene.style.tick_pt).anchor(Anchor::End);
        for (row, lines) in self.names.iter().enumerate() {
            let middle = frame.up(row as f64 + 0.5);
            let block = look.capital() + (lines.len() - 1) as f64 * look.line_height();
            canvas.lines(lines, frame.area.x - 2.0, middle - block / 2.0 + look.capital(), look);
        }
    }

    /// Panel letter and heading above panel `k`.
    pub fn heading(&self, canvas: &mut Canvas, scene: &Scene, k: usize, frame: &Frame, text: &str) {
        if self.panels < 2 {
            return;
        }
        let y = frame.area.y - 2.2;
        let letter = Text::new(scene.style.letter_pt).bold();
        let x = if k.is_multiple_of(self.columns) { 0.5 } else { frame.area.x - 4.2 };
        canvas.text(&scene.style.letter(k), x, y, letter);
        let look = Text::new(scene.style.tick_pt).bold();
        let lines = scene.fonts.wrap(text, look.pt, true, self.heading_width());
        canvas.lines(&lines, frame.area.x, y - (lines.len() - 1) as f64 * look.line_height(), look);
    }

    /// Room for the heading of a panel, mm; the note above its numbers is clear of it.
    fn heading_width(&self) -> f64 {
        self.width() - 1.0
    }

    /// Makes room for the headings of the panels.
    pub fn with_headings(mut self, scene: &Scene, headings: &[&str]) -> Self {
        if self.panels > 1 {
            let pt = scene.style.tick_pt;
            let lines = |text: &&str| scene.fonts.wrap(text, pt, true, self.heading_width()).len();
            let most = headings.iter().map(lines).max().unwrap_or(1).max(1);
            self.head += (most - 1) as f64 * Text::new(pt).line_height();
        }
        self
    }
}

/// Vertical offsets that keep dots of `radius` mm at the positions `x` (mm)
/// from covering each other, within ± `limit` mm; in the order of `x`.
pub fn swarm(x: &[f64], radius: f64, limit: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut offset = vec![0.0; x.len()];
    let mut placed: Vec<usize> = Vec::new();
    let step = radius * 0.5;
    for &k in &order {
        // Room to the nearest dot that is already placed.
        let room = |y: f64| {
            placed.iter().map(|&other| libm::hypot(x[k] - x[other], y - offset[other])).fold(f64::INFINITY, f64::min)
        };
        let mut best = (0.0, room(0.0));
        for j in 1..64 {
            let y = f64::from((j + 1) / 2) * step * if j % 2 == 1 { -1.0 } else { 1.0 };
            if best.1 >= 2.05 * radius || y.abs() > limit {
                break;
            }
            let space = room(y);
            if space > best.1 {
                best = (y, space);
            }
        }
        offset[k] = best.0;
        placed.push(k);
    }
    offset
}
