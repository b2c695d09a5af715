//! The scoreboards, value by value: a change that moves the model names each row it
//! moves, from where and to where. The lists are CSV files with a tolerance for every
//! value; `just bless scoreboard` (or `receptors`, `rules`) writes new values and keeps
//! the tolerances, which are set by hand.

mod program;

use program::Command;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// One value of a scoreboard.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// The outcome it belongs to.
    id: String,
    /// What it is; together with the outcome it names the row.
    quantity: String,
    /// A number, or the word of a verdict.
    value: String,
    /// How far a number may move; none for words.
    tolerance: Option<f64>,
}

impl Row {
    /// A number with five digits. Its usual tolerance is a thousandth, and at least
    /// `floor`: results differ between machines in the last digits only.
    fn number(id: &str, quantity: String, value: f64, floor: f64) -> Self {
        let tolerance = rounded(value.abs() * 1e-3, 0).max(floor);
        Self { id: id.to_owned(), quantity, value: rounded(value, 5).to_string(), tolerance: Some(tolerance) }
    }

    fn verdict(id: &str, published: &str, verdict: &Value) -> Self {
        let quantity = format!("verdict: {published}");
        Self { id: id.to_owned(), quantity, value: text(verdict).to_owned(), tolerance: None }
    }

    fn is_same_as(&self, other: &Self) -> bool {
        (&self.id, &self.quantity) == (&other.id, &other.quantity)
    }

    /// What moved from this row to `found`, if more than this row tolerates did.
    fn moved(&self, found: &Self) -> Option<String> {
        let both = (self.value.parse::<f64>(), found.value.parse::<f64>());
        let (Ok(before), Ok(after), Some(tolerance)) = (both.0, both.1, self.tolerance) else {
            let told = || format!("  {}, {}: {} -> {}", self.id, self.quantity, self.value, found.value);
            return (self.value != found.value).then(told);
        };
        ((after - before).abs() > tolerance).then(|| {
            let by = rounded(after - before, 2);
            format!("  {}, {}: {before} -> {after} ({by:+}, tolerance {tolerance})", self.id, self.quantity)
        })
    }
}

/// The number with so many digits after the first.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.digits$e}").parse().expect("a number")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// What `schaffer validate` gives as JSON.
fn validated(options: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaffer"));
    let assert = command.args(["validate", "--json"]).args(options).assert().success();
    serde_json::from_slice(&assert.get_output().stdout).expect("JSON")
}

/// Means of all arms and the verdicts on them.
fn rows_of_slices(board: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for outcome in list(&board["outcomes"]) {
        let (id, quantity) = (text(&outcome["id"]), text(&outcome["quantity"]));
        // Potentiation is in percentage points; ratios are near 1.
        let floor = if quantity == "potentiation" { 0.05 } else { 0.001 };
        for arm in list(&outcome["arms"]) {
            let quantity = format!("{quantity}: {}", text(&arm["name"]));
            rows.push(match arm["spread"]["mean"].as_f64() {
                Some(mean) => Row::number(id, quantity, mean, floor),
                None => Row { id: id.to_owned(), quantity, value: "not measurable".to_owned(), tolerance: None },
            });
        }
        let verdict = |check: &Value| Row::verdict(id, text(&check["published"]), &check["verdict"]);
        rows.extend(list(&outcome["checks"]).iter().map(verdict));
    }
    rows
}

/// The points of every published curve of a rule and the verdict on it.
fn rows_of_rules(board: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for rule in list(&board["rules"]) {
        let (id, quantity) = (text(&rule["id"]), text(&rule["quantity"]));
        for (place, found) in (1..).zip(list(&rule["found"])) {
            rows.push(Row::number(id, format!("{quantity}: point {place}"), found.as_f64().expect("a number"), 1e-6));
        }
        rows.push(Row::verdict(id, quantity, &rule["verdict"]));
    }
    rows
}

/// What the model gives for every receptor-level outcome and the verdict on it.
fn rows_of_receptors(board: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for score in list(&board["receptors"]["rows"]) {
        let outcome = &score["outcome"];
        let (id, title) = (text(&outcome["id"]), text(&outcome["title"]));
        let quantity = format!("{title} ({})", text(&outcome["unit"]));
        rows.push(Row::number(id, quantity, score["model"].as_f64().expect("a number"), 1e-6));
        rows.push(Row::verdict(id, title, &score["verdict"]));
    }
    rows
}

