//! Estimation plot: the difference of each condition from its reference with the
//! interval of the primary contrast and the distribution of its estimate, before any
//! p value. It is the contrast of text and table: estimate, interval and p are one.

use crate::drawing::colour::{BLACK, GREY, PALE};
use crate::drawing::scale::extent;
use crate::drawing::{Axis, Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::Rows;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::numbers;
use crate::options::LimitedAxis;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::{Contrast, Estimation};
use std::ops::Range;

/// Draws the figure.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let estimates = &scene.sources.findings.estimation;
    if estimates.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let inductions: Vec<&str> = scene
        .inductions()
        .into_iter()
        .filter(|induction| estimates.iter().any(|estimate| estimate.induction == *induction))
        .collect();
    let names: Vec<&str> = scene
        .conditions()
        .iter()
        .map(|plan| plan.name.as_str())
        .filter(|name| estimates.iter().any(|estimate| estimate.condition == *name))
        .collect();
    let notes = scene.fonts.widest(estimates.iter().map(note), style.small_pt, false) + 2.5;
    let rows = Rows::new(scene, &names, inductions.len(), (notes, 8.2));
    let scale = scene.limited(LimitedAxis::Difference, differences(estimates));
    let ticks = scale.ticks(scene.fonts, style.tick_pt, rows.width(), 5.0, false);
    let axis = Axis::new(format!("Difference from {} (percentage points)", scene.reference()), ticks);
    let parts = rows.with_axis(scene, &axis).with_headings(scene, &inductions).sheets(style.max_height);
    let draw = |(part, (rows, shown)): (usize, &(Rows, Range<usize>))| {
        let caption = sheets::caption(caption(scene), part, parts.len());
        sheet(scene, caption, rows, (&inductions, &names[shown.clone()]), (scale, &axis))
    };
    parts.iter().enumerate().map(draw).collect()
}

/// The conditions `names` under the protocols `inductions` on one sheet.
fn sheet(
    scene: &Scene,
    caption: Caption,
    rows: &Rows,
    (inductions, names): (&[&str], &[&str]),
    (scale, axis): (Scale, &Axis),
) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let estimates = &scene.sources.findings.estimation;
    let own = |induction: &str| -> Vec<&Estimation> {
        let shown = |e: &&Estimation| e.induction == induction && names.contains(&e.condition.as_str());
        estimates.iter().filter(shown).collect()
    };
    let tables = inductions
        .iter()
        .enumerate()
        .map(|(k, induction)| PanelTable {
            panel: if inductions.len() > 1 { style.letter(k).to_lowercase() } else { String::new() },
            csv: table(&own(induction)),
        })
        .collect();
    scene.figure(caption, (rows.sheet, rows.height()), tables, |canvas| {
        for (k, induction) in inductions.iter().enumerate() {
            let frame = rows.frame(k, scale);
            rows.label(canvas, scene, k, &frame);
            rows.heading(canvas, scene, k, &frame, induction);
            if let Some(bound) = scene.sources.manifest.statistics.equivalence_percent {
                let (left, right) = (frame.across(scale.clamp(-bound)), frame.across(scale.clamp(bound)));
                let band = Rect { x: left, y: frame.area.y, width: right - left, height: frame.area.height };
                canvas.fill(band, PALE, 0.8);
            }
            if scale.holds(0.0) {
                let zero = frame.across(0.0);
                canvas.line((zero, frame.area.y), (zero, frame.area.bottom()), Stroke::new(GREY, 0.6));
            }
            for (row, name) in names.iter().enumerate() {
                if let Some(estimate) = own(induction).into_iter().find(|e| e.condition == *name) {
                    let middle = frame.up(row as f64 + 0.5);
                    paint(canvas, scene, &frame, estimate, middle, rows.row);
                    numbers_beside(canvas, scene, &frame, estimate, middle);
                }
            }
            axis.draw_below(canvas, style, &frame);
        }
    })
}

/// Scale of the differences; the tails of the densities are cut where
/// they no longer show.
fn differences(estimates: &[Estimation]) -> Scale {
    let values = estimates.iter().flat_map(|estimate| {
        let peak = estimate.density.iter().copied().fold(0.0, f64::max);
        let seen = estimate.at.iter().zip(&estimate.density).filter(move |(_, d)| **d > 0.01 * peak);
        seen.map(|(at, _)| *at).chain([estimate.ci.low, estimate.ci.high, estimate.difference]).collect::<Vec<_>>()
    });
    let (low, high) = extent(values.chain([0.0]));
    Scale::roomy(low, high, 0.04)
}

fn note(estimate: &Estimation) -> String {
    format!("{} {}", numbers::difference(estimate.difference, 1), numbers::brackets(estimate.ci, 1))
}

