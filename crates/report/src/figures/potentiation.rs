//! Potentiation of every slice (small points) with the means of animals (large
//! points) and the mean with its interval: who varies, and on which level.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::{MOST_SINGLES, Rows, singles_left_out, swarm};
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::sources::csv::{Cell, Csv};
use analysis::findings::Group;

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
    let room = 0.04 * (high - low);
    let scale = Scale::Linear { low: low - room, high: high + room };
    let ticks = scale.ticks(scene.fonts, style.tick_pt, rows.width(), 6.0, false);
    let axis = Axis::new(scene.outcome_title(), ticks);
    let rows = rows.with_axis(scene, &axis);
    let tables = inductions
        .iter()
        .enumerate()
        .map(|(k, induction)| PanelTable {
            panel: if inductions.len() > 1 { style.letter(k).to_lowercase() } else { String::new() },
            csv: table(groups.iter().filter(|group| group.induction == *induction)),
        })
        .collect();
    let figure = scene.figure(caption(scene), (rows.sheet, rows.height()), tables, |canvas| {
        for (k, induction) in inductions.iter().enumerate() {
            let frame = rows.frame(k, scale);
            rows.label(canvas, scene, k, &frame);
            rows.heading(canvas, scene, k, &frame, induction);
            let zero = frame.across(0.0);
            canvas.dashed((zero, frame.area.y), (zero, frame.area.bottom()), (1.2, 0.9), Stroke::new(GREY, 0.6));
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
    })?;
    Ok(vec![figure])
}

/// Three layers in a row: slices above, animal means in the middle, the mean below.
fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, group: &Group, middle: f64, row: f64) {
    let look = scene.look(&group.condition);
    let slices: Vec<f64> =
        group.slices.iter().take(MOST_SINGLES).map(|slice| frame.across(slice.potentiation_percent)).collect();
    let upper = middle - 0.26 * row;
    for (&x, dy) in slices.iter().zip(swarm(&slices, 0.45, 0.17 * row)) {
        look.draw_faint(canvas, x, upper + dy, 0.45);
    }
    let animals: Vec<f64> =
        group.animals.iter().take(MOST_SINGLES).map(|animal| frame.across(animal.potentiation_percent)).collect();
    let centre = middle + 0.1 * row;
    for (&x, dy) in animals.iter().zip(swarm(&animals, 0.75, 0.12 * row)) {
        look.draw(canvas, x, centre + dy, 0.75, 0.45);
    }
    if group.mean.is_finite() {
        let lower = middle + 0.38 * row;
        let pen = Stroke::new(BLACK, 1.3);
        let mean = frame.across(group.mean);
        if group.ci.low.is_finite() && group.ci.high.is_finite() {
            canvas.line((frame.across(group.ci.low), lower), (frame.across(group.ci.high), lower), pen);
        }
        canvas.line((mean, lower - 0.75), (mean, lower + 0.75), Stroke::new(BLACK, 1.6));
    }
}

fn caption(scene: &Scene) -> Caption {
    let findings = &scene.sources.findings;
    let window = findings.outcome.window_min;
    let legend = format!(
        "Small points: {}; large points: means of {}; bar: mean over {} with its {} confidence interval (t).{} \
         Potentiation is the change of the {} in the outcome window ({}–{} min) against the {} before \
         induction; dashed: no change. {}",
        scene.slices(),
        scene.animals(),
        scene.animals(),
        scene.level(),
        singles_left_out(scene),
        scene.quantity(),
        window[0],
        window[1],
        scene.sources.manifest.analysis.reference_window,
        scene.n_sentence()
    );
    let means: Vec<String> = findings
        .groups
        .iter()
        .map(|group| format!("{} {}", group.condition, crate::numbers::plain(group.mean, 1)))
        .collect();
    let alt = format!("Potentiation in % of each slice and animal per condition. Means: {}.", means.join(", "));
    Caption { slug: "potentiation".to_owned(), title: "Potentiation of each slice and animal".to_owned(), legend, alt }
}

fn table<'g>(groups: impl Iterator<Item = &'g Group>) -> String {
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
