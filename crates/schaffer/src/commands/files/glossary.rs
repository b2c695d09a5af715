//! What the keys of a file mean, as the documentation says it: the rows of the tables
//! below headings such as "### `[protocol]`: …".

use form::Shape;

/// Explains every key of a shape that a table of the page has a row for.
pub fn explain(shape: &Shape, page: &str) {
    let mut heading = None;
    let mut table: Option<String> = None;
    for line in page.lines() {
        if line.starts_with('#') {
            heading = section_of(line);
            table.clone_from(&heading);
            if let (Some(path), Some((_, what))) = (&heading, line.split_once("`: ")) {
                shape.explain(path, &what.replace('`', ""));
            }
        }
        let Some(cells) = cells(line) else { continue };
        match cells[0].strip_prefix("key of `").or_else(|| cells[0].strip_prefix("rule of `")) {
            Some(below) => {
                let below = below.trim_end_matches('`').trim_matches(['[', ']']);
                let nested = cells[0].starts_with("rule");
                table = heading.as_ref().map(|heading| if nested { joined(heading, below) } else { below.to_owned() });
            }
            None if cells[0] == "key" => table.clone_from(&heading),
            None => {
                let Some(table) = &table else { continue };
                for key in quoted(cells[0]) {
                    let key = key.trim_matches(['[', ']']);
                    let whole = !table.is_empty() && key.starts_with(&joined(table, ""));
                    shape.explain(&if whole { key.to_owned() } else { joined(table, key) }, &meaning(&cells));
                }
            }
        }
    }
}

/// The path of a table in a heading: `[a]` or `[[a]]` in code, nothing for the top.
fn section_of(heading: &str) -> Option<String> {
    if heading.contains("Top of the file") {
        return Some(String::new());
    }
    let name = quoted(heading).into_iter().find(|code| code.starts_with('['))?;
    Some(name.trim_matches(['[', ']']).to_owned())
}

fn joined(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

/// The cells of a row; `None` for what is none, or the line under the head.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    if inside.starts_with("---") {
        return None;
    }
    Some(inside.split('|').map(str::trim).collect())
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Meaning, default and range of a row, without the signs of Markdown.
fn meaning(cells: &[&str]) -> String {
    let mut words = cells.get(1).copied().unwrap_or_default().to_owned();
    if let Some(usual) = cells.get(3).filter(|usual| !usual.is_empty()) {
        words.push_str(&if *usual == "essential" { "; essential".to_owned() } else { format!("; default: {usual}") });
    }
    if let Some(range) = cells.get(4).filter(|range| !range.is_empty()) {
        words.push_str(&format!("; {range}"));
    }
    words.trim_start_matches("; ").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_heading_and_key() {
        let shape = form::describe(|mut top| {
            top.text("name");
            let mut below = top.section("analysis", "[analysis]")?;
            below.text("slope");
            let mut rules = below.section("exclude", "`exclude`")?;
            rules.text("drift");
            Some(())
        });
        explain(
            &shape,
            "### Top of the file\n| key | meaning | type | default | range |\n|---|---|---|---|---|\n\
             | `name`, `label` | what it is called | text | essential | short |\n### `[analysis]`: how\n\
             | key | meaning | type | default |\n|---|---|---|---|\n| `slope` | part | text | `\"20-80 %\"` |\n\n\
             | rule of `exclude` | a slice is left out if | default |\n|---|---|---|\n| `drift` | it drifts | `\"10 %\"` |\n",
        );
        let schema = shape.schema("t", "d");
        for told in
            ["what it is called; essential; short", "part; default: \\\"20-80 %\\\"", "\"description\": \"it drifts"]
        {
            assert!(schema.contains(told), "{told}: {schema}");
        }
    }
}
