//! One small time course per slice, so that a reader sees every slice and not
//! only the mean; as many sheets as the slices need.

use crate::drawing::colour::{BLACK, Colour, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::{MOST_SINGLES, singles_left_out};
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::sources::csv::{Cell, Csv};
use analysis::findings::{SliceCourse, TimeCourse};

/// Most panels side by side.
const COLUMNS: usize = 16;
/// Height of the curve in a panel, mm.
const PANEL: f64 = 8.5;
/// Room between panels, mm.
const GAP: f64 = 1.8;

/// One group, or a part of it that fits on the sheet.
struct Block<'a> {
    course: &'a TimeCourse,
    slices: &'a [SliceCourse],
    continued: bool,
}

/// Draws the sheets.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let courses = &scene.sources.findings.time_courses;
    if courses.iter().all(|course| course.slices.is_empty()) {
        return Ok(Vec::new());
    }
    let small = Text::new(scene.style.small_pt);
    let line = PANEL + small.line_height() + 1.2;
    let heading = Text::new(scene.style.tick_pt).line_height() + 2.2;
    // Equal rows: 18 slices stand as 9 + 9, not as 16 + 2.
    let most = courses.iter().map(|course| course.slices.len()).max().unwrap_or(1);
    let columns = most.div_ceil(most.div_ceil(COLUMNS)).max(8);
    let room = scene.style.max_height - 8.0;
    let mut sheets: Vec<Vec<Block>> = vec![Vec::new()];
    let mut used = 0.0;
    for course in courses {
        let mut rest = &course.slices[..course.slices.len().min(MOST_SINGLES)];
        let mut continued = false;
        while !rest.is_empty() {
            let lines = ((room - used - heading) / line).floor().max(0.0) as usize;
            // A heading with a single line of many at the foot of a sheet is no use.
            if lines == 0 || (lines == 1 && rest.len() > columns && used > 0.0) {
                sheets.push(Vec::new());
                used = 0.0;
                continue;
            }
            let (now, later) = rest.split_at(rest.len().min(lines * columns));
            if let Some(sheet) = sheets.last_mut() {
                sheet.push(Block { course, slices: now, continued });
            }
            used += heading + now.len().div_ceil(columns) as f64 * line;
            rest = later;
            continued = true;
        }
    }
    let values = courses.iter().flat_map(|c| &c.slices).flat_map(|s| s.percent.iter().flatten().copied());
    let (low, high) = extent(values.chain([80.0, 150.0]));
    let y = Scale::rounded(low.max(0.0), high, 4.0);
    let (first, last) = extent(courses.iter().flat_map(|course| course.time_min.iter().copied()));
    let x = Scale::Linear { low: first, high: last };
    let many = sheets.len() > 1;
    sheets
        .iter()
        .enumerate()
        .map(|(k, blocks)| {
            let slug = if many { format!("slices-{}", k + 1) } else { "slices".to_owned() };
            sheet(
                scene,
                blocks,
                (x, y, columns),
                slug,
                if many { format!(" (sheet {})", k + 1) } else { String::new() },
            )
        })
        .collect()
}

fn sheet(
    scene: &Scene,
    blocks: &[Block],
    (x, y, columns): (Scale, Scale, usize),
    slug: String,
    part: String,
) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let small = Text::new(style.small_pt);
    let line = PANEL + small.line_height() + 1.2;
    let heading = Text::new(style.tick_pt).line_height() + 2.2;
    let lines: usize = blocks.iter().map(|block| block.slices.len().div_ceil(columns)).sum();
    let height = blocks.len() as f64 * heading + lines as f64 * line + 7.0;
    let width = (style.two_columns - 2.0 - (columns - 1) as f64 * GAP) / columns as f64;
    let many = scene.inductions().len() > 1;
    let tables = vec![PanelTable { panel: String::new(), csv: table(blocks) }];
    let mut figure = scene.figure(caption(scene, slug, &part, &y), (style.two_columns, height), tables, |canvas| {
        let mut top = 0.0;
        for block in blocks {
            let look = scene.look(&block.course.condition);
            let base = top + heading - 2.0;
            look.draw(canvas, 2.4, base - 0.9, 0.95, 0.6);
            let mut name = block.course.condition.clone();
            if many {
                name = format!("{} · {name}", block.course.induction);
            }
            if block.continued {
                name.push_str(" (continued)");
            }
            canvas.text(&name, 4.6, base, Text::new(style.tick_pt).bold());
            top += heading;
            for (k, slice) in block.slices.iter().enumerate() {
                let (column, row) = (k % columns, k / columns);
                let area = Rect {
                    x: 1.0 + column as f64 * (width + GAP),
                    y: top + row as f64 * line + small.line_height(),
                    width,
                    height: PANEL,
                };
                let excluded = scene.sources.findings.exclusions.iter().any(|exclusion| {
                    exclusion.induction == block.course.induction
                        && exclusion.condition == block.course.condition
                        && exclusion.animal == slice.animal
                        && exclusion.slice == slice.slice
                });
                let label = format!("{} s{}{}", slice.animal, slice.slice, if excluded { " ×" } else { "" });
                canvas.text_within(&label, area.x, area.y - 0.5, width + GAP - 0.6, small);
                let colour = if excluded { GREY } else { look.colour };
                curve(canvas, &Frame { area, x, y }, &block.course.time_min, slice, colour);
            }
            top += block.slices.len().div_ceil(columns) as f64 * line;
        }
        scale_bar(canvas, scene, (x, y), width, top);
    })?;
    figure.supplementary = true;
    Ok(figure)
}

