//! Potentiation of every slice (small points) with the means of animals (large
//! points) and the mean with its interval: who varies, and on which level.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::{MOST_SINGLES, Rows, singles_left_out, swarm};
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::options::LimitedAxis;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::Group;
use std::ops::Range;

/// Slices of a group up to which they are joined with their animals; more lines hide
/// each other.
const MOST_LINKS: usize = 80;

/// Draws the figure.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let groups = &scene.sources.findings.groups;
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let inductions = scene.inductions();
    let names: Vec<&str> = scene.conditions().iter().map(|plan| plan.name.as_str()).collect();
    let n =
        scene.fonts.widest(groups.iter().map(|g| format!("{} ({})", g.n_slices, g.n_animals)), style.small_pt, false);
    let notes = n.max(scene.fonts.width("n (N)", style.small_pt, false)) + 2.0;
    let rows = Rows::new(scene, &names, inductions.len(), (notes, 10.0));
    let values = groups.iter().flat_map(|group| {
        let slices = group.slices.iter().map(|slice| slice.potentiation_percent);
        let animals = group.animals.iter().map(|animal| animal.potentiation_percent);
        slices.chain(animals).chain([group.ci.low, group.ci.high])
    });
    let (low, high) = extent(values.chain([0.0]));
    let scale = scene.limited(LimitedAxis::Outcome, Scale::roomy(low, high, 0.04));
    let ticks = scale.ticks(scene.fonts, style.tick_pt, rows.width(), 6.0, false);
    let axis = Axis::new(scene.outcome_title(), ticks);
    let parts = rows.with_axis(scene, &axis).with_headings(scene, &inductions).sheets(style.max_height);
    let draw = |(part, (rows, shown)): (usize, &(Rows, Range<usize>))| {
        let caption = sheets::caption(caption(scene), part, parts.len());
        sheet(scene, caption, rows, &names[shown.clone()], (scale, &axis))
    };
    parts.iter().enumerate().map(draw).collect()
}

/// The conditions `names` on one sheet.
fn sheet(
    scene: &Scene,
    caption: Caption,
    rows: &Rows,
    names: &[&str],
    (scale, axis): (Scale, &Axis),
) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let inductions = scene.inductions();
    let groups = |induction: &str| -> Vec<&Group> { names.iter().filter_map(|n| scene.group(induction, n)).collect() };
    let tables = inductions
        .iter()
        .enumerate()
        .map(|(k, induction)| PanelTable {
            panel: if inductions.len() > 1 { style.letter(k).to_lowercase() } else { String::new() },
            csv: table(&groups(induction)),
        })
        .collect();
    scene.figure(caption, (rows.sheet, rows.height()), tables, |canvas| {
        for (k, induction) in inductions.iter().enumerate() {
            let frame = rows.frame(k, scale);
            rows.label(canvas, scene, k, &frame);
            rows.heading(canvas, scene, k, &frame, induction);
            if scale.holds(0.0) {
                let zero = frame.across(0.0);
                canvas.dashed((zero, frame.area.y), (zero, frame.area.bottom()), (1.2, 0.9), Stroke::new(GREY, 0.6));
            }
            let small = Text::new(style.small_pt).anchor(Anchor::End);
            let edge = frame.area.right() + rows.notes - 0.5;
            canvas.text("n (N)", edge, frame.area.y - 0.6, small);
            for (row, name) in names.iter().enumerate() {
                let middle = frame.up(row as f64 + 0.5);
                if let Some(group) = scene.group(induction, name) {
                    paint(canvas, scene, &frame, group, middle, rows.row);
                }
                canvas.text(&scene.n(induction, name), edge, middle + small.capital() / 2.0, small);
            }
            axis.draw_below(canvas, style, &frame);
        }
    })
}

