//! Bars of what flowed when: a line for each compound with the marks of its
//! conditions, its name and a bar for each of its flows.

use crate::drawing::colour::BLACK;
use crate::drawing::{Canvas, Frame, Rect, Text};
use crate::exposure::application::{Application, applications};
use crate::figures::scene::Scene;

/// Height of a bar, mm.
const BAR: f64 = 1.0;
/// Room between a name and its bar, and below the bar, mm.
const GAP: f64 = 0.5;
/// Conditions whose marks are drawn before a name; of more none is.
const MARKED: usize = 5;
/// Width of a mark with its room, mm.
const MARK: f64 = 2.4;

/// Height of one line, mm.
pub(crate) fn line(scene: &Scene) -> f64 {
    Text::new(scene.style.small_pt).line_height() + BAR + 2.0 * GAP
}

/// What flowed in the conditions that a panel shows.
pub(crate) fn of<'a>(scene: &Scene<'a>, shown: &[&str]) -> Vec<Application<'a>> {
    applications(&scene.sources.manifest, |name| shown.contains(&name))
}

/// Draws the lines one below the other, the last ending `foot` mm from the top of
/// the sheet; `marks`: with the marks of the conditions.
pub(crate) fn draw(
    canvas: &mut Canvas,
    scene: &Scene,
    frame: &Frame,
    bars: &[Application],
    (induction, foot): (&str, f64),
    marks: bool,
) {
    let manifest = &scene.sources.manifest;
    let plan = manifest.inductions.iter().find(|plan| plan.name == induction).or(manifest.inductions.first());
    for (k, one) in bars.iter().enumerate() {
        let top = foot - (bars.len() - k) as f64 * line(scene);
        let stretches = one.stretches(&manifest.timeline, plan);
        let across = |t: f64| frame.across(frame.x.clamp(t));
        let bar = top + line(scene) - BAR - GAP;
        for [from, to] in &stretches {
            let (left, right) = (across(*from), across(*to));
            // A pulse of seconds still shows.
            let width = (right - left).max(0.3);
            canvas.fill(Rect { x: left, y: bar, width, height: BAR }, BLACK, 1.0);
        }
        let start = stretches.first().map_or(frame.area.x, |[from, _]| across(*from));
        name(canvas, scene, frame, one, (start, bar - GAP - 0.3), marks && one.conditions.len() <= MARKED);
    }
}

/// Marks and name, from the start of the first flow on or further left where the
/// panel would end too early.
fn name(canvas: &mut Canvas, scene: &Scene, frame: &Frame, one: &Application, at: (f64, f64), marks: bool) {
    let small = Text::new(scene.style.small_pt);
    let text = if one.stretches_unknown() { format!("{} (times not stated)", one.name()) } else { one.name() };
    let room = if marks { MARK * one.conditions.len() as f64 } else { 0.0 };
    let width = room + scene.fonts.width(&text, small.pt, false);
    let left = at.0.min(frame.area.right() - width).max(frame.area.x);
    if marks {
        for (k, condition) in one.conditions.iter().enumerate() {
            let look = scene.look(condition);
            let x = left + (k as f64 + 0.5) * MARK - 0.4;
            look.draw(canvas, x, at.1 - small.capital() / 2.0, 0.75, 0.5);
        }
    }
    canvas.text_within(&text, left + room, at.1, frame.area.right() - left - room, small);
}
