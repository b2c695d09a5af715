//! Tornado plot: the parameters that move an outcome most, from the sensitivity
//! analysis of the experiment.

use crate::drawing::colour::{BLACK, Colour, GREY, hue};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Grid, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::sources::csv::{Cell, Csv};
use quantity::counted;
use results::beside::sensitivity::{MovedOutcome, ParameterEffect, Sensitivity};

/// Parameters shown per panel.
const SHOWN: usize = 10;

/// Panels on the figure; all outcomes stand in the table.
const PANELS: usize = 6;

/// Height of a bar with its gap, mm.
const ROW: f64 = 3.9;

/// Bar of a low and of a high parameter value.
fn ends() -> [Colour; 2] {
    [hue(5), hue(1)]
}

/// Draws the figure if a sensitivity analysis was made.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let Some(sensitivity) = &scene.sources.sensitivity else { return Ok(Vec::new()) };
    let shown: Vec<usize> = chosen(sensitivity);
    if shown.is_empty() || sensitivity.parameters.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let layout = Layout::new(scene, sensitivity, &shown);
    let (grid, columns) = (&layout.grid, layout.grid.columns);
    let parts = sheets::parts(&shown, columns * grid.rows_within(style.max_height), columns);
    let draw = |(part, shown): (usize, &&[usize])| {
        let grid = Grid { rows: shown.len().div_ceil(columns), ..*grid };
        let tables = vec![PanelTable { panel: String::new(), csv: table(sensitivity) }];
        let caption = sheets::caption(caption(sensitivity, shown), part, parts.len());
        scene.figure(caption, (grid.sheet, grid.height()), tables, |canvas| {
            key(canvas, scene, sensitivity);
            for (k, &place) in shown.iter().enumerate() {
                let letter = (shown.len() > 1).then(|| style.letter(k));
                let area = grid.cell(k % columns, k / columns);
                panel(canvas, scene, (sensitivity, place), (area, layout.rows), letter);
            }
        })
    };
    parts.iter().enumerate().map(draw).collect()
}

/// Where panels and headings stand.
struct Layout {
    grid: Grid,
    rows: usize,
}

impl Layout {
    fn new(scene: &Scene, sensitivity: &Sensitivity, shown: &[usize]) -> Self {
        let style = &scene.style;
        let rows = SHOWN.min(sensitivity.parameters.len());
        let names = scene.fonts.widest(sensitivity.parameters.iter().map(|p| &p.path), style.small_pt, false) + 2.6;
        let columns = if shown.len() > 1 { 2 } else { 1 };
        let mut grid = Grid {
            sheet: if columns > 1 { style.two_columns } else { style.one_column },
            columns,
            rows: shown.len().div_ceil(columns),
            left: names,
            right: 3.0,
            top: 0.0,
            bottom: 0.0,
            across: names + 3.0,
            between: 0.0,
            panel: rows as f64 * ROW,
        };
        let outcomes = || shown.iter().map(|&place| &sensitivity.outcomes[place]);
        let lines = outcomes().map(|outcome| heading_lines(scene, outcome, grid.width()).len()).max().unwrap_or(2);
        let head = lines as f64 * Text::new(style.tick_pt).line_height() + 2.0;
        let foot = outcomes()
            .map(|outcome| Axis::new(title(outcome), Vec::new()).height(scene.fonts, style, grid.width()))
            .fold(0.0, f64::max);
        grid.top = KEY + head;
        grid.bottom = foot + 1.0;
        grid.between = foot + head + 1.0;
        Self { grid, rows }
    }
}

fn title(outcome: &MovedOutcome) -> &'static str {
    match outcome.against {
        Some(_) => "Difference of potentiation (percentage points)",
        None => "Potentiation (%)",
    }
}

