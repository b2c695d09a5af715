//! Averaged sweeps before and after induction, overlaid, with scale bars
//! instead of axes and the stimulus artefact cut out.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::{extent, round_step};
use crate::drawing::{Anchor, Canvas, Frame, Grid, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene, slug};
use crate::figures::sheets;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::AveragedSweeps;

/// Samples from the first to the second time after the stimulus, ms, are not
/// drawn: they hold the artefact.
const ARTEFACT_MS: (f64, f64) = (-0.15, 0.7);
/// Last time drawn, ms after the stimulus.
const LAST_MS: f64 = 30.0;

/// Conditions that fit side by side.
const ROW: usize = 6;

/// Draws the figure, or one per induction protocol when a row does not hold all
/// conditions; what does not fit on a page goes on more sheets.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let all: Vec<&AveragedSweeps> = scene.sources.findings.averaged_sweeps.iter().collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let inductions = scene.inductions();
    if inductions.len() < 2 || scene.conditions().len() <= ROW {
        return on_sheets(scene, &all, "averaged-sweeps");
    }
    let mut figures = Vec::new();
    for induction in inductions {
        let own: Vec<&AveragedSweeps> = all.iter().copied().filter(|s| s.induction == induction).collect();
        if !own.is_empty() {
            figures.extend(on_sheets(scene, &own, &format!("averaged-sweeps-{}", slug(induction)))?);
        }
    }
    Ok(figures)
}

/// Room for the scale bars below the last row, mm.
const BARS: f64 = 12.0;
/// Headings begin right of the panel letter, mm.
const INDENT: f64 = 4.6;

/// Where panels and headings stand.
struct Layout {
    grid: Grid,
    headings: Vec<Vec<String>>,
}

impl Layout {
    fn new(scene: &Scene, sweeps: &[&AveragedSweeps]) -> Self {
        let style = &scene.style;
        let conditions = scene.conditions().len();
        let columns = if conditions <= ROW { conditions } else { 4 };
        let sheet = if columns <= 3 { style.one_column } else { style.two_columns };
        let columns = columns.min(sweeps.len()).max(1);
        let mut grid = Grid {
            sheet,
            columns,
            rows: sweeps.len().div_ceil(columns),
            left: 1.5,
            right: 1.5,
            top: 0.0,
            bottom: 1.0 + BARS,
            across: 2.5,
            between: 0.0,
            panel: 26.0,
        };
        let heading = Text::new(style.tick_pt).bold();
        let many = sweeps.iter().any(|sweep| sweep.induction != sweeps[0].induction);
        let name = |sweep: &&AveragedSweeps| match many {
            true => format!("{} · {}", sweep.induction, sweep.condition),
            false => sweep.condition.clone(),
        };
        let limit = grid.width() - if sweeps.len() > 1 { INDENT } else { 0.0 };
        let headings: Vec<Vec<String>> =
            sweeps.iter().map(|sweep| scene.fonts.wrap(&name(sweep), heading.pt, true, limit)).collect();
        let lines = headings.iter().map(Vec::len).max().unwrap_or(1) as f64;
        grid.top = lines * heading.line_height() + Text::new(style.small_pt).line_height() + 2.4;
        grid.between = grid.top + 2.0;
        Self { grid, headings }
    }
}

fn on_sheets(scene: &Scene, sweeps: &[&AveragedSweeps], slug: &str) -> Result<Vec<Figure>, ReportError> {
    let grid = Layout::new(scene, sweeps).grid;
    let most = grid.columns * grid.rows_within(scene.style.max_height);
    let parts = sheets::parts(sweeps, most, grid.columns);
    let scales = scales(sweeps);
    let draw = |(part, sweeps): (usize, &&[&AveragedSweeps])| {
        let caption = sheets::caption(caption(scene, sweeps, slug.to_owned()), part, parts.len());
        panels(scene, caption, sweeps, scales)
    };
    parts.iter().enumerate().map(draw).collect()
}

