//! Which column is what: as named in the question, else by the usual words.

use crate::fault::Fault;
use crate::question::{Method, Question};
use crate::table::columns::no_column;
use recording::table::Table;

/// Words for the animal, without "id", "number" and the like.
const ANIMAL: [&str; 24] = [
    "animal",
    "mouse",
    "rat",
    "subject",
    "animals",
    "mice",
    "rats",
    "subjects",
    "donor",
    "specimen",
    "individual",
    "patient",
    "participant",
    "gerbil",
    "hamster",
    "guineapig",
    "rabbit",
    "ferret",
    "monkey",
    "macaque",
    "marmoset",
    "cat",
    "piglet",
    "pup",
];
/// Words for what is measured inside an animal.
const SLICE: [&str; 9] =
    ["slice", "cell", "neuron", "section", "slices", "cells", "neurons", "brainslice", "interneuron"];
/// Words for the group; `condition` is that of the program's own `slices.csv`.
const GROUP: [&str; 3] = ["group", "condition", "treatment"];
/// Words for the response; the last is that of `slices.csv`.
const RESPONSE: [&str; 3] = ["response", "y", "potentiation_percent"];
/// What may follow a word: "Mouse ID", "slice_no".
const ENDINGS: [&str; 12] =
    ["", "id", "ids", "name", "names", "no", "nr", "num", "number", "code", "label", "identifier"];

/// The columns of a role that a question does not name.
fn usual(table: &Table, words: &[&str], role: &str) -> Result<Option<String>, Fault> {
    // The word of this program's own tables settles it, and of the words for a response the first.
    let mut exact = words.iter().filter(|word| table.column(word).is_some());
    if let Some(word) = exact.next()
        && (Some(word) == words.first() || words == RESPONSE || exact.next().is_none())
    {
        return Ok(Some((*word).to_owned()));
    }
    let bare = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_word = |name: &str| {
        let bare = bare(name);
        words.iter().any(|word| bare.strip_prefix(word).is_some_and(|rest| ENDINGS.contains(&rest)))
    };
    let found: Vec<&str> = table.names().filter(|name| is_word(name)).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some((*one).to_owned())),
        several => Err(Fault::asked(format!(
            "several columns may be meant by {role} ({}): name one with --{role} COL",
            several.join(", ")
        ))),
    }
}

/// Whether a column of groups is named or has a usual name.
pub(crate) fn has_groups(table: &Table, question: &Question) -> bool {
    !question.group.is_empty() || usual_group(table).is_some()
}

/// The column of the animal, if there is one.
pub(crate) fn animal(table: &Table, question: &Question) -> Result<Option<String>, Fault> {
    match &question.animal {
        Some(name) => Ok(Some(name.clone())),
        None => usual(table, &ANIMAL, "animal"),
    }
}

/// The column of the slice, if there is one.
pub(crate) fn slice(table: &Table, question: &Question) -> Result<Option<String>, Fault> {
    match &question.slice {
        Some(name) => Ok(Some(name.clone())),
        None => usual(table, &SLICE, "slice"),
    }
}

/// The column of the group that a table has by itself.
pub(crate) fn usual_group(table: &Table) -> Option<&'static str> {
    GROUP.into_iter().find(|name| table.column(name).is_some())
}

/// The columns of the response.
pub(crate) fn response(table: &Table, question: &Question) -> Result<Vec<String>, Fault> {
    if !question.response.is_empty() {
        return Ok(question.response.clone());
    }
    let words: &[&str] = if question.method == Method::Adjust { &["p"] } else { &RESPONSE };
    match usual(table, words, "response")? {
        Some(name) => Ok(vec![name]),
        None if question.method == Method::Adjust => Err(no_column(table, "p")),
        None => Err(Fault::asked("name the column of the response with --response")),
    }
}

/// Columns as typed: a text that is the title of a column names it, whatever it
/// holds; any other is a list of titles with commas between them.
pub(crate) fn chosen(table: &Table, texts: &[String]) -> Vec<String> {
    texts.iter().flat_map(|text| listed(table, text)).collect()
}

fn listed(table: &Table, text: &str) -> Vec<String> {
    split(table, text).unwrap_or_else(|| text.split(',').map(|part| part.trim().trim_matches('"').to_owned()).collect())
}

/// The text as titles of columns, the longest first; `None` if it is none.
fn split(table: &Table, text: &str) -> Option<Vec<String>> {
    let title = |part: &str| {
        let part = part.trim();
        let quoted = part.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        [Some(part), quoted].into_iter().flatten().find(|name| table.column(name).is_some()).map(str::to_owned)
    };
    if let Some(name) = title(text) {
        return Some(vec![name]);
    }
    let commas: Vec<usize> = text.match_indices(',').map(|(place, _)| place).collect();
    commas.into_iter().rev().find_map(|place| {
        let first = title(&text[..place])?;
        let mut names = vec![first];
        names.extend(split(table, &text[place + 1..])?);
        Some(names)
    })
}

/// The question with its columns told apart.
pub(crate) fn told_apart(table: &Table, question: &Question) -> Question {
    let columns = |texts: &[String]| chosen(table, texts);
    Question {
        response: columns(&question.response),
        group: columns(&question.group),
        dose: columns(&question.dose),
        ..question.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_with_commas_are_titles() {
        let table = Table::from_csv(b"a,\"slope, mV/ms\",b,\"b,c\"\n1,2,3,4\n").unwrap();
        let of = |text: &str| chosen(&table, &[text.to_owned()]);
        assert_eq!(of("slope, mV/ms"), ["slope, mV/ms"]);
        assert_eq!(of("a,slope, mV/ms"), ["a", "slope, mV/ms"]);
        assert_eq!(of("\"slope, mV/ms\",b"), ["slope, mV/ms", "b"]);
        assert_eq!(of("a,b,c"), ["a", "b,c"]);
        assert_eq!(of("a,x"), ["a", "x"]);
    }

    #[test]
    fn animals_have_many_names() {
        for title in ["mouse", "Mouse ID", "rat_no", "SUBJECT", "Animal-Number"] {
            let table = Table::from_csv(format!("{title},y\n1,2\n").as_bytes()).unwrap();
            let question = Question::new(Method::Welch);
            assert_eq!(animal(&table, &question).unwrap().as_deref(), Some(title));
        }
        let table = Table::from_csv(b"mouse,donor,ratio,y\n1,1,2,3\n").unwrap();
        let told = animal(&table, &Question::new(Method::Welch)).unwrap_err().to_string();
        assert!(told.contains("mouse, donor") && told.contains("--animal"), "{told}");
    }
}
