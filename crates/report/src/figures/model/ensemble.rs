//! The outcomes over all parameter sets that meet the calibration outcomes
//! alike: what the calibration does not decide.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Grid, Scale, Stroke, Style, Text};
use crate::error::ReportError;
use crate::figures::rows::swarm;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::numbers;
use crate::sources::csv::{Cell, Csv};
use quantity::counted;
use results::beside::ensemble::EnsembleSpread;
use results::beside::sensitivity::MovedOutcome;

/// Radius of a dot, mm.
const DOT: f64 = 0.55;

/// Draws the figure if the experiment was run over the ensemble.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let Some(spread) = &scene.sources.ensemble else { return Ok(Vec::new()) };
    let panels = panels(scene, spread);
    let style = &scene.style;
    let look = Text::new(style.tick_pt);
    let columns = panels.len();
    let sheet = if columns > 1 { style.two_columns } else { style.one_column };
    let shown = || panels.iter().flat_map(|(places, _)| places).map(|place| names(scene, spread, *place));
    let left = shown().map(|lines| scene.fonts.widest(&lines, look.pt, false)).fold(0.0, f64::max) + 3.0;
    let lines = shown().map(|lines| lines.len()).max().unwrap_or(1) as f64;
    let row = lines * look.line_height() + 2.6;
    let rows = panels.iter().map(|(places, _)| places.len()).max().unwrap_or(1);
    let mut grid = Grid {
        sheet,
        columns,
        rows: 1,
        left,
        right: 3.0,
        top: KEY + Text::new(style.letter_pt).line_height() + 1.0,
        bottom: 0.0,
        across: left + 3.0,
        between: 0.0,
        panel: 0.0,
    };
    let foot = panels.iter().map(|(_, title)| Axis::new(title, Vec::new()).height(scene.fonts, style, grid.width()));
    grid.bottom = foot.fold(0.0, f64::max) + 1.0;
    let most = (((style.max_height - grid.top - grid.bottom) / row).floor() as usize).max(1);
    let numbers: Vec<usize> = (0..rows).collect();
    let parts = sheets::parts(&numbers, most, 1);
    let draw = |(part, lines): (usize, &&[usize])| {
        let grid = Grid { panel: lines.len() as f64 * row, ..grid };
        let tables = vec![PanelTable { panel: String::new(), csv: table(spread) }];
        let caption = sheets::caption(caption(spread), part, parts.len());
        scene.figure(caption, (sheet, grid.height()), tables, |canvas| {
            key(canvas, style);
            for (k, (places, title)) in panels.iter().enumerate() {
                let area = grid.cell(k, 0);
                let y = Scale::Linear { low: lines.len() as f64, high: 0.0 };
                let frame = Frame { area, x: scale(spread, places), y };
                if columns > 1 {
                    let letter = Text::new(style.letter_pt).bold();
                    canvas.text(&style.letter(k), area.x - left + 0.5, area.y - 1.6, letter);
                }
                let zero = frame.across(0.0);
                canvas.line((zero, area.y), (zero, area.bottom()), Stroke::new(GREY, 0.6));
                for (line, &place) in lines.iter().filter_map(|&line| places.get(line)).enumerate() {
                    let middle = frame.up(line as f64 + 0.5);
                    let name = names(scene, spread, place);
                    let block = look.capital() + (name.len() - 1) as f64 * look.line_height();
                    let first = middle - block / 2.0 + look.capital();
                    canvas.lines(&name, area.x - 1.8, first, look.anchor(Anchor::End));
                    dots(canvas, scene, &frame, spread, (place, middle), row);
                }
                let ticks = frame.x.ticks(scene.fonts, style.tick_pt, area.width, 5.0, false);
                Axis::new(title.clone(), ticks).draw_below(canvas, style, &frame);
            }
        })
    };
    parts.iter().enumerate().map(draw).collect()
}

/// Name of an outcome in lines.
fn names(scene: &Scene, spread: &EnsembleSpread, place: usize) -> Vec<String> {
    let outcome = &spread.outcomes[place];
    let name = match scene.inductions().len() {
        1 => outcome.condition.clone(),
        _ => format!("{} · {}", outcome.induction, outcome.condition),
    };
    scene.fonts.wrap(&name, scene.style.tick_pt, false, 0.32 * scene.style.one_column)
}

