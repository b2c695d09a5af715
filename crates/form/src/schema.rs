//! A shape as a JSON Schema (draft 7), for editors and for checks without this program.

use crate::shape::{Kind, Shape};
use serde_json::{Map, Value, json};

impl Shape {
    /// The JSON Schema of files of this shape, as indented text. It refuses keys that the
    /// reader does not know, values of another type, quantities without their unit and
    /// words that are none of a closed list; what holds between keys is the reader's.
    pub fn schema(&self, title: &str, description: &str) -> String {
        let mut schema = object(self);
        let head = [
            ("$schema", json!("http://json-schema.org/draft-07/schema#")),
            ("title", json!(title)),
            ("description", json!(description)),
        ];
        let mut whole: Map<String, Value> = head.map(|(key, value)| (key.to_owned(), value)).into_iter().collect();
        whole.append(&mut schema);
        let text = serde_json::to_string_pretty(&Value::Object(whole));
        text.expect("invariant: a value of JSON has a text") + "\n"
    }
}

/// The schema of a table.
fn object(shape: &Shape) -> Map<String, Value> {
    let keys = shape.keys();
    let mut properties = Map::new();
    for key in &keys {
        let mut schema = key.kind.as_ref().map_or_else(Map::new, of);
        if !key.meaning.is_empty() {
            schema.insert("description".to_owned(), json!(key.meaning));
        }
        properties.insert(key.name.clone(), Value::Object(schema));
    }
    let mut all = typed("object");
    all.insert("properties".to_owned(), Value::Object(properties));
    let essential: Vec<&str> = keys.iter().filter(|key| key.essential).map(|key| key.name.as_str()).collect();
    if !essential.is_empty() {
        all.insert("required".to_owned(), json!(essential));
    }
    all.insert("additionalProperties".to_owned(), json!(false));
    all
}

fn typed(name: &str) -> Map<String, Value> {
    [("type".to_owned(), json!(name))].into_iter().collect()
}

/// The schema of a value.
fn of(kind: &Kind) -> Map<String, Value> {
    let mut schema = Map::new();
    match kind {
        Kind::Text { known, .. } if known.is_empty() => schema = typed("string"),
        Kind::Text { known, closed: true } => {
            schema.insert("enum".to_owned(), json!(known));
        }
        Kind::Text { known, closed: false } => {
            schema.insert("anyOf".to_owned(), json!([{ "enum": known }, { "type": "string" }]));
        }
        Kind::Quantity { pattern, wanted, example } => {
            schema = typed("string");
            schema.insert("pattern".to_owned(), json!(pattern));
            schema.insert("title".to_owned(), json!(format!("{wanted}, e.g. \"{example}\"")));
        }
        Kind::Count { least, most } => {
            schema = typed("integer");
            schema.insert("minimum".to_owned(), json!(least));
            schema.insert("maximum".to_owned(), json!(most));
        }
        Kind::Number { least, most } => {
            schema = typed("number");
            schema.extend(least.map(|least| ("minimum".to_owned(), json!(least))));
            schema.extend(most.map(|most| ("maximum".to_owned(), json!(most))));
        }
        Kind::Flag => schema = typed("boolean"),
        Kind::List(item, length) => {
            schema = array(of(item));
            for bound in ["minItems", "maxItems"] {
                schema.extend(length.map(|length| (bound.to_owned(), json!(length))));
            }
        }
        Kind::Table(shape) => schema = object(shape),
        Kind::Tables(shape) => schema = array(object(shape)),
        Kind::Words => {
            schema = typed("object");
            schema.insert("additionalProperties".to_owned(), json!({ "type": "string" }));
        }
        Kind::Verbatim => schema = typed("object"),
        Kind::OneOf(kinds) => {
            schema.insert("anyOf".to_owned(), kinds.iter().map(|kind| Value::Object(of(kind))).collect());
        }
    }
    schema
}

/// A list of such values.
fn array(item: Map<String, Value>) -> Map<String, Value> {
    let mut schema = typed("array");
    schema.insert("items".to_owned(), Value::Object(item));
    schema
}
