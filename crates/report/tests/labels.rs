//! Labels: no two texts of a figure may overlap, none may leave the sheet, in
//! any journal style. Widths come from the embedded font.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;

use fixture::*;
use report::drawing::{Fonts, MM_PER_PT};
use report::{Errors, FigureOptions, RenderOptions, write};
use results::plan::{FigureFormat, JournalStyle};
use std::path::Path;

/// A text of an SVG file: what it says and the paper that its letters cover, mm.
#[derive(Debug)]
struct Label {
    text: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')? + start;
    Some(&tag[start..end])
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).unwrap().parse().unwrap()
}

/// All texts of a document, with tabular letters: capitals above the baseline,
/// a quarter of the size below it.
fn labels(fonts: &Fonts, svg: &str) -> Vec<Label> {
    svg.lines()
        .filter(|line| line.starts_with("<text "))
        .map(|line| {
            let open = line.find('>').unwrap();
            let (tag, rest) = line.split_at(open);
            let text =
                rest[1..].trim_end_matches("</text>").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let (x, y) = (number(tag, "x") / 100.0, number(tag, "y") / 100.0);
            let size = number(tag, "font-size") / 100.0;
            let width = fonts.width(&text, size / MM_PER_PT, attribute(tag, "font-weight").is_some());
            let before = match attribute(tag, "text-anchor") {
                Some("middle") => width / 2.0,
                Some("end") => width,
                _ => 0.0,
            };
            let (above, below) = (0.72 * size, 0.21 * size);
            if tag.contains("rotate(270") {
                Label { text, left: x - above, right: x + below, top: y - width + before, bottom: y + before }
            } else {
                Label { text, left: x - before, right: x - before + width, top: y - above, bottom: y + below }
            }
        })
        .collect()
}

fn overlap(a: &Label, b: &Label) -> bool {
    // A tenth of a millimetre is less than the side bearing of a letter.
    let slack = 0.1;
    a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom
}

/// The gap between two texts on one line below which they read as one, mm: less than a
/// space of the smallest lettering.
const APART_MM: f64 = 0.5;

/// Two labels side by side on one baseline that read as one, as "60" and "−40" of
/// neighbouring axes.
fn read_as_one(a: &Label, b: &Label) -> bool {
    let level = (a.bottom - b.bottom).abs() < 0.05 && (a.top - b.top).abs() < 0.05;
    level && a.left < b.right + APART_MM && b.left < a.right + APART_MM
}

/// Most that a figure of a journal may be high, mm.
fn page(style: JournalStyle) -> f64 {
    if style == JournalStyle::Nature { 170.0 } else { 220.0 }
}

/// Checks all figures of the folder in `styles`; the number of pairs of labels checked.
fn checked(folder: &Path, name: &str, styles: &[JournalStyle], beside: Option<&Path>) -> usize {
    let fonts = Fonts::embedded();
    let mut pairs = 0;
    for &style in styles {
        let options = RenderOptions {
            style: Some(style),
            formats: Some(vec![FigureFormat::Svg]),
            threads: 1,
            beside: beside.map(Path::to_path_buf),
            ..RenderOptions::default()
        };
        let summary = write(folder, &options).unwrap();
        for path in summary.figures.iter().filter(|path| path.extension().is_some_and(|e| e == "svg")) {
            let svg = std::fs::read_to_string(path).unwrap();
            let place = format!("{name} {style:?} {}", path.file_name().unwrap().display());
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{place} holds no number");
            let head = svg.lines().next().unwrap();
            let width: f64 = attribute(head, "width").unwrap().trim_end_matches("mm").parse().unwrap();
            let height: f64 = attribute(head, "height").unwrap().trim_end_matches("mm").parse().unwrap();
            assert!(height <= page(style) + 0.1, "{place} is {height} mm high");
            let labels = labels(&fonts, &svg);
            for (k, label) in labels.iter().enumerate() {
                let inside = label.left >= -0.05
                    && label.right <= width + 0.05
                    && label.top >= -0.05
                    && label.bottom <= height + 0.05;
                assert!(inside, "{place}: {} leaves the sheet of {width} × {height} mm: {label:?}", label.text);
                for other in &labels[k + 1..] {
                    assert!(!overlap(label, other), "{place}: labels overlap: {label:?} {other:?}");
                    assert!(!read_as_one(label, other), "{place}: labels read as one: {label:?} {other:?}");
                    pairs += 1;
                }
            }
        }
    }
    pairs
}

