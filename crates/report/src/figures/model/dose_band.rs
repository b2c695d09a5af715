//! The predicted difference against dose, with the band of what is not known.

use crate::drawing::colour::{BLACK, GREY};
use crate::drawing::scale::extent;
use crate::drawing::{Axis, Canvas, Frame, Grid, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::numbers;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::Interval;
use results::beside::prediction::{Predicted, Prediction};

/// Doses that make a series.
const SERIES: usize = 3;

/// Height of a panel, mm.
const PANEL: f64 = 42.0;

/// One compound under one induction: doses, µM, ascending, with their predictions.
struct Band<'s> {
    label: &'s str,
    induction: &'s str,
    points: Vec<(f64, &'s Predicted)>,
}

/// Draws the figure if a compound was predicted at three doses or more.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let Some(prediction) = &scene.sources.prediction else { return Ok(Vec::new()) };
    let bands = bands(scene, prediction);
    let columns = bands.len().min(3);
    if columns == 0 {
        return Ok(Vec::new());
    }
    let most = columns * (((scene.style.max_height - 30.0) / (PANEL + 16.0)).floor().max(1.0) as usize);
    let parts = sheets::parts(&bands, most, columns);
    let mut figures = Vec::with_capacity(parts.len());
    for (k, part) in parts.iter().enumerate() {
        figures.push(sheet(scene, part, (k, parts.len()))?);
    }
    Ok(figures)
}

/// Every series of one compound alone.
fn bands<'s>(scene: &Scene<'s>, prediction: &'s Prediction) -> Vec<Band<'s>> {
    let mut bands: Vec<Band<'s>> = Vec::new();
    for induction in scene.inductions() {
        for plan in scene.conditions() {
            let [entry] = plan.bath.as_slice() else { continue };
            let Some(effect) = prediction.effect(induction, &plan.name) else { continue };
            let point = (entry.concentration_um, effect);
            match bands.iter_mut().find(|band| band.induction == induction && band.label == entry.compound) {
                Some(band) => band.points.push(point),
                None => bands.push(Band { label: &entry.compound, induction, points: vec![point] }),
            }
        }
    }
    bands.iter_mut().for_each(|band| band.points.sort_by(|a, b| a.0.total_cmp(&b.0)));
    bands.retain(|band| band.points.len() >= SERIES);
    bands
}

fn sheet(scene: &Scene, bands: &[Band], part: (usize, usize)) -> Result<Figure, ReportError> {
    let style = &scene.style;
    let columns = bands.len().min(3);
    let sheet = if columns > 1 { style.two_columns } else { style.one_column };
    let ends = bands.iter().flat_map(|band| band.points.iter().flat_map(|(_, effect)| effect.central_95));
    let (low, high) = extent(ends.chain([0.0]));
    let y = Scale::roomy(low, high, 0.06);
    let title = format!("Difference from {} (points)", scene.reference());
    let vertical = Axis::new(title, y.ticks(scene.fonts, style.tick_pt, PANEL, 5.0, true));
    let grid = Grid {
        sheet,
        columns,
        rows: bands.len().div_ceil(columns),
        left: vertical.width(scene.fonts, style, PANEL) + 1.0,
        right: 3.0,
        top: Text::new(style.tick_pt).line_height() + 2.0,
        bottom: 9.6,
        across: 8.0,
        between: 16.0,
        panel: PANEL,
    };
    let tables = vec![PanelTable { panel: String::new(), csv: table(bands) }];
    let caption = sheets::caption(caption(scene, bands), part.0, part.1);
    scene.figure(caption, (sheet, grid.height()), tables, |canvas| {
        for (k, band) in bands.iter().enumerate() {
            let cell = grid.cell(k % columns, k / columns);
            let frame = Frame { area: cell, x: doses(band), y };
            paint(canvas, scene, &frame, band);
            let left = if k % columns == 0 { vertical.clone() } else { vertical.bare() };
            left.draw_left(canvas, style, &frame);
            Axis::new(format!("{} (µM)", band.label), frame.x.decades().0).draw_below(canvas, style, &frame);
            let heading = if scene.inductions().len() > 1 { band.induction } else { "" };
            canvas.text_within(heading, cell.x + 1.0, cell.y - 1.4, cell.width, Text::new(style.tick_pt).bold());
        }
    })
}

/// A logarithmic axis with room at its ends.
fn doses(band: &Band) -> Scale {
    let (low, high) = extent(band.points.iter().map(|(dose, _)| *dose));
    Scale::Log { low: low / 1.6, high: high * 1.6 }
}

fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, band: &Band) {
    let look = band.points.last().map(|(_, effect)| scene.look(&effect.condition)).unwrap_or_else(|| scene.look(""));
    if frame.y.holds(0.0) {
        let zero = frame.up(0.0);
        canvas.dashed((frame.area.x, zero), (frame.area.right(), zero), (1.2, 0.9), Stroke::new(GREY, 0.5));
    }
    let edge = |of: &dyn Fn(&Predicted) -> f64| -> Vec<(f64, f64)> {
        band.points.iter().map(|(dose, effect)| frame.point(*dose, of(effect))).collect()
    };
    for (ends, alpha) in [(95, 0.18), (50, 0.38)] {
        let interval = |effect: &Predicted| if ends == 95 { effect.central_95 } else { effect.central_50 };
        let mut outline = edge(&|effect| interval(effect)[0]);
        outline.extend(edge(&|effect| interval(effect)[1]).into_iter().rev());
        canvas.polygon(&outline, look.colour, alpha);
    }
    let middle = edge(&|effect| effect.median);
    canvas.path(&middle, Stroke::new(BLACK, 0.7));
    for (x, y) in middle {
        look.draw(canvas, x, y, 0.95, 0.4);
    }
}

fn caption(scene: &Scene, bands: &[Band]) -> Caption {
    let legend = format!(
        "Predicted difference from {} at each dose: symbol, median of the draws; dark band, central 50 %; light band, \
         central 95 %. Lines join the doses that were asked for; nothing is fitted.",
        scene.reference()
    );
    let told = |band: &Band| {
        let doses = band.points.iter().map(|(dose, effect)| {
            let [low, high] = effect.central_95;
            let interval = numbers::brackets(Interval { low, high }, 1);
            format!("{} {} {interval}", numbers::concentration(*dose), numbers::difference(effect.median, 1))
        });
        format!("{} under {}: {}", band.label, band.induction, doses.collect::<Vec<String>>().join(", "))
    };
    let alt = format!(
        "Bands of the predicted difference against dose. {}.",
        bands.iter().map(told).collect::<Vec<_>>().join("; ")
    );
    Caption { slug: "prediction-dose".to_owned(), title: "Predicted dose–response".to_owned(), legend, alt }
}

fn table(bands: &[Band]) -> String {
    let mut csv = Csv::new(&["induction", "compound", "dose_um", "median", "low_50", "high_50", "low_95", "high_95"]);
    for band in bands {
        for (dose, effect) in &band.points {
            csv.row(&[
                Cell::Text(band.induction),
                Cell::Text(band.label),
                Cell::Number(*dose),
                Cell::Number(effect.median),
                Cell::Number(effect.central_50[0]),
                Cell::Number(effect.central_50[1]),
                Cell::Number(effect.central_95[0]),
                Cell::Number(effect.central_95[1]),
            ]);
        }
    }
    csv.finish()
}
