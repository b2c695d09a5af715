//! A sheet of paper in millimetres, origin at the upper left. Behind it stands
//! the SVG backend of plotters on an integer grid of hundredths of a
//! millimetre, fine enough that no rounding can be seen.

use crate::drawing::colour::{BLACK, Colour};
use crate::drawing::fonts::{self, Fonts};
use crate::drawing::svg::{finish, units};
use crate::drawing::unit::MM_PER_PT;
use crate::error::ReportError;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontTransform};

/// A rectangle in mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// A pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: Colour,
    /// Width, points.
    pub pt: f64,
    /// Opacity, 0–1.
    pub alpha: f64,
}

impl Stroke {
    /// An opaque pen.
    pub fn new(colour: Colour, pt: f64) -> Self {
        Self { colour, pt, alpha: 1.0 }
    }

    /// The same pen, translucent.
    pub fn faint(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Direction of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Horizontal.
    Level,
    /// Reading from bottom to top.
    Upwards,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Text {
    /// Size, points.
    pub pt: f64,
    /// Bold face.
    pub bold: bool,
    /// Colour.
    pub colour: Colour,
    /// Anchor.
    pub anchor: Anchor,
    /// Direction.
    pub turn: Turn,
}

impl Text {
    /// Black, level, regular, beginning at its position.
    pub fn new(pt: f64) -> Self {
        Self { pt, bold: false, colour: BLACK, anchor: Anchor::Start, turn: Turn::Level }
    }

    /// With another anchor.
    pub fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// In the bold face.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Reading upwards.
    pub fn upwards(self) -> Self {
        Self { turn: Turn::Upwards, ..self }
    }

    /// In another colour.
    pub fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Height of a capital letter, mm.
    pub fn capital(&self) -> f64 {
        self.pt * MM_PER_PT * fonts::CAPITAL_HEIGHT
    }

    /// Distance of baselines, mm.
    pub fn line_height(&self) -> f64 {
        self.pt * MM_PER_PT * fonts::LINE_HEIGHT
    }
}

/// The sheet while it is being drawn on. The first failure of the backend is
/// kept and reported at the end, so that drawing code stays plain.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    fonts: &'a Fonts,
    failure: Option<String>,
}

impl<'a> Canvas<'a> {
    /// Draws a figure of `width` × `height` mm and returns it as an SVG document.
    pub fn draw(
        fonts: &'a Fonts,
        (width, height): (f64, f64),
        (title, description): (&str, &str),
        paint: impl FnOnce(&mut Canvas),
    ) -> Result<String, ReportError> {
        let mut raw = String::new();
        {
            let size = (units(width).unsigned_abs(), units(height).unsigned_abs());
            let area = SVGBackend::with_string(&mut raw, size).into_drawing_area();
            let mut canvas = Canvas { area, fonts, failure: None };
            paint(&mut canvas);
            let presented = canvas.area.present().map_err(|fault| fault.to_string()).err();
            if let Some(fault) = canvas.failure.or(presented) {
                return Err(ReportError::Drawing { figure: title.to_owned(), fault });
            }
        }
        Ok(finish(&raw, width, height, title, description))
    }

    /// The fonts, for measuring.
    pub fn fonts(&self) -> &'a Fonts {
        self.fonts
    }

