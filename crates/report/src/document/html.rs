//! A page as self-contained HTML. The frame of the page is a template; what
//! stands in it is written here.

use crate::document::document::{Block, Document, Fold, Section, Summary, Term};
use crate::document::figure::{Link, Shown};
use crate::document::policy::policy;
use crate::document::table::{Cells, Mark, Table};
use crate::document::templates::{STYLE, fill};
use crate::error::ReportError;
use minijinja::value::Serde;
use minijinja::{HtmlEscape, Value};
use serde::Serialize;
use std::collections::BTreeSet;

const FRAME: &str = include_str!("../../templates/report.html.j2");

/// Figures wider than this on a screen, mm, scroll on a telephone.
const WIDE_MM: u32 = 150;

/// Cells of numbers with more characters than this may break into lines.
const LONG_CELL: usize = 40;

/// What the frame names.
#[derive(Serialize)]
struct Filling<'a> {
    title: &'a str,
    name: &'a str,
    program: &'a str,
    policy: String,
    style_sheet: String,
    contents: String,
    sections: String,
}

/// The page as HTML.
///
/// # Errors
/// The frame cannot be filled in.
pub(crate) fn html(document: &Document) -> Result<String, ReportError> {
    let style_sheet = style_sheet(document);
    let filling = Filling {
        title: &document.title,
        name: &document.name,
        program: &document.program,
        policy: policy(&style_sheet),
        style_sheet,
        contents: document.sections.iter().map(entry).collect(),
        sections: document.sections.iter().map(section).collect(),
    };
    fill("page.html", FRAME, &Value::from(Serde(&filling)))
}

/// The style sheet with a rule for each width of a figure: the policy of the page
/// forbids style attributes.
fn style_sheet(document: &Document) -> String {
    let figures = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Figure(figure) => Some(figure.width_mm),
        _ => None,
    });
    let rule = |mm: &u32| format!(".mm{mm} {{ --width: {mm}mm; }}\n");
    let rules: String = figures.collect::<BTreeSet<u32>>().iter().map(rule).collect();
    format!("\n{STYLE}{rules}")
}

/// Text that is never markup, without control characters, which HTML cannot hold.
fn escaped(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    HtmlEscape(&text).to_string()
}

/// A line of the table of contents, with the figures of the section but those of
/// the supplement below it.
fn entry(section: &Section) -> String {
    let figures: String = section.blocks.iter().filter_map(figure_entry).collect();
    let below = if figures.is_empty() { String::new() } else { format!("\n<ol>\n{figures}</ol>") };
    format!("<li><a href=\"#{}\">{}</a>{below}</li>\n", section.anchor, escaped(&section.short))
}

fn figure_entry(block: &Block) -> Option<String> {
    let Block::Figure(figure) = block else { return None };
    (!figure.supplementary)
        .then(|| format!("<li><a href=\"#{}\">{} {}</a></li>\n", figure.anchor, figure.number, escaped(&figure.title)))
}

fn section(section: &Section) -> String {
    // Headings inside follow the one above without a gap.
    let (title, below) = match section.title.as_str() {
        "" => (String::new(), 2),
        title => (format!("<h2>{}</h2>\n", escaped(title)), 3),
    };
    format!("<section id=\"{}\">\n{title}{}</section>\n", section.anchor, blocks(&section.blocks, below))
}

fn blocks(blocks: &[Block], level: u8) -> String {
    blocks.iter().map(|one| block(one, level)).collect()
}

