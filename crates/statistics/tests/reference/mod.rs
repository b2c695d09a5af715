//! Reading the reference values and comparing with them.
#![allow(dead_code, clippy::unwrap_used)]

use serde_json::Value;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schaffer/tests/golden/statistics")
}

/// Reference values of one side ("R" or "python").
pub fn reference(side: &str, name: &str) -> Value {
    let path = folder().join(side).join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Reference values of one side; null where that side has none.
pub fn optional_reference(side: &str, name: &str) -> Value {
    let path = folder().join(side).join(format!("{name}.json"));
    std::fs::read_to_string(path).map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

/// Columns of a data file by name; cells as text.
pub struct Csv {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

pub fn csv(name: &str) -> Csv {
    let path = folder().join("data").join(format!("{name}.csv"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Csv::parse(&text)
}

impl Csv {
    /// Reads a table with a header line.
    pub fn parse(text: &str) -> Csv {
        let mut lines = text.lines().filter(|l| !l.is_empty());
        let split = |l: &str| l.split(',').map(str::to_owned).collect::<Vec<_>>();
        let header = split(lines.next().unwrap());
        Csv { header, rows: lines.map(split).collect() }
    }

    pub fn text(&self, column: &str) -> Vec<String> {
        let at = self.header.iter().position(|h| h == column).unwrap();
        self.rows.iter().map(|r| r[at].clone()).collect()
    }

    /// Numbers; NA becomes NaN.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column).iter().map(|t| t.parse().unwrap_or(f64::NAN)).collect()
    }

    /// Without the rows where `column` is NA.
    pub fn present(mut self, column: &str) -> Csv {
        let at = self.header.iter().position(|h| h == column).unwrap();
        self.rows.retain(|r| r[at] != "NA");
        self
    }

    /// Numbers of the rows whose `by` is `level`.
    pub fn numbers_of(&self, column: &str, by: &str, level: &str) -> Vec<f64> {
        self.numbers(column).into_iter().zip(self.text(by)).filter(|(_, l)| l == level).map(|(v, _)| v).collect()
    }
}

/// Dense codes in the order of `levels`.
pub fn codes(labels: &[String], levels: &[&str]) -> Vec<usize> {
    labels.iter().map(|l| levels.iter().position(|x| x == l).unwrap()).collect()
}

/// Dense codes in alphabetical order, with the levels.
pub fn sorted_codes(labels: &[String]) -> (Vec<usize>, Vec<String>) {
    let mut levels = labels.to_vec();
    levels.sort();
    levels.dedup();
    (labels.iter().map(|l| levels.binary_search(l).unwrap()).collect(), levels)
}

/// A number at a path such as "lmm/vcov_fixed/0/1".
pub fn number(value: &Value, path: &str) -> f64 {
    let at = at(value, path);
    // A vector of one is written as a scalar.
    as_number(at).unwrap_or_else(|| panic!("{path}: {at}"))
}

fn as_number(v: &Value) -> Option<f64> {
    match v {
        Value::Number(n) => n.as_f64(),
        Value::String(s) if s == "Inf" => Some(f64::INFINITY),
        Value::String(s) if s == "-Inf" => Some(f64::NEG_INFINITY),
        Value::Array(a) if a.len() == 1 => as_number(&a[0]),
        _ => None,
    }
}

pub fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    let mut at = value;
    for key in path.split('/') {
        let next = match key.parse::<usize>() {
            Ok(i) if at.is_array() => at.get(i),
            // A scalar stands for a vector of one.
            Ok(0) if at.is_number() => Some(at),
            _ => at.get(key),
        };
        at = next.unwrap_or_else(|| panic!("no \"{key}\" in path {path}"));
    }
    at
}

pub fn numbers(value: &Value, path: &str) -> Vec<f64> {
    match at(value, path) {
        Value::Array(a) => a.iter().map(|v| as_number(v).unwrap_or(f64::NAN)).collect(),
        other => vec![as_number(other).unwrap()],
    }
}

/// Relative difference no larger than `tolerance` (absolute below 1e-300).
#[track_caller]
pub fn close(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    let gap = (ours - theirs).abs();
    assert!(
        gap <= tolerance * theirs.abs() || gap < 1e-300 || ours == theirs,
        "{what}: {ours:e}, reference {theirs:e}, relative difference {:e}",
        gap / theirs.abs()
    );
}

/// Absolute difference no larger than `tolerance`.
#[track_caller]
pub fn near(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    let gap = (ours - theirs).abs();
    assert!(gap <= tolerance, "{what}: {ours:e}, reference {theirs:e}, difference {gap:e}");
}
