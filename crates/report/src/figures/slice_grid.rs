//! One small time course per slice, so that a reader sees every slice and not
//! only the mean; as many sheets as the slices need.

use crate::drawing::colour::{BLACK, Colour, GREY};
use crate::drawing::names;
use crate::drawing::scale::extent;
use crate::drawing::{Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::{MOST_SINGLES, singles_left_out};
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::sources::csv::{Cell, Csv};

/// Most panels side by side.
const COLUMNS: usize = 16;
/// Height of the curve in a panel, mm.
const PANEL: f64 = 8.5;
/// Room between panels, mm.
const GAP: f64 = 1.8;

/// One slice of the grid.
struct Shown<'a> {
    animal: &'a str,
    slice: u32,
    time_min: &'a [f64],
    percent: Vec<f64>,
    excluded: bool,
}

/// Slices of one group.
struct Group<'a> {
    induction: &'a str,
    condition: &'a str,
    slices: Vec<Shown<'a>>,
}

/// One group, or a part of it that fits on the sheet.
struct Block<'a> {
    group: &'a Group<'a>,
    slices: &'a [Shown<'a>],
    continued: bool,
}

/// The groups in the order of the plan: the slices that take part, then the excluded.
fn groups<'a>(scene: &Scene<'a>) -> Vec<Group<'a>> {
    let findings = &scene.sources.findings;
    let mut groups = Vec::new();
    for induction in scene.inductions() {
        for condition in scene.conditions() {
            let own = |i: &str, c: &str| i == induction && c == condition.name;
            let course = findings.time_courses.iter().find(|course| own(&course.induction, &course.condition));
            let included = course.into_iter().flat_map(|course| {
                course.slices.iter().take(MOST_SINGLES).map(|slice| Shown {
                    animal: &slice.animal,
                    slice: slice.slice,
                    time_min: &course.time_min,
                    percent: slice.percent.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
                    excluded: false,
                })
            });
            let excluded = findings.excluded_courses.iter().filter(|one| own(&one.induction, &one.condition));
            let excluded = excluded.take(MOST_SINGLES).map(|one| Shown {
                animal: &one.animal,
                slice: one.slice,
                time_min: &one.time_min,
                percent: one.percent.clone(),
                excluded: true,
            });
            let slices: Vec<Shown> = included.chain(excluded).collect();
            if !slices.is_empty() {
                groups.push(Group { induction, condition: &condition.name, slices });
            }
        }
    }
    groups
}

/// Draws the sheets.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let groups = groups(scene);
    let Some(most) = groups.iter().map(|group| group.slices.len()).max() else { return Ok(Vec::new()) };
    let small = Text::new(scene.style.small_pt);
    let line = PANEL + small.line_height() + 1.2;
    let heading = Text::new(scene.style.tick_pt).line_height() + 2.2;
    // Equal rows: 18 slices stand as 9 + 9, not as 16 + 2.
    let columns = most.div_ceil(most.div_ceil(COLUMNS)).max(8);
    let room = scene.style.max_height - 8.0;
    let mut sheets: Vec<Vec<Block>> = vec![Vec::new()];
    let mut used = 0.0;
    for group in &groups {
        let mut rest = group.slices.as_slice();
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
                sheet.push(Block { group, slices: now, continued });
            }
            used += heading + now.len().div_ceil(columns) as f64 * line;
            rest = later;
            continued = true;
        }
    }
    let slices = || groups.iter().flat_map(|group| &group.slices);
    let (low, high) = extent(slices().flat_map(|slice| slice.percent.iter().copied()).chain([80.0, 150.0]));
    let y = Scale::rounded(low.max(0.0), high, 4.0);
    let timeline = &scene.sources.manifest.timeline;
    let planned = [-timeline.baseline_min - timeline.wash_in_min, timeline.follow_up_min];
    let times = extent(slices().flat_map(|slice| slice.time_min.iter().copied()));
    let (first, last) = if times.0 < times.1 { times } else { extent(planned) };
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
            let look = scene.look(block.group.condition);
            let base = top + heading - 2.0;
            look.draw(canvas, 2.4, base - 0.9, 0.95, 0.6);
            let mut name = block.group.condition.to_owned();
            if many {
                name = format!("{} · {name}", block.group.induction);
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
                label(canvas, scene, (area.x, area.y - 0.5), slice, block.group, width + GAP - 0.6);
                curve(canvas, &Frame { area, x, y }, slice, if slice.excluded { GREY } else { look.colour });
            }
            top += block.slices.len().div_ceil(columns) as f64 * line;
        }
        scale_bar(canvas, scene, (x, y), width, top);
    })?;
    figure.supplementary = true;
    Ok(figure)
}

