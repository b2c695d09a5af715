//! The figures of the page, numbered and linked.

use crate::document::figure::{Link, Shown};
use crate::figures::scene::Figure;
use recording::plan::FigureFormat;

/// Figures with their numbers: 1, 2, … and S1, S2, … in the supplement.
pub(crate) fn numbered<'a>(figures: &'a [Figure], formats: &[FigureFormat]) -> Vec<Shown<'a>> {
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
                title: &figure.title,
                legend: &figure.legend,
                alt: &figure.alt,
                svg: inline(&figure.svg),
                file,
                files,
                // On a screen figures stand 1.5 times their printed size.
                width: format!("{:.0}mm", figure.width_mm * 1.5),
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