const HEAD: &str = "id,quantity,value,tolerance";

fn in_words(rows: &[Row]) -> String {
    let cell = |text: &str| {
        if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    };
    let mut page = format!("{HEAD}\n");
    for row in rows {
        let tolerance = row.tolerance.map_or(String::new(), |tolerance| tolerance.to_string());
        writeln!(page, "{},{},{},{tolerance}", cell(&row.id), cell(&row.quantity), cell(&row.value)).expect("text");
    }
    page
}

/// The cells of a line.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut().expect("a cell");
        match letter {
            // Within quotes a quote is doubled.
            '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cell.push(letter),
        }
    }
    cells
}

fn read(page: &str) -> Vec<Row> {
    let row = |line: &str| {
        let cells = cells(line);
        let [id, quantity, value, tolerance] = &cells[..] else { panic!("four cells: {line}") };
        let tolerance = (!tolerance.is_empty()).then(|| tolerance.parse().expect("a tolerance"));
        Row { id: id.clone(), quantity: quantity.clone(), value: value.clone(), tolerance }
    };
    page.lines().skip(1).map(row).collect()
}

/// A line for each row that moved, is new or is gone.
fn differences(listed: &[Row], found: &[Row]) -> Vec<String> {
    let partner = |rows: &[Row], row: &Row| rows.iter().find(|other| other.is_same_as(row)).cloned();
    let mut told: Vec<String> = listed.iter().filter_map(|row| row.moved(&partner(found, row)?)).collect();
    let named = |what: &str, row: &Row| format!("  {what}: {}, {}: {}", row.id, row.quantity, row.value);
    told.extend(found.iter().filter(|row| partner(listed, row).is_none()).map(|row| named("new", row)));
    told.extend(listed.iter().filter(|row| partner(found, row).is_none()).map(|row| named("gone", row)));
    told
}

/// Compares with the list of this name, or writes it anew with the tolerances it had.
fn compare(name: &str, found: Vec<Row>) {
    assert!(!found.is_empty());
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name).with_extension("csv");
    let listed = read(&fs::read_to_string(&path).unwrap_or_default());
    if std::env::var_os("BLESS").is_some() {
        let kept = |row: Row| match listed.iter().find(|old| old.is_same_as(&row)) {
            Some(old) if old.tolerance.is_some() == row.tolerance.is_some() => Row { tolerance: old.tolerance, ..row },
            _ => row,
        };
        let rows: Vec<Row> = found.into_iter().map(kept).collect();
        fs::write(&path, in_words(&rows)).expect("a list");
        return;
    }
    let told = differences(&listed, &found);
    assert!(
        told.is_empty(),
        "{name}: {} of {} rows moved\n{}\nIf this is meant: just bless {name}",
        told.len(),
        found.len(),
        told.join("\n")
    );
}

/// Every outcome in slices: a minute or more, hence asked for by `just judge`.
#[test]
#[ignore = "slow: just judge"]
fn scoreboard() {
    compare("scoreboard", rows_of_slices(&validated(&[])));
}

#[test]
fn rules() {
    compare("rules", rows_of_rules(&validated(&["--rules"])));
}

#[test]
fn receptors() {
    compare("receptors", rows_of_receptors(&validated(&["--receptors"])));
}

#[test]
fn a_difference_names_row_and_values() {
    let row = |id: &str, value: &str, tolerance| {
        let quantity = "\"a\", then \"b\"".to_owned();
        Row { id: id.to_owned(), quantity, value: value.to_owned(), tolerance }
    };
    let listed = [row("A", "10", Some(0.5)), row("B", "1", Some(0.5)), row("C", "pass", None), row("D", "1", None)];
    let found = [row("A", "10.4", Some(0.1)), row("B", "3", Some(0.1)), row("C", "near", None), row("E", "2", None)];
    assert_eq!(
        differences(&listed, &found),
        [
            "  B, \"a\", then \"b\": 1 -> 3 (+2, tolerance 0.5)",
            "  C, \"a\", then \"b\": pass -> near",
            "  new: E, \"a\", then \"b\": 2",
            "  gone: D, \"a\", then \"b\": 1",
        ]
    );
    assert_eq!(read(&in_words(&listed)), listed);
}
