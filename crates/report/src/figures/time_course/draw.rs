//! Time course of the fEPSP slope: mean ± SEM over animals with the lines of
//! single slices. Few conditions share a panel; many get a panel each, with the
//! reference behind.

use crate::drawing::scale::extent;
use crate::drawing::{Anchor, Appearance, Axis, Canvas, Frame, Grid, Scale, Text};
use crate::error::ReportError;
use crate::figures::exposure_bars;
use crate::figures::rows::singles_left_out;
use crate::figures::scene::{Caption, Figure, PanelTable, Scene, slug};
use crate::figures::sheets;
use crate::figures::time_course::key::Key;
use crate::figures::time_course::panel_of::Panel;
use crate::figures::time_course::{panel, table};
use crate::options::LimitedAxis;
use analysis::findings::TimeCourse;

/// More conditions than this do not share a panel.
const OVERLAY_LIMIT: usize = 4;
/// Title of the horizontal axis.
const TIME: &str = "Time after induction (min)";

/// Draws the figure, or one per induction protocol when there are many panels; what
/// does not fit on a page goes on more sheets.
pub fn draw(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    if scene.sources.findings.time_courses.is_empty() {
        return Ok(Vec::new());
    }
    let (inductions, conditions) = (scene.inductions(), scene.conditions().len());
    if conditions <= OVERLAY_LIMIT {
        return overlay(scene, &inductions);
    }
    if inductions.len() > 1 && conditions <= 5 {
        return multiples(scene, &inductions, conditions, "time-course");
    }
    let columns = if conditions <= 6 || conditions == 9 { 3 } else { 4 };
    let mut figures = Vec::new();
    for induction in &inductions {
        let slug = match inductions.len() {
            1 => "time-course".to_owned(),
            _ => format!("time-course-{}", slug(induction)),
        };
        figures.extend(multiples(scene, &[*induction], columns, &slug)?);
    }
    Ok(figures)
}

fn course<'a>(scene: &Scene<'a>, induction: &str, condition: &str) -> Option<&'a TimeCourse> {
    let courses = &scene.sources.findings.time_courses;
    courses.iter().find(|course| course.induction == induction && course.condition == condition)
}

/// One panel per induction protocol, all conditions in it, legend above.
fn overlay(scene: &Scene, inductions: &[&str]) -> Result<Vec<Figure>, ReportError> {
    let style = &scene.style;
    let panels: Vec<Panel> = inductions
        .iter()
        .map(|induction| Panel {
            heading: if inductions.len() > 1 { (*induction).to_owned() } else { String::new() },
            courses: scene.conditions().iter().filter_map(|plan| course(scene, induction, &plan.name)).collect(),
            behind: None,
        })
        .collect();
    let sheet = if inductions.len() > 1 { style.two_columns } else { style.one_column };
    let columns = inductions.len().min(2);
    let (y, x) = scales(scene, &panels);
    let entries: Vec<(Appearance, String)> = scene
        .conditions()
        .iter()
        .map(|plan| {
            let n: Vec<String> = inductions.iter().map(|induction| scene.n(induction, &plan.name)).collect();
            (scene.look(&plan.name), format!("{}, n = {}", plan.name, n.join(" / ")))
        })
        .collect();
    let key = Key::new(scene, &entries, sheet - 8.0);
    let mut grid = frame_grid(scene, &x, &y, sheet, columns, inductions.len().div_ceil(columns), 48.0);
    let look = Text::new(style.tick_pt).bold();
    let lines = panels.iter().map(|panel| heading_lines(scene, &panel.heading, &grid).len()).max().unwrap_or(1);
    let heading = match inductions.len() {
        1 => 0.0,
        _ => {
            let letter = Text::new(style.letter_pt).capital() + Text::new(style.small_pt).line_height();
            letter + (lines - 1) as f64 * look.line_height()
        }
    };
    let bars = bars_height(scene, &panels);
    grid.top = key.height() + 1.2 + heading + bars + 1.0;
    grid.between += 6.0 + heading + bars + 1.0;
    on_sheets(scene, "time-course", grid, panels, (x, y), |canvas| key.draw(canvas, scene, 6.0, 1.0))
}

