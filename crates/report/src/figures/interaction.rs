//! Interactions: whether one treatment changes the effect of another. Lines
//! that are not parallel, and the difference of differences with its interval.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Appearance, Axis, Canvas, Frame, Marker, Rect, Scale, Stroke, Text, Tick};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::numbers;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::{Group, Interaction};
use std::ops::Range;

/// A line of the left panel: its name, its look and the groups along it.
struct Line<'a> {
    name: String,
    look: Appearance,
    groups: Vec<&'a Group>,
}

/// One panel of lines: places along the horizontal axis and the lines.
struct Lines<'a> {
    heading: String,
    places: Vec<String>,
    lines: Vec<Line<'a>>,
    /// Whether a line may join the places: with and without a compound. Conditions have
    /// no order that a line could follow.
    joined: bool,
}

/// Draws the figure.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let interactions = &scene.sources.findings.interactions;
    if interactions.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let panels = panels(scene);
    let wide = panels.iter().any(|panel| panel.places.len() > 2);
    let left_width = if panels.is_empty() { 0.0 } else { style.one_column };
    let sheet = if panels.is_empty() { style.one_and_half } else { style.two_columns };
    let each = if wide { left_width } else { left_width.min(70.0) };
    let blocks: Vec<f64> = panels.iter().map(|panel| block_height(scene, panel, each)).collect();
    let forest_x = if panels.is_empty() { 2.0 } else { each + 6.0 };
    let what = Text::new(style.tick_pt);
    let wrapped: Vec<Vec<String>> = interactions
        .iter()
        .map(|interaction| scene.fonts.wrap(&interaction.what, what.pt, false, sheet - forest_x - 3.0))
        .collect();
    let entries: Vec<f64> = wrapped.iter().map(|lines| lines.len() as f64 * what.line_height() + 7.6).collect();
    let height = style.max_height;
    let (left, right) = (filled(&blocks, height), filled(&entries, height - FOREST));
    let n = left.len().max(right.len());
    let draw = |part: usize| {
        let shown = left.get(part).cloned().unwrap_or_default();
        let listed = right.get(part).cloned().unwrap_or_default();
        let letter = |k: usize| style.letter(k);
        let mut tables: Vec<PanelTable> = panels[shown.clone()]
            .iter()
            .enumerate()
            .map(|(k, panel)| PanelTable { panel: letter(k).to_lowercase(), csv: lines_table(panel) })
            .collect();
        if !listed.is_empty() {
            let panel = letter(shown.len()).to_lowercase();
            tables.push(PanelTable { panel, csv: forest_table(&interactions[listed.clone()]) });
        }
        let forest = entries[listed.clone()].iter().sum::<f64>() + FOREST;
        let height = blocks[shown.clone()].iter().sum::<f64>().max(if listed.is_empty() { 0.0 } else { forest });
        let caption = sheets::caption(caption(scene), part, n);
        scene.figure(caption, (sheet, height), tables, |canvas| {
            let mut top = 0.0;
            for (k, place) in shown.clone().enumerate() {
                draw_lines(canvas, scene, &panels[place], (top, each, blocks[place]), k);
                top += blocks[place];
            }
            if !listed.is_empty() {
                let entries = (&interactions[listed.clone()], &wrapped[listed.clone()]);
                draw_forest(canvas, scene, entries, (forest_x, sheet), shown.len());
            }
        })
    };
    (0..n).map(draw).collect()
}

/// Room for heading and axis of the list of differences, mm.
const FOREST: f64 = 22.0;

/// Ranges of things of such heights that fit on sheets of `room` mm, in order.
fn filled(heights: &[f64], room: f64) -> Vec<Range<usize>> {
    let mut sheets: Vec<Range<usize>> = Vec::new();
    let mut used = f64::INFINITY;
    for (k, height) in heights.iter().enumerate() {
        if used + height > room {
            sheets.push(k..k);
            used = 0.0;
        }
        used += height;
        if let Some(last) = sheets.last_mut() {
            last.end = k + 1;
        }
    }
    sheets
}

/// The 2 × 2 of mixtures, and condition × induction, as far as the plan has them.
fn panels<'a>(scene: &Scene<'a>) -> Vec<Lines<'a>> {
    let mut panels = Vec::new();
    for induction in scene.inductions() {
        if let Some(square) = square(scene, induction) {
            panels.push(square);
        }
    }
    let inductions = scene.inductions();
    if panels.is_empty() && inductions.len() > 1 {
        let places = scene.conditions().iter().map(|plan| plan.name.clone()).collect();
        let lines = inductions
            .iter()
            .enumerate()
            .map(|(k, induction)| Line {
                name: (*induction).to_owned(),
                look: line_look(k),
                groups: scene.conditions().iter().filter_map(|plan| scene.group(induction, &plan.name)).collect(),
            })
            .collect();
        panels.push(Lines { heading: String::new(), places, lines, joined: false });
    }
    panels
}

fn line_look(k: usize) -> Appearance {
    if k == 0 {
        return Appearance::reference();
    }
    let (marker, filling) = Marker::treated(k - 1);
    Appearance { colour: BLACK, marker, filling }
}