const STYLES: [JournalStyle; 4] =
    [JournalStyle::Jneurosci, JournalStyle::Nature, JournalStyle::Elife, JournalStyle::Cell];

#[test]
fn labels_neither_collide_nor_leave_the_sheet() {
    let other = tempfile::tempdir().unwrap();
    lay_out(&isopregnanolone(), other.path());
    let mut pairs = 0;
    for recipe in [isopregnanolone(), allopregnanolone(), square(), crowded()] {
        let folder = tempfile::tempdir().unwrap();
        lay_out(&recipe, folder.path());
        pairs += checked(folder.path(), recipe.name, &STYLES, Some(other.path()));
    }
    assert!(pairs > 10_000, "only {pairs} pairs were checked");
}

#[test]
fn forty_conditions_with_names_of_sixty_characters_fit_on_pages() {
    let long = vec!["hfs-2x100", "theta bursts in three trains of ten at thirty seconds each"];
    for recipe in [many(8, long.clone()), many(40, vec!["hfs-2x100"]), many(40, long)] {
        let folder = tempfile::tempdir().unwrap();
        lay_out(&recipe, folder.path());
        checked(folder.path(), recipe.name, &[JournalStyle::Jneurosci, JournalStyle::Nature], None);
        // Whole names: nothing is cut off with an ellipsis but the labels of slices.
        for entry in std::fs::read_dir(folder.path().join("figures")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".svg")
                && ["time-course", "potentiation", "estimation", "averaged", "mechanism"]
                    .iter()
                    .any(|own| name.starts_with(own))
            {
                let svg = std::fs::read_to_string(&path).unwrap();
                assert!(!svg.contains('…'), "{name} cuts a name off");
            }
        }
    }
}

#[test]
fn many_protocols_fit_on_pages() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let mut recipe = square();
    recipe.inductions = names.to_vec();
    for condition in &mut recipe.conditions {
        condition.2 = vec![40.0; names.len()];
    }
    let folder = tempfile::tempdir().unwrap();
    lay_out(&recipe, folder.path());
    checked(folder.path(), "nine protocols", &[JournalStyle::Jneurosci, JournalStyle::Nature], None);
}

#[test]
fn values_of_any_size_have_labels_that_keep_apart() {
    for (name, level) in [("huge", 5.2e7), ("larger", 4.0e11), ("tiny", 3e-7), ("none", 0.0)] {
        let folder = tempfile::tempdir().unwrap();
        lay_out(&of_size(name, level), folder.path());
        checked(folder.path(), name, &STYLES, None);
    }
}

#[test]
fn three_hundred_slices_are_a_band_and_few_are_lines() {
    let paths = |slices: usize| {
        let folder = tempfile::tempdir().unwrap();
        lay_out_with_slices(&isopregnanolone(), slices, folder.path());
        checked(folder.path(), "many slices", &[JournalStyle::Jneurosci], None);
        let svg = std::fs::read_to_string(folder.path().join("figures/time-course.svg")).unwrap();
        let text = std::fs::read_to_string(folder.path().join("report.md")).unwrap();
        (svg.matches("<polyline").count(), text.contains("pale band: 5th to 95th percentile"))
    };
    let (few, many) = (paths(16), paths(300));
    assert!(!few.1 && many.1);
    assert!(many.0 < few.0, "{many:?} {few:?}");
}

#[test]
fn lines_of_all_conditions_in_a_panel_are_counted() {
    let banded = |slices: usize| {
        let folder = tempfile::tempdir().unwrap();
        lay_out_with_slices(&square(), slices, folder.path());
        checked(folder.path(), "slices of four conditions", &[JournalStyle::Jneurosci], None);
        std::fs::read_to_string(folder.path().join("report.md")).unwrap().contains("pale band: 5th to 95th percentile")
    };
    assert!(!banded(10) && banded(11), "forty lines are drawn one by one, more are not");
}