/// One panel per condition.
fn multiples(scene: &Scene, inductions: &[&str], columns: usize, slug: &str) -> Result<Vec<Figure>, ReportError> {
    let style = &scene.style;
    let mut panels = Vec::new();
    for induction in inductions {
        let reference = course(scene, induction, scene.reference());
        for plan in scene.conditions() {
            let Some(found) = course(scene, induction, &plan.name) else { continue };
            let behind = if plan.name == scene.reference() { None } else { reference };
            panels.push(Panel { heading: plan.name.clone(), courses: vec![found], behind });
        }
    }
    let columns = columns.min(panels.len()).max(1);
    let rows = panels.len().div_ceil(columns);
    let (y, x) = scales(scene, &panels);
    let panel = if columns > 3 { 30.0 } else { 36.0 };
    let mut grid = frame_grid(scene, &x, &y, style.two_columns, columns, rows, panel);
    // Headings are wrapped to the width of a panel; the tallest decides the room.
    let look = Text::new(style.tick_pt).bold();
    let lines = panels.iter().map(|panel| heading_lines(scene, &panel.heading, &grid).len()).max().unwrap_or(1);
    let head =
        lines as f64 * look.line_height() + Text::new(style.small_pt).line_height() + bars_height(scene, &panels);
    grid.top = head + 2.2;
    grid.between += head + 6.0;
    on_sheets(scene, slug, grid, panels, (x, y), |_| {})
}

/// The panels on as many sheets as they need.
fn on_sheets(
    scene: &Scene,
    slug: &str,
    grid: Grid,
    panels: Vec<Panel>,
    scales: (Scale, Scale),
    above: impl Fn(&mut Canvas),
) -> Result<Vec<Figure>, ReportError> {
    let most = grid.columns * grid.rows_within(scene.style.max_height);
    let parts = sheets::parts(&panels, most, grid.columns);
    let draw = |(part, panels): (usize, &&[Panel])| {
        let grid = Grid { rows: panels.len().div_ceil(grid.columns), ..grid };
        let caption = sheets::caption(caption(scene, slug.to_owned(), panels), part, parts.len());
        compose(scene, caption, grid, panels, scales, &above)
    };
    parts.iter().enumerate().map(draw).collect()
}

/// Room above the panels for the bars of what flowed, mm.
fn bars_height(scene: &Scene, panels: &[Panel]) -> f64 {
    let most = panels.iter().map(|panel| bars_of(scene, panel)).max().unwrap_or(0);
    most as f64 * exposure_bars::line(scene)
}

/// Lines of bars above a panel.
fn bars_of(scene: &Scene, panel: &Panel) -> usize {
    let shown: Vec<&str> = panel.courses.iter().map(|course| course.condition.as_str()).collect();
    exposure_bars::of(scene, &shown).len()
}

fn heading_lines(scene: &Scene, heading: &str, grid: &Grid) -> Vec<String> {
    scene.fonts.wrap(heading, scene.style.tick_pt, true, grid.width() - 3.0)
}