/// The first mixture of two compounds whose parts stand alone as well.
fn square<'a>(scene: &Scene<'a>, induction: &str) -> Option<Lines<'a>> {
    let conditions = scene.conditions();
    for mixture in conditions.iter().filter(|plan| plan.bath.len() == 2) {
        let alone =
            |k: usize| conditions.iter().find(|plan| plan.bath.len() == 1 && mixture.bath.get(k) == plan.bath.first());
        let (Some(first), Some(second)) = (alone(0), alone(1)) else { continue };
        let group = |name: &str| scene.group(induction, name);
        let (Some(none), Some(a), Some(b), Some(both)) =
            (group(scene.reference()), group(&first.name), group(&second.name), group(&mixture.name))
        else {
            continue;
        };
        let many = scene.inductions().len() > 1;
        return Some(Lines {
            heading: if many { induction.to_owned() } else { String::new() },
            joined: true,
            places: vec![format!("without {}", second.name), format!("with {}", second.name)],
            lines: vec![
                Line { name: format!("without {}", first.name), look: Appearance::reference(), groups: vec![none, b] },
                Line { name: format!("with {}", first.name), look: scene.look(&first.name), groups: vec![a, both] },
            ],
        });
    }
    None
}

/// Interactions whose sentences stand in the legend.
const TOLD: usize = 2;

const PANEL: f64 = 44.0;

fn place_lines(scene: &Scene, panel: &Lines, width: f64) -> Vec<Vec<String>> {
    let slot = (width - 16.0) / panel.places.len().max(1) as f64;
    panel.places.iter().map(|place| scene.fonts.wrap(place, scene.style.tick_pt, false, slot - 1.2)).collect()
}

fn block_height(scene: &Scene, panel: &Lines, width: f64) -> f64 {
    let text = Text::new(scene.style.tick_pt);
    let names = place_lines(scene, panel, width).iter().map(Vec::len).max().unwrap_or(1) as f64;
    let key = panel.lines.len() as f64 * 1.25 * text.line_height();
    key + PANEL + names * text.line_height() + 8.0
}

fn draw_lines(canvas: &mut Canvas, scene: &Scene, panel: &Lines, (top, width, _): (f64, f64, f64), k: usize) {
    let style = &scene.style;
    let text = Text::new(style.tick_pt);
    let groups = || panel.lines.iter().flat_map(|line| &line.groups);
    let (low, high) = extent(groups().flat_map(|group| [group.ci.low, group.ci.high, group.mean]).chain([0.0]));
    let y = Scale::rounded(low, high, 5.0);
    let axis = Axis::new(scene.outcome_title(), y.ticks(scene.fonts, style.tick_pt, PANEL, 5.0, true));
    let left = axis.width(scene.fonts, style, PANEL) + 1.0;
    let key = panel.lines.len() as f64 * 1.25 * text.line_height();
    let area = Rect { x: left, y: top + key + 4.0, width: width - left, height: PANEL };
    let frame = Frame { area, x: Scale::Linear { low: 0.0, high: panel.places.len() as f64 }, y };
    let heading = if panel.heading.is_empty() { String::new() } else { format!("{}: ", panel.heading) };
    for (row, line) in panel.lines.iter().enumerate() {
        let middle = top + 2.0 + (row as f64 + 0.5) * 1.25 * text.line_height();
        if panel.joined {
            canvas.line((left + 1.0, middle), (left + 6.0, middle), Stroke::new(line.look.colour, style.line_pt));
        }
        line.look.draw(canvas, left + 3.5, middle, 1.0, 0.7);
        let prefix = if row == 0 { heading.as_str() } else { "" };
        canvas.text_within(
            &format!("{prefix}{}", line.name),
            left + 7.4,
            middle + text.capital() / 2.0,
            width - left - 8.0,
            text,
        );
    }
    canvas.text(&style.letter(k), 0.5, top + 4.2, Text::new(style.letter_pt).bold());
    let zero = frame.up(0.0);
    canvas.dashed((area.x, zero), (area.right(), zero), (1.2, 0.9), Stroke::new(GREY, 0.5));
    let apart = 0.9;
    for (row, line) in panel.lines.iter().enumerate() {
        // Lines are shifted a little so that intervals do not cover each other.
        let shift = (row as f64 - (panel.lines.len() - 1) as f64 / 2.0) * apart;
        let at = |place: usize, value: f64| {
            let (x, y) = frame.point(place as f64 + 0.5, value);
            (x + shift, y)
        };
        let means: Vec<(f64, f64)> =
            line.groups.iter().enumerate().map(|(place, group)| at(place, group.mean)).collect();
        if panel.joined {
            canvas.path(&means, Stroke::new(line.look.colour, style.line_pt));
        }
        for (place, group) in line.groups.iter().enumerate() {
            canvas.line(at(place, group.ci.low), at(place, group.ci.high), Stroke::new(line.look.colour, 0.8));
        }
        for &(x, y) in &means {
            line.look.draw(canvas, x, y, 1.15, 0.7);
        }
    }
    axis.draw_left(canvas, style, &frame);
    let ticks = (0..panel.places.len()).map(|place| Tick { at: place as f64 + 0.5, label: String::new() }).collect();
    Axis { title: String::new(), ticks, labels: false }.draw_below(canvas, style, &frame);
    for (place, lines) in place_lines(scene, panel, width).iter().enumerate() {
        let first = area.bottom() + 1.8 + text.capital();
        canvas.lines(lines, frame.across(place as f64 + 0.5), first, text.anchor(Anchor::Middle));
    }
}

