//! The schemas say what the readers do: every shipped file is accepted by both, every key
//! is known to both, and what is wrong in structure is refused by both.

mod program;

use pharmacology::Library;
use program::Command;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use study::StudyFile;
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of a kind, as it is written and as a value.
struct Shipped {
    path: PathBuf,
    text: String,
    value: Value,
}

/// The kinds of files: their name, and how many of them are shipped at least.
const KINDS: [(&str, usize); 2] = [("experiment", 16), ("study", 2)];

fn schema(kind: &str) -> Value {
    let path = root().join(format!("docs/schemas/{kind}.schema.json"));
    serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON")
}

/// The files of a kind that come with the program, and its template.
fn shipped(kind: &str) -> Vec<Shipped> {
    let folders = if kind == "study" { ["experiments/recorded-ca3-ca1"] } else { ["experiments"] };
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(root().join(folder)).expect("a folder").flatten().map(|entry| entry.path());
        paths.extend(entries.filter(|path| path.extension().is_some_and(|ending| ending == "toml")));
    }
    paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/{kind}.toml")));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a file").replace("{name}", "\"mine\"");
        let value = value_of(&text);
        Shipped { path, text, value }
    };
    paths.into_iter().map(read).collect()
}

fn value_of(text: &str) -> Value {
    serde_json::to_value(text.parse::<toml::Table>().expect("TOML")).expect("JSON")
}

/// The faults that the reader of a kind finds in a text, `found` at their head.
fn faults(kind: &str, text: &str, scratch: &Path) -> Vec<form::Fault> {
    if kind == "experiment" {
        static LIBRARY: LazyLock<Library> = LazyLock::new(Library::embedded);
        return experiment::read_with(text, "x.toml", &LIBRARY)
            .err()
            .map_or_else(Vec::new, |faults| faults.list().to_vec());
    }
    fs::write(scratch, text).expect("written");
    match StudyFile::read(scratch) {
        Ok(_) => Vec::new(),
        Err(study::StudyError::Faulty(faults)) => faults.list().to_vec(),
        Err(other) => panic!("{other}"),
    }
}

/// Why a value is not of a schema without references.
fn refused(schema: &Value, value: &Value) -> Option<String> {
    program::schema::refused(schema, schema, value)
}

/// The schema of a key: of the table that it is, or that its list holds.
fn table_of(schema: &Value) -> Option<&Value> {
    let candidates = schema["anyOf"].as_array().into_iter().flatten().chain([schema]);
    candidates
        .flat_map(|one| [one, &one["items"]])
        .flat_map(|one| one["anyOf"].as_array().into_iter().flatten().chain([one]))
        .find(|one| one["properties"].is_object())
}