/// Common scales of all panels.
fn scales(scene: &Scene, panels: &[Panel]) -> (Scale, Scale) {
    let courses = || panels.iter().flat_map(|panel| &panel.courses);
    let means = courses().flat_map(|course| {
        let ends = |k: usize| panel::errors(scene, course, k).map_or([f64::NAN; 2], |(low, high)| [low, high]);
        let bins = 0..course.time_min.len();
        bins.flat_map(ends).chain(course.mean.iter().copied()).collect::<Vec<_>>()
    });
    let single = |shown: &Panel| -> Vec<f64> {
        let own = &shown.courses;
        match panel::slice_band(shown) {
            true => own.iter().flat_map(|c| c.spread.iter().flat_map(panel::band_ends)).collect(),
            false => own.iter().flat_map(|c| &c.slices).flat_map(|s| s.percent.iter().flatten().copied()).collect(),
        }
    };
    let (low, high) = extent(means.chain(panels.iter().flat_map(single)).chain([90.0, 130.0]));
    // A strip below the data keeps the induction arrow clear of them.
    let room = 0.16 * (high - low);
    let y = scene.limited(LimitedAxis::Course, Scale::rounded((low - room).max(0.0), high, 5.0));
    let timeline = &scene.sources.manifest.timeline;
    let (first, last) = extent(courses().flat_map(|course| course.time_min.iter().copied()));
    let x = Scale::Linear {
        low: first.min(-timeline.wash_in_min - timeline.baseline_min),
        high: last.max(timeline.follow_up_min),
    };
    (y, x)
}

/// Margins around the panels.
fn frame_grid(scene: &Scene, x: &Scale, y: &Scale, sheet: f64, columns: usize, rows: usize, panel: f64) -> Grid {
    let (vertical, horizontal) = axes(scene, x, y, sheet / columns as f64 - 14.0, panel);
    let left = vertical.width(scene.fonts, &scene.style, panel) + 1.0;
    let foot = horizontal.height(scene.fonts, &scene.style, 60.0);
    let mut grid = Grid {
        sheet,
        columns,
        rows,
        left,
        right: 2.2,
        top: 0.0,
        bottom: foot + Text::new(scene.style.label_pt).line_height() + 1.6,
        // Room for the axis of the row above.
        between: foot,
        across: if columns > 3 { 3.5 } else { 5.0 },
        panel,
    };
    // Labels of neighbours meet at the ends of their axes.
    let pt = scene.style.tick_pt;
    let (before, after) = x.overhang(scene.fonts, pt, grid.width(), &axes(scene, x, y, grid.width(), panel).1.ticks);
    grid.across = grid.across.max(before + after + 1.6);
    grid.right = grid.right.max(after + 0.4);
    grid
}

fn axes(scene: &Scene, x: &Scale, y: &Scale, width: f64, height: f64) -> (Axis, Axis) {
    let pt = scene.style.tick_pt;
    let across = if width > 45.0 { 6.0 } else { 5.0 };
    (
        Axis::new(scene.course_title(), y.ticks(scene.fonts, pt, height, 5.0, true)),
        Axis::new("", x.ticks(scene.fonts, pt, width, across, false)),
    )
}

fn compose(
    scene: &Scene,
    caption: Caption,
    grid: Grid,
    panels: &[Panel],
    (x, y): (Scale, Scale),
    above: impl FnOnce(&mut Canvas),
) -> Result<Figure, ReportError> {
    let many = panels.len() > 1;
    let letters: Vec<String> =
        (0..panels.len()).map(|k| if many { scene.style.letter(k) } else { String::new() }).collect();
    let tables = panels
        .iter()
        .zip(&letters)
        .map(|(panel, letter)| PanelTable { panel: letter.to_lowercase(), csv: table::table(panel) })
        .collect();
    let size = (grid.sheet, grid.height());
    scene.figure(caption, size, tables, |canvas| {
        above(canvas);
        let (vertical, horizontal) = axes(scene, &x, &y, grid.width(), grid.panel);
        // One title below all columns: narrow panels would have to break it.
        let title = Text::new(scene.style.label_pt).anchor(Anchor::Middle);
        let middle = (grid.left + grid.sheet - grid.right) / 2.0;
        canvas.text(TIME, middle, grid.height() - 1.1, title);
        for (k, shown) in panels.iter().enumerate() {
            let (column, row) = (k % grid.columns, k / grid.columns);
            let frame = Frame { area: grid.cell(column, row), x, y };
            panel::paint(canvas, scene, &frame, shown, column == 0);
            horizontal.draw_below(canvas, &scene.style, &frame);
            let up = if column == 0 { vertical.clone() } else { vertical.bare() };
            up.draw_left(canvas, &scene.style, &frame);
            head(canvas, scene, &frame, shown, &letters[k], &grid);
        }
    })
}

