//! What a method found: a table, JSON and a sentence.

use crate::fault::Fault;
use crate::table::data::Data;
use crate::words::short;
use serde::Serialize;
use serde_json::{Map, Value, json};
use statistics::contrasts::AdjustedComparison;
use statistics::mixed::FTest;
use statistics::{Comparison, Interval};

/// One line of results; what does not exist is left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// What is estimated or tested.
    pub term: String,
    /// Estimate, unit of the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<f64>,
    /// Its standard error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub se: Option<f64>,
    /// Test statistic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistic: Option<f64>,
    /// Degrees of freedom, of the numerator for F.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub df: Option<f64>,
    /// Degrees of freedom of the denominator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub df_denominator: Option<f64>,
    /// P value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// P value adjusted for the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_adjusted: Option<f64>,
    /// Lower limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci_low: Option<f64>,
    /// Upper limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci_high: Option<f64>,
    /// What the method adds.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

impl Row {
    /// A row with a name only.
    pub(crate) fn new(term: impl Into<String>) -> Row {
        Row { term: term.into(), ..Row::default() }
    }

    /// An estimate with its test.
    pub(crate) fn comparison(term: impl Into<String>, c: &Comparison) -> Row {
        Row {
            estimate: Some(c.estimate),
            se: Some(c.se),
            statistic: Some(c.statistic),
            df: Some(c.df),
            p: Some(c.p),
            ci_low: Some(c.ci_low),
            ci_high: Some(c.ci_high),
            ..Row::new(term)
        }
    }

    /// An estimate with its test in a family; the limits are simultaneous.
    pub(crate) fn adjusted(term: impl Into<String>, c: &AdjustedComparison) -> Row {
        Row {
            p_adjusted: Some(c.p_adjusted),
            ci_low: Some(c.ci_low_adjusted),
            ci_high: Some(c.ci_high_adjusted),
            ..Row::comparison(term, &c.comparison)
        }
    }

    /// An F test.
    pub(crate) fn f(term: impl Into<String>, test: &FTest) -> Row {
        Row {
            statistic: Some(test.f),
            df: Some(test.df1),
            df_denominator: Some(test.df2),
            p: Some(test.p),
            ..Row::new(term)
        }
    }

    /// An estimate with limits.
    pub(crate) fn interval(term: impl Into<String>, interval: &Interval) -> Row {
        Row {
            estimate: Some(interval.value),
            ci_low: Some(interval.low),
            ci_high: Some(interval.high),
            ..Row::new(term)
        }
    }

    /// The row with one more quantity.
    pub(crate) fn with(mut self, name: &str, value: impl Serialize) -> Row {
        self.more.insert(name.to_owned(), json!(value));
        self
    }
}

/// What a method found.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Name of the test, as in a paper.
    pub title: String,
    /// Units of each group.
    pub units: Vec<(String, usize)>,
    /// Results.
    pub rows: Vec<Row>,
    /// What is not a row of the table.
    pub details: Map<String, Value>,
    /// Long lists, which stand among the details of JSON only.
    pub series: Map<String, Value>,
    /// What the method wants to have noticed.
    pub warnings: Vec<String>,
    /// The sentence for a paper.
    pub sentence: String,
}

/// What a method returns: the data as it read them, and the results.
pub(crate) type Found = Result<(Data, Outcome), Fault>;

impl Outcome {
    /// The results as a text.
    pub(crate) fn text(&self, unit: &str) -> String {
        let heads = ["", "estimate", "se", "statistic", "df", "df2", "p", "p adjusted", "low", "high"];
        let cells = |row: &Row| {
            let numbers = [
                row.estimate,
                row.se,
                row.statistic,
                row.df,
                row.df_denominator,
                row.p,
                row.p_adjusted,
                row.ci_low,
                row.ci_high,
            ];
            let mut cells = vec![row.term.clone()];
            cells.extend(numbers.map(|number| number.map_or_else(String::new, short)));
            cells
        };
        let mut lines: Vec<Vec<String>> = vec![heads.map(str::to_owned).to_vec()];
        lines.extend(self.rows.iter().map(cells));
        // Columns that this method has nothing for are not shown.
        let shown: Vec<usize> =
            (0..heads.len()).filter(|&c| c == 0 || lines[1..].iter().any(|line| !line[c].is_empty())).collect();
        let width = |c: usize| lines.iter().map(|line| line[c].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = shown.iter().map(|&c| width(c)).collect();
        let mut page = format!("{}\n{}\n\n", self.title, self.unit_line(unit));
        for line in &lines {
            let cells = shown.iter().zip(&widths).map(|(&c, width)| format!("{:<width$}", line[c], width = *width));
            page.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            page.push('\n');
        }
        for row in &self.rows {
            for (name, value) in &row.more {
                page.push_str(&format!("\n{}: {} {}", row.term, name.replace('_', " "), plain(value)));
            }
        }
        for (name, value) in &self.details {
            page.push_str(&format!("\n{} {}", name.replace('_', " "), plain(value)));
        }
        for warning in &self.warnings {
            page.push_str(&format!("\nWarning: {warning}."));
        }
        format!("{}\n\n{}\n", page.trim_end(), self.sentence)
    }

    /// The experimental unit and how many there are.
    fn unit_line(&self, unit: &str) -> String {
        let count = |(name, n): &(String, usize)| if name.is_empty() { n.to_string() } else { format!("{name} {n}") };
        let counts: Vec<String> = self.units.iter().map(count).collect();
        format!("Experimental unit: {unit} (n: {})", counts.join(", "))
    }

    /// The results as JSON; a single row also stands at the top.
    pub(crate) fn json(&self, method: &str, unit: &str, level: f64) -> Value {
        let mut top = match (self.rows.as_slice(), json!(self.rows.first())) {
            ([_], Value::Object(row)) => row,
            _ => Map::new(),
        };
        let units: Vec<Value> = self.units.iter().map(|(name, n)| json!({ "group": name, "n": n })).collect();
        top.insert("method".into(), json!(method));
        top.insert("title".into(), json!(self.title));
        top.insert("unit".into(), json!(unit));
        top.insert("units".into(), json!(units));
        top.insert("level".into(), json!(level));
        top.insert("results".into(), json!(self.rows));
        let details: Map<String, Value> =
            self.details.iter().chain(&self.series).map(|(k, v)| (k.clone(), v.clone())).collect();
        top.insert("details".into(), json!(details));
        top.insert("warnings".into(), json!(self.warnings));
        top.insert("sentence".into(), json!(self.sentence));
        Value::Object(top)
    }
}

/// A JSON value in a text.
fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), short),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Null => String::from("–"),
        other => other.to_string(),
    }
}
