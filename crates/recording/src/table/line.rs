//! Lines of small tables as CSV text: comma, quotes where needed.

use crate::table::inert::{inert, plain};

/// A line of fields, ended.
pub fn line<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let fields: Vec<String> = fields.into_iter().map(field).collect();
    format!("{}\n", fields.join(","))
}

/// A number as the shortest text that returns exactly; empty if there is none.
pub fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// A field that no spreadsheet takes for a formula ([`inert`]), quoted if it holds a
/// comma, a quote or a line break.
fn field(text: &str) -> String {
    let text = inert(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into_owned() }
}

/// Splits one line of a CSV file, respecting quotes.
pub fn fields(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells.iter().map(|cell| plain(cell).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_commas_and_quotes_are_quoted() {
        assert_eq!(line(["a", "b, c", "say \"d\""]), "a,\"b, c\",\"say \"\"d\"\"\"\n");
        assert_eq!(line(["=1+1, 2", "-0.5"]), "\"'=1+1, 2\",-0.5\n");
        assert_eq!(fields("'=1+1,'x,-0.5"), ["=1+1", "'x", "-0.5"]);
        assert_eq!((number(Some(0.1)), number(None)), ("0.1".to_owned(), String::new()));
    }
}