/// Heading, n and panel letter above the bars of what flowed.
fn head(canvas: &mut Canvas, scene: &Scene, frame: &Frame, panel: &Panel, letter: &str, grid: &Grid) {
    let style = &scene.style;
    let single = panel.courses.len() == 1;
    let small = Text::new(style.small_pt);
    let mut y = frame.area.y - bars_of(scene, panel) as f64 * exposure_bars::line(scene) - 0.6;
    // Without a heading the key above says n.
    if single
        && !panel.heading.is_empty()
        && let Some(course) = panel.courses.first()
    {
        canvas.text(&format!("n = {}", scene.n(&course.induction, &course.condition)), frame.area.x + 1.0, y, small);
    }
    y -= small.line_height();
    let look = Text::new(style.tick_pt).bold();
    if !panel.heading.is_empty() {
        let lines = heading_lines(scene, &panel.heading, grid);
        y -= (lines.len() - 1) as f64 * look.line_height();
        canvas.lines(&lines, frame.area.x + 1.0, y, look);
    }
    if !letter.is_empty() {
        canvas.text(letter, frame.area.x - 4.2, y, Text::new(style.letter_pt).bold());
    }
}

fn caption(scene: &Scene, slug: String, panels: &[Panel]) -> Caption {
    let manifest = &scene.sources.manifest;
    let window = scene.sources.findings.outcome.window_min;
    let behind = if panels.iter().any(|panel| panel.behind.is_some()) {
        format!(" The grey line repeats the mean of {}.", scene.reference())
    } else {
        String::new()
    };
    let courses = || panels.iter().flat_map(|panel| &panel.courses);
    let bars = if courses().any(|course| !panel::marked(scene, course).is_empty()) {
        format!(
            " Coloured bars at the top: stretches in which the course differs from that of {} (cluster-mass permutation \
             of animals; the p value speaks for the stretch, not for its ends).",
            scene.reference()
        )
    } else {
        String::new()
    };
    let errors = scene.errors_in_words();
    let means = match scene.options.bands {
        true => format!("Lines in bands: mean ± {errors}"),
        false => format!("Symbols: mean ± {errors}"),
    };
    let banded = panels.iter().any(panel::slice_band);
    let singles = match banded {
        true => format!("pale band: 5th to 95th percentile of the {}", scene.slices()),
        false => format!("thin lines: single {}", scene.slices()),
    };
    let flowed = if panels.iter().any(|panel| bars_of(scene, panel) > 0) {
        " black bars: when the compounds named above them flowed;"
    } else {
        ""
    };
    let mut protocols: Vec<&str> = courses().map(|course| course.induction.as_str()).collect();
    protocols.dedup();
    let by = match protocols.as_slice() {
        [one] => format!(" ({one})"),
        _ => String::new(),
    };
    let lacking: String = manifest.time_course_limits.iter().map(|limit| format!(" {limit}")).collect();
    let legend = format!(
        "{means} over {} in bins of {}; {singles}.{}{} 100 % (dashed) is the mean in the {}. \
         Time 0 and arrow: induction{by};{flowed} shaded: outcome window, {}–{} min.{bars}{behind}{lacking} {}",
        scene.animals(),
        manifest.analysis.bin,
        if banded { String::new() } else { singles_left_out(scene) },
        scene.limits_in_words(LimitedAxis::Course),
        scene.reference_stretch(),
        window[0],
        window[1],
        scene.n_sentence()
    );
    let alt = format!(
        "Time course of the {} in % of baseline against time after induction for {}.",
        scene.quantity(),
        evidence::listed(&scene.conditions().iter().map(|plan| plan.name.as_str()).collect::<Vec<_>>())
    );
    Caption { slug, title: format!("Time course of the {}", scene.quantity()), legend, alt }
}
