//! Potentiation against dose on a logarithmic axis, the reference as a level
//! left of an axis break, and the fitted curve where the data bear one.

use crate::drawing::colour::{BLACK, GREY, PALE, WHITE};
use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Appearance, Axis, Canvas, Frame, Grid, Rect, Scale, Stroke, Text, Tick};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::numbers;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::DoseResponse;

/// Width of the place of the reference left of the axis break, mm.
const CONTROL: f64 = 9.0;
/// Height of a panel, mm.
const PANEL: f64 = 46.0;
/// Height of axis and headings between panels, mm.
const BETWEEN: f64 = 24.0;

/// Draws the figure, one panel per curve; what does not fit on a page goes on more sheets.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let curves = scene.sources.findings.dose_responses.as_slice();
    if curves.is_empty() {
        return Ok(Vec::new());
    }
    let columns = curves.len().min(3);
    let rows = ((scene.style.max_height - 30.0) / (PANEL + BETWEEN)).floor().max(1.0) as usize;
    let parts = sheets::parts(curves, columns * rows, columns);
    let mut before = 0;
    let mut figures = Vec::with_capacity(parts.len());
    for (k, part) in parts.iter().enumerate() {
        figures.push(sheet(scene, part, before, (k, parts.len()))?);
        before += part.len();
    }
    Ok(figures)
}

/// One sheet; `before` panels stand on those before it.
fn sheet(scene: &Scene, curves: &[DoseResponse], before: usize, part: (usize, usize)) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let columns = curves.len().min(3);
    let sheet = match columns {
        1 => style.one_column,
        2 => style.one_and_half.max(1.6 * style.one_column),
        _ => style.two_columns,
    };
    let y = heights(curves);
    let panel = PANEL;
    let vertical = Axis::new(scene.outcome_title(), y.ticks(scene.fonts, style.tick_pt, panel, 5.0, true));
    let grid = Grid {
        sheet,
        columns,
        rows: curves.len().div_ceil(columns),
        left: vertical.width(scene.fonts, style, panel) + 1.0,
        right: 3.0,
        top: 2.0 * Text::new(style.tick_pt).line_height() + 3.4,
        bottom: 9.6,
        across: 7.0,
        between: BETWEEN,
        panel,
    };
    let many = curves.len() > 1 || part.1 > 1;
    let tables = curves
        .iter()
        .enumerate()
        .map(|(k, curve)| PanelTable {
            panel: if many { style.letter(before + k).to_lowercase() } else { String::new() },
            csv: table(curve),
        })
        .collect();
    let caption = sheets::caption(caption(scene, curves), part.0, part.1);
    scene.figure(caption, (sheet, grid.height() + 0.5), tables, |canvas| {
        for (k, curve) in curves.iter().enumerate() {
            let (column, row) = (k % columns, k / columns);
            let cell = grid.cell(column, row);
            let area = Rect { x: cell.x + CONTROL, width: cell.width - CONTROL, ..cell };
            let unit = Unit::of(curve);
            let frame = Frame { area, x: unit.scale(curve), y };
            let whole = Frame { area: cell, x: frame.x, y };
            paint(canvas, scene, &frame, &whole, curve, &unit);
            let left = if column == 0 { vertical.clone() } else { vertical.bare() };
            left.draw_left(canvas, style, &whole);
            dose_axis(canvas, scene, &frame, curve, &unit);
            control_axis(canvas, scene, &frame, &whole);
            let top = cell.y - grid.top + Text::new(style.letter_pt).capital() + 0.6;
            if many {
                canvas.text(&style.letter(before + k), cell.x - 4.2, top, Text::new(style.letter_pt).bold());
            }
            head(canvas, scene, (cell, top), curve, &unit);
        }
    })
}

