//! What a method found: a table, JSON and a sentence.

use crate::fault::Fault;
use crate::table::data::Data;
use serde::Serialize;
use serde_json::{Map, Value, json};
use statistics::contrasts::AdjustedComparison;
use statistics::mixed::FTest;
use statistics::{Comparison, Interval};

/// The JSON Schema of every answer (draft 2020-12).
pub const SCHEMA: &str = include_str!("../data/stats.schema.json");

/// What a statistic is, as a paper writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the statistics")]
pub enum Kind {
    T,
    F,
    ChiSquared,
    H,
    U,
    V,
    W,
    S,
}

/// One line of results; in JSON what a method does not have is null.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// What is estimated or tested.
    pub term: String,
    /// Estimate, unit of the data.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Test statistic.
    pub statistic: Option<f64>,
    /// Degrees of freedom, of the numerator for F.
    pub df: Option<f64>,
    /// Degrees of freedom of the denominator.
    pub df_denominator: Option<f64>,
    /// P value.
    pub p: Option<f64>,
    /// P value adjusted for the family.
    pub p_adjusted: Option<f64>,
    /// Lower limit.
    pub ci_low: Option<f64>,
    /// Upper limit.
    pub ci_high: Option<f64>,
    /// Slices that the row rests on; none where the table names none.
    pub n_slices: Option<usize>,
    /// Animals that the row rests on; none where the table names none.
    pub n_animals: Option<usize>,
    /// The test or model; none is that of the title.
    pub model: Option<String>,
    /// What must be known of the row.
    pub warnings: Vec<String>,
    /// The result in the form of the American Psychological Association.
    pub apa: Option<String>,
    /// What the statistic is.
    #[serde(skip)]
    pub kind: Option<Kind>,
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
            kind: Some(Kind::T),
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
            kind: Some(Kind::F),
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
    /// Confidence level of the limits where it is not that of the question.
    pub level: Option<f64>,
}

/// What a method returns: the data as it read them, and the results.
pub(crate) type Found = Result<(Data, Outcome), Fault>;

impl Outcome {
    /// The results as JSON: the fields of a row stand at the top, with the numbers of
    /// the row if it is the only one, else null; all rows are under `results`.
    pub(crate) fn json(&self, method: &str, unit: &str, level: f64) -> Value {
        let blank = Row::default();
        let only = if let [row] = self.rows.as_slice() { row } else { &blank };
        let mut top = match json!(only) {
            Value::Object(row) => row,
            _ => Map::new(),
        };
        if self.rows.len() != 1 {
            top.insert("term".into(), Value::Null);
            top.insert("model".into(), json!(self.title));
            top.insert("n_animals".into(), json!(self.same(|row| row.n_animals)));
            top.insert("n_slices".into(), json!(self.same(|row| row.n_slices)));
            top.insert("apa".into(), json!(self.apa()));
        }
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

    /// A number that all rows have in common.
    fn same(&self, of: impl Fn(&Row) -> Option<usize>) -> Option<usize> {
        let first = of(self.rows.first()?)?;
        self.rows.iter().all(|row| of(row) == Some(first)).then_some(first)
    }

    /// The lines of all rows in APA form.
    pub(crate) fn apa(&self) -> Option<String> {
        let lines: Vec<String> =
            self.rows.iter().filter_map(|row| Some(format!("{}: {}", row.term, row.apa.as_ref()?))).collect();
        (!lines.is_empty()).then(|| lines.join("; "))
    }
}
