//! A forest figure: estimates of cohorts with their intervals and weights, and what they
//! say together.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Fonts, Frame, Rect, Scale, Stroke, Style, Text};
use crate::error::ReportError;
use results::plan::JournalStyle;

/// One cohort.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForestCohort {
    /// Its name.
    pub label: String,
    /// Estimate with lower and upper limit.
    pub estimate: [f64; 3],
    /// Share in the mean, 0 to 1.
    pub weight: f64,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForestFigure {
    /// Title of the axis: what is estimated, with its unit.
    pub across: String,
    /// The cohorts, first on top.
    pub cohorts: Vec<ForestCohort>,
    /// Their mean with lower and upper limit.
    pub mean: [f64; 3],
    /// Where a further cohort is expected.
    pub prediction: Option<(f64, f64)>,
    /// Confidence level, e.g. "95 %".
    pub level: String,
    /// Heterogeneity in words.
    pub note: String,
}

/// Height of a row, mm.
const ROW: f64 = 4.6;
/// Half the side of the square of a cohort that holds all of the weight, mm.
const SQUARE: f64 = 1.7;
/// Smallest half side, mm.
const SMALLEST: f64 = 0.35;

/// Decimals of the numbers beside the rows, from how far they reach.
fn decimals(span: f64) -> usize {
    let wanted = 2.0 - libm::floor(libm::log10(span.max(1e-12)));
    wanted.clamp(0.0, 6.0) as usize
}

/// Draws the figure, one column wide, as an SVG document.
///
/// # Errors
/// The drawing backend failed.
pub fn draw_forest(figure: &ForestFigure) -> Result<String, ReportError> {
    let style = Style::of(JournalStyle::Jneurosci);
    let fonts = Fonts::embedded();
    let small = Text::new(style.small_pt);
    let ends = figure.cohorts.iter().flat_map(|cohort| cohort.estimate).chain(figure.mean).chain([0.0]);
    let (low, high) = extent(ends.chain(figure.prediction.into_iter().flat_map(|(low, high)| [low, high])));
    let digits = decimals(high - low);
    let spelt = |[value, low, high]: [f64; 3]| {
        let number = |v: f64| crate::numbers::plain(v, digits);
        format!("{} [{}, {}]", number(value), number(low), number(high))
    };
    let weights: Vec<String> = figure.cohorts.iter().map(|c| format!("{:.1}", 100.0 * c.weight)).collect();
    let numbers: Vec<String> = figure.cohorts.iter().map(|c| spelt(c.estimate)).chain([spelt(figure.mean)]).collect();
    let width = style.one_column;
    let labels = figure.cohorts.iter().map(|c| c.label.as_str()).chain(["Prediction", "Mean"]);
    let left = fonts.widest(labels, small.pt, true).min(0.3 * width) + 2.5;
    let numbers_width = fonts.widest(&numbers, small.pt, true);
    let weights_width = fonts.widest(weights.iter().map(String::as_str).chain(["Weight (%)"]), small.pt, true);
    let right = numbers_width + weights_width + 4.0;
    let rows = figure.cohorts.len() + 1 + usize::from(figure.prediction.is_some());
    let top = 1.5 + 1.4 * small.line_height();
    let area = Rect { x: left, y: top, width: width - left - right, height: rows as f64 * ROW };
    let frame = Frame { area, x: Scale::rounded(low, high, 4.0), y: Scale::Linear { low: 0.0, high: 1.0 } };
    let across = Axis::new(&figure.across, frame.x.ticks(&fonts, style.tick_pt, area.width, 6.0, false));
    let foot = area.bottom() + across.height(&fonts, &style, area.width) + 1.0;
    let lines = fonts.wrap(&figure.note, small.pt, false, width - 2.0);
    let height = foot + lines.len() as f64 * small.line_height() + 1.5;
    let said = format!("Estimates of {} cohorts and their mean, {}.", figure.cohorts.len(), spelt(figure.mean));
    Canvas::draw(&fonts, (width, height), ("Forest figure", &said), |canvas| {
        let zero = frame.across(0.0);
        canvas.dashed((zero, area.y), (zero, area.bottom()), (1.0, 0.8), Stroke::new(GREY, style.thin_pt));
        let head = top - 0.5 * small.line_height();
        let ending = small.anchor(Anchor::End).bold();
        canvas.text("Cohort", 1.0, head, small.bold());
        canvas.text(&format!("Estimate [{} CI]", figure.level), width - weights_width - 3.0, head, ending);
        canvas.text("Weight (%)", width - 1.0, head, ending);
        for (k, cohort) in figure.cohorts.iter().enumerate() {
            let y = top + (k as f64 + 0.5) * ROW;
            square(canvas, &style, &frame, cohort, y);
            let base = y + 0.5 * small.capital();
            canvas.text_within(&cohort.label, 1.0, base, left - 2.0, small);
            canvas.text(&numbers[k], width - weights_width - 3.0, base, small.anchor(Anchor::End));
            canvas.text(&weights[k], width - 1.0, base, small.anchor(Anchor::End));
        }
        let y = top + (figure.cohorts.len() as f64 + 0.5) * ROW;
        mean_row(canvas, &style, &frame, figure, y);
        let base = y + 0.5 * small.capital();
        canvas.text(&numbers[figure.cohorts.len()], width - weights_width - 3.0, base, ending);
        across.draw_below(canvas, &style, &frame);
        for (k, line) in lines.iter().enumerate() {
            canvas.text(line, 1.0, foot + small.capital() + k as f64 * small.line_height(), small);
        }
    })
}

