//! What a reader asks for: the keys of each table and what may stand there, as the
//! reader itself says when it is run without a file.

use quantity::QuantityError;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;
use std::str::FromStr;

/// The keys of a table; a clone is the same table.
#[derive(Clone, Debug, Default)]
pub struct Shape(Rc<RefCell<Vec<Key>>>);

/// A key of a table.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// As it is written.
    pub(crate) name: String,
    /// What may stand there; `None` as long as it was only said to be essential.
    pub(crate) kind: Option<Kind>,
    /// Whether a table without it is at fault.
    pub(crate) essential: bool,
    /// What it means, for people; empty if nobody has said so.
    pub(crate) meaning: String,
}

/// What may stand at a key.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A text, with words that are known; the only ones if `closed`.
    Text { known: Vec<String>, closed: bool },
    /// A number with a unit in quotes: a regular expression of what is read, what is
    /// wanted, and an example.
    Quantity { pattern: String, wanted: &'static str, example: &'static str },
    /// A whole number.
    Count { least: u64, most: u64 },
    /// A number without a unit; `None` where it may be any.
    Number { least: Option<f64>, most: Option<f64> },
    /// `true` or `false`.
    Flag,
    /// A list of such things, exactly so many if a length is given.
    List(Box<Kind>, Option<usize>),
    /// A table.
    Table(Shape),
    /// A list of tables.
    Tables(Shape),
    /// A table of texts under any keys.
    Words,
    /// A table that another reader looks at.
    Verbatim,
    /// One of these.
    OneOf(Vec<Kind>),
}

impl Shape {
    /// Notes that a key is read as a kind; read as another as well, it may be either.
    pub(crate) fn note(&self, key: &str, kind: Kind) {
        self.entry(key, |entry| {
            entry.kind = Some(match entry.kind.take() {
                None => kind,
                Some(before) if before.is_like(&kind) => before,
                Some(before) => before.or(kind),
            });
        });
    }

    /// Notes that a table without the key is at fault.
    pub(crate) fn demand(&self, key: &str) {
        self.entry(key, |entry| entry.essential = true);
    }

    /// Notes words that a text is known to take.
    pub(crate) fn know(&self, key: &str, words: Vec<String>, closed: bool) {
        self.entry(key, |entry| {
            entry.kind.get_or_insert_with(Kind::text).know(&words, closed);
        });
    }

    fn entry(&self, name: &str, change: impl FnOnce(&mut Key)) {
        let mut keys = self.0.borrow_mut();
        let place = keys.iter().position(|key| key.name == name).unwrap_or_else(|| {
            keys.push(Key { name: name.to_owned(), kind: None, essential: false, meaning: String::new() });
            keys.len() - 1
        });
        change(&mut keys[place]);
    }

    /// Says what the key at a path means, e.g. `protocol.train.pulses`; nothing happens
    /// if there is no such key.
    pub fn explain(&self, path: &str, meaning: &str) {
        let Some((table, key)) = path.rsplit_once('.') else {
            let mut keys = self.0.borrow_mut();
            return keys.iter_mut().filter(|one| one.name == path).for_each(|one| one.meaning = meaning.to_owned());
        };
        if let Some(below) = self.at(table) {
            below.explain(key, meaning);
        }
    }

    /// Says of every key without a meaning what a table with the same keys says of it.
    pub fn explain_as(&self, other: &Self) {
        let theirs = other.keys();
        for key in self.0.borrow_mut().iter_mut() {
            let Some(same) = theirs.iter().find(|same| same.name == key.name) else { continue };
            if key.meaning.is_empty() {
                key.meaning.clone_from(&same.meaning);
            }
            let below = |key: &Key| key.kind.as_ref().and_then(Kind::table);
            if let (Some(own), Some(theirs)) = (below(key), below(same)) {
                own.explain_as(&theirs);
            }
        }
    }

    /// The table at a path, e.g. `protocol.train`; the table itself for an empty one.
    pub fn at(&self, path: &str) -> Option<Self> {
        if path.is_empty() {
            return Some(self.clone());
        }
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let keys = self.0.borrow();
        let kind = keys.iter().find(|key| key.name == first)?.kind.as_ref()?;
        kind.table()?.at(rest)
    }

