//! What is predicted, and what an experiment would see of it: intervals of both kinds side
//! by side, so that neither is taken for the other.

use crate::drawing::colour::{BLACK, GREY, PALE};
use crate::drawing::scale::extent;
use crate::drawing::{Axis, Canvas, Frame, Rect, Scale, Stroke, Text};
use crate::error::ReportError;
use crate::figures::rows::Rows;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene};
use crate::figures::sheets;
use crate::numbers;
use crate::options::LimitedAxis;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::Interval;
use quantity::counted;
use results::beside::prediction::{Predicted, PredictedKind, Prediction};
use std::ops::Range;

/// Draws the figure if the experiment was predicted and compares anything.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let Some(prediction) = &scene.sources.prediction else { return Ok(Vec::new()) };
    let effects: Vec<&Predicted> = prediction.of(PredictedKind::Effect).collect();
    if effects.is_empty() {
        return Ok(Vec::new());
    }
    let style = &scene.style;
    let names: Vec<&str> = scene
        .conditions()
        .iter()
        .map(|plan| plan.name.as_str())
        .filter(|name| effects.iter().any(|effect| effect.condition == *name))
        .collect();
    let inductions = scene.inductions();
    let notes = scene.fonts.widest(effects.iter().map(|effect| note(effect)), style.small_pt, false) + 2.5;
    let rows = Rows::new(scene, &names, inductions.len(), (notes, 8.2));
    let scale = scene.limited(LimitedAxis::Difference, scale(scene, &effects));
    let ticks = scale.ticks(scene.fonts, style.tick_pt, rows.width(), 5.0, false);
    let axis = Axis::new(format!("Difference from {} (percentage points)", scene.reference()), ticks);
    let parts = rows.with_axis(scene, &axis).with_headings(scene, &inductions).sheets(style.max_height);
    let sheet = |(part, (rows, shown)): (usize, &(Rows, Range<usize>))| {
        let names = &names[shown.clone()];
        let tables = vec![PanelTable { panel: String::new(), csv: table(prediction) }];
        let caption = sheets::caption(caption(scene, prediction), part, parts.len());
        scene.figure(caption, (rows.sheet, rows.height()), tables, |canvas| {
            for (k, induction) in inductions.iter().enumerate() {
                let frame = rows.frame(k, scale);
                rows.label(canvas, scene, k, &frame);
                rows.heading(canvas, scene, k, &frame, induction);
                ground(canvas, scene, &frame);
                for (row, name) in names.iter().enumerate() {
                    if let Some(effect) = prediction.effect(induction, name) {
                        paint(canvas, scene, &frame, effect, frame.up(row as f64 + 0.5), rows.row);
                    }
                }
                axis.draw_below(canvas, style, &frame);
            }
        })
    };
    parts.iter().enumerate().map(sheet).collect()
}

/// Zero and the bounds of practical equivalence.
fn ground(canvas: &mut Canvas, scene: &Scene, frame: &Frame) {
    if let Some(bound) = scene.sources.manifest.statistics.equivalence_percent {
        let (left, right) = (frame.across(frame.x.clamp(-bound)), frame.across(frame.x.clamp(bound)));
        let band = Rect { x: left, y: frame.area.y, width: right - left, height: frame.area.height };
        canvas.fill(band, PALE, 0.8);
    }
    if frame.x.holds(0.0) {
        let zero = frame.across(0.0);
        canvas.line((zero, frame.area.y), (zero, frame.area.bottom()), Stroke::new(GREY, 0.6));
    }
}