/// Interval of a cohort and a square whose area is its weight.
fn square(canvas: &mut Canvas, style: &Style, frame: &Frame, cohort: &ForestCohort, y: f64) {
    let half = (SQUARE * cohort.weight.max(0.0).sqrt()).max(SMALLEST);
    let [value, low, high] = cohort.estimate.map(|v| frame.across(v));
    canvas.line((low, y), (high, y), Stroke::new(BLACK, style.axis_pt));
    canvas.fill(Rect { x: value - half, y: y - half, width: 2.0 * half, height: 2.0 * half }, BLACK, 1.0);
}

/// Mean, and below it where a further cohort is expected.
fn mean_row(canvas: &mut Canvas, style: &Style, frame: &Frame, figure: &ForestFigure, y: f64) {
    let small = Text::new(style.small_pt);
    let [value, low, high] = figure.mean.map(|v| frame.across(v));
    canvas.polygon(&[(low, y), (value, y - 0.3 * ROW), (high, y), (value, y + 0.3 * ROW)], BLACK, 1.0);
    canvas.text("Mean", 1.0, y + 0.5 * small.capital(), small.bold());
    if let Some((low, high)) = figure.prediction {
        let y = y + ROW;
        canvas.line((frame.across(low), y), (frame.across(high), y), Stroke::new(GREY, 3.0 * style.axis_pt));
        canvas.text("Prediction", 1.0, y + 0.5 * small.capital(), small);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(cohorts: usize) -> ForestFigure {
        let cohort = |k: usize| ForestCohort {
            label: format!("cohort {}", k + 1),
            estimate: [k as f64, k as f64 - 4.0, k as f64 + 4.0],
            weight: 1.0 / cohorts as f64,
        };
        ForestFigure {
            across: "Difference (points)".into(),
            cohorts: (0..cohorts).map(cohort).collect(),
            mean: [-12.5, -20.0, -5.0],
            prediction: Some((-40.0, 15.0)),
            level: "95 %".into(),
            note: "I² 41 %, τ² 12".into(),
        }
    }

    #[test]
    fn every_cohort_has_its_row_and_the_mean_is_a_diamond() {
        for cohorts in [2, 5, 30] {
            let svg = draw_forest(&figure(cohorts)).unwrap();
            for k in 1..=cohorts {
                assert!(svg.contains(&format!(">cohort {k}<")), "{k}");
            }
            for text in ["Mean", "Prediction", "I² 41 %, τ² 12", "Weight (%)", "−12.5 [−20.0, −5.0]"] {
                assert!(svg.contains(text), "{text}");
            }
            assert_eq!(svg.matches("<polygon").count(), 1);
        }
    }
}
