//! What happened inside the model during induction: one small panel of bars per
//! quantity, points for potentials, whose zero is no natural origin. Nothing here could be read from a recording, and the figure says so.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Axis, Canvas, Frame, Grid, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene, slug};
use crate::figures::sheets;
use crate::numbers::in_print;
use crate::sources::csv::{Cell, Csv};
use results::beside::mechanism::MechanismRow;

/// Draws one figure per induction protocol.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let all = &scene.sources.mechanism;
    let inductions: Vec<&str> =
        scene.inductions().into_iter().filter(|name| all.iter().any(|row| row.induction == *name)).collect();
    let mut figures = Vec::new();
    for induction in &inductions {
        let rows: Vec<&MechanismRow> = all.iter().filter(|row| row.induction == *induction).collect();
        let slug = if inductions.len() > 1 { format!("mechanism-{}", slug(induction)) } else { "mechanism".to_owned() };
        figures.extend(on_sheets(scene, induction, &rows, &slug)?);
    }
    Ok(figures)
}

/// Quantities and conditions of one sheet, in the order in which they are drawn.
struct Shown<'a> {
    quantities: &'a [(&'a str, &'a str)],
    conditions: &'a [&'a str],
}

/// Conditions on as many sheets as they need, and quantities likewise where there are
/// more rows of panels than fit.
fn on_sheets(scene: &Scene, induction: &str, rows: &[&MechanismRow], slug: &str) -> Result<Vec<Figure>, ReportError> {
    let (quantities, conditions) = (quantities(rows), conditions(scene, rows));
    let height = scene.style.max_height;
    let whole = Shown { quantities: &quantities, conditions: &conditions };
    let layout = Layout::new(scene, &whole);
    let columns = layout.grid.columns;
    // The height of a single row of panels decides how many conditions stand below each other.
    let single = height - layout.grid.top - layout.grid.bottom;
    let most = ((single / layout.row).floor() as usize).max(1);
    let mut sheets: Vec<Shown> = Vec::new();
    for conditions in sheets::parts(&conditions, most, 1) {
        let part = Layout::new(scene, &Shown { quantities: &quantities, conditions });
        let panels = columns * part.grid.rows_within(height);
        let parts = sheets::parts(&quantities, panels, columns);
        sheets.extend(parts.into_iter().map(|quantities| Shown { quantities, conditions }));
    }
    let draw = |(part, shown): (usize, &Shown)| {
        let caption = sheets::caption(caption(scene, induction, slug.to_owned()), part, sheets.len());
        panels(scene, caption, rows, shown)
    };
    sheets.iter().enumerate().map(draw).collect()
}

/// Where panels, titles and names stand.
struct Layout {
    grid: Grid,
    row: f64,
    names: Vec<Vec<String>>,
    titles: Vec<Vec<String>>,
    head: f64,
    banner: f64,
}

impl Layout {
    fn new(scene: &Scene, shown: &Shown) -> Self {
        let style = &scene.style;
        let small = Text::new(style.tick_pt);
        let wrap = |name: &&str| scene.fonts.wrap(name, small.pt, false, 0.3 * style.one_column);
        let names: Vec<Vec<String>> = shown.conditions.iter().map(wrap).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let row = (lines * small.line_height() + 0.8).max(4.0);
        let columns = shown.quantities.len().clamp(1, 4);
        let sheet = if columns == 1 { style.one_column } else { style.two_columns };
        let mut grid = Grid {
            sheet,
            columns,
            rows: shown.quantities.len().div_ceil(columns),
            left: scene.fonts.widest(names.iter().flatten(), small.pt, false) + 3.0,
            right: 3.0,
            top: 0.0,
            bottom: 5.5,
            across: 6.5,
            between: 0.0,
            panel: shown.conditions.len() as f64 * row,
        };
        let wrap = |quantity| scene.fonts.wrap(&title(quantity), small.pt, true, grid.width() + 2.0);
        let titles: Vec<Vec<String>> = shown.quantities.iter().map(wrap).collect();
        let head = titles.iter().map(Vec::len).max().unwrap_or(1) as f64 * small.line_height() + 1.4;
        let banner = Text::new(style.small_pt).line_height() + 3.0;
        grid.top = banner + head;
        grid.between = grid.bottom + head + 1.0;
        Self { grid, row, names, titles, head, banner }
    }
}

