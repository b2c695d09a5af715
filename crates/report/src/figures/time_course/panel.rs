//! What stands in one panel of the time course.

use crate::drawing::colour::{BLACK, GREY, PALE};
use crate::drawing::{Canvas, Frame, Rect, Stroke, Text};
use crate::figures::exposure_bars;
use crate::figures::rows::MOST_SINGLES;
use crate::figures::scene::Scene;
use crate::figures::time_course::panel_of::Panel;
use analysis::findings::TimeCourse;

/// Window, slices, reference, means, bars of drugs and arrow; `first` names the protocol.
pub fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, panel: &Panel, first: bool) {
    let style = &scene.style;
    let window = scene.sources.findings.outcome.window_min;
    let (left, right) = (frame.across(frame.x.clamp(window[0])), frame.across(frame.x.clamp(window[1])));
    let band = Rect { x: left, y: frame.area.y, width: right - left, height: frame.area.height };
    canvas.fill(band, PALE, 0.75);
    let level = frame.up(100.0);
    let grey = Stroke::new(GREY, 0.6);
    canvas.dashed((frame.area.x, level), (frame.area.right(), level), (1.2, 0.9), grey);
    for course in &panel.courses {
        let look = scene.look(&course.condition);
        for slice in course.slices.iter().take(MOST_SINGLES) {
            slice_line(
                canvas,
                frame,
                &course.time_min,
                &slice.percent,
                Stroke::new(look.colour, style.thin_pt).faint(0.4),
            );
        }
    }
    if let Some(reference) = panel.behind {
        mean_line(canvas, frame, reference, Stroke::new(GREY, style.line_pt));
    }
    for course in &panel.courses {
        mean_points(canvas, scene, frame, course);
    }
    let shown: Vec<&str> = panel.courses.iter().map(|course| course.condition.as_str()).collect();
    let bars = exposure_bars::of(scene, &shown);
    let induction = panel.courses.first().map_or("", |course| course.induction.as_str());
    exposure_bars::draw(canvas, scene, frame, &bars, (induction, frame.area.y), shown.len() > 1);
    stretches(canvas, scene, frame, panel);
    induction_arrow(canvas, scene, frame, panel, first);
}

/// Bars under the upper edge, one line per condition: when its course differs
/// from the reference's.
fn stretches(canvas: &mut Canvas, scene: &Scene, frame: &Frame, panel: &Panel) {
    let shown = panel.courses.iter().filter(|course| !marked(scene, course).is_empty());
    for (line, course) in shown.enumerate() {
        let look = scene.look(&course.condition);
        for (from, to) in marked(scene, course) {
            let (left, right) = (frame.across(frame.x.clamp(from)), frame.across(frame.x.clamp(to)));
            let y = frame.area.y + 0.5 + 1.1 * line as f64;
            canvas.fill(Rect { x: left, y, width: right - left, height: 0.7 }, look.colour, 1.0);
        }
    }
}

/// Stretches of a course that the findings hold to differ at the planned level.
pub fn marked(scene: &Scene, course: &TimeCourse) -> Vec<(f64, f64)> {
    let findings = &scene.sources.findings;
    let own = findings
        .course_comparisons
        .iter()
        .filter(|c| c.induction == course.induction && c.condition == course.condition)
        .flat_map(|c| &c.clusters);
    own.filter(|c| c.p < 1.0 - findings.interval).map(|c| (c.from_min, c.to_min)).collect()
}

/// Arrow at time 0, below the data; the first panel of a row names the protocol.
fn induction_arrow(canvas: &mut Canvas, scene: &Scene, frame: &Frame, panel: &Panel, first: bool) {
    let (x, tip) = (frame.across(0.0), frame.area.bottom() - 4.2);
    let foot = frame.area.bottom() - 1.0;
    canvas.line((x, foot), (x, tip + 1.0), Stroke::new(BLACK, 0.8));
    canvas.polygon(&[(x, tip), (x - 0.75, tip + 1.5), (x + 0.75, tip + 1.5)], BLACK, 1.0);
    let small = Text::new(scene.style.small_pt);
    if first && let Some(course) = panel.courses.first() {
        canvas.text_within(&course.induction, x + 1.3, foot, frame.area.right() - x - 1.5, small);
    }
}

/// Line of one slice, interrupted at induction and where sweeps are missing.
fn slice_line(canvas: &mut Canvas, frame: &Frame, time: &[f64], percent: &[Option<f64>], pen: Stroke) {
    let mut points = Vec::with_capacity(time.len() + 1);
    let mut before = true;
    for (&t, value) in time.iter().zip(percent) {
        if before && t >= 0.0 {
            points.push((f64::NAN, f64::NAN));
            before = false;
        }
        points.push(value.map_or((f64::NAN, f64::NAN), |value| frame.point(t, value)));
    }
    canvas.path(&points, pen);
}

fn mean_line(canvas: &mut Canvas, frame: &Frame, course: &TimeCourse, pen: Stroke) {
    let values: Vec<Option<f64>> = course.mean.iter().map(|&mean| mean.is_finite().then_some(mean)).collect();
    slice_line(canvas, frame, &course.time_min, &values, pen);
}

fn mean_points(canvas: &mut Canvas, scene: &Scene, frame: &Frame, course: &TimeCourse) {
    let look = scene.look(&course.condition);
    let spacing = frame.area.width / course.time_min.len().max(1) as f64;
    let radius = (0.5 * spacing).clamp(0.4, 0.7);
    let pen = Stroke::new(look.colour, 0.6);
    for ((&t, &mean), &sem) in course.time_min.iter().zip(&course.mean).zip(&course.sem) {
        if mean.is_finite() && sem.is_finite() {
            canvas.line(frame.point(t, mean - sem), frame.point(t, mean + sem), pen);
        }
    }
    for (&t, &mean) in course.time_min.iter().zip(&course.mean) {
        if mean.is_finite() {
            let (x, y) = frame.point(t, mean);
            look.draw(canvas, x, y, radius, if look.open { 0.5 } else { 0.2 });
        }
    }
}
