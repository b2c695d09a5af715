//! Accounts of one data set: which quantities of the reference were compared,
//! which agree, and which are left out for a stated reason. A number of the
//! reference that nobody looks at is a failure.

use crate::reference::{csv, optional_reference};
use serde_json::Value;
use std::collections::BTreeMap;

/// The side whose value counts; the other one stands in where it is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    R,
    Python,
}

/// What one side says about a quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Said {
    Number(f64),
    /// An error, NaN or NA: no number exists.
    Refused,
    Nothing,
}

pub struct Book {
    pub name: String,
    r: Value,
    python: Value,
    entries: BTreeMap<String, Result<(), String>>,
    exempt: Vec<(&'static str, &'static str)>,
    policies: Vec<(&'static str, &'static str)>,
}

/// The account of a data set after closing.
pub struct Account {
    pub name: String,
    pub passed: usize,
    pub failed: Vec<String>,
    pub unseen: Vec<String>,
    pub exempt: BTreeMap<&'static str, usize>,
}

impl Book {
    pub fn open(name: &str) -> Book {
        // The data must be there too: every reference is of a file.
        if !matches!(name, "g_boot" | "h_padjust" | "i_power" | "i_power_sim" | "j_distributions") {
            csv(name);
        }
        let (r, python) = (optional_reference("R", name), optional_reference("python", name));
        Book { name: name.to_owned(), r, python, entries: BTreeMap::new(), exempt: Vec::new(), policies: Vec::new() }
    }

    fn side(&self, side: Side) -> &Value {
        match side {
            Side::R => &self.r,
            Side::Python => &self.python,
        }
    }

    /// The value at a path of either side, R first.
    pub fn value(&self, path: &str) -> Option<&Value> {
        find(&self.r, path).or_else(|| find(&self.python, path))
    }

    /// Whether a reference says anything under `path`.
    pub fn has(&self, path: &str) -> bool {
        self.value(path).is_some()
    }