fn draw_forest(
    canvas: &mut Canvas,
    scene: &Scene,
    (interactions, wrapped): (&[Interaction], &[Vec<String>]),
    (left, sheet): (f64, f64),
    k: usize,
) {
    let style = &scene.style;
    let all = &scene.sources.findings.interactions;
    let look = Text::new(style.tick_pt);
    let small = Text::new(style.small_pt);
    let (low, high) = extent(all.iter().flat_map(|i| [i.ci.low, i.ci.high]).chain([0.0]));
    let scale = Scale::roomy(low, high, 0.06);
    let notes = scene.fonts.widest(interactions.iter().map(note), small.pt, false) + 2.5;
    let heights: Vec<f64> = wrapped.iter().map(|lines| lines.len() as f64 * look.line_height() + 7.6).collect();
    let area = Rect { x: left + 4.0, y: 6.0, width: sheet - left - 4.0 - notes - 1.0, height: heights.iter().sum() };
    let frame = Frame { area, x: scale, y: Scale::Linear { low: 0.0, high: 1.0 } };
    canvas.text(&style.letter(k), left - 1.5, 4.2, Text::new(style.letter_pt).bold());
    let zero = frame.across(0.0);
    let mut top = area.y;
    for ((interaction, lines), height) in interactions.iter().zip(wrapped).zip(&heights) {
        canvas.lines(lines, left + 4.0, top + look.capital() + 0.4, look);
        let middle = top + height - 4.0;
        canvas.line((zero, middle - 2.0), (zero, middle + 2.0), Stroke::new(GREY, 0.6));
        canvas.line(
            (frame.across(interaction.ci.low), middle),
            (frame.across(interaction.ci.high), middle),
            Stroke::new(BLACK, 1.2),
        );
        canvas.disc(frame.across(interaction.estimate), middle, 0.95, BLACK, 1.0);
        let x = area.right() + 2.0;
        canvas.text(&note(interaction), x, middle - 0.3, small);
        canvas.text(&numbers::p_value(interaction.p), x, middle - 0.3 + small.line_height(), small);
        top += height;
    }
    let ticks = scale.ticks(scene.fonts, style.tick_pt, area.width, 5.0, false);
    Axis::new("Interaction (percentage points)", ticks).draw_below(canvas, style, &frame);
}

fn note(interaction: &Interaction) -> String {
    format!("{} {}", numbers::difference(interaction.estimate, 1), numbers::brackets(interaction.ci, 1))
}

fn caption(scene: &Scene) -> Caption {
    let sentences: Vec<&str> =
        scene.sources.findings.interactions.iter().map(|interaction| interaction.sentence.as_str()).collect();
    let told = match sentences.as_slice() {
        few if few.len() <= TOLD => few.join(" "),
        _ => "Numbers: see the table of interactions.".to_owned(),
    };
    let lines = if panels(scene).iter().any(|panel| panel.joined) {
        "; lines that are not parallel mean that one treatment changes the effect of the other"
    } else {
        ""
    };
    Caption {
        slug: "interaction".to_owned(),
        title: "Interactions".to_owned(),
        legend: format!(
            "Symbols: mean over {} with {} confidence interval{lines}. Differences of differences with {} confidence \
             interval, two-sided p, not adjusted. {} {}",
            scene.animals(),
            scene.level(),
            scene.level(),
            told,
            scene.n_sentence()
        ),
        alt: format!("Interaction plot. {told}"),
    }
}

fn lines_table(panel: &Lines) -> String {
    let mut csv = Csv::new(&["line", "place", "induction", "condition", "mean", "ci_low", "ci_high"]);
    for line in &panel.lines {
        for (group, place) in line.groups.iter().zip(&panel.places) {
            csv.row(&[
                Cell::Text(&line.name),
                Cell::Text(place),
                Cell::Text(&group.induction),
                Cell::Text(&group.condition),
                Cell::Number(group.mean),
                Cell::Number(group.ci.low),
                Cell::Number(group.ci.high),
            ]);
        }
    }
    csv.finish()
}

fn forest_table(interactions: &[Interaction]) -> String {
    let mut csv = Csv::new(&["what", "estimate", "se", "ci_low", "ci_high", "statistic", "df", "p"]);
    for i in interactions {
        csv.row(&[
            Cell::Text(&i.what),
            Cell::Number(i.estimate),
            Cell::Number(i.se),
            Cell::Number(i.ci.low),
            Cell::Number(i.ci.high),
            Cell::Number(i.statistic),
            Cell::Number(i.df),
            Cell::Number(i.p),
        ]);
    }
    csv.finish()
}