/// Scale of potentiation that holds means, errors and fitted curves.
fn heights(curves: &[DoseResponse]) -> Scale {
    let values = curves.iter().flat_map(|curve| {
        let points = curve.mean.iter().zip(&curve.sem).flat_map(|(mean, sem)| [mean - sem, mean + sem, *mean]);
        let fit = line(curve).into_iter().flat_map(|(_, responses)| responses.iter().copied());
        points.chain(fit).collect::<Vec<_>>()
    });
    let (low, high) = extent(values.chain([0.0]));
    Scale::rounded(low, high + 0.06 * (high - low), 5.0)
}

/// Axis of doses, with small ticks between the decades.
fn dose_axis(canvas: &mut Canvas, scene: &Scene, frame: &Frame, curve: &DoseResponse, unit: &Unit) {
    let foot = frame.area.bottom();
    let (ticks, minor) = frame.x.decades();
    for &value in &minor {
        let x = frame.across(value);
        canvas.line((x, foot), (x, foot + 0.5), Stroke::new(BLACK, 0.5));
    }
    let ticks = thinned(scene, ticks, frame);
    Axis::new(format!("{} ({})", curve.compound, unit.name), ticks).draw_below(canvas, &scene.style, frame);
}

/// Compound and protocol, and below them what the fit says.
fn head(canvas: &mut Canvas, scene: &Scene, (cell, top): (Rect, f64), curve: &DoseResponse, unit: &Unit) {
    let style = &scene.style;
    let note = Text::new(style.small_pt);
    let heading = format!("{}, {}", curve.label, curve.induction);
    canvas.text_within(&heading, cell.x + 1.0, top, cell.width - 1.0, Text::new(style.tick_pt).bold());
    let below = top + note.line_height() + 0.4;
    canvas.text_within(&verdict(scene, curve, unit), cell.x + 1.0, below, cell.width, note);
}

/// Unit of the dose axis: nM when every dose is below 1 µM.
struct Unit {
    name: &'static str,
    per_um: f64,
}

impl Unit {
    fn of(curve: &DoseResponse) -> Self {
        let (_, highest) = extent(curve.dose_um.iter().copied());
        if highest < 1.0 { Self { name: "nM", per_um: 1000.0 } } else { Self { name: "µM", per_um: 1.0 } }
    }

    fn scale(&self, curve: &DoseResponse) -> Scale {
        let (low, high) = extent(curve.dose_um.iter().copied().filter(|dose| *dose > 0.0));
        let (low, high) = if low.is_finite() { (low, high) } else { (0.1, 10.0) };
        Scale::Log { low: low * self.per_um / 1.8, high: high * self.per_um * 1.8 }
    }
}

/// Leaves out tick labels that would touch.
fn thinned(scene: &Scene, ticks: Vec<Tick>, frame: &Frame) -> Vec<Tick> {
    let mut kept: Vec<Tick> = Vec::new();
    let pt = scene.style.tick_pt;
    for tick in ticks {
        let room = kept.last().is_none_or(|last| {
            let half = |tick: &Tick| scene.fonts.width(&tick.label, pt, false) / 2.0;
            frame.across(tick.at) - frame.across(last.at) >= half(last) + half(&tick) + 1.2
        });
        if room {
            kept.push(tick);
        }
    }
    kept
}

fn verdict(scene: &Scene, curve: &DoseResponse, unit: &Unit) -> String {
    match &curve.fit {
        Some(fit) => {
            let dose = |um: f64| dose_words(um, unit);
            format!(
                "EC50 {} ({} CI {} to {}) {}",
                dose(fit.ec50_um),
                scene.level(),
                dose(fit.ec50_ci_um.low),
                dose(fit.ec50_ci_um.high),
                unit.name
            )
        }
        None if curve.turn.is_some() || curve.phases.is_some() => other_verdict(scene, curve, unit),
        None => match &curve.trend {
            Some(trend) => format!(
                "no curve; trend {} {} points per decade",
                numbers::difference(trend.per_decade, 1),
                numbers::brackets(trend.ci, 1)
            ),
            None => "no curve fitted".to_owned(),
        },
    }
}