/// The prediction above, the simulated experiment below.
fn paint(canvas: &mut Canvas, scene: &Scene, frame: &Frame, effect: &Predicted, middle: f64, row: f64) {
    let look = scene.look(&effect.condition);
    let across = |value: f64| frame.across(frame.x.clamp(value));
    let upper = middle - 0.16 * row;
    let [low, high] = effect.central_95.map(across);
    canvas.line((low, upper), (high, upper), Stroke::new(look.colour, 0.9));
    let [low, high] = effect.central_50.map(across);
    canvas.line((low, upper), (high, upper), Stroke::new(look.colour, 3.2));
    look.draw(canvas, across(effect.median), upper, 0.95, 0.5);
    if let Some(seen) = scene.contrast(&effect.induction, &effect.condition) {
        let lower = middle + 0.2 * row;
        if seen.ci.low.is_finite() && seen.ci.high.is_finite() {
            canvas.dashed(
                (across(seen.ci.low), lower),
                (across(seen.ci.high), lower),
                (0.8, 0.6),
                Stroke::new(BLACK, 0.7),
            );
        }
        canvas.ring(across(seen.estimate), lower, 0.6, Stroke::new(BLACK, 0.7));
    }
    let text = Text::new(scene.style.small_pt);
    canvas.text(&note(effect), frame.area.right() + 2.0, upper + text.capital() / 2.0, text);
}

/// Median with the central 95 %.
fn note(effect: &Predicted) -> String {
    let [low, high] = effect.central_95;
    format!("{} {}", numbers::difference(effect.median, 1), numbers::brackets(Interval { low, high }, 1))
}

/// Scale that holds zero and both intervals.
fn scale(scene: &Scene, effects: &[&Predicted]) -> Scale {
    let predicted = effects.iter().flat_map(|effect| effect.central_95);
    let seen = effects.iter().filter_map(|effect| scene.contrast(&effect.induction, &effect.condition));
    let seen = seen.flat_map(|contrast| [contrast.ci.low, contrast.ci.high, contrast.estimate]);
    let (low, high) = extent(predicted.chain(seen.filter(|end| end.is_finite())).chain([0.0]));
    Scale::roomy(low, high, 0.04)
}

fn caption(scene: &Scene, prediction: &Prediction) -> Caption {
    let interval = scene.sources.findings.contrasts.first().map(|contrast| match contrast.ci_name.as_str() {
        "" => format!("{} CI", scene.level()),
        name => name.to_owned(),
    });
    let band = scene.sources.manifest.statistics.equivalence_percent.map_or_else(String::new, |bound| {
        format!(" Grey band: planned bounds of practical equivalence, ±{bound} percentage points.")
    });
    let legend = format!(
        "Above: predicted difference from {} over {} of parameters and drug constants; symbol, median; thick line, \
         central 50 %; thin line, central 95 %. It is as wide as what is not known; more virtual animals do not narrow \
         it. Below (ring, dashed line): what one simulated experiment of the planned size found, with its {}; that \
         interval is the chance of sampling animals and would shrink with their number.{band} {}",
        scene.reference(),
        counted(prediction.draws, "draw"),
        interval.unwrap_or_else(|| "interval".to_owned()),
        scene.limits_in_words(LimitedAxis::Difference),
    );
    let list: Vec<String> = prediction
        .of(PredictedKind::Effect)
        .map(|effect| format!("{} {}", scene.group_name(&effect.induction, &effect.condition), note(effect)))
        .collect();
    let alt = format!("Predicted differences from {} in percentage points: {}.", scene.reference(), list.join("; "));
    Caption {
        slug: "prediction".to_owned(),
        title: "Predicted differences".to_owned(),
        legend: legend.trim_end().to_owned(),
        alt,
    }
}

fn table(prediction: &Prediction) -> String {
    let mut csv = Csv::new(&["kind", "induction", "condition", "reference", "draw", "value"]);
    for outcome in &prediction.outcomes {
        let kind = match outcome.kind {
            PredictedKind::Change => "change",
            PredictedKind::Effect => "effect",
            PredictedKind::Interaction => "interaction",
        };
        for (number, value) in outcome.values.iter().enumerate() {
            csv.row(&[
                Cell::Text(kind),
                Cell::Text(&outcome.induction),
                Cell::Text(&outcome.condition),
                Cell::Text(&outcome.reference),
                Cell::Text(&(number + 1).to_string()),
                Cell::Number(*value),
            ]);
        }
    }
    csv.finish()
}
