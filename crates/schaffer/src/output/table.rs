//! Tables on a terminal: as wide as their widest entries, narrower where the terminal is.

use crate::output::lay::{columns_of, wrapped};
use crate::output::look::Look;

/// Blanks between two columns.
const GAP: usize = 2;

/// Rows of a table without a head, for the width of the standard output.
pub fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
    laid(&rows, false, Look::Output.width())
}

/// Rows of a table of which the first is the head, for the width of the standard output.
pub fn headed<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
    laid(&rows, true, Look::Output.width())
}

/// The same for rows whose number of columns is not known beforehand.
pub fn rows(rows: &[Vec<String>]) -> String {
    laid(rows, true, Look::Output.width())
}

/// The table: side by side if it fits, else with entries in several lines, else each row
/// as a list of its entries.
fn laid(rows: &[Vec<String>], head: bool, width: Option<usize>) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize, of: &dyn Fn(&str) -> usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|entry| of(entry)).max().unwrap_or(0)
    };
    let natural: Vec<usize> = (0..count).map(|column| widest(column, &columns_of)).collect();
    let gaps = GAP * count.saturating_sub(1);
    let room = width.unwrap_or(usize::MAX);
    if natural.iter().sum::<usize>() + gaps <= room {
        return side_by_side(rows, &natural);
    }
    let least: Vec<usize> = (0..count).map(|column| widest(column, &longest_word)).collect();
    if least.iter().sum::<usize>() + gaps <= room {
        return side_by_side(rows, &shares(&natural, &least, room - gaps));
    }
    stacked(rows, head, room)
}

/// Columns of the longest word of an entry, with its indentation.
fn longest_word(entry: &str) -> usize {
    let indent = entry.len() - entry.trim_start_matches(' ').len();
    entry.split_whitespace().map(columns_of).max().unwrap_or(0) + indent
}

/// Widths that fit into the room: the widest columns give way first, none below its
/// longest word.
fn shares(natural: &[usize], least: &[usize], room: usize) -> Vec<usize> {
    let capped = |cap: usize| natural.iter().zip(least).map(move |(natural, least)| (*natural).min(cap.max(*least)));
    let widest = natural.iter().copied().max().unwrap_or(0);
    let cap = (0..=widest).rev().find(|cap| capped(*cap).sum::<usize>() <= room).unwrap_or(0);
    capped(cap).collect()
}

fn side_by_side(rows: &[Vec<String>], widths: &[usize]) -> String {
    let mut page = String::new();
    for row in rows {
        let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(entry, width)| lines_of(entry, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for place in 0..height {
            let mut line = String::new();
            for (cell, width) in cells.iter().zip(widths) {
                let entry = cell.get(place).map_or("", String::as_str);
                line.push_str(entry);
                line.push_str(&" ".repeat((width + GAP).saturating_sub(columns_of(entry))));
            }
            page.push_str(line.trim_end());
            page.push('\n');
        }
    }
    page
}

/// An entry in lines of a column.
fn lines_of(entry: &str, width: usize) -> Vec<String> {
    let indent = entry.len() - entry.trim_start_matches(' ').len();
    let text = wrapped(entry.trim_start_matches(' '), width.saturating_sub(indent).max(1));
    let mut lines: Vec<String> = text.lines().map(|line| format!("{}{}", " ".repeat(indent), line)).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Each row as a list: the entries with the names of their columns, the first at the margin.
fn stacked(rows: &[Vec<String>], head: bool, room: usize) -> String {
    let names: &[String] = if head { rows.first().map_or(&[], Vec::as_slice) } else { &[] };
    let mut page = String::new();
    for row in rows.iter().skip(usize::from(head)) {
        for (place, entry) in row.iter().enumerate().filter(|(_, entry)| !entry.trim().is_empty()) {
            let name = names.get(place).map_or("", |name| name.trim());
            let line = if name.is_empty() { entry.trim().to_owned() } else { format!("{name}: {}", entry.trim()) };
            let indent = if place == 0 { "" } else { "  " };
            page.push_str(&wrapped(&format!("{indent}{line}"), room));
            page.push('\n');
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<Vec<String>> {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        vec![
            row(["name", "value", "meaning"]),
            row(["nmda.conductance", "0.4 nS", "conductance of the NMDA receptors of one spine at full activation"]),
            row(["  x", "1", "short"]),
        ]
    }

    #[test]
    fn tables_fit_into_every_terminal_without_a_broken_word() {
        let rows = table();
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        let whole = words(&laid(&rows, true, None));
        for width in [20, 40, 60, 80, 200] {
            let page = laid(&rows, true, Some(width));
            assert!(page.lines().all(|line| columns_of(line) <= width), "{width}\n{page}");
            if width >= 40 {
                assert_eq!(words(&page), whole, "{page}");
            } else {
                // The names of the columns stand before their entries.
                assert!(page.contains("value: 0.4 nS"), "{page}");
            }
        }
        assert_eq!(laid(&rows, true, None).lines().count(), 3);
    }

    #[test]
    fn the_widest_column_gives_way() {
        assert_eq!(shares(&[10, 30, 50], &[5, 5, 5], 60), [10, 25, 25]);
        assert_eq!(shares(&[10, 30], &[10, 28], 38), [10, 28]);
    }
}
