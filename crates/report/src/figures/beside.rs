//! Simulated and recorded slices in one figure: the time courses of groups that
//! belong together, and the potentiation of all. Whoever looks must never mistake
//! one for the other: recorded means are filled black discs, simulated means a
//! coloured line with a band.

use crate::drawing::colour::{BLACK, GREY, hue};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Appearance, Axis, Canvas, Filling, Frame, Grid, Marker, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::{MOST_SINGLES, Rows, swarm};
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::figures::time_course::key::Key;
use crate::sources::beside::Beside;
use crate::sources::csv::{Cell, Csv};
use crate::sources::pairs::{Pair, Side};
use analysis::findings::{Group, TimeCourse};
use std::ops::Range;

/// Height of a panel, mm.
const PANEL: f64 = 46.0;
/// Heading above the frame of its panel, mm.
const LIFT: f64 = 2.0;

/// Draws both figures if another results folder was given.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let Some(beside) = &scene.sources.beside else { return Ok(Vec::new()) };
    let pairs = beside.pairs(scene.sources);
    let mut figures = Vec::new();
    figures.extend(courses(scene, beside, &pairs)?);
    figures.extend(potentiation(scene, beside, &pairs)?);
    Ok(figures)
}

/// How one side looks: recorded black and filled, simulated coloured and open.
fn look(side: &Side) -> Appearance {
    let (colour, filling) = if side.simulated { (hue(0), Filling::Open) } else { (BLACK, Filling::Full) };
    Appearance { colour, marker: if side.second { Marker::Square } else { Marker::Circle }, filling }
}

fn time_courses(scene: &Scene, beside: &Beside, pairs: &[Pair]) -> Vec<(String, [Option<TimeCourse>; 2])> {
    let find = |courses: &[TimeCourse], group: Option<&Group>| {
        let group = group?;
        courses.iter().find(|c| c.induction == group.induction && c.condition == group.condition).cloned()
    };
    let both = pairs.iter().filter(|pair| pair.own.is_some() && pair.other.is_some());
    let of = |pair: &Pair| {
        let own = find(&scene.sources.findings.time_courses, pair.own);
        (pair.name.clone(), [own, find(&beside.findings.time_courses, pair.other)])
    };
    both.map(of).filter(|(_, courses)| courses.iter().all(Option::is_some)).collect()
}

fn courses(scene: &Scene, beside: &Beside, pairs: &[Pair]) -> Result<Vec<Figure>, ReportError> {
    let panels = time_courses(scene, beside, pairs);
    if panels.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let sides = beside.sides(scene.sources);
    let (x, y) = course_scales(&panels);
    let columns = panels.len().min(2);
    let sheet = if columns > 1 { style.two_columns } else { style.one_column };
    let pt = style.tick_pt;
    let vertical = Axis::new(scene.course_title(), y.ticks(scene.fonts, pt, PANEL, 5.0, true));
    let entries: Vec<(Appearance, String)> = sides.iter().map(|side| (look(side), side.label.clone())).collect();
    let key = Key::new(scene, &entries, sheet - 8.0);
    let mut grid = Grid {
        sheet,
        columns,
        rows: panels.len().div_ceil(columns),
        left: vertical.width(scene.fonts, style, PANEL) + 1.0,
        right: 2.2,
        top: 0.0,
        bottom: 0.0,
        across: 7.0,
        between: 0.0,
        panel: PANEL,
    };
    let head = Text::new(pt).bold();
    let names = |name: &str| scene.fonts.wrap(name, pt, true, grid.width() - 2.0);
    let lines = panels.iter().map(|(name, _)| names(name).len()).max().unwrap_or(1) as f64;
    // Clear of the label of the uppermost tick.
    let heading = lines * head.line_height().max(Text::new(style.letter_pt).line_height()) + LIFT;
    let horizontal = Axis::new("", x.ticks(scene.fonts, pt, grid.width(), 6.0, false));
    let title = Text::new(style.label_pt).anchor(Anchor::Middle);
    let foot = horizontal.height(scene.fonts, style, grid.width());
    let wrapped: Vec<Vec<String>> = panels.iter().map(|(name, _)| names(name)).collect();
    grid.top = key.height() + 1.2 + heading;
    grid.bottom = foot + title.line_height() + 1.6;
    grid.between = 6.0 + heading + foot;
    let places = Vec::from_iter(0..panels.len());
    let parts = sheets::parts(&places, columns * grid.rows_within(style.max_height), columns);
    let draw = |(part, shown): (usize, &&[usize])| {
        let grid = Grid { rows: shown.len().div_ceil(columns), ..grid };
        let letter = |k: usize| if panels.len() > 1 { style.letter(k) } else { String::new() };
        let tables = panel_tables(&panels, shown, &sides, &letter);
        let caption = sheets::caption(course_caption(scene, beside, pairs, &sides), part, parts.len());
        scene.figure(caption, (sheet, grid.height()), tables, |canvas| {
            key.draw(canvas, scene, 6.0, 1.0);
            let at = ((grid.left + sheet - grid.right) / 2.0, grid.height() - 1.1);
            canvas.text("Time after induction (min)", at.0, at.1, title);
            for (k, &place) in shown.iter().enumerate() {
                let frame = Frame { area: grid.cell(k % columns, k / columns), x, y };
                paint_courses(canvas, scene, &frame, &panels[place].1, &sides);
                horizontal.draw_below(canvas, style, &frame);
                if k % columns == 0 { vertical.clone() } else { vertical.bare() }.draw_left(canvas, style, &frame);
                course_heading(canvas, scene, &frame, &wrapped[place], &letter(k));
            }
        })
    };
    parts.iter().enumerate().map(draw).collect()
}

