//! Whether a value keeps a JSON Schema of the words that the schemas of the program use.

use regex::Regex;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;

/// Why a value does not keep a schema within the document `root`; `None` if it does. Any
/// word that is not known here ends the test.
pub fn refused(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    for (word, rule) in schema.as_object().expect("a schema") {
        let sound = match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer = rule.as_str().and_then(|place| place.strip_prefix('#')).expect("a local reference");
                match refused(root, root.pointer(pointer).expect("a definition"), value) {
                    Some(reason) => return Some(reason),
                    None => true,
                }
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is_of(value, one)),
                one => is_of(value, one),
            },
            "enum" => rule.as_array().expect("words").contains(value),
            "anyOf" => rule.as_array().expect("schemas").iter().any(|one| refused(root, one, value).is_none()),
            "not" => refused(root, rule, value).is_some(),
            "pattern" => value.as_str().is_none_or(|text| fits(rule.as_str().expect("a pattern"), text)),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().expect("a number")),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().expect("a count")),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().expect("a count")),
            "items" => {
                let below = |items: &Vec<Value>| items.iter().find_map(|item| refused(root, rule, item));
                match value.as_array().and_then(below) {
                    Some(reason) => return Some(reason),
                    None => true,
                }
            }
            "required" => value.as_object().is_none_or(|table| {
                rule.as_array().expect("keys").iter().all(|key| table.contains_key(key.as_str().expect("a key")))
            }),
            "properties" => {
                let below = |(key, one): (&String, &Value)| refused(root, one, value.get(key)?);
                match rule.as_object().expect("keys").iter().find_map(below) {
                    Some(reason) => return Some(reason),
                    None => true,
                }
            }
            "additionalProperties" => value.as_object().is_none_or(|table| {
                let mut others = table.iter().filter(|(key, _)| schema["properties"].get(key).is_none());
                match rule {
                    Value::Bool(false) => others.next().is_none(),
                    Value::Object(_) => others.all(|(_, one)| refused(root, rule, one).is_none()),
                    _ => true,
                }
            }),
            other => panic!("the word {other}"),
        };
        if !sound {
            return Some(format!("{word} {rule}: {value}"));
        }
    }
    None
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("type {other}"),
    }
}

/// Whether a text fits an expression, each of which is read once.
fn fits(pattern: &str, text: &str) -> bool {
    thread_local!(static READ: RefCell<HashMap<String, Regex>> = RefCell::default());
    READ.with_borrow_mut(|read| {
        let known = read.entry(pattern.to_owned());
        known.or_insert_with(|| Regex::new(pattern).expect("an expression")).is_match(text)
    })
}
