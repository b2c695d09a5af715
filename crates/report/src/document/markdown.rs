//! A page as Markdown. Figures are links to their files; nothing folds.

use crate::document::document::{Block, Document, Fold, Section, Summary, Term};
use crate::document::escape;
use crate::document::figure::{Link, Shown};
use crate::document::table::Table;

/// The page as Markdown, without an end of line after the last.
pub(crate) fn markdown(document: &Document) -> String {
    let sections: String = document.sections.iter().map(section).collect();
    let parts = [&document.name, &document.program];
    let made: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| escape::text(part)).collect();
    let text = format!("# {}\n\n{}\n\n{sections}", escape::text(&document.title), made.join(" · "));
    text.trim_end_matches('\n').to_owned()
}

fn section(section: &Section) -> String {
    let title =
        if section.title.is_empty() { String::new() } else { format!("## {}\n\n", escape::text(&section.title)) };
    title + &blocks(&section.blocks)
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect()
}

/// A block with the empty line that ends it.
fn block(block: &Block) -> String {
    match block {
        Block::Text(text) | Block::Answer(text) => format!("{}\n\n", escape::text(text)),
        Block::Banner(text) => format!("> **{}**\n\n", escape::text(text)),
        Block::Paragraph { heading, text } => format!("**{heading}.** {}\n\n", escape::text(text)),
        Block::Heading(title) => format!("### {title}\n\n"),
        Block::List(lines) => list(lines),
        Block::Notice { title, lines, .. } => format!("## {title}\n\n{}", list(lines)),
        Block::Table(table) => grid(table),
        Block::Figure(figure) => link(figure),
        Block::Fold(fold) => unfolded(fold),
        Block::Evidence(inner) => blocks(inner),
        Block::Terms(terms) => {
            format!("| | |\n| --- | --- |\n{}\n", terms.iter().map(term).collect::<String>())
        }
    }
}

fn list(lines: &[String]) -> String {
    let items: String = lines.iter().map(|line| format!("- {}\n", escape::text(line))).collect();
    items + "\n"
}

/// A table below its caption, which is a sentence here.
fn grid(table: &Table) -> String {
    let caption = match escape::text(&table.caption).as_str() {
        "" => String::new(),
        sentence if sentence.ends_with('.') => format!("{sentence}\n\n"),
        words => format!("{words}.\n\n"),
    };
    let rule = " --- |".repeat(table.head.len());
    let rows: String = table.rows.iter().map(|row| line(row)).collect();
    format!("{caption}{}|{rule}\n{rows}\n", line(&table.head))
}

/// A line of a table; a cell holds neither the rule between columns nor an end of line.
fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escape::text(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A figure as a link to its first file; its legend, and links to all files.
fn link(figure: &Shown) -> String {
    let Shown { alt, file, number, title, legend, .. } = figure;
    let drawing = if file.is_empty() { String::new() } else { format!("![{}]({file})\n\n", escape::label(alt)) };
    let link = |file: &Link| format!("[{}]({})", file.label, file.path);
    let files: Vec<String> = figure.files.iter().map(link).collect();
    let (title, legend) = (escape::text(title), escape::text(legend));
    format!("{drawing}**Figure {number}. {title}.** {legend}\nFiles: {}\n\n\n", files.join(", "))
}

fn unfolded(fold: &Fold) -> String {
    let summary = match &fold.summary {
        Summary::InWords => String::new(),
        Summary::Sentence(sentence) => format!("{}:\n\n", escape::text(sentence)),
        Summary::Heading { title, remark } => format!("### {} ({remark})\n\n", escape::text(title)),
    };
    summary + &blocks(&fold.blocks)
}

fn term(term: &Term) -> String {
    format!("| {} | {} |\n", term.name, escape::text(&term.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_neither_rule_nor_end_of_line() {
        let table = Table::new(&["a", "b"], vec![vec!["1|2".to_owned(), "x\ny".to_owned()]]).captioned("Two cells");
        assert_eq!(grid(&table), "Two cells.\n\n| a | b |\n| --- | --- |\n| 1\\|2 | x y |\n\n");
    }

    #[test]
    fn what_says_the_table_in_words_needs_no_line_above() {
        assert_eq!(block(&Block::in_words(vec!["One.".to_owned()])), "- One.\n\n");
    }
}