fn panels(
    scene: &Scene,
    caption: Caption,
    sweeps: &[&AveragedSweeps],
    scales: (Scale, Scale),
) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let Layout { grid, headings } = Layout::new(scene, sweeps);
    let heading = Text::new(style.tick_pt).bold();
    let small = Text::new(style.small_pt);
    let letters = sweeps.len() > 1;
    let tables = vec![PanelTable { panel: String::new(), csv: table(sweeps, scene.unit()) }];
    scene.figure(caption, (grid.sheet, grid.height()), tables, |canvas| {
        for (k, sweep) in sweeps.iter().enumerate() {
            let area = grid.cell(k % grid.columns, k / grid.columns);
            let frame = Frame { area, x: scales.0, y: scales.1 };
            let first = area.y - grid.top + heading.capital() + 1.2;
            let left = area.x + if letters { INDENT } else { 0.0 };
            if letters {
                canvas.text(&style.letter(k), area.x, first, Text::new(style.letter_pt).bold());
            }
            canvas.lines(&headings[k], left, first, heading);
            let below = first + headings[k].len() as f64 * heading.line_height();
            canvas.text(&format!("n = {}", scene.n(&sweep.induction, &sweep.condition)), left, below, small);
            let before = Stroke::new(GREY, 0.9);
            let after = Stroke::new(scene.look(&sweep.condition).colour, 1.2);
            trace(canvas, &frame, &sweep.time_ms, &sweep.before_mv, before);
            trace(canvas, &frame, &sweep.time_ms, &sweep.after_mv, after);
            let (x, y) = (frame.across(0.0), frame.up(0.0));
            canvas.polygon(&[(x, y - 0.6), (x - 0.6, y - 1.9), (x + 0.6, y - 1.9)], BLACK, 1.0);
            if k == 0 {
                number_traces(canvas, &frame, sweep, small);
            }
        }
        let area = grid.cell(0, grid.rows - 1);
        let frame = Frame { area, x: scales.0, y: scales.1 };
        scale_bars(canvas, scene, &frame, grid.height() - BARS, grid.sheet);
    })
}

/// Common scales: the same mV and ms in every panel.
fn scales(sweeps: &[&AveragedSweeps]) -> (Scale, Scale) {
    let drawn = |sweep: &&AveragedSweeps| -> Vec<f64> {
        let shown = |t: f64| t > ARTEFACT_MS.1 && t <= LAST_MS;
        let values = sweep.before_mv.iter().zip(&sweep.after_mv);
        sweep.time_ms.iter().zip(values).filter(|(t, _)| shown(**t)).flat_map(|(_, (b, a))| [*b, *a]).collect()
    };
    let (low, high) = extent(sweeps.iter().flat_map(drawn));
    let (first, last) = extent(sweeps.iter().flat_map(|sweep| sweep.time_ms.iter().copied()));
    let room = 0.05 * (high - low).max(1e-6);
    let number = 0.12 * (high - low).max(1e-6);
    (
        Scale::Linear { low: first.max(-3.0), high: last.min(LAST_MS) },
        Scale::Linear { low: low - number, high: high.max(0.1 * (high - low)) + room },
    )
}

fn trace(canvas: &mut Canvas, frame: &Frame, time: &[f64], values: &[f64], pen: Stroke) {
    let (first, last) = frame.x.ends();
    let points: Vec<(f64, f64)> = time
        .iter()
        .zip(values)
        .filter(|(t, _)| **t >= first && **t <= last)
        .map(|(&t, &value)| {
            let artefact = t > ARTEFACT_MS.0 && t < ARTEFACT_MS.1;
            if artefact { (f64::NAN, f64::NAN) } else { frame.point(t, value) }
        })
        .collect();
    canvas.path(&points, pen);
}

