//! The dimensions that a unit can have, with what a message says about them.

/// What kind of quantity a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    Time,
    Frequency,
    Concentration,
    Voltage,
    Current,
    Conductance,
    Temperature,
    Fraction,
    Age,
    Length,
    Slope,
}

impl Dimension {
    /// Name with its article, for messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Time => "a time",
            Self::Frequency => "a frequency",
            Self::Concentration => "a concentration",
            Self::Voltage => "a voltage",
            Self::Current => "a current",
            Self::Conductance => "a conductance",
            Self::Temperature => "a temperature",
            Self::Fraction => "a percentage",
            Self::Age => "an age",
            Self::Length => "a length",
            Self::Slope => "a slope",
        }
    }

    /// A well-formed example, for messages.
    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::Time => "20 min",
            Self::Frequency => "100 Hz",
            Self::Concentration => "3 uM",
            Self::Voltage => "-70 mV",
            Self::Current => "100 pA",
            Self::Conductance => "0.5 nS",
            Self::Temperature => "32 degC",
            Self::Fraction => "40 %",
            Self::Age => "P42",
            Self::Length => "100 um",
            Self::Slope => "0.3 mV/ms",
        }
    }

    /// Smallest possible value in the unit of storage, with its text; `None`
    /// where any finite value can exist.
    pub(crate) const fn minimum(self) -> Option<(f64, &'static str)> {
        match self {
            Self::Voltage | Self::Current | Self::Slope => None,
            Self::Temperature => Some((-273.15, "colder than absolute zero, -273.15 °C")),
            Self::Time
            | Self::Frequency
            | Self::Concentration
            | Self::Conductance
            | Self::Fraction
            | Self::Age
            | Self::Length => Some((0.0, "negative")),
        }
    }

    /// Largest value that a laboratory can mean, in the unit of storage, with its text;
    /// `None` where any finite value is taken.
    pub(crate) const fn maximum(self) -> Option<(f64, &'static str)> {
        match self {
            Self::Time => Some((3.2e12, "longer than a century")),
            Self::Frequency => Some((1e12, "above 1 THz")),
            Self::Concentration => Some((1e8, "above 100 M")),
            _ => None,
        }
    }
}