/// Height of the key, mm.
const KEY: f64 = 4.4;

/// What a dot and a bar are.
fn key(canvas: &mut Canvas, style: &Style) {
    let look = Text::new(style.small_pt);
    let (middle, base) = (2.2, 2.2 + look.capital() / 2.0);
    canvas.disc(2.0, middle, DOT, GREY, 0.8);
    canvas.text("one accepted parameter set", 3.6, base, look);
    let x = 3.6 + canvas.fonts().width("one accepted parameter set", look.pt, false) + 5.0;
    canvas.line((x, middle - 1.3), (x, middle + 1.3), Stroke::new(BLACK, 1.2));
    canvas.text("the shipped set", x + 1.6, base, look);
}

/// Places of the outcomes in each panel, and the title of its axis: means, then
/// differences.
fn panels(scene: &Scene, spread: &EnsembleSpread) -> Vec<(Vec<usize>, String)> {
    let (means, differences): (Vec<usize>, Vec<usize>) =
        (0..spread.outcomes.len()).partition(|&place| spread.outcomes[place].against.is_none());
    [
        (means, "Potentiation (%)".to_owned()),
        (differences, format!("Difference from {} (percentage points)", scene.reference())),
    ]
    .into_iter()
    .filter(|(places, _)| !places.is_empty())
    .collect()
}

/// Scale that holds zero, the shipped set and all others.
fn scale(spread: &EnsembleSpread, places: &[usize]) -> Scale {
    let values = places.iter().flat_map(|&place| spread.sorted(place));
    let bases = places.iter().map(|&place| spread.outcomes[place].base);
    let (low, high) = extent(values.chain(bases).chain([0.0]));
    Scale::roomy(low, high, 0.05)
}

/// One dot per set; a bar at the value of the shipped set.
fn dots(
    canvas: &mut Canvas,
    scene: &Scene,
    frame: &Frame,
    spread: &EnsembleSpread,
    (place, middle): (usize, f64),
    row: f64,
) {
    let look = scene.look(&spread.outcomes[place].condition);
    let at: Vec<f64> = spread.sorted(place).iter().map(|value| frame.across(*value)).collect();
    for (x, offset) in at.iter().zip(swarm(&at, DOT, 0.36 * row)) {
        canvas.disc(*x, middle + offset, DOT, look.colour, 0.6);
    }
    let base = frame.across(spread.outcomes[place].base);
    canvas.line((base, middle - 0.42 * row), (base, middle + 0.42 * row), Stroke::new(BLACK, 1.2));
}

fn caption(spread: &EnsembleSpread) -> Caption {
    let legend = format!(
        "One dot per parameter set: {} sets meet the calibration outcomes without a failed row and leave open what the \
         dots differ in. Bar: the shipped set. {} with {} each per group, the same for every set.",
        spread.sets,
        counted(spread.animals as usize, "animal"),
        counted(spread.slices_per_animal as usize, "slice")
    );
    let lines = spread.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.against.is_some());
    let range = |(place, outcome): (usize, &MovedOutcome)| {
        let sorted = spread.sorted(place);
        let end = |value: Option<&f64>| value.map_or_else(|| "none".to_owned(), |value| numbers::difference(*value, 1));
        format!("{} {}: {} to {}", outcome.induction, outcome.condition, end(sorted.first()), end(sorted.last()))
    };
    let alt =
        format!("Differences from the reference over the sets: {}.", lines.map(range).collect::<Vec<_>>().join("; "));
    Caption { slug: "ensemble".to_owned(), title: "Spread over accepted parameter sets".to_owned(), legend, alt }
}

fn table(spread: &EnsembleSpread) -> String {
    let mut csv = Csv::new(&["induction", "condition", "against", "set", "value"]);
    for (place, outcome) in spread.outcomes.iter().enumerate() {
        let mut row = |set: &str, value: f64| {
            csv.row(&[
                Cell::Text(&outcome.induction),
                Cell::Text(&outcome.condition),
                Cell::Text(outcome.against.as_deref().unwrap_or("")),
                Cell::Text(set),
                Cell::Number(value),
            ]);
        };
        row("shipped", outcome.base);
        for (number, values) in spread.values.iter().enumerate() {
            row(&(number + 1).to_string(), values.get(place).copied().unwrap_or(f64::NAN));
        }
    }
    csv.finish()
}
