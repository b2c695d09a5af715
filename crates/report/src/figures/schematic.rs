//! The experiment at a glance: baseline, drug, induction and the windows that
//! the analysis reads, on one time axis.

use crate::drawing::colour::{BLACK, GREY, PALE, WHITE};
use crate::drawing::scale::signed;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::numbers;
use crate::sources::csv::{Cell, Csv};

/// A stretch of the recording, min after induction.
struct Span {
    what: String,
    from: f64,
    to: f64,
}

impl Span {
    fn new(what: &str, from: f64, to: f64) -> Self {
        Self { what: what.to_owned(), from, to }
    }
}

/// Draws the figure.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let manifest = &scene.sources.manifest;
    let style = &scene.style;
    let timeline = &manifest.timeline;
    let start = -timeline.baseline_min - timeline.wash_in_min;
    let drugged = manifest.conditions.iter().any(|condition| !condition.bath.is_empty());
    let (phases, windows) = (phases(scene, start, drugged), windows(scene));
    let small = Text::new(style.small_pt);
    let width = style.two_columns;
    let inductions: Vec<String> = manifest.inductions.iter().map(|plan| plan.name.clone()).collect();
    let (bar, step) = (4.2, 5.4);
    let top = small.line_height() + 5.0;
    let drug_top = top + step;
    let axis_y = drug_top + if drugged { step } else { 0.0 } + 0.6;
    let scale = Scale::Linear { low: start, high: timeline.follow_up_min };
    let area = Rect { x: 5.0, y: top, width: width - 10.0, height: axis_y - top };
    let frame = Frame { area, x: scale, y: Scale::Linear { low: 0.0, high: 1.0 } };
    let ticks = scale.ticks(scene.fonts, style.tick_pt, area.width, 8.0, false);
    let axis = Axis::new("Time after induction (min)", ticks);
    let below = axis_y + axis.height(scene.fonts, style, area.width) + 2.4;
    let levels = stagger(scene, &frame, &windows);
    let depth = levels.iter().copied().max().unwrap_or(0) as f64 + 1.0;
    let size = (width, below + depth * (small.line_height() + 2.2));
    let tables = vec![PanelTable { panel: String::new(), csv: table(&phases, &windows) }];
    let figure = scene.figure(caption(scene), size, tables, |canvas| {
        for (k, phase) in phases.iter().enumerate() {
            let (from, to) = (frame.across(phase.from), frame.across(phase.to));
            let rect = Rect { x: from, y: top, width: to - from, height: bar };
            canvas.fill(rect, PALE, if k == 1 { 0.55 } else { 1.0 });
            name(canvas, scene, phase, rect);
        }
        if drugged {
            drug(canvas, scene, &frame, drug_top, bar);
        }
        let arrow = frame.across(0.0);
        canvas.line((arrow, top - 4.0), (arrow, top - 1.0), Stroke::new(BLACK, 1.2));
        canvas.polygon(&[(arrow, top), (arrow - 1.0, top - 1.8), (arrow + 1.0, top - 1.8)], BLACK, 1.0);
        let name = format!("induction: {}", inductions.join(" or "));
        let half = scene.fonts.width(&name, style.tick_pt, true) / 2.0;
        let x = arrow.clamp(half + 0.5, (width - half - 0.5).max(half + 0.5));
        canvas.text_within(&name, x, top - 4.8, width - 1.0, Text::new(style.tick_pt).bold().anchor(Anchor::Middle));
        axis.draw_below(canvas, style, &frame);
        for (window, level) in windows.iter().zip(&levels) {
            bracket(canvas, scene, &frame, window, below + *level as f64 * (small.line_height() + 2.2));
        }
    })?;
    Ok(vec![figure])
}

/// Baseline, wash-in and follow-up.
fn phases(scene: &Scene, start: f64, drugged: bool) -> Vec<Span> {
    let timeline = &scene.sources.manifest.timeline;
    let mut phases = vec![Span::new("baseline", start, -timeline.wash_in_min)];
    if timeline.wash_in_min > 0.0 {
        phases.push(Span::new(if drugged { "wash-in" } else { "baseline" }, -timeline.wash_in_min, 0.0));
    }
    phases.push(Span::new("follow-up", 0.0, timeline.follow_up_min));
    phases
}

/// The windows that the analysis reads.
fn windows(scene: &Scene) -> Vec<Span> {
    let outcome = &scene.sources.findings.outcome;
    let ([early, late], [from, to]) = (outcome.short_term_window_min, outcome.window_min);
    vec![
        Span::new("reference window", -scene.sources.manifest.analysis.reference_window.min(), 0.0),
        Span::new("short-term window", early, late),
        Span::new("outcome window", from, to),
    ]
}