/// Three layers in a row, joined by thin lines: slices above, the means of their
/// animals in the middle, the mean over animals below.
fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, group: &Group, middle: f64, row: f64) {
    let look = scene.look(&group.condition);
    let across = |value: f64| frame.across(frame.x.clamp(value));
    let slices: Vec<f64> =
        group.slices.iter().take(MOST_SINGLES).map(|slice| across(slice.potentiation_percent)).collect();
    let upper = middle - 0.28 * row;
    let slice_rows = swarm(&slices, 0.45, 0.15 * row);
    let animals: Vec<f64> =
        group.animals.iter().take(MOST_SINGLES).map(|animal| across(animal.potentiation_percent)).collect();
    let centre = middle + 0.1 * row;
    let animal_rows = swarm(&animals, 0.75, 0.12 * row);
    if slices.len() <= MOST_LINKS {
        let pen = Stroke::new(look.colour, scene.style.thin_pt).faint(0.6);
        for (slice, (&x, dy)) in group.slices.iter().zip(slices.iter().zip(&slice_rows)) {
            let Some(own) = group.animals.iter().position(|animal| animal.animal == slice.animal) else { continue };
            if let (Some(&to), Some(to_dy)) = (animals.get(own), animal_rows.get(own)) {
                canvas.line((x, upper + dy), (to, centre + to_dy), pen);
            }
        }
    }
    for (&x, dy) in slices.iter().zip(&slice_rows) {
        look.draw_faint(canvas, x, upper + dy, 0.45);
    }
    for (&x, dy) in animals.iter().zip(&animal_rows) {
        look.draw(canvas, x, centre + dy, 0.75, 0.45);
    }
    if group.mean.is_finite() {
        let lower = middle + 0.38 * row;
        let pen = Stroke::new(BLACK, 1.3);
        let mean = across(group.mean);
        if group.ci.low.is_finite() && group.ci.high.is_finite() {
            canvas.line((across(group.ci.low), lower), (across(group.ci.high), lower), pen);
        }
        canvas.line((mean, lower - 0.75), (mean, lower + 0.75), Stroke::new(BLACK, 1.6));
    }
}

fn caption(scene: &Scene) -> Caption {
    let findings = &scene.sources.findings;
    let window = findings.outcome.window_min;
    let linked = findings.groups.iter().any(|group| group.slices.len() <= MOST_LINKS);
    let legend = format!(
        "Small points: {}; large points: means of {}{}; bar: mean over {} with its {} confidence interval (t).{}{} \
         {} of the {} in the outcome window ({}–{} min) against the {}; dashed: no \
         change. {}",
        scene.slices(),
        scene.animals(),
        if linked { ", joined with their slices by thin lines" } else { "" },
        scene.animals(),
        scene.level(),
        singles_left_out(scene),
        scene.limits_in_words(LimitedAxis::Outcome),
        if scene.further.is_some() { "Drawn is the change" } else { "Potentiation is the change" },
        scene.quantity(),
        window[0],
        window[1],
        scene.reference_stretch(),
        scene.n_sentence()
    );
    let means: Vec<String> = findings
        .groups
        .iter()
        .map(|group| {
            let name = scene.group_name(&group.induction, &group.condition);
            format!("{name} {}", crate::numbers::plain(group.mean, 1))
        })
        .collect();
    let what = match scene.further {
        None => "Potentiation in %".to_owned(),
        Some(_) => format!("Change of the {} ({})", scene.quantity(), findings.outcome.unit),
    };
    let alt = format!("{what} of each slice and animal per condition. Means: {}.", evidence::listed(&means));
    let title = if scene.further.is_some() { "change" } else { "Potentiation" };
    Caption { slug: "potentiation".to_owned(), title: format!("{title} of each slice and animal"), legend, alt }
}

fn table(groups: &[&Group]) -> String {
    let mut csv =
        Csv::new(&["induction", "condition", "level", "animal", "slice", "potentiation_percent", "ci_low", "ci_high"]);
    for group in groups {
        let (induction, condition) = (Cell::Text(&group.induction), Cell::Text(&group.condition));
        let none = Cell::Text("");
        for slice in &group.slices {
            csv.row(&[
                induction,
                condition,
                Cell::Text("slice"),
                Cell::Text(&slice.animal),
                Cell::Count(slice.slice as usize),
                Cell::Number(slice.potentiation_percent),
                none,
                none,
            ]);
        }
        for animal in &group.animals {
            csv.row(&[
                induction,
                condition,
                Cell::Text("animal"),
                Cell::Text(&animal.animal),
                none,
                Cell::Number(animal.potentiation_percent),
                none,
                none,
            ]);
        }
        csv.row(&[
            induction,
            condition,
            Cell::Text("mean over animals"),
            none,
            none,
            Cell::Number(group.mean),
            Cell::Number(group.ci.low),
            Cell::Number(group.ci.high),
        ]);
    }
    csv.finish()
}
