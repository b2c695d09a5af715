//! What can be wrong with the text of a quantity.

use crate::dimension::Dimension;
use crate::unit::{self, Unit};
use std::fmt;
use std::ops::Range;

/// The kind of a [`QuantityError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing but blanks.
    Empty,
    /// The text does not begin with a number.
    NoNumber,
    /// A number without a unit.
    NoUnit,
    /// No unit is spelt like this.
    UnknownUnit {
        /// The accepted unit that is spelt so in other case.
        suggestion: Option<&'static str>,
    },
    /// The unit belongs to another kind of quantity.
    WrongDimension {
        /// What the unit measures, e.g. `a time`.
        is: &'static str,
        /// The accepted unit that is spelt so in other case.
        suggestion: Option<&'static str>,
    },
    /// A decimal comma or a thousands separator within the number.
    Separator,
    /// NaN or infinity.
    NotFinite,
    /// Beyond the largest number that can be stored.
    TooLarge,
    /// Not zero, yet nearer to zero than any number that can be stored.
    TooSmall,
    /// A value that cannot exist, such as a negative concentration.
    Impossible {
        /// Why, e.g. `negative`.
        because: &'static str,
    },
}

/// A text that is not the quantity that was asked for.
///
/// `Display` gives one sentence with the remedy; `span` lets a caller draw a
/// caret under the faulty part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct QuantityError {
    /// The whole text that was read.
    pub text: Box<str>,
    /// Bytes of `text` that are faulty; on character boundaries, empty only if
    /// `text` is blank.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: Fault,
    /// What was asked for, e.g. `a concentration`.
    pub wanted: &'static str,
    /// Symbols of the accepted units, e.g. `µM`, `nM`, `mM`.
    pub accepted: Box<[&'static str]>,
    /// A text that would be accepted, e.g. `3 uM`.
    pub example: &'static str,
}

impl QuantityError {
    pub(crate) fn new(text: &str, span: Range<usize>, fault: Fault, dimension: Dimension) -> Self {
        Self {
            text: text.into(),
            span,
            fault,
            wanted: dimension.name(),
            accepted: unit::of(dimension).map(Unit::symbol).collect(),
            example: dimension.example(),
        }
    }

    /// The faulty part of the text.
    pub fn found(&self) -> &str {
        self.text.get(self.span.clone()).unwrap_or_default()
    }

    /// A regular expression (as JSON Schema takes it) of the texts that are read as what
    /// was wanted. It says nothing of the size of the number.
    pub fn pattern(&self) -> String {
        let mut dimensions = unit::UNITS.iter().map(|unit| unit.dimension);
        dimensions.find(|one| one.name() == self.wanted).map(crate::pattern::pattern).unwrap_or_default()
    }

    /// What to write instead, without naming the fault: `write a concentration
    /// with one of the units µM, nM, mM, pM, M, for instance "3 uM"`.
    pub fn remedy(&self) -> String {
        let units = match &*self.accepted {
            [one] => format!("the unit {one}"),
            several => format!("one of the units {}", several.join(", ")),
        };
        format!("write {} with {units}, for instance \"{}\"", self.wanted, self.example)
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, wanted, remedy) = (quoted(self.found()), self.wanted, self.remedy());
        let meant = |suggestion: &Option<&'static str>| match suggestion {
            Some(symbol) => format!(" (did you mean {symbol}?)"),
            None => String::new(),
        };
        match &self.fault {
            Fault::Empty => write!(f, "the text is empty: {remedy}"),
            Fault::NoNumber => write!(f, "{found} does not begin with a number: {remedy}"),
            Fault::NoUnit => write!(f, "{found} has no unit: {remedy}"),
            Fault::UnknownUnit { suggestion } => {
                write!(f, "{found} is not a unit of {}{}: {remedy}", bare(wanted), meant(suggestion))
            }
            Fault::WrongDimension { is, suggestion } => {
                let meant = meant(suggestion);
                write!(f, "{found} is the unit of {is}, not of {wanted}{meant}: {remedy}")
            }
            Fault::Separator => write!(
                f,
                "{found} is not one number with a unit (decimals take a point, thousands no separator): {remedy}"
            ),
            Fault::NotFinite => write!(f, "{found} is not a finite number: {remedy}"),
            Fault::TooLarge => write!(f, "{found} is too large to be stored: {remedy}"),
            Fault::TooSmall => write!(f, "{found} is too close to zero to be stored: {remedy}"),
            Fault::Impossible { because } => {
                write!(f, "{found} is {because}, which {wanted} cannot be: {remedy}")
            }
        }
    }
}

/// `a concentration` without its article.
fn bare(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(_, noun)| noun)
}

/// The text in quotation marks, shortened where somebody pasted a page.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("\"{}\"", shown.escape_debug().to_string().replace("\\'", "'"))
}