/// A block whose heading, if it has one, is of `level`.
fn block(block: &Block, level: u8) -> String {
    match block {
        Block::Text(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::Answer(text) => format!("<p class=\"answer\">{}</p>\n", escaped(text)),
        Block::Banner(text) => format!("<p class=\"banner\"><strong>{}</strong></p>\n", escaped(text)),
        Block::Paragraph { heading, text } => {
            format!("<p><strong>{}.</strong> {}</p>\n", escaped(heading), escaped(text))
        }
        Block::Heading(title) => format!("<h{level}>{}</h{level}>\n", escaped(title)),
        Block::List(lines) => list(lines),
        Block::Notice { anchor, title, lines } => {
            let (title, lines) = (escaped(title), list(lines));
            let heading = format!("<h{level}>{title}</h{level}>");
            format!("<div class=\"box\" id=\"{anchor}\">{heading}\n{}</div>\n", lines.trim_end())
        }
        Block::Table(table) => grid(table),
        Block::Figure(figure) => drawing(figure),
        Block::Fold(fold) => folded(fold, level),
        Block::Evidence(inner) => format!("<div class=\"box evidence\">\n{}</div>\n", blocks(inner, level)),
        Block::Terms(terms) => format!("<dl>\n{}</dl>\n", terms.iter().map(term).collect::<String>()),
    }
}

fn list(lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let items: String = lines.iter().map(|line| format!("<li>{}</li>\n", escaped(line))).collect();
    format!("<ul>\n{items}</ul>\n")
}

/// A table that scrolls where the page is narrower than it.
fn grid(table: &Table) -> String {
    let class = match table.cells {
        Cells::Checklist => " class=\"checklist\"",
        Cells::Verdicts => " class=\"verdicts\"",
        Cells::Numbers | Cells::Words => "",
    };
    let caption = if table.caption.is_empty() {
        String::new()
    } else {
        format!("<caption>{}</caption>\n", escaped(&table.caption))
    };
    let titles: String = table.head.iter().map(|title| format!("<th scope=\"col\">{}</th>", escaped(title))).collect();
    let rows: String = table.rows.iter().enumerate().map(|(k, cells)| row(table, k, cells)).collect();
    let space = if table.cells == Cells::Numbers { "\n" } else { "" };
    let name = if table.caption.is_empty() { "Table" } else { table.caption.as_str() };
    format!(
        "<div class=\"scroll\" role=\"group\" aria-label=\"{}\" tabindex=\"0\"><table{class}>\n{caption}<thead><tr>{titles}</tr></thead>\n\
         <tbody>\n{rows}</tbody></table></div>\n{space}",
        escaped(name)
    )
}

/// A row of a table, the verdict on it in the fourth cell.
fn row(table: &Table, k: usize, cells: &[String]) -> String {
    let mark = table.marks.get(k);
    let verdict = mark.map_or("", |mark| match mark {
        Mark::Pass => "pass",
        Mark::Near => "near",
        Mark::Fail => "fail",
    });
    let cell = |(column, cell): (usize, &String)| {
        let long = table.cells == Cells::Numbers && cell.chars().count() > LONG_CELL;
        let class = match (mark, column) {
            (Some(_), 3) => format!(" class=\"verdict {verdict}\""),
            _ if long => " class=\"words\"".to_owned(),
            _ => String::new(),
        };
        format!("<td{class}>{}</td>", escaped(cell))
    };
    let class = if mark == Some(&Mark::Fail) { " class=\"failed\"" } else { "" };
    format!("<tr{class}>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
}

fn drawing(figure: &Shown) -> String {
    let link = |file: &Link| format!("<a href=\"{}\">{}</a>", escaped(&file.path), escaped(&file.label));
    let files: Vec<String> = figure.files.iter().map(link).collect();
    let Shown { anchor, number, svg, width_mm, .. } = figure;
    // A wide figure is not squeezed into a telephone: it scrolls.
    let wide = if *width_mm > WIDE_MM { " wide" } else { "" };
    format!(
        "<figure id=\"{anchor}\">\n<div class=\"drawing mm{width_mm}{wide}\" role=\"group\" aria-label=\"Figure {number}\" \
         tabindex=\"0\">\n{svg}</div>\n\
         <figcaption><strong>Figure {number}. {}.</strong> {}\n<span class=\"files\">{}</span></figcaption>\n</figure>\n\n",
        escaped(&figure.title),
        escaped(&figure.legend),
        files.join(" · ")
    )
}

/// What is folded, unless it is empty.
fn folded(fold: &Fold, level: u8) -> String {
    let inner = blocks(&fold.blocks, level);
    if inner.is_empty() {
        return inner;
    }
    let summary = match &fold.summary {
        Summary::InWords => "In words".to_owned(),
        Summary::Sentence(sentence) => escaped(sentence),
        Summary::Heading { title, remark } => format!("<strong>{}</strong> ({})", escaped(title), escaped(remark)),
    };
    let open = if fold.open { " open" } else { "" };
    format!("<details{open}><summary>{summary}</summary>\n{}</details>\n", inner.trim_end())
}

fn term(term: &Term) -> String {
    let value = escaped(&term.value);
    let value = if term.code { format!("<code>{value}</code>") } else { value };
    format!("<dt>{}</dt><dd>{value}</dd>\n", escaped(term.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        assert_eq!(block(&Block::text("a < b & c"), 3), "<p>a &lt; b &amp; c</p>\n");
    }

    #[test]
    fn nothing_is_folded_where_nothing_is_said() {
        assert_eq!(block(&Block::in_words(Vec::new()), 3), "");
        let said = block(&Block::in_words(vec!["One.".to_owned()]), 3);
        assert_eq!(said, "<details><summary>In words</summary>\n<ul>\n<li>One.</li>\n</ul></details>\n");
    }

    #[test]
    fn figures_of_the_supplement_stay_out_of_the_contents() {
        let figure = |supplementary| {
            Block::Figure(Shown {
                anchor: "figure-1".to_owned(),
                number: "1".to_owned(),
                title: "Time".to_owned(),
                legend: String::new(),
                alt: String::new(),
                svg: String::new(),
                file: String::new(),
                files: Vec::new(),
                width_mm: 128,
                supplementary,
            })
        };
        let listed = |block| entry(&Section::new("figures", "Figures", vec![block]));
        assert!(listed(figure(false)).contains("<li><a href=\"#figure-1\">1 Time</a></li>"));
        assert_eq!(listed(figure(true)), "<li><a href=\"#figures\">Figures</a></li>\n");
    }
}
