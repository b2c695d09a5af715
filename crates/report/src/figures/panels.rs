//! Figures of plain panels: curves with standard errors, dots, drug bars. They
//! know nothing of what they show.

use crate::drawing::colour::{BLACK, Colour, GREY, PALE};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Fonts, Frame, Grid, Marker, Rect, Scale, Stroke, Style, Text, Tick};
use crate::error::ReportError;

/// One point with its standard error.
pub type Point = (f64, f64, Option<f64>);

/// One curve or cloud of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name in the key.
    pub label: String,
    /// Colour.
    pub colour: Colour,
    /// Points in the order in which they are joined.
    pub points: Vec<Point>,
    /// Whether points are joined.
    pub joined: bool,
    /// Whether points are marked.
    pub marked: bool,
    /// Broken line.
    pub dashed: bool,
    /// Radius of the marks, mm.
    pub radius: f64,
    /// Shape of the marks.
    pub marker: Marker,
}

impl Series {
    /// A joined curve with marks.
    pub fn curve(label: impl Into<String>, colour: Colour, points: Vec<Point>) -> Self {
        Self {
            label: label.into(),
            colour,
            points,
            joined: true,
            marked: true,
            dashed: false,
            radius: 0.75,
            marker: Marker::Circle,
        }
    }

    /// A thin trace without marks.
    pub fn trace(label: impl Into<String>, colour: Colour, points: Vec<Point>) -> Self {
        Self { marked: false, ..Self::curve(label, colour, points) }
    }

    fn mark(&self, canvas: &mut Canvas, (x, y): (f64, f64), radius: f64, alpha: f64) {
        let corners = self.marker.corners();
        if corners.is_empty() {
            return canvas.disc(x, y, radius, self.colour, alpha);
        }
        let corners: Vec<(f64, f64)> = corners.iter().map(|(dx, dy)| (x + radius * dx, y + radius * dy)).collect();
        canvas.polygon(&corners, self.colour, alpha);
    }
}

/// One panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// Heading.
    pub heading: String,
    /// Title of the horizontal axis.
    pub across: String,
    /// Title of the vertical axis.
    pub up: String,
    /// Least span of the horizontal axis.
    pub span: Option<(f64, f64)>,
    /// Named positions of the horizontal axis in place of numbers.
    pub names: Vec<(f64, String)>,
    /// Shaded span of the horizontal axis, with its name.
    pub band: Option<(f64, f64, String)>,
    /// Level that is drawn through the panel and belongs to the axis.
    pub level: Option<f64>,
    /// Curves.
    pub series: Vec<Series>,
    /// Lines of text in the panel.
    pub notes: Vec<String>,
}

/// Height of a panel and room above it, mm.
const HEIGHT: f64 = 40.0;
const HEAD: f64 = 6.5;
/// Height of one row of the key, mm.
const KEY: f64 = 3.6;

/// Draws panels in two columns with one key; returns the drawing and its width, mm.
///
/// # Errors
/// The drawing backend failed.
pub fn draw(
    fonts: &Fonts,
    style: &Style,
    words: (&str, &str),
    panels: &[Panel],
    shared_y: bool,
) -> Result<(String, f64), ReportError> {
    let columns = panels.len().clamp(1, 2);
    let sheet = if columns == 1 { style.one_column } else { style.two_columns };
    let whole = extent(panels.iter().flat_map(heights));
    let frames: Vec<(Scale, Scale)> = panels
        .iter()
        .map(|panel| {
            let (low, high) = if shared_y { whole } else { extent(heights(panel)) };
            (horizontal(panel), Scale::rounded(low, high, 4.0))
        })
        .collect();
    let vertical = |k: usize| Axis::new(&panels[k].up, frames[k].1.ticks(fonts, style.tick_pt, HEIGHT, 5.0, true));
    let left = (0..panels.len()).map(|k| vertical(k).width(fonts, style, HEIGHT)).fold(0.0, f64::max) + 1.5;
    let key = key_of(panels);
    let top = HEAD + KEY * key.len().div_ceil(2) as f64 + 1.0;
    let grid = Grid {
        sheet,
        columns,
        rows: panels.len().div_ceil(columns).max(1),
        left,
        right: 4.0,
        top,
        bottom: 11.0,
        across: left + 3.0,
        between: 11.0 + HEAD,
        panel: HEIGHT,
    };
    let svg = Canvas::draw(fonts, (sheet, grid.height() + 0.5), words, |canvas| {
        paint_key(canvas, style, &key, sheet);
        for (k, panel) in panels.iter().enumerate() {
            let area = grid.cell(k % columns, k / columns);
            let frame = Frame { area, x: frames[k].0, y: frames[k].1 };
            if panels.len() > 1 {
                let letter = Text::new(style.letter_pt).bold();
                canvas.text(&style.letter(k), area.x - left + 0.8, area.y - 2.2, letter);
            }
            canvas.text_within(&panel.heading, area.x, area.y - 2.2, area.width, Text::new(style.tick_pt).bold());
            paint(canvas, style, &frame, panel);
            across_axis(fonts, style, panel, &frame).draw_below(canvas, style, &frame);
            vertical(k).draw_left(canvas, style, &frame);
        }
    })?;
    Ok((svg, sheet))
}

