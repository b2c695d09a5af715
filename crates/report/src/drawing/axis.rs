//! Axes without a box: a line along the lower and the left edge, outward ticks,
//! titles that are measured before they are placed.

use crate::drawing::canvas::{Anchor, Canvas, Rect, Stroke, Text};
use crate::drawing::colour::BLACK;
use crate::drawing::fonts::Fonts;
use crate::drawing::scale::{Scale, Tick};
use crate::drawing::style::Style;

/// Length of a tick, mm.
pub const TICK: f64 = 0.9;
const LABEL_GAP: f64 = 0.7;
const TITLE_GAP: f64 = 1.1;

/// A plotting area with its two scales.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Where on the sheet.
    pub area: Rect,
    /// Horizontal scale.
    pub x: Scale,
    /// Vertical scale.
    pub y: Scale,
}

impl Frame {
    /// Horizontal position of a value, mm.
    pub fn across(&self, value: f64) -> f64 {
        self.area.x + self.x.position(value) * self.area.width
    }

    /// Vertical position of a value, mm.
    pub fn up(&self, value: f64) -> f64 {
        self.area.bottom() - self.y.position(value) * self.area.height
    }

    /// Position of a data point, kept inside the area vertically.
    pub fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let y = if y.is_finite() { self.y.clamp(y) } else { y };
        (self.across(x), self.up(y))
    }
}

/// What an axis says.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Quantity and unit; empty for none.
    pub title: String,
    /// Labelled ticks.
    pub ticks: Vec<Tick>,
    /// Whether tick labels are drawn (inner panels of a grid leave them out).
    pub labels: bool,
}

impl Axis {
    /// An axis with tick labels.
    pub fn new(title: impl Into<String>, ticks: Vec<Tick>) -> Self {
        Self { title: title.into(), ticks, labels: true }
    }

    /// The same ticks without labels and title.
    pub fn bare(&self) -> Self {
        Self { title: String::new(), ticks: self.ticks.clone(), labels: false }
    }

    /// Room that the axis needs below an area of width `length`, mm.
    pub fn height(&self, fonts: &Fonts, style: &Style, length: f64) -> f64 {
        let mut height = TICK;
        if self.labels {
            height += LABEL_GAP + Text::new(style.tick_pt).capital();
        }
        if !self.title.is_empty() {
            let look = Text::new(style.label_pt);
            let lines = title_lines(fonts, &self.title, look.pt, length).len();
            // The last line has descenders: a quarter of the size.
            height += TITLE_GAP + look.capital() + (lines - 1) as f64 * look.line_height() + 0.25 * look.capital();
        }
        height
    }

    /// Room that the axis needs left of an area of height `length`, mm.
    pub fn width(&self, fonts: &Fonts, style: &Style, length: f64) -> f64 {
        let mut width = TICK;
        if self.labels {
            width += LABEL_GAP + fonts.widest(self.ticks.iter().map(|tick| &tick.label), style.tick_pt, false);
        }
        if !self.title.is_empty() {
            let look = Text::new(style.label_pt);
            let lines = title_lines(fonts, &self.title, look.pt, length).len();
            width += TITLE_GAP + look.capital() + (lines - 1) as f64 * look.line_height();
        }
        width
    }

    /// Draws the axis below the frame.
    pub fn draw_below(&self, canvas: &mut Canvas, style: &Style, frame: &Frame) {
        let pen = Stroke::new(BLACK, style.axis_pt);
        let y = frame.area.bottom();
        canvas.line((frame.area.x, y), (frame.area.right(), y), pen);
        let look = Text::new(style.tick_pt).anchor(Anchor::Middle);
        for tick in &self.ticks {
            let x = frame.across(tick.at);
            canvas.line((x, y), (x, y + TICK), pen);
            if self.labels {
                canvas.text(&tick.label, x, y + TICK + LABEL_GAP + look.capital(), look);
            }
        }
        if !self.title.is_empty() {
            let title = Text::new(style.label_pt).anchor(Anchor::Middle);
            let under = if self.labels { LABEL_GAP + look.capital() } else { 0.0 };
            let lines = title_lines(canvas.fonts(), &self.title, title.pt, frame.area.width);
            let first = y + TICK + under + TITLE_GAP + title.capital();
            canvas.lines(&lines, frame.area.x + frame.area.width / 2.0, first, title);
        }
    }

    /// Draws the axis left of the frame.
    pub fn draw_left(&self, canvas: &mut Canvas, style: &Style, frame: &Frame) {
        let pen = Stroke::new(BLACK, style.axis_pt);
        let x = frame.area.x;
        canvas.line((x, frame.area.y), (x, frame.area.bottom()), pen);
        let look = Text::new(style.tick_pt).anchor(Anchor::End);
        for tick in &self.ticks {
            let y = frame.up(tick.at);
            canvas.line((x - TICK, y), (x, y), pen);
            if self.labels {
                canvas.text(&tick.label, x - TICK - LABEL_GAP, y + look.capital() / 2.0, look);
            }
        }
        if !self.title.is_empty() {
            let title = Text::new(style.label_pt).anchor(Anchor::Middle).upwards();
            let labels = if self.labels {
                LABEL_GAP + canvas.fonts().widest(self.ticks.iter().map(|tick| &tick.label), style.tick_pt, false)
            } else {
                0.0
            };
            let lines = title_lines(canvas.fonts(), &self.title, title.pt, frame.area.height);
            let last = x - TICK - labels - TITLE_GAP;
            for (k, line) in lines.iter().rev().enumerate() {
                canvas.text(line, last - k as f64 * title.line_height(), frame.area.y + frame.area.height / 2.0, title);
            }
        }
    }
}

/// A title in as few lines as fit `length` mm, broken before the unit if that
/// is enough.
pub fn title_lines(fonts: &Fonts, title: &str, pt: f64, length: f64) -> Vec<String> {
    let length = length.max(12.0);
    let fits = |text: &str| fonts.width(text, pt, false) <= length;
    if !fits(title)
        && let Some(at) = title.rfind(" (")
    {
        let (quantity, unit) = (&title[..at], &title[at + 1..]);
        if fits(quantity) && fits(unit) {
            return vec![quantity.to_owned(), unit.to_owned()];
        }
    }
    fonts.wrap(title, pt, false, length)
}