    fn put<E>(&mut self, element: &E)
    where
        for<'b> &'b E: plotters::element::PointCollection<'b, (i32, i32)>,
        E: plotters::element::Drawable<SVGBackend<'a>>,
    {
        if let Err(fault) = self.area.draw(element)
            && self.failure.is_none()
        {
            self.failure = Some(fault.to_string());
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.path(&[from, to], stroke);
    }

    /// A broken line of `on` mm dashes and `off` mm gaps.
    pub fn dashed(&mut self, from: (f64, f64), to: (f64, f64), (on, off): (f64, f64), stroke: Stroke) {
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        if length <= 0.0 {
            return;
        }
        let at = |s: f64| (from.0 + (to.0 - from.0) * s / length, from.1 + (to.1 - from.1) * s / length);
        let mut s = 0.0;
        while s < length {
            self.line(at(s), at((s + on).min(length)), stroke);
            s += on + off;
        }
    }

    /// An open path; points that are not finite interrupt it.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        for piece in points.split(|(x, y)| !(x.is_finite() && y.is_finite())) {
            if piece.len() > 1 {
                let grid: Vec<(i32, i32)> = piece.iter().map(|&p| on_grid(p)).collect();
                self.put(&PathElement::new(grid, pen(stroke)));
            }
        }
    }

    /// A filled polygon.
    pub fn polygon(&mut self, points: &[(f64, f64)], colour: Colour, alpha: f64) {
        let grid: Vec<(i32, i32)> =
            points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()).map(|&p| on_grid(p)).collect();
        if grid.len() > 2 {
            self.put(&Polygon::new(grid, ink(colour, alpha).filled()));
        }
    }

    /// A filled rectangle.
    pub fn fill(&mut self, rect: Rect, colour: Colour, alpha: f64) {
        let corners = [on_grid((rect.x, rect.y)), on_grid((rect.right(), rect.bottom()))];
        self.put(&Rectangle::new(corners, ink(colour, alpha).filled()));
    }

    /// A filled disc.
    pub fn disc(&mut self, x: f64, y: f64, radius: f64, colour: Colour, alpha: f64) {
        self.put(&Circle::new(on_grid((x, y)), units(radius), ink(colour, alpha).filled()));
    }

    /// A circle.
    pub fn ring(&mut self, x: f64, y: f64, radius: f64, stroke: Stroke) {
        self.put(&Circle::new(on_grid((x, y)), units(radius), pen(stroke)));
    }

    /// A text whose baseline passes through (`x`, `y`).
    pub fn text(&mut self, text: &str, x: f64, y: f64, look: Text) {
        // XML cannot hold control characters.
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        let size = f64::from(units(look.pt * MM_PER_PT)) * 1.24; // plotters divides by 1.24
        let face = if look.bold { FontStyle::Bold } else { FontStyle::Normal };
        let mut font = FontDesc::new(FontFamily::SansSerif, size, face);
        if look.turn == Turn::Upwards {
            font = font.transform(FontTransform::Rotate270);
        }
        let horizontal = match look.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = TextStyle {
            font,
            color: ink(look.colour, 1.0).to_backend_color(),
            pos: Pos::new(horizontal, VPos::Bottom),
        };
        if let Err(fault) = self.area.draw_text(&text, &style, on_grid((x, y)))
            && self.failure.is_none()
        {
            self.failure = Some(fault.to_string());
        }
    }

    /// Lines of text below each other; the first baseline is at `y`.
    pub fn lines<S: AsRef<str>>(&mut self, lines: &[S], x: f64, y: f64, look: Text) {
        for (k, line) in lines.iter().enumerate() {
            self.text(line.as_ref(), x, y + k as f64 * look.line_height(), look);
        }
    }

    /// A text shortened with an ellipsis to fit `limit` mm.
    pub fn text_within(&mut self, text: &str, x: f64, y: f64, limit: f64, look: Text) {
        if self.fonts.width(text, look.pt, look.bold) <= limit {
            return self.text(text, x, y, look);
        }
        let mut kept: String = text.to_owned();
        while kept.pop().is_some() {
            let shorter = format!("{}…", kept.trim_end());
            if self.fonts.width(&shorter, look.pt, look.bold) <= limit {
                return self.text(&shorter, x, y, look);
            }
        }
    }
}

fn on_grid((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

fn ink(colour: Colour, alpha: f64) -> RGBAColor {
    RGBAColor(colour.red, colour.green, colour.blue, alpha)
}

fn pen(stroke: Stroke) -> ShapeStyle {
    let width = units(stroke.pt * MM_PER_PT).unsigned_abs().max(1);
    ink(stroke.colour, stroke.alpha).stroke_width(width)
}