/// Numbers 1 (before) and 2 (after) at the peaks of the first panel.
fn number_traces(canvas: &mut Canvas, frame: &Frame, sweep: &AveragedSweeps, look: Text) {
    let peak = |values: &[f64]| {
        sweep
            .time_ms
            .iter()
            .zip(values)
            .filter(|(t, _)| **t > 2.5 && **t < LAST_MS)
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map(|(&t, &value)| frame.point(t, value))
    };
    let (Some(one), Some(two)) = (peak(&sweep.before_mv), peak(&sweep.after_mv)) else { return };
    // Above the one trough and below the other there is paper.
    let look = look.anchor(Anchor::Middle);
    canvas.text("1", one.0, one.1 - 1.2, look);
    canvas.text("2", two.0, two.1 + 1.0 + look.capital(), look);
}

fn scale_bars(canvas: &mut Canvas, scene: &Scene, frame: &Frame, top: f64, sheet: f64) {
    let look = Text::new(scene.style.tick_pt);
    let ((first, last), (low, high)) = (frame.x.ends(), frame.y.ends());
    let ms = round_step(0.12 * (last - first));
    let mv = round_step(0.14 * (high - low));
    let (width, height) = (frame.across(first + ms) - frame.across(first), frame.up(low) - frame.up(low + mv));
    let pen = Stroke::new(BLACK, 1.2);
    let (x, y) = (frame.area.x + 1.0, top + 1.0 + height.min(7.0));
    canvas.path(&[(x, y - height), (x, y), (x + width, y)], pen);
    canvas.text(&format!("{mv} {}", scene.unit()), x + 1.0, y - height / 2.0 + look.capital() / 2.0, look);
    canvas.text(&format!("{ms} ms"), x, y + 0.8 + look.capital(), look);
    let key = x + width.max(scene.fonts.width(&format!("{mv} {}", scene.unit()), look.pt, false)) + 9.0;
    let text = "1 (grey), before induction; 2, outcome window";
    canvas.text_within(text, key, y, sheet - key - 1.0, look);
}

fn caption(scene: &Scene, sweeps: &[&AveragedSweeps], slug: String) -> Caption {
    let window = scene.sources.findings.outcome.window_min;
    let names: Vec<String> = sweeps.iter().map(|sweep| scene.group_name(&sweep.induction, &sweep.condition)).collect();
    let counts: Vec<String> = names
        .iter()
        .zip(sweeps)
        .map(|(name, sweep)| format!("{name} {}/{}", sweep.n_sweeps[0], sweep.n_sweeps[1]))
        .collect();
    let legend = format!(
        "1: mean of the sweeps in the reference window ({}); 2: mean of the sweeps in the outcome \
         window ({}–{} min). The artefact is cut out; triangle: stimulus. Negative is down, the same scale in all \
         panels. n: {} ({}). Sweeps averaged (before/after): {}.",
        scene.reference_stretch(),
        window[0],
        window[1],
        scene.slices(),
        scene.animals(),
        evidence::listed_with(&names, &counts, 0)
    );
    let alt = "Averaged responses before and after induction for each condition, with scale bars.".to_owned();
    Caption { slug, title: "Averaged sweeps before and after induction".to_owned(), legend, alt }
}

fn table(sweeps: &[&AveragedSweeps], unit: &str) -> String {
    let unit = unit.to_lowercase();
    let (before, after) = (format!("before_{unit}"), format!("after_{unit}"));
    let mut csv = Csv::new(&["induction", "condition", "time_ms", &before, &after]);
    for sweep in sweeps {
        for ((&time, &before), &after) in sweep.time_ms.iter().zip(&sweep.before_mv).zip(&sweep.after_mv) {
            csv.row(&[
                Cell::Text(&sweep.induction),
                Cell::Text(&sweep.condition),
                Cell::Number(time),
                Cell::Number(before),
                Cell::Number(after),
            ]);
        }
    }
    csv.finish()
}
