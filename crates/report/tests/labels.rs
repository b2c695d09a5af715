//! Labels: no two texts of a figure may overlap, none may leave the sheet, in
//! any journal style. Widths come from the embedded font.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;

use fixture::*;
use report::drawing::{Fonts, MM_PER_PT};
use report::{RenderOptions, write};
use results::plan::{FigureFormat, JournalStyle};

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

#[test]
fn labels_neither_collide_nor_leave_the_sheet() {
    let fonts = Fonts::embedded();
    let mut checked = 0;
    let other = tempfile::tempdir().unwrap();
    lay_out(&isopregnanolone(), other.path());
    for recipe in [isopregnanolone(), allopregnanolone(), square(), crowded()] {
        let folder = tempfile::tempdir().unwrap();
        lay_out(&recipe, folder.path());
        for style in [JournalStyle::Jneurosci, JournalStyle::Nature, JournalStyle::Elife, JournalStyle::Cell] {
            let options = RenderOptions {
                style: Some(style),
                formats: Some(vec![FigureFormat::Svg]),
                threads: 1,
                beside: Some(other.path().to_owned()),
                ..RenderOptions::default()
            };
            let summary = write(folder.path(), &options).unwrap();
            for path in summary.figures.iter().filter(|path| path.extension().is_some_and(|e| e == "svg")) {
                let svg = std::fs::read_to_string(path).unwrap();
                let place = format!("{} {style:?} {}", recipe.name, path.file_name().unwrap().display());
                let head = svg.lines().next().unwrap();
                let width: f64 = attribute(head, "width").unwrap().trim_end_matches("mm").parse().unwrap();
                let height: f64 = attribute(head, "height").unwrap().trim_end_matches("mm").parse().unwrap();
                let labels = labels(&fonts, &svg);
                for (k, label) in labels.iter().enumerate() {
                    let inside = label.left >= -0.05
                        && label.right <= width + 0.05
                        && label.top >= -0.05
                        && label.bottom <= height + 0.05;
                    assert!(inside, "{place}: {} leaves the sheet of {width} × {height} mm: {label:?}", label.text);
                    for other in &labels[k + 1..] {
                        assert!(
                            !overlap(label, other),
                            "{place}: {} and {} overlap: {label:?} {other:?}",
                            label.text,
                            other.text
                        );
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 10_000, "only {checked} pairs were checked");
}