/// Source data of the panels `shown`.
fn panel_tables(
    panels: &[(String, [Option<TimeCourse>; 2])],
    shown: &[usize],
    sides: &[Side; 2],
    letter: &dyn Fn(usize) -> String,
) -> Vec<PanelTable> {
    let table = |(k, &place): (usize, &usize)| PanelTable {
        panel: letter(k).to_lowercase(),
        csv: course_table(&panels[place], sides),
    };
    shown.iter().enumerate().map(table).collect()
}

/// Name of the groups and panel letter above a panel.
fn course_heading(canvas: &mut Canvas, scene: &Scene, frame: &Frame, lines: &[String], letter: &str) {
    let head = Text::new(scene.style.tick_pt).bold();
    let first = frame.area.y - LIFT - (lines.len() - 1) as f64 * head.line_height();
    canvas.lines(lines, frame.area.x + 1.0, first, head);
    canvas.text(letter, frame.area.x - 4.2, first, Text::new(scene.style.letter_pt).bold());
}

/// Scales of time and height that all panels share.
fn course_scales(panels: &[(String, [Option<TimeCourse>; 2])]) -> (Scale, Scale) {
    let all = || panels.iter().flat_map(|(_, courses)| courses.iter().flatten());
    let heights = all().flat_map(|c| c.mean.iter().zip(&c.sem).flat_map(|(m, s)| [m - s, m + s, *m]));
    let (low, high) = extent(heights.filter(|v| v.is_finite()).chain([90.0, 130.0]));
    let y = Scale::rounded((low - 0.05 * (high - low)).max(0.0), high, 5.0);
    let (first, last) = extent(all().flat_map(|c| c.time_min.iter().copied()));
    (Scale::Linear { low: first, high: last }, y)
}

/// The courses of both sides over the levels of baseline and induction.
fn paint_courses(
    canvas: &mut Canvas,
    scene: &Scene,
    frame: &Frame,
    courses: &[Option<TimeCourse>; 2],
    sides: &[Side; 2],
) {
    let level = frame.up(100.0);
    let grey = Stroke::new(GREY, 0.6);
    canvas.dashed((frame.area.x, level), (frame.area.right(), level), (1.2, 0.9), grey);
    let zero = frame.across(0.0);
    canvas.dashed((zero, frame.area.y), (zero, frame.area.bottom()), (0.6, 0.9), grey);
    for (course, side) in courses.iter().flatten().zip(sides) {
        paint_course(canvas, scene, frame, course, side);
    }
}

/// A band and a line for simulated slices, discs with bars for recorded ones.
fn paint_course(canvas: &mut Canvas, scene: &Scene, frame: &Frame, course: &TimeCourse, side: &Side) {
    let look = look(side);
    let points: Vec<(f64, f64, f64)> = course
        .time_min
        .iter()
        .zip(course.mean.iter().zip(&course.sem))
        .map(|(t, (mean, sem))| (*t, *mean, if sem.is_finite() { *sem } else { 0.0 }))
        .filter(|(_, mean, _)| mean.is_finite())
        .collect();
    if !side.simulated {
        for &(t, mean, sem) in &points {
            let pen = Stroke::new(look.colour, 0.5);
            canvas.line(frame.point(t, mean - sem), frame.point(t, mean + sem), pen);
            let (x, y) = frame.point(t, mean);
            look.draw(canvas, x, y, 0.6, 0.2);
        }
        return;
    }
    let (before, after): (Vec<_>, Vec<_>) = points.into_iter().partition(|(t, _, _)| *t < 0.0);
    for part in [before, after] {
        let upper = part.iter().map(|&(t, mean, sem)| frame.point(t, mean + sem));
        let lower = part.iter().rev().map(|&(t, mean, sem)| frame.point(t, mean - sem));
        let band: Vec<(f64, f64)> = upper.chain(lower).collect();
        if band.len() > 2 {
            canvas.polygon(&band, look.colour, 0.22);
        }
        let line: Vec<(f64, f64)> = part.iter().map(|&(t, mean, _)| frame.point(t, mean)).collect();
        canvas.path(&line, Stroke::new(look.colour, scene.style.line_pt.max(1.0)));
    }
}

