//! The experiment at a glance: baseline, drug, induction and the windows that
//! the analysis reads, on one time axis.

use crate::drawing::colour::{BLACK, GREY, PALE};
use crate::drawing::{Anchor, Axis, Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::exposure::application::{Application, applications};
use crate::exposure::words::{self, treatments};
use crate::figures::exposure_bars;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::numbers;
use crate::sources::csv::{Cell, Csv};
use results::plan::Moment;

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

/// What was applied, each name once: one dose may flow in several ways.
fn each_once(applied: &[Application]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in applied.iter().map(Application::name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Draws the figure.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let manifest = &scene.sources.manifest;
    let style = &scene.style;
    let timeline = &manifest.timeline;
    let start = -timeline.baseline_min - timeline.wash_in_min;
    let applied = applications(manifest, |_| true);
    let (phases, windows) = (phases(scene, start, &applied), windows(scene));
    let small = Text::new(style.small_pt);
    let width = style.two_columns;
    let inductions: Vec<String> = manifest.inductions.iter().map(|plan| plan.name.clone()).collect();
    let bar = 4.2;
    let before: Vec<String> = treatments(manifest)
        .iter()
        .flat_map(|sentence| scene.fonts.wrap(sentence, style.small_pt, false, width - 8.0))
        .collect();
    let before_y = small.line_height();
    let top = before.len() as f64 * small.line_height() + if before.is_empty() { 0.0 } else { 1.0 } + before_y + 5.0;
    let bars_end = top + bar + applied.len() as f64 * exposure_bars::line(scene);
    let axis_y = bars_end + 1.8;
    let scale = Scale::Linear { low: start, high: timeline.follow_up_min };
    let area = Rect { x: 5.0, y: top, width: width - 10.0, height: axis_y - top };
    let frame = Frame { area, x: scale, y: Scale::Linear { low: 0.0, high: 1.0 } };
    let ticks = scale.ticks(scene.fonts, style.tick_pt, area.width, 8.0, false);
    let axis = Axis::new("Time after induction (min)", ticks);
    let below = axis_y + axis.height(scene.fonts, style, area.width) + 2.4;
    let levels = stagger(scene, &frame, &windows);
    let depth = levels.iter().copied().max().unwrap_or(0) as f64 + 1.0;
    let size = (width, below + depth * (small.line_height() + 2.2));
    let tables = vec![PanelTable { panel: String::new(), csv: table(scene, &phases, &applied, &windows) }];
    let figure = scene.figure(caption(scene), size, tables, |canvas| {
        canvas.lines(&before, 5.0, before_y, small);
        for (k, phase) in phases.iter().enumerate() {
            let (from, to) = (frame.across(phase.from), frame.across(phase.to));
            let rect = Rect { x: from, y: top, width: to - from, height: bar };
            canvas.fill(rect, PALE, if k == 1 { 0.55 } else { 1.0 });
            name(canvas, scene, phase, rect);
        }
        exposure_bars::draw(canvas, scene, &frame, &applied, ("", bars_end), true);
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

/// Baseline, wash-in and follow-up. Without a compound that begins to flow there, the
/// second phase is no wash-in.
fn phases(scene: &Scene, start: f64, applied: &[Application]) -> Vec<Span> {
    let timeline = &scene.sources.manifest.timeline;
    let washed_in = applied.iter().any(|one| {
        one.stretches(timeline, None).first().is_some_and(|[from, _]| (from + timeline.wash_in_min).abs() < 1e-6)
    });
    let mut phases = if timeline.wash_in_min > 0.0 && washed_in {
        vec![Span::new("baseline", start, -timeline.wash_in_min), Span::new("wash-in", -timeline.wash_in_min, 0.0)]
    } else {
        vec![Span::new("baseline", start, 0.0)]
    };
    phases.push(Span::new("follow-up", 0.0, timeline.follow_up_min));
    phases
}

/// The windows that the analysis reads.
fn windows(scene: &Scene) -> Vec<Span> {
    let outcome = &scene.sources.findings.outcome;
    let plan = &scene.sources.manifest.analysis;
    let usual = [-plan.reference_window.min(), 0.0];
    let [begins, ends] = plan.rig.reference.map_or(usual, |stretch| stretch.map(Moment::min));
    let ([early, late], [from, to]) = (outcome.short_term_window_min, outcome.window_min);
    vec![
        Span::new("reference window", begins, ends),
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
    let end = |value: f64| numbers::short(value, 2);
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
    let applied = applications(manifest, |_| true);
    let (bars, drugs) = match applied.as_slice() {
        [] => ("", String::new()),
        some => (
            " Black bars: when each compound flowed, with the symbols of its conditions.",
            format!(" {}.", evidence::listed(&each_once(some))),
        ),
    };
    Caption {
        slug: "schematic".to_owned(),
        title: "The experiment".to_owned(),
        legend: format!(
            "Test pulse every {} s. {}.{bars} Conditions: {}.",
            numbers::short(manifest.timeline.test_interval_s, 1),
            protocols.join("; "),
            words::names(&conditions)
        ),
        alt: format!(
            "Time line with {} min before and {} min after induction, the windows of the analysis and what was \
             applied.{drugs}",
            numbers::short(manifest.timeline.baseline_min + manifest.timeline.wash_in_min, 1),
            numbers::short(manifest.timeline.follow_up_min, 1)
        ),
    }
}

fn table(scene: &Scene, phases: &[Span], applied: &[Application], windows: &[Span]) -> String {
    let manifest = &scene.sources.manifest;
    let mut csv = Csv::new(&["what", "from_min", "to_min", "conditions"]);
    let mut row = |what: &str, [from, to]: [f64; 2], conditions: &str| {
        csv.row(&[Cell::Text(what), Cell::Number(from), Cell::Number(to), Cell::Text(conditions)]);
    };
    for span in phases {
        row(&span.what, [span.from, span.to], "");
    }
    for one in applied {
        for stretch in one.stretches(&manifest.timeline, manifest.inductions.first()) {
            row(&one.name(), stretch, &one.conditions.join("; "));
        }
    }
    for span in windows {
        row(&span.what, [span.from, span.to], "");
    }
    csv.finish()
}