/// Name of a phase in its bar, with its length where there is room.
fn name(canvas: &mut Canvas, scene: &Scene, phase: &Span, bar: Rect) {
    let small = Text::new(scene.style.small_pt);
    let text = format!("{} {} min", phase.what, numbers::short(phase.to - phase.from, 1));
    let middle = bar.x + bar.width / 2.0;
    let base = bar.y + bar.height / 2.0 + small.capital() / 2.0;
    let fits = scene.fonts.width(&text, small.pt, false) < bar.width - 1.0;
    let text = if fits { &text } else { &phase.what };
    canvas.text_within(text, middle, base, bar.width - 0.6, small.anchor(Anchor::Middle));
}

fn drug(canvas: &mut Canvas, scene: &Scene, frame: &Frame, top: f64, bar: f64) {
    let timeline = &scene.sources.manifest.timeline;
    let end = if timeline.wash_out { 0.0 } else { timeline.follow_up_min };
    let (left, right) = (frame.across(-timeline.wash_in_min), frame.across(end));
    let rect = Rect { x: left, y: top, width: right - left, height: bar };
    canvas.fill(rect, BLACK, 1.0);
    let white = Text::new(scene.style.small_pt).colour(WHITE).anchor(Anchor::Middle);
    let text = if timeline.wash_out { "drug" } else { "drug in the bath to the end" };
    let base = top + bar / 2.0 + white.capital() / 2.0;
    canvas.text_within(text, left + rect.width / 2.0, base, rect.width - 0.6, white);
}

/// Level of each window label such that labels on one level keep apart.
fn stagger(scene: &Scene, frame: &Frame, windows: &[Span]) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    windows
        .iter()
        .map(|window| {
            let (left, right) = label_extent(scene, frame, window);
            let level = ends.iter().position(|end| *end + 2.0 < left).unwrap_or(ends.len());
            if level == ends.len() {
                ends.push(right)
            } else {
                ends[level] = right
            }
            level
        })
        .collect()
}

fn label_extent(scene: &Scene, frame: &Frame, window: &Span) -> (f64, f64) {
    let width = scene.fonts.width(&label(window), scene.style.small_pt, false);
    let (from, to) = (frame.across(window.from), frame.across(window.to));
    let middle = ((from + to) / 2.0).clamp(width / 2.0 + 0.5, frame.area.right() + 4.5 - width / 2.0);
    ((middle - width / 2.0).min(from), (middle + width / 2.0).max(to))
}

fn label(window: &Span) -> String {
    let end = |value: f64| signed(value, 0);
    format!("{} {} to {} min", window.what, end(window.from), end(window.to))
}

fn bracket(canvas: &mut Canvas, scene: &Scene, frame: &Frame, window: &Span, y: f64) {
    let pen = Stroke::new(GREY, 1.4);
    let (from, to) = (frame.across(frame.x.clamp(window.from)), frame.across(frame.x.clamp(window.to)));
    canvas.path(&[(from, y), (to, y)], pen);
    let look = Text::new(scene.style.small_pt).anchor(Anchor::Middle);
    let half = scene.fonts.width(&label(window), look.pt, false) / 2.0;
    let middle = ((from + to) / 2.0).clamp(half + 0.5, frame.area.right() + 4.5 - half);
    canvas.text(&label(window), middle, y + 0.9 + look.capital(), look);
}

fn caption(scene: &Scene) -> Caption {
    let manifest = &scene.sources.manifest;
    let protocols: Vec<String> =
        manifest.inductions.iter().map(|plan| format!("{}: {}", plan.name, plan.description)).collect();
    let conditions: Vec<&str> = manifest.conditions.iter().map(|plan| plan.name.as_str()).collect();
    Caption {
        slug: "schematic".to_owned(),
        title: "The experiment".to_owned(),
        legend: format!(
            "Test pulse every {} s. {}. Conditions: {}.",
            numbers::short(manifest.timeline.test_interval_s, 1),
            protocols.join("; "),
            conditions.join(", ")
        ),
        alt: "Time line with baseline, drug application, induction, follow-up and analysis windows.".to_owned(),
    }
}

fn table(phases: &[Span], windows: &[Span]) -> String {
    let mut csv = Csv::new(&["what", "from_min", "to_min"]);
    for span in phases.iter().chain(windows) {
        csv.row(&[Cell::Text(&span.what), Cell::Number(span.from), Cell::Number(span.to)]);
    }
    csv.finish()
}
