//! One table of a file, read key by key. Every fault is noted and
//! reading goes on, so that a user sees all of them at once; keys that nobody
//! asked for are faults too.

use crate::fault::Fault;
use crate::page::Page;
use crate::shape::{Kind, Shape};
use crate::words::nearest::nearest;
use std::ops::Range;
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
    /// What the reader asks for, if it is run to be described and there is no file.
    sketch: Option<Shape>,
}

impl<'t> Section<'t> {
    /// The table `entries` under the name `title`.
    pub(crate) fn new(page: &'t Page<'t>, title: &str, span: Range<usize>, entries: &'t DeTable<'t>) -> Self {
        Self { page, title: title.to_owned(), span, entries, asked: Vec::new(), sketch: None }
    }

    /// A table of no file: what the reader asks of it is noted in `sketch`.
    pub(crate) fn described(page: &'t Page<'t>, title: &str, entries: &'t DeTable<'t>, sketch: Shape) -> Self {
        Self { sketch: Some(sketch), ..Self::new(page, title, 0..0, entries) }
    }

    /// Whether the reader is run to be described, and there is no file: every key is
    /// there then, and none has a value.
    pub fn is_described(&self) -> bool {
        self.sketch.is_some()
    }

    /// The value of `key` as it stands, if the key is there; `kind` says what it
    /// should be.
    pub(crate) fn ask(&mut self, key: &'static str, kind: impl FnOnce() -> Kind) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        if let Some(sketch) = &self.sketch {
            sketch.note(key, kind());
        }
        self.entries.get(key)
    }

    /// Reads a value that may be a text or something else: by `text` if it is one, by
    /// `other` if not.
    pub fn by_type<T>(
        &mut self,
        key: &'static str,
        text: impl FnOnce(&mut Self) -> Option<T>,
        other: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        match self.entries.get(key) {
            _ if self.is_described() => {
                text(self);
                other(self);
                None
            }
            Some(value) if value.get_ref().is_str() => text(self),
            // A key that is not there is asked for all the same: it is a key of the table.
            _ => other(self),
        }
    }

    /// Whether the key is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.is_described() || self.entries.contains_key(key)
    }

    /// Says that a table without the key is at fault; the caller notes the fault, or
    /// [`Self::needs`] does.
    pub fn essential(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        if let Some(sketch) = &self.sketch {
            sketch.demand(key);
        }
    }

    /// Notes that an essential key is missing, if it is.
    pub fn needs(&mut self, key: &'static str, example: &str) {
        self.essential(key);
        if !self.has(key) {
            self.missing(key, example);
        }
    }

    /// Words that the text of a key is known to take, for editors. They are the only
    /// ones if `closed`; the caller refuses others.
    pub fn knows<'w>(&self, key: &'static str, words: impl IntoIterator<Item = &'w str>, closed: bool) {
        if let Some(sketch) = &self.sketch {
            sketch.know(key, words.into_iter().map(str::to_owned).collect(), closed);
        }
    }

    /// Notes that an essential key is missing.
    pub fn missing(&self, key: &str, example: &str) {
        let fault = Fault::at(self.span.clone(), format!("`{key}` is missing in {}", self.title))
            .found("belongs to this table")
            .remedy(format!("add {example}"));
        self.page.note(fault);
    }

    /// A table below this one, e.g. `exclude` in `[analysis]`.
    pub fn section(&mut self, key: &'static str, title: &str) -> Option<Self> {
        if self.is_described() {
            let below = Shape::default();
            self.ask(key, || Kind::Table(below.clone()));
            return Some(self.below(title, below));
        }
        let value = self.ask(key, || Kind::Table(Shape::default()))?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Section::new(self.page, title, value.span(), entries)),
            other => self.wrong_type(key, &format!("a table {title}"), other, value.span()),
        }
    }

    /// A table of no file below this one.
    pub(crate) fn below(&self, title: &str, sketch: Shape) -> Self {
        Section::described(self.page, title, self.entries, sketch)
    }

    /// The bytes of the value of a key; those of the table if the key is not there.
    pub fn value_span(&self, key: &str) -> Range<usize> {
        self.entries.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// A list of tables below this one, e.g. all `[[condition]]`.
    pub fn sections(&mut self, key: &'static str, title: &str) -> Vec<Self> {
        if self.is_described() {
            let below = Shape::default();
            self.ask(key, || Kind::Tables(below.clone()));
            return vec![self.below(title, below)];
        }
        let Some(value) = self.ask(key, || Kind::Tables(Shape::default())) else { return Vec::new() };
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
        if self.is_described() {
            return;
        }
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
    pub(crate) fn wrong_type<T>(
        &self,
        key: &str,
        expected: &str,
        found: &DeValue<'t>,
        span: Range<usize>,
    ) -> Option<T> {
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
