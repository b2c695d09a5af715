//! The figures of the page, numbered and linked.

use crate::document::document::{Block, Section};
use crate::document::figure::{Link, Shown};
use crate::figures::scene::Figure;
use results::Entry;
use results::plan::FigureFormat;

/// The figures of the paper and those of its supplement.
pub(crate) fn sections(figures: &[Figure], formats: &[FigureFormat]) -> (Section, Section) {
    let (supplement, main): (Vec<Shown>, Vec<Shown>) =
        numbered(figures, formats).into_iter().partition(|figure| figure.supplementary);
    let main = main.into_iter().map(Block::Figure).collect();
    let supplement = if supplement.is_empty() {
        vec![Block::text("No supplementary figure.")]
    } else {
        supplement.into_iter().map(Block::Figure).collect()
    };
    (Section::new(Entry::Figures.name(), "Figures", main), Section::new("supplement", "Supplement", supplement))
}

/// Figures with their numbers: 1, 2, … and S1, S2, … in the supplement.
pub(crate) fn numbered(figures: &[Figure], formats: &[FigureFormat]) -> Vec<Shown> {
    let (mut main, mut supplement) = (0, 0);
    figures
        .iter()
        .map(|figure| {
            let number = if figure.supplementary {
                supplement += 1;
                format!("S{supplement}")
            } else {
                main += 1;
                main.to_string()
            };
            let mut files: Vec<Link> = Vec::new();
            for (format, extension) in
                [(FigureFormat::Svg, "svg"), (FigureFormat::Png, "png"), (FigureFormat::Pdf, "pdf")]
            {
                if formats.contains(&format) {
                    let path = format!("figures/{}.{extension}", figure.slug);
                    files.push(Link { label: extension.to_uppercase(), path });
                }
            }
            let file = files.first().map_or_else(String::new, |link| link.path.clone());
            for table in &figure.tables {
                let panel = if table.panel.is_empty() { String::new() } else { format!("-{}", table.panel) };
                let path = format!("figures/{}{panel}.csv", figure.slug);
                let label = if table.panel.is_empty() { "data".to_owned() } else { format!("data {}", table.panel) };
                files.push(Link { label, path });
            }
            Shown {
                anchor: format!("figure-{}", number.to_lowercase()),
                number,
                title: figure.title.clone(),
                legend: figure.legend.clone(),
                alt: figure.alt.clone(),
                svg: inline(&figure.svg),
                file,
                files,
                // On a screen figures stand 1.5 times their printed size.
                width_mm: (figure.width_mm * 1.5).round() as u32,
                supplementary: figure.supplementary,
            }
        })
        .collect()
}

/// The drawing for the page: the page decides its size, the figure caption
/// names it.
fn inline(svg: &str) -> String {
    let Some(start) = svg.find(" width=\"") else { return svg.to_owned() };
    let Some(end) = svg.find(" viewBox=") else { return svg.to_owned() };
    let mut text = svg.to_owned();
    text.replace_range(start..end, "");
    text
}
