//! What is wrong with a file: where, what was found, what is accepted, and how
//! to put it right.

use std::ops::Range;

/// One fault of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong, in one line.
    pub message: String,
    /// Bytes of the file that are wrong; `None` if the file as a whole is.
    pub span: Option<Range<usize>>,
    /// What was found there, printed beside the caret.
    pub label: String,
    /// A second place that belongs to the fault, e.g. the first of two
    /// conditions with the same name.
    pub also: Option<(Range<usize>, String)>,
    /// What is accepted instead; empty if there is nothing to list.
    pub accepted: String,
    /// The remedy, e.g. `did you mean "baseline"?`; empty if unknown.
    pub help: String,
}

impl Fault {
    /// A fault at a place of the file.
    pub fn at(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span: Some(span),
            label: String::new(),
            also: None,
            accepted: String::new(),
            help: String::new(),
        }
    }

    /// A fault of the file as a whole.
    pub fn of_file(message: impl Into<String>) -> Self {
        Self { span: None, ..Self::at(0..0, message) }
    }

    /// The same fault with what was found there.
    #[must_use]
    pub fn found(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same fault with what is accepted.
    #[must_use]
    pub fn accepts(mut self, accepted: impl Into<String>) -> Self {
        self.accepted = accepted.into();
        self
    }

    /// The same fault with a remedy.
    #[must_use]
    pub fn remedy(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same fault with the names that were probably meant, if any.
    #[must_use]
    pub fn suggests(self, names: &[impl AsRef<str>]) -> Self {
        if names.is_empty() {
            return self;
        }
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        self.remedy(format!("did you mean \"{}\"?", names.join("\" or \"")))
    }

    /// The same fault with a second place.
    #[must_use]
    pub fn see_also(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }
}