    /// Puts a table in the place of one that another reader looks at.
    pub fn put(&self, path: &str, table: &Self) {
        let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
        if let Some(above) = self.at(above) {
            above.entry(key, |entry| entry.kind = Some(Kind::Table(table.clone())));
        }
    }

    /// Paths of all keys, those of a table after its own.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for key in self.0.borrow().iter() {
            paths.push(key.name.clone());
            if let Some(table) = key.kind.as_ref().and_then(Kind::table) {
                paths.extend(table.paths().iter().map(|path| format!("{}.{path}", key.name)));
            }
        }
        paths
    }

    /// The keys in the order in which they were asked for.
    pub(crate) fn keys(&self) -> Vec<Key> {
        self.0.borrow().clone()
    }
}

impl Kind {
    /// Any text.
    pub(crate) fn text() -> Self {
        Self::Text { known: Vec::new(), closed: false }
    }

    /// One of these words.
    pub(crate) fn words(words: &[&str]) -> Self {
        Self::Text { known: words.iter().map(|word| (*word).to_owned()).collect(), closed: true }
    }

    /// A quantity of the type.
    pub(crate) fn quantity<T: FromStr<Err = QuantityError>>() -> Self {
        match "".parse::<T>() {
            Err(error) => Self::Quantity { pattern: error.pattern(), wanted: error.wanted, example: error.example },
            // No quantity is empty.
            Ok(_) => Self::text(),
        }
    }

    /// A whole number of a range.
    pub(crate) fn count(range: &RangeInclusive<u64>) -> Self {
        Self::Count { least: *range.start(), most: *range.end() }
    }

    /// A number of a range.
    pub(crate) fn number(range: &RangeInclusive<f64>) -> Self {
        let stated = |end: f64| Some(end).filter(|end| end.abs() < f64::MAX);
        Self::Number { least: stated(*range.start()), most: stated(*range.end()) }
    }

    /// A list.
    pub(crate) fn list(item: Self) -> Self {
        Self::List(Box::new(item), None)
    }

    /// A list of two.
    pub(crate) fn pair(item: Self) -> Self {
        Self::List(Box::new(item), Some(2))
    }

    /// A list, or one alone.
    pub(crate) fn list_or_one(item: Self) -> Self {
        item.clone().or(Self::list(item))
    }

    /// This or that.
    pub(crate) fn or(self, other: Self) -> Self {
        let parts = |kind| match kind {
            Self::OneOf(kinds) => kinds,
            kind => vec![kind],
        };
        let mut all = parts(self);
        all.extend(parts(other));
        Self::OneOf(all)
    }

    /// Whether another kind says the same, apart from what is known of its words.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text { .. }, Self::Text { known, .. }) => known.is_empty(),
            (Self::OneOf(these), Self::OneOf(those)) => {
                these.len() == those.len() && these.iter().zip(those).all(|(this, that)| this.is_like(that))
            }
            (Self::List(this, length), Self::List(that, other)) => length == other && this.is_like(that),
            _ => format!("{self:?}") == format!("{other:?}"),
        }
    }

    /// Adds words that are known.
    fn know(&mut self, words: &[String], only: bool) {
        match self {
            Self::Text { known, closed } => {
                known.extend(words.iter().filter(|word| !known.contains(word)).cloned().collect::<Vec<_>>());
                *closed = only;
            }
            Self::List(item, _) => item.know(words, only),
            Self::OneOf(kinds) => kinds.iter_mut().for_each(|kind| kind.know(words, only)),
            _ => {}
        }
    }

    /// The table that it is or lists.
    pub(crate) fn table(&self) -> Option<Shape> {
        match self {
            Self::Table(table) | Self::Tables(table) => Some(table.clone()),
            Self::OneOf(kinds) => kinds.iter().find_map(Self::table),
            Self::List(item, _) => item.table(),
            _ => None,
        }
    }
}