fn course_caption(scene: &Scene, beside: &Beside, pairs: &[Pair], sides: &[Side; 2]) -> Caption {
    let legend = format!(
        "Discs and bars: recorded slices; line and band: simulated slices; mean ± SEM over animals, in bins of {} and \
         {}. {} Time 0: induction; 100 % (dashed): mean in the reference window. The simulated slices are predictions \
         of a model, not data from animals.{}",
        scene.sources.manifest.analysis.bin,
        beside.manifest.analysis.bin,
        n_sentence(pairs, sides),
        alone(pairs, sides)
    );
    let drawn = pairs.iter().filter(|pair| pair.own.is_some() && pair.other.is_some());
    let names: Vec<&str> = drawn.map(|pair| pair.name.as_str()).collect();
    Caption {
        slug: "beside-time-course".to_owned(),
        title: "Simulated beside recorded: time course".to_owned(),
        legend,
        alt: format!(
            "Simulated and recorded time courses of the {} for {}.",
            scene.quantity(),
            evidence::listed(&names)
        ),
    }
}

/// Slices and animals of both sides.
fn n_sentence(pairs: &[Pair], sides: &[Side; 2]) -> String {
    let count = |group: Option<&Group>| group.map_or("–".to_owned(), |g| format!("{} ({})", g.n_slices, g.n_animals));
    let list: Vec<String> =
        pairs.iter().map(|pair| format!("{} {} / {}", pair.name, count(pair.own), count(pair.other))).collect();
    format!("n = slices (N = animals), {} / {}: {}.", sides[0].label, sides[1].label, list.join("; "))
}

/// Conditions that only one side has.
fn alone(pairs: &[Pair], sides: &[Side; 2]) -> String {
    let of = |own: bool| {
        let only = pairs.iter().filter(|pair| if own { pair.other.is_none() } else { pair.own.is_none() });
        evidence::listed(&only.map(|pair| pair.name.as_str()).collect::<Vec<_>>())
    };
    let sentence = |names: String, label: &str| {
        if names.is_empty() { String::new() } else { format!(" Only {label}: {names}.") }
    };
    sentence(of(true), &sides[0].label) + &sentence(of(false), &sides[1].label)
}

fn course_table((name, courses): &(String, [Option<TimeCourse>; 2]), sides: &[Side; 2]) -> String {
    let mut csv = Csv::new(&["group", "side", "condition", "time_min", "percent_of_baseline", "sem", "n_animals"]);
    for (course, side) in courses.iter().flatten().zip(sides) {
        for (k, &time) in course.time_min.iter().enumerate() {
            let number = |values: &[f64]| Cell::Number(values.get(k).copied().unwrap_or(f64::NAN));
            csv.row(&[
                Cell::Text(name),
                Cell::Text(&side.label),
                Cell::Text(&course.condition),
                Cell::Number(time),
                number(&course.mean),
                number(&course.sem),
                Cell::Count(course.n_animals.get(k).copied().unwrap_or(0)),
            ]);
        }
    }
    csv.finish()
}

