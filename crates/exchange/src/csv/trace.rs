//! Samples of a sweep in the rows of a table, and where their times come from.

use quantity::Frequency;

/// Unit of a column of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
    /// Minutes.
    Minutes,
}

impl TimeUnit {
    pub(crate) fn seconds(self) -> f64 {
        match self {
            Self::Seconds => 1.0,
            Self::Milliseconds => 1e-3,
            Self::Microseconds => 1e-6,
            Self::Minutes => 60.0,
        }
    }

    /// The unit of that name: `s`, `ms`, `us` or `min`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Seconds, Self::Milliseconds, Self::Microseconds, Self::Minutes]
            .into_iter()
            .find(|unit| unit.text() == name)
    }

    /// Its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Milliseconds => "ms",
            Self::Microseconds => "us",
            Self::Minutes => "min",
        }
    }
}

/// Where the time of a sample comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TimeAxis {
    /// A column with the time within the sweep; must be evenly spaced.
    Column {
        /// Name of the column.
        name: String,
        /// Its unit.
        unit: TimeUnit,
    },
    /// The rows follow one another at this rate.
    Rate(Frequency),
}

/// The samples of one sweep with their rows (from 1, without the header).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trace {
    pub name: String,
    pub samples: Vec<(usize, f64)>,
}
