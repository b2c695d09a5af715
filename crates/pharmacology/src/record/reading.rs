//! Reading a record: the text, the faults found so far, and numbers with their
//! range, source and evidence.

use crate::compound::naming::did_you_mean;
use crate::compound::number::{Number, TAGS};
use crate::error::RecordFault;
use crate::record::record::{RawNumber, RawSpread};
use evidence::Evidence;
use quantity::Concentration;
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;
use toml::{Spanned, Value};

/// The text being read and the faults found so far.
pub struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    /// The faults found so far.
    pub faults: Vec<RecordFault>,
}

impl<'a> Reading<'a> {
    /// The text of a file, nothing read yet.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    /// Notes a fault at a byte range.
    pub fn fault(&mut self, at: Range<usize>, problem: String) {
        let (line, column) = form::line_and_column(self.text, at.start);
        self.faults.push(RecordFault { file: self.file.to_owned(), line, column, problem });
    }

    /// Parses the shape; a fault of shape ends the reading of this file.
    pub fn shape<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                self.fault(at, with_suggestion(error.message()));
                None
            }
        }
    }

    /// A number without unit.
    pub(crate) fn bare(&mut self, raw: &Spanned<RawNumber>) -> Option<Number<f64>> {
        self.checked(raw, |reading, value, at| match bare_of(value).filter(|number| number.is_finite()) {
            Some(number) => Some(number),
            None => {
                reading.fault(at, format!("found {value}; needed: a finite number without unit"));
                None
            }
        })
    }

    /// A number with unit, as text.
    pub(crate) fn number<T>(&mut self, raw: &Spanned<RawNumber>, wanted: &str) -> Option<Number<T>>
    where
        T: FromStr + PartialOrd,
        T::Err: Display,
    {
        self.checked(raw, |reading, value, at| match value {
            Value::String(text) => reading.quantity(text, at),
            _ => {
                reading.fault(at, format!("{value} has no unit; write {wanted}"));
                None
            }
        })
    }

    /// A quantity with its unit.
    pub fn quantity<T>(&mut self, text: &str, at: Range<usize>) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(at, format!("{error}"));
                None
            }
        }
    }

    /// A number without unit of which only the range may be known: the value is
    /// then the middle of the range (geometric above zero), a choice of the model.
    pub(crate) fn bare_spread(&mut self, raw: &Spanned<RawSpread>) -> Option<Number<f64>> {
        let whole = self.completed(raw, |[low, high]| match (bare_of(low), bare_of(high)) {
            (Some(low), Some(high)) => Some(Value::Float(middle(low, high))),
            _ => None,
        })?;
        self.bare(&whole)
    }

    /// As [`Self::bare_spread`], for a concentration.
    pub(crate) fn concentration_spread(&mut self, raw: &Spanned<RawSpread>) -> Option<Number<Concentration>> {
        let whole = self.completed(raw, |[low, high]| {
            let um = |value: &Value| value.as_str()?.parse::<Concentration>().ok().map(Concentration::um);
            Some(Value::String(format!("{} uM", middle(um(low)?, um(high)?))))
        })?;
        self.number::<Concentration>(&whole, "a concentration such as \"5 nM\"")
    }

    /// The record with a value, its own or the middle of its range.
    fn completed(
        &mut self,
        raw: &Spanned<RawSpread>,
        middle: impl Fn([&Value; 2]) -> Option<Value>,
    ) -> Option<Spanned<RawNumber>> {
        let (at, spread) = (raw.span(), raw.get_ref());
        let ends: Vec<&Value> = spread.range.iter().flat_map(|range| range.get_ref()).map(Spanned::get_ref).collect();
        let value = match (&spread.value, ends.as_slice()) {
            (Some(value), _) => value.clone(),
            (None, [low, high]) => match middle([low, high]) {
                Some(value) => Spanned::new(at.clone(), value),
                None => {
                    self.fault(at, "the ends of the range are not two numbers of one kind".to_owned());
                    return None;
                }
            },
            (None, _) => {
                self.fault(at, "either a `value` or a `range` of two is needed".to_owned());
                return None;
            }
        };
        let (range, source, evidence) = (spread.range.clone(), spread.source.clone(), spread.evidence.clone());
        Some(Spanned::new(at, RawNumber { value, range, source, evidence }))
    }

    fn checked<T: PartialOrd>(
        &mut self,
        raw: &Spanned<RawNumber>,
        read: impl Fn(&mut Self, &Value, Range<usize>) -> Option<T>,
    ) -> Option<Number<T>> {
        let raw = raw.get_ref();
        let value = read(self, raw.value.get_ref(), raw.value.span());
        let range = match &raw.range {
            None => None,
            Some(range) => match range.get_ref().as_slice() {
                [low, high] => {
                    let low = read(self, low.get_ref(), low.span())?;
                    let high = read(self, high.get_ref(), high.span())?;
                    Some([low, high])
                }
                _ => {
                    self.fault(range.span(), "a range is two values: [low, high]".to_owned());
                    None
                }
            },
        };
        let evidence = self.evidence(&raw.evidence);
        self.not_blank(&raw.source, "the source");
        let value = value?;
        if let (Some([low, high]), Some(span)) = (&range, &raw.range)
            && !(*low <= value && value <= *high)
        {
            self.fault(span.span(), "the value must lie within its range [low, high]".to_owned());
        }
        Some(Number { value, range, source: raw.source.get_ref().clone(), evidence: evidence? })
    }

    pub(crate) fn evidence(&mut self, tag: &Spanned<String>) -> Option<Evidence> {
        let names: Vec<&str> = TAGS.iter().map(|(name, _)| *name).collect();
        let find = |text: &str| TAGS.iter().find(|(name, _)| *name == text).map(|(_, tag)| *tag);
        self.entry(tag, "evidence tag", find, &names)
    }

    /// An entry of a closed vocabulary; `what` it is and its `names` go into the fault.
    pub fn entry<T>(
        &mut self,
        text: &Spanned<String>,
        what: &str,
        find: impl Fn(&str) -> Option<T>,
        names: &[&str],
    ) -> Option<T> {
        let found = find(text.get_ref());
        if found.is_none() {
            let hint = did_you_mean(text.get_ref(), names);
            self.fault(text.span(), format!("unknown {what} `{}`{hint}; known: {}", text.get_ref(), names.join(", ")));
        }
        found
    }

    /// Notes a fault if a text is blank.
    pub fn not_blank(&mut self, text: &Spanned<String>, what: &str) {
        if text.get_ref().trim().is_empty() {
            self.fault(text.span(), format!("{what} must not be empty"));
        }
    }
}

/// Adds a suggestion to serde's "unknown field `x`, expected one of `a`, `b`".
fn with_suggestion(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown field") {
        return message.to_owned();
    }
    let asked = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    format!("{message}{}", did_you_mean(asked, &known))
}

/// Middle of a range: geometric if both ends are above zero.
fn middle(low: f64, high: f64) -> f64 {
    if low > 0.0 && high > 0.0 { (low * high).sqrt() } else { 0.5 * (low + high) }
}

/// A number of TOML.
fn bare_of(value: &Value) -> Option<f64> {
    match value {
        Value::Float(number) => Some(*number),
        Value::Integer(number) => i32::try_from(*number).ok().map(f64::from),
        _ => None,
    }
}