fn curve(canvas: &mut Canvas, frame: &Frame, time: &[f64], slice: &SliceCourse, colour: Colour) {
    let pale = Stroke::new(GREY, 0.35);
    let level = frame.up(100.0);
    canvas.line((frame.area.x, level), (frame.area.right(), level), pale);
    let zero = frame.across(0.0);
    canvas.line((zero, frame.area.bottom()), (zero, frame.area.bottom() - 1.2), Stroke::new(BLACK, 0.5));
    let points: Vec<(f64, f64)> = time
        .iter()
        .zip(&slice.percent)
        .map(|(&t, value)| value.map_or((f64::NAN, f64::NAN), |value| frame.point(t, value)))
        .collect();
    canvas.path(&points, Stroke::new(colour, 0.7));
}

/// One pair of scale bars for all panels, which share their axes.
fn scale_bar(canvas: &mut Canvas, scene: &Scene, (x, y): (Scale, Scale), width: f64, top: f64) {
    let small = Text::new(scene.style.small_pt);
    let frame = Frame { area: Rect { x: 1.0, y: top, width, height: PANEL }, x, y };
    let (low, high) = y.ends();
    let percent = crate::drawing::scale::round_step((high - low) / 5.0);
    let (from, to) = x.ends();
    let minutes = crate::drawing::scale::round_step((to - from) / 5.0);
    let right = frame.across(from + minutes);
    let rise = frame.up(low) - frame.up(low + percent);
    let foot = top + 5.2;
    let pen = Stroke::new(BLACK, 1.0);
    canvas.path(&[(1.0, foot - rise), (1.0, foot), (right, foot)], pen);
    let text =
        format!("vertical {percent} % of baseline, horizontal {minutes} min; grey line 100 %, tick at induction");
    canvas.text(&text, right + 2.0, foot, small);
}

fn caption(scene: &Scene, slug: String, part: &str, y: &Scale) -> Caption {
    let (low, high) = y.ends();
    Caption {
        slug,
        title: format!("Every slice{part}"),
        legend: format!(
            "{} of each of the {} in bins of {}, % of baseline; all panels from {low} to {high} %. \
             Label: animal and slice; × and grey: excluded.{}",
            crate::numbers::capitalised_word(scene.quantity()),
            scene.slices(),
            scene.sources.manifest.analysis.bin,
            singles_left_out(scene)
        ),
        alt: format!("Small time courses of the {}, one per slice, grouped by condition.", scene.quantity()),
    }
}

fn table(blocks: &[Block]) -> String {
    let mut csv = Csv::new(&["induction", "condition", "animal", "slice", "time_min", "percent_of_baseline"]);
    for block in blocks {
        for slice in block.slices {
            for (&time, value) in block.course.time_min.iter().zip(&slice.percent) {
                csv.row(&[
                    Cell::Text(&block.course.induction),
                    Cell::Text(&block.course.condition),
                    Cell::Text(&slice.animal),
                    Cell::Count(slice.slice as usize),
                    Cell::Number(time),
                    Cell::Number(value.unwrap_or(f64::NAN)),
                ]);
            }
        }
    }
    csv.finish()
}
