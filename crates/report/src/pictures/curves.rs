//! A plain figure of curves: the response of a rule alone.

use crate::drawing::colour::{BLACK, GREY, hue};
use crate::drawing::scale::extent;
use crate::drawing::{Axis, Canvas, Fonts, Frame, Rect, Scale, Stroke, Style, Text};
use crate::error::ReportError;
use results::plan::JournalStyle;

/// One curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurveSeries {
    /// Name beside the curve; empty if it is the only one.
    pub label: String,
    /// Points in the order in which they are joined.
    pub points: Vec<(f64, f64)>,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurveFigure {
    /// Title of the document.
    pub title: String,
    /// Description for readers who cannot see it.
    pub description: String,
    /// Title of the horizontal axis.
    pub across: String,
    /// Title of the vertical axis.
    pub up: String,
    /// Level of no change.
    pub reference: Option<f64>,
    /// The curves.
    pub series: Vec<CurveSeries>,
}

/// Height of the plotting area, mm.
const HEIGHT: f64 = 50.0;
/// Points up to which every one is marked.
const MARKED: usize = 40;

/// Draws the figure, one column wide, as an SVG document.
///
/// # Errors
/// The drawing backend failed.
pub fn draw_curves(figure: &CurveFigure) -> Result<String, ReportError> {
    let style = Style::of(JournalStyle::Jneurosci);
    let fonts = Fonts::embedded();
    let points = || figure.series.iter().flat_map(|series| &series.points);
    let (low, high) = extent(points().map(|point| point.0));
    let x = if high > low { Scale::Linear { low, high } } else { Scale::rounded(low, high, 4.0) };
    let (low, high) = extent(points().map(|point| point.1).chain(figure.reference));
    let y = Scale::rounded(low, high, 4.0);
    let width = style.one_column;
    let (guess_left, guess_bottom) = (16.0, 14.0);
    let up = Axis::new(&figure.up, y.ticks(&fonts, style.tick_pt, HEIGHT, 5.0, true));
    let left = up.width(&fonts, &style, HEIGHT).max(guess_left - 6.0) + 1.0;
    let legend = Text::new(style.small_pt);
    let labelled = figure.series.iter().filter(|series| !series.label.is_empty()).count();
    let top = 3.0 + labelled as f64 * (legend.line_height() + 0.3) + if labelled > 0 { 1.0 } else { 0.0 };
    let area = Rect { x: left, y: top, width: width - left - 4.0, height: HEIGHT };
    let across = Axis::new(&figure.across, x.ticks(&fonts, style.tick_pt, area.width, 6.0, false));
    let height = top + HEIGHT + across.height(&fonts, &style, area.width).max(guess_bottom - 6.0) + 1.0;
    let frame = Frame { area, x, y };
    Canvas::draw(&fonts, (width, height), (&figure.title, &figure.description), |canvas| {
        if let Some(level) = figure.reference {
            let height = frame.up(level);
            let pen = Stroke::new(GREY, style.thin_pt);
            canvas.dashed((area.x, height), (area.right(), height), (1.0, 0.8), pen);
        }
        for (k, series) in figure.series.iter().enumerate() {
            let colour = if figure.series.len() == 1 { BLACK } else { hue(k) };
            let joined: Vec<(f64, f64)> = series.points.iter().map(|&(x, y)| frame.point(x, y)).collect();
            canvas.path(&joined, Stroke::new(colour, style.line_pt));
            if series.points.len() <= MARKED {
                for &(x, y) in joined.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
                    canvas.disc(x, y, 0.6, colour, 1.0);
                }
            }
            if !series.label.is_empty() {
                let row = figure.series[..k].iter().filter(|earlier| !earlier.label.is_empty()).count() as f64;
                let baseline = 2.0 + legend.capital() + row * (legend.line_height() + 0.3);
                let middle = baseline - 0.5 * legend.capital();
                canvas.line((area.x, middle), (area.x + 5.0, middle), Stroke::new(colour, style.line_pt));
                canvas.text_within(&series.label, area.x + 6.5, baseline, area.width - 6.5, legend);
            }
        }
        across.draw_below(canvas, &style, &frame);
        up.draw_left(canvas, &style, &frame);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_appear_with_axes_labels_and_reference() {
        let series = |label: &str, offset: f64| CurveSeries {
            label: label.to_owned(),
            points: (0..5).map(|k| (f64::from(k), offset + f64::from(k))).collect(),
        };
        let figure = CurveFigure {
            title: "rule".into(),
            description: "two curves".into(),
            across: "Δt (ms)".into(),
            up: "Ratio".into(),
            reference: Some(1.0),
            series: vec![series("one", 0.5), series("two", 1.5)],
        };
        let svg = draw_curves(&figure).unwrap();
        for text in ["Δt (ms)", "Ratio", ">one<", ">two<"] {
            assert!(svg.contains(text), "{text}");
        }
        assert_eq!(svg.matches("<circle").count(), 10);
        assert!(svg.matches("<polyline").count() >= 2);
    }

    #[test]
    fn a_single_point_and_no_point_are_drawn_without_fault() {
        let figure =
            |points| CurveFigure { series: vec![CurveSeries { label: String::new(), points }], ..Default::default() };
        assert!(draw_curves(&figure(vec![(1.0, 1.0)])).is_ok());
        assert!(draw_curves(&figure(Vec::new())).is_ok());
        assert!(draw_curves(&figure(vec![(f64::NAN, 1.0), (2.0, f64::INFINITY)])).is_ok());
    }
}