#[test]
fn a_single_condition_has_its_n_in_the_key_alone() {
    let mut recipe = square();
    recipe.conditions.truncate(1);
    let folder = tempfile::tempdir().unwrap();
    lay_out(&recipe, folder.path());
    checked(folder.path(), "one condition", &[JournalStyle::Jneurosci], None);
    let svg = std::fs::read_to_string(folder.path().join("figures/time-course.svg")).unwrap();
    let texts = svg.split("<text").skip(1).filter_map(|rest| rest.split("</text>").next());
    let said = texts.filter(|text| text.contains("n = ")).count();
    assert_eq!(said, 1, "{svg}");
}

#[test]
fn asked_looks_change_the_figures_and_what_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = isopregnanolone();
    lay_out(&recipe, folder.path());
    let drawn = |figures: FigureOptions| {
        let options =
            RenderOptions { formats: Some(vec![FigureFormat::Svg]), threads: 1, figures, ..RenderOptions::default() };
        write(folder.path(), &options).map(|_| {
            let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
            (read("figures/time-course.svg"), read("figures/potentiation.svg"), read("report.md"))
        })
    };
    let plain = drawn(FigureOptions::default()).unwrap();
    assert!(plain.2.contains("mean ± SEM"));
    for (errors, words) in [(Errors::Sd, "mean ± SD"), (Errors::Ci, "mean ± 95 % CI")] {
        let other = drawn(FigureOptions { errors: Some(errors), ..Default::default() }).unwrap();
        assert!(other.2.contains(words) && other.0 != plain.0, "{words}");
    }
    let bands = drawn(FigureOptions { bands: true, ..Default::default() }).unwrap();
    assert!(
        bands.2.contains("Lines in bands")
            && bands.0.matches("<polygon").count() != plain.0.matches("<polygon").count()
    );
    let order = Some("ISO 10 µM,control".to_owned());
    let ordered = drawn(FigureOptions { order, ..Default::default() }).unwrap();
    let place = |svg: &str, name: &str| svg.find(&format!(">{name}<")).unwrap();
    assert!(place(&plain.1, "control") < place(&plain.1, "ISO 10 µM"));
    assert!(place(&ordered.1, "ISO 10 µM") < place(&ordered.1, "control"));
    let colours = vec!["control=#123456".parse().unwrap()];
    assert!(drawn(FigureOptions { colours, ..Default::default() }).unwrap().0.contains("#123456"));
    let limits = vec!["course=-1000..7000".parse().unwrap()];
    let limited = drawn(FigureOptions { limits, ..Default::default() }).unwrap();
    assert!(limited.0.contains(">6000<") && limited.2.contains("asked to go from −1000 to 7000"));
    for (figures, says) in [
        (FigureOptions { order: Some("contrl".into()), ..Default::default() }, "no condition \"contrl\""),
        (
            FigureOptions { colours: vec!["ALLO=blue".parse().unwrap()], ..Default::default() },
            "no condition \"ALLO\"; there are: control, ISO 0.3 µM",
        ),
        (
            FigureOptions {
                limits: vec!["outcome=0..1".parse().unwrap(), "outcome=0..2".parse().unwrap()],
                ..Default::default()
            },
            "twice",
        ),
    ] {
        let fault = drawn(figures).unwrap_err().to_string();
        assert!(fault.contains(says), "{fault}");
    }
    let mut found = findings(&recipe);
    found.time_courses.iter_mut().for_each(|course| course.spread = None);
    std::fs::write(folder.path().join("findings.json"), serde_json::to_string(&found).unwrap()).unwrap();
    let fault = drawn(FigureOptions { errors: Some(Errors::Sd), ..Default::default() }).unwrap_err().to_string();
    assert!(fault.contains("schaffer analyse"), "{fault}");
    found.time_courses.clear();
    std::fs::write(folder.path().join("findings.json"), serde_json::to_string(&found).unwrap()).unwrap();
    let limits = vec!["course=0..200".parse().unwrap()];
    let fault = drawn(FigureOptions { limits, ..Default::default() }).unwrap_err().to_string();
    assert!(fault.contains("draws no such axis"), "{fault}");
}