/// Where a curve without an EC50 turns or steps.
fn other_verdict(scene: &Scene, curve: &DoseResponse, unit: &Unit) -> String {
    let dose = |um: f64| dose_words(um, unit);
    let limits = |ci: analysis::findings::Interval| format!("({} to {})", dose(ci.low), dose(ci.high));
    let bell = curve.turn.as_ref().map(|turn| {
        let kind = if turn.peak >= turn.bottom { "peak" } else { "trough" };
        let ci = limits(turn.peak_ci_um).replacen('(', &format!("({} CI ", scene.level()), 1);
        format!("bell: {kind} at {} {ci} {}", dose(turn.peak_um), unit.name)
    });
    let steps = curve.phases.as_ref().map(|phases| {
        let (first, second) = (limits(phases.first_ci_um), limits(phases.second_ci_um));
        format!("two phases: {} {first}, {} {second} {}", dose(phases.first_um), dose(phases.second_um), unit.name)
    });
    bell.or(steps).unwrap_or_default()
}

fn dose_words(um: f64, unit: &Unit) -> String {
    let dose = um * unit.per_um;
    if dose.is_finite() { numbers::short(dose, if dose < 10.0 { 2 } else { 0 }) } else { "not bounded".to_owned() }
}

/// The drawn curve: doses, µM, and responses.
fn line(curve: &DoseResponse) -> Option<(&[f64], &[f64])> {
    let fit = curve.fit.as_ref().map(|fit| (fit.curve_dose_um.as_slice(), fit.curve.as_slice()));
    let bell = || curve.turn.as_ref().map(|turn| (turn.curve_dose_um.as_slice(), turn.curve.as_slice()));
    let steps = || curve.phases.as_ref().map(|phases| (phases.curve_dose_um.as_slice(), phases.curve.as_slice()));
    fit.or_else(bell).or_else(steps)
}

/// One look for all doses of a substance: that of the condition with the highest dose
/// of it alone.
fn look(scene: &Scene, curve: &DoseResponse) -> Appearance {
    let alone = scene.conditions().iter().filter(|plan| plan.bath.len() == 1);
    let own = alone.filter_map(|plan| plan.bath.first().map(|entry| (entry, plan.name.as_str())));
    let highest = own
        .filter(|(entry, _)| entry.compound == curve.compound)
        .max_by(|a, b| a.0.concentration_um.total_cmp(&b.0.concentration_um));
    highest.map_or_else(Appearance::reference, |(_, name)| scene.look(name))
}

fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, whole: &Frame, curve: &DoseResponse, unit: &Unit) {
    let style = &scene.style;
    let zero = frame.up(0.0);
    canvas.dashed((whole.area.x, zero), (whole.area.right(), zero), (1.2, 0.9), Stroke::new(GREY, 0.5));
    let points: Vec<(f64, f64, f64)> =
        curve.dose_um.iter().zip(&curve.mean).zip(&curve.sem).map(|((d, m), s)| (*d, *m, *s)).collect();
    let look = look(scene, curve);
    if let Some(&(_, mean, sem)) = points.iter().find(|(dose, _, _)| *dose <= 0.0) {
        let (top, bottom) = (frame.up(mean + sem), frame.up(mean - sem));
        if top.is_finite() && bottom.is_finite() {
            let band = Rect { x: whole.area.x, y: top, width: whole.area.width, height: bottom - top };
            canvas.fill(band, PALE, 0.9);
        }
        let level = frame.up(mean);
        canvas.dashed((frame.area.x, level), (frame.area.right(), level), (0.6, 0.8), Stroke::new(BLACK, 0.5));
        let x = whole.area.x + CONTROL / 2.0;
        canvas.line((x, top), (x, bottom), Stroke::new(BLACK, 0.8));
        Appearance::reference().draw(canvas, x, level, 1.1, 0.8);
    }
    if let Some((doses, responses)) = line(curve) {
        let line: Vec<(f64, f64)> = doses
            .iter()
            .zip(responses)
            .map(|(&dose, &response)| {
                let (low, high) = frame.x.ends();
                let dose = dose * unit.per_um;
                let seen = dose >= low && dose <= high;
                if seen { frame.point(dose, response) } else { (f64::NAN, f64::NAN) }
            })
            .collect();
        canvas.path(&line, Stroke::new(look.colour, style.line_pt));
    }
    for &(dose, mean, sem) in points.iter().filter(|(dose, _, _)| *dose > 0.0) {
        let x = dose * unit.per_um;
        if sem.is_finite() {
            canvas.line(frame.point(x, mean - sem), frame.point(x, mean + sem), Stroke::new(look.colour, 0.8));
        }
        let (x, y) = frame.point(x, mean);
        look.draw(canvas, x, y, 1.0, 0.2);
    }
}

