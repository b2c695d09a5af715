//! The values of a table: texts, quantities, numbers, choices, each with its fault if
//! the file says something else.

use crate::fault::Fault;
use crate::page::At;
use crate::section::{Section, unknown};
use crate::shape::{Kind, Shape};
use crate::words::name::{unfit_line, unfit_name, unfit_text};
use quantity::QuantityError;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeValue};

impl<'t> Section<'t> {
    /// A text in quotes.
    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        self.text_of(key, Kind::text)
    }

    fn text_of(&mut self, key: &'static str, kind: impl FnOnce() -> Kind) -> Option<At<String>> {
        let value = self.ask(key, kind)?;
        match value.get_ref() {
            DeValue::String(text) => self.printable(key, text, value.span()),
            other => self.wrong_type(key, "a text in quotes", other, value.span()),
        }
    }

    /// A text that can be printed: no character of it hides or reverses others, or commands
    /// a terminal.
    fn printable(&self, key: &str, text: &str, span: Range<usize>) -> Option<At<String>> {
        self.unless(key, unfit_text(text), At { value: text.to_owned(), span })
    }

    /// The text, or a fault that gives the reason why it cannot be printed.
    fn unless(&self, key: &str, unfit: Option<String>, text: At<String>) -> Option<At<String>> {
        let Some(reason) = unfit else { return Some(text) };
        self.page.note(Fault::at(text.span, format!("`{key}` cannot be printed")).found(format!("it {reason}")));
        None
    }

    /// A text of one line of at most so many characters, which may be empty.
    pub fn line(&mut self, key: &'static str, most: usize) -> Option<At<String>> {
        let text = self.text(key)?;
        let unfit = if text.is_empty() { None } else { unfit_line(&text, most) };
        self.unless(key, unfit, text)
    }

    /// A text that is printed as a name.
    pub fn name(&mut self, key: &'static str) -> Option<At<String>> {
        let text = self.text(key)?;
        self.unless(key, unfit_name(&text), text)
    }

    /// Names in a list.
    pub fn names(&mut self, key: &'static str) -> Option<Vec<At<String>>> {
        let names = self.list(key)?;
        names.into_iter().map(|name| self.unless(key, unfit_name(&name), name)).collect()
    }

    /// A text, or a list of texts.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<At<String>>> {
        let value = self.ask(key, || Kind::list_or_one(Kind::text()))?;
        match value.get_ref() {
            DeValue::String(text) => self.printable(key, text, value.span()).map(|text| vec![text]),
            DeValue::Array(items) => Some(self.items(key, items)),
            other => self.wrong_type(key, "a text or a list of texts", other, value.span()),
        }
    }

    /// A list of texts; one text alone is none.
    pub fn list(&mut self, key: &'static str) -> Option<Vec<At<String>>> {
        let value = self.ask(key, || Kind::list(Kind::text()))?;
        match value.get_ref() {
            DeValue::Array(items) => Some(self.items(key, items)),
            other => self.wrong_type(key, "a list of texts", other, value.span()),
        }
    }

    /// A list of texts and tables: which of the two each of them is.
    pub fn texts_or_sections(&mut self, key: &'static str, title: &str) -> Vec<Result<At<String>, Self>> {
        if self.is_described() {
            let below = Shape::default();
            self.ask(key, || Kind::list(Kind::text().or(Kind::Table(below.clone()))));
            return vec![Err(self.below(title, below))];
        }
        let Some(value) = self.ask(key, || Kind::list(Kind::text())) else { return Vec::new() };
        let expected = "a list of texts and tables";
        let DeValue::Array(items) = value.get_ref() else {
            let _: Option<()> = self.wrong_type(key, expected, value.get_ref(), value.span());
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => found.extend(self.printable(key, text, item.span()).map(Ok)),
                DeValue::Table(entries) => found.push(Err(Section::new(self.page, title, item.span(), entries))),
                other => {
                    let _: Option<()> = self.wrong_type(key, expected, other, item.span());
                }
            }
        }
        found
    }

    /// The texts of a list.
    fn items(&self, key: &str, items: &DeArray<'t>) -> Vec<At<String>> {
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.extend(self.printable(key, text, item.span())),
                other => {
                    let _: Option<()> = self.wrong_type(key, "a text in quotes", other, item.span());
                }
            }
        }
        texts
    }

    /// A quantity with its unit, e.g. `"20 min"`.
    pub fn quantity<T>(&mut self, key: &'static str) -> Option<At<T>>
    where
        T: FromStr<Err = QuantityError>,
    {
        let value = self.ask(key, Kind::quantity::<T>)?;
        self.quantity_of(key, value)
    }

    /// A quantity, or `"off"` for none.
    pub fn quantity_or_off<T>(&mut self, key: &'static str) -> Option<Option<At<T>>>
    where
        T: FromStr<Err = QuantityError>,
    {
        let value = self.ask(key, || Kind::quantity::<T>().or(Kind::words(&["off"])))?;
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
        let value = self.ask(key, || Kind::pair(Kind::quantity::<T>()))?;
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

    /// A list of quantities, e.g. `["20 ms", "70 ms"]`.
    pub fn quantities<T>(&mut self, key: &'static str) -> Option<Vec<At<T>>>
    where
        T: FromStr<Err = QuantityError>,
    {
        let value = self.ask(key, || Kind::list(Kind::quantity::<T>()))?;
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.quantity_of(key, item)).collect(),
            other => self.wrong_type(key, "a list of quantities", other, value.span()),
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
        let value = self.ask(key, || Kind::count(&range))?;
        self.count_of(key, value, range)
    }

    /// A list of exactly two whole numbers within a range, e.g. `[0, 5]`.
    pub fn counts(&mut self, key: &'static str, range: RangeInclusive<u64>) -> Option<[At<u64>; 2]> {
        let value = self.ask(key, || Kind::pair(Kind::count(&range)))?;
        match value.get_ref() {
            DeValue::Array(items) if items.len() == 2 => {
                let mut both = items.iter().map(|item| self.count_of(key, item, range.clone()));
                let (first, second) = (both.next().flatten(), both.next().flatten());
                Some([first?, second?])
            }
            other => self.wrong_type(key, "a list of two whole numbers", other, value.span()),
        }
    }

    /// Reads one value as a whole number.
    fn count_of(&self, key: &str, value: &Spanned<DeValue<'t>>, range: RangeInclusive<u64>) -> Option<At<u64>> {
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
        let value = self.ask(key, || Kind::number(&range))?;
        let whole = *range.start() == f64::MIN && *range.end() == f64::MAX;
        let expected =
            if whole { "a number".to_owned() } else { format!("a number from {} to {}", range.start(), range.end()) };
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
        let value = self.ask(key, || Kind::Flag)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => self.wrong_type(key, "true or false", other, value.span()),
        }
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text_of(key, || Kind::words(&words_of(choices)))?;
        self.chosen(key, &text, choices)
    }

    /// Several of these words, or one alone; `None` if one of them is none of these.
    pub fn choices<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Vec<T>> {
        let texts = self.texts(key);
        self.knows(key, choices.iter().map(|(word, _)| *word), true);
        let found: Vec<Option<T>> = texts?.iter().map(|text| self.chosen(key, text, choices)).collect();
        found.into_iter().collect()
    }

    /// A table of texts under keys of the person's own, e.g. `[preparation]` of a study.
    pub fn words(&mut self, key: &'static str) -> Option<BTreeMap<String, String>> {
        let value = self.ask(key, || Kind::Words)?;
        let DeValue::Table(entries) = value.get_ref() else {
            return self.wrong_type(key, "a table of texts", value.get_ref(), value.span());
        };
        let mut words = BTreeMap::new();
        for (name, entry) in entries.iter() {
            match entry.get_ref() {
                DeValue::String(text) => {
                    let key = self.printable("the key", name.get_ref(), name.span());
                    let text = self.printable(name.get_ref(), text, entry.span());
                    words.extend(key.zip(text).map(|(key, text)| (key.value, text.value)));
                }
                other => {
                    let _: Option<()> = self.wrong_type(name.get_ref(), "a text in quotes", other, entry.span());
                }
            }
        }
        Some(words)
    }

    /// A table that another reader will look at, as it stands.
    pub fn verbatim(&mut self, key: &'static str) -> Option<toml::Table> {
        let value = self.ask(key, || Kind::Verbatim)?;
        match (value.get_ref(), as_value(value.get_ref())) {
            (_, Some(toml::Value::Table(table))) => Some(table),
            (other, _) => self.wrong_type(key, "a table", other, value.span()),
        }
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
}

/// The words of choices.
fn words_of<'c, T>(choices: &[(&'c str, T)]) -> Vec<&'c str> {
    choices.iter().map(|(word, _)| *word).collect()
}

/// A value without its places; `None` for a number that TOML has no type for.
fn as_value(value: &DeValue<'_>) -> Option<toml::Value> {
    Some(match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => toml::Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Float(number) => toml::Value::Float(number.as_str().parse().ok()?),
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Datetime(when) => toml::Value::Datetime(*when),
        DeValue::Array(items) => {
            toml::Value::Array(items.iter().map(|item| as_value(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(entries) => {
            let pair = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
                Some((key.get_ref().to_string(), as_value(value.get_ref())?))
            };
            toml::Value::Table(entries.iter().map(pair).collect::<Option<_>>()?)
        }
    })
}