fn potentiation(scene: &Scene, beside: &Beside, pairs: &[Pair]) -> Result<Vec<Figure>, ReportError> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let sides = beside.sides(scene.sources);
    let names: Vec<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
    let count = |group: Option<&Group>| group.map_or("–".to_owned(), |g| g.n_animals.to_string());
    let notes = scene.fonts.width("N = 000", style.small_pt, false) + 2.0;
    let rows = Rows::new(scene, &names, 1, (notes, 11.0));
    let groups = || pairs.iter().flat_map(|pair| [pair.own, pair.other]).flatten();
    let values = groups().flat_map(|group| {
        let slices = group.slices.iter().map(|slice| slice.potentiation_percent);
        slices.chain([group.ci.low, group.ci.high, group.mean])
    });
    let (low, high) = extent(values.filter(|v| v.is_finite()).chain([0.0]));
    let scale = Scale::roomy(low, high, 0.04);
    let ticks = scale.ticks(scene.fonts, style.tick_pt, rows.width(), 6.0, false);
    let axis = Axis::new(scene.outcome_title(), ticks);
    let mut rows = rows.with_axis(scene, &axis);
    let entries: Vec<(Appearance, String)> = sides.iter().map(|side| (look(side), side.label.clone())).collect();
    let key = Key::new(scene, &entries, rows.sheet - 8.0);
    rows.head += key.height();
    let parts = rows.sheets(style.max_height);
    let draw = |(part, (rows, shown)): (usize, &(Rows, Range<usize>))| {
        let pairs = &pairs[shown.clone()];
        let tables = vec![PanelTable { panel: String::new(), csv: potentiation_table(pairs, &sides) }];
        let caption = sheets::caption(potentiation_caption(scene, pairs, &sides), part, parts.len());
        scene.figure(caption, (rows.sheet, rows.height()), tables, |canvas| {
            key.draw(canvas, scene, 3.0, 1.0);
            let frame = rows.frame(0, scale);
            rows.label(canvas, scene, 0, &frame);
            let zero = frame.across(0.0);
            canvas.dashed((zero, frame.area.y), (zero, frame.area.bottom()), (1.2, 0.9), Stroke::new(GREY, 0.6));
            let small = Text::new(style.small_pt).anchor(Anchor::End);
            for (row, pair) in pairs.iter().enumerate() {
                let middle = frame.up(row as f64 + 0.5);
                for (offset, group, side) in [(-0.22, pair.own, &sides[0]), (0.22, pair.other, &sides[1])] {
                    let y = middle + offset * rows.row;
                    if let Some(group) = group {
                        paint_group(canvas, &frame, group, side, (y, rows.row));
                    }
                    let edge = frame.area.right() + rows.notes - 0.5;
                    canvas.text(&format!("N = {}", count(group)), edge, y + small.capital() / 2.0, small);
                }
            }
            axis.draw_below(canvas, style, &frame);
        })
    };
    parts.iter().enumerate().map(draw).collect()
}

/// Slices faint, mean and interval on top.
fn paint_group(canvas: &mut Canvas, frame: &Frame, group: &Group, side: &Side, (y, row): (f64, f64)) {
    let look = look(side);
    let slices: Vec<f64> =
        group.slices.iter().take(MOST_SINGLES).map(|slice| frame.across(slice.potentiation_percent)).collect();
    for (&x, dy) in slices.iter().zip(swarm(&slices, 0.45, 0.12 * row)) {
        look.draw_faint(canvas, x, y + dy, 0.45);
    }
    if group.ci.low.is_finite() && group.ci.high.is_finite() {
        let pen = Stroke::new(look.colour, 1.3);
        canvas.line((frame.across(group.ci.low), y), (frame.across(group.ci.high), y), pen);
    }
    if group.mean.is_finite() {
        look.draw(canvas, frame.across(group.mean), y, 0.95, 0.7);
    }
}

fn potentiation_caption(scene: &Scene, pairs: &[Pair], sides: &[Side; 2]) -> Caption {
    let legend = format!(
        "Large symbols: mean over animals with its confidence interval (t); small symbols: slices. {} The simulated \
         slices are predictions of a model, not data from animals; outcome window of this report: {}–{} min after \
         induction.{}",
        n_sentence(pairs, sides),
        scene.sources.findings.outcome.window_min[0],
        scene.sources.findings.outcome.window_min[1],
        alone(pairs, sides)
    );
    let value = |group: Option<&Group>| group.map_or("–".to_owned(), |g| crate::numbers::plain(g.mean, 1));
    let names: Vec<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
    let said: Vec<String> =
        pairs.iter().map(|pair| format!("{} {} / {}", pair.name, value(pair.own), value(pair.other))).collect();
    let list = evidence::listed_with(&names, &said, 0);
    Caption {
        slug: "beside-potentiation".to_owned(),
        title: "Simulated beside recorded: potentiation".to_owned(),
        legend,
        alt: format!("Mean potentiation in %, {} / {}: {list}.", sides[0].label, sides[1].label),
    }
}

fn potentiation_table(pairs: &[Pair], sides: &[Side; 2]) -> String {
    let columns =
        ["group", "side", "condition", "level", "animal", "slice", "potentiation_percent", "ci_low", "ci_high"];
    let mut csv = Csv::new(&columns);
    for pair in pairs {
        for (group, side) in [pair.own, pair.other].into_iter().zip(sides) {
            let Some(group) = group else { continue };
            let head = [Cell::Text(&pair.name), Cell::Text(&side.label), Cell::Text(&group.condition)];
            let none = Cell::Text("");
            for slice in &group.slices {
                let own = [Cell::Text("slice"), Cell::Text(&slice.animal), Cell::Count(slice.slice as usize)];
                csv.row(&[&head[..], &own, &[Cell::Number(slice.potentiation_percent), none, none]].concat());
            }
            let mean = [Cell::Text("mean over animals"), none, none];
            let ends = [Cell::Number(group.mean), Cell::Number(group.ci.low), Cell::Number(group.ci.high)];
            csv.row(&[&head[..], &mean, &ends].concat());
        }
    }
    csv.finish()
}