/// All heights of a panel, error bars and level included.
fn heights(panel: &Panel) -> impl Iterator<Item = f64> {
    let points = panel.series.iter().flat_map(|series| &series.points);
    points.flat_map(|(_, y, sem)| [y - sem.unwrap_or(0.0), y + sem.unwrap_or(0.0)]).chain(panel.level)
}

fn horizontal(panel: &Panel) -> Scale {
    if !panel.names.is_empty() {
        let (low, high) = extent(panel.names.iter().map(|(x, _)| *x));
        return Scale::Linear { low: low - 0.6, high: high + 0.6 };
    }
    let points = panel.series.iter().flat_map(|series| series.points.iter().map(|point| point.0));
    let (low, high) = extent(points.chain(panel.span.into_iter().flat_map(|(low, high)| [low, high])));
    if high > low { Scale::Linear { low, high } } else { Scale::rounded(low, high, 4.0) }
}

fn across_axis(fonts: &Fonts, style: &Style, panel: &Panel, frame: &Frame) -> Axis {
    if panel.names.is_empty() {
        return Axis::new(&panel.across, frame.x.ticks(fonts, style.tick_pt, frame.area.width, 6.0, false));
    }
    Axis::new(&panel.across, panel.names.iter().map(|(at, label)| Tick { at: *at, label: label.clone() }).collect())
}

/// The series that the key names, each name once.
fn key_of(panels: &[Panel]) -> Vec<&Series> {
    let mut key: Vec<&Series> = Vec::new();
    for series in panels.iter().flat_map(|panel| &panel.series) {
        if !series.label.is_empty() && key.iter().all(|known| known.label != series.label) {
            key.push(series);
        }
    }
    key
}

fn paint_key(canvas: &mut Canvas, style: &Style, key: &[&Series], sheet: f64) {
    let look = Text::new(style.small_pt);
    for (k, series) in key.iter().enumerate() {
        let x = 2.0 + (k % 2) as f64 * 0.5 * sheet;
        let y = 3.0 + KEY * (k / 2) as f64;
        let (from, to) = ((x, y - 0.5 * look.capital()), (x + 6.0, y - 0.5 * look.capital()));
        stroke(canvas, &[from, to], series.dashed, Stroke::new(series.colour, style.line_pt));
        if series.marked {
            series.mark(canvas, (x + 3.0, from.1), series.radius, 1.0);
        }
        canvas.text_within(&series.label, x + 7.5, y, 0.5 * sheet - 10.0, look);
    }
}

/// A path, broken or not.
fn stroke(canvas: &mut Canvas, points: &[(f64, f64)], dashed: bool, pen: Stroke) {
    if !dashed {
        return canvas.path(points, pen);
    }
    // Dashes of 1.2 mm along the path.
    let mut on = true;
    let mut left = 1.2_f64;
    for pair in points.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        let length = libm::hypot(b.0 - a.0, b.1 - a.1);
        let mut done = 0.0;
        while done < length {
            let step = left.min(length - done);
            let at = |s: f64| (a.0 + (b.0 - a.0) * s / length, a.1 + (b.1 - a.1) * s / length);
            if on {
                canvas.line(at(done), at(done + step), pen);
            }
            done += step;
            left -= step;
            if left <= 1e-9 {
                on = !on;
                left = if on { 1.2 } else { 0.8 };
            }
        }
    }
}

fn paint(canvas: &mut Canvas, style: &Style, frame: &Frame, panel: &Panel) {
    let area = frame.area;
    let small = Text::new(style.small_pt);
    if let Some((from, to, name)) = &panel.band {
        let (from, to) = (frame.across(*from), frame.across(*to));
        canvas.fill(Rect { x: from, y: area.y, width: to - from, height: area.height }, PALE, 1.0);
        canvas.text_within(name, from + 0.8, area.y + small.capital() + 0.8, to - from, small.colour(GREY));
    }
    if let Some(level) = panel.level {
        let y = frame.up(level);
        canvas.dashed((area.x, y), (area.right(), y), (1.0, 0.8), Stroke::new(GREY, style.thin_pt));
    }
    for series in &panel.series {
        let pen = Stroke::new(series.colour, style.line_pt);
        let places: Vec<(f64, f64)> = series.points.iter().map(|(x, y, _)| frame.point(*x, *y)).collect();
        if series.joined {
            stroke(canvas, &places, series.dashed, pen);
        }
        for ((x, y), (_, value, sem)) in places.iter().zip(&series.points) {
            if let Some(sem) = sem.filter(|_| series.marked) {
                let (low, high) = (frame.point(0.0, value - sem).1, frame.point(0.0, value + sem).1);
                canvas.line((*x, low), (*x, high), Stroke::new(series.colour, 0.6 * style.line_pt));
            }
            if series.marked && x.is_finite() && y.is_finite() {
                let alone = !series.joined && sem.is_none();
                let (share, alpha) = if alone { (0.7, 0.45) } else { (1.0, 1.0) };
                series.mark(canvas, (*x, *y), share * series.radius, alpha);
            }
        }
    }
    for (k, note) in panel.notes.iter().enumerate() {
        let y = area.bottom() - 1.2 - (panel.notes.len() - 1 - k) as f64 * small.line_height();
        canvas.text(note, area.right(), y, small.anchor(Anchor::End).colour(BLACK));
    }
}