/// One outcome: the parameters that move it most, the largest effect on top.
fn panel(
    canvas: &mut Canvas,
    scene: &Scene,
    (sensitivity, place): (&Sensitivity, usize),
    (area, rows): (Rect, usize),
    letter: Option<String>,
) {
    let style = &scene.style;
    let outcome = &sensitivity.outcomes[place];
    let ranked: Vec<usize> = sensitivity.ranked(place).into_iter().take(rows).collect();
    let centre = centre(sensitivity, outcome);
    let x = scale(sensitivity, &ranked, place, centre);
    let frame = Frame { area, x, y: Scale::Linear { low: rows as f64, high: 0.0 } };
    heading(canvas, scene, &frame, outcome, letter);
    for (row, &parameter) in ranked.iter().enumerate() {
        let middle = frame.up(row as f64 + 0.5);
        let look = Text::new(style.small_pt).anchor(Anchor::End);
        let name = &sensitivity.parameters[parameter].path;
        canvas.text(name, area.x - 1.6, middle + look.capital() / 2.0, look);
        bars(canvas, &frame, &sensitivity.effects[parameter][place], centre, middle);
    }
    let zero = frame.across(centre);
    canvas.line((zero, area.y), (zero, area.bottom()), Stroke::new(BLACK, style.axis_pt));
    let ticks = frame.x.ticks(scene.fonts, style.tick_pt, area.width, 4.0, false);
    Axis::new(title(outcome), ticks).draw_below(canvas, style, &frame);
}

/// Height of the key, mm.
const KEY: f64 = 4.6;

/// What the colours of the bars mean.
fn key(canvas: &mut Canvas, scene: &Scene, sensitivity: &Sensitivity) {
    let look = Text::new(scene.style.small_pt);
    let (top, base) = (1.2, 1.2 + 1.0 + look.capital() / 2.0);
    let [low, high] = ends();
    let entries: &[(Colour, &str)] = match has_ends(sensitivity) {
        true => &[(low, "parameter at its low end"), (high, "at its high end")],
        false => &[(high, "mean change over the range of the parameter")],
    };
    let mut x = 2.0;
    for (colour, text) in entries {
        canvas.fill(Rect { x, y: top, width: 4.0, height: 2.0 }, *colour, 0.9);
        canvas.text(text, x + 5.2, base, look);
        x += 5.2 + scene.fonts.width(text, look.pt, false) + 5.0;
    }
    canvas.line((x + 1.0, top - 0.2), (x + 1.0, top + 2.2), Stroke::new(BLACK, scene.style.axis_pt));
    let line = if has_ends(sensitivity) { "as in the experiment" } else { "no change" };
    canvas.text(line, x + 2.6, base, look);
}

/// The reference of every induction first, then the differences from it.
fn chosen(sensitivity: &Sensitivity) -> Vec<usize> {
    let outcomes = &sensitivity.outcomes;
    let is_reference = |outcome: &MovedOutcome| {
        outcome.against.is_none()
            && outcomes.iter().all(|other| {
                other.induction != outcome.induction
                    || other.against.is_none()
                    || other.against.as_ref() == Some(&outcome.condition)
            })
    };
    let lone = outcomes.iter().all(|outcome| outcome.against.is_none());
    let places = |wanted: &dyn Fn(&MovedOutcome) -> bool| {
        (0..outcomes.len()).filter(|&place| wanted(&outcomes[place])).collect::<Vec<_>>()
    };
    let mut shown = places(&|outcome| lone || is_reference(outcome));
    shown.extend(places(&|outcome| outcome.against.is_some()));
    shown.truncate(PANELS);
    shown
}

/// Where bars begin: the base value, or zero for changes over the range.
fn centre(sensitivity: &Sensitivity, outcome: &MovedOutcome) -> f64 {
    if has_ends(sensitivity) { outcome.base } else { 0.0 }
}

/// Whether the outcomes at the ends of the ranges are known, and not only mean changes.
fn has_ends(sensitivity: &Sensitivity) -> bool {
    sensitivity.effects.iter().flatten().any(|effect| effect.at_low.is_some() || effect.at_high.is_some())
}

/// The values that a bar reaches.
fn reach(effect: &ParameterEffect) -> [Option<f64>; 2] {
    match (effect.at_low, effect.at_high) {
        (None, None) => [None, effect.mean],
        ends => [ends.0, ends.1],
    }
}

fn scale(sensitivity: &Sensitivity, ranked: &[usize], place: usize, centre: f64) -> Scale {
    let values = ranked.iter().flat_map(|&parameter| reach(&sensitivity.effects[parameter][place]));
    let (low, high) = extent(values.flatten().chain([centre]));
    Scale::roomy(low, high, 0.05)
}

fn bars(canvas: &mut Canvas, frame: &Frame, effect: &ParameterEffect, centre: f64, middle: f64) {
    for (value, colour) in reach(effect).into_iter().zip(ends()) {
        let Some(value) = value else { continue };
        let (from, to) = (frame.across(centre), frame.across(value));
        let bar = Rect { x: from.min(to), y: middle - 0.36 * ROW, width: (to - from).abs(), height: 0.72 * ROW };
        canvas.fill(bar, colour, 0.9);
    }
}

