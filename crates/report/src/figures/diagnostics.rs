//! Diagnostic grid of recorded slices: every slice, included or not, with its time
//! course, its control pathway and the numbers that the quality rules look at.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::names;
use crate::drawing::scale::{extent, signed};
use crate::drawing::{Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::sources::csv::{Cell, Csv};
use analysis::findings::SliceDiagnostic;

/// Panels side by side.
const COLUMNS: usize = 6;
/// Height of the curve of a panel, mm.
const PANEL: f64 = 14.0;
/// Room between panels, mm.
const GAP: f64 = 2.4;

/// Draws as many sheets as the slices need; none for simulated slices.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let slices = &scene.sources.findings.diagnostics;
    if slices.is_empty() {
        return Ok(Vec::new());
    }
    let line = PANEL + 2.0 * Text::new(scene.style.small_pt).line_height() + 1.6;
    let rows = (((scene.style.max_height - 8.0) / line).floor() as usize).max(1);
    let values = slices.iter().flat_map(|s| s.percent.iter().chain(&s.control_percent)).copied();
    let (low, high) = extent(values.filter(|v| v.is_finite()).chain([80.0, 150.0]));
    let y = Scale::rounded(low.max(0.0), high, 4.0);
    let (first, last) = extent(slices.iter().flat_map(|slice| slice.time_min.iter().copied()));
    let x = Scale::Linear { low: first, high: last };
    let sheets: Vec<&[SliceDiagnostic]> = slices.chunks(rows * COLUMNS).collect();
    let many = sheets.len() > 1;
    sheets
        .iter()
        .enumerate()
        .map(|(k, part)| {
            let slug = if many { format!("diagnostics-{}", k + 1) } else { "diagnostics".to_owned() };
            sheet(scene, part, (x, y, line), slug)
        })
        .collect()
}

fn sheet(
    scene: &Scene,
    slices: &[SliceDiagnostic],
    (x, y, line): (Scale, Scale, f64),
    slug: String,
) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let small = Text::new(style.small_pt);
    let width = (style.two_columns - 2.0 - (COLUMNS - 1) as f64 * GAP) / COLUMNS as f64;
    let height = slices.len().div_ceil(COLUMNS) as f64 * line + 4.0;
    let tables = vec![PanelTable { panel: String::new(), csv: table(slices) }];
    let all: Vec<&str> = scene.sources.findings.diagnostics.iter().map(|slice| slice.animal.as_str()).collect();
    let mut figure = scene.figure(caption(scene, slug, &x, &y), (style.two_columns, height), tables, |canvas| {
        for (k, slice) in slices.iter().enumerate() {
            let (column, row) = (k % COLUMNS, k / COLUMNS);
            let area = Rect {
                x: 1.0 + column as f64 * (width + GAP),
                y: 1.0 + row as f64 * line + 2.0 * small.line_height(),
                width,
                height: PANEL,
            };
            let mark = if slice.included { "" } else { " ×" };
            let tail = format!(" s{}{mark}", slice.slice);
            let animal = names::without_shared(&slice.animal, &all);
            let name = names::fitting(scene.fonts, small.pt, (animal, &tail), width);
            canvas.text_within(&name, area.x, area.y - small.line_height() - 0.4, width, small);
            canvas.text_within(&numbers(slice), area.x, area.y - 0.4, width, small);
            panel(canvas, scene, &Frame { area, x, y }, slice);
        }
    })?;
    figure.supplementary = true;
    Ok(figure)
}

/// Drift, variation and volley change, as far as they are known.
fn numbers(slice: &SliceDiagnostic) -> String {
    let part = |name: &str, value: f64| value.is_finite().then(|| format!("{name} {}", signed(value, 0)));
    let parts =
        [part("drift", slice.drift_percent), part("CV", slice.cv_percent), part("volley", slice.volley_percent)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn panel(canvas: &mut Canvas, scene: &Scene, frame: &Frame, slice: &SliceDiagnostic) {
    let level = frame.up(100.0);
    canvas.line((frame.area.x, level), (frame.area.right(), level), Stroke::new(GREY, 0.35));
    let zero = frame.across(0.0);
    canvas.line((zero, frame.area.bottom()), (zero, frame.area.bottom() - 1.6), Stroke::new(BLACK, 0.5));
    let dots = |canvas: &mut Canvas, percent: &[f64], open: bool| {
        let colour = if slice.included { scene.look(&slice.condition).colour } else { GREY };
        for (time, value) in slice.time_min.iter().zip(percent).filter(|(_, value)| value.is_finite()) {
            let (at, up) = frame.point(*time, *value);
            if open {
                canvas.ring(at, up, 0.3, Stroke::new(colour, 0.3));
            } else {
                canvas.disc(at, up, 0.35, colour, 1.0);
            }
        }
    };
    dots(canvas, &slice.control_percent, true);
    dots(canvas, &slice.percent, false);
}

fn caption(scene: &Scene, slug: String, x: &Scale, y: &Scale) -> Caption {
    let ((from, to), (low, high)) = (x.ends(), y.ends());
    let excluded = scene.sources.findings.diagnostics.iter().filter(|slice| !slice.included).count();
    let list = if excluded == 0 { "none".to_owned() } else { format!("{excluded}, see the exclusion log") };
    Caption {
        slug,
        title: "Quality of every slice".to_owned(),
        legend: format!(
            "{} in bins of {}, colour as the condition, % of baseline, {low} to {high} % (grey line 100 %), {} to {} min (tick: \
             induction). Filled: tetanised pathway; open: control pathway. Above each panel: drift over the baseline, \
             coefficient of variation and change of the fibre volley, %. Grey with ×: excluded. Excluded: {list}.",
            crate::numbers::capitalised_word(scene.quantity()),
            scene.sources.manifest.analysis.bin,
            signed(from, 0),
            signed(to, 0)
        ),
        alt: "One small time course for each recorded slice with its quality measures.".to_owned(),
    }
}

fn table(slices: &[SliceDiagnostic]) -> String {
    let mut csv = Csv::new(&["condition", "animal", "slice", "time_min", "percent_of_baseline", "control_percent"]);
    for slice in slices {
        for (k, time) in slice.time_min.iter().enumerate() {
            let at = |values: &[f64]| values.get(k).copied().unwrap_or(f64::NAN);
            csv.row(&[
                Cell::Text(&slice.condition),
                Cell::Text(&slice.animal),
                Cell::Count(slice.slice as usize),
                Cell::Number(*time),
                Cell::Number(at(&slice.percent)),
                Cell::Number(at(&slice.control_percent)),
            ]);
        }
    }
    csv.finish()
}
