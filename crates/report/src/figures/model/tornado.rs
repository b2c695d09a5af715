//! Tornado plot: the parameters that move an outcome most, from the sensitivity
//! analysis of the experiment.

use crate::drawing::colour::{BLACK, Colour, GREY, hue};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Grid, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::sources::csv::{Cell, Csv};
use results::beside::sensitivity::{MovedOutcome, ParameterEffect, Sensitivity};

/// Parameters shown per panel.
const SHOWN: usize = 10;

/// Panels on the figure; all outcomes stand in the table.
const PANELS: usize = 6;

/// Height of a bar with its gap, mm.
const ROW: f64 = 3.9;

/// Bar of a low and of a high parameter value.
const ENDS: [Colour; 2] = [hue(5), hue(1)];

/// Draws the figure if a sensitivity analysis was made.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let Some(sensitivity) = &scene.sources.sensitivity else { return Ok(Vec::new()) };
    let shown: Vec<usize> = chosen(sensitivity);
    if shown.is_empty() || sensitivity.parameters.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let rows = SHOWN.min(sensitivity.parameters.len());
    let names = scene.fonts.widest(sensitivity.parameters.iter().map(|p| &p.path), style.small_pt, false) + 2.6;
    let columns = if shown.len() > 1 { 2 } else { 1 };
    let head = 2.0 * Text::new(style.tick_pt).line_height() + 2.0;
    let mut grid = Grid {
        sheet: if columns > 1 { style.two_columns } else { style.one_column },
        columns,
        rows: shown.len().div_ceil(columns),
        left: names,
        right: 3.0,
        top: head,
        bottom: 0.0,
        across: names + 3.0,
        between: 0.0,
        panel: rows as f64 * ROW,
    };
    let title = |outcome: &MovedOutcome| match outcome.against {
        Some(_) => "Difference of potentiation (percentage points)",
        None => "Potentiation (%)",
    };
    let foot = shown
        .iter()
        .map(|&place| {
            Axis::new(title(&sensitivity.outcomes[place]), Vec::new()).height(scene.fonts, style, grid.width())
        })
        .fold(0.0, f64::max);
    grid.bottom = foot + 1.0;
    grid.between = foot + head + 1.0;
    let tables = vec![PanelTable { panel: String::new(), csv: table(sensitivity) }];
    let figure = scene.figure(caption(sensitivity, &shown), (grid.sheet, grid.height()), tables, |canvas| {
        for (k, &place) in shown.iter().enumerate() {
            let outcome = &sensitivity.outcomes[place];
            let area = grid.cell(k % columns, k / columns);
            let ranked: Vec<usize> = sensitivity.ranked(place).into_iter().take(rows).collect();
            let centre = centre(sensitivity, outcome);
            let x = scale(sensitivity, &ranked, place, centre);
            let frame = Frame { area, x, y: Scale::Linear { low: rows as f64, high: 0.0 } };
            heading(canvas, scene, &frame, outcome, (shown.len() > 1).then(|| style.letter(k)));
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
    })?;
    Ok(vec![figure])
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
    let ends = sensitivity.effects.iter().flatten().any(|effect| effect.at_low.is_some() || effect.at_high.is_some());
    if ends { outcome.base } else { 0.0 }
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
    let room = 0.05 * (high - low).max(0.1);
    Scale::Linear { low: low - room, high: high + room }
}

fn bars(canvas: &mut Canvas, frame: &Frame, effect: &ParameterEffect, centre: f64, middle: f64) {
    for (value, colour) in reach(effect).into_iter().zip(ENDS) {
        let Some(value) = value else { continue };
        let (from, to) = (frame.across(centre), frame.across(value));
        let bar = Rect { x: from.min(to), y: middle - 0.36 * ROW, width: (to - from).abs(), height: 0.72 * ROW };
        canvas.fill(bar, colour, 0.9);
    }
}

fn heading(canvas: &mut Canvas, scene: &Scene, frame: &Frame, outcome: &MovedOutcome, letter: Option<String>) {
    let look = Text::new(scene.style.tick_pt);
    let what = match &outcome.against {
        Some(reference) => format!("{} against {reference}", outcome.condition),
        None => outcome.condition.clone(),
    };
    let y = frame.area.y - 1.6;
    canvas.text_within(&what, frame.area.x, y, frame.area.width, look.bold());
    canvas.text_within(&outcome.induction, frame.area.x, y - look.line_height(), frame.area.width, look.colour(GREY));
    if let Some(letter) = letter {
        let bold = Text::new(scene.style.letter_pt).bold().anchor(Anchor::End);
        canvas.text(&letter, frame.area.x - 1.6, y, bold);
    }
}

fn caption(sensitivity: &Sensitivity, shown: &[usize]) -> Caption {
    let ends = sensitivity.effects.iter().flatten().any(|effect| effect.at_low.is_some() || effect.at_high.is_some());
    let bars = if ends {
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
        "The {SHOWN} parameters with the largest mean absolute effect, of {}; {}; {} simulations of {} animals with {} \
         slices each, all with the same random numbers. Ranges follow the evidence: ±10 % for measured, ±15 % \
         calibrated, ±20 % derived, ±30 % remembered values, ±50 % for choices of the model, and that share of 20 mV for potentials. \
         {bars}{failed}",
        sensitivity.parameters.len(),
        sensitivity.method,
        sensitivity.simulations,
        sensitivity.animals,
        sensitivity.slices_per_animal,
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
