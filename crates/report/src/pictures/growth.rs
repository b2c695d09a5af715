//! The figure of how computing time grows, and its data. It shows times that
//! somebody else took.

use crate::drawing::colour::{BLACK, Colour, GREY};
use crate::drawing::{Anchor, Axis, Canvas, Fonts, Frame, Rect, Scale, Stroke, Style, Text};
use crate::error::ReportError;
use crate::sources::csv::{Cell, Csv};
use results::plan::JournalStyle;

/// Size of the sheet and of the panels, mm.
const SHEET: (f64, f64) = (178.0, 78.0);
const PANEL: (f64, f64) = (64.0, 52.0);
const COLOURS: [Colour; 2] = [Colour { red: 0, green: 90, blue: 160 }, Colour { red: 200, green: 80, blue: 20 }];

/// Times of one model while one number grows.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What grows, e.g. `synapses`: one panel for each.
    pub grows: String,
    /// The model, e.g. `full model`.
    pub model: String,
    /// Number and computing time, s.
    pub points: Vec<(f64, f64)>,
    /// Exponent of the growth over the last decade: 1 if it is linear.
    pub exponent: f64,
}

/// The figure (SVG) and its data (CSV).
///
/// # Errors
/// [`ReportError`] if the figure cannot be drawn.
pub fn draw(series: &[Series]) -> Result<(String, String), ReportError> {
    let fonts = Fonts::embedded();
    let style = Style::of(JournalStyle::Jneurosci);
    let mut panels: Vec<&str> = Vec::new();
    for one in series {
        if !panels.contains(&one.grows.as_str()) {
            panels.push(&one.grows);
        }
    }
    let words = ("Growth of computing time", "Computing time against number, both axes logarithmic.");
    let svg = Canvas::draw(&fonts, SHEET, words, |canvas| {
        for (k, grows) in panels.iter().enumerate() {
            let own: Vec<&Series> = series.iter().filter(|one| one.grows == *grows).collect();
            panel(canvas, &style, k, grows, &own);
        }
    })?;
    let mut csv = Csv::new(&["grows", "model", "number", "cpu_s", "exponent_last_decade"]);
    for one in series {
        for (number, seconds) in &one.points {
            csv.row(&[
                Cell::Text(&one.grows),
                Cell::Text(&one.model),
                Cell::Number(*number),
                Cell::Number(*seconds),
                Cell::Number(one.exponent),
            ]);
        }
    }
    Ok((svg, csv.finish()))
}

fn panel(canvas: &mut Canvas, style: &Style, place: usize, grows: &str, series: &[&Series]) {
    let area = Rect { x: 20.0 + 87.0 * place as f64, y: 8.0, width: PANEL.0, height: PANEL.1 };
    let all = || series.iter().flat_map(|one| &one.points);
    let frame = Frame { area, x: decades(all().map(|point| point.0)), y: decades(all().map(|point| point.1)) };
    let axis = |title: String, scale: &Scale| Axis::new(title, scale.decades().0);
    axis(format!("number of {grows}"), &frame.x).draw_below(canvas, style, &frame);
    axis("computing time (s)".to_owned(), &frame.y).draw_left(canvas, style, &frame);
    for (k, one) in series.iter().enumerate() {
        let colour = COLOURS[k % COLOURS.len()];
        let points: Vec<(f64, f64)> = one.points.iter().map(|(x, y)| frame.point(*x, *y)).collect();
        canvas.path(&points, Stroke::new(colour, 1.0));
        for (x, y) in points {
            canvas.fill(Rect { x: x - 0.7, y: y - 0.7, width: 1.4, height: 1.4 }, colour, 1.0);
        }
        let y = area.y + 3.0 + 4.2 * k as f64;
        canvas.line((area.x + 2.0, y - 1.0), (area.x + 7.0, y - 1.0), Stroke::new(colour, 1.0));
        let label = format!("{} (exponent {:.2})", one.model, one.exponent);
        canvas.text(&label, area.x + 8.5, y, Text::new(style.small_pt).colour(BLACK));
    }
    guide(canvas, style, &frame);
}

/// A dashed line of exponent 1 through the lower right corner's decade.
fn guide(canvas: &mut Canvas, style: &Style, frame: &Frame) {
    let ((left, right), (bottom, top)) = (frame.x.ends(), frame.y.ends());
    let start = (right * bottom / top).max(left);
    let end = (start * top / bottom).min(right);
    let (from, to) = (frame.point(start, bottom), frame.point(end, bottom * end / start));
    canvas.dashed(from, to, (1.2, 0.9), Stroke::new(GREY, 0.6));
    let look = Text::new(style.small_pt).anchor(Anchor::End).colour(GREY);
    canvas.text("linear", to.0 - 1.0, to.1 + 6.0, look);
}

/// A logarithmic scale of whole decades around the values.
fn decades(values: impl Iterator<Item = f64>) -> Scale {
    let (low, high) = crate::drawing::scale::extent(values.filter(|value| *value > 0.0));
    if !(low.is_finite() && high.is_finite()) {
        return Scale::Log { low: 1.0, high: 10.0 };
    }
    let low = libm::floor(libm::log10(low));
    let high = libm::ceil(libm::log10(high)).max(low + 1.0);
    Scale::Log { low: libm::pow(10.0, low), high: libm::pow(10.0, high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_panels_and_all_points_are_there() {
        let series = |grows: &str| Series {
            grows: grows.to_owned(),
            model: "B1".to_owned(),
            points: vec![(16.0, 0.002), (160.0, 0.02), (1_600.0, 0.2)],
            exponent: 1.0,
        };
        let (svg, csv) = draw(&[series("synapses"), series("slices")]).expect("a figure");
        assert!(svg.contains("number of synapses") && svg.contains("number of slices"));
        assert_eq!(csv.lines().count(), 7);
        assert!(draw(&[]).is_ok());
    }
}
