//! One table of a file, read key by key. Every fault is noted and
//! reading goes on, so that a user sees all of them at once; keys that nobody
//! asked for are faults too.

use crate::fault::Fault;
use crate::nearest::nearest;
use crate::page::{At, Page};
use quantity::QuantityError;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table of the file.
pub struct Section<'t> {
    /// The page that faults are noted on.
    pub page: &'t Page<'t>,
    /// As the user writes it, e.g. `[protocol]`.
    pub title: String,
    /// Its header, or the whole of an inline table.
    pub span: Range<usize>,
    entries: &'t DeTable<'t>,
    asked: Vec<&'static str>,
}

impl<'t> Section<'t> {
    /// The table `entries` under the name `title`.
    pub fn new(page: &'t Page<'t>, title: &str, span: Range<usize>, entries: &'t DeTable<'t>) -> Self {
        Self { page, title: title.to_owned(), span, entries, asked: Vec::new() }
    }

    /// The value of `key` as it stands, if the key is there.
    pub fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.get(key)
    }

    /// Whether the key is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Notes that an essential key is missing.
    pub fn missing(&self, key: &str, example: &str) {
        let fault = Fault::at(self.span.clone(), format!("`{key}` is missing in {}", self.title))
            .found("belongs to this table")
            .remedy(format!("add {example}"));
        self.page.note(fault);
    }

    /// A text in quotes.
    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(At { value: text.to_string(), span: value.span() }),
            other => self.wrong_type(key, "a text in quotes", other, value.span()),
        }
    }

    /// A text, or a list of texts.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<At<String>>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(vec![At { value: text.to_string(), span: value.span() }]),
            DeValue::Array(items) => {
                let mut texts = Vec::new();
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::String(text) => {
                            texts.push(At { value: text.to_string(), span: item.span() });
                        }
                        other => {
                            let _: Option<()> = self.wrong_type(key, "a text in quotes", other, item.span());
                        }
                    }
                }
                Some(texts)
            }
            other => self.wrong_type(key, "a text or a list of texts", other, value.span()),
        }
    }

    /// A quantity with its unit, e.g. `"20 min"`.
    pub fn quantity<T>(&mut self, key: &'static str) -> Option<At<T>>
    where
        T: FromStr<Err = QuantityError>,
    {
        let value = self.value(key)?;
        self.quantity_of(key, value)
    }

    /// A quantity, or `"off"` for none.
    pub fn quantity_or_off<T>(&mut self, key: &'static str) -> Option<Option<At<T>>>
    where
        T: FromStr<Err = QuantityError>,
    {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) if text == "off" => Some(None),
            _ => self.quantity_of(key, value).map(Some),
        }
    }

    /// A list of exactly two quantities, e.g. `["50 min", "60 min"]`.
    pub fn pair<T>(&mut self, key: &'static str) -> Option<[At<T>; 2]>
    where
        T: FromStr<Err = QuantityError>,
    {
        let value = self.value(key)?;
        let expected = "a list of two, e.g. [\"50 min\", \"60 min\"]";
        match value.get_ref() {
            DeValue::Array(items) if items.len() == 2 => {
                let mut both = items.iter().map(|item| self.quantity_of(key, item));
                let (first, second) = (both.next().flatten(), both.next().flatten());
                Some([first?, second?])
            }
            other => self.wrong_type(key, expected, other, value.span()),
        }
    }

    /// Reads one value as a quantity.
    fn quantity_of<T>(&self, key: &str, value: &Spanned<DeValue<'t>>) -> Option<At<T>>
    where
        T: FromStr<Err = QuantityError>,
    {
        let (text, quoted) = match value.get_ref() {
            DeValue::String(text) => (text.to_string(), true),
            DeValue::Integer(number) => (number.to_string(), false),
            DeValue::Float(number) => (number.as_str().to_owned(), false),
            other => return self.wrong_type(key, "a quantity in quotes", other, value.span()),
        };
        let at = At { value: text, span: value.span() };
        match at.value.parse::<T>() {
            Ok(quantity) if quoted => return Some(At { value: quantity, span: at.span }),
            // A naked number is refused by every quantity, so this is a fault
            // of the file even if a type should accept it.
            Ok(_) => {
                self.page.note(
                    Fault::at(at.span.clone(), format!("`{key}` needs a unit"))
                        .found(format!("found the naked number {}", at.value))
                        .remedy("write the number and its unit in quotes"),
                );
            }
            Err(error) => self.page.note(self.quantity_fault(key, &at, quoted, &error)),
        }
        None
    }

    /// The fault of a text that is no quantity.
    fn quantity_fault(&self, key: &str, at: &At<String>, quoted: bool, error: &QuantityError) -> Fault {
        let span = if quoted { self.page.inside(at, error.span.clone()) } else { at.span.clone() };
        let span = if span.is_empty() { at.span.clone() } else { span };
        let sentence = error.to_string();
        let remedy = format!(": {}", error.remedy());
        let what = sentence.strip_suffix(&remedy).unwrap_or(&sentence);
        let units = error.accepted.join(", ");
        Fault::at(span, format!("`{key}`: {what}"))
            .found(format!("{} is expected", error.wanted))
            .accepts(format!("accepted units: {units}"))
            .remedy(format!("write e.g. {key} = \"{}\"", error.example))
    }

    /// A whole number within a range.
    pub fn count(&mut self, key: &'static str, range: RangeInclusive<u64>) -> Option<At<u64>> {
        let value = self.value(key)?;
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        let DeValue::Integer(integer) = value.get_ref() else {
            return self.wrong_type(key, &expected, value.get_ref(), value.span());
        };
        let number = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
        match number.and_then(|number| u64::try_from(number).ok()) {
            Some(number) if range.contains(&number) => Some(At { value: number, span: value.span() }),
            _ => {
                let fault =
                    Fault::at(value.span(), format!("`{key}` must be {expected}")).found(format!("found {integer}"));
                self.page.note(fault);
                None
            }
        }
    }

    /// A number without a unit within a range.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<At<f64>> {
        let value = self.value(key)?;
        let expected = format!("a number from {} to {}", range.start(), range.end());
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            other => return self.wrong_type(key, &expected, other, value.span()),
        };
        match number {
            Some(number) if range.contains(&number) => Some(At { value: number, span: value.span() }),
            _ => {
                let found = self.page.text.get(value.span()).unwrap_or_default();
                let fault =
                    Fault::at(value.span(), format!("`{key}` must be {expected}")).found(format!("found {found}"));
                self.page.note(fault);
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => self.wrong_type(key, "true or false", other, value.span()),
        }
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.chosen(key, &text, choices)
    }

    /// The meaning of a word that must be one of several.
    pub fn chosen<T: Copy>(&self, key: &str, text: &At<String>, choices: &[(&str, T)]) -> Option<T> {
        let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.page.note(unknown(text.span.clone(), key, text, &words));
        }
        found
    }

    /// A table below this one, e.g. `exclude` in `[analysis]`.
    pub fn section(&mut self, key: &'static str, title: &str) -> Option<Self> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Section::new(self.page, title, value.span(), entries)),
            other => self.wrong_type(key, &format!("a table {title}"), other, value.span()),
        }
    }

    /// A list of tables below this one, e.g. all `[[condition]]`.
    pub fn sections(&mut self, key: &'static str, title: &str) -> Vec<Self> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let expected = format!("a list of tables {title}");
        let DeValue::Array(items) = value.get_ref() else {
            let _: Option<()> = self.wrong_type(key, &expected, value.get_ref(), value.span());
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(entries) => {
                    sections.push(Section::new(self.page, title, item.span(), entries));
                }
                other => {
                    let _: Option<()> = self.wrong_type(key, &expected, other, item.span());
                }
            }
        }
        sections
    }

    /// Ends reading: every key that was not asked for is a fault.
    pub fn close(self) {
        for (key, _) in self.entries.iter() {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let fault = Fault::at(key.span(), format!("unknown key `{name}` in {}", self.title))
                .found("not a key of this table")
                .accepts(format!("keys of {}: {}", self.title, self.asked.join(", ")));
            self.page.note(match nearest(name, self.asked.iter().copied()) {
                Some(near) => fault.remedy(format!("did you mean `{near}`?")),
                None => fault,
            });
        }
    }

    /// Notes a value of the wrong type.
    fn wrong_type<T>(&self, key: &str, expected: &str, found: &DeValue<'t>, span: Range<usize>) -> Option<T> {
        let fault =
            Fault::at(span, format!("`{key}` must be {expected}")).found(format!("found {}", type_in_words(found)));
        self.page.note(fault);
        None
    }
}

/// A fault for a word that is not among the known ones.
pub fn unknown(span: Range<usize>, what: &str, word: &str, known: &[&str]) -> Fault {
    let fault = Fault::at(span, format!("unknown {what} \"{word}\""))
        .found("not known")
        .accepts(format!("known: {}", known.join(", ")));
    match nearest(word, known.iter().copied()) {
        Some(near) => fault.remedy(format!("did you mean \"{near}\"?")),
        None => fault,
    }
}

/// The type of a value in words.
fn type_in_words(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(when) => format!("the date {when}"),
        DeValue::Array(items) => format!("a list of {}", items.len()),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