fn panels(scene: &Scene, caption: Caption, rows: &[&MechanismRow], shown: &Shown) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let small = Text::new(style.tick_pt);
    let layout = Layout::new(scene, shown);
    let (grid, conditions) = (&layout.grid, shown.conditions);
    let own: Vec<&MechanismRow> = rows
        .iter()
        .copied()
        .filter(|row| conditions.contains(&row.condition.as_str()))
        .filter(|row| shown.quantities.contains(&(row.quantity.as_str(), row.unit.as_str())))
        .collect();
    let tables = vec![PanelTable { panel: String::new(), csv: table(&own) }];
    scene.figure(caption, (grid.sheet, grid.height()), tables, |canvas| {
        let text = "Model internals, not measurable in a recording";
        canvas.text(text, grid.left, layout.banner - 2.2, Text::new(style.small_pt).colour(GREY));
        for (k, quantity) in shown.quantities.iter().enumerate() {
            let (column, line) = (k % grid.columns, k / grid.columns);
            let area = grid.cell(column, line);
            let found = of_quantity(&own, quantity);
            // The scale is that of all sheets, so that they can be compared.
            let x = scale(&of_quantity(rows, quantity));
            let frame = Frame { area, x, y: Scale::Linear { low: conditions.len() as f64, high: 0.0 } };
            canvas.lines(&layout.titles[k], area.x, area.y - layout.head + small.capital() + 0.2, small.bold());
            for (position, condition) in conditions.iter().enumerate() {
                if column == 0 {
                    name(canvas, &frame, position, &layout.names[position], small.anchor(Anchor::End));
                }
                if let Some(row) = found.iter().find(|row| row.condition == *condition) {
                    value(canvas, scene, &frame, position, row);
                }
            }
            let ticks = frame.x.ticks(scene.fonts, style.tick_pt, area.width, 3.0, false);
            Axis::new("", ticks).draw_below(canvas, style, &frame);
            let zero = if found.iter().all(|row| is_potential(row)) { area.x } else { frame.across(0.0) };
            canvas.line((zero, area.y), (zero, area.bottom()), Stroke::new(BLACK, style.axis_pt));
        }
    })
}

fn of_quantity<'a>(rows: &[&'a MechanismRow], (quantity, unit): &(&str, &str)) -> Vec<&'a MechanismRow> {
    rows.iter().copied().filter(|row| row.quantity == *quantity && row.unit == *unit).collect()
}

/// Quantities with their units, in the order of the table.
fn quantities<'a>(rows: &[&'a MechanismRow]) -> Vec<(&'a str, &'a str)> {
    let mut quantities: Vec<(&str, &str)> = Vec::new();
    for row in rows {
        if !quantities.contains(&(row.quantity.as_str(), row.unit.as_str())) {
            quantities.push((&row.quantity, &row.unit));
        }
    }
    quantities
}

/// Conditions of the table, in the order of the plan.
fn conditions<'a>(scene: &Scene<'a>, rows: &[&MechanismRow]) -> Vec<&'a str> {
    let names = scene.conditions().iter().map(|plan| plan.name.as_str());
    names.filter(|name| rows.iter().any(|row| row.condition == *name)).collect()
}

fn title((quantity, unit): &(&str, &str)) -> String {
    let unit = in_print(unit);
    if unit.is_empty() { (*quantity).to_owned() } else { format!("{quantity} ({unit})") }
}

/// A point for a potential, a bar for all else.
fn value(canvas: &mut Canvas, scene: &Scene, frame: &Frame, position: usize, row: &MechanismRow) {
    if is_potential(row) {
        point(canvas, scene, frame, position, row);
    } else {
        bar(canvas, scene, frame, position, row);
    }
}

