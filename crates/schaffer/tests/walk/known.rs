//! The numbers that may be said.

use super::spoken::{Number, numbers};
use serde_json::Value;
use std::collections::BTreeSet;

/// A sentence that was made of numbers is no source of them.
const SENTENCE: &str = "sentence";

/// Lists of points that are drawn, one by one, and not said.
const DRAWN: [&str; 8] =
    ["time_courses", "excluded_courses", "averaged_sweeps", "slices", "at", "density", "curve", "values"];

/// Numbers of the findings and the plan, and those within their texts as they stand there.
#[derive(Default)]
pub struct Known {
    values: Vec<f64>,
    texts: BTreeSet<String>,
}

impl Known {
    /// Of findings and a manifest; lists also count their entries.
    pub fn of(findings: &Value, manifest: &toml::Value) -> Self {
        let mut known = Self::default();
        known.learn(findings);
        known.learn(&serde_json::to_value(manifest).unwrap_or_default());
        known
    }

    /// Adds the numbers of `value`.
    pub fn learn(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.values.extend(number.as_f64()),
            Value::String(text) => self.texts.extend(numbers(text).map(|number| number.text)),
            Value::Array(items) => {
                self.values.push(items.len() as f64);
                items.iter().for_each(|item| self.learn(item));
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    if !DRAWN.contains(&name.as_str()) && name != SENTENCE {
                        self.learn(field);
                    }
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Whether the number is one of these, in its unit and at its decimals. A sign that is
    /// printed must be that of the value.
    pub fn holds(&self, number: &Number) -> bool {
        let bare = number.text.trim_start_matches(['+', '−']);
        if self.texts.contains(&number.text) || self.texts.contains(bare) {
            return true;
        }
        let half = 0.500_000_1 * 10_f64.powi(-number.decimals);
        let near = |value: f64| {
            let apart = if number.signed { value - number.value } else { value.abs() - number.value };
            apart.abs() <= half
        };
        self.values.iter().any(|value| number.scales.iter().any(|scale| near(value * scale)))
    }
}