    /// Numbers of a list, either side.
    pub fn list(&self, path: &str) -> Vec<f64> {
        match self.value(path) {
            Some(Value::Array(list)) => list.iter().map(|v| v.as_f64().unwrap_or(f64::NAN)).collect(),
            Some(value) => value.as_f64().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Texts of a list.
    pub fn texts(&self, path: &str) -> Vec<String> {
        match self.value(path) {
            Some(Value::Array(list)) => list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
            Some(Value::String(text)) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn said(&self, side: Side, path: &str) -> Said {
        let value = self.side(side);
        match find(value, path) {
            Some(found) => match found {
                Value::Number(n) => n.as_f64().map_or(Said::Nothing, Said::Number),
                Value::Bool(b) => Said::Number(f64::from(u8::from(*b))),
                Value::String(text) if text == "Inf" => Said::Number(f64::INFINITY),
                Value::String(text) if text == "-Inf" => Said::Number(f64::NEG_INFINITY),
                Value::String(_) | Value::Null => Said::Refused,
                _ if found.get("error").is_some() => Said::Refused,
                _ => Said::Nothing,
            },
            // The error stands higher up.
            None if upward(value, path).is_some() => Said::Refused,
            None => Said::Nothing,
        }
    }

    /// Compares relatively; `None` or NaN means that the crate refuses.
    pub fn rel(&mut self, side: Side, path: &str, ours: Option<f64>, tolerance: f64) {
        self.compare(side, path, ours, &|truth| tolerance * truth.abs());
    }

    /// Compares absolutely.
    pub fn abs(&mut self, side: Side, path: &str, ours: Option<f64>, tolerance: f64) {
        self.compare(side, path, ours, &|_| tolerance);
    }

    /// Compares with the interval rule: relative to the limit and to its distance.
    pub fn limits(&mut self, side: Side, path: &str, ours: Option<(f64, f64)>, tolerance: f64) {
        let reach = ours.map_or(0.0, |(low, high)| (high - low).abs());
        for (at, value) in [(0, ours.map(|o| o.0)), (1, ours.map(|o| o.1))] {
            self.compare(side, &format!("{path}/{at}"), value, &|truth| tolerance * (truth.abs() + reach));
        }
    }

    fn compare(&mut self, side: Side, path: &str, ours: Option<f64>, allowed: &dyn Fn(f64) -> f64) {
        let other = if side == Side::R { Side::Python } else { Side::R };
        let said = match self.said(side, path) {
            Said::Nothing => self.said(other, path),
            said => said,
        };
        let ours = ours.filter(|v| !v.is_nan());
        let outcome = match (said, ours) {
            // Neither side knows the quantity in this data set.
            (Said::Nothing, _) => return,
            (Said::Refused, None) => Ok(()),
            (Said::Refused, Some(value)) => Err(format!("{path}: {value:e} where the reference refuses")),
            (Said::Number(truth), None) => Err(format!("{path}: refused, reference {truth:e}")),
            (Said::Number(truth), Some(value)) => {
                let gap = (value - truth).abs();
                if value == truth || gap < 1e-300 || gap <= allowed(truth) {
                    Ok(())
                } else {
                    Err(format!("{path}: {value:e}, reference {truth:e}, off by {gap:e}"))
                }
            }
        };
        for known in self.marks(path) {
            let entry = self.entries.entry(known).or_insert(Ok(()));
            if entry.is_ok() {
                *entry = outcome.clone();
            }
        }
    }

    /// The leaf itself, and errors above it on either side.
    fn marks(&self, path: &str) -> Vec<String> {
        let mut marks = vec![canonical(path)];
        for side in [&self.r, &self.python] {
            marks.extend(upward(side, path).map(|above| canonical(&format!("{above}/error"))));
            marks.extend(find(side, path).and_then(|v| v.get("error")).map(|_| canonical(&format!("{path}/error"))));
        }
        marks
    }

    /// A comparison that no path of the references holds.
    pub fn beside(&mut self, what: &str, ours: f64, truth: f64, tolerance: f64) {
        let gap = (ours - truth).abs();
        let outcome = if gap <= tolerance * truth.abs() {
            Ok(())
        } else {
            Err(format!("{what}: {ours:e}, exact {truth:e}, off by {gap:e}"))
        };
        self.entries.insert(format!("beside {what}"), outcome);
    }

    /// Leaves out every unseen quantity whose path contains `part`.
    pub fn leave_out(&mut self, part: &'static str, reason: &'static str) {
        self.exempt.push((part, reason));
    }

    /// Where the packages disagree with each other and the crate has chosen: an
    /// answer other than the reference's, of paths that contain `part`, is no
    /// failure but is counted as not applicable.
    pub fn policy(&mut self, part: &'static str, reason: &'static str) {
        self.policies.push((part, reason));
    }

    pub fn close(self) -> Account {
        let mut leaves = Vec::new();
        walk(&self.r, "", &mut leaves);
        walk(&self.python, "", &mut leaves);
        leaves.sort();
        leaves.dedup();
        let mut account =
            Account { name: self.name, passed: 0, failed: Vec::new(), unseen: Vec::new(), exempt: BTreeMap::new() };
        for leaf in leaves.iter().filter(|leaf| !self.entries.contains_key(*leaf)) {
            match self.exempt.iter().find(|(part, _)| leaf.contains(part)) {
                Some((_, reason)) => *account.exempt.entry(reason).or_insert(0) += 1,
                None => account.unseen.push(leaf.clone()),
            }
        }
        for (path, outcome) in self.entries {
            match outcome {
                Ok(()) if leaves.binary_search(&path).is_ok() || path.starts_with("beside") => account.passed += 1,
                Ok(()) => {}
                Err(why) => match self.policies.iter().find(|(part, _)| path.contains(part)) {
                    Some((_, reason)) => *account.exempt.entry(reason).or_insert(0) += 1,
                    None => account.failed.push(why),
                },
            }
        }
        account
    }
}

/// A list of one is written as a scalar, so trailing zeros do not count.
fn canonical(path: &str) -> String {
    let mut path = path;
    while let Some(shorter) = path.strip_suffix("/0") {
        path = shorter;
    }
    path.to_owned()
}

fn find<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let mut at = value;
    for key in path.split('/').filter(|k| !k.is_empty()) {
        at = match key.parse::<usize>() {
            Ok(index) if at.is_array() => at.get(index)?,
            Ok(0) if !at.is_object() => at,
            _ => at.get(key)?,
        };
    }
    match at {
        Value::Array(list) if list.len() == 1 => list.first(),
        other => Some(other),
    }
}

/// The nearest place above `path` at which an error stands.
fn upward(value: &Value, path: &str) -> Option<String> {
    let mut path = path;
    while let Some((above, _)) = path.rsplit_once('/') {
        if find(value, above).and_then(|v| v.get("error")).is_some() {
            return Some(above.to_owned());
        }
        path = above;
    }
    None
}

/// Paths of all quantities: numbers, NaN and errors; texts and flags are none.
fn walk(value: &Value, path: &str, leaves: &mut Vec<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if key == "error" {
                    leaves.push(canonical(&below(key)));
                } else {
                    walk(inner, &below(key), leaves);
                }
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                walk(inner, &below(&index.to_string()), leaves);
            }
        }
        Value::Number(_) => leaves.push(canonical(path)),
        Value::String(text) if matches!(text.as_str(), "NaN" | "NA" | "Inf" | "-Inf") => leaves.push(canonical(path)),
        _ => {}
    }
}