/// Animal and slice above a panel, the shortest that stays whole: an animal named
/// after its group is not named so again.
fn label(canvas: &mut Canvas, scene: &Scene, (x, y): (f64, f64), slice: &Shown, group: &Group, limit: f64) {
    let small = Text::new(scene.style.small_pt);
    let mark = if slice.excluded { " ×" } else { "" };
    let animal = short_animal(slice.animal, group);
    let tail = format!(" s{}{mark}", slice.slice);
    let text = names::fitting(scene.fonts, small.pt, (animal, &tail), limit);
    canvas.text_within(&text, x, y, limit, small);
}

/// The name of an animal without the names of its group, and without what all
/// animals of the group begin with, up to a border of words.
fn short_animal<'s>(animal: &'s str, group: &Group) -> &'s str {
    let own = animal.strip_suffix(group.induction).map_or(animal, str::trim_end);
    let own = own.strip_suffix(group.condition).map_or(own, str::trim_end);
    let all: Vec<&str> = group.slices.iter().map(|slice| slice.animal).collect();
    if own != animal {
        return if own.is_empty() { animal } else { own };
    }
    names::without_shared(animal, &all)
}

fn curve(canvas: &mut Canvas, frame: &Frame, slice: &Shown, colour: Colour) {
    let pale = Stroke::new(GREY, 0.35);
    let level = frame.up(100.0);
    canvas.line((frame.area.x, level), (frame.area.right(), level), pale);
    let zero = frame.across(0.0);
    canvas.line((zero, frame.area.bottom()), (zero, frame.area.bottom() - 1.2), Stroke::new(BLACK, 0.5));
    let points = slice.time_min.iter().zip(&slice.percent);
    let points: Vec<(f64, f64)> = points
        .map(|(&t, &value)| if value.is_finite() { frame.point(t, value) } else { (f64::NAN, f64::NAN) })
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
    let excluded = scene.sources.findings.excluded_courses.len();
    let excluded = if excluded > 0 { " and, last in its group, in grey with ×, each excluded one" } else { "" };
    Caption {
        slug,
        title: format!("Every slice{part}"),
        legend: format!(
            "{} of each of the {} that take part{excluded}, in bins of {}, % of baseline; all panels from {low} to \
             {high} %. Label: animal and slice.{}",
            crate::numbers::capitalised_word(scene.quantity()),
            scene.slices(),
            scene.sources.manifest.analysis.bin,
            singles_left_out(scene)
        ),
        alt: format!("Small time courses of the {}, one per slice, grouped by condition.", scene.quantity()),
    }
}

fn table(blocks: &[Block]) -> String {
    let mut csv =
        Csv::new(&["induction", "condition", "animal", "slice", "included", "time_min", "percent_of_baseline"]);
    for block in blocks {
        for slice in block.slices {
            for (&time, &value) in slice.time_min.iter().zip(&slice.percent) {
                csv.row(&[
                    Cell::Text(block.group.induction),
                    Cell::Text(block.group.condition),
                    Cell::Text(slice.animal),
                    Cell::Count(slice.slice as usize),
                    Cell::Text(if slice.excluded { "false" } else { "true" }),
                    Cell::Number(time),
                    Cell::Number(value),
                ]);
            }
        }
    }
    csv.finish()
}