/// Estimate with interval, and below it the p-value of the primary contrast.
fn numbers_beside(canvas: &mut Canvas, scene: &Scene, frame: &Frame, estimate: &Estimation, middle: f64) {
    let look = Text::new(scene.style.small_pt);
    let x = frame.area.right() + 2.0;
    let contrast = scene.contrast(&estimate.induction, &estimate.condition);
    let upper = if contrast.is_some() { middle - 0.35 } else { middle + look.capital() / 2.0 };
    canvas.text(&note(estimate), x, upper, look);
    if let Some(contrast) = contrast {
        canvas.text(&numbers::p_value(contrast.p_adjusted), x, upper + look.line_height(), look);
    }
}

fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, estimate: &Estimation, middle: f64, row: f64) {
    let look = scene.look(&estimate.condition);
    let base = middle + 0.2 * row;
    let peak = estimate.density.iter().copied().fold(0.0, f64::max);
    if peak > 0.0 {
        let (low, high) = frame.x.ends();
        let mut outline: Vec<(f64, f64)> = Vec::with_capacity(estimate.at.len() + 2);
        let inside = estimate.at.iter().zip(&estimate.density).filter(|(at, _)| **at >= low && **at <= high);
        for (&at, &density) in inside {
            outline.push((frame.across(at), base - 0.62 * row * density / peak));
        }
        if let (Some(&first), Some(&last)) = (outline.first(), outline.last()) {
            outline.insert(0, (first.0, base));
            outline.push((last.0, base));
        }
        canvas.polygon(&outline, look.colour, 0.35);
    }
    let pen = Stroke::new(BLACK, 1.2);
    let across = |value: f64| frame.across(frame.x.clamp(value));
    canvas.line((across(estimate.ci.low), base), (across(estimate.ci.high), base), pen);
    look.draw(canvas, across(estimate.difference), base, 0.95, 0.5);
}

fn caption(scene: &Scene) -> Caption {
    let findings = &scene.sources.findings;
    let band = scene.sources.manifest.statistics.equivalence_percent.map_or_else(String::new, |bound| {
        format!(" Grey band: planned bounds of practical equivalence, ±{bound} percentage points.")
    });
    let first = findings.contrasts.first();
    let interval = first.map(|c| interval_name(scene, c, findings.contrasts.len() > 1)).unwrap_or_default();
    let p = first.map_or_else(String::new, |contrast| {
        let adjusted = match contrast.adjust.as_str() {
            "none" => ", not adjusted".to_owned(),
            _ if findings.contrasts.len() == 1 => String::new(),
            other => format!(", adjusted by {}", numbers::capitalised(other)),
        };
        format!(" p: two-sided{adjusted}. Model: {}.", contrast.model)
    });
    let shapes = if findings.estimation.iter().any(|e| !e.at.is_empty()) {
        " and the t distribution of the estimate (shape)"
    } else {
        ""
    };
    let none = if findings.estimation.iter().any(|e| e.at.is_empty()) {
        " No shape is drawn where a group has two animals only."
    } else {
        ""
    };
    let legend = format!(
        "Difference of potentiation from {} (symbol) with its {interval} (line){shapes}.{none}{band}{p}{} {}",
        scene.reference(),
        scene.limits_in_words(LimitedAxis::Difference),
        scene.n_sentence()
    );
    let list: Vec<String> = findings
        .estimation
        .iter()
        .map(|e| format!("{} {}", scene.group_name(&e.induction, &e.condition), note(e)))
        .collect();
    let alt = format!("Differences from {} in percentage points: {}.", scene.reference(), list.join("; "));
    Caption { slug: "estimation".to_owned(), title: "Differences from the reference".to_owned(), legend, alt }
}

/// What the interval is called; of Holm's steps each has a level of its own.
fn interval_name(scene: &Scene, contrast: &Contrast, several: bool) -> String {
    match contrast.adjust.as_str() {
        "holm" if several => "confidence interval at the level of its step of Holm's method".to_owned(),
        _ if contrast.ci_name.is_empty() => format!("{} CI", scene.level()),
        _ => contrast.ci_name.clone(),
    }
}

fn table(estimates: &[&Estimation]) -> String {
    let mut csv =
        Csv::new(&["induction", "condition", "reference", "difference", "ci_low", "ci_high", "at", "density"]);
    for estimate in estimates {
        // One row without a shape where there is none.
        let none = estimate.at.is_empty().then_some((f64::NAN, f64::NAN));
        let shape = estimate.at.iter().copied().zip(estimate.density.iter().copied());
        for (at, density) in none.into_iter().chain(shape) {
            csv.row(&[
                Cell::Text(&estimate.induction),
                Cell::Text(&estimate.condition),
                Cell::Text(&estimate.reference),
                Cell::Number(estimate.difference),
                Cell::Number(estimate.ci.low),
                Cell::Number(estimate.ci.high),
                Cell::Number(at),
                Cell::Number(density),
            ]);
        }
    }
    csv.finish()
}