/// The protocol in a line or more, then the condition and what it is compared with;
/// whether a line is of the protocol.
fn heading_lines(scene: &Scene, outcome: &MovedOutcome, width: f64) -> Vec<(String, bool)> {
    let pt = scene.style.tick_pt;
    let what = match &outcome.against {
        Some(reference) => format!("{} against {reference}", outcome.condition),
        None => outcome.condition.clone(),
    };
    let protocol = scene.fonts.wrap(&outcome.induction, pt, false, width).into_iter().map(|line| (line, true));
    protocol.chain(scene.fonts.wrap(&what, pt, true, width).into_iter().map(|line| (line, false))).collect()
}

fn heading(canvas: &mut Canvas, scene: &Scene, frame: &Frame, outcome: &MovedOutcome, letter: Option<String>) {
    let look = Text::new(scene.style.tick_pt);
    let last = frame.area.y - 1.6;
    for (k, (line, protocol)) in heading_lines(scene, outcome, frame.area.width).iter().rev().enumerate() {
        let look = if *protocol { look.colour(GREY) } else { look.bold() };
        canvas.text(line, frame.area.x, last - k as f64 * look.line_height(), look);
    }
    if let Some(letter) = letter {
        let bold = Text::new(scene.style.letter_pt).bold().anchor(Anchor::End);
        canvas.text(&letter, frame.area.x - 1.6, last, bold);
    }
}

fn caption(sensitivity: &Sensitivity, shown: &[usize]) -> Caption {
    let bars = if has_ends(sensitivity) {
        "Bars run from the outcome of the experiment (line) to the outcome with the parameter at the low (blue) or high \
         (orange) end of its range."
    } else {
        "Bars are the mean change of the outcome over the whole range of the parameter."
    };
    let failed = match sensitivity.failed {
        0 => String::new(),
        n => format!(" {n} of {} simulations could not be finished and take no part.", sensitivity.simulations),
    };
    let legend = format!(
        "The {} parameters with the largest mean absolute effect, of {}; {}; {} simulations of {} with {} each, all \
         with the same random numbers. Ranges are the central 95 % of the priors; what the experiment states is not \
         uncertain and stays. {bars}{failed}",
        SHOWN.min(sensitivity.parameters.len()),
        sensitivity.parameters.len(),
        sensitivity.method,
        sensitivity.simulations,
        counted(sensitivity.animals as usize, "animal"),
        counted(sensitivity.slices_per_animal as usize, "slice"),
    );
    let leading = shown.iter().map(|&place| {
        let outcome = &sensitivity.outcomes[place];
        let first = sensitivity.ranked(place).first().map_or("none", |&p| sensitivity.parameters[p].path.as_str());
        format!("{} {}: {first}", outcome.induction, outcome.condition)
    });
    let alt = format!("Largest effect on {}.", leading.collect::<Vec<_>>().join("; "));
    Caption { slug: "sensitivity".to_owned(), title: "What the prediction rests on".to_owned(), legend, alt }
}

fn table(sensitivity: &Sensitivity) -> String {
    let mut csv = Csv::new(&[
        "induction",
        "condition",
        "against",
        "base",
        "parameter",
        "unit",
        "evidence",
        "value",
        "low",
        "high",
        "at_low",
        "at_high",
        "mean_effect",
        "mean_absolute_effect",
        "sd_of_effects",
        "n_effects",
    ]);
    for (place, outcome) in sensitivity.outcomes.iter().enumerate() {
        for parameter in sensitivity.ranked(place) {
            let (moved, effect) = (&sensitivity.parameters[parameter], &sensitivity.effects[parameter][place]);
            let number = |value: Option<f64>| Cell::Number(value.unwrap_or(f64::NAN));
            csv.row(&[
                Cell::Text(&outcome.induction),
                Cell::Text(&outcome.condition),
                Cell::Text(outcome.against.as_deref().unwrap_or("")),
                Cell::Number(outcome.base),
                Cell::Text(&moved.path),
                Cell::Text(&moved.unit),
                Cell::Text(&moved.evidence),
                Cell::Number(moved.value),
                Cell::Number(moved.low),
                Cell::Number(moved.high),
                number(effect.at_low),
                number(effect.at_high),
                number(effect.mean),
                number(effect.mean_absolute),
                number(effect.sd),
                Cell::Count(effect.n),
            ]);
        }
    }
    csv.finish()
}