/// Pointers to all tables of a value with the schemas that hold there.
fn tables<'s>(schema: &'s Value, value: &Value, at: &str, found: &mut Vec<(String, &'s Value)>) {
    match value {
        Value::Object(table) => {
            found.push((at.to_owned(), schema));
            for (key, below) in table {
                if let Some(own) = table_of(&schema["properties"][key]) {
                    tables(own, below, &format!("{at}/{key}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate().filter(|(_, item)| item.is_object()) {
                tables(schema, item, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

fn table_at<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Map<String, Value> {
    value.pointer_mut(pointer).and_then(Value::as_object_mut).expect("a table")
}

fn as_toml(value: &Value) -> String {
    let table: toml::Table = serde_json::from_value(value.clone()).expect("TOML has all these types");
    table.to_string()
}

#[test]
fn the_files_are_what_the_program_prints() {
    for (kind, _) in KINDS {
        let printed = Command::new(env!("CARGO_BIN_EXE_schaffer")).args(["schema", kind]).assert().success();
        let kept = fs::read(root().join(format!("docs/schemas/{kind}.schema.json"))).expect("a schema");
        assert!(printed.get_output().stdout == kept, "{kind}: run `just schemas`");
    }
}

#[test]
fn every_shipped_file_names_its_schema_and_is_valid() {
    let folder = TempDir::new().expect("a folder");
    for (kind, least) in KINDS {
        let schema = schema(kind);
        let files = shipped(kind);
        assert!(files.len() > least, "{}", files.len());
        for file in files {
            let shown = file.path.display();
            assert_eq!(refused(&schema, &file.value), None, "{shown}");
            let found = faults(kind, &file.text, &folder.path().join("study.toml"));
            assert!(found.is_empty(), "{shown}: {found:?}");
            if file.path.starts_with(root().join("experiments")) {
                let first = file.text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).expect("a schema");
                let named = file.path.parent().expect("a folder").join(first);
                let own = root().join(format!("docs/schemas/{kind}.schema.json"));
                assert_eq!(named.canonicalize().expect("it is there"), own.canonicalize().expect("it is there"));
            }
        }
    }
}

/// An unknown key in a table makes the reader list all keys of it: they are those of the
/// schema, table by table.
#[test]
fn reader_and_schema_know_the_same_keys() {
    let folder = TempDir::new().expect("a folder");
    let mut seen = BTreeSet::new();
    for (kind, _) in KINDS {
        let schema = schema(kind);
        for file in shipped(kind) {
            let mut all = Vec::new();
            tables(&schema, &file.value, "", &mut all);
            for (at, own) in all {
                // Which values a rule takes depends on the rule; the rest is read by the model.
                let by_another = at.ends_with("/values") || at.starts_with("/fit/p") || own["properties"].is_null();
                if by_another {
                    continue;
                }
                let mut changed = file.value.clone();
                table_at(&mut changed, &at).insert("zzz".to_owned(), Value::from(1));
                assert!(refused(&schema, &changed).is_some(), "{at}");
                let found = faults(kind, &as_toml(&changed), &folder.path().join("study.toml"));
                let told = found.iter().find(|fault| fault.message.contains("`zzz`")).expect("an unknown key");
                let (_, listed) = told.accepted.split_once(": ").expect("a list");
                let known: BTreeSet<&str> = listed.split(", ").collect();
                let declared: BTreeSet<&str> =
                    own["properties"].as_object().expect("keys").keys().map(String::as_str).collect();
                assert_eq!(known, declared, "{}{at}", file.path.display());
                let numberless: String =
                    at.split('/').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".");
                seen.insert(format!("{kind}{numberless}"));
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

/// Every shipped file with one thing changed: a key renamed, a value of another type, a
/// quantity without its unit, an essential key left out. Both refuse it, or, for a value
/// that is another one of the right type, both take it.
#[test]
fn what_is_wrong_in_structure_is_refused_by_both() {
    let folder = TempDir::new().expect("a folder");
    let scratch = folder.path().join("study.toml");
    let (mut tried, mut refusals) = (0, 0);
    for (kind, _) in KINDS {
        let schema = schema(kind);
        for file in shipped(kind) {
            let mut all = Vec::new();
            tables(&schema, &file.value, "", &mut all);
            for (at, own) in all.iter().filter(|(at, own)| !at.starts_with("/fit/p") && own["properties"].is_object()) {
                let table = file.value.pointer(at).and_then(Value::as_object).expect("a table");
                let essential: Vec<&str> =
                    own["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                // What stands in these tables is read by the model, when it is fitted.
                let by_another = |key: &&String| at == "/fit" && ["protocol", "preparation"].contains(&key.as_str());
                for (key, value) in table.iter().filter(|(key, _)| !by_another(key)) {
                    let mut mutants: Vec<(&str, Option<Value>)> = vec![
                        ("a date", Some(Value::from(vec![Value::from(true)]))),
                        ("a flag", (!value.is_boolean()).then(|| Value::from(true))),
                        ("a table", Some(Value::Object(Map::from_iter([("zzz".to_owned(), Value::from(1))])))),
                        ("a fraction", Some(Value::from(-1.5))),
                    ];
                    let quantity = own["properties"][key]["pattern"].is_string();
                    let digits: String =
                        value.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
                    if quantity && !digits.is_empty() && own["properties"][key]["title"] != "an age, e.g. \"P42\"" {
                        mutants.push(("no unit", Some(Value::from(digits.clone()))));
                        mutants.push(("another unit", Some(Value::from(format!("{digits} furlong")))));
                    }
                    for (what, mutant) in mutants.into_iter().filter_map(|(what, mutant)| Some((what, mutant?))) {
                        let mut changed = file.value.clone();
                        table_at(&mut changed, at).insert(key.clone(), mutant);
                        let by_schema = refused(&schema, &changed);
                        let by_reader = faults(kind, &as_toml(&changed), &scratch);
                        tried += 1;
                        refusals += usize::from(by_schema.is_some());
                        // The reader may find more: what holds between keys.
                        assert!(
                            by_schema.is_none() || !by_reader.is_empty(),
                            "{}{at}/{key}, {what}: only the schema refuses it: {by_schema:?}",
                            file.path.display()
                        );
                        let structural = |fault: &form::Fault| {
                            fault.message.contains("must be")
                                || fault.message.contains("needs a unit")
                                || fault.message.contains("has no unit")
                                || fault.message.contains("not a unit of")
                        };
                        if let Some(fault) = by_reader.iter().find(|fault| structural(fault)) {
                            assert!(
                                by_schema.is_some(),
                                "{}{at}/{key}, {what}: only the reader refuses it: {fault:?}",
                                file.path.display()
                            );
                        }
                    }
                    let mut renamed = file.value.clone();
                    let own_table = table_at(&mut renamed, at);
                    let kept = own_table.remove(key).expect("the key");
                    if essential.contains(&key.as_str()) {
                        assert!(
                            refused(&schema, &renamed).is_some()
                                && !faults(kind, &as_toml(&renamed), &scratch).is_empty(),
                            "{at}/{key} left out"
                        );
                    }
                    table_at(&mut renamed, at).insert(format!("{key}x"), kept);
                    let by_reader = faults(kind, &as_toml(&renamed), &scratch);
                    assert!(refused(&schema, &renamed).is_some() && !by_reader.is_empty(), "{at}/{key} renamed");
                }
            }
        }
    }
    assert!(tried > 2_000 && refusals > tried * 3 / 4, "{refusals} of {tried}");
}

/// Every key of the schemas is explained to who writes the file in an editor.
#[test]
fn every_key_says_what_it_means() {
    fn silent(schema: &Value, at: &str, found: &mut Vec<String>) {
        for (key, own) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{at}/{key}");
            if own["description"].as_str().is_none_or(str::is_empty) {
                found.push(path.clone());
            }
            if let Some(table) = table_of(own) {
                silent(table, &path, found);
            }
        }
    }
    for (kind, _) in KINDS {
        let mut found = Vec::new();
        silent(&schema(kind), "", &mut found);
        assert!(found.is_empty(), "{kind}: no row of a glossary for {found:?}");
    }
}

/// Texts that a quantity takes or refuses: the expression of the schema agrees with the
/// reader.
#[test]
fn quantities_of_the_schema_are_those_of_the_reader() {
    let schema = schema("experiment");
    let holds = |at: &str, text: &str| refused(schema.pointer(at).expect("a key"), &Value::from(text)).is_none();
    let time = "/properties/protocol/properties/baseline";
    let age = "/properties/preparation/properties/age";
    for text in [
        "20 min",
        "20min",
        " 1.5e3 s",
        "20\u{a0}min",
        "3 µs",
        "3 μs",
        "+.5 h",
        "20",
        "20 mV",
        "min",
        "",
        "20 minuten",
        "1,5 s",
    ] {
        assert_eq!(holds(time, text), text.parse::<quantity::Time>().is_ok(), "{text:?}");
    }
    for text in ["P42", "PND 42", "6 weeks", "42 days", "p7", "42", "P", "P42 days"] {
        assert_eq!(holds(age, text), text.parse::<quantity::Age>().is_ok(), "{text:?}");
    }
}
