//! The file being read, and a value with its place in it.

use crate::fault::Fault;
use std::cell::RefCell;
use std::ops::Range;

/// The file being read: its text and the faults found so far.
pub struct Page<'t> {
    pub(crate) text: &'t str,
    faults: RefCell<Vec<Fault>>,
}

impl<'t> Page<'t> {
    /// An unread page.
    pub fn new(text: &'t str) -> Self {
        Self { text, faults: RefCell::new(Vec::new()) }
    }

    /// Notes a fault.
    pub fn note(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// All faults noted.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// The bytes of a part of a quoted text, or all of it if the text holds
    /// escapes and positions inside it cannot be told.
    pub fn inside(&self, value: &At<String>, part: Range<usize>) -> Range<usize> {
        let quoted = self.text.get(value.span.clone()).unwrap_or_default();
        let plain = quoted.get(1..quoted.len().saturating_sub(1)) == Some(value.as_str());
        if !plain {
            return value.span.clone();
        }
        let start = value.span.start + 1;
        let end = start + value.len();
        (start + part.start).min(end)..(start + part.end).min(end)
    }
}

/// A value and the bytes of the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its bytes.
    pub span: Range<usize>,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
