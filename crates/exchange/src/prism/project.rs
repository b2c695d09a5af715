//! A project of GraphPad Prism (`.pzfx`): XML with a table for each sheet.
//!
//! Structure: the XML that Prism 5 and later write, as `pzfx` for R and for Python
//! read and write it.

use crate::prism::grid::Grid;
use std::fmt::Write as _;

/// The kind of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A column for each group.
    Column,
    /// A column for each group, a sub-column for each animal.
    Grouped,
    /// Times, then a column for each group with a sub-column for each slice.
    Xy,
    /// Words, which a project holds among its notes.
    Words,
}

/// A sheet with its name.
pub(crate) struct Sheet {
    pub name: &'static str,
    pub kind: Kind,
    pub grid: Grid,
}

/// The head of a project: version and date are fixed, since a file depends on the
/// results only.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <GraphPadPrismFile PrismXMLVersion=\"5.00\">\n\
    <Created>\n\
    <OriginalVersion CreatedByProgram=\"GraphPad Prism\" CreatedByVersion=\"6.0f.254\" Login=\"\" \
    DateTime=\"2000-01-01T00:00:00+00:00\"/>\n\
    </Created>\n\
    <InfoSequence>\n<Ref ID=\"Info0\" Selected=\"1\"/>\n</InfoSequence>\n";

/// The project with these sheets. Writing into a `String` cannot fail.
pub(crate) fn project(title: &str, sheets: &[Sheet], notes: &[String]) -> String {
    let mut page = HEAD.to_owned();
    let _ = writeln!(page, "<Info ID=\"Info0\">\n<Title>{}</Title>\n<Notes>", escaped(title));
    for note in notes {
        let _ = writeln!(page, "<Font Color=\"#000000\" Face=\"Helvetica\">{}</Font><BR/>", escaped(note));
    }
    page.push_str("</Notes>\n</Info>\n<TableSequence>\n");
    for place in 0..sheets.len() {
        let selected = if place == 0 { " Selected=\"1\"" } else { "" };
        let _ = writeln!(page, "<Ref ID=\"Table{place}\"{selected}/>");
    }
    page.push_str("</TableSequence>\n");
    for (place, sheet) in sheets.iter().enumerate() {
        table(&mut page, place, sheet);
    }
    page.push_str("</GraphPadPrismFile>\n");
    page
}

fn table(page: &mut String, place: usize, sheet: &Sheet) {
    let columns = sheet.grid.columns();
    let (x, y) = columns.split_at(usize::from(sheet.kind == Kind::Xy));
    let most = y.iter().map(|(_, members)| members.len()).max().unwrap_or(1);
    let (x_format, kind) = match sheet.kind {
        Kind::Xy => ("numbers", "XY"),
        Kind::Grouped => ("none", "TwoWay"),
        Kind::Column | Kind::Words => ("none", "OneWay"),
    };
    let _ = writeln!(
        page,
        "<Table ID=\"Table{place}\" XFormat=\"{x_format}\" YFormat=\"replicates\" Replicates=\"{most}\" \
         TableType=\"{kind}\" EVFormat=\"AsteriskAfterNumber\">\n<Title>{}</Title>",
        escaped(&sheet.name.replace('_', " "))
    );
    for (title, members) in x {
        column(page, "XColumn", title, members);
    }
    for (title, members) in y {
        column(page, "YColumn", title, members);
    }
    page.push_str("</Table>\n");
}

fn column(page: &mut String, element: &str, title: &str, members: &[Vec<&str>]) {
    let (width, count) = (89 * members.len(), members.len());
    let _ = writeln!(page, "<{element} Width=\"{width}\" Decimals=\"2\" Subcolumns=\"{count}\">");
    let _ = writeln!(page, "<Title>{}</Title>", escaped(title));
    for cells in members {
        page.push_str("<Subcolumn>\n");
        for cell in cells {
            let _ = match *cell {
                "" => writeln!(page, "<d/>"),
                number => writeln!(page, "<d>{}</d>", escaped(number)),
            };
        }
        page.push_str("</Subcolumn>\n");
    }
    let _ = writeln!(page, "</{element}>");
}

/// Text of XML. Control characters, which XML has no spelling for, are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_xml_become_some() {
        assert_eq!(escaped("<5 nM> & \"x\"\u{1}\u{ffff}"), "&lt;5 nM&gt; &amp; &quot;x&quot;");
    }

    #[test]
    fn a_table_of_times_has_a_column_of_x() {
        let mut grid = Grid::titled(["Time (min)", "a", "a", "b", "b"]);
        grid.put(0, 0, String::from("-1"));
        grid.put(0, 4, String::from("2.5"));
        let page = project("t", &[Sheet { name: "time_course", kind: Kind::Xy, grid }], &[]);
        assert!(
            page.contains("XFormat=\"numbers\" YFormat=\"replicates\" Replicates=\"2\" TableType=\"XY\""),
            "{page}"
        );
        assert_eq!((page.matches("<XColumn").count(), page.matches("<YColumn").count()), (1, 2));
        assert_eq!((page.matches("<d/>").count(), page.matches("<d>2.5</d>").count()), (3, 1));
    }
}
