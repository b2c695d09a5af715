//! What pages, figures and the terminal say, number by number, against what was found and
//! planned. A number is known if the findings or the manifest hold it, in the unit that
//! follows it, at the decimals in which it is printed.
//!
//! Exempt, with the reason:
//! - tables of evidence ("What this rests on"): texts of records, which have tests of their own;
//! - digests, commits, links and versions: no measures;
//! - numbers of figures and the items of ARRIVE: places, not results;
//! - years in citations;
//! - "> 1,000" animals, "p > 0.999" and "p < 0.0001": limits, not numbers found; the smallest
//!   p that a permutation can give, which follows from the number of arrangements;
//! - marks on axes and scale bars of figures: chosen for the eye;
//! - lines of progress on the terminal, and the line that names the page: times and a path;
//! - ends of bars in the data of the schematic: sums of the plan, which have a test of their own.

mod known;
mod spoken;

pub use known::Known;
pub use spoken::{drawn_words, prose};

use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;

/// Each number of `text` that is not known, with the sentence that says it.
pub fn unknown_numbers(text: &str, known: &Known) -> Vec<String> {
    let mut strange = Vec::new();
    for line in text.lines() {
        for number in spoken::numbers(line) {
            if !known.holds(&number) {
                strange.push(format!("{} in “{}”", number.as_printed(), spoken::around(line, number.place)));
            }
        }
    }
    strange
}

/// Each `CONDITION n (N)` and `n = …, N = …` of `text` that no group has.
pub fn wrong_counts(text: &str, findings: &Value) -> Vec<String> {
    let groups = findings["groups"].as_array().map_or(&[][..], Vec::as_slice);
    let count = |group: &Value, key: &str| group[key].as_u64().unwrap_or_default();
    let mut wrong = Vec::new();
    let names: BTreeSet<&str> = groups.iter().filter_map(|group| group["condition"].as_str()).collect();
    for name in names {
        let said = Regex::new(&format!(r"(?:^|[:,|;]) ?{} ([0-9]+) \(([0-9]+)\)", regex::escape(name)))
            .expect("a pattern of this file");
        for hit in said.captures_iter(text) {
            let of_it = groups.iter().filter(|group| group["condition"] == name);
            let mut pairs = of_it.map(|group| (count(group, "n_slices"), count(group, "n_animals")));
            if !pairs.any(|(slices, animals)| hit[1] == slices.to_string() && hit[2] == animals.to_string()) {
                wrong.push(hit[0].to_owned());
            }
        }
    }
    let said = Regex::new(r"n = ([0-9]+) (?:virtual )?slices?, N = ([0-9]+) (?:virtual )?animals?")
        .expect("a pattern of this file");
    for hit in said.captures_iter(text) {
        let mut pairs = groups.iter().map(|group| (count(group, "n_slices"), count(group, "n_animals")));
        if !pairs.any(|(slices, animals)| hit[1] == slices.to_string() && hit[2] == animals.to_string()) {
            wrong.push(hit[0].to_owned());
        }
    }
    wrong
}

/// Sentences in a tense that does not fit: what was done is past, what a laboratory
/// would need is conditional, and a recorded study has no predictions.
pub fn wrong_tenses(text: &str, simulated: bool) -> Vec<String> {
    let done = [
        r"\b(?:will|shall) (?:be|have|need)\b",
        r"\b(?:is|are) going to\b",
        r"\blaborator(?:y needs|ies need)\b",
        r"\b(?:sweeps|recordings|slices|test pulses) (?:are|is) (?:sampled|simulated|recorded|given|excluded)\b",
    ];
    let of_models = r"\b(?:simulated|virtual|in.silico|predicted|predictions?)\b";
    let patterns = done.into_iter().chain((!simulated).then_some(of_models));
    let mut wrong = Vec::new();
    for pattern in patterns {
        let pattern = Regex::new(&format!("(?i){pattern}")).expect("a pattern of this file");
        for line in text.lines() {
            wrong.extend(
                pattern
                    .find_iter(line)
                    .map(|hit| format!("“{}” in “{}”", hit.as_str(), spoken::around(line, hit.start()))),
            );
        }
    }
    wrong
}

/// Cells of a figure's data that `every_number` does not hold to the last digit.
pub fn strange_cells(table: &str, every_number: &BTreeSet<u64>) -> Vec<String> {
    let cells = table.lines().skip(1).flat_map(|line| line.split(','));
    let numbers = cells.filter_map(|cell| cell.parse::<f64>().ok().map(|value| (cell, value)));
    numbers.filter(|(_, value)| !every_number.contains(&value.to_bits())).map(|(cell, _)| cell.to_owned()).collect()
}

/// The bits of each number that stands in `values`, at any depth, also within texts.
pub fn every_number(values: &Value, found: &mut BTreeSet<u64>) {
    match values {
        Value::Number(number) => {
            found.extend(number.as_f64().map(f64::to_bits));
        }
        Value::String(text) => found.extend(spoken::numbers(text).map(|number| number.value.to_bits())),
        Value::Array(items) => items.iter().for_each(|item| every_number(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| every_number(field, found)),
        _ => {}
    }
}