fn is_potential(row: &MechanismRow) -> bool {
    row.unit == "mV"
}

/// Bars start at zero, so zero is on their axis; points need the range of the data only.
fn scale(rows: &[&MechanismRow]) -> Scale {
    let ends = rows.iter().flat_map(|row| {
        let sd = if row.sd.is_finite() { row.sd } else { 0.0 };
        [row.mean - sd, row.mean + sd]
    });
    if rows.iter().all(|row| is_potential(row)) {
        let (low, high) = extent(ends);
        return if high > low { Scale::roomy(low, high, 0.08) } else { Scale::rounded(low, high, 3.0) };
    }
    let (low, high) = extent(ends.chain([0.0]));
    let low = if rows.iter().all(|row| row.mean >= 0.0) { 0.0 } else { low };
    if high > low { Scale::rounded(low, high, 3.0) } else { Scale::Linear { low: 0.0, high: 1.0 } }
}

fn name(canvas: &mut Canvas, frame: &Frame, position: usize, lines: &[String], look: Text) {
    let middle = frame.up(position as f64 + 0.5);
    let block = look.capital() + (lines.len() - 1) as f64 * look.line_height();
    canvas.lines(lines, frame.area.x - 1.6, middle - block / 2.0 + look.capital(), look);
}

fn bar(canvas: &mut Canvas, scene: &Scene, frame: &Frame, position: usize, row: &MechanismRow) {
    if !row.mean.is_finite() {
        return;
    }
    let (top, bottom) = (frame.up(position as f64 + 0.2), frame.up(position as f64 + 0.8));
    let (zero, end) = (frame.across(0.0), frame.across(row.mean));
    let rect = Rect { x: zero.min(end), y: top, width: (end - zero).abs(), height: bottom - top };
    let look = scene.look(&row.condition);
    if look.is_outlined() {
        let outline = [(rect.x, top), (rect.right(), top), (rect.right(), bottom), (rect.x, bottom), (rect.x, top)];
        canvas.path(&outline, Stroke::new(look.colour, 0.75));
    } else {
        canvas.fill(rect, look.colour, 0.85);
    }
    whiskers(canvas, frame, (top + bottom) / 2.0, row);
}

fn point(canvas: &mut Canvas, scene: &Scene, frame: &Frame, position: usize, row: &MechanismRow) {
    let middle = frame.up(position as f64 + 0.5);
    whiskers(canvas, frame, middle, row);
    if row.mean.is_finite() {
        scene.look(&row.condition).draw(canvas, frame.across(row.mean), middle, 0.9, 0.5);
    }
}

fn whiskers(canvas: &mut Canvas, frame: &Frame, middle: f64, row: &MechanismRow) {
    if row.sd.is_finite() && row.sd > 0.0 {
        let end = |value: f64| frame.across(frame.x.clamp(value));
        canvas.line((end(row.mean - row.sd), middle), (end(row.mean + row.sd), middle), Stroke::new(BLACK, 0.7));
    }
}

fn caption(scene: &Scene, induction: &str, slug: String) -> Caption {
    Caption {
        slug,
        title: format!("Inside the model during {induction}"),
        legend: format!(
            "Model internals, not measurable in a recording: they explain a prediction and are no evidence for it. \
             Bars or symbols: mean over {}; lines: ± SD.",
            scene.slices()
        ),
        alt: format!("Horizontal bars of model quantities per condition under {induction}."),
    }
}

fn table(rows: &[&MechanismRow]) -> String {
    let mut csv = Csv::new(&["induction", "condition", "quantity", "unit", "mean", "sd"]);
    for row in rows {
        csv.row(&[
            Cell::Text(&row.induction),
            Cell::Text(&row.condition),
            Cell::Text(&row.quantity),
            Cell::Text(&row.unit),
            Cell::Number(row.mean),
            Cell::Number(row.sd),
        ]);
    }
    csv.finish()
}