/// The piece of axis under the reference, and the break between the two pieces.
fn control_axis(canvas: &mut Canvas, scene: &Scene, frame: &Frame, whole: &Frame) {
    let style = &scene.style;
    let y = whole.area.bottom();
    let pen = Stroke::new(BLACK, style.axis_pt);
    let middle = whole.area.x + CONTROL / 2.0;
    canvas.line((whole.area.x, y), (frame.area.x - 0.9, y), pen);
    canvas.line((middle, y), (middle, y + crate::drawing::axis::TICK), pen);
    canvas.line((frame.area.x - 0.9, y), (frame.area.x, y), Stroke::new(WHITE, 1.5));
    for x in [frame.area.x - 0.9, frame.area.x] {
        canvas.line((x - 0.4, y + 0.9), (x + 0.4, y - 0.9), pen);
    }
    let look = Text::new(style.tick_pt).anchor(Anchor::Middle);
    canvas.text("0", middle, y + crate::drawing::axis::TICK + 0.7 + look.capital(), look);
}

fn caption(scene: &Scene, curves: &[DoseResponse]) -> Caption {
    let fits: Vec<String> = curves
        .iter()
        .map(|curve| {
            let n: Vec<String> = curve.n_animals.iter().map(ToString::to_string).collect();
            let why = match &curve.fit {
                Some(fit) => format!(
                    "{}, Hill coefficient {}, lack of fit {}",
                    if fit.model.is_empty() { "four-parameter logistic" } else { &fit.model },
                    numbers::plain(fit.hill, 2),
                    numbers::p_value(fit.lack_of_fit_p)
                ),
                None => format!("no curve: {}", curve.no_fit_reason),
            };
            format!("{} under {}: {why}; N = {}", curve.label, curve.induction, n.join(", "))
        })
        .collect();
    let legend = format!(
        "Mean ± SEM over {} at each dose; open circle, grey band and dotted level: without the substance. {}.",
        scene.animals(),
        fits.join(". ")
    );
    let names: Vec<&str> = curves.iter().map(|curve| curve.compound.as_str()).collect();
    Caption {
        slug: "dose-response".to_owned(),
        title: "Dose–response".to_owned(),
        legend,
        alt: format!("Potentiation against dose on a logarithmic axis for {}.", evidence::listed(&names)),
    }
}

fn table(curve: &DoseResponse) -> String {
    let mut csv = Csv::new(&["induction", "compound", "series", "dose_um", "potentiation_percent", "sem", "n_animals"]);
    let (induction, compound) = (Cell::Text(&curve.induction), Cell::Text(&curve.compound));
    for (k, &dose) in curve.dose_um.iter().enumerate() {
        let number = |values: &[f64]| Cell::Number(values.get(k).copied().unwrap_or(f64::NAN));
        let n = Cell::Count(curve.n_animals.get(k).copied().unwrap_or(0));
        csv.row(&[
            induction,
            compound,
            Cell::Text("mean"),
            Cell::Number(dose),
            number(&curve.mean),
            number(&curve.sem),
            n,
        ]);
    }
    if let Some((doses, responses)) = line(curve) {
        for (&dose, &response) in doses.iter().zip(responses) {
            let none = Cell::Text("");
            csv.row(&[induction, compound, Cell::Text("fit"), Cell::Number(dose), Cell::Number(response), none, none]);
        }
    }
    csv.finish()
}
