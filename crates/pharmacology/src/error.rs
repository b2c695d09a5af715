//! What can be wrong with a name, a record or a scenario.

use std::fmt;
use thiserror::Error;

/// One fault in a record, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFault {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.problem)
    }
}

/// Records that cannot be used, with every fault found.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LibraryError {
    /// All faults, in the order of the files.
    pub faults: Vec<RecordFault>,
}

/// No compound goes by the name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct UnknownCompound {
    /// The name as asked.
    pub asked: String,
    /// Names that resemble it, best first.
    pub suggestions: Vec<String>,
    /// All compounds of the library, as `name (LABEL)`.
    pub known: Vec<String>,
    /// What the name stands for, if it is one that is often confused.
    pub confusion: Option<String>,
}

impl fmt::Display for UnknownCompound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown compound `{}`", self.asked)?;
        if let Some(confusion) = &self.confusion {
            write!(f, ": {confusion}")?;
        }
        did_you_mean(f, &self.suggestions)?;
        write!(f, "; known: {}", self.known.join(", "))
    }
}

/// No physiological state goes by the name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct UnknownState {
    /// The name as asked.
    pub asked: String,
    /// Names that resemble it, best first.
    pub suggestions: Vec<String>,
    /// All states.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown state `{}`", self.asked)?;
        did_you_mean(f, &self.suggestions)?;
        write!(f, "; known: {}", self.known.join(", "))
    }
}

/// A scenario that does not exist, or two that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// No scenario goes by the name.
    Unknown {
        /// The name as asked.
        asked: String,
        /// Names that resemble it, best first.
        suggestions: Vec<String>,
        /// All scenarios.
        known: Vec<String>,
    },
    /// Both cannot hold at once.
    Exclusive {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
    /// A potency is overridden that the compound does not have.
    NoSuchAction {
        /// The compound.
        compound: String,
        /// The target asked for.
        target: String,
        /// The targets it has.
        known: Vec<String>,
    },
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { asked, suggestions, known } => {
                write!(f, "unknown scenario `{asked}`")?;
                did_you_mean(f, suggestions)?;
                write!(f, "; known: {}", known.join(", "))
            }
            Self::Exclusive { one, other } => {
                write!(f, "scenarios `{one}` and `{other}` exclude each other; choose one")
            }
            Self::NoSuchAction { compound, target, known } => {
                write!(f, "{compound} has no action on `{target}`; it acts on {}", known.join(", "))
            }
        }
    }
}

fn did_you_mean(f: &mut fmt::Formatter<'_>, suggestions: &[String]) -> fmt::Result {
    if suggestions.is_empty() { Ok(()) } else { write!(f, "; did you mean {}?", suggestions.join(" or ")) }
}
